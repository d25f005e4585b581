"""The exercise of an audit: a paid claim beside its documentation, line by line; what it should have been paid, and what is done about it."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from billing.adjudication import adjudicate
from billing.adjudication.pricing import line_fee
from billing.adjudication.review import Review
from billing.answer import Remittance
from billing.claim import ProfessionalClaim, ServiceLine
from billing.coverage import Coverage
from curriculum.answer_papers import money, remittance_paper
from curriculum.ask import Ask, Wrong, money_ask, rule_plain
from curriculum.exercises import Kind, Round, Sheet, Shelf
from curriculum.models import Content, Text
from curriculum.papers import Paper, Table
from curriculum.scenarios import NoteSection

AUDIT = "compliance.audits"
SUPPORTED, OVER, UNDER, UNITS, MODIFIER, ABSENT = "supported", "over", "under", "units", "modifier", "absent"
VERDICTS = ((SUPPORTED, "Supported as it stands"), (OVER, "Too high a level for what is documented"), (UNDER, "Too low a level for what is documented"), (UNITS, "More units than are documented"), (MODIFIER, "A modifier that the record does not bear out"),
            (ABSENT, "Not documented at all"))
REASONS = {SUPPORTED: "The record has this service, on this day, as it is billed.", OVER: "The record has a service of a lower level that day.", UNDER: "The record has a service of a higher level that day: it was billed too low.", UNITS: "The record has fewer units.",
           MODIFIER: "The service is documented; what the modifier says of it is not.", ABSENT: "What is not written was not done, as far as a claim goes."}


class World(Content):
    """A claim as sent and paid, and the claim that the record supports. levels: procedures of one family from low to high, by which a wrong level is told from a wrong service."""
    sent: ProfessionalClaim
    clean: ProfessionalClaim
    member: Coverage
    received: date
    adjudicated: date
    today: date
    note: Annotated[tuple[NoteSection, ...], Field(min_length=1)]
    levels: tuple[tuple[str, ...], ...] = ()
    participates: bool = True


def sheet(world: World, shelf: Shelf) -> Sheet:
    """A verdict a line, the diagnoses, the money at stake, and the way."""
    policy = shelf.policies[world.sent.payer]
    paid, due = (adjudicate(claim, policy, world.member, world.received, world.adjudicated, shelf.books, world.participates) for claim in (world.sent, world.clean))
    if not isinstance(paid, Remittance) or not isinstance(due, Remittance):
        raise ValueError("both claims must be adjudicated; one of them is rejected at the door")
    verdicts = _verdicts(world)
    asks = [*(_line(number, line, verdict) for number, (line, verdict) in enumerate(zip(world.sent.lines, verdicts), 1)), _diagnoses(world)]
    stake = (_due(paid, due), _direction(paid, due), _way(world, policy, paid, due))
    file = (Paper("Documentation", world.sent.billing.name, passages=tuple((part.heading, part.text) for part in world.note)), _claim(world), remittance_paper(paid, policy.name, world.sent), _fees(world, shelf, policy))
    return Sheet(file, (Round("Is it supported?", tuple(asks), lead="Judge each line by the documentation alone."), Round("What is at stake?", stake)), signature=(tuple(verdicts), _side(paid, due)))


def _verdicts(world: World) -> list[str]:
    """Each line of the claim as sent against the record; a line of the record answers for one line only."""
    left, found = list(world.clean.lines), []
    for line in world.sent.lines:
        same = next((each for each in left if (each.procedure, each.service_date) == (line.procedure, line.service_date)), None)
        level = same or next((each for each in left if each.service_date == line.service_date and _family(world, each.procedure) and _family(world, each.procedure) == _family(world, line.procedure)), None)
        if level:
            left.remove(level)
        found.append(ABSENT if level is None else _level(world, line, level) if same is None else UNITS if line.units > same.units else MODIFIER if set(line.modifiers) - set(same.modifiers) else SUPPORTED)
    return found


def _family(world: World, procedure: str) -> tuple[str, ...]:
    return next((family for family in world.levels if procedure in family), ())


def _level(world: World, billed: ServiceLine, documented: ServiceLine) -> str:
    family = _family(world, billed.procedure)
    return OVER if family.index(billed.procedure) > family.index(documented.procedure) else UNDER


def _line(number: int, line: ServiceLine, verdict: str) -> Ask:
    told = f"{line.procedure}{' ' + ' '.join(line.modifiers) if line.modifiers else ''} on {line.service_date}, {line.units} unit{'s' if line.units > 1 else ''}"
    wrong = (Wrong(SUPPORTED, "unsupported-claim", "passed a service that the record does not support", "unlawful"),) if verdict in (OVER, UNITS, MODIFIER, ABSENT) else ()
    return Ask(f"line-{number}", "choice", f"Line {number}, {told}: is it supported?", verdict, REASONS[verdict], AUDIT, VERDICTS, wrong=wrong)


def _diagnoses(world: World) -> Ask:
    beyond = [code for code in world.sent.diagnoses if code not in world.clean.diagnoses]
    options = (*((code, code) for code in world.sent.diagnoses), ("none", "Every diagnosis is documented"))
    return Ask("diagnoses", "multiple", "Which diagnoses of the claim does the record not support?", ",".join(beyond) or "none", "A diagnosis is coded from what the provider documented for this encounter, never from what would pay. Where it is unclear, the provider is asked.",
               "coding.icd-10-cm", options)


def _due(paid: Remittance, due: Remittance) -> Ask:
    return money_ask("due", "What should the payer have paid, for the claim that the record supports?", due.paid, f"Adjudicated as documented, the claim earns {money(due.paid)}; as sent it earned {money(paid.paid)}.", AUDIT,
                     (("paid-as-sent", "took what was paid for what was due", paid.paid), ("allowed-for-paid", "took the allowed amount for the payment", due.allowed)))


def _side(paid: Remittance, due: Remittance) -> str:
    return "over" if paid.paid > due.paid else "under" if paid.paid < due.paid else "even"


def _direction(paid: Remittance, due: Remittance) -> Ask:
    options = (("over", "The practice was paid too much"), ("under", "The practice was paid too little"), ("even", "Neither"))
    return Ask("side", "choice", "Which way does it go?", _side(paid, due), f"{money(paid.paid)} was paid and {money(due.paid)} was due.", AUDIT, options)


def _way(world: World, policy, paid: Remittance, due: Remittance) -> Ask:
    rule = policy.rule("remedies")
    remedies = rule.on(world.today)
    side = _side(paid, due)
    late = bool(remedies.correction_days) and (world.today - world.adjudicated).days > remedies.correction_days
    reopened = remedies.correction == "reopening"
    options = (("correct", f"Tell the payer by the way it takes ({'a reopening' if reopened else 'a corrected claim'}), so that it takes the difference back or pays it"), ("refund", "Send the difference back with an explanation; the days for a correction are over"),
               ("nothing", "Leave it: the claim is paid and the payer has not asked"), ("rewrite", "Have the note completed so that it supports what was billed"), ("late", "Nothing more: the days for a correction that would earn more are over"), ("close", "Close the audit: what was paid is what was due"))
    key = "close" if side == "even" else ("refund" if side == "over" else "late") if late else "correct"
    wrong = (Wrong("nothing", "overpayment-kept", "kept money that the record does not support", "unlawful"), Wrong("rewrite", "record-made-to-fit", "had a record changed to fit a claim", "unlawful")) if side == "over" else (Wrong("rewrite", "record-made-to-fit", "had a record changed to fit a claim", "unlawful"),)
    why = {"close": "Nothing is owed either way; what the lines say should still be put right for the next time.", "correct": "An error that an audit finds is told to the payer whichever way it goes, while the payer takes corrections.",
           "refund": "What was overpaid goes back even when the days for a corrected claim are over.", "late": "More cannot be had once the payer's days are over; the record is what it is."}[key]
    return Ask("way", "choice", "What do you do about it?", key, why, "denials.choosing-the-action" if key == "correct" else AUDIT, options, wrong=wrong, rule=rule_plain(rule.reference(world.today)))


def _claim(world: World) -> Paper:
    heads = (("Line", False), ("Date", False), ("Place", False), ("Procedure", False), ("Modifiers", False), ("Pointers", False), ("Units", True), ("Charge", True))
    rows = tuple((str(number), str(line.service_date), line.place_of_service, line.procedure, " ".join(line.modifiers), " ".join(line.diagnosis_pointers), str(line.units), money(line.charge)) for number, line in enumerate(world.sent.lines, 1))
    letters = "   ".join(f"{chr(65 + at)} {code}" for at, code in enumerate(world.sent.diagnoses))
    return Paper("Claim as sent", f"Account {world.sent.account}", (("Patient", f"{world.sent.patient.last_name}, {world.sent.patient.first_name}"), ("Received", str(world.received)), ("Diagnoses", letters), ("Today", str(world.today))), tables=(Table("Service lines", heads, rows),))


def _fees(world: World, shelf: Shelf, policy) -> Paper:
    """The contract's fees for every service that plays a part, and what the plan asks of the patient."""
    every = {line.procedure: line for claim in (world.sent, world.clean) for line in claim.lines}
    every.update({procedure: _as(every[next(iter(every))], procedure) for family in world.levels for procedure in family if procedure not in every})
    rows = []
    for procedure, line in sorted(every.items()):
        review = Review(_only(world, line), policy, world.member, world.received, world.adjudicated, shelf.books, world.participates)
        rows.append((procedure, money(line_fee(review, line))))
    plan = next((each for each in policy.rule("benefits").on(world.sent.lines[0].service_date).plans if each.plan == world.member.plan), None)
    spent = next((each for each in world.member.accumulators if each.year == world.sent.lines[0].service_date.year), None)
    copays = ", ".join(f"{money(each.dollars)} for an {each.name}" if each.name[:1] in "aeiou" else f"{money(each.dollars)} for a {each.name}" for each in plan.copays) or "none"
    met = spent.deductible_met if spent else Decimal("0.00")
    boxes = (("Plan", plan.plan), ("Deductible", f"{money(plan.deductible)}, met before this claim: {money(met)}"), ("Coinsurance", f"{plan.coinsurance_percent} %"), ("Copay", f"{copays}, in place of deductible and coinsurance"))
    return Paper("Fees and plan", policy.name, boxes, tables=(Table("Contract fee of the service", (("Procedure", False), ("Fee", True)), tuple(rows)),))


def _as(line: ServiceLine, procedure: str) -> ServiceLine:
    return ServiceLine(line.service_date, line.place_of_service, procedure, line.diagnosis_pointers, line.charge)


def _only(world: World, line: ServiceLine) -> ProfessionalClaim:
    return type(world.sent)(**{**vars(world.sent), "lines": (line,)})


KIND = Kind("audit-the-claim", "Audit a claim", World, sheet)
