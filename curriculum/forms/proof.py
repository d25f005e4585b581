"""What a scenario on any form must hold beyond its fields, on every variant: texts that fill, providers who do not exist, answers that balance, a clean claim that pays, decisions that differ."""

from collections.abc import Collection, Iterator
from datetime import timedelta
from typing import Any

from billing import npi
from billing.answer import Answer, Outcome, Remittance, RemittanceLine, WholeClaim
from billing.codes import CodeBooks
from billing.policy import PayerPolicy
from curriculum.asks import about_the_answer, about_the_remittance, outcome_of
from curriculum.cases import answer_to, clean_received
from curriculum.catalogue import Origin
from curriculum.claim_fields import FieldError
from curriculum.exercise_proof import PROBLEMS, located
from curriculum.forms.case import FormCase, draw_form
from curriculum.forms.form import field_at, worth
from curriculum.forms.reading import plain
from curriculum.forms.scenario import FormScenario
from curriculum.mistakes import Mistake, did_you_mean
from curriculum.scenario_proof import FEWEST_DECISIONS, SEEDS, UNISSUED

POSTED = "post-the-remittance"


def prove_form_scenario(scenario: FormScenario, origin: Origin, policy: PayerPolicy, books: CodeBooks, competencies: Collection[str]) -> Iterator[Mistake]:
    """Every mistake of the scenario; a kind of mistake is told once, of the first variant that has it."""
    told: set[str] = set()
    decisions = set()
    if scenario.vary.cases and scenario.vary.cases[0].set:
        yield origin.mistake("the first case is the document as written: it sets nothing", "vary", "cases", 0, "set")
    for place, fault in enumerate(scenario.faults):
        if fault.competency and fault.competency not in competencies:
            yield origin.mistake(f'there is no competency "{fault.competency}"{did_you_mean(fault.competency, competencies)}', "faults", place, "competency")
    for seed in SEEDS:
        try:
            case = draw_form(scenario, seed)
            decisions.add(decisions_of(case, policy, books))
            found = list(mistakes_of(case, policy, books))
        except PROBLEMS as error:
            yield from located(origin, seed, error)
            return
        for place, what in found:
            if place not in told:
                told.add(place)
                yield origin.mistake(f"variant {seed}{f' ({case.branch})' if case.branch else ''}: {what}", *place.split("."))
    if len(decisions) < FEWEST_DECISIONS:
        yield origin.mistake(f"twenty variants ask for {len(decisions)} different decisions; {FEWEST_DECISIONS} are the fewest. Names, days and amounts alone make no new one", "vary")


def answers(case: FormCase, policy: PayerPolicy, books: CodeBooks) -> tuple[Answer, Answer]:
    """The payer's answers to the claim at hand (what is blank on it filled in) and to the clean claim as it may be sent now."""
    turnaround = timedelta(days=case.world.turnaround_days)
    before = answer_to(case, case.start, policy, books, adjudicated=case.world.adjudicated or case.world.today + turnaround)
    received = clean_received(case, policy, before if case.world.sent else None)
    return before, answer_to(case, case.clean, policy, books, case.truth, received, received + turnaround)


def mistakes_of(case: FormCase, policy: PayerPolicy, books: CodeBooks) -> Iterator[tuple[str, str]]:
    """What is wrong with one variant: the field of the scenario, and a sentence."""
    for place, text in (("story", case.scenario.story), ("teaches", case.scenario.teaches), *(("faults", fault.why) for fault in case.faults)):
        try:
            case.tell(text)
        except FieldError as error:
            yield place, str(error)
    case.papers   # a text of a paper that leads nowhere raises
    for place, number in _npis(plain(case.clean), "world.claim"):
        if not (npi.valid(number) and number.startswith(UNISSUED)):
            yield place, f"{number} is not an NPI of ten digits that begins with {UNISSUED} and has a fitting check digit"
    for path in case.scenario.accept:
        if field_at(case.form, path) is None:
            yield "accept", f"this form has no field {path}"
    before, clean = answers(case, policy, books)
    for what, answer in (("the claim at hand", before), ("the clean claim", clean)):
        if isinstance(answer, Remittance) and not balances(answer):
            yield "world", f"the answer to {what} does not balance"
    if case.scenario.kind == POSTED and not isinstance(before, Remittance):
        yield "world.claim", "the claim at hand is rejected: there is no remittance to post"
    if clean.outcome is not Outcome.PAID and case.scenario.kind not in ("decide-on-a-denial", POSTED):
        yield "world.claim", f"the clean claim is {clean.outcome.value}: {clean.findings[0].why}"
    if case.scenario.kind == "mend-the-rejection" and before.outcome is not Outcome.REJECTED:
        yield "faults", f"the claim at hand is {before.outcome.value}, not rejected"
    if not case.world.beyond and not case.world.payer_believes and before.outcome is Outcome.PAID and plain(case.start) == plain(case.clean) and not case.scenario.blank and case.scenario.kind != POSTED:
        yield "faults", "nothing is wrong with the claim at hand"


def decisions_of(case: FormCase, policy: PayerPolicy, books: CodeBooks) -> tuple:
    """What a learner must decide on this variant, without its names, days and amounts."""
    before, clean = answers(case, policy, books)
    posted = case.scenario.kind == POSTED and isinstance(before, Remittance)
    asks = about_the_remittance(before) if posted else about_the_answer(case, case.start, before, policy, books, clean)
    adjusted = tuple((each.group, each.carc) for part in decided(before) for each in part.adjustments) if posted else ()
    coded = {part: _codes(plain(case.clean).get(part)) for part in (group.path for group in case.form.groups)}
    singles = tuple(str(plain(case.clean).get(field.path)) for field in case.form.fields if field.claims and field.kind in ("code", "codes", "diagnosis"))
    return (outcome_of(before), adjusted, tuple(sorted((f.edit, f.line) for f in before.findings)), outcome_of(clean), worth(before) > worth(clean), tuple((ask.id, ask.key if ask.kind == "choice" else "") for ask in asks),
            tuple(fault.field for fault in case.faults), tuple(sorted((part, str(rows)) for part, rows in coded.items())), singles)


def balances(answer: Remittance) -> bool:
    """Charge = paid + adjustments, to the cent, on each line that carries money and in all."""
    return all(each.charge == each.paid + sum(a.amount for a in each.adjustments) for each in decided(answer))


def decided(answer: Remittance) -> tuple[RemittanceLine | WholeClaim, ...]:
    """What carries the money: the claim decided whole, or its lines."""
    return (answer.whole,) if answer.whole else answer.lines


def _codes(rows: Any) -> tuple:
    """The rows without their days and amounts."""
    return tuple(tuple(sorted((name, str(value)) for name, value in row.items() if name not in ("service_date", "charge", "rate", "on", "amount", "first", "last"))) if isinstance(row, dict) else row
                 for row in rows or ())


def _npis(document: Any, place: str) -> Iterator[tuple[str, str]]:
    """Every NPI of a plain claim with its place."""
    for name, value in document.items():
        if isinstance(value, dict):
            yield from _npis(value, f"{place}.{name}")
        elif value and (name == "npi" or name.endswith("_npi")):
            yield f"{place}.{name}", str(value)
