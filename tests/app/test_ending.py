"""An attempt ends with its last answer, and what was cut short then ends as soon as somebody opens it or begins it anew."""

import threading
from contextlib import suppress

import pytest

from app import exam_desk, exam_offers, exercises, lives, practice_orders, practising, quizzing, sittings
from billing.account.actions import Close
from curriculum.practice_form import Wish
from records import NotSaved, Records, RecordsError
from tests.app.sheets import begun
from tests.app.test_exercises import FIRST, SECOND
from tests.app.test_pages import some_answer, words
from tests.app.test_practice import right


def quiz(dana) -> str:
    attempt = quizzing.begin(dana, quizzing.sets()[0].id)
    for question in sittings.sitting(attempt).questions:
        with suppress(RecordsError):
            quizzing.hand_in(attempt, question.id, some_answer(question))
    return attempt


def session(dana) -> str:
    attempt = practice_orders.begin(dana, Wish(count=3))
    for question in sittings.sitting(attempt).questions:
        with suppress(RecordsError):
            practising.hand_in(attempt, question.id, right(attempt, question.id))
    return attempt


def exercise(dana) -> str:
    from app.session import ledger
    attempt = begun(ledger(), dana.id)
    for number, given in enumerate((FIRST, SECOND), 1):
        with suppress(RecordsError):
            exercises.desk().answer(attempt, number, given)
    return attempt


def life(dana) -> str:
    from app.session import catalogue
    attempt = lives.begin(dana, sorted(map(str, catalogue().lives))[0])
    with suppress(RecordsError):
        lives.desk().act(attempt, Close(), 0)
    return attempt


KINDS = {"quiz": quiz, "session": session, "exercise": exercise, "life": life}
PAGES = {"quiz": "quiz", "session": "sitting", "exercise": "exercise"}       # AppTest finds no page whose address is not its file's name: a life's


@pytest.fixture
def unended(monkeypatch, desk):
    """An attempt whose last answer is stored and whose end is not: the process was killed, or the database went, between the two."""
    append = Records.append

    def refuse(*_):
        raise NotSaved("Not saved: the database went away.")

    def of(kind: str, dana) -> str:
        with monkeypatch.context() as then:
            then.setattr(Records, "append", lambda self, step, grading=None, letters=(), asked=(): append(self, step, grading, letters))
            then.setattr(Records, "finish", refuse)
            attempt = KINDS[kind](dana)
        assert desk.ledger().attempt(attempt).finished_at is None
        return attempt
    return of


@pytest.mark.parametrize("kind", KINDS)
def test_the_end_comes_with_the_last_answer_and_needs_no_second_change(desk, dana, monkeypatch, kind):
    def refuse(*_):
        raise NotSaved("Not saved: the database went away.")
    monkeypatch.setattr(Records, "finish", refuse)
    found = desk.ledger().attempt(KINDS[kind](dana))
    assert found.finished_at == max(step.at for step in found.steps) and [step.kind for step in found.steps].count("finish") == 1
    assert desk.ledger().unguarded.projections_equal_fold() == []


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_cut_short_ends_when_it_is_opened_as_of_its_last_answer(app, desk, dana, unended, kind):
    attempt = unended(kind, dana)
    assert not app(PAGES[kind], who=dana.id, attempt=attempt).exception if kind in PAGES else lives.desk().work(attempt).finished
    found = desk.ledger().attempt(attempt)
    assert found.finished_at == max(step.at for step in found.steps if step.kind == "submit")


@pytest.mark.parametrize("kind", ["quiz", "exercise", "life"])
def test_what_was_cut_short_ends_when_it_is_begun_and_another_begins(desk, dana, unended, monkeypatch, kind):
    attempt = unended(kind, dana)
    item = desk.ledger().attempt(attempt).attempt.item
    if kind == "exercise":                    # the made one is in no catalogue
        desk_, held = exercises.desk(), sorted(map(str, desk.catalogue().exercises))[0]
        monkeypatch.setattr(desk_, "_catalogue", Only(desk.catalogue(), item, held))
        again = desk_.begin(dana.id, item, 1)
    else:
        again = quizzing.begin(dana, item) if kind == "quiz" else lives.begin(dana, item)
    assert again != attempt and desk.ledger().attempt(attempt).finished_at is not None
    assert desk.ledger().open_attempt(dana.id, item).attempt.id == again


class Only:
    """The catalogue, with one item under another id."""

    def __init__(self, held, item: str, known: str):
        self.held, self.known, self.items = held, known, {item: held.items[known]}

    def hash_of(self, _: str) -> str:
        return self.held.hash_of(self.known)

    def __getattr__(self, name: str):
        return getattr(self.held, name)


def test_a_session_that_was_cut_short_is_not_under_way(dana, unended):
    unended("session", dana)
    assert practising.under_way(dana, practising.ORDERED) is None


def test_a_set_that_was_cut_short_says_that_all_is_answered_and_is_offered_anew(app, dana, unended):
    attempt = unended("quiz", dana)
    assert "Every question has an answer" in words(app("quiz", who=dana.id, attempt=attempt))
    item = quizzing.sets()[0].id
    assert app("quizzes", who=dana.id).button(key=f"set-{item}").label.startswith("Take again")


def test_while_the_end_cannot_be_written_the_summary_is_shown_all_the_same(app, dana, unended, monkeypatch):
    attempt = unended("quiz", dana)

    def refuse(*_):
        raise NotSaved("Not saved: the disk is full.")
    monkeypatch.setattr(Records, "finish", refuse)
    assert "Every question has an answer" in words(app("quiz", who=dana.id, attempt=attempt))


@pytest.mark.parametrize("page", ["quiz", "sitting"])
def test_an_exam_is_neither_ended_nor_asked_on_the_page_of_another_kind(app, desk, dana, page):
    """There its key would be told before its end, and its end would come without a grading."""
    attempt = exam_offers.begin(dana, "cmrs", "quarter")
    paper = exam_desk.paper(attempt)
    for answered in (False, True):
        if answered:
            for question in paper.questions:
                exam_desk.answer(attempt, question.id, some_answer(question), 0, "tab")
        seen = app(page, who=dana.id, attempt=attempt)
        assert "not the one on which this attempt goes on" in words(seen) and not seen.exception and not seen.radio
        assert desk.ledger().attempt(attempt).finished_at is None
    exam_desk.finish(attempt)
    assert len(desk.ledger().attempt(attempt).gradings) == len(paper.questions)


def test_with_a_question_left_nothing_ends(desk, dana):
    attempt = quizzing.begin(dana, quizzing.sets()[0].id)
    for question in sittings.sitting(attempt).questions[:-1]:
        quizzing.hand_in(attempt, question.id, some_answer(question))
    assert quizzing.begin(dana, quizzing.sets()[0].id) == attempt and desk.ledger().attempt(attempt).finished_at is None


@pytest.mark.parametrize("at_once", [True, False])
def test_of_two_tabs_with_the_last_two_answers_the_later_one_ends_the_set(desk, dana, monkeypatch, at_once):
    attempt = quizzing.begin(dana, quizzing.sets()[0].id)
    *before, one, other = sittings.sitting(attempt).questions
    for question in before:
        quizzing.hand_in(attempt, question.id, some_answer(question))
    if at_once:                               # each tab knows what was answered before, and nothing of the other
        both, read = threading.Barrier(2), quizzing.begun
        monkeypatch.setattr(quizzing, "begun", lambda attempt: (read(attempt), both.wait(10))[0])
    tabs = [threading.Thread(target=quizzing.hand_in, args=(attempt, question.id, some_answer(question))) for question in (one, other)]
    for tab in tabs:
        tab.start()
        if not at_once:
            tab.join()
    for tab in tabs:
        tab.join()
    found = desk.ledger().attempt(attempt)
    assert found.finished_at is not None and [step.kind for step in found.steps].count("finish") == 1
    assert len(sittings.sitting(attempt).answered) == len(before) + 2 and desk.ledger().unguarded.projections_equal_fold() == []
