"""What a stay, an outpatient visit and a contract's stay are worth and leave to the patient, worked by hand beside each case."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from billing.answer import Adjustment
from billing.codes import OutsideKnownDates
from billing.coverage import Accumulator
from billing.institutional.claim import SurgicalProcedure, ValueAmount
from billing.institutional.member import BenefitPeriod
from tests.institutional.made import (CEDAR, COUNTRY, D, IN, PART_A, accommodation, answer, balances, changed, dx, earlier, member, payer, prior, service, stay, visit)

FREE = member(period=BenefitPeriod(deductible_met=D("1736.00")), accumulators=(Accumulator(2026, D("283.00")),))
HIP = {"principal_diagnosis": dx("S72.001A"), "procedures": (SurgicalProcedure("0SR90JZ", IN),)}


def steps(got, stage: str):
    return [step.amount for step in got.trace if step.stage == stage]


def test_a_stay_is_weight_times_the_wage_adjusted_amounts():
    # 6752.61 × (0.66 × 1.0412 + 0.34) × 1.3144 = 9116.98; 524.15 × 1.028 × 1.3144 = 708.23; less the deductible 1736.00; 2 % of 8089.21
    got = answer(stay())
    assert (got.whole.drg, got.whole.allowed) == ("193", D("9825.21"))
    assert (got.adjusted("CO", "45"), got.adjusted("PR", "1"), got.adjusted("CO", "253"), got.paid) == (D("10174.79"), D("1736.00"), D("161.78"), D("7927.43"))
    assert balances(got) and all(line.paid == 0 and not line.adjustments for line in got.lines)


def test_where_wages_are_low_less_of_the_amount_is_labor():
    # 6752.61 × (0.62 × 0.8935 + 0.38) × 1.3144 = 8289.57; 524.15 × 0.9258 × 1.3144 = 637.82
    got = answer(stay(billing=replace(stay().billing, npi=COUNTRY)))
    assert got.allowed == D("8927.39")


@pytest.mark.parametrize("status, days, allowed", [
    ("02", 2, "7557.85"),    # (2 + 1) of 3.9 days: 9116.98 × 3 / 3.9 = 7013.06; 708.23 × 3 / 3.9 = 544.79
    ("02", 3, "9825.21"),    # four of 3.9 days are the whole
    ("03", 2, "7557.85"),    # group 193 is marked for further care
    ("01", 2, "9825.21")])   # home is no transfer
def test_a_transfer_is_paid_by_the_day_and_twice_for_the_first(status, days, allowed):
    assert answer(stay(days=days, discharge_status=status)).allowed == D(allowed)


def test_a_special_group_is_paid_half_at_once():
    # group 522, 4.0 days, one day and one for the first: 0.5 + 0.5 × 2 / 4 = 0.75 of 14688.85 and of 1141.07
    got = answer(stay(days=1, discharge_status="03", other_diagnoses=(), **HIP))
    assert (got.whole.drg, got.allowed) == ("522", D("11016.64") + D("855.80"))


def test_home_health_after_a_group_not_marked_is_no_transfer():
    got = answer(stay(days=1, discharge_status="06", principal_diagnosis=dx("R07.9"), other_diagnoses=()))
    assert (got.whole.drg, got.allowed) == ("313", D("5382.03"))


def test_an_outlier_is_paid_for_what_its_cost_is_over_payment_and_threshold():
    # costs: 2000000 × 0.2450 = 490000.00 and × 0.0210 = 42000.00
    # bars: 9116.98 + 40397 × 1.027192 × 0.245 / 0.266 = 9116.98 + 38219.52; 708.23 + 40397 × 1.028 × 0.021 / 0.266 = 708.23 + 3278.54
    # 80 % of 442663.50 and of 38013.23
    got = answer(stay(lines=(accommodation(4, "2000000.00"),)), FREE)
    assert steps(got, "outlier") == [D("354130.80") + D("30410.58")]
    assert got.allowed == D("9825.21") + D("384541.38")


def test_just_below_the_threshold_there_is_no_outlier():
    # 51323.27 / 0.2660 = 192944.62
    assert steps(answer(stay(lines=(accommodation(4, "192944.00"),))), "outlier") == [D("0.00")]
    assert steps(answer(stay(lines=(accommodation(4, "193000.00"),))), "outlier")[0] > 0


def test_a_condition_got_in_hospital_does_not_raise_the_group():
    def with_ulcer(present: str):
        return answer(stay(days=4, other_diagnoses=(dx("L89.153", present),), **HIP))
    assert [with_ulcer(present).whole.drg for present in "YN"] == ["521", "522"]
    assert steps(with_ulcer("N"), "hospital-acquired") == [None]


@pytest.mark.parametrize("used, reserve, days, deductible, coinsurance", [
    (0, 0, 4, "1736.00", "0.00"),
    (56, 0, 4, "0.00", "0.00"),       # days 57 to 60
    (58, 0, 4, "0.00", "868.00"),     # two full days and two of 434.00
    (88, 0, 4, "0.00", "868.00"),     # days 89 and 90; the group's payment covers the rest, the reserve is untouched
    (90, 0, 4, "0.00", "3472.00"),    # four reserve days of 868.00
    (90, 58, 4, "0.00", "1736.00")])  # the last two
def test_days_of_the_benefit_period(used, reserve, days, deductible, coinsurance):
    met = D("1736.00") if used else D("0.00")
    got = answer(stay(days=days), member(period=BenefitPeriod(used, met, reserve)))
    assert (got.adjusted("PR", "1"), got.adjusted("PR", "2")) == (D(deductible), D(coinsurance))


def test_the_deductible_is_that_of_the_year_of_admission():
    last = date(2025, 12, 30)
    got = answer(stay(admission_date=last, statement_from=last, statement_through=date(2026, 1, 3)))
    assert got.adjusted("PR", "1") == D("1676.00")


def test_a_bill_below_the_groups_payment_is_paid_in_excess_of_charges():
    got = answer(stay(lines=(accommodation(4, "6000.00"),)), FREE)
    assert got.adjusted("OA", "94") == D("6000.00") - D("9825.21") and balances(got)


def test_what_the_biller_calls_not_covered_is_the_patients():
    got = answer(stay(lines=(*stay().lines, replace(service("", code="0270"), non_covered=D("900.00")))))
    assert (got.adjusted("PR", "96"), got.adjusted("CO", "45")) == (D("900.00"), D("10174.79")) and balances(got)


def test_a_discharge_outside_the_weights_known_is_refused_with_a_sentence():
    with pytest.raises(OutsideKnownDates, match="2026-10-01"):
        late = date(2026, 9, 27)
        answer(stay(admission_date=late, statement_from=late, statement_through=date(2026, 10, 1)))


@pytest.mark.parametrize("paid, taken_off, medicare, patient", [
    # of 20000.00; own payment 9825.21, with the deductible taken 8089.21
    ("1000.00", "0.00", "8089.21", "736.00"),     # limb 1; the first payer's 1000.00 goes against the deductible
    ("5000.00", "0.00", "4825.21", "0.00"),       # limb 2: 9825.21 - 5000.00
    ("8000.00", "10500.00", "1500.00", "0.00"),   # limb 3: 9500.00 owed - 8000.00
    ("500.00", "12000.00", "6264.00", "1236.00"), # limb 4: 8000.00 owed - 1736.00
    ("9825.21", "0.00", "0.00", "0.00")])
def test_after_another_payer_the_least_of_four_is_paid(paid, taken_off, medicare, patient):
    policy = changed(payer(PART_A), "sequestration", percent=D("0"))
    got = answer(stay(prior_payment=prior(paid, ("CO", "45", taken_off))), policy=policy)
    assert (got.paid, got.adjusted("PR")) == (D(medicare), D(patient)) and balances(got)


def test_a_void_takes_the_earlier_answer_back():
    parts = (Adjustment("CO", "45", D("9264.00")), Adjustment("PR", "1", D("1736.00")))
    known = member(earlier_bills=(earlier(adjustments=parts),))
    got = answer(stay(type_of_bill="0118", condition_codes=("D6",), control_number="26100000000001"), known)
    assert (got.charge, got.paid, got.adjusted("PR", "1")) == (D("-20000.00"), D("-9000.00"), D("-1736.00")) and balances(got)


def test_of_several_procedures_of_a_day_the_first_is_paid_whole_and_supplies_are_packaged():
    # 1090 × 1.02472 = 1116.94; 410 × 1.02472 = 420.14, half 210.07
    got = answer(visit(service("TX201", "900.00", "0361"), service("TX340", "4000.00", "0750"), service("", "300.00", "0250")), FREE)
    assert [line.allowed for line in got.lines] == [D("210.07"), D("1116.94"), D("0.00")]
    assert got.lines[2].adjusted("CO", "97") == D("300.00") and balances(got)


def test_on_another_day_the_second_procedure_is_not_halved():
    next_day = IN + timedelta(days=1)
    got = answer(visit(service("TX201", "900.00", "0361"), service("TX340", "4000.00", "0750", service_date=next_day), statement_through=next_day), FREE)
    assert [line.allowed for line in got.lines] == [D("420.14"), D("1116.94")]


def test_a_comprehensive_procedure_takes_the_whole_claim_in_but_what_has_a_schedule():
    got = answer(visit(service("TX301", "9000.00", "0360"), service("TX401", "300.00", "0324"), service("TX533", "60.00", "0301")), FREE)
    assert [line.allowed for line in got.lines] == [D("3125.40"), D("0.00"), D("10.50")]
    assert got.lines[2].adjusted("PR") == 0


def test_drugs_are_paid_by_the_unit_without_the_wage_index():
    got = answer(visit(service("J1745", "2000.00", "0636", units=10)), FREE)
    assert (got.allowed, got.adjusted("PR", "2")) == (D("480.00"), D("96.00"))


def test_the_outpatient_deductible_comes_first_and_once():
    # 340 × 1.02472 = 348.40: 283.00 and a fifth of 65.40; then 118 × 1.02472 = 120.92, a fifth
    got = answer(visit(service("TX834", "1200.00", "0450"), service()))
    assert [(line.adjusted("PR", "1"), line.adjusted("PR", "2")) for line in got.lines] == [(D("283.00"), D("13.08")), (D("0.00"), D("24.18"))]


def test_the_coinsurance_of_one_procedure_stops_at_the_inpatient_deductible():
    dear = changed(payer(PART_A), "institutional-outpatient-benefits", coinsurance_limit=D("500.00"))
    assert answer(visit(service("TX301", "9000.00", "0360")), FREE, policy=dear).adjusted("PR", "2") == D("500.00")
    assert answer(visit(service("TX301", "9000.00", "0360")), FREE).adjusted("PR", "2") == D("625.08")


def test_the_contract_pays_by_the_day_and_implants_by_their_charge():
    # 4 × 2150.00 = 8600.00; 45 % of 8000.00 = 3600.00; the plan: 1500.00, then a fifth of 10700.00
    got = answer(stay(CEDAR, lines=(accommodation(4, "20000.00"), service("", "8000.00", "0278"), service("", "5000.00", "0250"))))
    assert (got.allowed, got.adjusted("PR", "1"), got.adjusted("PR", "2"), got.paid) == (D("12200.00"), D("1500.00"), D("2140.00"), D("8560.00"))
    assert got.adjusted("CO", "253") == 0 and balances(got)


def test_the_contract_never_pays_more_than_the_charge():
    assert answer(stay(CEDAR, lines=(accommodation(4, "6000.00"),))).allowed == D("6000.00")


def test_the_plans_limit_holds_for_a_stay():
    known = member(CEDAR, accumulators=(Accumulator(2026, D("1500.00"), D("5900.00")),))
    assert answer(stay(CEDAR), known).adjusted("PR") == D("100.00")


def test_the_contract_pays_outpatients_a_part_of_their_charges():
    got = answer(visit(service(charge="1000.00"), service("", "200.00", "0250"), name=CEDAR))
    assert [line.allowed for line in got.lines] == [D("580.00"), D("116.00")] and balances(got)


def test_not_covered_days_do_not_lengthen_a_stay():
    got = answer(stay(values=(ValueAmount("80", D(3)), ValueAmount("81", D(1)))), FREE)
    assert got.allowed == D("9825.21")
