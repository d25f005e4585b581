"""A team's training as each role may read and write it, method by method, whatever id is sent; and that there is no way around."""

import ast
import inspect
from pathlib import Path

import pytest

from app import gate, quizzing, session, sittings
from app.gate import NotAllowed, SignedOut
from app.guarded_training import RULES
from records import COHORT, LED, PERSON, Assignment, HandMark, Remark, Training
from tests.team.conftest import PEOPLE, viewer

DAY = 86_400_000


def as_(id: str):
    return gate.acting(viewer(id))


@pytest.fixture
def held(desk, people):
    """ann's wrong answer with an objection to it, work given to the cohort, a sign-off and a comment; all by tom but what is ann's own."""
    with as_("ann"):
        attempt = quizzing.begin(session.me(), quizzing.sets()[0].id)
        question = next(q for q in sittings.sitting(attempt).questions if q.kind == "single-choice")
        keyed = sittings.variants(attempt)[question.id].keyed.question
        quizzing.hand_in(attempt, question.id, next(option.id for option in keyed.options if not option.correct))
    training, at = Training(desk.ledger().unguarded), gate.now()
    training.dispute("d1", attempt, question.id, 1, "It is right.", at)
    training.assign(Assignment("w1", "items", "", (quizzing.sets()[0].id,), "First week", "", 0, 5, at + 7 * DAY, "tom", at), ("c1",), ())
    training.sign_off("s1", "ann", "cob", "Seen.", "tom", at)
    training.remark(Remark("r1", attempt, question.id, "ann", "Look again.", "tom", at))
    grading = desk.ledger().unguarded.attempt(attempt).gradings[0]

    def work(by: str, id: str = "w2", cohorts=(), people=()):
        return Assignment(id, "items", "", (quizzing.sets()[0].id,), "Second week", "", 0, 5, at + 7 * DAY, by, at), cohorts, people
    return lambda who: {
        "assign": (*work(who, cohorts=("c1",)),), "change_assignment": ("w1", who, at), "begun": (attempt,), "withdraw": ("w1", who, at), "extend": ("w1", "ann", at + 9 * DAY, who, at), "back_to_usual": ("w1", "ann", who, at), "among": ("w1", "tom"), "give_time": ("ann", 150, who, at),
        "assignment": ("w1",), "whom": ("w1",), "assigned_to": ("ann",), "made_for": ("tom",), "board": ("c1", 0), "open_tracks": ("ann",), "is_led": ("ann",),
        "sign_off": ("s2", "ann", "appeals", "Seen.", who, at), "revoke_sign_off": ("s1", "Too early.", who, at), "signed": ("s1",), "sign_offs": ("ann",),
        "dispute": ("d2", attempt, question.id, 1, "Still.", at), "close_dispute": ("d1", "declined", "No.", who, at), "one_dispute": ("d1",), "disputes": ("tom", LED, "open"),
        "letters": ("tom",), "standing_mark": (attempt, question.id, 1), "mark_by_hand": (HandMark("h1", attempt, question.id, 1, who, "Agreed.", 1, "", at), grading),
        "hand_marks": ("ann",), "remark": (Remark("r2", attempt, question.id, "ann", "Well.", who, at),), "one_remark": ("r1",), "withdraw_remark": ("r1", who, at), "remarks": ("ann",),
        "moments": ("ann",), "waiting": ("tom", LED)}


OF_THE_LEARNER = {"begun", "assigned_to", "open_tracks", "is_led", "signed", "sign_offs", "dispute", "one_dispute", "standing_mark", "hand_marks", "one_remark", "remarks", "moments"}
"""What ann may do with what is hers; everything else of this is a trainer's."""


def public() -> set[str]:
    return {name for name, _ in inspect.getmembers(Training, inspect.isfunction) if not name.startswith("_")}


def test_every_method_has_its_rule_and_every_rule_is_tried_here(held):
    """A new method is refused in a team until it says who may call it."""
    assert public() == set(RULES) == set(held("tom"))


@pytest.mark.parametrize("name", sorted(RULES))
@pytest.mark.parametrize("id", [*PEOPLE, ""])
def test_a_method_is_for_the_learner_or_for_whoever_leads_them_and_for_nobody_else(desk, held, name, id):
    may = id == "tom" and name != "dispute" or id == "ann" and name in OF_THE_LEARNER
    with gate.acting(viewer(id) if id else gate.NOBODY):
        if may:
            getattr(session.training(), name)(*held(id)[name])
        else:
            with pytest.raises(NotAllowed if id else SignedOut):
                getattr(session.training(), name)(*held(id)[name])


@pytest.mark.parametrize("name", sorted(set(RULES) - {"made_for", "disputes", "letters", "waiting", "among"}))
def test_whoever_leads_no_more_may_no_more(desk, people, held, name):
    """Work that they gave themselves stays theirs to withdraw; whom they led is nobody then."""
    people.remove_leader("c1", "tom", "root", 1)
    with as_("tom"):
        if name in ("change_assignment", "withdraw", "assignment", "whom"):
            getattr(session.training(), name)(*held("tom")[name])
        else:
            with pytest.raises(NotAllowed):
                getattr(session.training(), name)(*held("tom")[name])


@pytest.mark.parametrize("name", ["assign", "change_assignment", "withdraw", "extend", "back_to_usual", "give_time", "sign_off", "revoke_sign_off", "close_dispute", "mark_by_hand", "remark", "withdraw_remark"])
def test_nobody_writes_in_anothers_name(desk, held, name):
    with as_("tom"), pytest.raises(NotAllowed, match="nobody writes in another's name"):
        getattr(session.training(), name)(*held("root")[name])


@pytest.mark.parametrize("name", ["extend", "back_to_usual", "give_time", "sign_off", "revoke_sign_off", "close_dispute", "mark_by_hand", "remark", "withdraw_remark"])
def test_nobody_judges_their_own(desk, people, held, name):
    """A trainer who is led by themselves: the learner ann in a trainer's place."""
    people.set_role("ann", "trainer", "root", 1)
    people.add_leader("c1", "ann", "root", 1)
    with gate.acting(gate.Viewer("ann", "Ann", "trainer", "session-ann")), pytest.raises(NotAllowed, match="for yourself|nothing of that id"):
        getattr(session.training(), name)(*held("ann")[name])


def test_what_is_not_there_is_refused_as_what_is_anothers(desk, held):
    with as_("tom"):
        for call in (lambda it: it.signed("none"), lambda it: it.standing_mark("none", "q", 1), lambda it: it.assignment("none"), lambda it: it.close_dispute("none", "declined", "", "tom", 1)):
            with pytest.raises(NotAllowed, match="there is nothing of that id here that is yours to see"):
                call(session.training())


def test_a_comment_is_about_the_person_whose_attempt_it_is(desk, people, held):
    people.add_member("c1", "bea", "root", 1)
    attempt = held("tom")["standing_mark"][0]
    with as_("tom"), pytest.raises(NotAllowed):
        session.training().remark(Remark("r9", attempt, "", "bea", "For bea.", "tom", 1))


def test_how_much_waits_in_a_cohort_is_told_to_whoever_may_see_who_is_in_it(desk, held):
    for id, may in (("tom", True), ("root", True), ("ann", False), ("una", False)):
        with as_(id):
            if may:
                assert session.training().waiting("c1", COHORT) == (1, 0)
            else:
                with pytest.raises(NotAllowed):
                    session.training().waiting("c1", COHORT)


def test_alone_everything_is_let_through(desk, held, monkeypatch):
    monkeypatch.delenv("CLEAN_CLAIM_TEAM")
    assert session.training().sign_offs("ann", ) and session.training().board("ann", 0, PERSON)


# That nobody goes around it

AROUND = {"session", "people_desk", "guarded", "guarded_training", "completing", "leaving", "completion_desk", "asgi", "figures", "watching", "exam_desk", "item_desk"}
"""The modules that may name the unguarded records or make a Training of their own: they stand at the door, put completions on record, count without names, or have asked `require` in the function itself."""


def test_the_records_behind_the_guards_are_reached_from_these_modules_alone():
    """The command line is whoever runs the machine."""
    found = set()
    for path in Path("app").rglob("*.py"):
        if "commands" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Attribute) and node.attr == "unguarded" or isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Training":
                found.add(path.stem)
    assert found <= AROUND, found - AROUND


def asks(function: ast.FunctionDef) -> bool:
    """Whether a function begins by asking who may."""
    return any(isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in ("require", "require_over", "demand", "may", "fit_for") for node in ast.walk(function))


@pytest.mark.parametrize("module", ["leaving", "completion_desk", "people_desk", "cohort_desk", "assigning", "marking_desk", "learner_evidence"])
def test_a_function_that_reaches_records_or_people_past_the_guard_asks_first(module):
    """Where a function of such a module has the unguarded records or the accounts in its own hands, it asks `require` or `demand` itself."""
    bare = [function.name for function in ast.parse(Path(f"app/{module}.py").read_text()).body if isinstance(function, ast.FunctionDef)
            and any(isinstance(node, ast.Attribute) and node.attr in ("unguarded", "people") for node in ast.walk(function)) and not asks(function) and not function.name.startswith("_")]
    assert bare == [] or set(bare) <= {"allowed"}, bare
