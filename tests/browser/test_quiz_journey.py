"""A quiz in a real browser: taken by keyboard, refreshed, opened twice, its server killed; what was saved stays."""

import re
from contextlib import suppress

import pytest
from playwright.sync_api import Error as PlaywrightError

from records import Records
from tests.browser.running import Server, add_person, answer_anything, begin, fill_anything, opened, settle

CONNECTED = '[data-testid="stApp"][data-test-connection-state="CONNECTED"]'


@pytest.fixture
def quiz(page, server, request):
    """A quiz just begun by someone new; returns its address."""
    add_person(page, server, f"Person of {request.node.name}"[:60])
    begin(page)
    return page.url


def test_an_answer_survives_a_refresh_and_the_place_is_kept(page, quiz):
    answer_anything(page)
    verdict = page.get_by_role("status").inner_text()
    page.reload()
    page.get_by_role("heading", name="The rule").wait_for(timeout=30_000)
    assert page.get_by_role("status").inner_text() == verdict
    page.get_by_role("button", name="Next question").click()
    page.get_by_role("heading", name="Question 2 of").wait_for()
    settle(page)
    page.reload()
    page.get_by_role("heading", name="Question 2 of").wait_for(timeout=30_000)


def test_a_second_tab_meets_the_stored_answer(page, quiz):
    second = page.context.new_page()
    opened(second, quiz)
    answer_anything(page)
    answer_anything(second)
    second.get_by_text("answered before, in another tab").wait_for()
    second.reload()
    page.reload()
    for tab in (page, second):
        tab.get_by_role("heading", name="The rule").wait_for(timeout=30_000)
        settle(tab)
    assert page.get_by_role("status").inner_text() == second.get_by_role("status").inner_text()


def test_submitting_nothing_is_no_attempt_and_says_what_to_do(page, quiz):
    page.get_by_role("button", name="Submit answer").click()
    page.get_by_text("This does not count as an answer").wait_for(timeout=30_000)
    assert page.get_by_role("button", name="Submit answer").is_visible()
    page.reload()
    page.get_by_role("button", name="Submit answer").wait_for(timeout=30_000)


def test_a_question_is_answered_and_left_by_keyboard_alone(page, quiz):
    focus(page, lambda role: role in ("radio", "checkbox", "text"))
    if page.evaluate("document.activeElement.type") == "text":
        page.keyboard.type("12")
        page.keyboard.press("Enter")
    else:
        page.keyboard.press("Space")
        focus(page, lambda role: role == "Submit answer")
        page.keyboard.press("Enter")
    page.get_by_role("heading", name="The rule").wait_for(timeout=30_000)
    settle(page)
    page.keyboard.press("Control+Enter")
    page.get_by_role("heading", name="Question 2 of").wait_for(timeout=30_000)


def focus(page, wanted, most: int = 60) -> None:
    """Tabs until the element in focus is the one wanted."""
    for _ in range(most):
        page.keyboard.press("Tab")
        here = page.evaluate("(e => e.type === 'radio' || e.type === 'checkbox' || e.type === 'text' ? e.type : e.innerText)(document.activeElement)")
        if wanted((here or "").strip().split("\n")[0]):
            return
    raise AssertionError("Tab never came to it")


def test_a_killed_server_loses_no_answer_that_the_page_called_saved(tmp_path, page):
    own = Server(tmp_path / "killed.sqlite").start()
    try:
        add_person(page, own, "Killed Once")
        begin(page)
        answer_anything(page)
        page.get_by_text("Saved.").wait_for()
        verdict, address = page.get_by_role("status").inner_text(), page.url
        own.kill()
        own.start()
        opened(page, address)
        page.get_by_role("heading", name="The rule").wait_for(timeout=30_000)
        assert page.get_by_role("status").inner_text() == verdict
    finally:
        own.kill()


def answers(database, attempt: str) -> list[tuple[str, int]]:
    """Every submit that is stored."""
    with Records.open(database) as records:
        return [(step.slot, step.sequence) for step in records.attempt(attempt).steps if step.kind == "submit"]


def attempt_in(page) -> str:
    return re.search(r"attempt=([0-9a-f-]{36})", page.url)[1]


@pytest.mark.parametrize("way", ["double click", "two presses in one moment", "four clicks as fast as they come"])
def test_a_double_click_stores_one_answer(page, server, quiz, way):
    fill_anything(page)
    button = page.get_by_role("button", name="Submit answer")
    if way == "double click":
        button.dblclick()
    elif way == "two presses in one moment":
        button.evaluate("button => { button.click(); button.click() }")
    else:
        button.click(click_count=4, delay=1)
    page.get_by_role("heading", name="The rule").wait_for(timeout=30_000)
    settle(page)
    page.wait_for_timeout(500)
    assert len(answers(server.database, attempt_in(page))) == 1
    assert page.get_by_role("heading", name="Question 1 of").count() == 1 and page.get_by_text("in another tab").count() == 0


def test_a_double_click_begins_one_quiz(page, server, request):
    who = re.search(r"who=([0-9a-f-]{36})", add_person(page, server, f"Person of {request.node.name}"[:60]))[1]
    page.get_by_role("link", name="Quizzes").first.click()
    page.get_by_role("button", name=re.compile("^Start:")).first.dblclick(timeout=30_000)
    page.get_by_role("heading", name="Question 1 of").wait_for(timeout=30_000)
    settle(page)
    with Records.open(server.database) as records:
        assert len(records.attempts_of(who)) == 1


def test_a_page_comes_back_by_itself_when_its_server_was_killed_and_goes_on(tmp_path, page):
    """Nobody reloads and nobody clicks between the kill and the connection's return; what was chosen is still chosen."""
    own = Server(tmp_path / "killed.sqlite").start()
    try:
        add_person(page, own, "Came Back")
        begin(page)
        fill_anything(page)
        before, loads = values(page), []
        page.on("load", lambda _: loads.append(1))
        own.kill()
        page.wait_for_selector(CONNECTED, state="detached", timeout=30_000)
        own.start()
        page.wait_for_selector(CONNECTED, timeout=90_000)
        settle(page)
        assert loads == [] and values(page) == before
        for _ in range(3):     # a press before the new server has drawn the page goes nowhere, and the page does not say that it was saved
            page.get_by_role("button", name="Submit answer").click()
            with suppress(PlaywrightError):
                page.get_by_role("heading", name="The rule").wait_for(timeout=10_000)
                break
        assert loads == [] and page.get_by_role("heading", name="The rule").count() and len(answers(own.database, attempt_in(page))) == 1
    finally:
        own.kill()


def values(page) -> list:
    """What stands in the fields of the question."""
    return page.evaluate("[...document.querySelectorAll('.stMain form input, .stMain [data-testid=stForm] input')].map(e => e.type === 'radio' || e.type === 'checkbox' ? e.checked : e.value)")


def test_progress_and_the_past_attempt_show_the_answer(page, quiz):
    answer_anything(page)
    page.get_by_role("link", name="Progress").first.click()
    page.get_by_role("heading", name="Past attempts").wait_for(timeout=30_000)
    settle(page)
    page.get_by_role("link", name=re.compile("under way")).first.click()
    page.get_by_text("Shown as it was asked and marked then").wait_for(timeout=30_000)
    settle(page)
    assert page.get_by_role("heading", name="The rule").count() == 1
    assert page.get_by_text("Not answered. It does not count as wrong.").count() > 1
