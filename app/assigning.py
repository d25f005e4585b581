"""Giving work: what there is to give, to whom, by when; more time, and taking it back. Alone, a person gives themselves a plan."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, time

from app import assigned_progress, cohort_desk, exam_offers, session
from app.cohort_desk import NotFit
from app.session import catalogue, ledger, new_id, now, require, require_over
from app.told_apart import listed, of_accounts
from app.work_offered import count, length
from curriculum.exam_form import SIZES
from records import Assignment, Target
from records.permissions import ALONE

LEVELS = {"first-30-days": "First 30 days", "days-31-90": "Days 31 to 90", "after-90-days": "After 90 days"}
TIMES = exam_offers.TIMES
MORE = 7
"""So many days are offered to whoever is given more time."""
LONGEST_NOTE, LONGEST_TITLE = 500, 120


@dataclass(frozen=True)
class Level:
    """One level of a track: its competencies, and the days after the start by which a new hire should have them."""
    id: str
    name: str
    competencies: tuple[str, ...]
    days: int


@dataclass(frozen=True)
class Given:
    """An assignment as the list shows it. people: those it can be lengthened for, id to name."""
    assignment: Assignment
    whom: tuple[Target, ...]
    people: dict[str, str]
    parts: tuple[str, ...]


# What there is to give

def sizes() -> dict[str, str]:
    """The forms of an exam that can be asked for."""
    return {size: exam_offers.SIZE_NAMES[size] for size in SIZES}


def exam_words(exam: str, size: str) -> str:
    """A form of that size in words, as it would be today."""
    one = exam_offers.offer(session.me(), exam, size)
    return f"{session.exams()[exam]}, {one.name.lower()} at least: {count(one.asked, 'question')}" + (f", {length(round(one.seconds / 60))}" if one.seconds else "")


def levels(track: str) -> tuple[Level, ...]:
    """A track's levels. The first holds what every job needs in its areas and what the core asks for; the later ones what is the track's own."""
    held = catalogue()
    own, core = held.tracks.get(track, ()), held.tracks.get("core", ())
    found = []
    for id, name in LEVELS.items():
        asked = tuple(skill.id for area in held.areas for skill in area.skills if skill.level == id and area.area in (own + core if id == next(iter(LEVELS)) else own))
        if asked:
            found.append(Level(id, name, asked, days_of(id)))
    return tuple(found)


def days_of(level: str) -> int:
    """The day by which a level should be reached, as its own name says it; one without an end is given as long again."""
    last = int(re.findall(r"\d+", level)[-1])
    return 2 * last if level.startswith("after") else last


def part_name(kind: str, part: str) -> str:
    """What a piece is called; one that has gone from the content by the beginning of its id."""
    return known_name(kind, part) or f"A piece that has gone ({part[:8]})"


def known_name(kind: str, part: str) -> str:
    """What the content calls a piece; empty for a quiz or a claim that has gone from there."""
    held = catalogue()
    if kind == "track":
        return held.competencies[part].name if part in held.competencies else part
    if kind == "exam":
        return session.exams().get(part.removeprefix(exam_offers.PREFIX), part)
    return next((whole.title for whole in held.sets if str(whole.id) == part), held.items[part].title if part in held.items else "")


# Whom one can give it to

def cohorts() -> dict[str, str]:
    return {cohort.id: cohort.name for cohort in cohort_desk.cohorts() if cohort_desk.allowed(cohort.id, "assign")} if session.in_team() else {}


def people() -> dict[str, str]:
    """Everyone in the cohorts one leads, by name, told apart where two are alike; alone, oneself."""
    if not session.in_team():
        return {session.me().id: session.me().name}
    found = of_accounts({account.profile: account for cohort in cohorts() for account in cohort_desk.members(cohort) if account.status != "disabled"}.values())
    return dict(sorted(found.items(), key=lambda each: each[1].casefold()))


def reached(cohorts: tuple[str, ...], profiles: tuple[str, ...]) -> str:
    """Whom a choice of cohorts and people comes to, in words; who is in it twice counts once."""
    if not session.in_team():
        return "you"
    if not cohorts and not profiles:
        return "nobody yet"
    everyone = {account.profile for cohort in cohorts for account in cohort_desk.members(cohort) if account.status != "disabled"} | set(profiles)
    names = [cohort_desk.name_of(cohort) for cohort in cohorts]
    return (f"{', '.join(names)}{' and ' if profiles else ': '}" if names else "") + (f"{count(len(profiles), 'single person', 'single people')}: " if profiles else "") + f"{count(len(everyone), 'person', 'people')} in all"


# Giving it

def give_track(track: str, due: dict[str, date], cohorts: tuple[str, ...], people: tuple[str, ...], note: str = "") -> int:
    """An assignment for each level that has a due date; how many."""
    wanted = [level for level in levels(track) if level.id in due]
    if not wanted:
        raise NotFit("Choose a level of the track at least.")
    name = session.tracks().get(track, track)
    for level in wanted:
        _give("track", track, level.competencies, f"{name}: {level.name.lower()}", due[level.id], cohorts, people, note)
    return len(wanted)


def give_items(chosen: tuple[str, ...], title: str, due: date, cohorts: tuple[str, ...], people: tuple[str, ...], percent: int = 0, note: str = "") -> Assignment:
    """Items to finish by a day, with a share of the points where one is wanted."""
    if not chosen:
        raise NotFit("Choose an item at least.")
    names = [part_name("items", item) for item in chosen]
    return _give("items", "", chosen, title.strip() or names[0] + (f" and {len(names) - 1} more" if len(names) > 1 else ""), due, cohorts, people, note, percent)


def give_exam(exam: str, size: str, due: date, cohorts: tuple[str, ...], people: tuple[str, ...], percent: int = 0, note: str = "") -> Assignment:
    """A practice exam of that size or a longer one, to finish by a day."""
    blueprint = catalogue().blueprints[exam]
    offer = exam_offers.offer(session.me(), exam, size)
    return _give("exam", exam, (exam_offers.PREFIX + exam,), exam_offers.title(blueprint, size, ""), due, cohorts, people, note, percent, offer.asked)


def _give(kind: str, subject: str, parts: tuple[str, ...], title: str, due: date, cohorts: tuple[str, ...], people: tuple[str, ...], note: str, percent: int = 0, questions: int = 0) -> Assignment:
    if not cohorts and not people:
        raise NotFit("Choose a cohort or a person at least.")
    if due < session.today():
        raise NotFit("Choose a due date from today on.")
    fit_words(title, note)
    for cohort in cohorts:
        cohort_desk.demand(cohort, "assign")
    for person in people:
        require("assign", person)
    return session.training().assign(Assignment(new_id(), kind, subject, parts, title, note.strip(), percent, questions, end_of(due), session.actor(), now()), cohorts, people)


def fit_words(title: str, note: str) -> None:
    if len(note) > LONGEST_NOTE or len(title) > LONGEST_TITLE:
        raise NotFit(f"Keep the title under {LONGEST_TITLE} characters and the note under {LONGEST_NOTE}.")


def end_of(day: date) -> int:
    """The last moment of a day, in milliseconds."""
    return int(datetime.combine(day + timedelta(days=1), time()).timestamp() * 1000) - 1


# Afterwards

def given() -> tuple[Given, ...]:
    """What the viewer gave, and what was given to their cohorts; the nearest due date first."""
    require("assign")
    found, training = [], session.training()
    for made in training.made_for(session.actor()):
        whom, addresses = training.whom(made.id), {}
        people_ = {target.profile: target.name for target in whom if target.profile}
        for target in whom:
            if target.cohort and cohort_desk.allowed(target.cohort, "assign") and cohort_desk.ended(target.cohort) is None:
                members = cohort_desk.members(target.cohort)
                people_ |= {account.profile: account.name for account in members}
                addresses |= {account.profile: account.email for account in members}
        found.append(Given(made, whom, dict(sorted(listed(people_, addresses).items(), key=lambda each: each[1].casefold())), tuple(part_name(made.kind, part) for part in made.parts)))
    return tuple(found)


def demand(assignment: str) -> None:
    """Refused unless the viewer made it or leads a cohort it was given to."""
    who = require("assign")
    if who.role != ALONE and assignment not in {made.id for made in session.training().made_for(who.profile)}:
        raise cohort_desk.NotAllowed("Not allowed: this was given by another trainer to people you do not lead.")


def change(made: Assignment, title: str, note: str, due: date, percent: int, parts: tuple[str, ...]) -> Assignment:
    """Another date, wording, share of the points or other pieces, for all whom it was given to. A date of one's own stays; what was done of a piece taken out stays done."""
    demand(made.id)
    due_at = end_of(due)
    if due_at != made.due_at and due < session.today():
        raise NotFit("Choose a due date from today on, or leave it as it was.")
    if not parts:
        raise NotFit("Leave a piece in it at least, or withdraw it.")
    if not title.strip():
        raise NotFit("Give it a title.")
    fit_words(title, note)
    if made.kind != "items" and parts != made.parts:
        raise NotFit("Only quizzes and claims can be added or taken out. Give another level or exam beside it.")
    return session.training().change_assignment(made.id, session.actor(), now(), title=title.strip(), note=note.strip(), due_at=due_at, percent=percent, parts=parts)


def due_day(at: int) -> date:
    """The day whose end a due date is."""
    return datetime.fromtimestamp(at / 1000).date()


def withdraw(assignment: str) -> None:
    demand(assignment)
    session.training().withdraw(assignment, session.actor(), now())


def later(due_at: int) -> date:
    """The day that is offered as more time: a week after the one that was theirs, or after today where that has passed."""
    return max(due_day(due_at), session.today()) + timedelta(days=MORE)


def extend(assignment: str, profile: str, due: date) -> None:
    """Another due date for one person: in a team more time and never less, since a date that was told is relied on. One's own plan one may move as one likes."""
    demand(assignment)
    require_over("give time", profile)
    if due < session.today():
        raise NotFit("Choose a due date from today on.")
    held = assigned_progress.progress(assignment).of(profile)
    if held is None:
        raise NotFit("Not asked for: this is given to nobody of that name here. Load the page again.")
    if session.in_team() and end_of(due) <= held.due_at:
        raise NotFit(f"{held.name} has until {due_day(held.due_at):%-d %b %Y} already. Choose a later day, or give everybody's date back below, or change the date for everybody.")
    session.training().extend(assignment, profile, end_of(due), session.actor(), now())


def back_to_usual(assignment: str, profile: str) -> None:
    """Takes a person's own due date away, so that theirs is everybody's again."""
    demand(assignment)
    require_over("give time", profile)
    session.training().back_to_usual(assignment, profile, session.actor(), now())


def give_time(profile: str, percent: int) -> None:
    """How much of an exam's own time a person is given from now on."""
    require_over("give time", profile)
    if percent not in TIMES:
        raise NotFit("Choose one of the times on offer.")
    session.training().give_time(profile, percent, session.actor(), now())


def time_of(profile: str) -> int:
    """What a person is given of an exam's own time, in per cent."""
    found = ledger().profile(profile)
    return found.time_percent if found else TIMES[0]
