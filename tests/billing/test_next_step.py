"""What a biller does about an answer: units that the record supports are appealed, and a way back whose last day has passed is a write-off that says so."""

from datetime import timedelta

import pytest

from billing.claim import Accident
from billing.network_values import InjuriesOnly, LiableFirst
from billing.next_step import Action, next_step
from billing.policy import Reason, UnitsLimit, UnitsLimits
from tests.billing.made import DAY, claim, line, policy
from tests.billing.test_adjudication import answer


def limited(indicator: str):
    return policy(units_limits=UnitsLimits(Reason("CO", "151"), (UnitsLimit("TX202", 2, indicator),)))


def biopsies(units: int):
    return claim(line("TX202", "400.00", units=units))


@pytest.mark.parametrize("indicator, supported, action", [("3", 3, Action.APPEAL), ("2", 3, Action.WRITE_OFF), ("3", 2, Action.CORRECTED_CLAIM)])
def test_a_units_limit_that_gives_way_to_records_is_appealed_where_the_record_supports_the_units(indicator, supported, action):
    payer = limited(indicator)
    step = next_step(answer(biopsies(3), payer), biopsies(supported), payer, mended_pays_more=supported == 2, payer_is_wrong=False)
    assert step.action is action


def test_the_appeal_goes_with_the_records_and_its_clock_runs_from_the_notice():
    step = next_step(answer(biopsies(3), limited("3")), biopsies(3), limited("3"), False, False)
    assert "with the records" in step.why and step.deadline == DAY + timedelta(days=14 + 60)


@pytest.mark.parametrize("days, action", [(74, Action.APPEAL), (75, Action.WRITE_OFF)])
def test_an_appeal_after_its_last_day_is_a_write_off(days, action):
    step = next_step(answer(biopsies(3), limited("3")), biopsies(3), limited("3"), False, False, today=DAY + timedelta(days=days))
    assert step.action is action
    assert action is Action.APPEAL or ("too late" in step.why and "last day" in step.why and step.deadline is None)


@pytest.mark.parametrize("days, action", [(90, Action.CORRECTED_CLAIM), (91, Action.WRITE_OFF)])
def test_a_correction_after_its_last_day_is_a_write_off(days, action):
    step = next_step(answer(biopsies(3), limited("2")), biopsies(2), limited("2"), True, False, today=DAY + timedelta(days=days))
    assert step.action is action


def test_a_correction_that_only_the_clock_prevents_is_told_as_late_and_not_as_a_denial_that_stands():
    step = next_step(answer(biopsies(3), limited("2")), biopsies(2), limited("2"), False, False, in_time_pays_more=True)
    assert step.action is Action.WRITE_OFF and "too late" in step.why and "stands" not in step.why


def test_a_claim_that_came_too_late_is_written_off_as_late():
    step = next_step(answer(claim(), received=DAY + timedelta(days=91)), claim(), policy(), False, False)
    assert step.action is Action.WRITE_OFF and "too late" in step.why


def test_what_was_paid_too_much_is_given_back_however_late():
    step = next_step(answer(biopsies(2)), biopsies(1), policy(units_limits=None), False, False, overpaid=True, today=DAY + timedelta(days=900))
    assert step.action is Action.CORRECTED_CLAIM


def test_a_claim_of_an_accident_goes_to_the_carrier_that_answers_for_it():
    payer = policy(liable_first=LiableFirst(auto=Reason("OA", "21")))
    hurt = claim(accident=Accident("auto", DAY, "IL"))
    assert next_step(answer(hurt, payer), hurt, payer, False, False).action is Action.BILL_OTHER_PAYER


def test_a_claim_that_told_of_an_accident_that_never_was_is_corrected():
    payer = policy(liable_first=LiableFirst(auto=Reason("OA", "21")))
    assert next_step(answer(claim(accident=Accident("auto", DAY, "IL")), payer), claim(), payer, True, False).action is Action.CORRECTED_CLAIM


@pytest.mark.parametrize("mended, action", [(True, Action.CORRECTED_CLAIM), (False, Action.BILL_OTHER_PAYER)])
def test_what_an_injurys_carrier_does_not_answer_for_goes_to_the_patients_own_plan(mended, action):
    payer = policy(injuries_only=InjuriesOnly("employment", Reason("CO", "P2"), Reason("CO", "P2")))
    assert next_step(answer(claim(), payer), claim(), payer, mended_pays_more=mended, payer_is_wrong=False).action is action
