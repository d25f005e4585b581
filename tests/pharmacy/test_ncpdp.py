"""D.0 requests and responses: written, judged by an independent parser, read back to the same claim and answer; and what is broken is told by place."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.claim import Person
from billing.ncpdp.explain import explain, visible
from billing.ncpdp.fields import FIELDS
from billing.ncpdp.requests import claim_of, request
from billing.ncpdp.responses import answer_of, response
from billing.ncpdp.wire import FIELD, Segment, Sent, Unreadable, faults, money, read, signed, write
from billing.pharmacy.claim import DrugReview, EarlierPayer, PharmacyReversal
from billing.pharmacy.pipeline import reverse_pharmacy
from tests.pharmacy.made import APIXORA, DAY, GLARVIA, HERONWOOD, IBUPROFEN, LISINOPRIL, WARFARIN, answer, claim, fill, member, payer

D = Decimal
EVERYTHING = claim(GLARVIA, "15", 34, cost="310.55", unit_of_measure="ML", submission_clarifications=("3", "5"), other_coverage="2", prior_authorization="77100042", fill_number=2, dispense_as_written="1",
                   earlier_payers=(EarlierPayer("610999", DAY - timedelta(days=1), D("12.50"), D("40.00")), EarlierPayer("610998", DAY, reject_codes=("70", "MR"))),
                   reviews=(DrugReview("DD", "M0", "1G"), DrugReview("HD", "P0", "1B")))
CLAIMS = {"plain": claim(), "everything": EVERYTHING, "under a gram": claim(quantity="0.125"), "copay only": claim(other_coverage="8", earlier_payers=(EarlierPayer("610999", DAY, patient_responsibility=D("9.10")),))}


@pytest.mark.parametrize("name", CLAIMS)
def test_a_billing_comes_back_as_it_was_sent(name):
    wire = write(request(CLAIMS[name]))
    assert faults(read(wire)) == () and write(read(wire)) == wire
    assert claim_of(read(wire), HERONWOOD) == CLAIMS[name]


def test_a_reversal_comes_back_as_it_was_sent():
    sent = PharmacyReversal.of(EVERYTHING)
    wire = write(request(sent))
    assert faults(read(wire)) == () and claim_of(read(wire), HERONWOOD) == sent and read(wire).part("103-A3") == "B2"


PAID = answer(claim(APIXORA, "60", cost="600.00", usual_and_customary=D("700.00"), plan="saver"))
REJECTED = answer(claim(IBUPROFEN, "100", 40), member(fills=(fill(WARFARIN, DAY - timedelta(days=3)),)))
REVERSED = reverse_pharmacy(PharmacyReversal.of(claim()), payer(), member().with_fill(claim(), answer(claim())), DAY)


@pytest.mark.parametrize("got", [PAID, REJECTED, REVERSED], ids=["paid", "rejected", "reversed"])
def test_a_response_says_what_was_answered(got):
    wire = write(response(got, claim()))
    back = answer_of(read(wire, response=True), HERONWOOD)
    assert faults(read(wire, response=True)) == () and write(read(wire, response=True)) == wire
    assert (back.transaction, back.status, back.codes, back.amounts, back.authorization, len(back.interactions)) == (got.transaction, got.status, got.codes, got.amounts, got.authorization, len(got.interactions))


def test_an_independent_parser_reads_the_billing():
    dzero = pytest.importorskip("dzero_python")
    got = dzero.Request.parse(write(request(EVERYTHING)))
    assert (got.header["bin_number"], got.header["transaction_code"], got.header["service_provider_id"].strip(), got.header["date_of_service"]) == ("999001", "B1", EVERYTHING.pharmacy_npi, "20260512")
    segments = {each.symbol: each for each in (*got.transmission_group.segments, *got.transaction_groups[0].segments)}
    assert set(segments) == {"insurance", "patient", "claim", "pricing", "prescriber", "coord_of_benefits", "dur_pps"}
    assert [each.symbol for each in got.transmission_group.segments] == ["insurance", "patient"]
    assert (segments["claim"]["product_service_id"], segments["claim"]["quantity_dispensed"], segments["claim"]["days_supply"], segments["claim"]["unit_of_measure"]) == (GLARVIA, "0000015000", "34", "ML")
    assert (segments["pricing"]["ingredient_cost_submitted"], segments["pricing"]["gross_amount_due"]) == ("3105E", "3135E")
    assert segments["prescriber"]["prescriber_id"] == EVERYTHING.prescriber_npi


def test_every_field_sent_is_known_to_the_independent_parser_in_its_segment():
    dzero = pytest.importorskip("dzero_python")
    for wire, type_ in ((write(request(EVERYTHING)), dzero.Request), (write(request(PharmacyReversal.of(EVERYTHING))), dzero.Request), *((write(response(each, claim())), dzero.Response) for each in (PAID, REJECTED, REVERSED))):
        parsed = type_.parse(wire)
        held = [each for group in (parsed.transmission_group, *parsed.transaction_groups) for each in group.segments]
        assert held and [(each.symbol, id) for each in held for id in each.hash if id not in each.field_id_to_symbol()] == []


def test_an_independent_parser_reads_the_responses():
    dzero = pytest.importorskip("dzero_python")
    paid, rejected = (dzero.Response.parse(write(response(each, claim()))) for each in (PAID, REJECTED))
    money_of = {each.symbol: each for each in paid.transaction_groups[0].segments}
    assert (money_of["response_status"]["response_status"], money_of["response_pricing"]["total_amount_paid"]) == ("P", signed(PAID.amounts.total_paid))
    status = {each.symbol: each for each in rejected.transaction_groups[0].segments}["response_status"]
    assert (status["response_status"], status["reject_count"]) == ("R", str(len(REJECTED.codes)))


@given(st.integers(-99999999, 99999999))
def test_a_signed_amount_comes_back(number):
    amount = D(number) / 100
    assert money(signed(amount)) == amount


@pytest.mark.parametrize("text, amount", [("125{", "12.50"), ("{", "0.00"), ("3105E", "310.55"), ("100}", "-10.00"), ("9R", "-0.99")])
def test_the_last_digit_carries_the_sign(text, amount):
    assert money(text) == D(amount)


def broken(**changes):
    """The plain billing with fields of its claim segment changed."""
    sent = request(claim())
    one = sent.transactions[0][0]
    fields = tuple(replace(each, text=changes[each.id]) if each.id in changes else each for each in one.sent)
    return replace(sent, transactions=((Segment(one.id, fields), *sent.transactions[0][1:]),))


@pytest.mark.parametrize("changes, says", [
    ({"DE": "20260231"}, "414-DE: '20260231' is no date"), ({"D5": "30X"}, "405-D5: '30X' is no number"), ({"E7": "30.000"}, "442-E7: '30.000' is no quantity"), ({"D8": "01"}, "408-D8: 2 characters")])
def test_a_broken_field_is_told_by_its_id(changes, says):
    assert len(found := faults(broken(**changes))) == 1 and says in found[0]


@pytest.mark.parametrize("changes, says", [({"DE": ""}, "lacks 414-DE Date written"), ({"D7": "", "D2": ""}, "lacks 402-D2 Prescription number, 407-D7 Product"), ({"D5": "30X"}, "405-D5: '30X' is no number")])
def test_a_request_that_is_no_claim_says_why(changes, says):
    with pytest.raises(Unreadable, match=says):
        claim_of(broken(**changes), HERONWOOD)


def test_a_transaction_of_another_kind_is_told():
    wire = write(request(claim())).replace("D0B1", "D0E1", 1)
    with pytest.raises(Unreadable, match="103-A3 says E1"):
        claim_of(read(wire), HERONWOOD)


@given(st.text(alphabet="\x1c\x1d\x1eAM0147D2DEX{} ", max_size=120))
def test_whatever_comes_is_read_or_told(rest):
    wire = write(request(claim()))[:56] + rest
    try:
        claim_of(read(wire), HERONWOOD)
    except Unreadable as told:
        assert str(told)


def test_an_amount_without_its_sign_is_told():
    sent = request(claim())
    parts = tuple(replace(each, sent=(Sent("D9", "2000"), *each.sent[1:])) if each.id == "11" else each for each in sent.transactions[0])
    assert "409-D9: '2000' is no signed amount" in faults(replace(sent, transactions=(parts,)))[0]


@pytest.mark.parametrize("wire, says", [("999001D0B1", "The header of a request has 56 characters"), (write(request(claim()))[:56] + "X", "Something stands where a segment should begin"),
                                        (write(request(claim()))[:56] + "\x1eAM07", "A segment begins with 0x1C and 111-AM")])
def test_a_broken_shape_is_told(wire, says):
    with pytest.raises(Unreadable, match=says):
        read(wire)


def test_a_response_that_does_not_add_up_is_told():
    wire = write(response(PAID, claim())).replace(FIELD + "F9" + signed(PAID.amounts.total_paid), FIELD + "F9" + signed(PAID.amounts.total_paid + 1))
    with pytest.raises(Unreadable, match="its parts make"):
        answer_of(read(wire, response=True), HERONWOOD)


def test_every_field_explains_itself():
    told = explain(request(EVERYTHING))
    by = {each.label: each for each in told}
    assert (by["402-D2"].says, by["442-E7"].says, by["430-DU"].says, by["414-DE"].says, by["103-A3"].says) == ("4401187", "15", "313.55", str(DAY), "B1")
    assert all(each.name for each in told) and "\u241e\u241cAM04" in visible(write(request(EVERYTHING)))


def test_every_field_has_a_name_of_its_own():
    assert len({field.name for field in FIELDS.values()}) == len(FIELDS) and LISINOPRIL in write(request(claim()))


def test_a_name_survives_in_any_case():
    assert claim_of(read(write(request(claim(patient=Person("De La Cruz", "Ana", DAY, "U"))))), HERONWOOD).patient.last_name == "De La Cruz"
