"""The exercise of billing a second payer with the first one's answer in hand: whether to send at all and by when, what it pays, what is left to whom."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from billing.adjudication import adjudicate
from billing.adjudication.claim_edits import filing_limit
from billing.adjudication.coordination import NOT_THE_PATIENTS
from billing.answer import Outcome, Rejection, Remittance
from billing.claim import Person, PriorAdjustment, PriorLine, PriorPayment, ProfessionalClaim, Provider, ServiceLine
from billing.coverage import Accumulator, Authorization, Coverage, Referral
from billing.money import ZERO
from billing.policy import Dated, PayerPolicy
from curriculum import second_papers
from curriculum.answer_papers import remittance_paper
from curriculum.ask import Ask, Carry, Wrong, money_ask, rule_plain, separable
from curriculum.exercises import Kind, Round, Sheet, Shelf
from curriculum.models import Content, Slug, Text

SECONDARY = "remittance.secondary-claims"
OTHER_METHODS = {"standard": "gave the second plan's own benefit up to what was owed", "carve-out": "took the first payment off the second plan's own benefit",
                 "maintenance": "took the first payment off the allowed amount and then the deductible and the per cent", "lesser-of": "filled up to the second payer's own allowed amount"}
SEND = (("send", "Send a claim to the second payer, with the first one's answer on it"), ("wait", "Send nothing: the first payer has passed it on; wait for the second one's answer"),
        ("nothing", "Send nothing: the first payer left nothing to be paid"), ("patient", "Send nothing: bill the patient what the first payer did not pay"))
DAYS_TO_SEND = 3


class Cover(Content):
    """A payer and the patient in its records."""
    payer: Slug
    relationship: Literal["self", "spouse", "child", "other"] = "self"
    subscriber: Person | None = None
    member_id: Text
    plan: Text
    begins: date
    ends: date | None = None
    group_number: str = ""
    participates: bool = True
    accumulators: tuple[Accumulator, ...] = ()
    authorizations: tuple[Authorization, ...] = ()
    referrals: tuple[Referral, ...] = ()
    primary_care_npi: str = ""
    qualified_beneficiary: bool = False
    crosses_over: Literal["", "medicaid", "supplemental"] = ""

    def coverage(self, patient: Person) -> Coverage:
        """As the payer's records hold the patient."""
        kept = {name: value for name, value in self if name not in ("payer", "relationship", "subscriber", "participates")}
        return Coverage(last_name=patient.last_name, first_name=patient.first_name, birth_date=patient.birth_date, **kept)


class World(Content):
    """One visit, and the two payers in their order. sent: the day the first one receives the claim; turnaround_days: what each takes to answer."""
    account: Text
    patient: Person
    billing: Provider
    rendering: Provider
    referring: Provider | None = None
    diagnoses: Annotated[tuple[str, ...], Field(min_length=1, max_length=12)]
    services: Annotated[tuple[ServiceLine, ...], Field(min_length=1, max_length=5)]
    prior_authorization: str = ""
    first: Cover
    second: Cover
    sent: date
    turnaround_days: Annotated[int, Field(ge=1, le=90)] = 14


def sheet(world: World, shelf: Shelf) -> Sheet:
    """First what to do about the first answer; then the second payment by line, and what is left."""
    claim, answer = _sent(world, world.first, shelf.policies[world.first.payer], shelf, world.sent, None)
    todo, prior = _to_do(answer, shelf.policies[world.first.payer]), _prior(claim, answer)
    policy, received = shelf.policies[world.second.payer], answer.adjudicated + timedelta(days=DAYS_TO_SEND)
    second, last = _sent(world, world.second, policy, shelf, received, prior)
    alone = _sent(world, world.second, policy, shelf, received, None)[1]
    names = second_papers.names(claim, shelf.books)
    first_paper = remittance_paper(answer, shelf.policies[world.first.payer].name, claim, names, "Remittance of the first payer")
    file = (second_papers.services(claim, names), second_papers.card(world.first, shelf.policies[world.first.payer], world.patient), second_papers.terms(world.second, policy, alone, world.services[0].service_date, names))
    rounds = [Round("The first payer has answered", _about_sending(world, todo, answer, claim, policy), (first_paper,), lead="Before a second claim goes out, read what this remittance says.")]
    if todo != "nothing":
        rounds.append(Round("The second payer", _payments(world, shelf, received, prior, policy, answer, last, alone, names) + _left(world, answer, last),
                            lead="The second payer has the claim with the first one's answer."))
    closing = (remittance_paper(last, policy.name, second, names, "Remittance of the second payer"),) if len(rounds) > 1 else ()
    return Sheet(file, tuple(rounds), closing, signature=(todo, world.first.payer, world.second.payer, last.paid == ZERO, last.adjusted("PR") == ZERO))


def _sent(world: World, cover: Cover, policy: PayerPolicy, shelf: Shelf, received: date, prior: PriorPayment | None) -> tuple[ProfessionalClaim, Remittance]:
    claim = ProfessionalClaim(world.account, cover.payer, cover.member_id, world.patient, cover.subscriber or world.patient, cover.relationship, world.billing, world.rendering, world.diagnoses,
                              world.services, prior_authorization=world.prior_authorization, referring=world.referring, group_number=cover.group_number, prior_payment=prior)
    answer = adjudicate(claim, policy, cover.coverage(world.patient), received, received + timedelta(days=world.turnaround_days), shelf.books, cover.participates)
    if isinstance(answer, Rejection):
        raise ValueError(f"{policy.name} rejects the claim: " + " ".join(each.why for each in answer.findings))
    return claim, answer


def _prior(claim: ProfessionalClaim, answer: Remittance) -> PriorPayment:
    """The first answer as the claim to the second payer carries it."""
    lines = tuple(PriorLine(line.line, line.paid, tuple(PriorAdjustment(each.group, each.carc, each.amount) for each in line.adjustments)) for line in answer.lines)
    return PriorPayment(claim.payer, answer.adjudicated, lines)


def owed_after(answer: Remittance) -> Decimal:
    """What the first payer left: to the patient, or to the next payer alone."""
    return answer.adjusted("PR") + answer.adjusted("OA", NOT_THE_PATIENTS)


def _to_do(answer: Remittance, first: PayerPolicy) -> str:
    """What is right after the first answer; a crossover is announced by a remark of the first payer's own rule."""
    rule = first.rule("crossover")
    passed = {each.rarc for each in rule.on(answer.adjudicated).passings} if rule else set()
    if passed & set(answer.rarcs):
        return "wait"
    return "send" if owed_after(answer) else "nothing"


def _about_sending(world: World, todo: str, answer: Remittance, claim: ProfessionalClaim, policy: PayerPolicy) -> tuple[Ask, ...]:
    """Whether, by when, and with how much open."""
    owed = owed_after(answer)
    why = {"wait": f"The remark {' '.join(answer.rarcs)} says that the claim was passed on. A second one beside it is a duplicate.", "send": "Nothing says that it was passed on, and something is left to pay.",
           "nothing": "Nothing is left that a second payer could pay."}[todo]
    patient = Wrong("patient", "patient-billed-before-the-second-payer", "billed the patient while another payer still owed its part", "unlawful" if world.first.qualified_beneficiary else "")
    again = ("crossover-sent-again", "sent a second claim beside one that had crossed over") if todo == "wait" else ("sent-though-nothing-was-left", "sent a claim though nothing was left to pay")
    wrong = (Wrong("send", *again), Wrong("wait", "waited-without-a-crossover", "waited for a crossover that nothing announces"),
             Wrong("nothing", "second-payer-forgotten", "left the second payer out"), patient)
    asks = [Ask("send", "choice", "What is to be done now?", todo, why, SECONDARY, SEND, separable(wrong, todo)),
            money_ask("owed", "How much of the charge has the first payer left to be paid by someone else?", owed, "What it marks PR, and what it bars from the patient's bill but leaves to the next payer (OA-209). CO is written off.", SECONDARY,
                      (("everything-unpaid", "gave all that the first payer did not pay, the contractual part with it", answer.charge - answer.paid), ("allowed-posted-as-payment", "gave the allowed amount", answer.allowed)))]
    if todo == "send":
        rule = policy.rule("timely-filing")
        limits = [(filing_limit(rule.on(line.service_date), line.service_date, answer.adjudicated), line.service_date) for line in claim.lines]
        last, service = min(limits)
        alone = filing_limit(rule.on(service), service)
        wrong = separable((Wrong(str(alone), "counted-from-the-service", "counted from the service alone; the second payer gives days from the first one's answer"),), str(last))
        asks.append(Ask("deadline", "date", f"By which day must {policy.name} have the claim?", str(last), f"{rule.title}. {_counted(rule.on(service), answer.adjudicated)}", "claim-submission.timely-filing", wrong=wrong, rule=rule_plain(rule.reference(service))))
    return tuple(asks)


def _counted(limit, adjudicated: date) -> str:
    days = limit.secondary_days
    return f"After another payer: {days} days from its answer of {adjudicated}, where that is later." if days else "It counts from the service, whenever the first payer answered."


def _payments(world, shelf, received, prior, policy, answer, last, alone, names) -> tuple[Ask, ...]:
    """The second payment of each line, with what other methods would give."""
    others = {method: _sent(world, world.second, _with_method(policy, method), shelf, received, prior)[1] for method in OTHER_METHODS}
    asks = []
    for line in last.lines:
        place = line.line - 1
        step = next((each for each in last.trace if each.line == line.line and each.stage == "coordination"), None)
        refused = next((each for each in last.findings if each.line in (0, line.line) and line.outcome is not Outcome.PAID), None)
        mistakes = [(f"coordinated-by-{method}", f"{says}, which is not this payer's method", others[method].lines[place].paid) for method, says in OTHER_METHODS.items()]
        first = answer.lines[place]
        mistakes += [("paid-as-though-first", "gave what it would pay if there were no other payer", alone.lines[place].paid),
                     ("second-pays-all-the-rest", "let the second payer pay all that the first left", first.adjusted("PR") + first.adjusted("OA", NOT_THE_PATIENTS)),
                     ("sequestration-forgotten", "left the reduction by law out", line.paid + line.adjusted("CO", "253"))]
        why = step.text if step else refused.why if refused else "The second payer pays nothing for it."
        asks.append(money_ask(f"second-pays-{line.line}", f"Line {line.line}, {line.procedure} ({names[line.procedure]}): what does {policy.name} pay?", line.paid, why, SECONDARY, tuple(mistakes),
                              rule=rule_plain(step.rule if step else refused.rule if refused else None)))
    asks.append(money_ask("second-total", "What does it pay in all?", last.paid, "The lines added up.", SECONDARY, carry=Carry("total", {}, {str(line.line): f"second-pays-{line.line}" for line in last.lines})))
    return tuple(asks)


def _with_method(policy: PayerPolicy, method: str) -> PayerPolicy:
    rule = policy.rule("secondary")
    values = tuple(Dated(each.since, replace(each.value, method=method), each.citations) for each in rule.values)
    return replace(policy, rules={**policy.rules, "secondary": replace(rule, values=values)})


def _left(world: World, answer: Remittance, last: Remittance) -> tuple[Ask, ...]:
    """What the patient owes in the end, and what nobody does."""
    patients = ZERO if world.first.qualified_beneficiary else sum((_patients(one, other) for one, other in zip(answer.lines, last.lines)), ZERO)
    off = answer.charge - answer.paid - last.paid - patients
    unlawful = "unlawful" if world.first.qualified_beneficiary else ""
    billed = separable(tuple(Wrong(str(amount), slug, says, unlawful) for slug, says, amount in (
        ("balance-billed", "billed all that the two payers did not pay", answer.charge - answer.paid - last.paid),
        ("billed-what-the-second-left", "billed what the second payer left of the cost sharing", owed_after(answer) - last.paid),
        ("second-payer-forgotten", "left the second payment out", owed_after(answer)))), str(patients))
    why = "The patient is a Qualified Medicare Beneficiary: no one may bill the cost sharing, whatever Medicaid pays." if world.first.qualified_beneficiary else \
        "What the second payer leaves to the patient under group PR; what either contract or the law takes off is written off."
    return (Ask("patient-owes", "money", "What does the patient owe when both have paid?", str(patients), why, SECONDARY, wrong=billed),
            money_ask("written-off", "How much is written off in all?", off, "The charge less both payments and less what the patient owes.", SECONDARY,
                      (("first-write-off-only", "took the first payer's contractual part alone", answer.adjusted("CO")),)))


def _patients(first, second) -> Decimal:
    """The patient's part of a line: as the second payer leaves it; where that one refuses the line as the patient's own, as the first left it."""
    if second.outcome is Outcome.PAID:
        return second.adjusted("PR")
    return min(first.adjusted("PR"), second.adjusted("PR"))


KIND = Kind("bill-secondary", "Bill the second payer", World, sheet)
