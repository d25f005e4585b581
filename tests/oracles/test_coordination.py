"""Worked examples of coordination published by others: what the second payer pays, to the cent."""

from billing import coordination_methods as methods
from billing import msp
from tests.billing.made import dollars


def test_1_medicare_pays_the_lowest_of_three():
    limbs = msp.part_b_limbs(accepted=dollars("175"), fee=dollars("125"), medicare_alone=dollars("100"), prior_allowed=dollars("150"), prior_paid=dollars("120"))
    assert [limb.amount for limb in limbs] == [55, 100, 30] and msp.lowest(limbs).amount == dollars("30")


def test_1_nothing_is_left_to_a_patient_whose_first_payer_paid_more_than_the_coinsurance():
    assert msp.patient_owes(dollars("25"), dollars("120")) == 0


def test_43_maintenance_of_benefits():
    assert methods.maintenance(dollars("125"), dollars("75"), dollars("0"), dollars("25"), dollars("50")) == dollars("37.50")
