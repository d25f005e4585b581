"""What a hospital does about an answer: a returned bill is mended and sent anew, an answered one adjusted, a wrong decision appealed; by which day."""

from datetime import date

from billing.institutional.next_step import next_institutional_step
from billing.next_step import Action
from tests.institutional.made import HOSPITAL, IN, PART_A, answer, dx, earlier, member, payer, service, stay, visit


def step(claim, known=None, sent=None, **more):
    got = answer(sent or claim, known)
    return next_institutional_step(got, claim, payer(claim.payer), **more)


def test_a_rejected_bill_is_sent_anew_within_a_year_of_its_last_day():
    found = step(stay(), sent=stay(member_id="2S34D56EF78"))
    assert (found.action, found.deadline) == (Action.NEW_CLAIM, date(2027, 3, 14))


def test_a_returned_bill_is_mended_and_sent_anew_and_never_appealed():
    found = step(stay(), sent=stay(values=()), mended_pays_more=True, payer_is_wrong=True)
    assert (found.action, found.deadline) == (Action.NEW_CLAIM, date(2027, 3, 14))


def test_an_answered_bill_is_adjusted_within_a_year_of_its_last_day():
    found = step(stay(), sent=stay(other_diagnoses=()), overpaid=False)
    assert found.action is Action.POST
    found = step(visit(), sent=visit(principal_diagnosis=dx("I10", "")), mended_pays_more=True)
    assert (found.action, found.deadline) == (Action.CORRECTED_CLAIM, date(2027, 3, 10))


def test_too_much_paid_is_given_back_by_an_adjustment():
    found = step(stay(other_diagnoses=()), sent=stay(), overpaid=True)
    assert (found.action, found.deadline) == (Action.CORRECTED_CLAIM, date(2027, 3, 14))


def test_a_wrong_denial_goes_to_redetermination_120_days_after_the_notice_and_five_for_the_mail():
    # received 2026-03-20, answered 2026-04-03
    found = step(visit(), sent=visit(principal_diagnosis=dx("I10", "")), payer_is_wrong=True)
    assert (found.action, found.deadline) == (Action.APPEAL, date(2026, 8, 6))


def test_a_duplicate_is_followed_up_and_not_sent_again():
    assert step(stay(), member(earlier_bills=(earlier(),))).action is Action.FOLLOW_ORIGINAL


def test_services_in_the_payment_window_are_written_off_the_outpatient_account():
    known = member(earlier_bills=(earlier(stay(admission_date=IN, statement_from=IN)),))
    found = step(visit(service()), known)
    assert found.action is Action.WRITE_OFF and HOSPITAL == visit().billing.npi and payer(PART_A).real
