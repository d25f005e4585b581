"""Blind reviews are marked again: a changed item, a wrong answer or a missing review keeps an item from being published."""

from datetime import date

import pytest

from app.commands.blind import _plain, record, to_solve
from curriculum.catalogue import load
from curriculum.proof import prove
from scoring.proof import question_earns_full
from tests.curriculum.world import a_question, a_set, put, small_world

ITEM = "6d0c2a8e-58d1-4c6f-9f0b-0d5a1f2b0002"


@pytest.fixture
def root(tmp_path):
    put(small_world(tmp_path), "quizzes/one.yaml", a_set(a_question(2, more="    status: published\n")))
    return tmp_path


def reviewed(root, response: str, hash_: str = "") -> list[str]:
    put(root, "quizzes/blind-review.yaml", f"- {{id: {ITEM}, hash: {hash_ or load(root).hash_of(ITEM)}, response: {response}, on: 2026-11-20}}\n")
    return [str(one) for one in prove(load(root), date(2026, 11, 23), question_earns_full) if not one.warning]


def test_a_right_blind_answer_publishes_the_item(root):
    assert reviewed(root, "option-a") == []


def test_a_wrong_blind_answer_is_a_mistake(root):
    assert [one.split(": ", 1)[0] for one in reviewed(root, "option-b")] == ["quizzes/blind-review.yaml:1"]


def test_an_unreadable_blind_answer_is_a_mistake(root):
    assert "does not earn full credit" in reviewed(root, "no-such-option")[0]


def test_a_changed_item_makes_its_review_stale(root):
    before = load(root).hash_of(ITEM)
    put(root, "quizzes/one.yaml", a_set(a_question(2, stem="Who answers now?", more="    status: published\n")))
    assert "has changed since it was solved blind" in reviewed(root, "option-a", before)[0]


def test_a_published_item_without_a_review_is_a_mistake(root):
    found = [str(one) for one in prove(load(root), date(2026, 11, 23), question_earns_full) if not one.warning]
    assert found == ["quizzes/one.yaml:1: published without a blind review on record (1): question-2"]


def test_a_second_review_of_the_same_item_is_a_mistake(root):
    assert reviewed(root, "option-a") == []
    path = root / "quizzes/blind-review.yaml"
    path.write_text(path.read_text() * 2)
    assert any("has a review already" in str(one) for one in prove(load(root), date(2026, 11, 23), question_earns_full))


def test_the_solver_is_shown_no_key_and_what_is_recorded_passes(root, capsys):
    shown = to_solve(load(root), set())
    assert [one["id"] for one in shown] == [ITEM] and "Because" not in str(shown) and "correct" not in str(shown)
    assert record(load(root), {ITEM: "option-a"}, date(2026, 11, 20)) == 0
    assert [one for one in prove(load(root), date(2026, 11, 23), question_earns_full) if not one.warning] == []
    assert to_solve(load(root), set()) == []


def test_an_answer_to_no_question_is_not_recorded(root, capsys):
    assert record(load(root), {"nothing": "x"}, date(2026, 11, 20)) == 1
    assert not (root / "quizzes/blind-review.yaml").exists()


def test_an_answer_that_differs_from_the_key_is_named_and_not_recorded(root, capsys):
    assert record(load(root), {ITEM: "option-b"}, date(2026, 11, 20), earns_full=question_earns_full) == 1
    assert "quizzes/one.yaml:7: question-2: the blind answer 'option-b' does not earn full credit" in capsys.readouterr().out
    assert ITEM not in (root / "quizzes/blind-review.yaml").read_text()


def test_a_draft_that_was_solved_is_published_and_nothing_else_changes(root, capsys):
    put(root, "quizzes/one.yaml", a_set(a_question(2, more="    status: draft\n")))
    before = (root / "quizzes/one.yaml").read_text()
    assert record(load(root), {ITEM: "option-a"}, date(2026, 11, 20), earns_full=question_earns_full, publish=True) == 0
    assert (root / "quizzes/one.yaml").read_text() == before.replace("status: draft", "status: published")
    assert [one for one in prove(load(root), date(2026, 11, 23), question_earns_full) if not one.warning] == []


def test_several_options_of_a_scenario_are_kept_with_commas_between():
    assert _plain({"follow-up": ["b", "a"], "outcome": "denied"}) == {"follow-up": "b,a", "outcome": "denied"}
    assert _plain(["a", "b"]) == ["a", "b"]


@pytest.mark.parametrize("text, said", [
    ("{", "is not JSON: Expecting property name"), ("[]", 'is no JSON object: write {"id": response}.'), ('{"x": 7}', "the response to x is neither text, nor a list of option ids, nor an object of what is asked."),
    ('{"x": {"paid": null}}', "the response to x is neither text"), (None, "cannot be read: No such file or directory.")])
def test_a_file_that_holds_no_answers_is_refused_in_a_sentence(text, said, tmp_path, capsys):
    from app.__main__ import main
    file = tmp_path / "answers.json"
    if text is not None:
        file.write_text(text)
    assert main(["blind", "--record", str(file)]) == 1
    told = capsys.readouterr().err
    assert said in told and told.endswith("Nothing was recorded.\n") and "Traceback" not in told
