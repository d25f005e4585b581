"""Each kind of question marks by its own rule, says why, and names the known mistake that explains an answer."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from billing import formulas
from billing.misconceptions import BY_FORMULA, wrong_answers
from scoring.answers import Unreadable
from scoring.marks import Marks, key_of, mark_question
from tests.scoring.made import question

SINGLE = question("single-choice", options={"a": True, "b": False, "c": False, "d": False})
SEVERAL = {"a": True, "b": True, "c": False, "d": False}


def credit(item, response, drawn=None):
    return mark_question(item, drawn or {}, response).credits[0]


def test_the_right_option_earns_all_and_its_own_reason():
    assert (credit(SINGLE, "a").earned, credit(SINGLE, "a").reason, credit(SINGLE, "a").misconception) == (1, "why a", "")


def test_a_wrong_option_earns_nothing_and_names_its_mistake():
    assert (credit(SINGLE, "c").earned, credit(SINGLE, "c").reason, credit(SINGLE, "c").misconception) == (0, "why c", "took-c")


def test_true_or_false_is_a_choice_of_two():
    item = question("true-false", options={"true": False, "false": True})
    assert (credit(item, "false").earned, credit(item, "true").earned) == (1, 0)


@pytest.mark.parametrize("chosen, earned", [("ab", "1"), ("a", "0.5"), ("abc", "0.5"), ("ac", "0"), ("cd", "0"), ("abcd", "0")])
def test_several_choices_earn_right_less_wrong_and_never_below_nothing(chosen, earned):
    assert credit(question("multiple-choice", options=SEVERAL), list(chosen)).earned == Decimal(earned)


@pytest.mark.parametrize("chosen, earned", [("ab", 1), ("a", 0), ("abc", 0)])
def test_several_choices_may_count_only_as_a_whole(chosen, earned):
    assert credit(question("multiple-choice", options=SEVERAL, partial_credit="all-or-nothing"), list(chosen)).earned == earned


def test_thirds_add_up_to_a_whole_when_all_are_chosen():
    item = question("multiple-choice", options={"a": True, "b": True, "c": True, "d": False})
    assert credit(item, ["a"]).earned == Decimal("0.3333") and mark_question(item, {}, ["a", "b", "c"]).full


PAIRS = {"options": {"x": False, "y": False, "z": False}, "prompts": tuple({"id": f"p{at}", "text": f"prompt {at}", "match": match, "why": f"why p{at}"} for at, match in enumerate("xyx"))}


@pytest.mark.parametrize("chosen, earned", [("xyx", "1"), ("xyz", "0.6667"), ("xxx", "0.6667"), ("zzz", "0")])
def test_each_right_pair_earns_its_share(chosen, earned):
    assert credit(question("matching", **PAIRS), {f"p{at}": option for at, option in enumerate(chosen)}).earned == Decimal(earned)


@pytest.mark.parametrize("chosen, earned", [("xyx", 1), ("xyz", 0)])
def test_pairs_may_count_only_as_a_whole(chosen, earned):
    item = question("matching", partial_credit="all-or-nothing", **PAIRS)
    assert credit(item, {f"p{at}": option for at, option in enumerate(chosen)}).earned == earned


@pytest.mark.parametrize("given", [{}, {"p0": "x", "p1": "y"}, {"p0": "x", "p1": "y", "p2": "q"}, {"p0": "x", "p1": "y", "p2": None}, ["x", "y", "x"], "x"])
def test_pairs_that_are_not_all_chosen_are_no_attempt(given):
    assert mark_question(question("matching", **PAIRS), {}, given) == Unreadable("Choose an option for each one.")


@pytest.mark.parametrize("given, earned", [("abcd", "1"), ("abdc", "0.6667"), ("bacd", "0.6667"), ("badc", "0.3333"), ("dcba", "0"), ("dabc", "0")])
def test_an_order_earns_its_pairs_counted_from_one_half(given, earned):
    item = question("ordering", options=dict.fromkeys("abcd", False))
    assert credit(item, list(given)).earned == Decimal(earned)


@pytest.mark.parametrize("given", [[], ["a", "b"], ["a", "a", "b", "c"], None])
def test_an_order_with_a_place_left_or_taken_twice_is_no_attempt(given):
    assert isinstance(mark_question(question("ordering", options=dict.fromkeys("abcd", False)), {}, given), Unreadable)


@pytest.mark.parametrize("kind, fields", [("matching", PAIRS), ("ordering", {"options": dict.fromkeys("abcde", False)})])
def test_the_key_of_pairs_and_orders_earns_full_marks(kind, fields):
    item = question(kind, **fields)
    assert mark_question(item, {}, key_of(item, {})).full


def test_a_typed_amount_is_exact_unless_a_tolerance_is_stated():
    exact, near = question("money", answer="80.00"), question("numeric", answer="12.5", tolerance="0.1")
    assert [credit(exact, text).earned for text in ("$80", "80.01")] == [1, 0]
    assert [credit(near, text).earned for text in ("12.6", "12.4", "12.61")] == [1, 1, 0]


def test_a_date_is_right_or_wrong():
    item = question("date", answer="2026-02-28")
    assert [credit(item, text).earned for text in ("2/28/2026", "2/27/2026")] == [1, 0]


def test_a_code_of_the_right_category_earns_what_the_author_gives():
    item = question("code-entry", code_set="icd-10-cm", accepted=({"code": "E11.9", "why": "right"}, {"code": "E11.8", "credit": "0.5", "why": "category"}))
    assert [(credit(item, text).earned, credit(item, text).reason) for text in ("e119", "E11.8", "I10")] == [(1, "right"), (Decimal("0.5"), "category"), (0, "Not this code.")]


SHARE = question("money", compute={"formula": "patient-share", "given": {"allowed": "200.00", "deductible_left": "50.00", "coinsurance_percent": "20"}})
GIVEN = {"allowed": "200.00", "deductible_left": "50.00", "coinsurance_percent": "20"}


@pytest.mark.parametrize("text, slug", [("80", ""), ("90.00", "coinsurance-on-the-whole-allowed"), ("40", "deductible-forgotten"), ("50", "deductible-only"), ("120", "payer-and-patient-swapped"), ("77", "")])
def test_a_computed_amount_is_marked_against_the_truth_and_then_the_known_mistakes(text, slug):
    got = credit(SHARE, text, GIVEN)
    assert (got.earned, got.misconception) == (int(text == "80"), slug)


def test_an_unreadable_answer_has_no_marks():
    assert isinstance(mark_question(SHARE, GIVEN, "a lot"), Unreadable)


def test_every_credit_carries_where_the_rule_is_written():
    assert credit(SINGLE, "b").citations == ("training tests",)


def test_marks_are_nothing_but_the_sum_of_their_credits():
    one = mark_question(SINGLE, {}, "a").credits[0]
    both = Marks((one, credit(SINGLE, "b")))
    assert (both.earned, both.possible, both.full) == (1, 2, False)


amounts = st.decimals(min_value=Decimal("0.01"), max_value=Decimal("5000.00"), places=2).map(str)
ARGUMENTS = {"coinsurance_percent": st.integers(0, 100).map(str), "percent": st.integers(1, 200).map(str), "nonparticipating_percent": st.just("95"), "limiting_percent": st.just("115"),
             "sequestration_percent": st.integers(0, 4).map(str), "later_percent": st.sampled_from(("25", "50")), "days": st.integers(1, 400).map(str), "mail_days": st.integers(0, 7).map(str),
             "appeal_days": st.integers(1, 365).map(str), "service_date": st.dates().filter(lambda day: 2000 < day.year < 2100).map(str), "start": st.dates().filter(lambda day: 2000 < day.year < 2100).map(str),
             "notice_date": st.dates().filter(lambda day: 2000 < day.year < 2100).map(str)}


@st.composite
def computations(draw):
    """A formula that has known mistakes, and arguments for it."""
    name = draw(st.sampled_from(sorted(BY_FORMULA)))
    import inspect
    return name, {argument: draw(ARGUMENTS.get(argument, amounts)) for argument in inspect.signature(formulas.FORMULAS[name]).parameters}


@settings(max_examples=300, deadline=None, derandomize=True)
@given(computations())
def test_a_known_mistake_never_gives_the_truth_and_is_named_when_it_is_made(computed):
    name, given_ = computed
    truth = formulas.compute(name, given_)
    for slug, (mistake, value) in wrong_answers(name, given_, truth).items():
        assert value != truth and mistake.slug == slug and mistake.says


DISTINCT = {"patient-share": GIVEN, "plan-payment": GIVEN, "payment-after-sequestration": {**GIVEN, "sequestration_percent": "2"}, "capped-patient-share": {**GIVEN, "out_of_pocket_left": "60.00"},
            "limiting-charge": {"fee": "100.00", "nonparticipating_percent": "95", "limiting_percent": "115"}, "multiple-procedure-total": {"first": "100", "second": "300", "third": "200", "later_percent": "50"},
            "fee-schedule-amount": {"work": "1", "practice": "1", "malpractice": "1", "work_index": "1", "practice_index": "0.9", "malpractice_index": "0.7", "conversion_factor": "30"},
            "bilateral-amount": {"fee": "100", "percent": "150"}, "remaining-balance": {"charge": "100", "paid": "60", "adjusted": "30"},
            "secondary-standard": {"secondary_benefit": "20", "patient_owes_after_primary": "30"}, "drug-units": {"dose": "125", "dose_per_unit": "10"}, "percentage": {"part": "20", "whole": "80"},
            "filing-deadline-calendar-year": {"service_date": "2024-02-10"}, "deadline-in-days": {"start": "2026-01-01", "days": "90"},
            "appeal-deadline": {"notice_date": "2026-01-01", "mail_days": "5", "appeal_days": "120"}}


@pytest.mark.parametrize("name", sorted(BY_FORMULA))
def test_every_known_mistake_of_a_formula_can_be_told_from_the_truth_and_the_others(name):
    found = wrong_answers(name, DISTINCT[name], formulas.compute(name, DISTINCT[name]))
    assert found.keys() == {mistake.slug for mistake in BY_FORMULA[name]}
    assert len({value for _, value in found.values()}) == len(found)


def test_the_key_of_a_computed_question_is_computed():
    assert key_of(SHARE, GIVEN) == Decimal("80.00")
