"""What a scenario must hold beyond its fields, on every variant: texts that fill, codes valid on the day, providers who do not exist, answers that balance, decisions that differ."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from decimal import Decimal

from billing import npi
from billing.answer import Answer, Outcome, Rejection, Remittance
from billing.codes import CodeBooks, OutsideKnownDates
from billing.policy import PayerPolicy
from curriculum.ask import Ask
from curriculum.asks import about_eligibility, about_the_answer, about_the_remittance, outcome_of
from curriculum.cases import Case, answer_to, clean_received, draw
from curriculum.catalogue import Origin
from curriculum.claim_fields import FieldError, value_of
from curriculum.mistakes import Mistake, did_you_mean
from curriculum.scenarios import Scenario

SEEDS = range(20)
FEWEST_DECISIONS = 4
UNISSUED = "2"
"""The first digit that no issued NPI has today (docs/glossary.md)."""


def prove_scenario(scenario: Scenario, origin: Origin, policy: PayerPolicy, books: CodeBooks, competencies: Collection[str]) -> Iterator[Mistake]:
    """Every mistake of the scenario; a kind of mistake is told once, of the first variant that has it."""
    yield from _document(scenario, origin, competencies)
    told: set[str] = set()
    decisions = set()
    for seed in SEEDS:
        try:
            case = draw(scenario, seed)
            decisions.add(decisions_of(case, policy, books))
            found = list(mistakes_of(case, policy, books))
        except (FieldError, OutsideKnownDates, LookupError, ValueError, ArithmeticError) as error:
            yield origin.mistake(f"variant {seed} cannot be played: {error}", "vary" if seed else "world")
            return
        for place, what in found:
            if place not in told:
                told.add(place)
                yield origin.mistake(f"variant {seed}{f' ({case.branch})' if case.branch else ''}: {what}", *place.split("."))
    if len(decisions) < FEWEST_DECISIONS:
        yield origin.mistake(f"twenty variants ask for {len(decisions)} different decisions; {FEWEST_DECISIONS} are the fewest. Names, days and amounts alone make no new one", "vary")


def mistakes_of(case: Case, policy: PayerPolicy, books: CodeBooks) -> Iterator[tuple[str, str]]:
    """What is wrong with one variant: the field of the scenario, and a sentence."""
    yield from _texts(case)
    yield from _providers(case)
    yield from _codes(case, policy, books)
    before, clean, clean_then = answers(case, policy, books)
    for what, answer in (("the claim at hand", before), ("the clean claim", clean)):
        if isinstance(answer, Remittance) and not balances(answer):
            yield "world", f"the answer to {what} does not balance"
    if clean.outcome in (Outcome.REJECTED, Outcome.UNPROCESSABLE):
        first = clean.findings[0]
        yield "world.services", f"the clean claim is {clean.outcome.value}: {first.why}"
    if not _beyond_the_record(case) and worth(before) > worth(clean_then):
        yield "world.services", f"the claim at hand earns {worth(before)}, the clean claim of the same day {worth(clean_then)}"


def decisions_of(case: Case, policy: PayerPolicy, books: CodeBooks) -> tuple:
    """What a learner must decide on this variant, without its names, days and amounts: two variants with the same decisions are the same exercise."""
    before, clean, _ = answers(case, policy, books)
    asks = asked(case, policy, books)
    paid_for = tuple((line.outcome.value, tuple((a.group, a.carc) for a in line.adjustments)) for line in before.lines) if isinstance(before, Remittance) else ()
    supported = tuple((line.procedure, line.modifiers, line.units, line.place_of_service, line.diagnosis_pointers) for line in case.clean.lines)
    return (outcome_of(before), tuple(sorted((f.edit, f.group, f.carc, f.status, f.line) for f in before.findings)), paid_for, outcome_of(clean),
            tuple((ask.id, ask.key if ask.kind == "choice" else "") for ask in asks), tuple(fault.field for fault in case.faults),
            supported, case.clean.diagnoses, bool(case.clean.prior_authorization))


def asked(case: Case, policy: PayerPolicy, books: CodeBooks) -> tuple[Ask, ...]:
    """What the variant asks first; of a claim still to be sent, what is asked if it is sent as it lies there."""
    before, clean, _ = answers(case, policy, books)
    if case.scenario.kind == "read-the-eligibility-response":
        return about_eligibility(case, policy, books)[1]
    if case.scenario.kind == "post-the-remittance":
        return about_the_remittance(before) if isinstance(before, Remittance) else ()
    return about_the_answer(case, case.start, before, policy, books, clean)


def answers(case: Case, policy: PayerPolicy, books: CodeBooks) -> tuple[Answer, Answer, Answer]:
    """The payer's answers to the claim at hand, to the clean claim as it may be sent now, and to the clean claim had it been sent in place of the one at hand."""
    today, turnaround = case.world.today, timedelta(days=case.world.turnaround_days)
    adjudicated = case.world.adjudicated or today + turnaround
    before = answer_to(case, case.start, policy, books, adjudicated=adjudicated)
    received = clean_received(case, policy, before if case.world.sent else None)
    clean = answer_to(case, case.clean, policy, books, case.truth, received, received + turnaround)
    return before, clean, answer_to(case, case.clean, policy, books, case.truth, adjudicated=adjudicated)


def balances(answer: Remittance) -> bool:
    """Charge = paid + adjustments, to the cent, on each line and in all."""
    lines = all(line.charge == line.paid + sum(each.amount for each in line.adjustments) for line in answer.lines)
    return lines and answer.charge == answer.paid + sum(answer.adjusted(group) for group in {a.group for line in answer.lines for a in line.adjustments})


def worth(answer: Answer) -> Decimal:
    """Dollars paid, with the patient's part of allowed lines."""
    if isinstance(answer, Rejection):
        return Decimal("0.00")
    return sum((line.paid + line.adjusted("PR") for line in answer.lines if line.outcome is Outcome.PAID), Decimal("0.00"))


def _beyond_the_record(case: Case) -> bool:
    """The claim at hand claims what the record does not support: it may earn more than is due."""
    clean = {(line.procedure, line.service_date): line for line in case.clean.lines}
    for line in case.start.lines:
        supported = clean.get((line.procedure, line.service_date))
        if supported is None or line.units > supported.units or line.charge > supported.charge or set(line.modifiers) != set(supported.modifiers):
            return True   # a modifier too many, or one left off that says that less was done (80, 62)
        if line.place_of_service != supported.place_of_service:
            return True
    return bool(set(case.start.diagnoses) - set(case.clean.diagnoses))


def _document(scenario: Scenario, origin: Origin, competencies: Collection[str]) -> Iterator[Mistake]:
    """Seed 0 is the document as written; the competencies that faults show exist; accepted values are of fields that a claim has."""
    if scenario.vary.cases and scenario.vary.cases[0].set:
        yield origin.mistake("the first case is the document as written: it sets nothing", "vary", "cases", 0, "set")
    for place, fault in enumerate(scenario.faults):
        if fault.competency and fault.competency not in competencies:
            yield origin.mistake(f'there is no competency "{fault.competency}"{did_you_mean(fault.competency, competencies)}', "faults", place, "competency")
    clean = draw(scenario, 0).clean
    for path in scenario.accept:
        try:
            value_of(clean, path)
        except (KeyError, IndexError, TypeError, ValueError):
            yield origin.mistake(f"a claim has no field {path}", "accept", path)


def _texts(case: Case) -> Iterator[tuple[str, str]]:
    """Every {path} in a text leads to something in the world of this variant."""
    texts = [("story", case.scenario.story), ("teaches", case.scenario.teaches), *(("faults", fault.why) for fault in case.faults),
             *(("world.note", text) for section in case.world.note for text in (section.heading, section.text)), *(("world.registration", text) for text in case.world.registration.values())]
    for place, text in texts:
        try:
            case.tell(text)
        except FieldError as error:
            yield place, str(error)


def _providers(case: Case) -> Iterator[tuple[str, str]]:
    """The true NPIs have a fitting check digit and belong to nobody."""
    for place, provider in (("world.billing", case.world.billing), ("world.rendering", case.world.rendering), ("world.referring", case.world.referring)):
        if provider and not (npi.valid(provider.npi) and provider.npi.startswith(UNISSUED)):
            yield place, f"{provider.npi} is not an NPI of ten digits that begins with {UNISSUED} and has a fitting check digit"


def _codes(case: Case, policy: PayerPolicy, books: CodeBooks) -> Iterator[tuple[str, str]]:
    """What the record supports is coded with codes of the day of service."""
    for line in case.clean.lines:
        for code in case.clean.diagnoses:
            entry = books.diagnosis(code, line.service_date)
            if entry is None or not entry.billable:
                yield "world.diagnoses", f"{code} is no billable diagnosis on {line.service_date}"
        if books.place_of_service(line.place_of_service, line.service_date) is None:
            yield "world.services", f"{line.place_of_service} is no place of service on {line.service_date}"
        if not _known(line.procedure, line.service_date, policy):
            yield "world.services", f"{line.procedure} is no procedure that {policy.name} has on file"


def _known(procedure: str, day: date, policy: PayerPolicy) -> bool:
    schedule, barred = policy.rule("fee-schedule").on(day), policy.rule("not-covered")
    return procedure in schedule.procedures or bool(barred and procedure in barred.on(day).procedures)
