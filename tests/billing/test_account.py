"""An account from the first question to the last cent: what each action brings, what the days bring, and what is due when."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from billing.account import forms
from billing.account.actions import Appeal, AskStatus, Authorize, Call, Close, Note, PaymentPlan, Post, Refund, Send, Statement, Verify, Wait, WriteOff
from billing.account.best import best, right_posting
from billing.account.clocks import due
from billing.account.fold import Refused, act, begin, fold
from billing.account.world import Clocks, PatientSide, PayerSide, Takeback, World
from billing.answer import Rejection
from billing.coverage import Authorization
from billing.money import ZERO
from tests.billing.made import DAY, Books, claim, coverage, dollars, flat, line, policy

OTHER = "other"
GIVEN = Authorization("PA77", "TX113", DAY, DAY, 1)


def world(side=None, patient=PatientSide(), second=None, clean=None, **rules):
    side = side or PayerSide("made", coverage(), coverage())
    policies = {"made": policy(**rules), OTHER: replace(policy(**rules), payer=OTHER, name="Other Payer")}
    return World("A1", DAY - timedelta(days=10), DAY, clean or claim(), (side, *((second,) if second else ())), patient, Clocks(60, "cfr-42-401 §401.305"), policies, Books())


def posted(account, number):
    return act(account, Post(number, *right_posting(account, account.arrival(number))))


def kinds(account):
    return [arrival.kind for arrival in account.arrivals]


def test_a_claim_is_acknowledged_twice_and_then_paid():
    account = fold(world(), [Wait(10), Send("made", claim()), Wait(14)])
    assert [(a.kind, (a.day - DAY).days) for a in account.arrivals] == [("999", 0), ("277CA", 1), ("835", 14)]
    assert account.collected == dollars("80.00")


def test_nothing_goes_out_before_the_service():
    with pytest.raises(Refused, match="has not been given yet"):
        fold(world(), [Send("made", claim())])


def test_a_rejected_claim_is_never_adjudicated_and_its_filing_clock_runs_on():
    account = fold(world(), [Wait(10), Send("made", claim(member_id="wrong")), Wait(30)])
    assert kinds(account) == ["999", "277CA"] and isinstance(account.arrivals[1].content, Rejection)
    assert [(each.what, each.day) for each in due(account)] == [("file", DAY + timedelta(days=90))]


def test_the_same_claim_again_is_a_duplicate_and_a_corrected_one_is_not():
    again = fold(world(), [Wait(10), Send("made", claim()), Wait(14), Send("made", claim()), Wait(14)])
    assert again.sendings[1].answer.findings[0].edit == "duplicate"
    number = again.sendings[0].answer.control_number
    corrected = fold(world(), [Wait(10), Send("made", claim()), Wait(14), Send("made", claim(frequency_code="7", original_reference=number)), Wait(14)])
    payment = corrected.arrivals[-1].content
    assert payment.claims[0].paid == dollars("80.00") and payment.reversals[0].of.control_number == number and payment.amount == ZERO


def test_posting_moves_the_balance_and_the_patient_pays_his_statement():
    account = posted(fold(world(), [Wait(10), Send("made", claim()), Wait(14)]), 3)
    assert (account.balance, account.patient_owes) == (dollars("20.00"), dollars("20.00"))
    account = act(act(account, Statement(dollars("20.00"))), Wait(21))
    assert account.balance == ZERO and account.collected == dollars("100.00") and account.breaches == ()


def test_an_authorization_is_given_before_the_service_and_refused_after_it():
    side = PayerSide("made", coverage(), coverage(), authorization=GIVEN, authorization_days=2)
    before = fold(world(side), [Authorize("made"), Wait(2)])
    after = fold(world(side), [Wait(11), Authorize("made"), Wait(2)])
    assert "PA77" in before.arrivals[-1].content and before.files["made"].authorizations[0].number == "PA77"
    assert after.arrivals[-1].content.startswith("Refused") and after.files["made"].authorizations == ()


def test_status_is_not_found_then_pending_then_paid():
    account = fold(world(), [Wait(10), AskStatus("made"), Send("made", claim()), Wait(3), AskStatus("made"), Wait(11), AskStatus("made")])
    assert [a.content for a in account.arrivals if a.kind == "277"] == ["not-found", "pending", "paid"]


def test_a_call_tells_in_words_what_the_codes_meant():
    account = fold(world(), [Wait(10), Send("made", claim(member_id="wrong")), Wait(1), Call("made")])
    assert account.arrivals[-1].content == account.arrivals[1].content.findings[0].why


def test_an_appeal_wins_on_the_facts_and_only_in_time():
    side = PayerSide("made", coverage(), coverage(begins=DAY + timedelta(days=1)))
    sent = fold(world(side), [Wait(10), Send("made", claim()), Wait(14)])
    won = act(act(sent, Appeal(1)), Wait(30))
    late = act(act(act(sent, Wait(61)), Appeal(1)), Wait(30))
    assert sent.collected == ZERO and won.collected == dollars("80.00")
    assert late.arrivals[-1].content.startswith("Dismissed") and late.collected == ZERO


def test_an_appeal_against_a_right_denial_is_upheld():
    side = PayerSide("made", coverage(begins=DAY + timedelta(days=1)), coverage(begins=DAY + timedelta(days=1)))
    account = fold(world(side), [Wait(10), Send("made", claim()), Wait(14), Appeal(1), Wait(30)])
    assert account.arrivals[-1].content.startswith("Upheld")


def test_what_a_payer_paid_twice_goes_back_within_its_days():
    side = PayerSide("made", coverage(), coverage(), pays_twice_days=5)
    kept = fold(world(side), [Wait(10), Send("made", claim()), Wait(19)])
    assert [(d.what, d.day) for d in due(kept)] == [("refund", DAY + timedelta(days=79))]
    assert act(kept, Wait(60)).breaches == () and [b.slug for b in act(kept, Wait(61)).breaches] == ["overpayment-kept"]
    back = act(kept, Refund("made", dollars("80.00")))
    assert act(back, Wait(61)).breaches == () and back.collected == dollars("80.00")


def test_a_second_payment_of_one_claim_is_posted_beside_the_first_and_makes_a_credit():
    side = PayerSide("made", coverage(), coverage(), pays_twice_days=5)
    account = posted(posted(fold(world(side), [Wait(10), Send("made", claim()), Wait(19)]), 3), 4)
    assert account.balance == dollars("-60.00") and account.patient_share == dollars("20.00")


def test_a_takeback_takes_the_payment_and_its_posting():
    side = PayerSide("made", coverage(), coverage(), takeback=Takeback(40, "another payer was first"))
    account = posted(posted(fold(world(side), [Wait(10), Send("made", claim()), Wait(54)]), 3), 4)
    assert account.collected == ZERO and account.balance == account.charge and account.arrivals[-1].content.amount == ZERO


def test_a_payer_passes_the_claim_on_and_a_claim_of_ones_own_is_then_a_duplicate():
    side, second = PayerSide("made", coverage(), coverage(), crossover_to=OTHER), PayerSide(OTHER, coverage(), coverage())
    from billing.edit_values import Reason, Secondary
    rules = {"secondary": Secondary("standard", Reason("CO", "22"))}
    account = fold(world(side, second=second, **rules), [Wait(10), Send("made", claim()), Wait(14)])
    own = forms.passed_on(claim(), account.answered("made"), OTHER, second.truth)
    account = fold(world(side, second=second, **rules), [Wait(10), Send("made", claim()), Wait(14), Send(OTHER, own), Wait(20)])
    assert [s.by_crossover for s in account.sendings] == [False, True, False]
    assert account.sendings[1].answer.paid == dollars("20.00") and account.sendings[2].answer.findings[0].edit == "duplicate"


def test_the_patient_may_be_billed_for_the_share_and_for_no_more():
    account = posted(fold(world(), [Wait(10), Send("made", claim()), Wait(14)]), 3)
    assert [b.slug for b in act(account, Statement(dollars("20.01"))).breaches] == ["balance-billed"]


def test_a_protected_patient_is_never_billed():
    account = posted(fold(world(patient=PatientSide(protected=True)), [Wait(10), Send("made", claim()), Wait(14)]), 3)
    assert [b.slug for b in act(account, Statement(dollars("20.00"))).breaches] == ["protected-patient-billed"]


def test_waiving_the_share_as_a_courtesy_is_a_breach_and_hardship_is_not():
    account = posted(fold(world(), [Wait(10), Send("made", claim()), Wait(14)]), 3)
    assert [b.slug for b in act(account, WriteOff(dollars("20.00"), "courtesy")).breaches] == ["share-waived"]
    assert act(account, WriteOff(dollars("20.00"), "hardship")).breaches == ()


def test_a_plan_pays_the_share_in_equal_months_to_the_cent():
    patient = PatientSide(pays_in_full=False, plan_months=3)
    account = posted(fold(world(patient=patient), [Wait(10), Send("made", claim()), Wait(14)]), 3)
    account = act(act(account, PaymentPlan(3)), Wait(90))
    assert account.balance == ZERO and [str(a.content) for a in account.arrivals if a.kind == "patient-payment"] == ["6.67", "6.67", "6.66"]


def test_late_payment_earns_interest_outside_the_claims_balance():
    side = PayerSide("made", coverage(), coverage(), turnaround_days=30, late_days=20, interest_percent=dollars("10"), prompt_days=30)
    account = fold(world(side), [Wait(10), Send("made", claim()), Wait(50)])
    answer = account.answered("made")
    assert answer.interest == dollars("0.44") and answer.paid == dollars("80.00") and account.collected == dollars("80.44")


def test_a_note_promises_a_day():
    account = fold(world(), [Wait(10), Note("Ms Reed", "R-88", "Claim is in process.", "Ask again.", DAY + timedelta(days=30))])
    assert ("follow-up", DAY + timedelta(days=30)) in [(d.what, d.day) for d in due(account)] and account.touches == 0


def test_a_closed_account_takes_nothing_more():
    with pytest.raises(Refused, match="closed"):
        fold(world(), [Close(), Wait(1)])


@pytest.mark.parametrize("patient", [PatientSide(), PatientSide(at_the_desk=dollars("50.00")), PatientSide(pays_in_full=False, plan_months=2), PatientSide(never_pays=True), PatientSide(protected=True)])
@pytest.mark.parametrize("side", [PayerSide("made", coverage(), coverage()), PayerSide("made", coverage(), coverage(begins=DAY + timedelta(days=1))),
                                  PayerSide("made", coverage(), coverage(), pays_twice_days=9), PayerSide("made", coverage(), coverage(), authorization=GIVEN)])
def test_the_careful_way_ends_at_zero_without_a_breach(side, patient):
    actions, account = best(world(side, patient))
    assert account.balance == ZERO and account.breaches == () and fold(world(side, patient), actions).collected == account.collected
