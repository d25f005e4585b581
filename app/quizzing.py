"""Quizzes at the desk: which sets there are, a sitting of one, an answer handed in, and what is said of it afterwards."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from hashlib import blake2b

import streamlit as st

from app.session import catalogue, ledger, new_id, new_seed, now, today
from curriculum.models import Question, QuestionSet
from curriculum.variants import KeyedQuestion, PublicQuestion, QuestionVariant, vary
from records import Attempt, AttemptSummary, Evidence, Finished, Grading, Profile, Receipt, Step, StoredAttempt, Unknown
from scoring.answers import Unreadable
from scoring.marks import GRADER, Marks, key_of, mark_question

KIND = "question-set"
FIRST = 1                        # in practice a question is answered once; a second tab meets the stored answer
CHOICES = ("single-choice", "multiple-choice", "true-false")


@dataclass(frozen=True)
class SetCard:
    """A set as the list shows it. domains: exam id to the names of its domains that the set serves."""
    id: str
    title: str
    description: str
    area: str
    count: int
    competencies: tuple[str, ...]
    domains: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Answered:
    """An answer that is stored, and the points it earned."""
    response: str | list[str]
    earned: Decimal
    possible: Decimal


@dataclass(frozen=True)
class Sitting:
    """One attempt at a set, as far as it has come. Only public questions; the key stays behind the desk."""
    attempt: str
    profile: str
    item: str
    title: str
    questions: tuple[PublicQuestion, ...]
    answered: dict[str, Answered]
    finished: bool
    started: int

    @property
    def place(self) -> int:
        """The first question without an answer, from 0; the number of questions when all are answered."""
        return next((at for at, q in enumerate(self.questions) if q.id not in self.answered), len(self.questions))

    @property
    def earned(self) -> Decimal:
        return sum((answer.earned for answer in self.answered.values()), Decimal(0))


@dataclass(frozen=True)
class Part:
    """One option or accepted code, with its reason. right None: neither right nor wrong; share: part of the credit, in words."""
    heading: str
    why: str
    right: bool | None
    chosen: bool
    share: str = ""


@dataclass(frozen=True)
class Feedback:
    """All that is revealed once the answer is in."""
    earned: Decimal
    possible: Decimal
    yours: str
    key: str
    reason: str
    parts: tuple[Part, ...]
    rationale: str
    find_it: str
    sources: tuple[tuple[str, str, str], ...]
    competencies: tuple[str, ...]


# The list

def sets() -> tuple[SetCard, ...]:
    """The sets that have published questions in force today."""
    return _cards(today())


@lru_cache(maxsize=4)
def _cards(day: date) -> tuple[SetCard, ...]:
    return tuple(_card(whole, questions) for whole in catalogue().sets if (questions := offered(whole, day)))


def offered(whole: QuestionSet, day: date) -> tuple[Question, ...]:
    """The set's questions that are published and in force on the day."""
    return tuple(q for q in whole.questions
                 if q.status == "published" and q.in_force.from_ <= day and (q.in_force.to is None or day <= q.in_force.to))


def _card(whole: QuestionSet, questions: tuple[Question, ...]) -> SetCard:
    skills = tuple(dict.fromkeys(skill for q in questions for skill in q.competencies))
    held = catalogue()
    domains = {exam: tuple(d.name for d in blueprint.domains if any(d.id in held.domains_of(q, exam) for q in questions))
               for exam, blueprint in held.blueprints.items()}
    return SetCard(str(whole.id), whole.title, whole.description, area_of(whole), len(questions), skills, domains)


def area_of(whole: QuestionSet) -> str:
    """The folder the set lies in, under the name of the competency area where it has one."""
    folder = catalogue().origins[str(whole.id)].node.file.split("/")[1]
    names = {area.area: area.name for area in catalogue().areas}
    return names.get(folder, folder.replace("-", " ").capitalize())


def last_results(profile: Profile) -> dict[str, AttemptSummary]:
    """The newest attempt at each set."""
    newest: dict[str, AttemptSummary] = {}
    for summary in ledger().attempts_of(profile.id, limit=500):
        if summary.kind == KIND:
            newest.setdefault(summary.item, summary)
    return newest


# A sitting

def begin(profile: Profile, item: str) -> str:
    """The attempt to go on with: the unfinished one, else a new one that is saved when this returns."""
    unfinished = ledger().open_attempt(profile.id, item)
    if unfinished:
        return unfinished.attempt.id
    whole = next((one for one in catalogue().sets if str(one.id) == item), None)
    if whole is None or not offered(whole, today()):
        raise Unknown("This set is not offered any more. Past attempts at it stay in your progress.")
    form = _form(whole, offered(whole, today()), seed := new_seed())
    mark = blake2b("".join(form["hashes"].values()).encode(), digest_size=16).hexdigest()
    return ledger().start(Attempt(new_id(), profile.id, item, KIND, whole.title, mark, seed, "practice", form, now())).id


def _form(whole: QuestionSet, questions: tuple[Question, ...], seed: int) -> dict:
    """Everything the sitting asks and reveals, so that it can be read again without the content of another day."""
    held = catalogue()
    cited = {c.source for q in questions for c in q.citations}
    return {
        "set": {"title": whole.title, "description": whole.description},
        "questions": [vary(q, seed, case=held.case_of(str(q.id))).plain() for q in questions],
        "hashes": {str(q.id): held.hash_of(str(q.id)) for q in questions},
        "sources": {name: [held.sources[name].title, held.sources[name].url] for name in sorted(cited) if name in held.sources},
        "skills": {s: held.competencies[s].name for q in questions for s in q.competencies if s in held.competencies},
        "domains": {str(q.id): [f"{exam}:{d}" for exam in held.blueprints for d in held.domains_of(q, exam)] for q in questions},
    }


def stored(attempt: str) -> StoredAttempt:
    """The attempt, or a sentence that it is not there."""
    found = ledger().attempt(attempt)
    if found is None:
        raise Unknown("There is no such attempt here. It may belong to another installation, or its profile was deleted.")
    return found


@st.cache_resource(max_entries=64, show_spinner=False)
def _variants(attempt: str) -> dict[str, QuestionVariant]:
    """The attempt's questions with their keys; a form never changes, so it is read once."""
    return {v.public.id: v for v in map(QuestionVariant.from_plain, stored(attempt).attempt.form["questions"])}


def sitting(attempt: str) -> Sitting:
    """Where an attempt stands."""
    return sitting_of(stored(attempt))


def sitting_of(found: StoredAttempt) -> Sitting:
    """The sitting that the records hold."""
    responses = {(step.slot, step.sequence): step.payload.get("response", "") for step in found.steps if step.kind == "submit"}
    answered = {g.slot: Answered(responses[g.slot, g.sequence], g.earned, g.possible)
                for g in found.gradings if (g.slot, g.sequence) in responses}
    questions = tuple(v.public for v in _variants(found.attempt.id).values())
    return Sitting(found.attempt.id, found.attempt.profile, found.attempt.item, found.attempt.title, questions, answered,
                   found.finished_at is not None, found.attempt.started_at)


def hand_in(attempt: str, question: str, response: object) -> Receipt | Unreadable:
    """Marks and saves an answer; durable when this returns. An unreadable one is no attempt and is not kept.

    The receipt's step is what the records hold: where another tab was first, that tab's answer.
    """
    variant = _variants(attempt)[question]
    marks = mark_question(variant.keyed.question, variant.keyed.drawn, response)
    if isinstance(marks, Unreadable):
        return marks
    at, found = now(), stored(attempt)
    kept = sorted(response) if isinstance(response, (list, tuple, set, frozenset)) else response
    step = Step(attempt, question, FIRST, "submit", {"response": kept}, at)
    receipt = ledger().append(step, _grading(step, found.attempt.form, variant.keyed.question, marks))
    answered = {step.slot for step in found.steps if step.kind == "submit"} | {question}
    if answered >= set(_variants(attempt)):
        finish(attempt)
    return receipt


def _grading(step: Step, form: dict, question: Question, marks: Marks) -> Grading:
    """The grading of the step. A question counts once in each of its exam domains, however many competencies it shows."""
    domains = tuple(form["domains"].get(step.slot, ()))
    evidence = tuple(Evidence(skill, () if at else domains, marks.earned, marks.possible) for at, skill in enumerate(question.competencies))
    return Grading(step.attempt, step.slot, step.sequence, GRADER, form["hashes"][step.slot], marks.earned, marks.possible,
                   tuple(credit.plain() for credit in marks.credits), evidence)


def finish(attempt: str) -> None:
    """Ends the sitting; what was not answered stays unanswered."""
    try:
        ledger().finish(attempt, now())
    except Finished:
        return


# What is said of an answer

def feedback(attempt: str, question: str) -> Feedback:
    """What is revealed of a question whose answer is stored; refuses one that has none yet."""
    return feedback_of(stored(attempt), question)


def feedback_of(found: StoredAttempt, question: str) -> Feedback:
    """The same from an attempt already read."""
    answer = sitting_of(found).answered.get(question)
    if answer is None:
        raise Unknown("This question has no answer yet; its key is shown once it has one.")
    grading = next(g for g in found.gradings if g.slot == question)
    return told(found.attempt.form, _variants(found.attempt.id)[question], answer, grading)


def told(form: dict, variant: QuestionVariant, answer: Answered, grading: Grading) -> Feedback:
    """What is revealed of an answer that was graded; of a blank one too, whose response is empty."""
    keyed, asked = variant.keyed, variant.keyed.question
    return Feedback(
        answer.earned, answer.possible, _shown(asked, keyed, answer.response), _key(asked, keyed),
        str(grading.credits[0].get("reason", "")), _parts(variant, answer.response),
        keyed.tell(asked.rationale), keyed.tell(asked.find_it),
        tuple((form["sources"].get(c.source, [c.source, ""])[0], c.at, form["sources"].get(c.source, ["", ""])[1]) for c in asked.citations),
        tuple(form["skills"].get(skill, skill) for skill in asked.competencies))


def _parts(variant: QuestionVariant, response) -> tuple[Part, ...]:
    """A reason for each option, in the order shown, or for each code that earns something."""
    keyed, asked = variant.keyed, variant.keyed.question
    if asked.kind in CHOICES:
        chosen = {response} if isinstance(response, str) else set(response)
        written = {option.id: option for option in asked.options}
        return tuple(Part(shown.text, keyed.tell(written[shown.id].why), written[shown.id].correct, shown.id in chosen)
                     for shown in variant.public.options)
    typed = str(response).upper().replace(".", "").replace(" ", "")
    return tuple(Part(code.code, keyed.tell(code.why), True if code.credit == 1 else None, code.code.replace(".", "") == typed,
                      "" if code.credit == 1 else f"{code.credit:.0%} of the credit") for code in asked.accepted)


def _key(asked: Question, keyed: KeyedQuestion) -> str:
    """The full answer in words; choices say theirs option by option."""
    if asked.kind in CHOICES:
        return ""
    if asked.kind == "code-entry":
        return " or ".join(code.code for code in asked.accepted if code.credit == 1)
    return _value(asked.kind, key_of(asked, keyed.drawn))


def _value(kind: str, value) -> str:
    if kind == "date":
        return value.strftime("%B %-d, %Y")
    return f"${value:,.2f}" if kind == "money" else f"{value.normalize():,f}"


def _shown(asked: Question, keyed: KeyedQuestion, response) -> str:
    if asked.kind not in CHOICES:
        return str(response)
    texts = {option.id: keyed.tell(option.text) for option in asked.options}
    return "; ".join(texts.get(name, name) for name in ([response] if isinstance(response, str) else response))
