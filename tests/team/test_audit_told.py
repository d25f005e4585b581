"""The audit log as it is read: sentences with names, days and points; one person's page of it holds what was done to their work too."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path
import re

import pytest

from app import assigning, audit_told, cohort_desk, cohort_files, gate, learner_evidence, marking_desk, people_desk, quizzing, session
from tests.team.conftest import viewer, words
from tests.team.test_training import as_, disputed, given, wrong  # noqa: F401  (fixtures)

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-")


def told(whom: str = "", limit: int = 50) -> list[str]:
    with as_("root"):
        return [f"{row.who} {row.says}" for row in people_desk.audit_log(whom, limit=limit)]


def test_every_act_that_is_noted_has_a_sentence():
    acts = set()
    for path in (*Path("records").glob("*.py"), *Path("app").rglob("*.py")):
        acts |= {found for found in re.findall(r'(?:audit\.note|told_if|people\.note|noted|_note)\((?:[^"\n]*?, )?"([a-z -]+)"', path.read_text())}
    assert len(acts) > 25 and sorted(acts - set(audit_told.SAID) - set(audit_told.OFFICES)) == []


def test_a_day_of_training_is_told_in_names_days_and_points(desk, given, disputed):  # noqa: F811
    with as_("tom"):
        marking_desk.uphold(marking_desk.asked(marking_desk.waiting().disputes[0]), Decimal(1), "Both can be defended.")
        assigning.extend(given.id, "ann", session.today() + timedelta(days=30))
        assigning.change(given, "First week", "", assigning.due_day(given.due_at), 50, given.parts[:1])
        assigning.withdraw(given.id)
        learner_evidence.sign_off("ann", "coding.modifiers", "Did ten on her own.")
        marking_desk.comment(disputed.attempt, "", "Well done.")
        cohort_desk.close("c1")
        cohort_desk.reopen("c1")
    title, due = quizzing.sets()[0].title, audit_told.day(given.due_at)
    said = told()
    later = f"{session.today() + timedelta(days=30):%-d %b %Y}"
    second = quizzing.sets()[1].title
    assert said[:11] == [
        "Tom opened the cohort “Spring” again", "Tom closed the cohort “Spring”", f"Tom wrote Ann a comment on “{title}”", "Tom signed off Ann’s competency Modifiers",
        "Tom withdrew the assignment “First week”", f"Tom changed the assignment “First week”: 50% of the points wanted instead of 70%; without {second}; in other words",
        f"Tom moved Ann’s due date of “First week” from {due} to {later}", f"Tom marked Ann’s answer in “{title}” by hand: 1 point instead of 0 points", f"Tom answered Ann’s dispute about “{title}”: the mark was changed",
        f"Ann disputed the mark of an answer in “{title}”", f"Tom assigned “First week” to the cohort “Spring”, due {due}"]
    assert not any(UUID.search(line) for line in said)


def test_what_was_done_to_a_persons_work_stands_on_their_page(desk, disputed):  # noqa: F811
    with as_("tom"):
        marking_desk.uphold(marking_desk.asked(marking_desk.waiting().disputes[0]), Decimal(1), "Fair.")
    ann, bea = told("ann"), told("bea")
    assert any("by hand" in line for line in ann) and any("answered Ann’s dispute" in line for line in ann)
    assert not any("by hand" in line or "dispute" in line for line in bea)


def test_a_mark_by_hand_of_before_is_found_under_the_learner_too(desk, wrong):  # noqa: F811
    attempt, question = wrong
    session.people().note("tom", "mark by hand", attempt, gate.now(), {"attempt": attempt, "points": "0"}, {"attempt": attempt, "points": "0.5"})
    assert told("ann")[0] == f"Tom marked Ann’s answer in “{quizzing.sets()[0].title}” by hand: 0.5 points instead of 0 points"


def test_a_letter_that_was_read_and_left_is_told_as_that(desk, wrong):  # noqa: F811
    session.people().note("tom", "mark by hand", "ann", gate.now(), {"attempt": wrong[0], "points": "2"}, {"attempt": wrong[0], "points": "2"})
    assert "its mark stands at 2 points" in told("ann")[0]


def test_files_that_leave_are_noted_when_they_are_made(desk):
    with as_("tom"):
        make = cohort_files.cohort("c1", "csv")
        assert not any("saved" in line for line in told())
        make()
        cohort_files.learner("ann", "xlsx")()
    assert told()[:2] == ["Tom saved Ann’s evidence as XLSX", "Tom saved the table of the cohort “Spring” as CSV, with 1 person in it"]
    assert told("ann")[0] == "Tom saved Ann’s evidence as XLSX"


def test_a_completion_is_told(desk):
    from records import Completion
    session.ledger().unguarded.complete(Completion("d1", "ann", "Ann", "track", "medical", "Medical practice", "track:medical", "", "completed", (), gate.now()))
    assert told("ann")[0] == f"Ann completed the track {session.tracks()['medical']}"


def test_who_is_gone_is_said_to_be_gone(desk, wrong):  # noqa: F811
    with as_("tom"):
        marking_desk.comment(wrong[0], "", "Well done.")
    desk.ledger().unguarded.delete_profile("ann", "root", gate.now())
    said = told()
    assert f"Tom wrote {audit_told.GONE} a comment on work that is gone" in said and not any(UUID.search(line) for line in said)


def test_an_act_without_a_sentence_is_told_as_it_is_kept(desk):
    session.people().note("command line", "polish", "records", gate.now(), None, {"many": 3})
    assert told()[0] == "command line polish: records (many 3)"


def test_the_page_tells_it_and_is_for_admins(desk, app, given):  # noqa: F811
    page = words(app("root", "audit", whom="tom"))
    assert "assigned “First week” to the cohort “Spring”, due" in page and not UUID.search(page)


def test_the_page_is_narrowed_to_one_person(desk, app, given, wrong):  # noqa: F811
    with as_("tom"):
        marking_desk.comment(wrong[0], "", "Well done.")
    page = app("root", "audit")
    assert "assigned “First week”" in words(page)
    page.selectbox(key="about").set_value("ann").run()
    assert "wrote Ann a comment" in words(page) and "assigned “First week”" not in words(page)


@pytest.mark.parametrize("id", ["ann", "bea", "tom", "una"])
def test_nobody_else_reads_it(desk, id):
    with gate.acting(viewer(id)), pytest.raises(gate.NotAllowed):
        people_desk.audit_log()
