"""A claim is right when the record supports it and it pays; each part is marked apart, and a claim beyond the record is a breach whatever it pays."""

from dataclasses import replace
from decimal import Decimal

import pytest

from billing.answer import Outcome
from billing.policy import Reason, TimelyFiling
from scoring.claim_marks import competency_of
from tests.billing.made import policy
from tests.scoring.made import PAIRS, course


def marks(claim, one=None):
    """Credits of that claim sent first, by part."""
    sent = (one or course()).send(claim)
    return sent.marks(1), {credit.part: credit for credit in sent.marks(1).credits}


def line(claim, number: int, **changes):
    """The claim with one line changed."""
    lines = list(claim.lines)
    lines[number - 1] = replace(lines[number - 1], **changes)
    return replace(claim, lines=tuple(lines))


CLEAN = course().case.clean


def test_the_clean_claim_earns_every_credit():
    whole, parts = marks(CLEAN)
    assert whole.full and parts.keys() == {"record", "field:lines.1.modifiers", "untouched", "earned"}


def test_the_fields_marked_are_those_that_stand_wrong():
    assert course().fields == ("lines.1.modifiers",)


def test_the_claim_at_hand_left_as_it_is_loses_its_field_and_part_of_what_it_earns():
    whole, parts = marks(course().case.start)
    assert (parts["field:lines.1.modifiers"].earned, parts["earned"].earned, parts["record"].earned, parts["untouched"].earned) == (0, 1, 2, 1)
    assert "The visit stood by itself." in parts["field:lines.1.modifiers"].reason and not whole.full


def test_a_modifier_that_the_record_does_not_support_is_a_breach_though_it_pays():
    whole, parts = marks(line(CLEAN, 2, modifiers=("59",)))
    assert parts["record"].earned == 0 and parts["record"].misconception == "unsupported-claim" and "false claim" in parts["record"].reason
    assert parts["earned"].earned == parts["earned"].possible


def test_a_service_that_was_not_done_is_a_breach_and_what_it_paid_is_an_overpayment():
    more = replace(CLEAN, lines=(*CLEAN.lines, replace(CLEAN.lines[1], procedure="TX113", service_date=CLEAN.lines[0].service_date.replace(day=8))))
    whole, parts = marks(more)
    assert parts["record"].earned == 0 and parts["untouched"].earned == 0
    assert (parts["earned"].earned, parts["earned"].misconception) == (0, "overpaid") and "must go back" in parts["earned"].reason


def test_more_units_than_the_record_has_are_a_breach():
    assert "2 units of TX202" in marks(line(CLEAN, 3, units=2))[1]["record"].reason


def test_a_diagnosis_that_the_note_does_not_have_is_a_breach():
    assert marks(replace(CLEAN, diagnoses=("E11.9", "L57.0", "E10.9")))[1]["record"].misconception == "unsupported-claim"


def test_another_modifier_that_the_record_supports_as_well_costs_nothing():
    assert marks(line(CLEAN, 3, modifiers=("XS",)))[0].full


def test_both_of_two_alternatives_are_one_too_many():
    assert not marks(line(CLEAN, 3, modifiers=("59", "XS")))[0].full


def test_an_alternative_has_to_be_there():
    whole, parts = marks(line(CLEAN, 3, modifiers=()))
    assert not whole.full and "24D Modifiers, line 3" in parts["untouched"].reason


def test_modifiers_in_another_order_are_the_same():
    two = course(accept={"lines.1.modifiers": ("24",)})
    sent = line(CLEAN, 1, modifiers=("24",))
    assert marks(sent, two)[1]["field:lines.1.modifiers"].earned == 1


def test_pointers_are_compared_by_the_diagnoses_they_lead_to():
    turned = replace(CLEAN, diagnoses=("L57.0", "E11.9"), lines=tuple(replace(each, diagnosis_pointers=("A",) if each.diagnosis_pointers == ("B",) else ("B",)) for each in CLEAN.lines))
    parts = marks(turned)[1]
    assert "24E" not in parts["untouched"].reason and "21 Diagnoses" in parts["untouched"].reason   # the first diagnosis is a choice of its own


def test_what_was_right_and_was_made_wrong_is_named():
    parts = marks(line(CLEAN, 2, charge=Decimal("95.00")))[1]
    assert parts["untouched"].earned == 0 and "24F Charge, line 2" in parts["untouched"].reason


def test_a_line_left_out_is_no_breach_and_earns_less():
    parts = marks(replace(CLEAN, lines=CLEAN.lines[:2]))[1]
    assert parts["record"].earned == 2 and parts["untouched"].earned == 0 and parts["earned"].earned < 2


def test_a_line_beyond_the_record_at_hand_has_to_go():
    at_hand = replace(CLEAN, lines=(*CLEAN.lines, replace(CLEAN.lines[2], procedure="TX113", modifiers=())))
    one = course("decide-on-a-denial", sent_services=at_hand.lines, faults=())
    assert one.fields == ("lines.4.procedure",)
    assert marks(replace(one.case.clean, frequency_code="7", original_reference=one.before.control_number), one)[0].full
    left, parts = marks(one.case.start, one)
    assert parts["field:lines.4.procedure"].earned == 0 and "should be gone" in parts["field:lines.4.procedure"].reason


def test_a_rejected_claim_earns_nothing_of_what_the_clean_one_is_paid():
    sent = course().send(replace(CLEAN, member_id="X"))
    earned = {credit.part: credit for credit in sent.marks(1).credits}["earned"]
    assert sent.sendings[0].answer.outcome is Outcome.REJECTED and earned.earned == 0 and "rejected" in earned.reason


def test_each_sending_after_the_first_costs_a_touch():
    one = course().send(course().case.start)
    again = one.send(replace(CLEAN, frequency_code="7", original_reference=one.sendings[0].answer.control_number))
    marks = again.marks(2)
    touch = {credit.part: credit for credit in marks.credits}["touches"]
    assert marks.earned == marks.possible * Decimal("0.85") and "15%" in touch.reason


def test_many_touches_cost_three_fifths_at_most():
    one = course(payer=policy(procedure_pairs=PAIRS, timely_filing=TimelyFiling(Reason("CO", "29"), days=900)))
    for _ in range(8):
        one = one.send(one.case.start)
    sent = one.send(replace(CLEAN, frequency_code="7", original_reference=one.sendings[0].answer.control_number))
    assert sent.marks(9).earned == sent.marks(9).possible * Decimal("0.40")


def test_touches_never_cost_more_than_was_earned():
    one = course()
    for _ in range(4):
        one = one.send(replace(CLEAN, member_id="X", diagnoses=("E10.9",), lines=(replace(CLEAN.lines[0], procedure="TX999"),)))
    assert one.marks(4).earned == 0


@pytest.mark.parametrize("part, competency", [("field:lines.2.modifiers", "coding.modifiers"), ("field:diagnoses", "coding.icd-10-cm"), ("field:billing.npi", "claim-submission.provider-identifiers"),
                                              ("earned", "claim-submission.professional-claim")])
def test_a_field_shows_its_own_competency(part, competency):
    assert competency_of(part) == competency
