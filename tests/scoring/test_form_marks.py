"""A claim on any form is right when its record supports it and it pays: field by field, row by row, and each wrong field with the harm it does by itself."""

from dataclasses import replace
from decimal import Decimal

import pytest

from billing.answer import Outcome
from curriculum.forms import FORMS
from curriculum.forms.reading import plain, value_of
from tests.scoring.forms_made import clean, course

D = Decimal
WRONG = {"institutional": ("member_id", "2C34D56EF7", "member_id"), "dental": ("treating.npi", "2000000001", "treating.npi"), "pharmacy": ("days_supply", "400", "days_supply")}
FAULT = {form: ({"field": field, "value": value, "why": "Copied wrong."},) for form, (field, value, _) in WRONG.items()}


def parts(one, claim):
    """Credits of that claim sent first, by part."""
    return {credit.part: credit for credit in one.send(claim).marks(1).credits}


@pytest.mark.parametrize("form", FORMS)
def test_the_clean_claim_earns_every_credit(form):
    one = course(form, faults=FAULT[form])
    marks = one.send(one.case.clean).marks(1)
    assert marks.full and {credit.part for credit in marks.credits} == {"record", f"field:{WRONG[form][2]}", "untouched", "earned"}


@pytest.mark.parametrize("form", FORMS)
def test_a_wrong_field_is_named_as_the_form_names_it_and_says_what_harm_it_does(form):
    one = course(form, faults=FAULT[form])
    credit = parts(one, one.case.start)[f"field:{WRONG[form][2]}"]
    assert credit.earned == 0 and one.name_of(WRONG[form][2]) in credit.reason and "Copied wrong." in credit.reason
    assert credit.severity in ("rejected", "denied", "underpaid", "overpaid")


@pytest.mark.parametrize("form", FORMS)
def test_every_field_of_the_form_is_a_field_of_the_claim(form):
    document = plain(clean(form))
    for field in FORMS[form].fields:
        value_of(document, field.path)
    assert all(isinstance(document[group.path], list) for group in FORMS[form].groups)


def test_a_line_that_was_not_done_is_a_breach_whatever_it_pays():
    one = course("institutional", faults=FAULT["institutional"])
    more = replace(one.case.clean, lines=(*one.case.clean.lines, replace(one.case.clean.lines[1], revenue_code="0270")))
    credit = parts(one, more)["record"]
    assert (credit.earned, credit.severity, credit.misconception) == (0, "unlawful", "unsupported-claim") and "0270" in credit.reason


def test_more_units_than_the_record_has_are_a_breach_and_fewer_are_not():
    one = course("pharmacy", faults=FAULT["pharmacy"])
    quantity = one.case.clean.quantity
    assert parts(one, replace(one.case.clean, quantity=quantity + 1))["record"].severity == "unlawful"
    assert parts(one, replace(one.case.clean, quantity=quantity - 1))["record"].earned > 0


def test_rows_in_another_order_are_as_right():
    one = course("institutional", faults=FAULT["institutional"])
    turned = replace(one.case.clean, lines=one.case.clean.lines[::-1])
    assert parts(one, turned)["untouched"].earned == 1


def test_a_diagnosis_that_the_record_does_not_have_is_a_breach():
    one = course("institutional", faults=FAULT["institutional"])
    first = one.case.clean.other_diagnoses[0]
    assert "I50.21" in parts(one, replace(one.case.clean, other_diagnoses=(first, replace(first, code="I50.21"))))["record"].reason


def test_a_row_beyond_the_record_is_marked_until_it_is_gone():
    row = {"revenue_code": "0270", "charge": "100.00"}
    one = course("institutional", beyond={"lines": [row]})
    assert one.fields == ("lines.3.revenue_code",)
    assert parts(one, one.case.start)["field:lines.3.revenue_code"].earned == 0 and parts(one, one.case.clean)["field:lines.3.revenue_code"].earned == 1


def test_an_accepted_value_is_right_too():
    one = course("dental", faults=({"field": "place_of_service", "value": "22", "why": "So."},), accept={"place_of_service": ("12",)})
    assert parts(one, replace(one.case.clean, place_of_service="12"))["field:place_of_service"].earned == 1


def test_blank_fields_and_groups_are_marked_and_can_be_filled():
    one = course("institutional", "complete-the-claim", blank=("member_id", "lines", "principal_diagnosis.code"))
    assert {"member_id", "principal_diagnosis.code", "lines.1.revenue_code", "lines.2.charge"} <= set(one.fields) and one.at_hand["lines"] == []
    assert one.send(one.case.clean).marks(1).full


@pytest.mark.parametrize("form, field", [("institutional", "member_id"), ("dental", "treating.npi"), ("pharmacy", "days_supply")])
def test_a_rejection_asks_for_the_field_that_its_code_points_at(form, field):
    one = course(form, "mend-the-rejection", faults=FAULT[form])
    asks = {ask.id: ask for ask in one.first_asks}
    assert one.before.outcome is Outcome.REJECTED and asks["field-1"].key == field and field in dict(asks["field-1"].options)
    assert asks["outcome"].key == "rejected" and asks["action"].key == "new-claim"


@pytest.mark.parametrize("form", FORMS)
def test_a_claim_mended_and_sent_again_settles(form):
    one = course(form, "mend-the-rejection", faults=FAULT[form])
    assert one.send(one.case.clean).settled


def test_a_pharmacy_is_answered_at_once_and_other_rejections_come_the_next_day():
    for form, days in (("pharmacy", 0), ("dental", 1)):
        one = course(form, faults=FAULT[form])
        assert (one.send(one.case.start).today - one.today).days == days


def test_what_is_blanked_is_empty_as_its_field_can_be():
    one = course("institutional", "complete-the-claim", blank=("billing.tax_id", "statement_from", "accepts_assignment", "lines.1.charge", "condition_codes"))
    held = one.at_hand
    assert (held["billing"]["tax_id"], held["statement_from"], held["accepts_assignment"], held["lines"][0]["charge"], held["condition_codes"]) == ("", None, False, None, [])


def test_a_word_on_what_an_adjustment_changes_spoils_nothing():
    one = course("institutional", faults=FAULT["institutional"])
    assert parts(one, replace(one.case.clean, remarks="Authorization number added"))["untouched"].earned == 1


def test_a_hospital_claim_without_a_line_at_hand_is_proved_with_its_lines():
    one = course("institutional", "complete-the-claim", blank=("lines",))
    assert one.case.start.lines == one.case.clean.lines and not one.at_hand["lines"]
