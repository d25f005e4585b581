"""The records as a person of a team may use them: nobody reads or writes what is another's, whatever id they send."""

import inspect

import pytest

from app import exam_desk, exam_offers, gate, people_desk, quizzing, reveal, sittings
from app.gate import ExamRunning, NotAllowed, SignedOut, Viewer
from app.guarded import FREE, NEVER, RULES
from records import Attempt, Profile, Records, RecordsError, Step, Unknown
from records.permissions import ACTIONS
from scoring.marks import key_of
from tests.team.conftest import PEOPLE, viewer

OTHERS = ("bea", "una", "root")
AS_IF_NOT_THERE = "There is no such"


def public(kind) -> set[str]:
    return {name for name, _ in inspect.getmembers(kind, callable) if not name.startswith("_")}


def test_every_method_of_the_records_has_its_rule():
    """A new method is refused in a team until it says here whose things it is about."""
    assert public(Records) - set(RULES) - set(FREE) - set(NEVER) - {"owner"} == set()
    assert {action for _, action, _ in RULES.values()} <= set(ACTIONS)


@pytest.mark.parametrize("name", NEVER)
def test_what_no_page_may_do_is_refused_to_everybody(desk, name):
    for id in PEOPLE:
        with gate.acting(viewer(id)), pytest.raises(NotAllowed):
            getattr(desk.ledger(), name)


@pytest.mark.parametrize("id", OTHERS)
def test_an_attempt_of_another_is_as_if_it_were_not_there(desk, begun, id):
    with gate.acting(viewer(id)):
        ledger = desk.ledger()
        assert ledger.attempt(begun) is None and ledger.log(begun) is None and ledger.drafts(begun) == ()
        for read in (sittings.sitting, sittings.stored, sittings.variants, exam_desk.paper, exam_desk.progress):
            with pytest.raises(Unknown, match=AS_IF_NOT_THERE):
                read(begun)


@pytest.mark.parametrize("id", OTHERS)
def test_a_draft_of_another_is_not_read(desk, begun, id):
    with gate.acting(viewer("ann")):
        slot = desk.ledger().drafts(begun)[0].slot
    with gate.acting(viewer(id)):
        assert desk.ledger().draft(begun, slot) is None


@pytest.mark.parametrize("id", [*OTHERS, "tom"])
def test_nobody_writes_into_the_attempt_of_another(desk, begun, id):
    with gate.acting(viewer("ann")):
        before = desk.ledger().attempt(begun)
        question = sittings.sitting(begun).questions[1].id
        keyed = sittings.variants(begun)[question].keyed
        right = key_of(keyed.question, keyed.drawn)
    with gate.acting(viewer(id)):
        ledger = desk.ledger()
        for write in (lambda: ledger.append(Step(begun, question, 1, "submit", {"response": "a"}, 1)), lambda: ledger.save_draft(begun, question, {}, 1),
                      lambda: ledger.finish(begun, 1), lambda: ledger.note(begun, question, "hint", {}, 1), lambda: ledger.close_attempt(begun, lambda found: None),
                      lambda: quizzing.hand_in(begun, question, right), lambda: exam_desk.finish(begun)):
            with pytest.raises(RecordsError):
                write()
    with gate.acting(viewer("ann")):
        assert desk.ledger().attempt(begun) == before


@pytest.mark.parametrize("name", [name for name, (about, action, _) in RULES.items() if about == "profile" and action == "see work"])
@pytest.mark.parametrize("id", OTHERS)
def test_nothing_of_another_is_read_by_their_name(desk, begun, name, id):
    with gate.acting(viewer(id)):
        more = {"open_attempt": ("item",), "open_of_kind": ("exam",)}.get(name, ())
        if name == "profile":
            assert desk.ledger().profile("ann") is None
        else:
            with pytest.raises(NotAllowed, match="Not allowed"):
                getattr(desk.ledger(), name)("ann", *more)


def test_nobody_begins_an_attempt_or_changes_a_profile_for_another(desk):
    with gate.acting(viewer("bea")):
        with pytest.raises(NotAllowed):
            desk.ledger().start(Attempt("new", "ann", "item", "question-set", "T", "h", 1, "practice", {}, 1))
        with pytest.raises(NotAllowed):
            desk.change(Profile("ann", "Not Ann", "exam", "cpb", None, 1))
        with pytest.raises(NotAllowed):
            desk.ledger().delete_profile("ann")
    assert desk.ledger().unguarded.profile("ann").name == "Ann"


def test_a_trainer_reads_the_work_of_whom_they_lead_and_of_nobody_else(desk, begun):
    with gate.acting(viewer("tom")):
        assert desk.ledger().attempt(begun) is not None and desk.ledger().attempts_of("ann") and sittings.sitting(begun).profile == "ann"
        with pytest.raises(NotAllowed):
            desk.ledger().attempts_of("bea")
        with pytest.raises(NotAllowed):
            desk.ledger().attempts_of("root")


def test_the_clock_of_an_exam_closes_the_books_of_whoever_sits_it_and_not_to_their_trainer(desk, begun):
    question = first_question(desk, begun)
    for sits, other in (("ann", "tom"), ("tom", "ann")):
        with gate.acting(viewer(sits)):
            exam = exam_offers.begin(desk.me(), "cpb", "quarter")
        with gate.acting(viewer(other)):
            assert reveal.feedback(begun, question).rationale
        with gate.acting(viewer(sits)):
            with pytest.raises(ExamRunning, match="is running, until"):
                reveal.feedback(begun, question)
            exam_desk.finish(exam)
            assert reveal.feedback(begun, question).rationale


def first_question(desk, attempt: str) -> str:
    with gate.acting(viewer("ann")):
        return sittings.sitting(attempt).questions[0].id


def test_a_trainer_who_leads_no_more_reads_no_more(desk, begun, people):
    people.remove_leader("c1", "tom", "root", 1)
    with gate.acting(viewer("tom")):
        assert desk.ledger().attempt(begun) is None


def test_a_learner_who_once_led_does_not_read(desk, begun):
    with gate.acting(Viewer("tom", "Tom", "learner", "session-tom")):
        assert desk.ledger().attempt(begun) is None


@pytest.mark.parametrize("id", [id for id in PEOPLE if id != "tom"])
def test_only_a_trainer_corrects_items(desk, id):
    with gate.acting(viewer(id)), pytest.raises(NotAllowed, match="correct items"):
        desk.ledger().regrade_runs()


def test_whoever_is_signed_out_reads_and_writes_nothing(desk, begun):
    ledger = desk.ledger()
    for call in (lambda: ledger.attempt(begun), lambda: ledger.attempts_of("ann"), lambda: ledger.append(Step(begun, "q", 1, "submit", {}, 1)), lambda: ledger.attempt("none"),
                 lambda: ledger.regrade_runs(), desk.me, lambda: ledger.times_of("q")):
        with pytest.raises(SignedOut, match="You are signed out"):
            call()


def test_what_is_kept_in_memory_of_an_attempt_is_not_lent_to_another(desk, begun):
    with gate.acting(viewer("ann")):
        assert sittings.variants(begun) and reveal
    with gate.acting(viewer("bea")), pytest.raises(Unknown, match=AS_IF_NOT_THERE):
        sittings.variants(begun)


def test_alone_everything_is_let_through(desk, begun, monkeypatch):
    monkeypatch.delenv("CLEAN_CLAIM_TEAM")
    assert desk.ledger().attempt(begun) is not None and desk.ledger().profiles() and desk.viewer().role == "alone"


@pytest.mark.parametrize("call", [
    people_desk.accounts, people_desk.waiting, lambda: people_desk.invite("New", "new@example.org", "learner"), lambda: people_desk.new_link("ann"),
    lambda: people_desk.set_role("ann", "admin"), lambda: people_desk.set_disabled("bea", True), lambda: people_desk.sessions("ann"),
    lambda: people_desk.end_session("session-ann", "ann"), lambda: people_desk.end_all("ann"), people_desk.audit_log, people_desk.audit_faults,
], ids=["accounts", "waiting", "invite", "link", "role", "disable", "sessions", "end session", "end all", "log", "faults"])
@pytest.mark.parametrize("id", ["bea", "tom", "una"])
def test_only_an_admin_does_what_is_an_admins(desk, people, id, call):
    before = people.audit_log(limit=500)
    with gate.acting(viewer(id)), pytest.raises(NotAllowed):
        call()
    assert people.audit_log(limit=500) == before
    with gate.acting(viewer("root")):
        call()


def test_one_ends_ones_own_sessions_and_not_anothers_by_its_id(desk, people):
    with gate.acting(viewer("bea")):
        people_desk.end_session("session-ann")
        assert people.signed_in("session-ann", gate.now(), 10**9)
        people_desk.sign_out()
    assert people.signed_in("session-bea", gate.now(), 10**9) is None


def test_a_learner_sees_no_cohorts_and_a_trainer_their_own(desk, people):
    people.add_cohort("c2", "Autumn", "", "root", 1)
    with gate.acting(viewer("tom")):
        assert [one.name for one in people_desk.cohorts()] == ["Spring"]
    with gate.acting(viewer("root")):
        assert [one.name for one in people_desk.cohorts()] == ["Autumn", "Spring"]
    with gate.acting(viewer("ann")), pytest.raises(NotAllowed):
        people_desk.cohorts()
