"""What a readiness costs from the log of a thousand first answers: read, folded and foretold with nothing kept, and again when nothing was written; aims: 50 ms and 1 ms."""

import logging
import os
import sys
import tempfile
import time
from pathlib import Path
from random import Random

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
logging.disable(logging.WARNING)   # Streamlit's notes on running without a server

ANSWERS, ROUNDS, AIM, AIM_AGAIN = 1000, 7, 50, 1
DAY = 86_400_000


def logged(records, held, profile: str) -> None:
    """A thousand answers, to the bank's own questions and, where it has fewer, to more of their domains that are gone by now."""
    from decimal import Decimal

    from records import Attempt, Evidence, Grading, Step
    chance, questions = Random(5), list(held.questions.values())
    records.start(Attempt("a", profile, "practice", "practice", "Practice", "h", 1, "practice", {}, 1))
    for at in range(ANSWERS):
        question = questions[at % len(questions)]
        slot = str(question.id) if at < len(questions) else f"gone-{at}"
        domains = tuple(f"cpb:{domain}" for domain in held.domains_of(question, "cpb"))
        step = Step("a", slot, 100, "submit", {"response": "b", "sure": 2, "hints": 0, "cost": "0", "seed": at, "milliseconds": 30_000, "usual": 40_000}, 1_700_000_000_000 + at // 20 * DAY)
        earned = Decimal(int(chance.random() < 0.72))
        records.append(step, Grading("a", slot, 100, "1", "h", earned, Decimal(1), ({"part": "answer", "earned": str(earned), "possible": "1"},),
                                     (Evidence(question.competencies[0], domains, earned, Decimal(1)),)))


def timed(work) -> float:
    begun = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - begun)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CLEAN_CLAIM_DB"] = str(Path(folder) / "records.sqlite")
        from app import first_answers, readiness_desk, session
        profile = session.welcome("Ann", "exam", "cpb", None)
        records = session.ledger().unguarded
        logged(records, session.catalogue(), profile.id)

        def cold() -> None:
            first_answers._first().clear()
            readiness_desk._kept().clear()
            readiness_desk.told(profile, "cpb")
        begun = timed(cold)
        parts = {"read": lambda: records.first_meetings(profile.id), "folded": lambda: first_answers.evidence(profile, "cpb")}
        shown = ", ".join(f"{name} {min(timed(work) for _ in range(ROUNDS)):.1f} ms" for name, work in parts.items())
        best, again = min(timed(cold) for _ in range(ROUNDS)), min(timed(lambda: readiness_desk.told(profile, "cpb")) for _ in range(ROUNDS))
        print(f"readiness from the log of {ANSWERS:,} answers: {best:.1f} ms (aim at most {AIM}; {shown}); the first in a server {begun:.0f} ms; "
              f"again with nothing new {again:.2f} ms (aim at most {AIM_AGAIN})")
        session.ledger().close()


if __name__ == "__main__":
    main()
