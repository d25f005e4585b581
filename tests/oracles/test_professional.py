"""Published examples of surgery, assistants, therapy and anesthesia: our prices give their figures to the cent.

Figures are transcribed; the numbers are those of the list the examples were collected in. Procedures are training codes. Where only a sum was
published, the parts are chosen so that they give every figure that was.
"""

from decimal import Decimal

import pytest

from billing.modifier_values import ModifierPercent, ModifierPrices
from billing.policy import Reason
from billing.price_values import AnesthesiaBase, FeeSchedule
from billing.surgery_values import Anesthesia, AnesthesiaModifier, EndoscopyFamilies, EndoscopyFamily, Therapy, TherapyPlan
from tests.billing.made import claim, dollars, line, policy, relative
from tests.billing.test_adjudication import answer

FAMILY = EndoscopyFamilies((EndoscopyFamily("TX341", ("TX340", "TX342")),))


def surgery(*rows, factor="1", **more):
    """A payer whose procedures are worth their work alone; a row is a code, its work and its multiple indicator."""
    return policy(**relative(*((code, work, "0", "0", "0", {"multiple": multiple}) for code, work, multiple in rows), factor=factor), **more)


def test_7_an_endoscopy_family_ranks_second_behind_a_higher_operation():
    """The family's total of 455.27 is paid at half, 227.64; each line is rounded by itself, which may differ by a cent (the page prints 227.65)."""
    payer = surgery(("TX310", "900.00", "2"), ("TX341", "100.00", "3"), ("TX340", "300.00", "3"), ("TX342", "255.27", "3"), endoscopy_families=FAMILY)
    paid = answer(claim(line("TX310", "1000.00"), line("TX340", "1000.00"), line("TX342", "1000.00")), payer).lines
    assert paid[0].allowed == dollars("900.00")
    assert abs(paid[1].allowed + paid[2].allowed - dollars("227.64")) <= dollars("0.01")


def test_8_the_second_endoscopy_is_worth_what_it_has_above_the_base():
    payer = surgery(("TX341", "9.95", "3"), ("TX340", "13.03", "3"), ("TX342", "10.58", "3"), endoscopy_families=FAMILY)
    got = answer(claim(line("TX340", "99.00"), line("TX342", "99.00")), payer)
    assert [each.allowed for each in got.lines] == [dollars("13.03"), dollars("0.63")]
    assert got.allowed == dollars("13.66")


PERCENTS = ModifierPrices((ModifierPercent("80", (Decimal("16"),)), ModifierPercent("AS", (Decimal("16"), Decimal("85"))), ModifierPercent("62", (Decimal("62.5"),))))


@pytest.mark.parametrize("modifier, paid", [("80", "217.65"), ("AS", "185.00")])
def test_11_an_assistant_at_surgery_of_1360_32(modifier, paid):
    payer = surgery(("TX320", "1360.32", "2"), modifier_prices=PERCENTS)
    assert answer(claim(line("TX320", "2000.00", modifiers=(modifier,))), payer).allowed == dollars(paid)


def test_13_each_of_two_surgeons_of_1360_32():
    payer = surgery(("TX320", "1360.32", "2"), modifier_prices=PERCENTS)
    assert answer(claim(line("TX320", "2000.00", modifiers=("62",))), payer).allowed == dollars("850.20")


def test_15_therapy_of_a_day_when_a_fifth_of_the_practice_expense_came_off():
    """28.74 whole and 26.12 as a second unit: a practice expense of 13.10. Of the other two, the sums with and without the reduction were published."""
    rows = (("TX601", "15.64", "13.10"), ("TX602", "17.23", "9.30"), ("TX603", "5.19", "7.00"))
    values = relative(*((code, work, practice, practice, "0", {"multiple": "5"}) for code, work, practice in rows), factor="1")
    rule = Therapy(tuple(code for code, _, _ in rows), (TherapyPlan("GP", "physical"),), Reason("CO", "4"), Decimal("80"))
    sent = claim(line("TX601", "99.00", units=2, modifiers=("GP",)), line("TX602", "99.00", modifiers=("GP",)), line("TX603", "99.00", modifiers=("GP",)))
    assert answer(sent, policy(**values)).allowed == dollars("96.20")
    got = answer(sent, policy(**values, therapy=rule))
    assert [each.allowed for each in got.lines] == [dollars("28.74") + dollars("26.12"), dollars("24.67"), dollars("10.79")]
    assert got.allowed == dollars("90.32")


def anesthetic(factor="10"):
    """A payer of anesthesia: 7 base units, quarter hours to one decimal, half for those who direct or are directed."""
    rule = Anesthesia(dollars(factor), Decimal("15"), Decimal("0.1"), (AnesthesiaModifier("AA", Decimal("100")), AnesthesiaModifier("QK", Decimal("50")),
                                                                       AnesthesiaModifier("QX", Decimal("50"))), Reason("CO", "4"))
    return policy(fee_schedule=FeeSchedule((), anesthesia=(AnesthesiaBase("TX902", Decimal("7")),)), anesthesia=rule)


def test_25_seven_base_units_and_129_minutes_are_15_6_units():
    got = answer(claim(line("TX902", "900.00", units=129, modifiers=("AA",))), anesthetic())
    assert got.allowed == dollars("156.00")
    assert "8.6 time units" in next(step.text for step in got.trace if step.stage == "anesthesia")


@pytest.mark.parametrize("modifier", ["QK", "QX"])
def test_27_medical_direction_pays_each_half_of_what_is_paid_for_doing_it_alone(modifier):
    sent = [claim(line("TX902", "900.00", units=129, modifiers=(each,))) for each in ("AA", modifier)]
    alone, directed = (answer(each, anesthetic()).allowed for each in sent)
    assert directed * 2 == alone
