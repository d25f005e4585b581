"""While the clock of an exam runs, nothing else is practised and no key is told; and nobody is shut out for longer."""

import pytest

from app import anki, closed_books, exam_desk, exam_offers, exam_reports, offers, practice_orders, practising, quizzing, reveal, sittings, taking_away
from app.gate import ExamRunning
from curriculum.practice_form import Wish
from tests.app.test_exam_desk import clock, items, key
from tests.app.test_pages import some_answer, words

__all__ = ["clock"]
FILES = {"claims": "scenarios", "claim": "scenario", "account": "life"}
"""Pages whose file is named otherwise than their address."""


@pytest.fixture
def quiz(dana):
    """A quiz with its first question answered."""
    attempt = quizzing.begin(dana, quizzing.sets()[0].id)
    first = sittings.sitting(attempt).questions[0]
    quizzing.hand_in(attempt, first.id, some_answer(first))
    return attempt


@pytest.fixture
def session(dana):
    """A practice session of which nothing is answered yet."""
    return practice_orders.begin(dana, Wish(kinds=frozenset({"single-choice"}), count=3))


@pytest.fixture
def running(dana, quiz, session):
    """An exam whose clock runs."""
    return exam_offers.begin(dana, "cpb", "quarter")


def questions(attempt: str) -> list:
    """What the attempt asks, read past the desk."""
    return [variant.public for variant in sittings.variants(attempt).values()]


@pytest.mark.parametrize("address", sorted(closed_books.PAGES))
def test_a_page_to_study_on_rests_says_until_when_and_leads_back(app, dana, running, quiz, address):
    page = app(who=dana.id, attempt=quiz).switch_page(f"app/pages/{FILES.get(address, address)}.py").run()       # the first run registers the pages
    assert not page.exception and not page.error and not page.button and not page.radio
    said = words(page)
    assert "Your CPB practice exam, quarter is running, until" in said and "It opens again when the exam has ended" in said
    links = [element.proto for element in page.get("page_link")]
    assert [link.label for link in links] == ["Back to the exam", "End the exam"] and all(running in link.query_string for link in links) and "q=end" in links[1].query_string


@pytest.mark.parametrize("page", ["home", "exams", "exam", "progress", "readiness", "welcome", "own_data", "work"])
def test_what_tells_no_key_stays_open(app, dana, running, page):
    assert (closed_books.WHAT_RESTS in words(app(page, who=dana.id, attempt=running))) is (page == "own_data"), "of one's own data the file alone rests"


def test_everything_opens_again_when_the_exam_is_ended(app, dana, running, quiz, session):
    exam_desk.finish(running)
    assert "Question 1 of" in words(app("quiz", who=dana.id, attempt=quiz, q="1"))
    assert not practising.hand_in(session, questions(session)[0].id, questions(session)[0].options[0].id).already
    assert exam_reports.reviewed(exam_reports.ended(running), exam_reports.report(exam_reports.ended(running)), tuple(items(running)))


def test_an_exam_that_was_left_shuts_nobody_out_once_its_time_is_over(clock, app, dana, quiz):
    running = exam_offers.begin(dana, "cpb", "quarter")
    with pytest.raises(ExamRunning):
        sittings.stored(quiz)
    clock.passes(exam_desk.paper(running).deadline - clock.at + 1)
    assert sittings.stored(quiz) and quizzing.begin(dana, quizzing.sets()[1].id)
    assert "Question 1 of" in words(app("quiz", who=dana.id, attempt=quiz, q="1"))
    assert not exam_desk.ledger().log(running).finished_at, "nobody had to end it"


def test_an_exam_without_a_clock_closes_nothing(app, dana, quiz):
    exam_offers.begin(dana, "cmrs", "quarter")
    assert sittings.stored(quiz) and quizzing.begin(dana, quizzing.sets()[1].id)
    assert "Search all code books" in words(app("reference", who=dana.id))


def test_the_exam_of_another_closes_nothing(desk, running):
    other = desk.welcome("Ravi Menon", "exam", "cpb", None)
    assert quizzing.begin(other, quizzing.sets()[0].id)


BEGUN = {
    "quiz": lambda who: quizzing.begin(who, quizzing.sets()[1].id),
    "practice": lambda who: practice_orders.begin(who, Wish(count=2)),
    "another exam": lambda who: exam_offers.begin(who, "cbcs", "quarter"),
    "an exam without a clock": lambda who: exam_offers.begin(who, "cmrs", "quarter"),
}


@pytest.mark.parametrize("what", BEGUN)
def test_nothing_is_begun_meanwhile(desk, dana, running, what):
    before = desk.ledger().attempts_of(dana.id)
    with pytest.raises(ExamRunning, match="^Not saved: your CPB practice exam, quarter is running"):
        BEGUN[what](dana)
    assert desk.ledger().attempts_of(dana.id) == before, "nor is what was under way ended for it"


@pytest.mark.parametrize("kind", ["claims", "exercises", "lives"])
def test_no_claim_is_begun_meanwhile(desk, dana, running, kind):
    held = desk.catalogue()
    worked = {"claims": held.scenarios, "exercises": held.exercises, "lives": held.lives}[kind]
    item = next(card.id for card in offers.cards() if card.id in worked)
    with pytest.raises(ExamRunning):
        offers.begin(dana, item)


def test_an_answer_from_a_tab_that_stood_open_is_refused_counted_and_not_kept(desk, running, quiz):
    refused, second = desk.ledger().unguarded.figures.refused, questions(quiz)[1]
    before, steps = refused["exam-running"], desk.ledger().log(quiz).steps
    with pytest.raises(ExamRunning, match="Not saved"):
        quizzing.hand_in(quiz, second.id, some_answer(second))
    assert desk.ledger().log(quiz).steps == steps and refused["exam-running"] == before + 1


def test_no_hint_is_had_and_nothing_ended(desk, running, session):
    steps = desk.ledger().log(session).steps
    for act in (lambda: practising.take_hint(session, questions(session)[0].id), lambda: sittings.finish(session)):
        with pytest.raises(ExamRunning):
            act()
    assert desk.ledger().log(session).steps == steps


def test_no_key_is_read_again(dana, running, quiz):
    for read in (lambda: reveal.feedback(quiz, questions(quiz)[0].id), lambda: sittings.sitting(quiz), lambda: anki.text_for(dana), lambda: taking_away.file_for(dana)):
        with pytest.raises(ExamRunning, match="is running, until"):
            read()


def test_nor_in_the_report_of_an_exam_before(app, dana):
    ended = exam_offers.begin(dana, "cpb", "quarter")
    exam_desk.finish(ended)
    exam_offers.begin(dana, "cpb", "half")
    found = exam_reports.ended(ended)
    with pytest.raises(ExamRunning):
        exam_reports.reviewed(found, exam_reports.report(found), tuple(items(ended)))


def test_the_exam_itself_goes_on(app, dana, running):
    first = items(running)[0]
    assert exam_desk.answer(running, first, key(running, first), 0, "t").stored
    exam_desk.mark(running, "flag", slot=first, on=True)
    assert exam_desk.progress(running).flags == {first}
    assert exam_offers.begin(dana, "cpb", "full") == running
    exam_desk.finish(running)
    assert exam_desk.progress(running).finished


def test_of_two_that_run_from_before_both_go_on_and_neither_tells_until_both_ended(desk, dana, monkeypatch):
    one = exam_offers.begin(dana, "cpb", "quarter")
    monkeypatch.setattr(desk.ledger(), "before", None)
    two = exam_offers.begin(dana, "cbcs", "quarter")
    monkeypatch.setattr(desk.ledger(), "before", closed_books.before)
    for attempt in (one, two):
        assert exam_desk.answer(attempt, items(attempt)[0], key(attempt, items(attempt)[0]), 0, "t").stored
    exam_desk.finish(one)
    found = exam_reports.ended(one)
    with pytest.raises(ExamRunning):
        exam_reports.reviewed(found, exam_reports.report(found), tuple(items(one)))


def test_a_button_on_a_page_that_stays_open_says_why_it_does_nothing(app, dana, running):
    page = app("home", who=dana.id)
    next(button for button in page.button if (button.key or "").startswith("start-")).click().run()
    assert not page.exception and closed_books.WHAT_RESTS in words(page)


def test_a_question_that_stood_open_says_so_where_it_stood(app, dana, quiz):
    page = app("quiz", who=dana.id, attempt=quiz, q="2")
    exam_offers.begin(dana, "cpb", "quarter")
    page.radio[0].set_value(questions(quiz)[1].options[0].id)
    next(button for button in page.button if button.label == "Submit answer").click().run()
    assert not page.exception and closed_books.WHAT_RESTS in words(page) and "The rule" not in words(page)
