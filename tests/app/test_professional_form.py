"""The professional claim form: what stands in it makes the same claim again, drug codes and records sent along included."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from app.widgets import claim_form, papers
from billing.claim import Accident, Person, ProfessionalClaim, Provider, ServiceLine
from curriculum.claim_fields import parts_of, plain, typed

PATIENT = Person("Ngata", "Hemi", date(1950, 3, 2), "M")
LINE = ServiceLine(date(2026, 5, 12), "11", "J1745", ("A",), Decimal("240.00"), 3, ("JW",))
CLAIM = ProfessionalClaim("A-1", "prairie-medicaid", "5038172694T", PATIENT, PATIENT, "self", Provider("Clinic", "2840163978", "99-1111111"),
                          Provider("Doctor", "2593702147"), ("K50.10",), (LINE, replace(LINE, ndc="99999020101", attachment="OP-5521")))


def test_a_drug_code_and_a_record_sent_along_survive_the_form():
    made, wrong = claim_form.document(claim_form.texts_of(plain(CLAIM)), plain(CLAIM))
    assert wrong == [] and typed(made) == CLAIM


def test_a_drug_code_is_kept_as_it_was_typed_so_that_the_payer_can_refuse_its_shape():
    texts = claim_form.texts_of(plain(CLAIM)) | {"lines.0.ndc": "99999-0201-01"}
    made, _ = claim_form.document(texts, plain(CLAIM))
    assert made["lines"][0]["ndc"] == "99999-0201-01"


def test_the_seldom_parts_of_a_line_are_looked_at_only_where_one_stands():
    assert not {"ndc", "attachment"} & set(parts_of(LINE))
    assert {"ndc", "attachment"} <= set(parts_of(LINE, CLAIM.lines[1]))


def test_the_claim_on_paper_has_columns_for_what_was_sent_along_only_where_something_was():
    assert "OP-5521" in papers.claim_summary(CLAIM) and "99999020101" in papers.claim_summary(CLAIM)
    assert "Record sent along" not in papers.claim_summary(replace(CLAIM, lines=(LINE,)))


@pytest.mark.parametrize("accident", [None, Accident("employment", date(2026, 4, 2)), Accident("auto", date(2026, 4, 2), "OR")])
def test_an_accident_survives_the_form(accident):
    claim = replace(CLAIM, accident=accident)
    made, wrong = claim_form.document(claim_form.texts_of(plain(claim)), plain(claim))
    assert wrong == [] and typed(made) == claim


def test_an_accident_is_written_in_and_taken_off():
    texts = claim_form.texts_of(plain(CLAIM)) | {"accident.cause": "Employment", "accident.on": "04/02/2026"}
    made, wrong = claim_form.document(texts, plain(CLAIM))
    assert wrong == [] and typed(made).accident == Accident("employment", date(2026, 4, 2))
    assert claim_form.document(texts | {"accident.cause": "", "accident.on": ""}, made)[0]["accident"] is None


@pytest.mark.parametrize("cause, on, told", [("at work", "04/02/2026", "10: Write employment, auto or other"), ("auto", "", "15: Write the day of the accident.")])
def test_half_an_accident_is_told_in_a_sentence(cause, on, told):
    _, wrong = claim_form.document(claim_form.texts_of(plain(CLAIM)) | {"accident.cause": cause, "accident.on": on}, plain(CLAIM))
    assert len(wrong) == 1 and told in wrong[0]
