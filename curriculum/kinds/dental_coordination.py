"""The exercise of billing two dental plans in their order: which pays first, what each pays by the second's method, and what is left to the patient."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from billing.adjudication.review import Review
from billing.answer import Outcome, Rejection, Remittance
from billing.claim import Person, PriorAdjustment, PriorLine, PriorPayment, Provider
from billing.dental.claim import DentalClaim, DentalLine
from billing.dental.coordination import own_plan_first
from billing.dental.misconceptions import wrong_payments
from billing.dental.pipeline import adjudicate_dental
from billing.money import ZERO
from billing.policy import Dated, PayerPolicy
from curriculum import dental_papers
from curriculum.ask import Ask, Carry, money_ask, rule_plain
from curriculum.exercises import Kind, Round, Sheet, Shelf
from curriculum.kinds.dental_estimate import Known
from curriculum.models import Content, Slug, Text
from curriculum.papers import Paper

COORDINATION = "dental.dental-coordination"
SAYS = {"standard": "After another plan it pays its own benefit, at most what the patient still owes.",
        "maintenance": "Maintenance of benefits: after another plan, that plan's payment comes off the allowed amount first; then deductible and per cent apply.",
        "carve-out": "Carve-out: after another plan it pays its own benefit less what that plan paid.",
        "non-duplication": "Non-duplication: after another plan it pays its own benefit less what that plan paid; where that plan paid as much, it pays nothing."}
WRONG_METHOD = {"standard": "took the second plan's own benefit up to what was owed", "maintenance": "took the per cent of what the first plan left of the allowed amount",
                "non-duplication": "took the first plan's payment off the second's own benefit"}


class Cover(Content):
    """One plan and the patient in it. method: in place of the payer's usual one where the employer's contract has another."""
    payer: Slug
    relationship: Literal["self", "spouse", "child", "other"]
    subscriber: Person
    coverage: Known
    participates: bool = True
    method: Literal["", "standard", "maintenance", "carve-out", "non-duplication"] = ""


class World(Content):
    """Services done, and the two plans in the order in which the patient handed over the cards."""
    account: Text
    patient: Person
    billing: Provider
    treating: Provider
    services: Annotated[tuple[DentalLine, ...], Field(min_length=1, max_length=4)]
    missing_teeth: tuple[str, ...] = ()
    plans: Annotated[tuple[Cover, ...], Field(min_length=2, max_length=2)]
    sent: date
    turnaround_days: Annotated[int, Field(ge=1, le=60)] = 14


def sheet(world: World, shelf: Shelf) -> Sheet:
    """First the order and the first plan's payment; then, with its answer in hand, the second's, and what is left."""
    order = _order(world)
    one, other = (world.plans[place] for place in order)
    first, answer = _sent(world, one, shelf, world.sent, None)
    then = answer.adjudicated + timedelta(days=2)
    second, last = _sent(world, other, shelf, then, _prior(first, answer))
    policies = {place: _policy(plan, shelf) for place, plan in enumerate(world.plans)}
    file = (dental_papers.treatment(first, shelf.books, "Services done"), *(paper for place, plan in enumerate(world.plans) for paper in _of_a_plan(world, plan, policies[place], shelf)))
    rounds = (Round("Which plan first", (_which_first(world, order, shelf), *_first_asks(one, answer, first, shelf)), lead="The patient has handed over two cards."),
              Round("The second plan", _second_asks(world, other, answer, last, second, shelf), (dental_papers.answered(answer, first, policies[order[0]], shelf.books),),
                    lead="The first plan has answered; the claim goes on to the second with that answer."))
    closing = (dental_papers.answered(last, second, policies[order[1]], shelf.books),)
    return Sheet(file, rounds, closing, signature=(order[0], policies[order[1]].rule("secondary").on(world.sent).method, last.paid == ZERO, last.adjusted("PR") == ZERO))


def _order(world: World) -> tuple[int, int]:
    """The places of the first and the second plan."""
    one, other = ((plan.relationship, plan.subscriber.birth_date) for plan in world.plans)
    return (0, 1) if own_plan_first(one, other) else (1, 0)


def _policy(plan: Cover, shelf: Shelf, method: str = "") -> PayerPolicy:
    """The payer's rules, with the contract's own method of coordination (or another, to see what it would give)."""
    policy, wanted = shelf.policies[plan.payer], method or plan.method
    if not wanted:
        return policy
    rule = policy.rules["secondary"]
    values = tuple(Dated(each.since, replace(each.value, method=wanted), each.citations) for each in rule.values)
    return replace(policy, rules={**policy.rules, "secondary": replace(rule, values=values)})


def _sent(world: World, plan: Cover, shelf: Shelf, received: date, prior: PriorPayment | None, method: str = "") -> tuple[DentalClaim, Remittance]:
    """The claim to a plan, and its answer; ValueError where it never entered adjudication."""
    claim = DentalClaim(world.account, plan.payer, plan.coverage.member_id, world.patient, plan.subscriber, plan.relationship, world.billing, world.treating, world.services,
                        group_number=plan.coverage.group_number, missing_teeth=world.missing_teeth, prior_payment=prior)
    answer = adjudicate_dental(claim, _policy(plan, shelf, method), plan.coverage.member(world.patient), received, received + timedelta(days=world.turnaround_days), shelf.books, plan.participates)
    if isinstance(answer, Rejection):
        raise ValueError(f"{plan.payer} rejects the claim: " + " ".join(f.why for f in answer.findings))
    return claim, answer


def _prior(claim: DentalClaim, answer: Remittance) -> PriorPayment:
    lines = tuple(PriorLine(each.line, each.paid, tuple(PriorAdjustment(a.group, a.carc, a.amount) for a in each.adjustments)) for each in answer.lines)
    return PriorPayment(claim.payer, answer.adjudicated, lines)


def _of_a_plan(world: World, plan: Cover, policy: PayerPolicy, shelf: Shelf) -> tuple[Paper, ...]:
    day = world.services[0].service_date
    person = f"{plan.subscriber.first_name} {plan.subscriber.last_name}"
    card = Paper(f"Card of {policy.name}", policy.name, (("Subscriber", person), ("Subscriber born", str(plan.subscriber.birth_date)), ("Patient is", plan.relationship), ("Member id", plan.coverage.member_id)),
                 passages=(("Coordination of benefits", SAYS[policy.rule("secondary").on(day).method]),))
    known = plan.coverage.member(world.patient)
    procedures = tuple(line.procedure for line in world.services)
    return (card, dental_papers.benefits(policy, known, day, plan.participates), dental_papers.fees(policy, procedures, day, shelf.books))


def _which_first(world: World, order: tuple[int, int], shelf: Shelf) -> Ask:
    options = tuple((f"plan-{place + 1}", f"{plan.subscriber.first_name}'s plan, {shelf.policies[plan.payer].name}") for place, plan in enumerate(world.plans))
    own = world.plans[order[0]].relationship == "self"
    why = "The plan that a person has as employee or subscriber pays before one that covers the same person as a dependent." if own else \
        "Both plans cover the patient as a dependent: the one of the parent whose birthday comes earlier in the year pays first; the year of birth does not count."
    return Ask("first", "choice", "Which plan pays first?", options[order[0]][0], why, COORDINATION, options)


def _first_asks(plan: Cover, answer: Remittance, claim: DentalClaim, shelf: Shelf) -> tuple[Ask, ...]:
    """The first plan's payment by line, as if there were no other; what it leaves."""
    known, asks = plan.coverage.member(claim.patient), []
    mistakes = wrong_payments(Review(claim, _policy(plan, shelf), known, answer.received, answer.adjudicated, shelf.books, plan.participates), answer)
    for line in answer.lines:
        steps = " ".join(step.text for step in answer.trace if step.line == line.line)
        asks.append(money_ask(f"first-pays-{line.line}", f"Line {line.line}, {dental_papers.named(shelf.books, line.procedure)}: what does the first plan pay?", line.paid, steps, "dental.dental-benefits",
                              (("allowed-posted-as-payment", "gave what is allowed", line.allowed), *mistakes[line.line])))
    owed = answer.adjusted("PR")
    asks.append(money_ask("owed-after-first", "What does the patient owe after the first plan, before the second has paid?", owed, "What the first plan marks PR, and nothing it marks CO.", COORDINATION,
                          (("balance-billed", "gave all that the first plan did not pay", answer.charge - answer.paid),)))
    return tuple(asks)


def _second_asks(world: World, plan: Cover, answer: Remittance, last: Remittance, claim: DentalClaim, shelf: Shelf) -> tuple[Ask, ...]:
    """The second plan's payment by line, with what the other methods would have given; the write-off; the patient's balance."""
    others = {method: _sent(world, plan, shelf, last.received, claim.prior_payment, method)[1] for method in WRONG_METHOD}
    alone = _sent(world, plan, shelf, last.received, None)[1]
    asks = []
    for line in last.lines:
        step = next((step for step in last.trace if step.line == line.line and step.stage == "coordination"), None)
        mistakes = [(f"coordinated-by-{method}", f"{WRONG_METHOD[method]}, which is not this plan's method", others[method].lines[line.line - 1].paid) for method in WRONG_METHOD]
        mistakes += [("paid-as-though-first", "gave what the second plan would pay if there were no other", alone.lines[line.line - 1].paid),
                     ("second-pays-all-the-rest", "let the second plan pay all that the first left", answer.lines[line.line - 1].adjusted("PR"))]
        asks.append(money_ask(f"second-pays-{line.line}", f"Line {line.line}, {dental_papers.named(shelf.books, line.procedure)}: what does the second plan pay?", line.paid,
                              step.text if step else "The second plan does not cover the line.", COORDINATION, tuple(mistakes), rule=rule_plain(step.rule if step else None)))
    asks.append(money_ask("second-total", "What does the second plan pay in all?", last.paid, "The lines added up.", COORDINATION,
                          carry=Carry("total", {}, {str(line.line): f"second-pays-{line.line}" for line in last.lines})))
    owes = _balance(answer, last)
    asks.append(money_ask("patient-owes", "What does the patient owe when both have paid?", owes, "What the first plan left to the patient, less what the second paid; both contracts' write-offs stay written off.", COORDINATION,
                          (("second-plan-forgotten", "left the second payment out", answer.adjusted("PR")), ("balance-billed", "billed the charge less both payments", answer.charge - answer.paid - last.paid))))
    return tuple(asks)


def _balance(answer: Remittance, last: Remittance) -> Decimal:
    """What the first plan left to the patient, less the second's payment; where the second refuses a line, all of it stays."""
    total = ZERO
    for before, after in zip(answer.lines, last.lines):
        total += before.adjusted("PR") - (after.paid if after.outcome is Outcome.PAID else ZERO)
    return total


KIND = Kind("dental-coordination", "Bill two dental plans", World, sheet, "second", "dental")
