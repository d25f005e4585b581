"""What an author should look at in an item, in words; silent until enough persons answered."""

from dataclasses import dataclass

from scoring.item_statistics import ItemStatistics
from scoring.readiness_model import MODEL

FEW, MORE = 30, 50
"""Answers from which most flags speak; and those about options that nobody chooses, and about a calibrated difficulty."""
TOO_EASY, LEFT_OUT, UNREACHED = 0.95, 0.15, 0.20
GUESS = 0.25


@dataclass(frozen=True)
class Flag:
    """kind: a word to sort by; sentence: what was seen and what to do; n: the answers that it rests on."""
    kind: str
    sentence: str
    n: int


def flags(item: ItemStatistics, difficulty: tuple[float, float] | None = None, label: int | None = None, guess: float | None = None) -> tuple[Flag, ...]:
    """difficulty: calibrated, in logits, with its standard error; label: the author's, 1 to 5; guess: the chance of being right without knowing."""
    found = [*_about_marks(item, guess), *_about_options(item), *_about_gaps(item)] if item.n >= FEW else []
    if difficulty and label and item.n >= MORE:
        found += _about_label(item, difficulty, label)
    return tuple(Flag(kind, sentence, item.n) for kind, sentence in found)


def _about_marks(item: ItemStatistics, guess: float | None):
    """Facility and discrimination."""
    chance = guess if guess is not None else 1 / (len(item.options) - 1) if len(item.options) > 2 else GUESS
    low, high = item.facility_interval
    if high < chance:
        yield "below-chance", f"Fewer are right ({_percent(item.facility)}) than guessing would be ({_percent(chance)}): look at the key and the wording."
    if item.facility > TOO_EASY:
        yield "too-easy", f"Nearly everyone is right ({_percent(item.facility)}): it says little about who is able."
    if item.discrimination is not None and item.discrimination < 0:
        sure = item.discrimination_interval is not None and item.discrimination_interval[1] < 0
        yield "backwards", "The better learners do worse here" + (": look whether the key is right." if sure else ", so far within what chance allows: look at the key.")


def _about_options(item: ItemStatistics):
    key = [option for option in item.options if option.right]
    if len(key) != 1:
        return
    for option in item.options:
        if not option.right and option.option and option.thirds[2] > key[0].thirds[2]:
            yield "best-choose-another", f"The best learners choose {option.option} ({option.thirds[2]} of the top third; {key[0].thirds[2]} chose the key, {key[0].option})."
        if not option.right and option.option and not option.n and item.n >= MORE:
            yield "unused-option", f"Nobody chose {option.option}: it only makes the question longer to read."


def _about_gaps(item: ItemStatistics):
    reached = item.n + item.omitted
    if item.omitted > LEFT_OUT * reached:
        yield "left-out", f"{item.omitted} of {reached} who reached it left it out: look at the wording."
    if item.not_reached > UNREACHED * item.persons:
        yield "not-reached", f"{item.not_reached} of {item.persons} never reached it: its figures rest on the quick ones."


def _about_label(item: ItemStatistics, difficulty: tuple[float, float], label: int):
    """Another label is nearer, and the answers leave no doubt that it is further than two standard errors from this one."""
    away = [abs(difficulty[0] - logit) for logit in MODEL.label_logits]
    nearest = away.index(min(away)) + 1
    if nearest != label and away[label - 1] > 2 * difficulty[1]:
        yield "other-than-labelled", f"Its label says {label}, its answers say {nearest}: change the label."


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
