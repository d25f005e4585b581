"""The plan's answer to an eligibility question, and what an office does about an answer to a claim or a predetermination."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from billing.coverage import OtherCoverage
from billing.dental.claim import Orthodontics
from billing.dental.coordination import own_plan_first
from billing.dental.eligibility import respond_dental
from billing.dental.member import DentalAccumulator, Predetermination
from billing.dental.next_step import next_dental_step
from billing.dental.remembering import remember
from billing.next_step import Action
from tests.dental.made import DAY, HAREBELL, MILLRACE, answer, claim, line, member, payer, said


def held(known, on=DAY, name=HAREBELL, participates=True):
    return {(each.code, each.period, str(each.amount or each.percent or ""), each.text) for each in respond_dental(payer(name), known, on, participates).lines}


def test_a_response_tells_maximum_deductible_and_what_remains():
    got = held(member(accumulators=(DentalAccumulator(2026, Decimal("20.00"), Decimal("600.00")),), orthodontic_used=Decimal("100.00")))
    assert {("C", "29", "30.00", ""), ("F", "23", "1500.00", "annual maximum"), ("F", "29", "900.00", "annual maximum"), ("F", "33", "1400.00", "orthodontics")} <= got


@pytest.mark.parametrize("participates, percent", [(True, "20"), (False, "40")])
def test_a_coinsurance_is_the_patients_per_cent_of_the_network_the_dentist_is_in(participates, percent):
    assert ("A", "23", percent, "basic, with deductible") in held(member(), participates=participates)


@pytest.mark.parametrize("begins, waits", [(date(2025, 5, 13), True), (date(2025, 5, 12), False)])
def test_a_waiting_period_is_told_until_it_has_run(begins, waits):
    assert (("F", "", "", "major: waiting period until 2026-05-13") in held(member(begins=begins))) is waits


def test_limits_and_clauses_are_told():
    told = {text for _, _, _, text in held(member())}
    assert {"a tooth lost before coverage began is not replaced", "TD041 on molar teeth is figured on the fee of TD031", "Fluoride: once in a calendar year (TD022)"} <= told
    assert "a tooth lost before coverage began is not replaced" not in {text for _, _, _, text in held(member(MILLRACE), name=MILLRACE)}


def test_ended_coverage_says_so_and_nothing_of_benefits():
    got = respond_dental(payer(HAREBELL), member(ends=DAY - timedelta(days=1), primary_elsewhere=(OtherCoverage("x", "Other Dental", DAY),)), DAY)
    assert [each.code for each in got.lines] == ["6", "R"] and not got.active


def step(sent, known=None, received=None, **facts):
    return next_dental_step(answer(sent, known, received), sent, payer(sent.payer), **facts)


def test_a_missing_surface_is_a_corrected_claim_within_the_payers_days():
    got = step(claim(line("TD031", tooth="19")), mended_pays_more=True)
    assert (got.action, got.deadline) == (Action.CORRECTED_CLAIM, DAY + timedelta(days=5 + 14 + 365))


@pytest.mark.parametrize("sent, known, action", [
    (claim(line("TD120", area="01")), None, Action.BILL_PATIENT), (claim(line("TD011"), line("TD012")), None, Action.WRITE_OFF), (claim(), None, Action.POST),
    (claim(), member(ends=DAY - timedelta(days=1)), Action.FIND_COVERAGE), (claim(), member(primary_elsewhere=(OtherCoverage("x", "Other Dental", date(2020, 1, 1)),)), Action.BILL_OTHER_PAYER),
    (claim(member_id="1"), None, Action.NEW_CLAIM)])
def test_the_way_on_by_the_answer(sent, known, action):
    assert step(sent, known).action is action


def test_a_predetermination_leaves_nothing_to_do_unless_it_was_asked_wrongly():
    sent = claim(line("TD031", tooth="19"), predetermination=True)
    assert step(sent) is None and step(replace(claim(), predetermination=True)) is None
    assert step(sent, mended_pays_more=True).action is Action.NEW_CLAIM


@pytest.mark.parametrize("one, other, first", [
    (("self", date(1990, 12, 1)), ("spouse", date(1980, 1, 1)), True), (("spouse", date(1980, 1, 1)), ("self", date(1990, 12, 1)), False),
    (("child", date(1990, 3, 1)), ("child", date(1980, 3, 2)), True), (("child", date(1990, 3, 3)), ("child", date(1980, 3, 2)), False)])
def test_the_own_plan_comes_first_and_a_childs_by_the_parents_birthdays(one, other, first):
    assert own_plan_first(one, other) is first


def test_records_after_an_answer_hold_what_was_done_and_used():
    sent = claim(line("TD080", "135.00", tooth="19"), line("TD120", "420.00", area="01"))
    after = remember(member(), sent, answer(sent), payer(HAREBELL))
    assert after.used(2026) == DentalAccumulator(2026, Decimal("50.00"), Decimal("68.00"))
    assert [(each.procedure, each.counted) for each in after.earlier_lines] == [("TD080", True), ("TD120", False)]
    assert said(answer(sent, after)) == "OA-18"
    assert said(answer(claim(line("TD031", tooth="19", surfaces=("M", "O"), service_date=DAY + timedelta(days=1))), after)) == "CO-261"


def test_a_cleaning_at_millrace_uses_up_nothing_and_braces_the_lifetime():
    sent = claim(line("TD020", "84.00"), name=MILLRACE)
    assert remember(member(MILLRACE), sent, answer(sent), payer(MILLRACE)).used(2026) == DentalAccumulator(2026)
    young = replace(sent.patient, birth_date=date(2012, 1, 1))
    planned = member(birth_date=young.birth_date, predeterminations=(Predetermination("P", "TD130", DAY),))
    braces = claim(line("TD130", "4800.00"), patient=young, predetermination_number="P", orthodontics=Orthodontics(DAY, 24))
    assert remember(planned, braces, answer(braces, planned), payer(HAREBELL)).orthodontic_used == Decimal("1500.00")


def test_a_predetermination_stands_for_its_days_and_a_rejection_leaves_no_trace():
    sent = claim(line("TD073", area="30"), predetermination=True)
    got = answer(sent)
    after = remember(member(), sent, got, payer(HAREBELL), stands_days=90)
    assert after.predeterminations == (Predetermination(got.control_number, "TD073", got.adjudicated + timedelta(days=90)),) and after.earlier_lines == ()
    assert said(answer(replace(sent, predetermination=False, predetermination_number=got.control_number), after)) == "paid"
    wrong = claim(member_id="1")
    assert remember(member(), wrong, answer(wrong), payer(HAREBELL)) == member()
