"""Claims to work, as the pages reach them: the list, an attempt begun, and the desk with today's records, content and books."""

from dataclasses import dataclass

from app.claim_desk import ClaimDesk
from app.session import books, catalogue, ledger, new_seed, now, today
from billing.codes import OutsideKnownDates
from records import AttemptSummary, Profile

KINDS = {"read-the-eligibility-response": "Read an eligibility response", "complete-the-claim": "Complete a claim", "scrub-the-claim": "Scrub a claim",
         "post-the-remittance": "Post a remittance", "decide-on-a-denial": "Decide on a denial"}
"""The kinds in the order in which an account meets them."""


@dataclass(frozen=True)
class ScenarioCard:
    """A scenario as the list shows it. domains: exam id to the names of its domains."""
    id: str
    kind: str
    title: str
    summary: str
    minutes: int
    difficulty: int
    payer: str
    competencies: tuple[str, ...]
    domains: dict[str, tuple[str, ...]]


def desk() -> ClaimDesk:
    """The desk where attempts are worked."""
    return ClaimDesk(ledger(), catalogue(), books(), now)


def cards() -> tuple[ScenarioCard, ...]:
    """Published scenarios that are in force today, in the order of the account's life."""
    day, held = today(), catalogue()
    offered = [s for s in held.scenarios.values() if s.status == "published" and s.in_force.from_ <= day and (s.in_force.to is None or day <= s.in_force.to)]
    order = list(KINDS)
    return tuple(_card(held, s) for s in sorted(offered, key=lambda s: (order.index(s.kind), s.difficulty, s.title)))


def _card(held, scenario) -> ScenarioCard:
    names = {exam: {domain.id: domain.name for domain in blueprint.domains} for exam, blueprint in held.blueprints.items()}
    domains = {exam: tuple(names[exam][d] for d in held.domains_of(scenario, exam)) for exam in held.blueprints}
    return ScenarioCard(str(scenario.id), scenario.kind, scenario.title, scenario.summary, scenario.minutes, scenario.difficulty,
                        held.policies[scenario.world.payer].name, scenario.competencies, {exam: found for exam, found in domains.items() if found})


def last_results(profile: Profile) -> dict[str, AttemptSummary]:
    """The newest attempt of each scenario."""
    newest: dict[str, AttemptSummary] = {}
    for summary in ledger().attempts_of(profile.id, 1000):
        if summary.kind == "scenario":
            newest.setdefault(summary.item, summary)
    return newest


def begin(profile: Profile, scenario: str) -> str:
    """The attempt that is under way, or a new one with a fresh variant; its id."""
    return desk().begin(profile.id, scenario, new_seed())


def names(codes) -> dict[str, str]:
    """The plain names of procedure codes."""
    found = {}
    for code in set(codes):
        for code_set in ("training-codes", "hcpcs"):
            if entry := books().entry(code_set, code):
                found[code] = entry.name
    return found


def diagnosis_title(code: str, day) -> str:
    """The title of an ICD-10-CM code, or nothing where that day's release has none of that code."""
    try:
        entry = books().diagnosis(code, day)
    except OutsideKnownDates:
        return ""
    return entry.title if entry else ""


def source(citation: str) -> tuple[str, str, str]:
    """Title, place and address of a citation written as `source place`."""
    id, _, at = citation.partition(" ")
    held = catalogue().sources.get(id)
    return (held.title, at, str(held.url or "")) if held else (id, at, "")


