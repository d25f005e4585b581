"""The exercise of telling a patient beforehand what a dental plan will pay of a treatment plan, and of reading its answer to a predetermination."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from billing.adjudication.review import Review
from billing.answer import Rejection, Remittance, RemittanceLine
from billing.claim import Person, Provider
from billing.dental.claim import DentalClaim, DentalLine
from billing.dental.member import DentalAccumulator, DentalMember, EarlierDentalLine, MissingTooth, Predetermination
from billing.dental.misconceptions import wrong_payments
from billing.dental.pipeline import ANTICIPATED, adjudicate_dental, anticipated
from billing.money import ZERO
from curriculum import dental_papers
from curriculum.ask import Ask, Carry, money_ask, rule_plain
from curriculum.exercises import Kind, Round, Sheet, Shelf
from curriculum.models import Content, Slug, Text

LIMITS, BENEFITS = "dental.dental-codes-and-limits", "dental.dental-benefits"
VERDICTS = (("payable", "The plan pays its part"), ("waiting_period", "Not yet: the waiting period of its class has not run"),
            ("missing_tooth_clause", "Not at all: the missing-tooth clause"), ("frequency_limit", "Not again so soon: the frequency limit"),
            ("replacement_limit", "Not yet: the last one is too recent to be replaced"), ("age_limit", "Not at this age"),
            ("not_covered", "Not at all: the plan does not cover the service"), ("included_service", "Not beside the other service of that day, which includes it"),
            ("tooth_there", "Not at all: that tooth is gone by the plan's records"), ("form", "Not as it is written: tooth, surface or area is missing or does not fit"),
            ("not_active", "Not on that day: coverage is not in force"))
SAME = {"covered_service": "not_covered", "category_covered": "not_covered", "eligibility": "not_active",
        **dict.fromkeys(("tooth_stated", "tooth_fits", "surfaces_stated", "surfaces_fit", "area_stated", "gap_stated", "braces_stated", "replacement_stated"), "form")}
"""Edits that one verdict stands for."""


class Known(Content):
    """The member in the plan's records; name and birth date are the patient's."""
    member_id: Text
    plan: Text
    begins: date
    ends: date | None = None
    group_number: str = ""
    accumulators: tuple[DentalAccumulator, ...] = ()
    orthodontic_used: Decimal = ZERO
    credited_months: int = 0
    earlier_lines: tuple[EarlierDentalLine, ...] = ()
    missing_teeth: tuple[MissingTooth, ...] = ()
    predeterminations: tuple[Predetermination, ...] = ()

    def member(self, patient: Person) -> DentalMember:
        """As the plan's records hold it."""
        return DentalMember(last_name=patient.last_name, first_name=patient.first_name, birth_date=patient.birth_date, **dict(self))


class World(Content):
    """A patient, a plan and a treatment plan. today: the day the office asks, and the day of the benefits on the desk.

    The service dates are those the treatment is planned for.
    """
    payer: Slug
    today: date
    account: Text
    patient: Person
    subscriber: Person | None = None
    relationship: Text = "self"
    coverage: Known
    billing: Provider
    treating: Provider
    participates: bool = True
    services: Annotated[tuple[DentalLine, ...], Field(min_length=1, max_length=5)]
    missing_teeth: tuple[str, ...] = ()
    replaces_prosthesis: bool = False
    prior_placement: date | None = None
    turnaround_days: Annotated[int, Field(ge=1, le=60)] = 14


def claim_of(world: World) -> DentalClaim:
    """The treatment plan as the office would ask about it."""
    return DentalClaim(world.account, world.payer, world.coverage.member_id, world.patient, world.subscriber or world.patient, world.relationship, world.billing, world.treating,
                       world.services, predetermination=True, group_number=world.coverage.group_number, missing_teeth=world.missing_teeth,
                       replaces_prosthesis=world.replaces_prosthesis, prior_placement=world.prior_placement)


def sheet(world: World, shelf: Shelf) -> Sheet:
    """First the estimate from benefits, history and fees; then the plan's own answer."""
    policy, claim, known = shelf.policies[world.payer], claim_of(world), world.coverage.member(world.patient)
    decided = world.today + timedelta(days=world.turnaround_days)
    answer = adjudicate_dental(claim, policy, known, world.today, decided, shelf.books, world.participates)
    if isinstance(answer, Rejection):
        raise ValueError("The plan rejects the predetermination: " + " ".join(f.why for f in answer.findings))
    mistakes = wrong_payments(Review(claim, policy, known, world.today, decided, shelf.books, world.participates), answer)
    file = (dental_papers.treatment(claim, shelf.books, "Treatment plan"), dental_papers.benefits(policy, known, world.today, world.participates),
            dental_papers.history(policy, known, shelf.books), dental_papers.fees(policy, tuple(line.procedure for line in claim.lines), world.today, shelf.books))
    estimate = tuple(ask for line in answer.lines for ask in _line_asks(line, answer, mistakes[line.line], dental_papers.named(shelf.books, line.procedure)))
    rounds = (Round("What the plan will pay", (*estimate, *_totals(answer)), lead="Nothing has been done yet. Work from the plan's statement, the history and the fees; charges are this office's own."),
              Round("The plan's answer", _about_the_answer(answer), (dental_papers.answered(answer, claim, policy, shelf.books),), lead="The plan has answered the treatment plan."))
    return Sheet(file, rounds, signature=tuple((_verdict(line, answer), tuple(a.carc for a in line.adjustments)) for line in answer.lines))


def would_pay(line: RemittanceLine) -> Decimal:
    """What the plan would pay of the line."""
    return line.adjusted("OA", ANTICIPATED)


def _finding(line: RemittanceLine, answer: Remittance):
    return None if line.outcome.value == "paid" else next(f for f in answer.findings if f.line in (0, line.line))


def _verdict(line: RemittanceLine, answer: Remittance) -> str:
    finding = _finding(line, answer)
    return SAME.get(finding.edit, finding.edit) if finding else "payable"


def _line_asks(line: RemittanceLine, answer: Remittance, mistakes, name: str) -> tuple[Ask, ...]:
    """Whether the plan pays, how much, and what is left to the patient."""
    finding, label = _finding(line, answer), f"Line {line.line}, {name}"
    steps = " ".join(step.text for step in answer.trace if step.line == line.line and step.stage not in ("predetermination", "payment"))
    rule = rule_plain(finding.rule if finding else next((a.rule for a in reversed(line.adjustments) if a.rule), None))
    pays, owes = would_pay(line), line.adjusted("PR")
    over = ZERO if finding else line.adjusted("PR", "119") + line.adjusted("PR", "149")
    return (Ask(f"verdict-{line.line}", "choice", f"{label}: what does the plan do?", _verdict(line, answer), finding.why if finding else "No limit of the plan stands against it.", LIMITS, VERDICTS, rule=rule),
            money_ask(f"plan-{line.line}", f"{label}: what will the plan pay?", pays, steps, BENEFITS, mistakes, rule=rule),
            money_ask(f"patient-{line.line}", f"{label}: what will the patient owe?", owes, "What the fee leaves when the plan has paid: deductible, per cent, difference, and what is over a maximum; in the network nothing over the contracted fee.",
                      BENEFITS, (("balance-billed", "billed all that the plan does not pay, the contractual part with it", line.charge - pays),
                                 ("difference-forgotten", "left out the difference to the service the plan figures on", owes - line.adjusted("PR", "169")),
                                 ("maximum-forgotten", "left out what is over the maximum", owes - over),
                                 ("deductible-forgotten", "left the deductible out", owes - line.adjusted("PR", "1")),
                                 ("payer-and-patient-swapped", "gave the plan's part", pays)), rule=rule))


def _totals(answer: Remittance) -> tuple[Ask, ...]:
    pays, owes = anticipated(answer), answer.adjusted("PR")
    return (money_ask("plan-total", "What will the plan pay in all?", pays, "The lines added up.", BENEFITS, (("charge-for-the-allowed", "gave what is allowed", answer.allowed),),
                      carry=Carry("total", {}, {str(line.line): f"plan-{line.line}" for line in answer.lines})),
            money_ask("patient-total", "What do you tell the patient to expect to owe in all?", owes, "The patient's parts added up.", BENEFITS,
                      (("balance-billed", "gave all that the plan does not pay", answer.charge - pays),), carry=Carry("total", {}, {str(line.line): f"patient-{line.line}" for line in answer.lines})))


def _about_the_answer(answer: Remittance) -> tuple[Ask, ...]:
    """A predetermination pays nothing, promises nothing, and is not written off."""
    means = (("nothing-yet", "No payment: it says what would be paid if the services were done and the benefits were still there"), ("promise", "A promise: the plan must pay these amounts whenever the services are done"),
             ("payment", "A payment of the amounts under OA-101"), ("denial", "A denial of every line, to be appealed"))
    return (money_ask("post-now", "What payment do you post today?", ZERO, "A predetermination (claim status 25) pays nothing; OA-101 says what would be paid.", "remittance.reading-a-remittance",
                      (("anticipated-posted", "posted what is only expected", anticipated(answer)), ("allowed-posted-as-payment", "posted the allowed amount", answer.allowed))),
            Ask("means", "choice", "What is this answer?", "nothing-yet", "It holds while coverage, history and maximum stay as they are; another claim may use the maximum up first.", BENEFITS, means))


KIND = Kind("dental-estimate", "Estimate a dental treatment plan", World, sheet, "estimate", "dental")
