"""All content proves itself: no mistake, and every question's key scores full where a stated wrong answer does not, on every draw."""

from datetime import date

import pytest

from app.commands.check import proved
from billing.misconceptions import wrong_answers
from curriculum.variants import drawn
from scoring.answers import Unreadable
from scoring.marks import key_of, mark_question
from tests import shipped

SEEDS = range(20)
CATALOGUE = shipped.catalogue()
QUESTIONS = list(CATALOGUE.questions.values())
SOLVABLE = [question for question in QUESTIONS if question.status != "retired"]


def test_no_content_has_a_mistake():
    found = [str(one) for one in proved(CATALOGUE, date.today()) if not one.warning]
    assert found == []


def seeds(question) -> range:
    return SEEDS if question.compute else range(1)


def response(value):
    return sorted(value) if isinstance(value, frozenset) else value if isinstance(value, (tuple, dict)) else str(value)


@pytest.mark.parametrize("question", SOLVABLE, ids=lambda question: question.slug)
def test_the_key_scores_full(question):
    for seed in seeds(question):
        given = drawn(question, seed)
        assert mark_question(question, given, response(key_of(question, given))).full


@pytest.mark.parametrize("question", SOLVABLE, ids=lambda question: question.slug)
def test_every_stated_wrong_answer_scores_less(question):
    for seed in seeds(question):
        given = drawn(question, seed)
        for wrong in wrong_responses(question, given):
            assert not mark_question(question, given, wrong).full, wrong


@pytest.mark.parametrize("question", SOLVABLE, ids=lambda question: question.slug)
def test_an_unreadable_answer_is_no_attempt(question):
    assert isinstance(mark_question(question, drawn(question, 0), ""), Unreadable)


@pytest.mark.parametrize("question", [question for question in SOLVABLE if question.compute], ids=lambda question: question.slug)
def test_every_known_mistake_is_told_from_the_key(question):
    for seed in SEEDS:
        given = drawn(question, seed)
        truth = key_of(question, given)
        for slug, (_, wrong) in wrong_answers(question.compute.formula, given, truth).items():
            assert abs(wrong - truth) > question.tolerance if not isinstance(truth, date) else wrong != truth, (slug, given)


def wrong_responses(question, given) -> list:
    """Wrong options; sets that miss one or hold one too many; known mistakes of a computation; codes of part credit."""
    if question.kind in ("single-choice", "true-false"):
        return [option.id for option in question.options if not option.correct]
    if question.kind == "multiple-choice":
        right = key_of(question, given)
        return [sorted(right - {one}) for one in right] + [sorted(right | {option.id}) for option in question.options if not option.correct]
    if question.kind == "matching":
        right = key_of(question, given)
        return [{**right, prompt: other} for prompt, match in right.items() for other in (option.id for option in question.options) if other != match]
    if question.kind == "ordering":
        right = key_of(question, given)
        return [(*right[:at], right[at + 1], right[at], *right[at + 2:]) for at in range(len(right) - 1)]
    if question.kind == "code-entry":
        return [accepted.code for accepted in question.accepted if accepted.credit < 1] or ["ZZZ"]
    if question.compute:
        return [str(wrong) for _, wrong in wrong_answers(question.compute.formula, given, key_of(question, given)).values()]
    return ["1999-01-01"] if question.kind == "date" else ["987654.32"]
