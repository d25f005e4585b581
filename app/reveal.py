"""What is said of an answer once it is in: the verdict's points, a reason for every part, the rule, how to find it, and where it is written."""

from dataclasses import dataclass
from decimal import Decimal

from app.sittings import Answered, Sitting, sitting_of, stored, variants
from curriculum.models import Question
from curriculum.variants import KeyedQuestion, PublicQuestion, QuestionVariant
from records import Grading, StoredAttempt, Unknown
from scoring.marks import key_of

CHOICES = ("single-choice", "multiple-choice", "true-false")
BY_PARTS = (*CHOICES, "matching", "ordering")
"""Kinds whose parts say what is right, so that no sentence has to."""


@dataclass(frozen=True)
class Part:
    """One option, pair, place or accepted code, with its reason. right None: neither right nor wrong; share: more of it, in words."""
    heading: str
    why: str
    right: bool | None
    chosen: bool
    share: str = ""


@dataclass(frozen=True)
class Feedback:
    """All that is revealed once the answer is in. costs: a sentence for each thing that took points off, as a hint."""
    earned: Decimal
    possible: Decimal
    yours: str
    key: str
    reason: str
    costs: tuple[str, ...]
    parts: tuple[Part, ...]
    rationale: str
    find_it: str
    sources: tuple[tuple[str, str, str], ...]
    competencies: tuple[str, ...]


def feedback(attempt: str, question: str) -> Feedback:
    """What is revealed of a question whose answer is stored; refuses one that has none yet."""
    found = stored(attempt)
    return feedback_of(found, sitting_of(found), question)


def feedback_of(found: StoredAttempt, sitting: Sitting, question: str) -> Feedback:
    """The same from an attempt already read."""
    answer = sitting.answered.get(question)
    if answer is None:
        raise Unknown("This question has no answer yet; its key is shown once it has one.")
    grading = next(g for g in found.gradings if g.slot == question)
    return told(found.attempt.form, variants(found.attempt.id)[question], answer, grading)


def told(form: dict, variant: QuestionVariant, answer: Answered, grading: Grading) -> Feedback:
    """What is revealed of an answer that was graded; of a blank one too, whose response is empty."""
    keyed, asked = variant.keyed, variant.keyed.question
    return Feedback(
        answer.earned, answer.possible, "" if asked.kind in BY_PARTS else str(answer.response), key(asked, keyed),
        str(grading.credits[0].get("reason", "")), tuple(str(credit["reason"]) for credit in grading.credits[1:]), parts(variant.public, keyed, answer.response),
        keyed.tell(asked.rationale), keyed.tell(asked.find_it),
        tuple((form["sources"].get(c.source, [c.source, ""])[0], c.at, form["sources"].get(c.source, ["", ""])[1]) for c in asked.citations),
        tuple(form["skills"].get(skill, skill) for skill in asked.competencies))


def parts(public: PublicQuestion, keyed: KeyedQuestion, response) -> tuple[Part, ...]:
    """A reason for each option in the order shown, each pair, each entry in its right place, or each code that earns something."""
    asked = keyed.question
    written = {option.id: option for option in asked.options}
    if asked.kind == "matching":
        return _pairs(keyed, written, response)
    if asked.kind == "ordering":
        return _places(keyed, response)
    if asked.kind in CHOICES:
        chosen = {response} if isinstance(response, str) else set(response)
        return tuple(Part(shown.text, keyed.tell(written[shown.id].why), written[shown.id].correct, shown.id in chosen) for shown in public.options)
    typed = str(response).upper().replace(".", "").replace(" ", "")
    return tuple(Part(code.code, keyed.tell(code.why), True if code.credit == 1 else None, code.code.replace(".", "") == typed,
                      "" if code.credit == 1 else f"{code.credit:.0%} of the credit") for code in asked.accepted)


def _pairs(keyed: KeyedQuestion, written: dict, response: dict[str, str]) -> tuple[Part, ...]:
    """Every prompt with its right option, and what was chosen where that is another; then the options that fit none."""
    told = {name: keyed.tell(option.text) for name, option in written.items()}
    chosen = response or {}
    pairs = tuple(Part(f"{keyed.tell(prompt.text)}: {told[prompt.match]}", keyed.tell(prompt.why), chosen.get(prompt.id) == prompt.match, False,
                       "" if chosen.get(prompt.id) in (None, prompt.match) else f"you chose {told.get(chosen[prompt.id], chosen[prompt.id])}")
                  for prompt in keyed.question.prompts)
    matched = {prompt.match for prompt in keyed.question.prompts}
    return pairs + tuple(Part(f"{told[name]}: fits none of them", keyed.tell(option.why), None, False) for name, option in written.items() if name not in matched)


def _places(keyed: KeyedQuestion, response: list[str]) -> tuple[Part, ...]:
    """Every entry in its right place, and where the learner put it."""
    places = {name: place for place, name in enumerate(response or (), 1)}
    return tuple(Part(f"{place}. {keyed.tell(option.text)}", keyed.tell(option.why), places.get(option.id) == place, False,
                      "" if places.get(option.id) in (None, place) else f"you put it at {places[option.id]}")
                 for place, option in enumerate(keyed.question.options, 1))


def key(asked: Question, keyed: KeyedQuestion) -> str:
    """The full answer in words; where the parts say it, nothing."""
    if asked.kind in BY_PARTS:
        return ""
    if asked.kind == "code-entry":
        return " or ".join(code.code for code in asked.accepted if code.credit == 1)
    value = key_of(asked, keyed.drawn)
    if asked.kind == "date":
        return value.strftime("%B %-d, %Y")
    return f"${value:,.2f}" if asked.kind == "money" else f"{value.normalize():,f}"
