"""How a question is drawn and shown."""

import json
from collections import Counter

import pytest

from curriculum.models import Question
from curriculum.variants import PublicQuestion, QuestionVariant, drawn, figures, shown_order, vary
from tests.curriculum.test_catalogue import one_question
from tests.curriculum.world import a_question

COMPUTED = one_question("""  - id: 6d0c2a8e-58d1-4c6f-9f0b-0d5a1f2b7a02
    slug: share
    kind: money
    stem: "The plan allows ${allowed}, {deductible_left} of the deductible is left. What does the patient owe?"
    compute:
      formula: patient-share
      given: {allowed: ["120.00", "95.40", "200.00"], deductible_left: ["0.00", "20.00"], coinsurance_percent: "20"}
    rationale: Of ${allowed} the deductible comes first.
    find_it: In the plan.
    competencies: [payers.cost-sharing]
    difficulty: 2
    in_force: {from: 2024-01-01}
    citations: [{source: made-up, at: page 1}]
    last_checked: 2026-11-01
""")
CHOICE = one_question(a_question())


def test_a_seed_draws_the_same_question_every_time():
    assert vary(COMPUTED, 7) == vary(COMPUTED, 7)
    assert len({tuple(drawn(COMPUTED, seed).items()) for seed in range(40)}) == 6


def test_seed_zero_takes_the_first_of_every_list():
    assert drawn(COMPUTED, 0) == {"allowed": "120.00", "deductible_left": "0.00", "coinsurance_percent": "20"}


def test_the_stem_and_the_rationale_show_what_was_drawn():
    variant = vary(COMPUTED, 0)
    assert variant.public.stem.startswith("The plan allows $120.00, 0.00 of")
    assert variant.keyed.tell(variant.keyed.question.rationale) == "Of $120.00 the deductible comes first."


@pytest.mark.parametrize("question", [COMPUTED, CHOICE], ids=["computed", "choice"])
def test_a_variant_survives_plain_json(question):
    variant = vary(question, 3)
    kept = json.loads(json.dumps(variant.plain()))
    assert QuestionVariant.from_plain(kept) == variant


def test_the_public_side_holds_no_key():
    public = json.dumps(vary(CHOICE, 1).public.model_dump())
    assert not any(word in public for word in ("correct", "why", "rationale", "Because of reason", "The payer decides", "misconception"))
    assert not PublicQuestion.model_fields.keys() & {"answer", "accepted", "compute", "rationale", "find_it", "tolerance"}
    assert PublicQuestion.model_fields.keys() - Question.model_fields.keys() == {"hint", "case"}


def test_options_are_shuffled_so_that_each_stands_everywhere():
    places = Counter(shown_order(CHOICE, seed).index("option-a") for seed in range(400))
    assert set(places) == {0, 1, 2, 3} and min(places.values()) > 60


def test_true_stands_before_false():
    text = a_question(texts=("Yes", "No")).replace("single-choice", "true-false").replace("id: option-a", "id: 'false'").replace("id: option-b", "id: 'true'")
    assert {shown_order(one_question(text), seed) for seed in range(20)} == {("true", "false")}


@pytest.mark.parametrize("texts", [("10", "20", "30", "45"), ("$10.00", "$12.50", "$1,300.00", "$9,000"), ("10 days", "30 days", "60 days", "90 days"),
                                   ("10 %", "20 %", "30%", "40 %"), ("2026-01-01", "2026-01-02", "2026-01-03", "2026-01-04"),
                                   ("March 1, 2026", "March 2, 2026", "April 1, 2026", "May 1, 2026")])
def test_figures_stay_as_the_author_sorted_them(texts):
    question = one_question(a_question(texts=tuple(f'"{text}"' for text in texts)))
    assert figures(question)
    assert {shown_order(question, seed) for seed in range(10)} == {("option-a", "option-b", "option-c", "option-d")}


def test_options_in_words_are_no_figures():
    assert not figures(CHOICE)


def made(kind: str, **fields) -> Question:
    from tests.scoring.made import question
    return question(kind, **fields)


def test_an_order_is_never_shown_in_its_own_order_nor_in_its_reverse():
    item = made("ordering", options=dict.fromkeys("abc", False))
    assert {shown_order(item, seed) for seed in range(60)} == {tuple(order) for order in ("acb", "bac", "bca", "cab")}


def test_a_matching_shows_prompts_without_what_they_are_matched_to():
    item = made("matching", options=dict.fromkeys("xyz", False), prompts=tuple({"id": f"p{at}", "text": f"prompt {at}", "match": "x", "why": "told"} for at in range(3)))
    public = vary(item, 5).public
    assert [prompt.model_dump() for prompt in public.prompts] == [{"id": f"p{at}", "text": f"prompt {at}"} for at in range(3)]
    assert "told" not in public.model_dump_json()
