"""The exercise of telling a patient before a visit what it will cost: what has to be settled first, what the plan allows, what the patient bears."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from billing.adjudication import adjudicate
from billing.adjudication.cost_sharing import COPAY, DEDUCTIBLE, plan_named
from billing.adjudication.pricing import line_fee
from billing.adjudication.review import Review
from billing.answer import Outcome, Remittance, RemittanceLine
from billing.claim import Person, ProfessionalClaim, Provider, ServiceLine
from billing.coverage import Accumulator, Authorization, Coverage, OtherCoverage, Referral
from billing.eligibility import respond
from billing.money import ZERO, percent_of
from billing.policy import Benefit, PayerPolicy
from curriculum import second_papers
from curriculum.answer_papers import money
from curriculum.ask import Ask, Carry, Wrong, money_ask, rule_plain
from curriculum.exercises import Kind, Round, Sheet, Shelf
from curriculum.models import Content, Slug, Text
from curriculum.papers import Paper, Table

NOTICES, SHARING, ELIGIBILITY = "patient-access.estimates-and-notices", "payers.cost-sharing", "patient-access.eligibility"
FIRST = (("nothing", "Nothing: the plan will pay its part as things stand"), ("authorization", "The plan's authorization has to be asked for"), ("referral", "A referral by the primary care provider has to be on file"),
         ("not-active", "There is no coverage on that day: find another plan, or give the patient an estimate as one who pays"), ("other-payer", "Another payer comes first: ask that one, since the share depends on its answer"),
         ("not-covered", "The plan does not cover the service: the patient hears so before it is done"), ("outside", "The practice has no contract with this plan: the patient hears what that means before the visit"))
SETTLED_BY = {"prior_authorization": "authorization", "referred": "referral", "eligibility": "not-active", "other_payer_first": "other-payer", "covered_service": "not-covered", "in_network": "outside"}
"""What each edit asks for before the visit."""
PERIODS = {"23": "calendar year", "29": "remaining", "27": "visit"}


class Known(Content):
    """The member in the plan's records; name and birth date are the patient's."""
    member_id: Text
    plan: Text
    begins: date
    ends: date | None = None
    group_number: str = ""
    accumulators: tuple[Accumulator, ...] = ()
    authorizations: tuple[Authorization, ...] = ()
    primary_elsewhere: tuple[OtherCoverage, ...] = ()
    primary_care: str = ""
    primary_care_npi: str = ""
    referrals: tuple[Referral, ...] = ()
    qualified_beneficiary: bool = False

    def coverage(self, patient: Person) -> Coverage:
        """As the plan's records hold the patient."""
        return Coverage(last_name=patient.last_name, first_name=patient.first_name, birth_date=patient.birth_date, **dict(self))


class World(Content):
    """A visit that is booked, and the patient's plan. today: the day of the estimate; the service dates are those that are booked; note: what is booked, in the scheduler's words."""
    payer: Slug
    today: date
    account: Text
    patient: Person
    coverage: Known
    billing: Provider
    rendering: Provider
    participates: bool = True
    prior_authorization: str = ""
    diagnoses: Annotated[tuple[str, ...], Field(min_length=1, max_length=12)]
    services: Annotated[tuple[ServiceLine, ...], Field(min_length=1, max_length=5)]
    note: Text


def sheet(world: World, shelf: Shelf) -> Sheet:
    """First what stands in the way; then line by line what is allowed and borne; then what is said."""
    policy, known = shelf.policies[world.payer], world.coverage.coverage(world.patient)
    first, finding = _first(_answer(world, known, policy, shelf))
    settled, held = _settled(world, known, first)
    answer = _answer(settled, held, policy, shelf)
    if first in ("nothing", "authorization", "referral") and answer.outcome is not Outcome.PAID:
        raise ValueError(f"once {first} is settled the plan still refuses a line: {answer.findings[0].why}")
    names, plan = second_papers.names(_claim(world), shelf.books), _plan(world, policy)
    ready = Ask("first", "choice", "What has to be settled before the patient can be told a figure?", first, finding.why if finding else "Covered on the day, with all that the plan asks for.", ELIGIBILITY, FIRST,
                rule=rule_plain(finding.rule if finding else None))
    rounds = [Round("Before the figures", (ready,), lead="Hold the booking against the plan's answer and its rules.")]
    if first == "other-payer":
        rounds.append(Round("The other payer", (_elsewhere(),)))
    else:
        lead = "Reckon on what was found being settled." if first in ("authorization", "referral") else "Work from the plan's answer and the contract's fees."
        rounds.append(Round("The figures", (*_lines(answer, plan, names), *_totals(answer), _said(first, answer)), lead=lead))
    file = (_booking(world, names), _response(world, policy, known), _rules(world, policy, plan), _fees(world, held, policy, shelf, names))
    return Sheet(file, tuple(rounds), signature=(first, tuple(sorted({a.carc for line in answer.lines for a in line.adjustments})), answer.adjusted("PR") == ZERO))


def _plan(world: World, policy: PayerPolicy) -> Benefit:
    """The member's plan on the day of the first service."""
    return plan_named(policy.rule("benefits").on(world.services[0].service_date).plans, world.coverage.plan, policy.name)


def _claim(world: World) -> ProfessionalClaim:
    return ProfessionalClaim(world.account, world.payer, world.coverage.member_id, world.patient, world.patient, "self", world.billing, world.rendering, world.diagnoses, world.services,
                             prior_authorization=world.prior_authorization, group_number=world.coverage.group_number)


def _answer(world: World, known: Coverage, policy: PayerPolicy, shelf: Shelf) -> Remittance:
    """What the plan would answer if the visit took place as booked and its claim came in on the last day of it."""
    day = max(line.service_date for line in world.services)
    answer = adjudicate(_claim(world), policy, known, day, day, shelf.books, world.participates)
    if not isinstance(answer, Remittance):
        raise ValueError(f"the plan would reject the claim at the door: {answer.findings[0].why}")
    return answer


def _first(answer: Remittance) -> tuple:
    """What is to be settled, and the finding that says so."""
    finding = next((each for each in answer.findings if each.outcome is not Outcome.WARNING), None)
    if finding and finding.edit not in SETTLED_BY:
        raise ValueError(f"the visit as booked is refused by {finding.edit}, which no estimate can settle: {finding.why}")
    return (SETTLED_BY[finding.edit], finding) if finding else ("nothing", None)


def _settled(world: World, known: Coverage, first: str) -> tuple[World, Coverage]:
    """The booking and the records once the authorization or the referral is there."""
    begins, ends = min(line.service_date for line in world.services), max(line.service_date for line in world.services)
    if first == "authorization":
        number = world.prior_authorization or "TO-COME"
        granted = tuple(Authorization(number, line.procedure, begins, ends, line.units) for line in world.services)
        return world.model_copy(update={"prior_authorization": number}), replace(known, authorizations=granted)
    if first == "referral":
        return world, replace(known, referrals=(Referral("TO-COME", world.rendering.npi, begins, ends, len(world.services)),))
    return world, known


def _lines(answer: Remittance, plan: Benefit, names: dict[str, str]) -> tuple[Ask, ...]:
    return tuple(ask for line in answer.lines for ask in _line(line, plan, names[line.procedure], answer))


def _line(line: RemittanceLine, plan: Benefit, name: str, answer: Remittance) -> tuple[Ask, ...]:
    """What is allowed, and what of it the patient bears; of a service that is not covered only the second."""
    owes, label = line.adjusted("PR"), f"Line {line.line}, {name}"
    steps = " ".join(step.text for step in answer.trace if step.line == line.line and step.stage != "payment")
    deductible, copay = line.adjusted("PR", DEDUCTIBLE), line.adjusted("PR", COPAY)
    mistakes = (("charge-for-the-allowed", "gave the charge", line.charge), ("payer-and-patient-swapped", "gave the plan's part", line.paid), ("deductible-forgotten", "left the deductible out", owes - deductible),
                ("coinsurance-on-the-whole-allowed", "took coinsurance on the whole allowed amount, deductible included", deductible + percent_of(line.allowed, plan.coinsurance_percent)),
                ("copay-forgotten", "left the copay out", owes - copay), ("coinsurance-beside-a-copay", "took coinsurance as well as the copay", owes + percent_of(line.allowed, plan.coinsurance_percent)),
                ("sharing-forgotten", "told the patient that nothing would be owed", ZERO))
    owed = money_ask(f"owes-{line.line}", f"{label}: what will the patient bear?", owes, steps, SHARING, mistakes)
    if line.outcome is not Outcome.PAID:
        return (owed,)
    return (money_ask(f"allowed-{line.line}", f"{label}: what will the plan allow?", line.allowed, steps, SHARING, (("charge-for-the-allowed", "gave the charge", line.charge), ("paid-for-the-allowed", "gave what the plan pays", line.paid))), owed)


def _totals(answer: Remittance) -> tuple[Ask, ...]:
    owes = answer.adjusted("PR")
    return (money_ask("estimate", "What do you tell the patient to expect to owe in all?", owes, "The patient's parts added up.", NOTICES,
                      (("balance-billed", "gave all that the plan does not pay, the contractual part with it", answer.charge - answer.paid), ("payer-and-patient-swapped", "gave the plan's part", answer.paid)),
                      carry=Carry("total", {}, {str(line.line): f"owes-{line.line}" for line in answer.lines})),)


def _said(first: str, answer: Remittance) -> Ask:
    """What the patient hears with the figure."""
    options = (("subject", "It is an estimate: it holds if the visit goes as booked and no other claim uses up the deductible first"), ("price", "It is the price: the practice will not ask for more, whatever the plan decides"),
               ("protected", "Nothing will be asked for: the law keeps this cost sharing from the patient"), ("before", "It is owed in full, because the plan will not pay; the visit can be moved or another plan looked for"),
               ("waive", "It can be let go if the patient would rather not pay it"))
    protected = any(a.carc == "209" for line in answer.lines for a in line.adjustments)
    key = "protected" if protected else "before" if first in ("not-active", "not-covered", "outside") and answer.adjusted("PR") else "subject"
    wrong = (Wrong("waive", "share-waived", "offered to waive a share as a matter of course", "unlawful"), Wrong("price", "estimate-promised", "promised what only the plan's answer decides"))
    why = {"protected": "Medicaid answers for a Qualified Medicare Beneficiary's cost sharing; nobody may ask the patient for it.", "before": "What a plan does not pay is told before the service, while the patient can still choose.",
           "subject": "Deductible and limits are used up in the order in which claims are processed, and the visit may turn out otherwise."}[key]
    return Ask("say", "choice", "What do you say with it?", key, why, NOTICES, options, wrong=wrong)


def _elsewhere() -> Ask:
    """What is done where another payer's answer comes before the figures."""
    options = (("both", "Ask the first plan for its benefits; then reckon what this one adds to what it leaves"), ("alone", "Give the share of this plan as if it were alone"), ("least", "Take the smaller of both plans' shares"), ("none", "Give no figure, and bill after both have answered"))
    return Ask("next", "choice", "How does the patient get a figure?", "both", "The second plan pays of what the first one leaves, so that the first one's benefits come before any figure.", "patient-access.coordination-of-benefits", options)


def _booking(world: World, names: dict[str, str]) -> Paper:
    rows = tuple((str(line.service_date), " ".join((line.procedure, *line.modifiers)), names[line.procedure], str(line.units), line.place_of_service, money(line.charge)) for line in world.services)
    heads = (("Day", False), ("Code", False), ("Service", False), ("Units", True), ("Place", False), ("Our charge", True))
    boxes = (("Patient", f"{world.patient.last_name}, {world.patient.first_name}"), ("Born", str(world.patient.birth_date)), ("Account", world.account), ("Today", str(world.today)), ("With", f"{world.rendering.name}, NPI {world.rendering.npi}"),
             ("Diagnoses", ", ".join(world.diagnoses)), ("Contract with this plan", "yes" if world.participates else "no"))
    return Paper("Booking", world.billing.name, boxes, (("Booked", world.note),), (Table("Services booked", heads, rows),))


def _response(world: World, policy: PayerPolicy, known: Coverage) -> Paper:
    answer = respond(policy, known, world.services[0].service_date)
    heads = (("EB01", False), ("Period", False), ("Amount", True), ("Per cent", True), ("Details", False))
    rows = tuple((line.code, PERIODS.get(line.period, ""), money(line.amount) if line.amount is not None else "", f"{line.percent}" if line.percent is not None else "", line.text) for line in answer.lines)
    boxes = [("Member id", answer.member_id), ("Plan", answer.plan), ("Asked for", str(answer.asked_for)), *((f"Authorization {each.number}", f"{each.procedure}, {each.units} unit(s), {each.begins} to {each.ends}") for each in known.authorizations),
             *((f"Referral {each.number}", f"to NPI {each.to_npi}, {each.visits} visit(s), {each.begins} to {each.ends}") for each in known.referrals)]
    if known.qualified_beneficiary:
        boxes.append(("Medicaid", "Qualified Medicare Beneficiary (QMB)"))
    return Paper("Eligibility response (271)", policy.name, tuple(boxes), tables=(Table("Benefits", heads, rows),))


def _rules(world: World, policy: PayerPolicy, plan: Benefit) -> Paper:
    """What the plan asks for before a visit, and which services bear a copay or nothing."""
    day = world.services[0].service_date
    value = {kind: policy.rule(kind).on(day) if policy.rule(kind) else None for kind in ("prior-authorization", "referrals", "not-covered", "pricing-modifiers")}
    instead = "in place of deductible and coinsurance" if plan.copay_waives_deductible else "in place of coinsurance"
    boxes = [(f"Copay, {each.name}, {instead}", f"{money(each.dollars)}: {', '.join(each.procedures)}") for each in plan.copays]
    if plan.exempt:
        boxes.append(("Without cost sharing", ", ".join(plan.exempt)))
    if asked := value["prior-authorization"]:
        boxes.append(("Authorization before", ", ".join(asked.procedures) + (f"; in places {', '.join(asked.places)}" if asked.places else "")))
    if asked := value["referrals"]:
        boxes.append(("Referral before every visit but", f"the primary care provider's own, {', '.join(asked.exempt)}, and in places {', '.join(asked.places)}"))
    if barred := value["not-covered"]:
        boxes.append((f"Not covered (group {barred.reason.group})", ", ".join(barred.procedures)))
    if several := value["pricing-modifiers"]:
        boxes.append(("Several procedures on a day", f"{', '.join(f'{each} %' for each in several.multiple_percents)} of the fee, the highest first"))
    return Paper("What the plan asks for", policy.name, tuple(boxes))


def _fees(world: World, known: Coverage, policy: PayerPolicy, shelf: Shelf, names: dict[str, str]) -> Paper:
    day = world.services[0].service_date
    review = Review(_claim(world), policy, known, day, day, shelf.books, world.participates)
    barred = policy.rule("not-covered").on(day) if policy.rule("not-covered") else None
    rows = tuple((line.procedure, names[line.procedure], "not covered" if barred and line.procedure in barred.procedures else money(line_fee(review, line))) for line in world.services)
    return Paper("Fees of the contract", policy.name, tables=(Table("For the units booked, before several procedures of a day are reduced", (("Code", False), ("Service", False), ("Fee", True)), rows),),
                 note="The lesser of fee and charge is allowed.")


KIND = Kind("estimate-the-share", "Estimate the patient's share", World, sheet, "estimate", "professional")
