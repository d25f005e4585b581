"""What a dental plan pays, worked by hand: fees, classes, deductible, alternate benefits, maximums, other plans, predeterminations, and the balance of any claim."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from billing.answer import Rejection
from billing.dental.member import DentalAccumulator, MissingTooth
from billing.dental.pipeline import anticipated
from billing.money import ZERO
from tests.dental.made import BEGAN, DAY, HAREBELL, MILLRACE, answer, changed, claim, line, member, payer, prior

D = Decimal
FILLING = line("TD041", "260.00", tooth="19", surfaces=("M", "O"))    # composite, molar: 190.00 contracted, amalgam 140.00


def parts(got, number=1) -> dict[str, str]:
    held = {f"{a.group}-{a.carc}": str(a.amount) for a in got.lines[number - 1].adjustments}
    return {"paid": str(got.lines[number - 1].paid), **held}


def spent(maximum="0.00", deductible="0.00"):
    return member(accumulators=(DentalAccumulator(2026, D(deductible), D(maximum)),))


@pytest.mark.parametrize("sent, known, expected", [
    (claim(line("TD001", "75.00")), member(), {"paid": "42.00", "CO-45": "33.00"}),
    (claim(line("TD001", "40.00")), member(), {"paid": "40.00"}),
    (claim(line("TD080", "190.00", tooth="19")), member(), {"paid": "68.00", "CO-45": "55.00", "PR-1": "50.00", "PR-2": "17.00"}),
    (claim(line("TD080", "190.00", tooth="19")), spent(deductible="50.00"), {"paid": "108.00", "CO-45": "55.00", "PR-2": "27.00"}),
    (claim(FILLING), member(), {"paid": "72.00", "CO-45": "70.00", "PR-1": "50.00", "PR-2": "18.00", "PR-169": "50.00"}),
    (claim(replace(FILLING, tooth="20")), member(), {"paid": "112.00", "CO-45": "70.00", "PR-1": "50.00", "PR-2": "28.00"}),
    (claim(line("TD062", "1300.00", tooth="19")), spent("1000.00"), {"paid": "500.00", "CO-45": "380.00", "PR-1": "50.00", "PR-2": "174.00", "PR-119": "196.00"}),
    (claim(line("TD062", "1300.00", tooth="19")), spent("1500.00", "50.00"), {"paid": "0.00", "CO-45": "380.00", "PR-2": "184.00", "PR-119": "736.00"}),
    (claim(line("TD080", "142.00", tooth="19"), name=MILLRACE), member(MILLRACE), {"paid": "20.70", "PR-1": "100.00", "PR-2": "21.30"}),
    (claim(line("TD120", "600.00", area="01")), member(), {"paid": "0.00", "CO-45": "180.00", "PR-204": "420.00"}),
], ids=["a check-up in full", "a charge under the fee", "deductible, then 80 %", "deductible met", "a molar's composite as amalgam", "a premolar's composite as it is",
        "the maximum cuts", "the maximum is gone", "Millrace: deductible off the benefit", "not covered: the contracted fee and no more"])
def test_in_the_network(sent, known, expected):
    assert parts(answer(sent, known)) == expected


def test_outside_the_network_the_customary_fee_a_lower_per_cent_and_the_rest_of_the_charge():
    got = answer(claim(line("TD080", "200.00", tooth="19")), participates=False)
    assert parts(got) == {"paid": "82.80", "PR-45": "12.00", "PR-1": "50.00", "PR-2": "55.20"}


def test_outside_the_network_an_uncovered_service_is_all_the_patients():
    assert parts(answer(claim(line("TD120", "600.00", area="01")), participates=False)) == {"paid": "0.00", "PR-204": "600.00"}


def test_the_lines_use_up_deductible_and_maximum_in_turn():
    got = answer(claim(line("TD080", "135.00", tooth="19"), line("TD080", "135.00", tooth="20")), spent("1400.00"))
    assert [parts(got, n) for n in (1, 2)] == [{"paid": "68.00", "PR-1": "50.00", "PR-2": "17.00"}, {"paid": "32.00", "PR-2": "27.00", "PR-119": "76.00"}]


def test_a_service_of_another_year_has_its_own_deductible_and_maximum():
    next_year = DAY.replace(year=2027)
    got = answer(claim(line("TD080", "135.00", tooth="19", service_date=next_year)), spent("1500.00", "50.00"))
    assert parts(got) == {"paid": "68.00", "PR-1": "50.00", "PR-2": "17.00"}


def test_millraces_cleanings_use_up_no_maximum():
    full = replace(member(MILLRACE), accumulators=(DentalAccumulator(2026, D("100.00"), D("2000.00")),))
    assert answer(claim(line("TD020", "84.00"), name=MILLRACE), full).paid == D("84.00")


def test_braces_have_a_maximum_of_a_lifetime():
    child = replace(claim().patient, birth_date=DAY.replace(year=2012))
    sent = claim(line("TD130", "4800.00"), patient=child, predetermination=True)
    got = answer(sent, member(birth_date=child.birth_date, orthodontic_used=D("400.00")))
    assert got.lines[0].adjusted("PR", "149") == D("1300.00") and anticipated(got) == D("1100.00")


def test_the_quantity_multiplies_the_fee():
    assert answer(claim(line("TD013", "300.00", quantity=1))).allowed == D("92.00")
    assert answer(claim(line("TD140", "300.00", quantity=2))).allowed == D("176.00")


def test_a_predetermination_pays_nothing_and_says_what_would_be_paid():
    sent = claim(line("TD062", "1300.00", tooth="19"), line("TD051", "1200.00", tooth="19"))
    real, asked = answer(sent), answer(replace(sent, predetermination=True))
    assert (asked.paid, asked.predetermination, real.predetermination) == (ZERO, True, False)
    assert anticipated(asked) == real.paid == D("696.00") + D("430.00")
    assert [line.adjusted("PR") for line in asked.lines] == [line.adjusted("PR") for line in real.lines]


OWN = {"paid": "600.00", "owed": "300.00"}


@pytest.mark.parametrize("method, paid_before, owed, pays", [
    ("standard", "600.00", "320.00", "320.00"), ("standard", "100.00", "820.00", "736.00"), ("maintenance", "600.00", "320.00", "256.00"),
    ("carve-out", "600.00", "320.00", "136.00"), ("non-duplication", "600.00", "320.00", "136.00"), ("non-duplication", "736.00", "184.00", "0.00"),
    ("maintenance", "900.00", "20.00", "16.00"), ("maintenance", "1000.00", "0.00", "0.00")])
def test_a_second_plan_by_its_method(method, paid_before, owed, pays):
    """Own allowed 920.00, deductible met, 80 %: own benefit 736.00."""
    sent = claim(line("TD062", "1300.00", tooth="19"), prior_payment=prior(paid_before, owed, str(D("1300.00") - D(paid_before) - D(owed))))
    got = answer(sent, spent(deductible="50.00"), policy=changed(HAREBELL, "secondary", method=method))
    assert (got.paid, got.adjusted("PR"), got.adjusted("OA", "23")) == (D(pays), D(owed) - D(pays), D("1300.00") - D(owed))


def test_an_unknown_method_is_told_with_those_there_are():
    with pytest.raises(LookupError, match="standard, maintenance"):
        answer(claim(prior_payment=prior("10.00", "10.00")), policy=changed(HAREBELL, "secondary", method="greater-of"))


def test_a_plan_that_the_payer_has_not_is_told():
    with pytest.raises(LookupError, match="harebell-1500, harebell-1000"):
        answer(claim(), member(plan="gold"))


def test_a_claim_needs_a_line():
    with pytest.raises(ValueError, match="item 24"):
        answer(replace(claim(), lines=()), received=DAY)


CODES = sorted(payer(HAREBELL).rule("dental-services").values[-1].value.of)
money = st.decimals(min_value=Decimal("1.00"), max_value=Decimal("7000.00"), places=2)


@st.composite
def sent(draw):
    """Any claim of up to four lines, any member, either payer, inside or outside the network."""
    name = draw(st.sampled_from((HAREBELL, MILLRACE)))
    lines = tuple(line(draw(st.sampled_from(CODES)), str(draw(money)), tooth=draw(st.sampled_from(("3", "8", "19", "20", "A", ""))),
                       surfaces=draw(st.sampled_from(((), ("M", "O"), ("I",), ("B",)))), area=draw(st.sampled_from(("", "01", "10"))), quantity=draw(st.sampled_from((1, 1, 2))))
                  for _ in range(draw(st.integers(1, 4))))
    known = replace(member(name), accumulators=(DentalAccumulator(2026, draw(st.sampled_from((D("0.00"), D("30.00"), D("100.00")))), draw(money)),),
                    missing_teeth=draw(st.sampled_from(((), (MissingTooth("19", BEGAN + timedelta(days=9)),)))))
    paid, owed = draw(money), draw(money)
    before = draw(st.sampled_from((None, prior(str(paid), str(owed), str(max(lines[0].charge - paid - owed, ZERO))))))
    if before and paid + owed > lines[0].charge:
        before = None
    return claim(*lines, name=name, missing_teeth=("19",), prior_payment=before, predetermination=draw(st.booleans())), known, draw(st.booleans())


@settings(max_examples=300, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(sent())
def test_every_line_balances_and_nothing_is_below_zero(given_):
    asked, known, participates = given_
    got = answer(asked, known, participates=participates)
    assert not isinstance(got, Rejection)
    for each in got.lines:
        assert each.charge == each.paid + sum(a.amount for a in each.adjustments)
        assert each.paid >= 0 and all(a.amount > 0 for a in each.adjustments)
        assert each.paid == 0 or not asked.predetermination
    plan = payer(asked.payer).rule("dental-plans").values[-1].value.plans[0]
    annual = sum(each.paid for each in got.lines if each.procedure not in ("TD130", "TD131"))
    if asked.payer == HAREBELL:
        assert annual <= max(plan.annual_maximum - known.used(2026).maximum_used, ZERO)
