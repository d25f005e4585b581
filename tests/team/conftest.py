"""A team in records of its own: a learner and another one, a trainer who leads the first, an author, an admin; the app run by AppTest as each of them."""

import asyncio
import logging
import os
from concurrent.futures import ThreadPoolExecutor

import pytest
from streamlit.testing.v1 import AppTest

from app import door, gate
from app.gate import Viewer
from records import Profile, Session, Ticket, digest

logging.getLogger("streamlit").setLevel(logging.ERROR)
HERE = os.path.dirname(__file__)
PEOPLE = {"ann": "learner", "bea": "learner", "tom": "trainer", "una": "author", "root": "admin"}
SETTINGS = {"CLEAN_CLAIM_TEAM": "password", "CLEAN_CLAIM_URL": "http://127.0.0.1:8501", "CLEAN_CLAIM_COOKIE_SECRET": "x" * 40}


def finished(coroutine):
    """What a coroutine comes to, in a thread of its own: in this one the browser's loop may run."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()


def viewer(id: str) -> Viewer:
    return Viewer(id, id.capitalize(), PEOPLE[id], f"session-{id}")


@pytest.fixture
def kept(tmp_path):
    """The setting that says where the records are."""
    return {"CLEAN_CLAIM_DB": str(tmp_path / "team.sqlite")}


@pytest.fixture
def desk(kept, monkeypatch):
    """app.session over a team's records."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    for name, value in {**SETTINGS, **kept}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(door, "stands", True)
    from app import session
    session.ledger.clear()
    gate.enter()
    at, people = gate.now(), session.ledger().people
    for id, role in PEOPLE.items():
        people.invite(Profile(id, id.capitalize(), "exam", "cpb", None, at), role, f"{id}@example.org", Ticket(digest(f"to {id}"), id, "join", at, at + 10**9), "tests", at)
        people.use_for_identity(digest(f"to {id}"), "tests", id, at)
        people.sign_in(Session(f"session-{id}", id, at, at, at + 10**8, "Tests"), digest(f"secret {id}"))
    people.add_cohort("c1", "Spring", "tom", "root", at)
    people.add_member("c1", "ann", "root", at)
    yield session
    session.ledger.clear()
    gate.enter()


@pytest.fixture
def people(desk):
    return desk.ledger().people


@pytest.fixture
def app(desk):
    """Opens a page as someone: app("ann", "quizzes", attempt=...); nobody is signed in where the name is empty."""
    def run(who: str, page: str = "", **params) -> AppTest:
        tested = AppTest.from_file(os.path.join(HERE, "..", "..", "streamlit_app.py"), default_timeout=60)
        tested.user = {"is_logged_in": False, "sid": f"session-{who}" if who else None}
        for name, value in params.items():
            tested.query_params[name] = value
        if page:
            tested.switch_page(f"app/pages/{page}.py")
        return tested.run()
    return run


def unfolded(tested: AppTest, *ids: str) -> AppTest:
    """The page People with these people's folds open."""
    for id in ids:
        tested.session_state[f"person-{id}"] = True
    return tested.run()


def words(tested: AppTest) -> str:
    """Everything a page says."""
    kinds = ("title", "header", "subheader", "markdown", "caption", "error", "warning", "info", "success", "html", "button", "text_input", "expander", "code")
    return "\n".join(str(getattr(one, "label", "") or getattr(one, "value", "") or getattr(one, "body", "")) for kind in kinds for one in getattr(tested, kind, ()) or ())


@pytest.fixture
def begun(desk):
    """An attempt at a quiz, with an answer, of ann's; and one that is not answered."""
    from app import quizzing, sittings
    with gate.acting(viewer("ann")):
        ann = desk.me()
        attempt = quizzing.begin(ann, quizzing.sets()[0].id)
        question = sittings.sitting(attempt).questions[0]
        from scoring.marks import key_of
        keyed = sittings.variants(attempt)[question.id].keyed
        right = key_of(keyed.question, keyed.drawn)
        quizzing.hand_in(attempt, question.id, right if isinstance(right, (frozenset, tuple, dict)) else str(right))
        desk.ledger().save_draft(attempt, sittings.sitting(attempt).questions[1].id, {"response": "half"}, gate.now())
    return attempt
