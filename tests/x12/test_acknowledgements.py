"""The answers before any payer decides, and an independent judge over them and over the claims."""

import pytest

from billing.answer import Finding, Outcome, Rejection
from billing.x12.acknowledgements import acknowledge, read_claim_acknowledgement, read_file_acknowledgement, write_claim_acknowledgement
from billing.x12.claims import write_claims
from tests.x12.judging import pyx12_says
from tests.x12.made import AT, PARTIES, PRIOR, institutional, professional, sample, secondary
from tests.billing.made import DAY, claim, coverage, policy
from tests.billing.test_adjudication import answer


def rejection(claim):
    return Rejection("made", claim.account, DAY, (Finding("member_found", Outcome.REJECTED, 0, "not on file", None, category="A3", status="33", entity="IL"),), ())


def paid(claim):
    return answer(claim, policy(), coverage())


@pytest.mark.parametrize("claim", [professional(), secondary(), institutional(), institutional(prior_payment=PRIOR), institutional(type_of_bill="0117")])
def test_pyx12_finds_nothing_wrong_with_a_claim(claim):
    assert pyx12_says(write_claims([claim], PARTIES, AT, 7)) == ""


def test_pyx12_is_not_blind():
    assert pyx12_says(write_claims([professional()], PARTIES, AT, 7).replace("SBR*P*18*", "SBR*P*99*")) != ""


def test_a_file_that_can_be_read_is_accepted():
    got = acknowledge(write_claims([professional(), secondary()], PARTIES, AT, 7), AT, 8)
    assert got.accepted and read_file_acknowledgement(got.acknowledgement)[0] == "A" and pyx12_says(got.acknowledgement) == ""


def test_a_claim_without_its_patient_is_rejected_at_its_segment():
    text = write_claims([professional()], PARTIES, AT, 7).replace("NM1*IL*1*Okafor*Ruth****MI*M1234~\n", "")
    got = acknowledge(text, AT, 8)
    code, sets, faults = read_file_acknowledgement(got.acknowledgement)
    assert (got.accepted, code, sets[0].code, faults) == (False, "R", "R", ()) and sets[0].complaints and pyx12_says(got.acknowledgement) == ""


def test_a_wrong_segment_count_rejects_the_set():
    got = acknowledge(write_claims([professional()], PARTIES, AT, 7).replace("\nSE*", "\nSE*9"), AT, 8)
    assert not got.accepted and read_file_acknowledgement(got.acknowledgement)[1][0].code == "R"


def test_control_numbers_that_differ_refuse_the_interchange_by_ta1():
    got = acknowledge(write_claims([professional()], PARTIES, AT, 7).replace("IEA*1*000000007", "IEA*1*000000008"), AT, 9)
    assert not got.accepted and "TA1*000000007*" in got.ta1 and "*R*" in got.ta1


def test_what_is_no_x12_is_told_in_a_sentence():
    got = acknowledge(sample("imsweb/x12_no_isa_line.txt"), AT, 8)
    assert not got.accepted and "ISA" in str(got.faults[0])


def test_a_claim_acknowledgement_tells_the_accepted_from_the_rejected():
    good, bad = claim(), claim(account="A2")
    text = write_claim_acknowledgement([(good, paid(good)), (bad, rejection(bad))], PARTIES, AT, 9)
    statuses, faults = read_claim_acknowledgement(text)
    assert faults == () and [(s.account, s.accepted, s.statuses) for s in statuses] == [("A1", True, (("A2", "20", ""),)), ("A2", False, (("A3", "33", "IL"),))]
    assert pyx12_says(text) == ""


def test_a_sample_of_each_is_read():
    statuses, faults = read_claim_acknowledgement(sample("imsweb/x12_277CA_accepted.txt"))
    assert statuses and all(s.accepted for s in statuses) and [str(fault) for fault in faults] == ["segment 18 (TRN): loop 2200C, which begins here, lacks its segment STC"]
    code, sets, faults = read_file_acknowledgement(sample("imsweb/x12_999_accepted.txt"))
    assert code == "A" and sets[0].code == "A" and [fault.id for fault in faults] == ["IEA"]
