"""Today's list, what is due, and what comes again when."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app import practice_orders, practising, reviewing, session, sittings, standing, today_plan
from curriculum.practice_form import Wish, card_of
from scoring import review
from tests.app.test_pages import words
from tests.app.test_practice import right, wrong


@pytest.fixture
def clock(monkeypatch):
    """Lets days pass: clock(3) is three days after the first one."""
    from app import reviewing as r, sittings as s
    start = session.now()

    def at(days: int) -> date:
        now = start + days * 86_400_000
        day = reviewing.day_of(now)
        for module in (practising, s, session, practice_orders, r, today_plan, standing):
            for name, told in (("now", lambda: now), ("today", lambda: day)):
                if hasattr(module, name):
                    monkeypatch.setattr(module, name, told)
        return day
    at(0)
    return at


def answered(profile, count=6, given=right, sure=0, **wish):
    """A session answered to its end; its questions."""
    attempt = practice_orders.begin(profile, Wish(count=count, **wish))
    questions = sittings.sitting(attempt).questions
    for question in questions:
        practising.hand_in(attempt, question.id, given(attempt, question.id), sure)
    return [question.id for question in questions]


def test_a_first_day_has_a_list_of_what_the_goal_asks_first(dana, clock):
    made = today_plan.plan(dana, 10)
    assert set(made.counts) == {today_plan.NEXT} and 0 < made.minutes <= 10
    skills = session.catalogue().competencies
    assert all(skills[session.catalogue().questions[q].competencies[0]].level == "first-30-days" for q in made.why)


def test_what_was_missed_yesterday_is_due_today_and_stands_in_the_list(dana, clock):
    missed = answered(dana, given=wrong)
    assert reviewing.due(dana) == ()
    clock(1)
    cards = {card_of(session.catalogue().questions[id_]) for id_ in missed}
    assert set(reviewing.due(dana)) == cards
    made = today_plan.plan(dana, 30)
    assert made.counts[today_plan.DUE] == len(cards)


def test_what_was_missed_while_sure_comes_first(dana, clock):
    answered(dana, 4, wrong)
    sure = answered(dana, 1, wrong, 3, only="unseen")
    clock(1)
    assert reviewing.due(dana)[0] == card_of(session.catalogue().questions[sure[0]])


def test_what_is_known_is_not_due_the_next_day(dana, clock):
    answered(dana, given=right, sure=2)
    clock(1)
    assert reviewing.due(dana) == ()


def test_an_answer_in_any_place_counts_for_the_memory(dana, clock):
    from app import quizzing
    attempt = quizzing.begin(dana, quizzing.sets()[0].id)
    question = sittings.sitting(attempt).questions[0]
    quizzing.hand_in(attempt, question.id, wrong(attempt, question.id))
    clock(1)
    assert reviewing.due(dana) == (card_of(session.catalogue().questions[question.id]),)


def test_a_review_shows_the_question_in_another_dress(dana, clock):
    """Other figures or another order, where the question has either."""
    answered(dana, 12, wrong, kinds=frozenset({"single-choice", "multiple-choice", "matching"}))
    before = {id_: variant.public for attempt in session.ledger().attempts_of(dana.id) for id_, variant in sittings.variants(attempt.attempt).items()}
    clock(1)
    again = practising.begin(dana, practising.REVIEW, "Review", reviewing.due_blocks(dana), {})
    told = {id_: variant for id_, variant in sittings.variants(again).items() if id_ in before}
    from curriculum.variants import figures
    assert told and all(variant.public != before[id_] for id_, variant in told.items() if not figures(variant.keyed.question))


def test_a_case_is_asked_with_its_papers(dana, clock):
    made = today_plan.plan(dana, 45)
    assert len({question for block in made.blocks for question in block.questions}) == len(made.why)


def test_today_is_begun_as_it_was_shown(dana, clock):
    made = today_plan.plan(dana, 10)
    attempt = today_plan.begin(dana, 10)
    assert [question.id for question in sittings.sitting(attempt).questions] == [id_ for block in made.blocks for id_ in block.questions]


def test_the_weakest_part_of_the_exam_is_named_once_it_was_met_often_enough(dana, clock):
    assert today_plan.weakest(dana) is None
    answered(dana, 4, right, exam="cpb", domain="cpb4")
    answered(dana, 4, wrong, exam="cpb", domain="cpb3")
    part = today_plan.weakest(dana)
    assert part is not None and part.id != "cpb4"
    clock(1)
    assert today_plan.plan(dana, 30).counts[today_plan.WEAK] > 0


def test_fewer_minutes_a_day_aim_at_a_lower_recall(dana, clock):
    answered(dana, 40, wrong)
    few, many = (reviewing.aim(replace(dana, minutes_a_day=minutes)).retention for minutes in (5, 240))
    assert few < many == review.USUAL


def test_home_shows_the_list_and_starts_it(app, dana, desk):
    page = app("home", who=dana.id)
    assert "Today" in words(page) and "next for your goal" in words(page)
    page.button(key="today").click().run()
    assert desk.ledger().attempts_of(dana.id)[0].item == practising.TODAY


def test_home_goes_on_with_a_list_that_is_under_way(app, dana, desk):
    attempt = today_plan.begin(dana, 10)
    page = app("home", who=dana.id)
    assert page.button(key="today").label.startswith("Go on")
    page.button(key="today").click().run()
    assert len(desk.ledger().attempts_of(dana.id)) == 1 and attempt == desk.ledger().attempts_of(dana.id)[0].attempt


def test_the_review_page_says_what_is_due_and_when_the_next_ones_are(app, dana, clock):
    answered(dana, given=wrong)
    assert "Nothing is due today" in words(app("review", who=dana.id))
    clock(1)
    assert "due today" in words(app("review", who=dana.id))
