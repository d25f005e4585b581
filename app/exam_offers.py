"""The exams that can be sat here: what each one is and how surely that is known, what a form of it would hold, and how one is begun."""

from dataclasses import asdict, dataclass, replace

from app.session import catalogue, change, in_team, ledger, new_id, new_seed, now, today
from app.sittings import form_of, mark_of
from curriculum.exam_form import SECTION, SIZES, Form, assemble, candidates, whole
from curriculum.exams import Blueprint
from records import Attempt, Profile, Unknown

KIND = "exam"
PREFIX = "exam:"
DAY = 86_400_000
TIMES = (100, 125, 150, 200)
"""Per cent of an exam's own time that may be given."""
SIZE_NAMES = {"full": "Whole exam", "half": "Half", "quarter": "Quarter", SECTION: "One part"}
SURENESS = {"high": "well sourced", "medium": "fairly sourced", "low": "weakly sourced", "none-published": "not published"}


@dataclass(frozen=True)
class Offer:
    """One size in which an exam can be sat today. `short`: in words, the domains for which there are too few questions."""
    size: str
    section: str
    name: str
    asked: int
    wanted: int
    seconds: int | None
    short: tuple[str, ...]


@dataclass(frozen=True)
class ExamCard:
    """An exam as the list shows it."""
    id: str
    name: str
    body: str
    facts: tuple[tuple[str, str], ...]
    known: str
    note: str
    estimate: str
    parts: tuple[tuple[str, str, str], ...]
    clocked: bool
    window_days: int | None
    open_attempt: str


def cards(profile: Profile) -> tuple[ExamCard, ...]:
    """Every exam, the learner's own first."""
    found = sorted(catalogue().blueprints.values(), key=lambda blueprint: blueprint.id != profile.goal)
    under_way = {attempt.item: attempt.attempt for attempt in reversed(ledger().history(profile.id, KIND, "open"))}
    return tuple(_card(blueprint, under_way.get(PREFIX + blueprint.id, "")) for blueprint in found)


def _card(blueprint: Blueprint, under_way: str) -> ExamCard:
    full, equal = whole(blueprint), not all(domain.questions for domain in blueprint.domains)
    known = ", ".join(f"{what}: {SURENESS[how]}" for what, how in blueprint.confidence.items())
    parts = tuple((domain.id, domain.name, f"{full[domain.id]} questions" + (", our estimate" if equal else "") + (", in case sets" if domain.case_sets else ""))
                  for domain in blueprint.domains)
    estimate = " ".join(filter(None, [blueprint.practice.note if blueprint.practice else "", "Equal weights are an estimate too." if equal else ""]))
    return ExamCard(blueprint.id, blueprint.exam, blueprint.body, _facts(blueprint, sum(full.values())),
                    f"{outline_date(blueprint)} Source: {blueprint.source}. How surely: {known}.", blueprint.note, estimate, parts,
                    blueprint.format.minutes is not None, blueprint.format.window_days, under_way)


def _facts(blueprint: Blueprint, asked: int) -> tuple[tuple[str, str], ...]:
    """Label and value: how the exam is sat."""
    form = blueprint.format
    count = f"{asked}" + (f" that count and {form.unscored} that do not" if form.unscored else "") + ("" if form.questions else ", our estimate")
    time = f"{form.minutes} minutes" if form.minutes else f"no clock, a window of {form.window_days} days" if form.window_days else "not published"
    books = ", ".join(blueprint.books) if blueprint.books else "closed book"
    return (("Questions", count), ("Time", time), ("Pass", pass_words(blueprint)), ("Open books", books),
            ("Sat", "in one sitting" if form.sitting == "one" else f"part by part, {len(blueprint.domains)} parts"))


def outline_date(blueprint: Blueprint) -> str:
    """Since when the outline is as it is told here."""
    return "The outline bears no date." if blueprint.as_of == "unknown" else f"As of {blueprint.as_of}."


def pass_words(blueprint: Blueprint) -> str:
    """The pass mark; a scaled one cannot be computed from raw points."""
    mark = blueprint.pass_
    if mark.kind == "percent":
        return f"{mark.value.normalize():f} %"
    return f"{mark.value.normalize():f} on a scale of {mark.min.normalize():f} to {mark.max.normalize():f}"


def offer(profile: Profile, exam: str, size: str, section: str = "") -> Offer:
    """What a form of that size would hold for this learner today."""
    form = _form(profile, catalogue().blueprints[exam], size, section, seed=0)
    return Offer(size, section, SIZE_NAMES[size], len(form.slots), form.wanted, form.seconds, shortfall_words(form))


def shortfall_words(form: Form) -> tuple[str, ...]:
    return tuple(f"{short.name}: {short.found} of {short.wanted}" for short in form.shortfalls)


def _form(profile: Profile, blueprint: Blueprint, size: str, section: str, seed: int) -> Form:
    if size not in (*SIZES, SECTION) or (size == SECTION and section not in {domain.id for domain in blueprint.domains}):
        raise Unknown("There is no form of that size. Choose one from the list of exams.")
    return assemble(candidates(catalogue(), blueprint.id, today()), blueprint, size, ledger().met(profile.id), seed, section)


def begin(profile: Profile, exam: str, size: str, section: str = "", time_percent: int = 100, sure: bool = False) -> str:
    """Freezes a form and starts its clock; where one of this exam is under way, that one is gone on with.

    time_percent: alone, what is chosen; in a team a trainer gives it. sure: whether each question also asks how sure the learner is.
    """
    time_percent = profile.time_percent if in_team() else time_percent
    unfinished = ledger().open_attempt(profile.id, PREFIX + exam)
    if unfinished:
        return unfinished.attempt.id
    if exam not in catalogue().blueprints or time_percent not in TIMES:
        raise Unknown("There is no such exam here. Choose one from the list of exams.")
    blueprint, seed = catalogue().blueprints[exam], new_seed()
    form = _form(profile, blueprint, size, section, seed)
    if not form.slots:
        raise Unknown("There is no question for this part yet. Choose another part or another exam.")
    if profile.time_percent != time_percent:
        change(replace(profile, time_percent=time_percent))
    at = now()
    kept = {**_kept(blueprint, form, seed), "size": size, "section": section, "sure": sure, "time_percent": time_percent, **_deadline(blueprint, form, at, time_percent)}
    return ledger().start(Attempt(new_id(), profile.id, PREFIX + exam, KIND, title(blueprint, size, section), mark_of(kept), seed, "exam", kept, at)).id


def title(blueprint: Blueprint, size: str, section: str) -> str:
    """What an attempt is called in lists."""
    part = next((domain.name for domain in blueprint.domains if domain.id == section), "")
    return f"{blueprint.id.upper()} practice exam, " + (f"part: {part}" if size == SECTION else SIZE_NAMES[size].lower())


def _deadline(blueprint: Blueprint, form: Form, at: int, time_percent: int) -> dict:
    """The exam's own seconds, and when the server takes no more answers. A window of days is nobody's to lengthen."""
    if form.seconds is not None:
        return {"seconds": form.seconds, "deadline_at": at + form.seconds * 10 * time_percent}
    window = blueprint.format.window_days
    return {"seconds": None, "deadline_at": at + window * DAY if window else None}


def _kept(blueprint: Blueprint, form: Form, seed: int) -> dict:
    """Everything that is asked and later revealed, and by what outline, so that the attempt needs no content of another day."""
    questions = catalogue().questions
    return {**form_of((questions[slot.item], seed) for slot in form.slots), "exam": blueprint.id, "blueprint": blueprint.model_dump(mode="json", by_alias=True),
            "slots": [asdict(slot) for slot in form.slots], "sections": list(form.sections),
            "wanted": form.wanted, "shortfalls": [asdict(short) for short in form.shortfalls]}
