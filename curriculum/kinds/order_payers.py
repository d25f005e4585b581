"""The exercise of putting a patient's payers in order from the cards and the questionnaire, with the rule that decides."""

from datetime import date
from typing import Annotated

from pydantic import Field

from billing.claim import Person
from billing.order_of_benefits import Covered, Facts, OrderRules, Ranked, in_force, order
from curriculum.ask import Ask, Wrong, separable
from curriculum.benefit_order import shipped_order
from curriculum.exercises import Kind, Round, Sheet, Shelf
from curriculum.models import Content, Text
from curriculum.papers import Paper

COORDINATION = "patient-access.coordination-of-benefits"
KINDS = {"group": "group health plan", "individual": "plan bought by oneself", "medicare": "Medicare", "medicaid": "Medicaid", "tricare": "TRICARE",
         "workers-compensation": "workers' compensation", "no-fault": "no-fault auto insurance", "liability": "liability insurance", "indian-health": "Indian Health Service"}
WORK = {"active": "works there now", "retired": "has retired from there", "laid-off": "was laid off", "continuation": "left, and keeps the plan by COBRA", "active-duty": "is on active duty",
        "none": "not through work"}
BASIS = {"aged": "age", "disabled": "disability", "kidney": "kidney failure"}
PARENTS = {"custodial": "the parent the child lives with", "custodial-spouse": "the spouse of the parent the child lives with", "other": "the other parent",
           "other-spouse": "the spouse of the other parent"}
ACCIDENTS = {"": "no accident", "employment": "an accident at work", "auto": "an auto accident", "other": "another accident, somebody else liable"}
DECREES = {"": "no court decree about health care", "custodial": "a court made the parent the child lives with responsible for health care",
           "other": "a court made the other parent responsible for health care", "shared": "a court made both parents responsible for health care"}
MEDICARES = ("msp-aged", "msp-aged-small", "msp-disabled", "msp-disabled-small", "msp-kidney", "msp-kidney-over", "msp-not-at-work")
CHILDS = ("birthday", "same-birthday", "court-decree", "custody")
ADULTS = ("non-dependent", "active-before-retired", "continuation", "longer-coverage")
OPTIONS = 6


class World(Content):
    """A patient, a day of service, and the coverages in the order in which the cards were handed over."""
    account: Text
    patient: Person
    day: date
    coverages: Annotated[tuple[Covered, ...], Field(min_length=2, max_length=5)]
    facts: Facts = Facts()


def sheet(world: World, shelf: Shelf) -> Sheet:
    """The papers, then who is first, by which rule, and the whole order."""
    rules = shipped_order().on(world.day)
    ranked = order(world.coverages, world.facts, world.day, rules)
    held = in_force(world.coverages, world.facts, world.day)
    asks = [_first(world, ranked), _rule(world, ranked, rules)]
    if len(ranked) > 1:
        asks.append(_order(world, ranked))
    if len(held) < len(world.coverages):
        asks.append(_not_billed(world, held))
    file = (_registration(world), *(_card(each) for each in world.coverages), _questionnaire(world))
    return Sheet(file, (Round("Who pays first", tuple(asks), lead="Settle the order for this day of service before anything is billed."),),
                 signature=tuple((each.coverage.kind, each.rule.id) for each in ranked))


def _named(each: Covered) -> str:
    return f"{each.name} ({KINDS[each.kind]}, through {'the patient' if each.relationship == 'self' else each.holder.name})"


def _options(coverages) -> tuple[tuple[str, str], ...]:
    return tuple((each.id, _named(each)) for each in coverages)


def _first(world: World, ranked: tuple[Ranked, ...]) -> Ask:
    """Who is billed first; the wrong ones as people come to them."""
    key = ranked[0].coverage.id
    wrong = tuple(Wrong(each.id, slug, says) for slug, says, each in _mistaken(world) if each)
    return Ask("first", "choice", "Which coverage is billed first for this day?", key, _why(ranked[0]), COORDINATION, _options(world.coverages), separable(wrong, key), rule=_shown(world, ranked[0]))


def _mistaken(world: World):
    """Whom known mistakes would bill first: slug, what the person did, the coverage or None."""
    plans = [each for each in world.coverages if each.kind == "group"]
    of = {each.kind: each for each in world.coverages}
    ended = next((each for each in world.coverages if each.ends and each.ends < world.day), None)
    older = min(plans, key=lambda each: each.holder.birth_date) if len(plans) > 1 and all(each.relationship == "child" for each in plans) else None
    return (("ended-coverage-billed", "billed a coverage that had ended before the service", ended),
            ("older-parent-first", "went by who is older; only the month and the day of the birthday count", older),
            ("medicare-always-first", "put Medicare first without asking about work, the employer's size and kidney failure", of.get("medicare")),
            ("medicaid-not-last", "put Medicaid before another payer", of.get("medicaid")),
            ("tricare-before-insurance", "put TRICARE before other insurance", of.get("tricare")),
            ("carrier-of-another-accident", "billed a carrier that answers for accidents, and not for this service", next((each for each in world.coverages if each.kind in ("workers-compensation", "no-fault", "liability")), None)),
            ("plan-always-before-medicare", "put the employer's plan first without asking about work and the employer's size", plans[0] if plans and "medicare" in of else None),
            ("first-card-first", "went by the order in which the cards were handed over", world.coverages[0]))


def _why(ranked: Ranked) -> str:
    return f"{ranked.coverage.name} is first. {ranked.rule.says}"


def _shown(world: World, ranked: Ranked) -> dict:
    entry, rule = shipped_order().entry(world.day), shipped_order()
    return {"rule": rule.rule, "title": rule.title, "judged_on": str(world.day), "since": str(entry.since), "citations": list(ranked.rule.citations), "invented": rule.invented}


def _rule(world: World, ranked: tuple[Ranked, ...], rules: OrderRules) -> Ask:
    """The rule that puts the first before the second, among those that could be thought of here."""
    key = ranked[0].rule.id
    kinds = {each.kind for each in world.coverages}
    near = [*(CHILDS if any(each.relationship == "child" for each in world.coverages) and "group" in kinds else ADULTS)]
    near = [*(MEDICARES if "medicare" in kinds else ()), *near, "accident-carrier", "medicaid-last", "tricare-second"]
    chosen = {key, *[id for id in near if id != key][:OPTIONS - 1]}
    options = tuple((each.id, each.says) for each in rules.rules if each.id in chosen)
    return Ask("rule", "choice", "By which rule is it first?", key, ranked[0].rule.says, COORDINATION, options, rule=_shown(world, ranked[0]))


def _order(world: World, ranked: tuple[Ranked, ...]) -> Ask:
    key = ",".join(each.coverage.id for each in ranked)
    cards = ",".join(each.id for each in world.coverages if each.id in key.split(","))
    turned = ",".join(reversed(key.split(",")))
    wrong = separable((Wrong(turned, "order-turned-round", "turned the order round"), Wrong(cards, "first-card-first", "went by the order in which the cards were handed over")), key)
    why = " ".join(f"{place}. {each.coverage.name}: {each.rule.says}" for place, each in enumerate(ranked, 1))
    held = tuple(each for each in world.coverages if each.id in key.split(","))
    return Ask("order", "order", "Put the coverages that can be billed for this day in their order.", key, why, COORDINATION, _options(held), wrong, rule=_shown(world, ranked[0]))


def _not_billed(world: World, held: tuple[Covered, ...]) -> Ask:
    out = [each for each in world.coverages if each not in held]
    why = " ".join(f"{each.name} was not in force that day." if not (each.begins <= world.day and (each.ends is None or world.day <= each.ends)) else
                   f"{each.name} answers for its own kind of accident alone." for each in out)
    return Ask("not-billed", "multiple", "Which coverages cannot be billed for this day at all?", ",".join(each.id for each in out), why, COORDINATION, _options(world.coverages))


def _registration(world: World) -> Paper:
    boxes = (("Patient", f"{world.patient.last_name}, {world.patient.first_name}"), ("Birth date", str(world.patient.birth_date)), ("Account", world.account), ("Date of service", str(world.day)))
    return Paper("Registration", boxes=boxes)


def _card(each: Covered) -> Paper:
    boxes = [("Coverage", KINDS[each.kind]), ("Held by", "the patient" if each.relationship == "self" else each.holder.name), ("Patient is the holder's", each.relationship), ("In force since", str(each.begins))]
    if each.ends:
        boxes.append(("Last covered day", str(each.ends)))
    if each.basis:
        boxes.append(("Entitled by", BASIS[each.basis]))
    return Paper(each.name, each.name, tuple(boxes))


def _questionnaire(world: World) -> Paper:
    """What the front desk asked, and what was answered."""
    passages = [("Is the visit because of an accident?", ACCIDENTS[world.facts.accident])]
    for each in world.coverages:
        if each.kind in ("group", "tricare") or each.relationship == "child":
            size = f"; the employer has {each.holder.employees} employees" if each.kind == "group" and each.holder.employees else ""
            whose = f"; {PARENTS[each.parent]}" if each.parent else ""
            passages.append((f"{each.name}: who holds it?", f"{each.holder.name}, born {each.holder.birth_date}, {WORK[each.holder.status]}{size}{whose}"))
        if each.kidney_from:
            passages.append(("Kidney failure?", f"Yes; eligible for Medicare by it since {each.kidney_from:%B %Y}"))
    if any(each.relationship == "child" for each in world.coverages):
        passages.append(("The parents", "live together" if world.facts.parents_together else f"live apart; {DECREES[world.facts.decree]}"))
    return Paper("Questionnaire at registration", passages=tuple(passages), note="Asked at the desk and signed by the patient or a parent.")


KIND = Kind("order-payers", "Put the payers in order", World, sheet)
