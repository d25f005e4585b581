"""A question drawn by a seed: what a page may know of it (PublicQuestion) and what marking knows (KeyedQuestion), apart."""

import re
from typing import Any

from curriculum.cases import chance
from curriculum.models import CaseSet, Content, Exhibit, Question

PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_NUMBER = re.compile(r"^[-+]?\$?\d[\d,]*(\.\d+)?\s?(%|[a-z][a-z -]{0,30})?$")
_DATE = re.compile(r"^(\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}/\d{2,4}|[A-Z][a-z]+ \d{1,2},? \d{4})$")

HINTS = {
    "numeric": "A number, as 12 or 12.5.",
    "money": "Dollars and cents, as 1234.50.",
    "date": "A date with its year, as 2026-03-31.",
    "code-entry": "One code, as E11.9 or J1885.",
    "multiple-choice": "Choose every option that applies.",
    "matching": "Choose one option for each. An option may fit several, or none.",
    "ordering": "Give each its place: 1 for the first.",
}


class PublicOption(Content):
    """An option without its verdict, or a prompt without the option it belongs to."""
    id: str
    text: str


class PublicCase(Content):
    """The situation and the papers that the questions of a case share; nothing of it is secret."""
    title: str
    story: str
    exhibits: tuple[Exhibit, ...]


class PublicQuestion(Content):
    """All that a page may show before the answer is in; options in shown order."""
    id: str
    kind: str
    stem: str
    exhibit: str = ""
    prompts: tuple[PublicOption, ...] = ()
    options: tuple[PublicOption, ...] = ()
    code_set: str = ""
    hint: str = ""
    case: PublicCase | None = None


class KeyedQuestion(Content):
    """The question with its key, the seed and the values drawn by it."""
    question: Question
    seed: int
    drawn: dict[str, str] = {}

    def tell(self, text: str) -> str:
        """A text of the question (the rationale, say) with the drawn values filled in."""
        return PLACEHOLDER.sub(lambda found: self.drawn.get(found[1], found[0]), text)


class QuestionVariant(Content):
    """The two sides of one drawn question."""
    public: PublicQuestion
    keyed: KeyedQuestion

    def plain(self) -> dict[str, Any]:
        """As JSON keeps it in the attempt log: whole, so that no later change of content reaches it."""
        return self.model_dump(mode="json", by_alias=True)

    @classmethod
    def from_plain(cls, kept: dict[str, Any]) -> "QuestionVariant":
        """The variant back from JSON."""
        return cls.model_validate(kept)


def vary(question: Question, seed: int, case: CaseSet | None = None) -> QuestionVariant:
    """The question as that seed draws it, the same on every machine; with the case that it belongs to."""
    keyed = KeyedQuestion.model_construct(question=question, seed=seed, drawn=drawn(question, seed))
    texts = {option.id: option.text for option in question.options}
    return QuestionVariant.model_construct(keyed=keyed, public=PublicQuestion(
        id=str(question.id), kind=question.kind, stem=keyed.tell(question.stem), exhibit=keyed.tell(question.exhibit),
        prompts=tuple(PublicOption(id=prompt.id, text=keyed.tell(prompt.text)) for prompt in question.prompts),
        options=tuple(PublicOption(id=id_, text=keyed.tell(texts[id_])) for id_ in shown_order(question, seed)),
        code_set=question.code_set, hint=HINTS.get(question.kind, ""),
        case=PublicCase(title=case.title, story=case.story, exhibits=case.exhibits) if case else None))


def drawn(question: Question, seed: int) -> dict[str, str]:
    """What the formula is given under the seed; seed 0 takes the first of every list."""
    if not question.compute:
        return {}
    stream = chance(question.id, seed)
    return {name: value if isinstance(value, str) else value[0] if seed == 0 else stream.choice(value)
            for name, value in sorted(question.compute.given.items())}


def shown_order(question: Question, seed: int) -> tuple[str, ...]:
    """The ids of the options in the order shown: shuffled, but true before false, and figures and dates as the author sorted them."""
    ids = [option.id for option in question.options]
    if question.kind == "true-false":
        return tuple(sorted(ids, reverse=True))
    if question.kind == "ordering":
        return _jumbled(ids, question, seed)
    if not figures(question):
        chance(f"{question.id}:order", seed).shuffle(ids)
    return tuple(ids)


def _jumbled(ids: list[str], question: Question, seed: int) -> tuple[str, ...]:
    """Any order but the right one, which would answer the question, and its reverse, which nearly would."""
    stream, shown = chance(f"{question.id}:order", seed), list(ids)
    while shown in (ids, ids[::-1]):
        stream.shuffle(shown)
    return tuple(shown)


def figures(question: Question) -> bool:
    """Whether every option is a figure or a date, which a reader expects sorted."""
    return bool(question.options) and all(_NUMBER.match(text) or _DATE.match(text) for text in (option.text.strip() for option in question.options))
