"""Every page, once for each role and for nobody: who may open it sees it, and the others do not, by whatever way they come."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app import door, people_desk
from app.asgi import application
from app.navigation import NEEDS
from app.team import team
from records import can
from tests.team.conftest import PEOPLE, words

PAGES = sorted(path.stem for path in Path("app/pages").glob("*.py") if path.stem != "__init__")
OWN = {"people": ("admin",), "audit": ("admin",), "corrections": ("trainer",), "you": ("learner", "trainer", "author", "admin"), "cohorts": ("trainer", "admin"),
       "learner": ("trainer",), "assign": ("trainer",), "marking": ("trainer",), "items": ("trainer", "author"), "content": ("author",), "completions": ("trainer", "admin")}
"""Written by hand: a new page that is not for everybody belongs here too."""
BY_ROLE = {"learner": "ann", "trainer": "tom", "author": "una", "admin": "root"}
TITLES = {"people": "People", "audit": "Audit log", "corrections": "Corrections", "you": "Your account", "cohorts": "Cohorts", "learner": "Learner",
          "assign": "Assign work", "marking": "Marking", "completions": "Completions", "items": "Items", "content": "Content"}


def titles(tested: AppTest) -> list[str]:
    return [title.value for title in tested.title]


def test_the_pages_with_a_permission_are_these():
    assert set(NEEDS) == set(OWN)
    assert {page: tuple(role for role in BY_ROLE if can(role, action)) for page, action in NEEDS.items()} == OWN


@pytest.mark.parametrize("role", BY_ROLE)
@pytest.mark.parametrize("page", OWN)
def test_a_page_of_some_roles_opens_for_them_alone(app, page, role):
    tested = app(BY_ROLE[role], page)
    assert not tested.exception
    assert any(title.startswith(TITLES[page]) for title in titles(tested)) == (role in OWN[page])


@pytest.mark.parametrize("role", BY_ROLE)
@pytest.mark.parametrize("page", OWN)
def test_a_page_checks_by_itself_also_where_navigation_would_not(desk, page, role, caplog):
    """The page's own file, run without the entry."""
    tested = AppTest.from_file(f"../../app/pages/{page}.py", default_timeout=60)
    tested.user = {"is_logged_in": False, "sid": f"session-{BY_ROLE[role]}"}
    tested.run()
    assert ("app.gate.NotAllowed: " in caplog.text) == (role not in OWN[page])
    assert role in OWN[page] or titles(tested) == []


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", ["", "nobody-known"])
def test_no_page_opens_for_nobody(app, page, who):
    tested = app(who, page)
    assert titles(tested) == ["You are signed out"] and not tested.exception and "/auth/login?next=/" in words(tested)


@pytest.mark.parametrize("page", PAGES)
def test_no_page_shows_anything_of_anybody_to_nobody_by_itself(desk, page, caplog):
    tested = AppTest.from_file(f"../../app/pages/{page}.py", default_timeout=60)
    tested.user = {"is_logged_in": False, "sid": None}
    tested.run()
    assert not any(name.capitalize() in words(tested) for name in PEOPLE)
    assert titles(tested) == [] and "app.gate.SignedOut: " in caplog.text


@pytest.mark.parametrize("page", [page for page in PAGES if page not in OWN])
@pytest.mark.parametrize("role", BY_ROLE)
def test_a_page_for_everybody_opens_for_every_role(app, page, role):
    tested = app(BY_ROLE[role], page)
    assert not tested.exception and "Not allowed" not in words(tested) and "signed out" not in words(tested)


def test_a_claim_of_being_someone_in_the_address_counts_for_nothing(app):
    tested = app("ann", "home", **{"address": "root"})
    tested.query_params["who"] = "root"
    assert "Hello, Ann" in words(tested.run())


def test_a_session_that_is_ended_is_out_at_the_next_run(app, people):
    tested = app("ann", "quizzes")
    people.revoke("session-ann", "root", 10**13)
    assert titles(tested.run()) == ["You are signed out"]


def test_a_role_that_is_taken_is_gone_at_the_next_run(app, people):
    tested = app("root", "people")
    people.set_role("tom", "admin", "root", 1)
    people.set_role("root", "learner", "tom", 2)
    assert "People" not in titles(tested.run())


def test_who_is_shut_out_is_out_at_the_next_run(app, people):
    tested = app("ann", "progress")
    people.set_disabled("ann", True, "root", 1)
    assert titles(tested.run()) == ["You are signed out"]


@pytest.mark.parametrize("who", ["", "ann"])
def test_without_the_door_in_front_no_page_is_shown_and_how_to_start_it_is_said(app, monkeypatch, who):
    """As `streamlit run streamlit_app.py` starts it where CLEAN_CLAIM_TEAM is set."""
    monkeypatch.setattr(door, "stands", False)
    tested = app(who)
    assert not tested.exception and titles(tested) == ["Not started"] and not tested.button
    assert [error.value for error in tested.error] == [door.NOT_THERE] and "python -m app serve" in door.NOT_THERE


def test_the_server_puts_the_door_there(desk, monkeypatch):
    monkeypatch.setattr(door, "stands", False)
    application(None)
    assert not door.stands
    application(team())
    assert door.stands


def test_a_long_audit_log_is_checked_when_it_is_asked_for(app, people, monkeypatch):
    monkeypatch.setattr(people_desk, "SHORT_LOG", 0)
    looked = []
    monkeypatch.setattr(people_desk, "audit_faults", lambda: looked.append(1) or [])
    tested = app("root", "audit")
    assert not looked and "The log is whole" not in words(tested)
    tested.button(key="check").click().run()
    assert looked == [1] and "The log is whole" in words(tested) and not tested.exception


@pytest.mark.parametrize("below", ["²", "٣", "9" * 5000, "-1", "x"])
def test_what_somebody_writes_into_an_address_breaks_no_page(app, below):
    assert not app("root", "audit", below=below).exception


@pytest.mark.parametrize("q", ["²", "٣", "9" * 5000, "-1", "x"])
def test_a_question_that_is_none_is_none(app, begun, q):
    assert not app("ann", "quiz", attempt=begun, q=q).exception


def test_what_went_wrong_is_said_as_it_is_written(app, monkeypatch):
    """A name in a sentence of ours makes no link and fetches no picture."""
    def refuse(*_):
        raise people_desk.NotFit("[Sign in](https://evil.example) ![x](https://evil.example/x.png) <b>x</b> is no name.")
    monkeypatch.setattr(people_desk, "accounts", refuse)
    said, = [error.value for error in app("root", "people").error]
    assert "[Sign in](" not in said and "![x](" not in said and "<b>" not in said and "https://evil" not in said
