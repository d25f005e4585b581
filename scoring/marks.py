"""Credits: what each part of an answer earned and why; a score is nothing but their fold."""

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from billing.formulas import compute
from billing.misconceptions import wrong_answers
from curriculum.models import Question
from scoring.answers import Unreadable, parse

GRADER = "1"
"""The version of marking that a stored grading names; raise it when the same answer could earn another score."""


@dataclass(frozen=True)
class Credit:
    """One part: earned of possible, the reason in a sentence, and the known mistake when one explains the answer.

    severity: what kind of harm a wrong part does: rejected, denied, underpaid, overpaid, unlawful; empty where none of these.
    """
    part: str
    earned: Decimal
    possible: Decimal
    reason: str
    misconception: str = ""
    citations: tuple[str, ...] = ()
    severity: str = ""

    def plain(self) -> dict:
        """As JSON keeps it."""
        return {key: str(value) if isinstance(value, Decimal) else value for key, value in asdict(self).items()}


@dataclass(frozen=True)
class Marks:
    """The credits of one answer."""
    credits: tuple[Credit, ...]

    @property
    def earned(self) -> Decimal:
        return sum((credit.earned for credit in self.credits), Decimal(0))

    @property
    def possible(self) -> Decimal:
        return sum((credit.possible for credit in self.credits), Decimal(0))

    @property
    def full(self) -> bool:
        return self.earned == self.possible


def key_of(question: Question, drawn: dict[str, str]) -> str | frozenset[str] | tuple[str, ...] | dict[str, str] | Decimal | date:
    """The full-credit answer in the form `parse` returns; a computed key is computed here."""
    if question.compute:
        return compute(question.compute.formula, drawn)
    if question.kind in ("numeric", "money", "date"):
        return parse(question.kind, question.answer)
    if question.kind == "code-entry":
        return parse("code-entry", next(a.code for a in question.accepted if a.credit == 1))
    if question.kind == "matching":
        return {prompt.id: prompt.match for prompt in question.prompts}
    if question.kind == "ordering":
        return tuple(option.id for option in question.options)
    right = frozenset(option.id for option in question.options if option.correct)
    return right if question.kind == "multiple-choice" else next(iter(right))


def mark_question(question: Question, drawn: dict[str, str], response: object) -> Marks | Unreadable:
    """The marks of a response, worth 1 in all; Unreadable when it is no answer of that kind."""
    value = parse(question.kind, response, frozenset(option.id for option in question.options), frozenset(prompt.id for prompt in question.prompts))
    if isinstance(value, Unreadable):
        return value
    marker = {"single-choice": _choice, "true-false": _choice, "multiple-choice": _choices, "code-entry": _code, "matching": _pairs, "ordering": _order}.get(question.kind, _value)
    return Marks((marker(question, drawn, value),))


def _credit(question: Question, earned: Decimal, reason: str, misconception: str = "") -> Credit:
    return Credit("answer", earned, Decimal(1), reason, misconception, tuple(str(c) for c in question.citations))


def _choice(question: Question, drawn: dict, value: str) -> Credit:
    option = next(option for option in question.options if option.id == value)
    return _credit(question, Decimal(int(option.correct)), option.why, option.misconception)


def _choices(question: Question, drawn: dict, value: frozenset[str]) -> Credit:
    right = key_of(question, drawn)
    hits, misses = len(value & right), len(value - right)
    if question.partial_credit == "all-or-nothing":
        earned = Decimal(int(value == right))
    else:
        earned = max(Decimal(hits - misses), Decimal(0)) / len(right)
    left_out = len(right) - hits
    reason = f"{hits} of {len(right)} right ones chosen" + (f", {misses} wrong ones with them" if misses else "") + (
        f", {left_out} left out" if left_out else "") + "."
    return _credit(question, earned.quantize(Decimal("0.0001")), reason)


def _pairs(question: Question, drawn: dict, value: dict[str, str]) -> Credit:
    key = key_of(question, drawn)
    hits = sum(value[prompt] == option for prompt, option in key.items())
    return _credit(question, _share(question, Decimal(hits) / len(key)), f"{hits} of {len(key)} pairs right.")


def _order(question: Question, drawn: dict, value: tuple[str, ...]) -> Credit:
    key = key_of(question, drawn)
    placed = sum(given == right for given, right in zip(value, key))
    return _credit(question, _share(question, ordered(value, key)), f"{placed} of {len(key)} in their place.")


def _share(question: Question, share: Decimal) -> Decimal:
    """The share as points, or nothing short of the whole where only the whole counts."""
    return Decimal(int(share == 1)) if question.partial_credit == "all-or-nothing" else share.quantize(Decimal("0.0001"))


def ordered(value: tuple[str, ...], key: tuple[str, ...]) -> Decimal:
    """The share of pairs that stand in the right order, counted from one half: an order by chance earns nothing."""
    pairs = [(a, b) for place, a in enumerate(key) for b in key[place + 1:]]
    right = sum(value.index(a) < value.index(b) for a, b in pairs)
    return max(Decimal(2 * right - len(pairs)), Decimal(0)) / len(pairs)


def _value(question: Question, drawn: dict, value: Decimal | date) -> Credit:
    truth = key_of(question, drawn)
    near = value == truth if isinstance(truth, date) else abs(value - truth) <= question.tolerance
    if near:
        return _credit(question, Decimal(1), "Right.")
    if question.compute:
        for slug, (mistake, wrong) in wrong_answers(question.compute.formula, drawn, truth).items():
            if wrong == value:
                return _credit(question, Decimal(0), f"You {mistake.says}.", slug)
    return _credit(question, Decimal(0), "Not this value.")


def _code(question: Question, drawn: dict, value: str) -> Credit:
    for accepted in sorted(question.accepted, key=lambda a: -a.credit):
        if parse("code-entry", accepted.code) == value:
            return _credit(question, accepted.credit, accepted.why)
    return _credit(question, Decimal(0), "Not this code.")
