"""Eligibility and claim status over the wire: asked, answered, judged by another's parser, and read back."""

from dataclasses import replace
from datetime import date

import pytest

from billing.claim_status import status_of
from billing.answer import Rejection
from billing.coverage import OtherCoverage
from billing.eligibility import Inquiry, answer_inquiry
from billing.x12.eligibility import read_inquiry, read_response, write_inquiry, write_response
from billing.x12.status import read_status_questions, read_statuses, write_status, write_status_question
from billing.x12.wire import Reader, write
from tests.billing.made import Identifiers, coverage, policy
from tests.x12.made import AT, BILLING, PARTIES, sample
from tests.x12.made_payments import AFTER, DENTAL, PAID_ON, PLAIN, SECOND, STAY, TEETH, VISIT, WHOLE, answer, decided, dollars

ASKED = Inquiry("Brandt Family Medicine", BILLING.npi, "M1234", "Okafor", "Ruth", date(1961, 5, 4), date(2026, 3, 1))
LEFT = date(2026, 4, 1)


def answered(asked=ASKED, **changes):
    return answer_inquiry(policy(), [coverage(**changes)], asked)


def x12sdk_reads(text):
    """The types of transaction that x12sdk makes of a text; it raises where the guide is broken."""
    io = pytest.importorskip("x12sdk.io")
    with io.X12ModelReader(text) as reader:
        return [type(model).__name__ for model in reader.models()]


def test_a_question_is_read_back_as_it_was_asked():
    asked = replace(ASKED, service_types=("30", "98", "AL"), trace="T77")
    text = write_inquiry(asked, PARTIES, AT, 3)
    read = read_inquiry(text)
    assert read.faults == () and read.inquiries == (asked,) and x12sdk_reads(text) == ["EligibilityInquiry"]


OTHERS = (OtherCoverage("x", "Xeno Health", date(2020, 1, 1)),)


@pytest.mark.parametrize("known", [{}, {"ends": date(2026, 2, 1)}, {"ends": date(2026, 12, 31)}, {"primary_care": "Dr Lee", "primary_elsewhere": OTHERS}], ids=str)
def test_an_answer_is_read_back_as_it_was_given(known):
    response = answered(**known)
    read = read_response(write_response(ASKED, response, PARTIES, AT, 4))
    assert read.faults == () and read.response == response and (read.member, read.payer) == ("Okafor, Ruth", "Made Payer")


@pytest.mark.parametrize("known", [{}, {"ends": date(2026, 2, 1)}])   # x12sdk wants an identifier of whoever a benefit names, where the guide does not
def test_another_parser_reads_our_answers(known):
    assert x12sdk_reads(write_response(ASKED, answered(**known), PARTIES, AT, 4)) == ["EligibilityBenefit"]


REFUSED = [({"member_id": "M99"}, "72", "M99 is no member id of Made Payer: it is M and four digits."), ({"member_id": "M9999"}, "75", "Made Payer has no member with the id M9999."),
           ({"birth_date": None}, "58", "The question gives no birth date."), ({"birth_date": date(1961, 4, 5)}, "71", "The birth date asked with, 1961-04-05, is not the one on file."),
           ({"last_name": "Okafort"}, "73", "The name asked with, Okafort, is not the one on file.")]


@pytest.mark.parametrize("changes, reason, why", REFUSED, ids=[reason for _, reason, _ in REFUSED])
def test_a_member_who_does_not_match_is_refused_and_told_why(changes, reason, why):
    asked = replace(ASKED, **changes)
    response = answered(asked)
    assert [(each.reason, each.action, each.why) for each in response.rejections] == [(reason, "C", why)] and response.lines == () and not response.active
    read = read_response(write_response(asked, response, PARTIES, AT, 5))
    assert read.faults == () and [each.reason for each in read.response.rejections] == [reason]


def test_a_payer_without_a_form_of_id_only_fails_to_find():
    asked = replace(ASKED, member_id="anything")
    assert [each.reason for each in answer_inquiry(policy(identifiers=None), [coverage()], asked).rejections] == ["75"]
    assert [each.reason for each in answer_inquiry(policy(identifiers=Identifiers("any.*", "any")), [coverage()], asked).rejections] == ["75"]


def test_the_name_is_matched_without_regard_to_capitals():
    assert answered(replace(ASKED, last_name="OKAFOR")).rejections == ()


STATES = [(date(2026, 3, 13), "D0", "35"), (date(2026, 3, 14), "P1", "20"), (date(2026, 3, 29), "P1", "20"), (PAID_ON, "F0", "3"), (date(2026, 3, 31), "F0", "3"), (LEFT, "F1", "65")]


@pytest.mark.parametrize("asked, category, status", STATES, ids=str)
def test_the_days_of_a_claim_by_its_status(asked, category, status):
    reply = status_of("A1", PLAIN.charge, PLAIN, asked, paid_on=LEFT, trace_number="T1")
    assert (reply.category, reply.status) == (category, status)
    assert (reply.paid_on, reply.trace_number) == ((LEFT, "T1") if asked >= LEFT else (None, ""))


def test_what_was_never_sent_or_was_rejected_is_not_found():
    rejected = Rejection("made", "A1", date(2026, 3, 14), (), ())
    assert [status_of("A1", PLAIN.charge, each, LEFT).category for each in (None, rejected)] == ["D0", "D0"]
    assert status_of("A1", PLAIN.charge, None, LEFT, received=date(2026, 3, 14)).category == "P1"


def test_a_denial_and_a_claim_that_pays_nothing_are_told_apart():
    denied, nothing = answer(decided(1, "120.00", "0.00", ("CO", "29", "120.00"))), answer(decided(1, "120.00", "0.00", ("PR", "1", "120.00")))
    assert [status_of("A1", each.charge, each, LEFT, paid_on=LEFT).category for each in (denied, nothing)] == ["F2", "F4"]


@pytest.mark.parametrize("claim, decision", [(VISIT, PLAIN), (SECOND, AFTER), (STAY, WHOLE), (TEETH, DENTAL)], ids=["visit", "child", "stay", "teeth"])
def test_a_status_is_asked_and_answered_over_the_wire(claim, decision):
    text = write_status_question(claim, PARTIES, AT, 5, decision.control_number)
    read = read_status_questions(text)
    assert read.faults == () and x12sdk_reads(text) == ["HealthCareClaimsStatusRequest"]
    assert [(each.account, each.patient, each.charge, each.control_number) for each in read.questions] == [(claim.account, "Okafor, Ruth", claim.charge, decision.control_number)]
    for asked in (date(2026, 1, 1), date(2026, 3, 20), PAID_ON, LEFT):
        reply = status_of(claim.account, claim.charge, decision, asked, paid_on=LEFT, trace_number="T1")
        answer_text = write_status(claim, reply, PARTIES, AT, 6)
        got = read_statuses(answer_text)
        assert got.faults == () and got.replies == (reply,) and x12sdk_reads(answer_text) == ["HealthCareClaimsStatusResponse"]


READERS = {"subscriber-health-benefit-check.270": read_inquiry, "subscriber-health-benefit-check.271": read_response, "claim-level-status.276": read_status_questions, "claim-level-status.277": read_statuses}


@pytest.mark.parametrize("name", READERS)
def test_samples_of_others_are_read_without_a_fault_and_written_back_to_the_byte(name):
    text = sample(f"linuxforhealth/{name}")
    reader = Reader(text)
    assert READERS[name](text).faults == () and write(list(reader), reader.delimiters, tail=reader.tail) == text


def test_a_sample_that_says_it_is_refused_is_read_and_its_control_number_told():
    read = read_response(sample("linuxforhealth/subscriber-health-benefit-check-error.271"))
    assert [(each.reason, each.action) for each in read.response.rejections] == [("50", "N")]
    assert [str(fault) for fault in read.faults] == ["segment 10 (SE02): its control number 4323 is not that of ST, 4321"]


def test_a_sample_of_copays_is_read_to_the_dollar():
    read = read_response(sample("linuxforhealth/subscriber-health-benefit-check.271"))
    assert [(line.code, line.amount) for line in read.response.lines if line.amount] == [("B", dollars("10.00")), ("B", dollars("30.00"))] and read.service_types[0] == ("30",)


BROKEN = [("HL*3*2*22*0~\n", "", "lacks"), ("DTP*291*D8*20260301~\n", "", "the question names no day (DTP 291)"), ("ST*270", "ST*271", "is not a 270"), ("DMG*D8*19610504", "DMG*D8*19611504", '"19611504" is no date')]


@pytest.mark.parametrize("was, becomes, sentence", BROKEN)
def test_a_broken_question_is_told_in_a_sentence(was, becomes, sentence):
    text = write_inquiry(ASKED, PARTIES, AT, 3)
    assert was in text
    told = " ".join(str(fault) for fault in read_inquiry(text.replace(was, becomes)).faults)
    assert sentence in told or (sentence == "lacks" and "no place" in told)
