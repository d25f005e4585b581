"""A claim being worked: a resend is a duplicate, a replacement and a reopening are not, a rejection leaves no trace, and the days pass."""

from dataclasses import replace
from datetime import date

import pytest

from billing.answer import Outcome, Rejection
from billing.policy import Reason, Remedies, Simple, TimelyFiling
from scoring.course import REOPENING
from tests.billing.made import policy
from tests.scoring.made import PAIRS, course, days

CLEAN = course().case.clean
REOPENS = policy(procedure_pairs=PAIRS, remedies=Remedies("new-claim", "new-claim", "reopening", "redetermination", 120, 5, 365))


def first_reason(answer) -> str:
    return f"{answer.findings[0].group}-{answer.findings[0].carc}" if answer.findings else ""


def test_an_adjudicated_claim_sent_again_is_a_duplicate():
    again = course().send(CLEAN).send(CLEAN).sendings[1].answer
    assert again.outcome is Outcome.DENIED and {line.adjustments[0].carc for line in again.lines} == {"18"} and first_reason(again) == "OA-18"


def test_a_denied_line_sent_again_unchanged_is_a_duplicate_and_a_mended_one_is_not():
    one = course()
    again = one.send(one.case.start).send(CLEAN).sendings[1].answer
    assert [line.outcome for line in again.lines] == [Outcome.PAID, Outcome.DENIED, Outcome.DENIED]


def test_a_replacement_that_names_the_claim_is_no_duplicate():
    one = course().send(course().case.start)
    sent = one.send(replace(CLEAN, frequency_code="7", original_reference=one.sendings[0].answer.control_number))
    assert sent.sendings[1].answer.outcome is Outcome.PAID and sent.settled


def test_a_replacement_of_a_claim_the_payer_never_answered_is_rejected():
    one = course().send(course().case.start)
    sent = one.send(replace(CLEAN, frequency_code="7", original_reference="999"))
    assert isinstance(sent.sendings[1].answer, Rejection)


def test_a_rejection_leaves_no_trace():
    sent = course().send(replace(CLEAN, member_id="X")).send(CLEAN)
    assert isinstance(sent.sendings[0].answer, Rejection) and sent.sendings[1].answer.outcome is Outcome.PAID


def test_an_unprocessable_claim_leaves_no_trace():
    payer = policy(procedure_pairs=PAIRS, diagnosis_validity=Simple(Reason("CO", "16", ("M76", "MA130"), "unprocessable")))
    sent = course(payer=payer).send(replace(CLEAN, diagnoses=("E11", "L57.0"))).send(CLEAN)
    assert [each.answer.outcome for each in sent.sendings] == [Outcome.UNPROCESSABLE, Outcome.PAID]


def test_the_claim_that_went_before_is_in_the_payers_records():
    one = course("decide-on-a-denial")
    assert first_reason(one.send(one.case.start).sendings[0].answer) == "OA-18"


def test_a_rejection_costs_a_day_and_an_adjudicated_claim_the_payers_days():
    one = course()
    assert one.today == date(2026, 3, 20)
    rejected = one.send(replace(CLEAN, member_id="X"))
    assert rejected.today == date(2026, 3, 21)
    assert rejected.send(CLEAN).today == date(2026, 3, 21) + days(14)


def test_sent_on_after_the_limit_the_same_claim_is_late():
    payer = policy(procedure_pairs=PAIRS, timely_filing=TimelyFiling(Reason("CO", "29"), days=12))
    one = course(payer=payer, today=date(2026, 3, 21))
    assert one.send(CLEAN).sendings[0].answer.outcome is Outcome.PAID
    late = one.send(replace(CLEAN, member_id="X")).send(CLEAN)
    assert first_reason(late.sendings[1].answer) == "CO-29"


def test_a_corrected_claim_runs_from_the_remittance_and_not_from_the_service():
    payer = policy(procedure_pairs=PAIRS, timely_filing=TimelyFiling(Reason("CO", "29"), days=12), remedies=Remedies("new-claim", "new-claim", "corrected-claim", "appeal", 60, 0, 30))
    one = course("decide-on-a-denial", payer=payer, today=date(2026, 4, 17))   # the remittance is of 18 March
    mended = replace(CLEAN, frequency_code="7", original_reference=one.before.control_number)
    assert one.send(mended).sendings[0].answer.outcome is Outcome.PAID
    late = course("decide-on-a-denial", payer=payer, today=date(2026, 4, 18))
    assert first_reason(late.send(mended).sendings[0].answer) == "CO-29"


def test_the_deadline_that_is_asked_is_the_last_day_the_payer_takes_the_corrected_claim():
    payer = policy(procedure_pairs=PAIRS, timely_filing=TimelyFiling(Reason("CO", "29"), days=12), remedies=Remedies("new-claim", "new-claim", "corrected-claim", "appeal", 60, 0, 30))
    one = course("decide-on-a-denial", payer=payer, today=date(2026, 3, 20))
    assert next(ask.key for ask in one.first_asks if ask.id == "deadline") == "2026-04-17"


def test_a_reopening_decides_the_claim_anew_without_a_duplicate_and_without_the_filing_limit():
    payer = replace(REOPENS, rules={**REOPENS.rules, "timely-filing": policy(timely_filing=TimelyFiling(Reason("CO", "29"), days=12)).rules["timely-filing"]})
    one = course("decide-on-a-denial", payer=payer, today=date(2026, 6, 1))
    assert one.reopens
    sent = one.send(CLEAN, REOPENING)
    answer = sent.sendings[0].answer
    assert answer.outcome is Outcome.PAID and answer.received == date(2026, 3, 10) and answer.adjudicated == sent.today == date(2026, 6, 15)


def test_a_payer_that_reopens_takes_no_replacement():
    one = course("decide-on-a-denial", payer=REOPENS)
    assert isinstance(one.send(replace(CLEAN, frequency_code="7", original_reference=one.before.control_number)).sendings[0].answer, Rejection)


@pytest.mark.parametrize("claim, settled", [(CLEAN, True), (course().case.start, False), (replace(CLEAN, member_id="X"), False)])
def test_a_claim_is_settled_when_its_answer_is_as_good_as_the_clean_ones(claim, settled):
    assert course().send(claim).settled is settled


def test_a_stored_sending_keeps_the_answer_it_was_given():
    one = course().send(course().case.start)
    first = one.sendings[0]
    again = course().with_answer(first.claim, first.way, first.answer)
    assert again.sendings == one.sendings and again.today == one.today and again.marks(1) == one.marks(1)


def test_what_is_asked_of_a_sending_is_about_its_own_answer():
    one = course().send(replace(CLEAN, member_id="X")).send(CLEAN)
    assert [next(ask.key for ask in one.asks_after(n) if ask.id == "outcome") for n in (1, 2)] == ["rejected", "paid"]
