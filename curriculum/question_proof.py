"""What one question must hold beyond its fields: a fair stem and options, a readable key, a computation that runs on every draw."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation

from billing.codes import CodeBooks, OutsideKnownDates
from billing.formulas import compute
from curriculum.catalogue import Origin
from curriculum.code_sets import CodeList
from curriculum.mistakes import Mistake
from curriculum.models import AcceptedCode, CaseSet, Question
from curriculum.variants import PLACEHOLDER, drawn, figures

SEEDS = range(20)
LISTS = {"modifier": "modifiers", "pos": "places-of-service", "carc": "carc", "rarc": "rarc", "hcpcs": "hcpcs"}
"""The set under codesets/ that a question's code_set is answered from."""
_ALL_OF = re.compile(r"\b(all|none|both|neither|any) of (the|these|those)\b.{0,8}\b(above|below|these|those|options|answers)|\bboth [A-D] and [A-D]\b", re.IGNORECASE)
_QUIET_NOT = re.compile(r"\b([Ww]hich|[Ww]hat)\b[^.?]{0,60}?\b(is|are|does|do|would|should|may|can|must)( \w+)? (not|never)\b|\b([Aa]ll|[Aa]ny)\b[^.?]{0,80}\bexcept\b")
_TELLING_ID = re.compile(r"^(correct|right|key|answer|wrong|incorrect|distractor)(-|\d|$)")
_TELLING_PLACE = re.compile(r"(^|-)(\d+|first|second|third|fourth|fifth|last|step|place)(-|$)")
_SLUG = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")


def prove_question(question: Question, origin: Origin) -> Iterator[Mistake]:
    """Every mistake in the question."""
    yield from _stem(question, origin)
    yield from _options(question, origin)
    if question.compute:
        yield from _computed(question, origin)
    elif question.answer:
        yield from _typed_key(question, origin)


def prove_case(case: CaseSet, origin: Origin) -> Iterator[Mistake]:
    """Every mistake in what the questions of a case share: nothing in it is drawn, for all of them stand on the same papers."""
    for steps, text in ((("story",), case.story), *((("exhibits", at, "text"), exhibit.text) for at, exhibit in enumerate(case.exhibits))):
        if found := PLACEHOLDER.search(text):
            yield origin.mistake(f"{found[0]} stands in what all questions of the case share; a case is written with its own figures, and nothing in it is drawn", *steps)


def _stem(question: Question, origin: Origin) -> Iterator[Mistake]:
    if found := _QUIET_NOT.search(question.stem):
        yield origin.mistake(f'a negative is written in capitals (NOT, EXCEPT, NEVER), so that nobody reads past it: "{found[0][-40:]}"', "stem")
    given = set(question.compute.given) if question.compute else set()
    shown = set(PLACEHOLDER.findall(question.stem + question.exhibit))
    for name in sorted(shown - given):
        yield origin.mistake(f'the stem shows {{{name}}}, which compute.given does not give', "stem")
    for name in sorted(given - shown):
        if isinstance(question.compute.given[name], tuple) and len(question.compute.given[name]) > 1:
            yield origin.mistake(f'{name} is drawn from a list, so the stem has to show it as {{{name}}}', "compute", "given", name)


def _options(question: Question, origin: Origin) -> Iterator[Mistake]:
    seen: dict[str, str] = {}
    for place, option in enumerate(question.options):
        if found := _ALL_OF.search(option.text):
            yield origin.mistake(f'"{found[0]}" is no option: write what it stands for', "options", place, "text")
        if _TELLING_ID.match(option.id):
            yield origin.mistake(f'the id "{option.id}" gives the key away; ids say what the option is about', "options", place, "id")
        if option.misconception and not _SLUG.match(option.misconception):
            yield origin.mistake("a misconception is small letters and digits, words joined by hyphens", "options", place, "misconception")
        bare = " ".join(re.findall(r"\w+", option.text.lower()))
        if bare in seen:
            yield origin.mistake(f'this option says the same as "{seen[bare]}"', "options", place, "text")
        seen[bare] = option.id
    yield from _prompts(question, origin)
    if question.kind != "ordering" and figures(question) and (values := _values(question)) and values != sorted(values):
        yield origin.mistake("options that are figures or dates stand in ascending order", "options")


def _prompts(question: Question, origin: Origin) -> Iterator[Mistake]:
    """Prompts that differ, and no pair that is left over when the others are known; in an ordering, no id that tells the place."""
    seen: dict[str, str] = {}
    for place, prompt in enumerate(question.prompts):
        bare = " ".join(re.findall(r"\w+", prompt.text.lower()))
        if bare in seen:
            yield origin.mistake(f'this prompt says the same as "{seen[bare]}"', "prompts", place, "text")
        seen[bare] = prompt.id
        if prompt.id == prompt.match:
            yield origin.mistake(f'the prompt\'s id is the id of its option, "{prompt.id}": whoever sees both knows the pair', "prompts", place, "id")
    matched = [prompt.match for prompt in question.prompts]
    if matched and sorted(matched) == sorted(option.id for option in question.options):
        yield origin.mistake("every option fits exactly one prompt, so the last pair is given away: add an option that fits none, or let one fit two", "options")
    for place, option in enumerate(question.options if question.kind == "ordering" else ()):
        if found := _TELLING_PLACE.search(option.id):
            yield origin.mistake(f'the id "{option.id}" tells the place ("{found[0]}"); ids say what the entry is about', "options", place, "id")


def _values(question: Question) -> list:
    """The options as numbers or ISO dates, where all are of one sort; else nothing to sort by."""
    texts = [option.text.strip() for option in question.options]
    try:
        return [date.fromisoformat(text) for text in texts]
    except ValueError:
        pass
    units = {re.sub(r"[-+$\d,.\s]", "", text).removesuffix("s") for text in texts}
    try:
        return [Decimal(re.sub(r"[^-\d.]", "", text.split()[0])) for text in texts] if len(units) == 1 else []
    except InvalidOperation:
        return []


def _typed_key(question: Question, origin: Origin) -> Iterator[Mistake]:
    """The key of a knowledge question can be read as its kind."""
    try:
        key = date.fromisoformat(question.answer) if question.kind == "date" else Decimal(question.answer)
    except (ValueError, InvalidOperation):
        wanted = {"date": "a date such as 2026-03-31", "money": "an amount such as 1234.50"}.get(question.kind, "a plain number such as 12.5")
        yield origin.mistake(f'"{question.answer}" is not {wanted}', "answer")
        return
    if question.kind == "money" and key != key.quantize(Decimal("0.01")):
        yield origin.mistake("an amount has at most two digits after the point", "answer")


def _computed(question: Question, origin: Origin) -> Iterator[Mistake]:
    """The formula exists and gives an answer of the right kind on every draw; drawn questions differ in their answer."""
    keys = set()
    for seed in SEEDS:
        given = drawn(question, seed)
        try:
            keys.add(key := compute(question.compute.formula, given))
        except (ValueError, ArithmeticError) as error:
            yield origin.mistake(f"{error or type(error).__name__} (given {_listed(given)})", "compute")
            return
        if isinstance(key, date) != (question.kind == "date"):
            yield origin.mistake(f"{question.compute.formula} gives {key}, which is no answer to a {question.kind} question", "compute", "formula")
            return
        if question.kind == "money" and (key < 0 or key != key.quantize(Decimal("0.01"))):
            yield origin.mistake(f"the answer would be {key}, no amount to the cent (given {_listed(given)})", "compute")
            return
    if len(keys) == 1 and any(isinstance(value, tuple) and len(value) > 1 for value in question.compute.given.values()):
        yield origin.mistake(f"whatever is drawn, the answer is {keys.pop()}: vary something that matters", "compute")


def _listed(given: dict[str, str]) -> str:
    return ", ".join(f"{name} {value}" for name, value in given.items())


def prove_codes(question: Question, origin: Origin, lists: tuple[CodeList, ...], books: CodeBooks | None) -> Iterator[Mistake]:
    """The codes a question accepts exist, in our list or in ICD-10-CM; a full answer is billable."""
    listed = {entry.code for one in lists if one.set == LISTS.get(question.code_set) for entry in one.entries}
    for place, accepted in enumerate(question.accepted):
        where = ("accepted", place, "code")
        if question.code_set in LISTS and listed and accepted.code not in listed:
            yield origin.mistake(f'"{accepted.code}" is not in the list {LISTS[question.code_set]} under codesets/', *where)
        if question.code_set == "icd-10-cm" and books:
            yield from (origin.mistake(what, *where) for what in _diagnosis(accepted, question, books))


def _diagnosis(accepted: AcceptedCode, question: Question, books: CodeBooks) -> Iterator[str]:
    """What is wrong with the code on the first day in force or the last day checked, as far as releases for them are held."""
    for day in (question.in_force.from_, question.last_checked):
        try:
            found = books.diagnosis(accepted.code, day)
        except OutsideKnownDates:
            continue
        if not found or (accepted.credit == 1 and not found.billable):
            yield f'"{accepted.code}" is {"not billable" if found else "no ICD-10-CM code"} on {day}'
            return
