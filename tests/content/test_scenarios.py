"""Every scenario proves itself on twenty variants: its worked answer is the engine's, its keys score full, its known mistakes do not, its remittances balance; and the prover finds what is broken."""

from dataclasses import replace
from decimal import Decimal
from functools import cache

import pytest

from billing.answer import Outcome, Remittance
from billing.next_step import Action
from curriculum.ask import Ask
from curriculum.asks import outcome_of
from curriculum.cases import draw
from curriculum.code_books import DEFAULT, CodeBooks
from curriculum.scenario_proof import FEWEST_DECISIONS, asked, balances, decisions_of, prove_scenario
from scoring.ask_marks import mark_asks
from scoring.course import REOPENING, SENDS_FIRST, Course
from scoring.marks import Marks
from tests import shipped

SEEDS = range(20)
CATALOGUE = shipped.catalogue()
SCENARIOS = sorted((one for one in CATALOGUE.scenarios.values() if one.status != "retired"), key=lambda one: one.slug)
pytestmark = pytest.mark.skipif(not DEFAULT.is_file(), reason="needs the code books (make setup)")
each_scenario = pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda one: one.slug)


@cache
def books() -> CodeBooks:
    return CodeBooks.open()


def policy_of(scenario):
    return CATALOGUE.policies[scenario.world.payer]


@cache
def course(slug: str, seed: int) -> Course:
    scenario = next(one for one in SCENARIOS if one.slug == slug)
    return Course.begin(scenario, seed, policy_of(scenario), books())


@cache
def first_asks(slug: str, seed: int) -> tuple[Ask, ...]:
    """What is asked first; where the learner begins by sending, of the claim sent as it lies there."""
    one = course(slug, seed)
    return one.send(one.case.start).asks_after(1) if one.case.scenario.kind in SENDS_FIRST else one.first_asks


def keys(asks) -> dict[str, str]:
    return {ask.id: ask.key for ask in asks}


@each_scenario
def test_the_worked_answer_is_the_engines_and_leaves_no_question_out(scenario):
    found = keys(first_asks(scenario.slug, 0))
    stated = scenario.expected.asks
    assert {id: found.get(id) for id in stated} == {id: _same(value, found.get(id)) for id, value in stated.items()}
    if scenario.kind not in SENDS_FIRST:
        assert stated.keys() == found.keys()
    clean = course(scenario.slug, 0).clean_answer
    if scenario.expected.clean_outcome or scenario.kind in (*SENDS_FIRST, "decide-on-a-denial"):
        assert scenario.expected.clean_outcome == outcome_of(clean)
        assert Decimal(scenario.expected.clean_paid) == (clean.paid if isinstance(clean, Remittance) else 0)


def _same(stated: str, found: str | None) -> str:
    """The engine's own text where the stated one says the same amount."""
    try:
        return found if found is not None and Decimal(stated) == Decimal(found) else stated
    except ArithmeticError:
        return stated


@each_scenario
def test_twenty_variants_ask_for_four_decisions_or_more(scenario):
    assert len({decisions_of(draw(scenario, seed), policy_of(scenario), books()) for seed in SEEDS}) >= FEWEST_DECISIONS


@each_scenario
def test_the_prover_finds_nothing(scenario):
    origin = CATALOGUE.origins[str(scenario.id)]
    assert list(map(str, prove_scenario(scenario, origin, policy_of(scenario), books(), CATALOGUE.competencies.keys()))) == []


@each_scenario
def test_every_remittance_of_every_variant_balances(scenario):
    for seed in SEEDS:
        one = course(scenario.slug, seed)
        for answer in (one.before, one.clean_answer, one.send(one.case.start).sendings[0].answer):
            assert not isinstance(answer, Remittance) or balances(answer), seed


@each_scenario
def test_the_prover_asks_what_the_desk_asks(scenario):
    for seed in SEEDS:
        desk = {id: key for id, key in keys(first_asks(scenario.slug, seed)).items() if not id.startswith("field-")}   # which fields are asked after is marking's to say
        assert keys(asked(draw(scenario, seed), policy_of(scenario), books())) == desk, seed


@each_scenario
def test_the_keys_score_full_and_each_known_mistake_does_not(scenario):
    for seed in SEEDS:
        asks = first_asks(scenario.slug, seed)
        right = keys(asks)
        assert mark_asks(asks, right).full, seed
        for ask in asks:
            for wrong in ask.wrong:
                marks = mark_asks(asks, {**right, ask.id: wrong.value})
                credit = next(each for each in marks.credits if each.part == ask.id)
                assert credit.earned == 0 and credit.misconception == wrong.slug, (seed, ask.id, wrong)
            for option, _ in ask.options:
                assert mark_asks((ask,), {ask.id: option}).full is (option == ask.key)


@each_scenario
def test_no_known_mistake_equals_the_key_or_another(scenario):
    for seed in SEEDS:
        for ask in first_asks(scenario.slug, seed):
            values = [ask.key, *(wrong.value for wrong in ask.wrong)]
            plain = [str(Decimal(value)) if ask.kind == "money" else value for value in values]
            assert len(set(plain)) == len(plain), (seed, ask.id)


@each_scenario
def test_an_answer_that_cannot_be_read_is_no_attempt(scenario):
    asks = first_asks(scenario.slug, 0)
    for ask in asks:
        assert not isinstance(mark_asks(asks, {**keys(asks), ask.id: "soon"}), Marks)
        assert not isinstance(mark_asks(asks, {**keys(asks), ask.id: ""}), Marks)


def resent(one: Course, action: str) -> Course:
    """The clean claim sent the way the action says."""
    if action == Action.REOPENING.value:
        return one.send(one.case.clean, REOPENING)
    if action == Action.CORRECTED_CLAIM.value:
        return one.send(replace(one.case.clean, frequency_code="7", original_reference=one.before.control_number))
    return one.send(one.case.clean)


@each_scenario
def test_the_clean_claim_sent_the_right_way_earns_every_credit(scenario):
    if scenario.kind not in (*SENDS_FIRST, "decide-on-a-denial"):
        pytest.skip("no claim is sent here")
    for seed in SEEDS:
        one = course(scenario.slug, seed)
        action = keys(first_asks(scenario.slug, seed))["action"] if one.before else Action.NEW_CLAIM.value
        if action in (Action.REOPENING.value, Action.CORRECTED_CLAIM.value, Action.NEW_CLAIM.value):
            after = resent(one, action)
            assert after.marks(1).full, (seed, [credit for credit in after.marks(1).credits if credit.earned != credit.possible])


@each_scenario
def test_the_claim_at_hand_as_it_lies_there_does_not_earn_every_credit_where_it_has_a_fault(scenario):
    for seed in SEEDS:
        one = course(scenario.slug, seed)
        if one.case.start != one.case.clean and one.fields:
            assert not one.send(one.case.start).marks(1).full, seed


def changed(scenario, **world):
    return scenario.model_copy(update={"world": scenario.world.model_copy(update=world), "vary": scenario.vary.model_copy(update={"cases": (), "draw": {}})})


@pytest.fixture
def sound():
    return next(one for one in SCENARIOS if one.slug == "visit-denied-beside-a-procedure")


def said(scenario) -> str:
    return "\n".join(each.what for each in prove_scenario(scenario, CATALOGUE.origins[str(scenario.id)], policy_of(scenario), books(), CATALOGUE.competencies.keys()))


@pytest.mark.parametrize("words, world", [
    ("is not an NPI of ten digits that begins with 2", {"npi": "1234567893"}),
    ("is not an NPI of ten digits", {"npi": "2526018158"}),
    ("is no billable diagnosis", {"diagnoses": ("E11", "L82.0")}),
    ("the clean claim is rejected", {"diagnoses": ("E11", "L82.0")}),
    ("different decisions", {}),
])
def test_the_prover_names_what_is_broken(sound, words, world):
    if "npi" in world:
        world = {"billing": replace(sound.world.billing, npi=world["npi"])}
    assert words in said(changed(sound, **world))


def test_the_prover_names_a_text_that_cannot_be_filled(sound):
    assert "which the world does not have" in said(sound.model_copy(update={"story": "Seen by {weather.today}."}))


def test_the_prover_names_a_clean_claim_worse_than_the_one_at_hand(sound):
    visit, removal = sound.world.services
    worse = changed(sound, services=(visit, replace(removal, units=9)), sent_services=sound.world.services)
    assert "the clean claim of the same day 123.23" in said(worse.model_copy(update={"faults": ()}))


def test_a_case_that_changes_only_a_name_is_no_new_decision(sound):
    one, other = draw(changed(sound), 0), draw(changed(sound, account="OTHER-1"), 0)
    assert decisions_of(one, policy_of(sound), books()) == decisions_of(other, policy_of(sound), books())


def test_a_case_that_changes_the_answer_is_a_new_decision(sound):
    assert decisions_of(draw(sound, 0), policy_of(sound), books()) != decisions_of(draw(sound, 1), policy_of(sound), books())


def test_a_denial_that_stands_is_no_claim_to_mend(sound):
    stands = [seed for seed in SEEDS if keys(first_asks(sound.slug, seed))["action"] in ("write-off", "bill-patient")]
    assert stands and all(course(sound.slug, seed).before.outcome in (Outcome.PAID, Outcome.DENIED) for seed in stands)
