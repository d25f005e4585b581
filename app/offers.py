"""What there is to work: claims, exercises and lives as the list shows them, by the step of an account's life; and where an attempt at one goes on."""

from dataclasses import dataclass

from app import claims, exercises, lives
from app.session import catalogue, ledger, today
from app.widgets import places
from curriculum.exercises import payers_named
from curriculum.kinds import KINDS
from records import AttemptSummary, Profile

STEPS = {"verify": "Verify coverage", "estimate": "Estimate the patient's part", "build": "Build the claim", "send": "Scrub, send, mend rejections", "answer": "Understand an answer",
         "post": "Post and balance", "deny": "Denials and appeals", "second": "The next payer", "patient": "Patient balances and credits", "life": "A whole account"}
"""The steps of an account's life, in their order."""
FORMS = {"professional": "Professional (CMS-1500)", "institutional": "Institutional (UB-04)", "dental": "Dental (ADA)", "pharmacy": "Pharmacy (D.0)"}
OF_CLAIMS = {"read-the-eligibility-response": "verify", "complete-the-claim": "build", "scrub-the-claim": "send", "mend-the-rejection": "send", "post-the-remittance": "post", "decide-on-a-denial": "deny"}
OF_AREAS = {"patient-access": "verify", "payers": "second", "coding": "build", "claim-submission": "build", "acknowledgements": "send", "remittance": "post", "denials": "deny", "receivables": "deny",
            "patient-balances": "patient", "credit-balances": "patient", "compliance": "build", "payment-methods": "answer", "drugs": "build", "work-habits": "deny", "dental": "answer", "payer-side": "answer"}
"""The step of a kind that states none: that of the area its first competency stands in."""
LIFE = "The life of an account"


@dataclass(frozen=True)
class Card:
    """A piece of work as the list shows it. payers: their names; domains: exam id to the names of its domains; words: what a search looks in."""
    id: str
    kind: str
    step: str
    form: str
    title: str
    summary: str
    minutes: int
    difficulty: int
    payers: tuple[str, ...]
    competencies: tuple[str, ...]
    domains: dict[str, tuple[str, ...]]
    words: str


def cards() -> tuple[Card, ...]:
    """Published work that is in force today, in the order of the account's life."""
    day, held = today(), catalogue()
    offered = [item for items in (held.scenarios, held.form_scenarios, held.exercises, held.lives) for item in items.values()
               if item.status == "published" and item.in_force.from_ <= day and (item.in_force.to is None or day <= item.in_force.to)]
    steps = list(STEPS)
    return tuple(sorted((_card(held, item) for item in offered), key=lambda card: (steps.index(card.step), card.kind, card.difficulty, card.title)))


def found(offered: tuple[Card, ...], asked: str = "", step: str = "", form: str = "", payer: str = "") -> tuple[Card, ...]:
    """The cards that hold every word asked for, of the step, form and payer named."""
    wanted = asked.casefold().split()
    return tuple(card for card in offered if all(word in card.words for word in wanted) and step in ("", card.step) and form in ("", card.form) and (not payer or payer in card.payers))


def last_results(profile: Profile) -> dict[str, AttemptSummary]:
    """The newest attempt of each piece of work."""
    newest: dict[str, AttemptSummary] = {}
    for summary in ledger().attempts_of(profile.id, 1000):
        if summary.kind == "scenario":
            newest.setdefault(summary.item, summary)
    return newest


def begin(profile: Profile, item: str) -> str:
    """The attempt that is under way, or a new one with a fresh variant; its id."""
    held = catalogue()
    where = exercises if item in held.exercises else lives if item in held.lives else claims
    return where.begin(profile, item)


def page_of(attempt: str) -> str:
    """The page on which an attempt is worked or read again, by what was kept of it."""
    stored = ledger().attempt(attempt)
    kept = stored.attempt.form if stored else {}
    return places.EXERCISE if "exercise" in kept else places.LIFE if "life" in kept else places.SCENARIO


def _card(held, item) -> Card:
    kind, step, form = _kind(item)
    names = {exam: {domain.id: domain.name for domain in blueprint.domains} for exam, blueprint in held.blueprints.items()}
    domains = {exam: tuple(names[exam][d] for d in held.domains_of(item, exam)) for exam in held.blueprints}
    world = item.world if isinstance(item.world, dict) else item.world.model_dump(mode="json")
    payers = tuple(dict.fromkeys(held.policies[name].name for name in payers_named(world) if name in held.policies))
    skills = [held.competencies[skill].name for skill in item.competencies if skill in held.competencies]
    words = " ".join((item.title, item.summary, kind, STEPS[step], FORMS[form], *payers, *skills)).casefold()
    return Card(str(item.id), kind, step, form, item.title, item.summary, item.minutes, item.difficulty, payers, item.competencies, {exam: names for exam, names in domains.items() if names}, words)


def _kind(item) -> tuple[str, str, str]:
    """The kind's name in words, its step, and the form of its claims."""
    if item.kind == "life":
        return LIFE, "life", item.world.form
    if item.kind in claims.KINDS:
        return claims.KINDS[item.kind], OF_CLAIMS[item.kind], getattr(item, "form", "professional")
    kind = KINDS[item.kind]
    areas = [skill.split(".")[0] for skill in item.competencies]
    form = kind.form or next((form for form in FORMS if form in (*areas, *item.kind.split("-"))), "professional")
    return kind.title, kind.step or next((OF_AREAS[area] for area in areas if area in OF_AREAS), "answer"), form
