"""A learner's first answers as evidence for each exam, folded from the log; and what the bank's items are taken to be."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import streamlit as st

from app.measuring import guess
from app.reviewing import day_of
from app.session import catalogue, ledger, today
from curriculum.exam_form import family, offered_on
from curriculum.models import Question
from records import FirstMeeting, ItemDifficulty, Profile
from scoring.ability import Answer, Evidence, fold_all, labelled
from scoring.shares import POOL, Shares, shares_of

ANSWERED = "answered"
KEPT = 64
"""Learners whose first meetings are held at once."""


@dataclass(frozen=True)
class First:
    """A learner's first meetings, and the answers among them that count: the first to an item or to one that it corrects."""
    meetings: tuple[FirstMeeting, ...]
    counting: tuple[FirstMeeting, ...]

    def answers(self, exam: str, before: date | None = None) -> tuple[Answer, ...]:
        """The evidence for an exam, in the order of writing; before: without that day and what came after it."""
        items = bank(exam)
        return tuple(answer for met in self.counting if before is None or day_of(met.at) < before for answer in answers_of(met, exam, items))


@dataclass(frozen=True)
class Item:
    """What an item is taken to be: its domains in the exam, its difficulty with how far that may be off, and the chance of being right without knowing."""
    domains: tuple[str, ...]
    difficulty: float
    spread: float
    guess: float


def difficulties() -> Mapping[str, ItemDifficulty]:
    """The calibrated difficulties; read again when they were calibrated anew."""
    marker = (ledger().path, ledger().calibrated())
    held = _held()
    if held.get("marker") != marker:
        held.update(marker=marker, found=ledger().difficulties())
    return held["found"]


@st.cache_resource(show_spinner=False)
def _held() -> dict:
    return {}


def bank(exam: str) -> Mapping[str, Item]:
    """Every item of the bank as that exam takes it, on offer or not."""
    return _bank(exam, ledger().path, ledger().calibrated())


@lru_cache(maxsize=16)
def _bank(exam: str, *marker) -> dict[str, Item]:
    held, known = catalogue(), difficulties()
    return {id_: item for id_, question in held.questions.items() if (item := _item(held.domains_of(question, exam), question, known.get(id_))).domains}


def _item(domains: tuple[str, ...], question: Question, known: ItemDifficulty | None) -> Item:
    b, spread = (known.logits, known.se) if known else labelled(question.difficulty)
    return Item(domains, b, spread, guess(question))


def shares(exam: str) -> Shares:
    """The exam, its questions drawn from what the bank offers today."""
    return _shares(exam, today(), ledger().path, ledger().calibrated())


@lru_cache(maxsize=16)
def _shares(exam: str, day: date, *marker) -> Shares:
    pools: dict[str, list[tuple[float, float, float]]] = {}
    for id_, item in bank(exam).items():
        if offered_on(catalogue().questions[id_], day):
            for domain in item.domains:
                pools.setdefault(domain, []).append((item.difficulty, item.spread, item.guess))
    return shares_of(catalogue().blueprints[exam], pools)


def answers_of(met: FirstMeeting, exam: str, items: Mapping[str, Item]) -> Iterable[Answer]:
    """A first answer as evidence: for its part in each of its domains. Of an item that is gone from the content, the log still says the domain."""
    item = items.get(met.item)
    if item is None and met.item not in catalogue().questions:
        item = Item(tuple(each.partition(":")[2] for each in met.domains if each.startswith(f"{exam}:")), *POOL[0])
    if item:
        for domain in item.domains:
            yield Answer(domain, item.difficulty, item.spread, item.guess, met.share, day_of(met.at), 1 / len(item.domains))


@lru_cache(maxsize=4096)
def _family(item: str) -> str:
    question = catalogue().questions.get(item)
    return family(catalogue(), question) if question else item


def first(profile: Profile) -> First:
    """The learner's first meetings, read from the log; again only when something was written since."""
    marker, held = (ledger().path, ledger().marker(profile.id)), _first()
    if profile.id not in held or held[profile.id][0] != marker:
        held.pop(profile.id, None)
        while len(held) >= KEPT:
            del held[next(iter(held))]
        held[profile.id] = (marker, _read(profile))
    return held[profile.id][1]


@st.cache_resource(show_spinner=False)
def _first() -> dict[str, tuple[object, First]]:
    return {}


def _read(profile: Profile) -> First:
    meetings = ledger().first_meetings(profile.id)
    seen, counting = set(), []
    for met in meetings:
        if met.state == ANSWERED and _family(met.item) not in seen:
            counting.append(met)
        if met.state != "unreached":
            seen.add(_family(met.item))
    return First(meetings, tuple(counting))


def evidence(profile: Profile, exam: str, before: date | None = None) -> Evidence:
    """What the first answers say for that exam."""
    return fold_all(first(profile).answers(exam, before))
