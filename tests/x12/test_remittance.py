"""Remittances as transactions: written, judged by others, read back to the cent, and held to their balances."""

import tracemalloc
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from billing.x12.remittance import Closing, Opening, payments, read_remittance
from billing.x12.remittance_writing import interest_beside, write_remittance
from billing.x12.wire import Reader, write
from tests.x12.judging import pyx12_says
from tests.x12.made import AT, sample
from tests.x12.made_payments import AFTER, ASKED, CHECK, NPI, PAYMENTS, PLAIN, SENT, TRANSFER, WHOLE, adjudicated, answer, decided, dollars, payment


def wire(paid, remitter=CHECK):
    return write_remittance(paid, remitter, SENT, AT, 9)


def told(text):
    return [str(fault) for fault in read_remittance(text).faults]


def figures(read, paid):
    """Both sides of a claim: what was read, what was written."""
    had = [(each.charge, each.paid, each.adjusted("CO"), each.adjusted("PR"), each.adjusted("OA")) for each in paid.claims]
    return [(each.charge, each.paid, each.adjusted("CO"), each.adjusted("PR"), each.adjusted("OA")) for each in read.claims if each.status != "22"], had


@pytest.mark.parametrize("name", PAYMENTS)
def test_a_payment_is_read_back_to_the_cent(name):
    paid = PAYMENTS[name]
    read = read_remittance(wire(paid))
    got, had = figures(read, paid)
    assert read.faults == () and got == had and (read.opening.amount, read.opening.trace_number, read.opening.paid_on, read.provider_adjustments) == (paid.amount, paid.trace_number, paid.paid_on, paid.provider_adjustments)


@pytest.mark.parametrize("name", [name for name in PAYMENTS if name != "many beside"])   # pyx12 knows one PLB; the guide lets it repeat
def test_pyx12_finds_nothing_wrong(name):
    assert pyx12_says(wire(PAYMENTS[name], TRANSFER)) == ""


@pytest.mark.parametrize("name", PAYMENTS)
def test_oxedi_finds_every_balance_kept(name):
    oxedi = pytest.importorskip("oxedi")
    assert [each.rule for each in oxedi.parse(wire(PAYMENTS[name]).encode()).diagnostics] == []


@pytest.mark.parametrize("was, becomes", [("CLP*A1*1*150*64*", "CLP*A1*1*150*65*"), ("SVC*HC:TX113*120*64*", "SVC*HC:TX113*121*64*"), ("BPR*I*64*", "BPR*I*63*")])
def test_oxedi_and_we_both_see_what_does_not_balance(was, becomes):
    oxedi = pytest.importorskip("oxedi")
    text = wire(PAYMENTS["plain"])
    assert was in text
    bad = text.replace(was, becomes)
    assert [each.rule for each in oxedi.parse(bad.encode()).diagnostics] and any("balance" in sentence for sentence in told(bad))


def test_the_line_comes_back_with_its_remarks_and_its_number():
    line = read_remittance(wire(PAYMENTS["plain"])).claims[0].services[1]
    assert (line.procedure, line.units, line.control, line.rarcs, line.allowed) == ("J1885", "2", "2", ("M119", "N290"), None)


def test_a_stay_is_told_for_the_claim_and_not_for_its_lines():
    claim = read_remittance(wire(PAYMENTS["stay"])).claims[0]
    assert (claim.services, claim.drg, claim.facility, claim.frequency, claim.rarcs) == ((), "193", "11", "1", ("MA18",))


def test_the_status_says_who_paid_first_and_not_whether_anything_was_paid():
    nothing = payment(answer(decided(1, "120.00", "0.00", ("CO", "29", "120.00"))))
    stranger = payment(answer(decided(1, "120.00", "0.00", ("PR", "31", "120.00"))))
    assert [read_remittance(wire(each)).claims[0].status for each in (payment(PLAIN), payment(AFTER), payment(ASKED), nothing, stranger)] == ["1", "2", "25", "1", "4"]


def test_a_reversal_turns_every_sign():
    back, again = read_remittance(wire(PAYMENTS["taken back"])).claims[0], read_remittance(wire(PAYMENTS["plain"])).claims[0]
    assert back.status == "22" and (back.charge, back.paid, back.adjusted("CO"), back.adjusted("PR")) == (-again.charge, -again.paid, -again.adjusted("CO"), -again.adjusted("PR"))
    assert back.patient_responsibility == dollars("0.00")


def test_a_transfer_of_nothing_is_a_notice():
    assert "BPR*H*0*C*NON*" in wire(PAYMENTS["asked before"])


def test_a_transfer_names_both_accounts_and_its_day():
    bpr = next(line for line in wire(PAYMENTS["plain"], TRANSFER).splitlines() if line.startswith("BPR")).rstrip("~").split("*")
    assert (bpr[4], bpr[7], bpr[13], bpr[16]) == ("ACH", "999999992", "999999992", "20260330")


def test_interest_told_on_claims_is_paid_beside_them():
    text = wire(PAYMENTS["interest"])
    assert interest_beside(PAYMENTS["interest"].claims) == dollars("-1.25")
    assert told(text.replace("*L6:ICNA1*-1.25", "*WO:ICNA1*-1.25")) == ["segment 4 (BPR02): the claims tell interest of 1.25 (AMT I), and the provider-level adjustments pay 0.00 of it (L6)"]


def test_no_payment_is_below_nothing():
    with pytest.raises(ValueError, match="Carry the balance forward"):
        wire(payment(reversals=PAYMENTS["taken back"].reversals))


def test_an_answer_to_a_claim_never_sent_is_refused():
    with pytest.raises(ValueError, match="account ZZ, and no such claim"):
        wire(payment(replace(PLAIN, account="ZZ")))


FAULTS = [("CLP*A1*1*150*64*", "CLP*A1*1*150*65*", "segment 15 (CLP04): claim A1 does not balance: charge 150.00 less all adjustments 86.00 is 64.00, but 65.00 is told as paid"),
          ("SVC*HC:TX113*120*64*", "SVC*HC:TX113*120*60*", "segment 20 (SVC03): service 1 (TX113) does not balance: charge 120.00 less adjustments 56.00 is 64.00, but 60.00 is told as paid; 4.00 is not accounted for"),
          ("SVC*HC:J1885*30*0", "SVC*HC:J1885*31*1", "segment 15 (CLP03): claim A1: its services were charged 151.00, the claim 150.00"),
          ("*16*12*ICNA1", "*15*12*ICNA1", "segment 15 (CLP05): claim A1: the patient's share is told as 15.00, but the adjustments under PR come to 16.00"),
          ("BPR*I*64*", "BPR*I*60*", "segment 4 (BPR02): the payment does not balance: the claims come to 64.00 and the provider-level adjustments take 0.00, which leaves 64.00; the payment is 60.00"),
          ("CAS*PR*2*16", "CAS*PR*2*sixteen", 'segment 23 (CAS03): "sixteen" is no amount'),
          ("CAS*PR*2*16", "CAS*PR**16", "segment 23 (CAS02): the amount 16 has no reason before it"),
          ("DTM*472*20260310", "DTM*472*20261310", 'segment 21 (DTM02): "20261310" is no date of the form CCYYMMDD'),
          ("PER*BL*Provider line*TE*5555550111~\n", "", "segment 7 (N1): loop 1000A, which begins here, lacks its segment PER with BL"),
          ("LX*1~\n", "", "segment 14 (CLP): a claim stands in loop 2000, and no LX has opened one"),
          ("835*0009", "834*0009", "segment 3 (ST01): 834 005010X221A1 is no remittance; an 835 of 005010X221A1 is read here"),
          ("SE*30", "SE*29", "segment 32 (SE01): it counts 29, but there are 30 segments, ST and SE included")]


@pytest.mark.parametrize("was, becomes, sentence", FAULTS)
def test_each_fault_is_a_sentence_with_its_segment(was, becomes, sentence):
    text = wire(PAYMENTS["plain"])
    assert was in text
    assert sentence in told(text.replace(was, becomes, 1))


COB = ["segment 4 (BPR16): the day of the payment is missing", "segment 8 (N1): loop 1000A, which begins here, lacks its segment PER with BL"]


@pytest.mark.parametrize("name, services", [("cob-contractural-adjustment.835", (21,)), ("secondary-payment.835", (29, 34))])
def test_samples_of_others_balance_and_lack_what_they_lack(name, services):
    text = sample(f"linuxforhealth/{name}")
    said = told(text)
    assert set(COB) < set(said) and len(said) == 2 + len(services) and all(f"segment {number} (SVC01)" in " ".join(said) for number in services)
    reader = Reader(text)
    assert write(list(reader), reader.delimiters, tail=reader.tail) == text


def test_a_sample_with_its_components_parted_as_its_isa_says_is_read_to_the_line():
    text = sample("linuxforhealth/secondary-payment.835").replace("HC>", "HC:").replace(">26", ":26")
    claim = read_remittance(text).claims[1]
    assert [(line.procedure, line.modifiers, line.paid) for line in claim.services] == [("12345", ("26",), dollars("30.00")), ("66543", ("26",), dollars("280.00"))]


cents = st.decimals("0.00", "9999.99", places=2)
entries = st.lists(st.tuples(st.sampled_from(["CO", "PR", "OA", "PI"]), st.sampled_from(["1", "2", "3", "45", "59", "97", "253", "A1", "23"]), cents), max_size=9)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(cents, entries), min_size=1, max_size=6), st.lists(cents, max_size=8))
def test_any_remittance_comes_back_to_the_cent_and_balanced(rows, beside):
    lines = [decided(number, str(paid + sum((amount for _, _, amount in given), dollars("0.00"))), str(paid), *((g, c, str(a)) for g, c, a in given)) for number, (paid, given) in enumerate(rows, 1)]
    paid = payment(answer(*lines))
    read = read_remittance(wire(paid))
    got, had = figures(read, paid)
    assert read.faults == () and got == had and [service.paid for service in read.claims[0].services] == [line.paid for line in lines]


def test_what_the_engine_decides_travels_whole():
    sent, decision = adjudicated()
    read = read_remittance(write_remittance(payment(decision), CHECK, {sent.account: sent}, AT, 9))
    assert read.faults == () and (read.claims[0].charge, read.claims[0].paid) == (decision.charge, decision.paid)


def big(claims):
    """The pieces of an 835 with that many claims, made one by one."""
    body = wire(payment(*[PLAIN] * 1)).splitlines(keepends=True)
    first, last = next(n for n, s in enumerate(body) if s.startswith("CLP")), next(n for n, s in enumerate(body) if s.startswith("SE"))
    yield "".join(body[:first]).replace("BPR*I*64*", f"BPR*I*{64 * claims}*")
    for _ in range(claims):
        yield "".join(body[first:last])
    yield body[last].replace("SE*30", f"SE*{30 + (claims - 1) * (last - first)}") + "".join(body[last + 1:])


def test_a_long_remittance_is_read_in_the_memory_of_a_short_one():
    peaks = []
    for claims in (800, 3200):   # past what the interpreter keeps for itself
        faults = []
        tracemalloc.start()
        kinds = [type(part) for part in payments(big(claims), faults) if isinstance(part, (Opening, Closing))]
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert faults == [] and kinds == [Opening, Closing]
    assert peaks[1] < peaks[0] + 150_000


def test_a_stay_and_a_provider_number_are_never_mixed_up():
    assert read_remittance(wire(payment(WHOLE))).opening.payee_npi == NPI
