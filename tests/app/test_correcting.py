"""A correction from the desk's side: who is touched, applied, told, undone; and the same from the command line."""

import json
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.__main__ import main
from app import correcting, exam_desk, exam_offers, exam_reports, quizzing, sittings
from curriculum.models import Option
from records import Unknown

NEW_ID = "7d1f4f6e-31a5-4b0c-9d7c-1a2b3c4d5e6f"


class Shelf:
    """The content with one question corrected by another: the key goes to the option after the old one."""

    def __init__(self, held, item: str):
        self._held = held
        asked = held.questions[item]
        right = next(at for at, option in enumerate(asked.options) if option.correct)
        options = tuple(Option(**{**option.model_dump(), "correct": at == (right + 1) % len(asked.options)}) for at, option in enumerate(asked.options))
        self.right, self.wrong = asked.options[right].id, asked.options[(right + 1) % len(options)].id
        corrected = asked.model_copy(update={"id": UUID(NEW_ID), "slug": "corrected", "reimplements": asked.id, "options": options})
        self.questions = {**held.questions, NEW_ID: corrected}

    def hash_of(self, item: str) -> str:
        return "corrected" if item == NEW_ID else self._held.hash_of(item)


@pytest.fixture
def sat(dana, desk):
    """An exam of which the first question was answered by the old key; the attempt, the item, the shelf with its correction."""
    attempt = exam_offers.begin(dana, "cpb", "quarter")
    item = exam_desk.paper(attempt).questions[0].id
    shelf = Shelf(desk.catalogue(), item)
    exam_desk.answer(attempt, item, shelf.right, 0, "tab")
    exam_desk.finish(attempt)
    return attempt, item, shelf


def score(attempt: str) -> Decimal:
    return exam_reports.report(exam_reports.ended(attempt)).total.earned


def applied(desk, sat, policy, run="run-1", at=5_000):
    return correcting.apply(desk.ledger(), sat[2], sat[1], policy, "trainer", "The key was wrong.", run, at)


def test_a_trial_says_whom_it_touches_and_changes_nothing(desk, sat):
    tried = correcting.trial(desk.ledger(), sat[2], sat[1], "replace")
    assert [(delta.name, delta.before, delta.after) for delta in tried.deltas] == [("Dana Whitlock", (1, 1), (0, 1))]
    assert tried.corrected == NEW_ID and score(sat[0]) == 1 and desk.ledger().regrade_runs() == ()


def test_a_correction_is_applied_and_taken_back(desk, sat):
    applied(desk, sat, "replace")
    assert score(sat[0]) == 0 and desk.ledger().projections_equal_fold() == []
    correcting.undo(desk.ledger(), "run-1", "trainer", "", "run-2", 6_000)
    assert score(sat[0]) == 1 and desk.ledger().projections_equal_fold() == []
    assert [run.policy for run in desk.ledger().regrade_runs()] == ["undo", "replace"]


def test_nothing_is_overwritten(desk, sat):
    applied(desk, sat, "replace")
    kept = desk.ledger().attempt(sat[0])
    assert [grading.earned for grading in kept.superseded] == [1]


def test_the_same_run_again_finds_nothing_to_change(desk, sat):
    applied(desk, sat, "replace")
    assert len(desk.ledger().regrade_changes("run-1")) == 1
    applied(desk, sat, "replace", "run-2")
    assert desk.ledger().regrade_changes("run-2") == ()


def test_a_run_handed_in_twice_is_made_once(desk, sat):
    assert applied(desk, sat, "replace") == applied(desk, sat, "replace")
    assert len(desk.ledger().regrade_runs()) == 1


def test_an_uncorrected_item_marked_anew_is_as_it_was(desk, sat):
    before = desk.ledger().attempt(sat[0])
    for policy in ("replace", "never-lower", "accept-both"):
        correcting.apply(desk.ledger(), desk.catalogue(), sat[1], policy, "trainer", "To see.", policy, 5_000)
    assert desk.ledger().attempt(sat[0]) == before


def test_a_dropped_question_counts_for_nobody(desk, sat):
    possible = exam_reports.report(exam_reports.ended(sat[0])).total.possible
    applied(desk, sat, "drop")
    assert exam_reports.report(exam_reports.ended(sat[0])).total.possible == possible - 1


def test_a_run_is_taken_back_once_and_never_from_under_a_later_one(desk, sat):
    applied(desk, sat, "replace")
    applied(desk, sat, "full-credit", "run-2")
    with pytest.raises(Unknown, match="Take that one back first"):
        correcting.undo(desk.ledger(), "run-1", "trainer", "", "u", 7_000)
    correcting.undo(desk.ledger(), "run-2", "trainer", "", "u", 7_000)
    with pytest.raises(Unknown, match="taken back before"):
        correcting.undo(desk.ledger(), "run-2", "trainer", "", "v", 8_000)
    with pytest.raises(Unknown, match="there is no run"):
        correcting.undo(desk.ledger(), "none", "trainer", "", "w", 8_000)


def test_the_first_run_can_be_taken_back_once_the_later_one_is(desk, sat):
    applied(desk, sat, "replace")
    applied(desk, sat, "full-credit", "run-2")
    correcting.undo(desk.ledger(), "run-2", "trainer", "", "u2", 7_000)
    correcting.undo(desk.ledger(), "run-1", "trainer", "", "u1", 8_000)
    assert score(sat[0]) == 1


def test_the_learner_is_told_while_the_correction_stands(desk, dana, sat):
    applied(desk, sat, "replace")
    [(run, change)] = desk.ledger().corrections_of(dana.id)
    assert correcting.sentence(run, change) == ("A question was corrected after you answered it (the corrected key decides, for better or worse). "
                                                "The key was wrong. Your points for it go from 1 of 1 to 0 of 1.")
    correcting.undo(desk.ledger(), "run-1", "trainer", "", "u", 7_000)
    assert desk.ledger().corrections_of(dana.id) == ()


def test_a_quiz_is_corrected_too(desk, dana):
    card = next(card for card in quizzing.sets() if quizzing.offered(next(s for s in desk.catalogue().sets if str(s.id) == card.id), desk.today())[0].kind == "single-choice")
    attempt = quizzing.begin(dana, card.id)
    item = sittings.sitting(attempt).questions[0].id
    shelf = Shelf(desk.catalogue(), item)
    quizzing.hand_in(attempt, item, shelf.wrong)
    correcting.apply(desk.ledger(), shelf, item, "accept-both", "trainer", "Both are right.", "run", 5_000)
    assert sittings.sitting(attempt).answered[item].earned == 1


def test_practice_with_a_hint_marked_anew_is_as_it_was_and_the_hint_still_costs(desk, dana):
    from app import practising
    from curriculum.practice_form import Block
    item = next(id_ for id_, question in desk.catalogue().questions.items() if question.kind == "single-choice" and question.status == "published")
    shelf = Shelf(desk.catalogue(), item)
    attempt = practising.begin(dana, practising.ORDERED, "Practice", (Block((item,), item, 60),), {})
    practising.take_hint(attempt, item)
    practising.hand_in(attempt, item, shelf.right)
    before = desk.ledger().attempt(attempt)
    correcting.apply(desk.ledger(), desk.catalogue(), item, "replace", "trainer", "To see.", "same", 5_000)
    assert desk.ledger().attempt(attempt) == before and 0 < before.score < 1
    correcting.apply(desk.ledger(), shelf, item, "accept-both", "trainer", "Both are right.", "both", 6_000)
    assert desk.ledger().attempt(attempt).score == before.score


def test_erasing_a_learner_takes_their_part_of_the_runs_along(desk, dana, sat):
    applied(desk, sat, "replace")
    desk.ledger().delete_profile(dana.id)
    assert desk.ledger().regrade_changes("run-1") == () and len(desk.ledger().regrade_runs()) == 1


def test_a_reason_is_asked_for(desk, sat):
    with pytest.raises(correcting.NotPossible, match="Say why"):
        correcting.apply(desk.ledger(), sat[2], sat[1], "drop", "trainer", " ", "run", 1)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["replace", "never-lower", "accept-both", "full-credit", "drop"]), min_size=1, max_size=4))
def test_undoing_every_run_from_the_last_restores_every_mark(desk, sat, policies):
    records, before = desk.ledger(), desk.ledger().attempt(sat[0])
    runs = []
    for policy in policies:
        runs.append(desk.new_id())
        last = score(sat[0])
        applied(desk, sat, policy, runs[-1])
        assert policy != "never-lower" or score(sat[0]) >= last
    for run in reversed(runs):
        correcting.undo(records, run, "trainer", "", f"undo-{run}", 9_000)
    after = records.attempt(sat[0])
    assert sorted(((g.slot, g.earned, g.possible, g.credits, g.evidence) for g in after.gradings), key=repr) == \
        sorted(((g.slot, g.earned, g.possible, g.credits, g.evidence) for g in before.gradings), key=repr)
    assert records.projections_equal_fold() == [] and (after.score, after.possible) == (before.score, before.possible)


# The command

def test_the_command_tries_applies_lists_and_takes_back(desk, sat, capsys):
    assert main(["regrade", sat[1], "--policy", "drop", "--dry-run", "--json"]) == 0
    tried = json.loads(capsys.readouterr().out)
    assert tried["dry_run"] and tried["deltas"][0]["after"] == ["0", "0"] and desk.ledger().regrade_runs() == ()
    assert main(["regrade", sat[1], "--policy", "drop", "--because", "It asks two things.", "--by", "Terry", "--json"]) == 0
    done = json.loads(capsys.readouterr().out)
    assert done["changes"] == 1 and done["by"] == "Terry"
    assert main(["regrade", "--list"]) == 0 and "It asks two things." in capsys.readouterr().out
    assert main(["regrade", "--undo", done["run"]]) == 0
    assert score(sat[0]) == 1


@pytest.mark.parametrize("arguments, says", [
    (["nothing-of-that-name", "--policy", "drop", "--dry-run"], 'There is no question "nothing-of-that-name"'),
    (["--policy", "drop"], "Name the question and a policy"),
    (["ITEM", "--policy", "drop"], "Say why"), (["--undo", "none"], "there is no run none")])
def test_the_command_says_what_it_lacks(desk, sat, capsys, arguments, says):
    assert main(["regrade", *[sat[1] if one == "ITEM" else one for one in arguments]]) == 1
    assert says in capsys.readouterr().out


def test_without_records_the_command_says_so(tmp_path, capsys):
    assert main(["regrade", "x", "--policy", "drop", "--db", str(tmp_path / "none.sqlite")]) == 1
    assert "There are no records" in capsys.readouterr().out
