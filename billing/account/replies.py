"""What the other side sends back: a payer's answer to a question, a claim, an appeal; the patient's money; a payer's second thoughts."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from billing.account import forms
from billing.account.actions import Appeal, AskStatus, Authorize, Call, Send, Verify
from billing.account.state import Account, Arrival, Entry, Sending
from billing.account.world import PayerSide
from billing.answer import Answer, Outcome, Remittance
from billing.claim import Provider
from billing.dental.eligibility import respond_dental
from billing.eligibility import BenefitLine, EligibilityResponse, respond
from billing.formulas import interest
from billing.money import ZERO
from billing.payment import Payment, ProviderAdjustment, Reversal
from billing.policy import PayerPolicy

ACKNOWLEDGED_DAYS = 1
"""A clearinghouse and a payer's front end answer by the next day (training's pace; the account's file says the rest)."""


def verify(account: Account, action: Verify) -> Account:
    """A 271 for the day of service, from the payer's own records."""
    side = account.world.side(action.payer)
    response = _eligibility(account.world.policies[side.payer], account.files[side.payer], account.world.service)
    return _coming(_told(account, "verify", f"Asked {_name(account, action.payer)} about the member (270)."), action.payer, "271", account.today, response)


def _eligibility(policy: PayerPolicy, member, on: date) -> EligibilityResponse:
    """As the payer's kind of plan answers: a dental plan by its classes, others by their benefits; where neither is on file, the coverage alone."""
    if policy.rule("dental-plans"):
        return respond_dental(policy, member, on)
    if policy.rule("benefits"):
        return respond(policy, member, on)
    active = member.begins <= on and (member.ends is None or on <= member.ends)
    number, plan = (getattr(member, name, "") for name in ("member_id", "plan"))
    return EligibilityResponse(policy.payer, number or getattr(member, "cardholder_id", ""), on, active, plan or getattr(member, "group_number", ""), (BenefitLine("1" if active else "6", text=f"coverage from {member.begins}" + (f" to {member.ends}" if member.ends else "")),))


def authorize(account: Account, action: Authorize) -> Account:
    """Asked before the service the payer authorizes what the record will need; afterwards it does not."""
    side = account.world.side(action.payer)
    account = _told(account, "authorize", f"Asked {_name(account, action.payer)} to authorize the services.")
    day = account.today + timedelta(days=side.authorization_days)
    if side.authorization is None:
        return _coming(account, action.payer, "authorization", day, "No authorization is needed for these services.")
    if account.today > account.world.service:
        return _coming(account, action.payer, "authorization", day, "Refused: the services are done already, and this payer authorizes nothing afterwards.")
    files = {**account.files, action.payer: forms.authorized(account.files[action.payer], side.authorization)}
    return _coming(account.having(files=files, authorized=account.authorized | {action.payer}), action.payer, "authorization", day, f"Authorized under the number {side.authorization.number}.")


def send(account: Account, action: Send) -> Account:
    """A claim goes out; it is acknowledged, then answered. What went before with the same payer is a duplicate unless it is replaced."""
    if account.today < account.world.service:
        raise ValueError("The service has not been given yet; a claim for it cannot go out.")
    side = account.world.side(action.payer)
    account = _told(account, "sent", f"Sent a claim to {_name(account, action.payer)}" + (" as a request to reopen." if action.way == "reopening" else "."), action.claim.charge)
    return submit(account, side, action.claim, action.way, account.today)


def submit(account: Account, side: PayerSide, claim, way: str, received: date, by_crossover: bool = False) -> Account:
    """The payer decides at once; its answer comes when its pace lets it."""
    reopened = account.answered(side.payer) if way == "reopening" else None
    if way == "reopening" and reopened is None:
        raise ValueError(f"{_name(account, side.payer)} has adjudicated nothing that it could reopen.")
    member = account.files[side.payer]
    replaced = forms.replaced_by(claim) or (reopened.control_number if reopened else "")
    if replaced:
        member = forms.forget(member, replaced)
    adjudicated = received + timedelta(days=side.turnaround_days + side.late_days)
    answer = forms.decide(account.world, side.payer, claim, member, reopened.received if reopened else received, adjudicated)
    answer = _with_interest(side, answer)
    answered = received + timedelta(days=ACKNOWLEDGED_DAYS) if forms.refused(answer) else adjudicated
    sending = Sending(len(account.sendings) + 1, side.payer, claim, way, received, answer, answered, by_crossover)
    account = account.having(sendings=(*account.sendings, sending), files={**account.files, side.payer: forms.keep(account.world, side.payer, member, claim, answer)})
    if not by_crossover and way == "claim":
        account = _coming(account, side.payer, "999", received, "Accepted: the file could be read.", sending.number)
        account = _coming(account, side.payer, "277CA", received + timedelta(days=ACKNOWLEDGED_DAYS), answer if forms.refused(answer) else "Accepted into adjudication.", sending.number)
    return account if forms.refused(answer) else _pays(account, side, sending, replaced)


def status(account: Account, action: AskStatus) -> Account:
    """A 277: what the payer can find of the last claim today."""
    sending = account.latest(action.payer)
    account = _told(account, "status", f"Asked {_name(account, action.payer)} what became of the claim (276).")
    if sending is None or forms.refused(sending.answer):
        text = "not-found"
    elif account.today < sending.answered:
        text = "pending"
    else:
        text = "paid" if sending.answer.paid else "denied"
    return _coming(account, action.payer, "277", account.today, text, sending.number if sending else 0)


def call(account: Account, action: Call) -> Account:
    """A representative reads out what stands behind the codes of the last answer."""
    answers = [arrival for arrival in account.arrivals if arrival.by == action.payer and arrival.kind in ("277CA", "835") and not isinstance(arrival.content, str)]
    account = _told(account, "call", f"Called {_name(account, action.payer)}.")
    if not answers:
        return _coming(account, action.payer, "call", account.today, "They have decided nothing yet that they could explain.")
    answer = answers[-1].content if answers[-1].kind == "277CA" else answers[-1].content.claims[-1]
    whys = [found.why for found in answer.findings if found.outcome is not Outcome.WARNING]
    return _coming(account, action.payer, "call", account.today, " ".join(whys) or "They allowed every service; nothing was refused.")


def appeal(account: Account, action: Appeal) -> Account:
    """The payer looks again at the claim as it was sent, with the record before it: on the true facts. A late appeal is dismissed."""
    sending = next((s for s in account.sendings if s.number == action.sending), None)
    if sending is None or not any(a.kind == "835" and a.sending == sending.number for a in account.arrivals):
        raise ValueError("There is no remittance for that claim to appeal.")
    side = account.world.side(sending.payer)
    account = _told(account, "appeal", f"Appealed to {_name(account, side.payer)}.")
    day = account.today + timedelta(days=side.appeal_days)
    held = account.world.policies[side.payer].rule("remedies")
    rule = held.on(sending.answer.received) if held else None
    if rule and account.today > sending.answer.adjudicated + timedelta(days=rule.mail_days + rule.appeal_days):
        return _coming(account, side.payer, "decision", day, f"Dismissed: {rule.appeal} must be filed within {rule.appeal_days} days.", sending.number)
    truth = forms.authorized(side.truth, side.authorization) if side.payer in account.authorized else side.truth
    member = forms.forget_bill(truth, sending.answer.control_number)
    again = forms.decide(account.world, side.payer, sending.claim, member, sending.received, day)
    if not isinstance(again, Remittance) or again.paid <= sending.answer.paid:
        return _coming(account, side.payer, "decision", day, "Upheld: the first decision stands.", sending.number)
    account = _coming(account, side.payer, "decision", day, "Overturned: the claim will be paid.", sending.number)
    won = Sending(len(account.sendings) + 1, side.payer, sending.claim, "appeal", sending.received, again, day)
    return _pays(account.having(sendings=(*account.sendings, won)), side, won, sending.answer.control_number)


def after(account: Account, arrival: Arrival) -> Account:
    """What an arrival sets off: a crossover, the patient's payment taken in."""
    if arrival.kind == "patient-payment":
        return account.having(patient_paid=account.patient_paid + arrival.content)
    if arrival.kind != "835":
        return account
    sending = account.sendings[arrival.sending - 1]
    side = account.world.side(arrival.by)
    if side.crossover_to and sending.way == "claim" and sending.answer.outcome is Outcome.PAID:
        other = account.world.side(side.crossover_to)
        passed = forms.passed_on(sending.claim, sending.answer, other.payer, account.files[other.payer])
        account = account.having(entries=(*account.entries, Entry(arrival.day, side.payer, "crossover", f"Passed the claim on to {_name(account, other.payer)}.")))
        return submit(account, other, passed, "claim", arrival.day, by_crossover=True)
    return account


def said(arrival: Arrival) -> str:
    """The timeline's words for what came; the content itself is shown as its paper."""
    if isinstance(arrival.content, str):
        return arrival.content
    return {"271": "An eligibility response came (271).", "277CA": "The claim was rejected (277CA).", "835": "A remittance came (835).",
            "takeback": "A remittance took an earlier payment back (835).", "patient-payment": "The patient paid."}[arrival.kind]


def amount(arrival: Arrival) -> Decimal | None:
    """The dollars that came with it."""
    if isinstance(arrival.content, Payment):
        return arrival.content.amount
    return arrival.content if isinstance(arrival.content, Decimal) else None


def _pays(account: Account, side: PayerSide, sending: Sending, replaced: str) -> Account:
    """The remittance of a decided claim; where it replaces an earlier one, that is reversed in the same payment. And what may follow it."""
    earlier = next((s.answer for s in account.sendings if isinstance(s.answer, Remittance) and s.answer.control_number == replaced and s is not sending), None) if replaced else None
    reversals = (Reversal(earlier),) if earlier else ()
    payment = _payment(account, side, sending, (sending.answer,), reversals)
    account = _coming(account, side.payer, "835", sending.answered, payment, sending.number)
    if side.pays_twice_days and sending.answer.paid and sending.way == "claim":
        day = sending.answered + timedelta(days=side.pays_twice_days)
        account = _coming(account, side.payer, "835", day, replace(payment, paid_on=day, trace_number=payment.trace_number + "2", reversals=()), sending.number)
    if side.takeback and sending.answer.paid and sending.way == "claim":
        day = sending.answered + timedelta(days=side.takeback.days)
        forward = ProviderAdjustment("FB", sending.answer.control_number, -sending.answer.paid)
        taken = replace(_payment(account, side, sending, (), (Reversal(sending.answer),)), paid_on=day, trace_number=payment.trace_number + "9", provider_adjustments=(forward,))
        account = _coming(account, side.payer, "takeback", day, taken, sending.number)
    return account


def _payment(account: Account, side: PayerSide, sending: Sending, claims, reversals) -> Payment:
    billing = getattr(account.world.clean, "billing", None) or Provider("The pharmacy", account.world.clean.pharmacy_npi)
    interest_paid = sum((claim.interest for claim in claims), ZERO)
    beside = (ProviderAdjustment("L6", claims[0].control_number, -interest_paid),) if interest_paid else ()
    return Payment(side.payer, billing.name, billing.npi, f"{sending.answered:%y%m%d}{sending.number:03d}", sending.answered, tuple(claims), tuple(reversals), beside)


def _with_interest(side: PayerSide, answer: Answer) -> Answer:
    """Interest for each day past the payer's limit, on what it pays."""
    if not isinstance(answer, Remittance) or not side.interest_percent or not answer.paid:
        return answer
    late = (answer.adjudicated - answer.received).days - side.prompt_days
    return replace(answer, interest=interest(answer.paid, side.interest_percent, Decimal(late))) if late > 0 else answer


def _coming(account: Account, by: str, kind: str, day: date, content, sending: int = 0) -> Account:
    number = len(account.arrivals) + len(account.coming) + 1
    return account.having(coming=(*account.coming, Arrival(number, day, by, kind, content, sending)))


def _told(account: Account, kind: str, text: str, dollars: Decimal | None = None) -> Account:
    return account.having(entries=(*account.entries, Entry(account.today, "us", kind, text, dollars)))


def _name(account: Account, payer: str) -> str:
    return account.world.policies[account.world.side(payer).payer].name
