"""Alone: a plan for oneself with due dates; no cohorts, no marking, and nothing about trainers."""

from datetime import timedelta

import pytest

from app import assigning, learning_desk, quizzing


@pytest.fixture
def planned(desk, dana):
    """Two quizzes within a week."""
    desk_ids = tuple(card.id for card in quizzing.sets()[:2])
    from streamlit import session_state
    session_state["who"] = dana.id
    return assigning.give_items(desk_ids, "This week", desk.today() + timedelta(days=7), (), (dana.id,))


def titles(page) -> list[str]:
    return [one.value for one in page.title]


def said(page) -> str:
    return "\n".join(one.value for kind in ("header", "markdown", "caption") for one in getattr(page, kind)) + "\n".join(str(one.body) for one in getattr(page, "html", ()) or ())


@pytest.mark.parametrize("page", ["cohorts", "learner", "marking"])
def test_pages_about_others_are_not_there(app, dana, page):
    opened = app(page)
    assert titles(opened) != [page.capitalize()] and "Cohorts" not in titles(opened)


def test_the_page_makes_a_plan_of_a_track_with_its_own_days(app, dana, desk):
    page = app("assign")
    assert titles(page) == ["Make a plan"] and not page.exception
    page.button(key="give").click().run()
    assert not page.exception and page.success[0].value.startswith("It is in your plan, and Home shows it.")
    due = learning_desk.due(dana)
    assert [one.piece.assigned.assignment.kind for one in due] == ["track"] * len(due) and len(due) >= 2
    assert due[0].piece.assigned.due_at == assigning.end_of(desk.today() + timedelta(days=30))


def test_home_shows_what_is_due_and_where_it_begins(app, dana, planned):
    page = app("home")
    assert "Due work" in said(page) and "**This week**" in said(page)
    page.button(key=f"due-{planned.id}-{planned.parts[0]}").click().run()
    assert not page.exception and learning_desk.due(dana)[0].parts[0].attempt


def test_the_work_page_lists_every_piece(app, dana, planned):
    page = app("work")
    assert not page.exception and "Your plan" in said(page) and "right" not in [one.value for one in page.header]


def moved(page):
    """The field with the day to which a date is moved."""
    return next(one for one in page.date_input if one.key.startswith("until-"))


def test_a_date_can_be_moved_and_the_plan_withdrawn(app, dana, planned, desk):
    page = app("assign")
    page.session_state[f"given-{planned.id}"] = True
    page.run()
    for days in (20, 3):
        moved(page).set_value(desk.today() + timedelta(days=days)).run()
        page.button(key=f"extend-{planned.id}").click().run()
        assert learning_desk.due(dana)[0].piece.assigned.due_at == assigning.end_of(desk.today() + timedelta(days=days))
    page.button(key=f"usual-{planned.id}-{dana.id}").click().run()
    assert learning_desk.due(dana)[0].piece.assigned.due_at == planned.due_at
    page.checkbox(key=f"sure-{planned.id}").check().run()
    page.button(key=f"withdraw-{planned.id}").click().run()
    assert learning_desk.due(dana) == () and not page.exception


def test_there_is_nobody_to_object_to(app, dana, desk):
    attempt = quizzing.begin(dana, quizzing.sets()[0].id)
    page = app("attempt", attempt=attempt)
    assert not any("I think" in one.label for one in page.expander) and not page.exception


def test_what_is_late_is_called_late(dana, planned, monkeypatch):
    monkeypatch.setenv("CLEAN_CLAIM_CLOCK_AHEAD", str(9 * 86_400))
    assert [one.late for one in learning_desk.due(dana)] == [True]
