"""A case set: questions that share a story and papers, each asked, hashed and solved with them."""

import json
from datetime import date

import pytest

from app.commands.blind import to_solve
from curriculum.catalogue import load
from curriculum.models import CaseSet
from curriculum.proof import prove
from curriculum.variants import QuestionVariant, vary
from tests.curriculum.world import a_case, a_question, a_set, put, small_world

TODAY = date(2026, 11, 23)
STEMS = ("Which amount is written off?", "Whom does the balance belong to after the plan has paid?", "By when must an appeal have been received?")
QUESTION = "6d0c2a8e-58d1-4c6f-9f0b-0d5a1f2b0002"


def questions(first: int = 2, stems=STEMS, more: str = "") -> list[str]:
    return [a_question(number, stem=stem, more=more) for number, stem in enumerate(stems, first)]


@pytest.fixture
def root(tmp_path):
    put(small_world(tmp_path), "quizzes/cases/one.yaml", a_case(*questions()))
    return tmp_path


def told(root) -> list[str]:
    return [one.what for one in prove(load(root), TODAY) if not one.warning]


def test_a_case_set_stands_among_the_sets_and_its_questions_among_the_questions(root):
    put(root, "quizzes/other.yaml", a_set(a_question(9, stem="What does a clearinghouse keep?")))
    loaded = load(root)
    assert [type(whole).__name__ for whole in loaded.sets] == ["CaseSet", "QuestionSet"] and len(loaded.questions) == 4
    assert told(root) == []


def test_a_question_leads_to_its_case_and_others_to_none(root):
    put(root, "quizzes/other.yaml", a_set(a_question(9, stem="What does a clearinghouse keep?")))
    loaded = load(root)
    assert isinstance(loaded.case_of(QUESTION), CaseSet) and loaded.case_of(QUESTION) is loaded.sets[0]
    assert loaded.case_of(QUESTION[:-1] + "9") is None and loaded.case_of("nothing") is None


@pytest.mark.parametrize("changed", [{"story": "Another visit was billed."}, {"exhibit": "The charge is $121.00."}])
def test_a_changed_story_or_exhibit_changes_the_hash_of_every_question(root, changed):
    before = load(root)
    put(root, "quizzes/cases/one.yaml", a_case(*questions(), **changed))
    after = load(root)
    assert all(before.hash_of(id_) != after.hash_of(id_) for id_ in before.questions)


def test_a_review_is_stale_once_an_exhibit_has_changed(root):
    put(root, "quizzes/cases/one.yaml", a_case(*questions(more="    status: published\n")))
    loaded = load(root)
    put(root, "quizzes/blind-review.yaml", "".join(f"- {{id: {id_}, hash: {loaded.hash_of(id_)}, response: option-a, on: 2026-11-20}}\n" for id_ in loaded.questions))
    assert told(root) == []
    put(root, "quizzes/cases/one.yaml", a_case(*questions(more="    status: published\n"), exhibit="The charge is $121.00."))
    assert len(told(root)) == 3 and all("has changed since it was solved blind" in one for one in told(root))


def test_a_drawn_question_carries_its_case_through_the_log(root):
    loaded = load(root)
    variant = vary(loaded.questions[QUESTION], 3, case=loaded.case_of(QUESTION))
    kept = QuestionVariant.from_plain(json.loads(json.dumps(variant.plain())))
    assert kept == variant and kept.public.case.exhibits[0].text == "The charge is $120.00." and kept.public.case.story.startswith("A visit")


def test_a_variant_kept_before_there_were_cases_is_still_read(root):
    plain = vary(load(root).questions[QUESTION], 3).plain()
    del plain["public"]["case"]
    assert QuestionVariant.from_plain(plain).public.case is None


def test_the_blind_solver_of_a_named_file_sees_drafts_with_their_case(root):
    shown = to_solve(load(root), {"quizzes/cases/one.yaml"})
    assert [one["stem"] for one in shown] == list(STEMS) and all(one["case"]["exhibits"][0]["id"] == "remittance" for one in shown)
    assert "Because" not in str(shown) and "correct" not in str(shown) and json.dumps(shown)
    assert to_solve(load(root), set()) == []


def test_the_blind_solver_is_never_shown_what_is_retired(root):
    put(root, "quizzes/cases/one.yaml", a_case(*questions(more="    status: retired\n")))
    assert to_solve(load(root), {"quizzes/cases/one.yaml"}) == []


def test_the_same_may_be_asked_of_two_cases(root):
    put(root, "quizzes/cases/two.yaml", a_case(*questions(12), story="An inpatient stay has been denied for want of a number.", exhibit="Notice of 9 June.", number=2))
    assert told(root) == []


def test_a_case_that_is_the_copy_of_another_is_told(root):
    put(root, "quizzes/cases/two.yaml", a_case(*questions(12), number=2))
    assert len(told(root)) == 3 and all("is almost that of" in one for one in told(root))
