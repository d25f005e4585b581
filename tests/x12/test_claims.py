"""Claims as transactions: what is written can be read back whole, and what is broken is told in sentences."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from billing.claim import Accident
from billing.x12.claims import read_claims, write_claims
from tests.billing.made import line
from tests.x12.made import AT, PARENT, PARTIES, PRIOR, dental, dollars, institutional, professional, sample, secondary

CLAIMS = {"professional": professional(), "secondary": secondary(), "after an accident at work": professional(accident=Accident("employment", date(2026, 3, 2))), "after an auto accident": professional(accident=Accident("auto", date(2026, 3, 2), "IL")),
          "corrected": professional(frequency_code="7", original_reference="ICN55"), "unassigned": professional(accepts_assignment=False),
          "institutional": institutional(), "institutional second": institutional(prior_payment=PRIOR), "adjustment bill": institutional(type_of_bill="0117"), "outpatient": institutional(type_of_bill="0131", procedures=(), admission_date=None, admission_hour="", discharge_hour=""),
          "dental": dental(), "predetermination": dental(predetermination=True, predetermination_number=""), "dental second": dental(subscriber=PARENT, relationship="child", prior_payment=PRIOR)}


@pytest.mark.parametrize("claim", CLAIMS.values(), ids=CLAIMS)
def test_a_claim_is_read_back_as_it_was_written(claim):
    read = read_claims(write_claims([claim], PARTIES, AT, 7))
    assert read.faults == () and read.claims == (claim,)


def test_many_claims_of_one_form_share_an_interchange():
    claims = tuple(professional(account=f"A{number}") for number in range(5)) + (secondary(),)
    read = read_claims(write_claims(claims, PARTIES, AT, 7))
    assert read.faults == () and read.claims == claims


amounts = st.decimals("0.01", "99999.99", places=2)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(amounts, st.integers(1, 99), st.lists(st.sampled_from(["25", "59", "RT", "LT", "50", "76"]), max_size=4, unique=True), st.lists(st.sampled_from("AB"), min_size=1, max_size=2, unique=True),
                          st.dates(date(2024, 1, 1), date(2026, 9, 30)), st.sampled_from(["11", "22", "23"])), min_size=1, max_size=12))
def test_any_lines_come_back_to_the_cent(rows):
    lines = tuple(line(charge=str(charge), units=units, modifiers=tuple(modifiers), diagnosis_pointers=tuple(pointers), service_date=day, place_of_service=place) for charge, units, modifiers, pointers, day, place in rows)
    claim = professional(lines=lines)
    assert read_claims(write_claims([claim], PARTIES, AT, 1)).claims == (claim,)


NAMES = ["linuxforhealth/demo.example1.837", "linuxforhealth/demo.example2.837", "linuxforhealth/demo.autoaccident.837",
         "linuxforhealth/demo.cob.example3.B.837", "linuxforhealth/demo.drug.example10.1.837", "linuxforhealth/institutional-claim.837i"]


@pytest.mark.parametrize("name", NAMES)
def test_samples_of_others_are_read_whole(name):
    read = read_claims(sample(name))
    assert [str(fault) for fault in read.faults] == [] and read.claims


def test_a_sample_that_names_no_other_payer_is_read_and_told():
    read = read_claims(sample("linuxforhealth/demo.cob.example3.A.837"))
    assert [str(fault) for fault in read.faults] == ["segment 39 (SBR): loop 2320, which begins here, lacks its loop 2330B"] and read.claims[0].prior_payment is None


def test_a_sample_with_segments_out_of_order_is_told_where():
    told = [str(fault) for fault in read_claims(sample("imsweb/x12_segments_out_of_order.txt")).faults]
    assert any("comes too late" in sentence or "no place" in sentence for sentence in told)


def test_a_sample_with_elements_missing_is_told_where():
    told = [str(fault) for fault in read_claims(sample("imsweb/x12_missing_elements.txt")).faults]
    assert told


def broken(old: str, new: str) -> list[str]:
    return [str(fault) for fault in read_claims(write_claims([professional()], PARTIES, AT, 7).replace(old, new)).faults]


@pytest.mark.parametrize("old, new, says", [
    ("SE*", "SE*9", "it counts 9"), ("HL*2*1*22*0~\n", "", "lacks its loop 2000B"), ("ST*837*0007*", "ST*999*0007*", "no claim transaction"), ("DMG*D8*19610504*F~\n", "", "no birth date"),
    ("20260310", "20261310", "no date"), ("SV1*HC:TX113:25*120*", "SV1*HC:TX113:25*abc*", "no amount"), ("LX*1~\n", "XX*1~\n", "no place in loop")])
def test_a_broken_claim_says_where_and_what(old, new, says):
    told = broken(old, new)
    assert any(says in sentence for sentence in told), told


def test_the_charge_is_written_without_needless_zeros():
    assert "CLM*A1*150***" in write_claims([professional()], PARTIES, AT, 7)
    assert "*150.05***" in write_claims([replace(professional(), lines=(line(charge="150.05"),))], PARTIES, AT, 7)
    assert dollars("150.05")


@pytest.mark.parametrize("units", ["1e999999", "9" * 40, "NaN", "Infinity", "-1", "٣", "one"])
def test_units_that_are_no_number_are_a_fault_and_cost_no_time(units):
    """A number in powers of ten would be worked out to its last digit."""
    from billing.x12.claim_parts import count
    with pytest.raises(ValueError, match="no number of units"):
        count(units)


def test_units_are_counted_without_what_stands_after_the_point():
    from billing.x12.claim_parts import count
    assert [count(text) for text in ("1", "12", "3.5", "100.", ".5")] == [1, 12, 3, 100, 0]
