"""A team some weeks in, made before its server starts: a cohort, work assigned, answers, exams, letters, disputes, sign-offs; for pictures and for what looks at every page."""

import logging
import os
import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

from tests.browser.team import TeamServer

DAY = 86_400_000


@contextmanager
def peopled(folder: Path):
    """The server, and the addresses of its pages by who opens them."""
    server = TeamServer(folder)
    try:
        for id, name, role in (("tom", "Tom Reyes", "trainer"), ("ann", "Ann Whitlock", "learner"), ("bea", "Bea Castellanos", "learner"), ("cal", "Cal Okafor", "learner"), ("una", "Una Brandt", "author"), ("ivo", "Ivo Lindqvist", "admin")):
            server.add(id, name, role)
        with at_the_desk(server):
            held = made()
        server.start()
        yield server, addresses(held)
    finally:
        if hasattr(server, "process"):
            server.stop()


@contextmanager
def at_the_desk(server: TeamServer):
    """The app's own desks over the server's records."""
    from app import session
    logging.disable(logging.WARNING)       # Streamlit's notes on running without a browser
    names = ("CLEAN_CLAIM_DB", "CLEAN_CLAIM_TEAM", "CLEAN_CLAIM_URL", "CLEAN_CLAIM_COOKIE_SECRET")
    before = {name: os.environ.get(name) for name in names}
    os.environ.update({name: server.env[name] for name in names})
    session.ledger.clear()
    try:
        yield
        session.ledger().close()
    finally:
        session.ledger.clear()
        logging.disable(logging.NOTSET)
        for name, value in before.items():
            os.environ.pop(name, None) if value is None else os.environ.update({name: value})


@contextmanager
def as_(id: str, role: str):
    from app import gate
    with gate.acting(gate.Viewer(id, id.capitalize(), role, "")):
        yield


@contextmanager
def days_ago(days: int):
    """The desks' clock so many days back."""
    from app import exam_desk, exam_offers, gate, practising, quizzing, session, sittings
    held = {module: module.now for module in (gate, session, sittings, quizzing, practising, exam_desk, exam_offers) if hasattr(module, "now")}
    for module, told in held.items():
        module.now = lambda told=told: told() - days * DAY
    try:
        yield
    finally:
        for module, told in held.items():
            module.now = told


def made() -> dict[str, str]:
    """All of it; the attempts by name."""
    from app import assigning, completing, learner_evidence, marking_desk, quizzing, session
    people, at = session.people(), time.time_ns() // 1_000_000
    people.add_cohort("c1", "Spring intake", "tom", "root", at - 30 * DAY)
    for id in ("ann", "bea", "cal"):
        people.add_member("c1", id, "tom", at - 30 * DAY)
    with as_("ann", "learner"):
        session.change(replace(session.me(), exam_date=session.today() + timedelta(days=47)))
        held = learnt(session.me(), Random(7))
    with as_("bea", "learner"):
        learnt(session.me(), Random(11), sets=3, exams=False)
    with as_("cal", "learner"):
        held["exam"] = sitting_an_exam(session.me())
    with as_("tom", "trainer"):
        sets = tuple(card.id for card in quizzing.sets())
        assigning.give_items(sets[:2], "First week", session.today() + timedelta(days=5), ("c1",), (), 70, "Take your time with the second one.")
        assigning.give_track("medical", {level.id: session.today() + timedelta(days=level.days) for level in assigning.levels("medical")}, ("c1",), ())
        learner_evidence.sign_off("ann", sorted(completing.asked("medical"))[0], "Did ten of them on her own while I watched.")
        marking_desk.comment(held["quiz"], "", "Good pace. Read the second paragraph of the denial notice again.")
        marking_desk.decline(marking_desk.asked(next(one for one in marking_desk.waiting().disputes if one.attempt == held["quiz"])), "The notice names the 120 days from the date of receipt.")
    return held


def learnt(person, chance: Random, sets: int = 6, exams: bool = True) -> dict[str, str]:
    """Answers of some weeks, about three in four right; and one attempt at each kind of work."""
    from app import exam_desk, exam_marking, exam_offers, learning_desk, practice_orders, practising, quizzing, sittings
    from curriculum.practice_form import Wish
    from scoring.marks import key_of
    from tests.app.test_exam_desk import items
    from tests.app.test_pages import some_answer
    from tests.team.worked import WORK
    held: dict[str, str] = {}

    def given(variant, question):
        right = key_of(variant.keyed.question, variant.keyed.drawn)
        return (right if isinstance(right, (frozenset, tuple, dict)) else str(right)) if chance.random() < 0.75 else some_answer(question)

    for number, card in enumerate(quizzing.sets()[:sets]):
        with days_ago(20 - 3 * number):
            attempt = quizzing.begin(person, card.id)
            for question in sittings.sitting(attempt).questions[:5 if number == sets - 1 else None]:
                quizzing.hand_in(attempt, question.id, given(sittings.variants(attempt)[question.id], question))
        held["quiz" if number == 0 else "quiz-under-way"] = attempt
    with days_ago(2):
        held["sitting"] = practice_orders.begin(person, Wish(exam="cpb", count=12))
        for question in sittings.sitting(held["sitting"]).questions[:6]:
            practising.hand_in(held["sitting"], question.id, given(sittings.variants(held["sitting"])[question.id], question), 2)
    if not exams:
        return held
    answered = sittings.sitting(held["quiz"]).answered
    lost = next((id for id, one in answered.items() if one.earned < one.possible), next(iter(answered)))
    learning_desk.object_to(held["quiz"], lost, 1, "The notice gives the patient the choice.")
    for name, work in WORK.items():
        held[name], slot = work()
        if name in ("exercise", "decisions"):
            learning_desk.object_to(held[name], slot, 1, "The file says otherwise: the fourth paper has the date.")
    held["letter"] = letter(person)
    with days_ago(1):
        held["report"] = exam_offers.begin(person, "crcs", "full")
        variants = exam_marking.variants(exam_desk.ledger().attempt(held["report"]).attempt.form)
        for item in items(held["report"]):
            right = key_of(variants[item].keyed.question, variants[item].keyed.drawn)
            answer = (right if isinstance(right, (frozenset, tuple, dict)) else str(right)) if chance.random() < 0.92 else some_answer(variants[item].public)
            exam_desk.answer(held["report"], item, answer, 0, "t")
        exam_desk.finish(held["report"])
    return held


def sitting_an_exam(person) -> str:
    """An exam whose clock runs; meanwhile the books are closed to whoever sits it."""
    from app import exam_desk, exam_offers
    attempt = exam_offers.begin(person, "cpb", "quarter")
    for question in exam_desk.paper(attempt).questions[:4]:
        exam_desk.answer(attempt, question.id, question.options[0].id if question.options else "12", 0, "t")
    return attempt


def letter(person) -> str:
    """A letter that waits to be read."""
    from app import exercises, session
    work = exercises.desk()
    item = next(str(one.id) for one in session.catalogue().exercises.values() if one.kind == "write-the-appeal" and one.status == "published")
    for seed in range(200):      # a variant in which an appeal is the way
        attempt = work.begin(person.id, item, seed)
        rounds = session.ledger().attempt(attempt).attempt.form["rounds"]
        if len(rounds) == 2:
            break
        work.finish(attempt)
    text = "Dear payer, we ask you to look at this claim again. The service was authorized, and the number stands on the claim. Please pay it within thirty days. "
    for number, round_ in enumerate(rounds, 1):
        work.answer(attempt, number, {ask["id"]: text * 3 if ask["kind"] == "letter" else ask["key"] for ask in round_["asks"]})
    return attempt


def addresses(held: dict[str, str]) -> dict[str, dict[str, str]]:
    """Name to address of every page, for each who opens it."""
    at: Callable[[str], str] = lambda name: f"attempt={held[name]}"
    work = {"claim-decided": f"claim?{at('decisions')}", "claim-flagged": f"claim?{at('flags')}", "claim-sent": f"claim?{at('sent')}", "exercise": f"exercise?{at('exercise')}",
            "letter": f"exercise?{at('letter')}", "account": f"account?{at('account')}", "attempt": f"attempt?{at('quiz')}", "exam-report": f"exam_report?{at('report')}"}
    own = {"home": "", "claims": "claims", "quizzes": "quizzes", "practice": "practice", "review": "review", "exams": "exams", "progress": "progress", "readiness": "readiness", "changed": "changed",
           "reference": "reference", "rules": "reference?shelf=Payers", "lists": "reference?shelf=Lists", "transactions": "transactions", "profile": "welcome", "own-data": "own_data", "your-account": "you",
           "work": "work", "quiz": f"quiz?{at('quiz-under-way')}&q=7", "quiz-answered": f"quiz?{at('quiz-under-way')}&q=2", "quiz-summary": f"quiz?{at('quiz')}&q=99",
           "sitting": f"sitting?{at('sitting')}", "nowhere": "nothing-like-it", **work}
    leading = {"cohorts": "cohorts", "learner": "learner?learner=ann", "assign": "assign", "marking": "marking", "items": "items", "corrections": "corrections"}
    return {"ann": own, "cal": {"home": "", "exam": f"exam?{at('exam')}", "exams": "exams", "books-closed": "reference"}, "tom": {"home": "", **leading, **work}, "una": {"home": "", "content": "content", "items": "items", "your-account": "you"},
            "ivo": {"home": "", "cohorts": "cohorts", "people": "people", "audit": "audit", "own-data": "own_data", "your-account": "you"}}
