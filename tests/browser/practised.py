"""Records of somebody who practises, made before the server starts: sessions of pairs and orders, reviews that are due, an answer given while sure and wrong."""

import logging
import os
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from tests.browser.running import serving

DAYS_AGO = 2


@contextmanager
def practised(database: Path):
    """The server over such records; yields it with the addresses by name."""
    logging.disable(logging.WARNING)   # Streamlit's notes on running without a browser
    before = os.environ.get("CLEAN_CLAIM_DB")
    os.environ["CLEAN_CLAIM_DB"] = str(database)
    from app import session
    try:
        session.ledger.clear()
        paths = made()
        session.ledger().close()
        session.ledger.clear()
    finally:
        logging.disable(logging.NOTSET)
        os.environ.pop("CLEAN_CLAIM_DB") if before is None else os.environ.update(CLEAN_CLAIM_DB=before)
    with serving(database) as server:
        yield server, {name: f"{server.url}/{path}" for name, path in paths.items()}


def made() -> dict[str, str]:
    """Paths: the session of each of the two kinds, one with hints, and the pages about reviews."""
    from app import practising, session
    from curriculum.practice_form import Block
    dana = session.welcome("Dana Whitlock", "exam", "cpb", session.today() + timedelta(days=60))
    long_ago(dana)
    who, sessions = f"who={dana.id}", {}
    for kind in ("matching", "ordering", "single-choice"):
        chosen = tuple(Block((str(q.id),), q.competencies[0], 60) for q in session.catalogue().questions.values() if q.kind == kind and q.status != "retired")[:3]
        sessions[kind] = practising.begin(dana, f"practice:{kind}", f"Practice: {kind}", chosen, {})
    return {"home": f"?{who}", "practice": f"practice?{who}", "review": f"review?{who}", "changed": f"changed?{who}",
            **{name: f"sitting?{who}&attempt={attempt}" for name, attempt in sessions.items()}}


def long_ago(dana) -> None:
    """A session of some days ago: half of it right, the first answer sure and wrong."""
    from app import practice_orders, practising, sittings
    from curriculum.practice_form import Wish
    from tests.app.test_practice import right, wrong
    clock = {module: module.now for module in (practising, sittings)}
    for module, told in clock.items():
        module.now = lambda told=told: told() - DAYS_AGO * 86_400_000
    try:
        attempt = practice_orders.begin(dana, Wish(exam="cpb", count=12))
        for at, question in enumerate(sittings.sitting(attempt).questions):
            given = wrong if at % 2 == 0 else right
            practising.hand_in(attempt, question.id, given(attempt, question.id), 3 if at == 0 else 2)
    finally:
        for module, told in clock.items():
            module.now = told
