"""What items did among a set of learners: their figures and flags, from first meetings alone; and the calibration of their difficulties. No screen is needed."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from textwrap import shorten

from curriculum.catalogue import Catalogue
from curriculum.models import Question
from curriculum.variants import drawn
from records import FirstMeeting, ItemDifficulty, Records
from scoring.ability import guess_of
from scoring.bank_statistics import Asked, Meeting, bank_statistics
from scoring.bank_statistics import difficulties as calibrated
from scoring.exam_result import time_spent
from scoring.item_flags import MORE, Flag, flags
from scoring.item_statistics import ItemStatistics
from scoring.response_table import ANSWERED, NOT_REACHED, OMITTED

STATES = {"answered": ANSWERED, "omit": OMITTED, "unreached": NOT_REACHED}
CHOSEN = ("single-choice", "multiple-choice", "true-false")
LONGEST = 70
"""Characters of an option's text in a flag."""
AWAY = 15 * 60
"""Seconds: whoever took longer was not at it all the time."""


@dataclass(frozen=True)
class OptionText:
    """An option with its words; right: whether it belongs to the key."""
    id: str
    text: str
    right: bool


@dataclass(frozen=True)
class Sheet:
    """One item and what it did. difficulty: calibrated, None while its label stands for it; options: empty where nothing is chosen."""
    item: str
    slug: str
    stem: str
    kind: str
    label: int
    figures: ItemStatistics
    flags: tuple[Flag, ...]
    difficulty: ItemDifficulty | None
    options: tuple[OptionText, ...]


def of_learners(records: Records, held: Catalogue, profiles: Iterable[str]) -> tuple[Sheet, ...]:
    """The sheet of every item that one of these learners met, those with the most flags first, then those with the most answers.

    Whoever calls has asked before whether these learners' answers may be seen.
    """
    met = tuple(meeting for profile in profiles for meeting in meetings(records, held, profile))
    known, asked = records.difficulties(), bank(held)
    sheets = (_sheet(held.questions[one.item], one, known.get(one.item), asked[one.item].guess) for one in bank_statistics(met, asked))
    return tuple(sorted(sheets, key=lambda sheet: (-len(sheet.flags), -sheet.figures.n, sheet.slug)))


def guess(question: Question) -> float:
    """The chance of being right by choosing blindly."""
    right = sum(option.correct for option in question.options)
    if question.kind == "multiple-choice":
        return guess_of(len(question.options), right)
    return guess_of(len(question.options)) if question.kind in ("single-choice", "true-false") else 0.0


def bank(held: Catalogue) -> dict[str, Asked]:
    """What is known of every question apart from its answers."""
    return {id_: Asked(tuple(option.id for option in question.options) if question.kind in CHOSEN else (),
                       frozenset(option.id for option in question.options if option.correct), guess(question), question.difficulty)
            for id_, question in held.questions.items()}


def meetings(records: Records, held: Catalogue, profile: str) -> Iterable[Meeting]:
    """A learner's first meetings with the items that are still in the content."""
    spent = {attempt: time_spent(steps, end) for attempt, (steps, end) in records.openings_of(profile).items()}
    for met in records.first_meetings(profile):
        if question := held.questions.get(met.item):
            taken = (met.taken or spent.get(met.attempt, {}).get(met.item, 0)) / 1000
            yield Meeting(profile, met.item, STATES[met.state], met.share if met.state == "answered" else None, _chosen(question, met),
                          taken if 0 < taken <= AWAY and met.state == "answered" else None, drawn(question, met.seed))


def _chosen(question: Question, met: FirstMeeting) -> frozenset[str]:
    if question.kind not in CHOSEN or met.response in (None, ""):
        return frozenset()
    return frozenset([met.response]) if isinstance(met.response, str) else frozenset(map(str, met.response))


def _sheet(question: Question, figures: ItemStatistics, known: ItemDifficulty | None, guess: float) -> Sheet:
    texts = {option.id: f"“{shorten(option.text, LONGEST, placeholder='…')}”" for option in question.options}
    worded = replace(figures, options=tuple(replace(one, option=texts.get(one.option, one.option)) for one in figures.options))
    said = flags(worded, (known.logits, known.se) if known else None, question.difficulty, guess)
    options = tuple(OptionText(option.id, option.text, option.correct) for option in question.options) if question.kind in CHOSEN else ()
    return Sheet(str(question.id), question.slug, question.stem, question.kind, question.difficulty, figures, said, known, options)


def calibration(records: Records, held: Catalogue, at: int, fewest: int = MORE) -> tuple[tuple[ItemDifficulty, ...], int, int]:
    """The difficulties that everybody's first answers give, not yet kept; how many learners and first answers they rest on."""
    met = [meeting for profile in records.learners() for meeting in meetings(records, held, profile)]
    found, _ = calibrated(met, bank(held), fewest)
    given = [one for one in met if one.state == ANSWERED]
    return tuple(ItemDifficulty(one.item, one.logits, one.se, one.n, at) for one in found), len({one.person for one in given}), len(given)
