"""Where a learner stands and what to do next: evidence by competency and exam domain, unfinished work, and what is weakest."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from app import offers, quizzing
from app.session import catalogue, ledger, today
from records import AttemptSummary, Profile, Standing
from scoring.review import Aim, Answer, USUAL, due, folded


A_PAGE = 20
"""Attempts on a page of past ones."""


@dataclass(frozen=True)
class Line:
    """A competency or an exam domain and the evidence for it; None where nothing was seen yet, which is not the same as weak."""
    id: str
    name: str
    shows: str
    standing: Standing | None
    wanted: bool = True          # whether the goal asks for it

    @property
    def share(self) -> float | None:
        return share(self.standing)


@dataclass(frozen=True)
class AreaLines:
    """The competencies of one area."""
    name: str
    lines: tuple[Line, ...]

    @property
    def seen(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.standing)

    @property
    def figure(self) -> str:
        """The area's evidence in words: share, answers, and how much of the area they touch."""
        if self.share is None:
            return f"0 of {len(self.lines)} seen"
        n = sum(line.standing.n for line in self.seen)
        return f"{self.share:.0%}, {n} answer{'s' if n != 1 else ''}, {len(self.seen)} of {len(self.lines)} seen"

    @property
    def share(self) -> float | None:
        """The area's own share: all its evidence taken together."""
        earned = sum((line.standing.earned for line in self.seen), Decimal(0))
        possible = sum((line.standing.possible for line in self.seen), Decimal(0))
        return float(earned / possible) if possible else None


@dataclass(frozen=True)
class Suggestion:
    """A claim worth working or a set worth taking next, and why. `length` says how long it is."""
    kind: str
    card: offers.Card | quizzing.SetCard
    why: str
    length: str


def share(standing: Standing | None) -> float | None:
    """Points earned of points possible, from 0 to 1."""
    return float(standing.earned / standing.possible) if standing and standing.possible else None


def figure(standing: Standing | None) -> str:
    """The evidence in words."""
    if standing is None or not standing.possible:
        return "not seen yet"
    return f"{share(standing):.0%}, {standing.n} answer" + ("s" if standing.n != 1 else "")


def points(attempt: AttemptSummary) -> str:
    """The points of an attempt in words; nothing answered is not nought."""
    return f"{short(attempt.score)} of {short(attempt.possible)} points" if attempt.possible else "no answer yet"


def short(amount: Decimal) -> str:
    """Points with at most two decimals: 6.67, 5."""
    return f"{amount.quantize(Decimal('0.01')).normalize():f}"


def areas(profile: Profile) -> tuple[AreaLines, ...]:
    """Every competency, grouped, with its evidence; those the goal asks for are marked."""
    evidence, wanted = ledger().evidence(profile.id), wanted_skills(profile)
    return tuple(
        AreaLines(area.name, tuple(Line(s.id, s.name, s.shows, evidence.get(s.id), s.id in wanted) for s in area.skills))
        for area in catalogue().areas)


def domains(profile: Profile, exam: str) -> tuple[Line, ...]:
    """The exam's domains with the evidence for each; `shows` says how many of its questions fall there, where published."""
    evidence = ledger().domain_evidence(profile.id)
    return tuple(Line(d.id, d.name, f"{d.questions} of the exam's questions" if d.questions else "", evidence.get(f"{exam}:{d.id}"))
                 for d in catalogue().blueprints[exam].domains)


def exam_note(exam: str) -> str:
    """Who holds the exam, what its outline rests on, and that we are not they."""
    blueprint = catalogue().blueprints[exam]
    return (f"Outline as of {blueprint.as_of}. Source: {blueprint.source}. {blueprint.note} "
            f"Clean Claim is not affiliated with or endorsed by {blueprint.body}.")


def wanted_skills(profile: Profile) -> frozenset[str]:
    """The competencies that the profile's goal asks for."""
    held = catalogue()
    if profile.goal_kind == "exam":
        return frozenset(s.id for s in held.competencies.values() if s.exams.get(profile.goal))
    core, own = held.tracks.get("core", ()), held.tracks.get(profile.goal, ())
    return frozenset(s.id for area in held.areas for s in area.skills
                     if area.area in own or (area.area in core and s.level == "first-30-days"))


def unfinished(profile: Profile) -> tuple[AttemptSummary, ...]:
    """Attempts to go on with, newest first."""
    return ledger().history(profile.id, state="open")


def recent(profile: Profile, limit: int = 20) -> tuple[AttemptSummary, ...]:
    return ledger().attempts_of(profile.id, limit=limit)


def history(profile: str, kind: str = "", state: str = "", page: int = 1) -> tuple[AttemptSummary, ...]:
    """A page of the attempts of whoever's work the viewer may see, newest first."""
    return ledger().history(profile, kind, state, A_PAGE, (page - 1) * A_PAGE)


def pages(profile: str, kind: str = "", state: str = "") -> int:
    """How many such pages there are; none where there is no attempt."""
    return -(-ledger().history_length(profile, kind, state) // A_PAGE)


def suggestions(profile: Profile, going: tuple[AttemptSummary, ...], most: int = 3) -> tuple[Suggestion, ...]:
    """What would help most, a claim first: that with the most wanted competencies unseen or weak, leaving out what is going on already."""
    evidence, wanted = ledger().evidence(profile.id), wanted_skills(profile)
    under_way = {attempt.item for attempt in going}
    ranked = {kind: sorted((card for card in cards if card.id not in under_way and _need(card, evidence, wanted)),
                           key=lambda card: (-_need(card, evidence, wanted), card.title))
              for kind, cards in (("scenario", offers.cards()), (quizzing.KIND, quizzing.sets()))}
    chosen = [("scenario", card) for card in ranked["scenario"][:1]]
    chosen += [(quizzing.KIND, card) for card in ranked[quizzing.KIND][:most - len(chosen)]]
    return tuple(Suggestion(kind, card, _why(card, evidence, wanted), _length(kind, card)) for kind, card in chosen)


def due_again(profile: Profile, going: tuple[AttemptSummary, ...], most: int = 3) -> tuple[Suggestion, ...]:
    """The claims, exercises and accounts that are worth working again by now, by the same memory as every skill and fact; those of the worst memory first."""
    cards = {card.id: card for card in offers.cards()}
    under_way = {attempt.item for attempt in going}
    worked = [attempt for attempt in reversed(recent(profile, 1000)) if attempt.kind == "scenario" and attempt.finished and attempt.possible and attempt.item in cards]
    answers = [Answer(attempt.item, datetime.fromtimestamp(attempt.finished / 1000).date(), float(attempt.score / attempt.possible)) for attempt in worked]
    last, memories = {answer.card: answer for answer in answers}, folded(answers)
    again = [item for item in due(memories, Aim(USUAL), today()) if item not in under_way]
    return tuple(Suggestion("scenario", cards[item], f"Last met {last[item].day:%-d %b %Y} with {last[item].share:.0%} of the marks.", _length("scenario", cards[item]))
                 for item in again[:most])


def _length(kind: str, card) -> str:
    return f"{card.kind}, about {card.minutes} minutes." if kind == "scenario" else f"A quiz of {card.count} questions."


def _need(card, evidence: dict[str, Standing], wanted: frozenset[str]) -> float:
    """How much of it is wanted and not yet shown: a share from 0 to 1 of its competencies."""
    missing = [1 - (share(evidence.get(skill)) or 0) for skill in card.competencies if skill in wanted]
    return sum(missing) / len(card.competencies) if card.competencies else 0


def _why(card, evidence: dict[str, Standing], wanted: frozenset[str]) -> str:
    names = catalogue().competencies
    skills = [skill for skill in card.competencies if skill in wanted and skill in names]
    unseen = [names[skill].name for skill in skills if skill not in evidence]
    if unseen:
        rest = f" and {len(unseen) - 1} more" if len(unseen) > 1 else ""
        return f"Nothing answered yet on {unseen[0]}{rest}."
    weakest = min(skills, key=lambda skill: share(evidence[skill]) or 0)
    return f"{names[weakest].name} stands at {share(evidence[weakest]) or 0:.0%}."
