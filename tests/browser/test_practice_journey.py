"""Practice in a real browser, by keyboard alone: a hint and how sure one is, pairs and orders, a review; and its pages broken by no rule of accessibility."""

import re

import pytest

from tests.browser.axe import violations
from tests.browser.conftest import needed
from tests.browser.practised import practised
from tests.browser.running import CHROMIUM, opened, settle

PAGES = ("home", "practice", "review", "changed", "matching", "ordering", "single-choice")
HERE = """(e => ({kind: e.getAttribute('role') || e.type || e.tagName, name: e.getAttribute('aria-label') || e.innerText || ''}))(document.activeElement)"""


@pytest.fixture(scope="module")
def addresses(tmp_path_factory, browser):
    needed(bool(CHROMIUM), "Chromium is not installed: the browser tests were not run.")
    with practised(tmp_path_factory.mktemp("practised") / "records.sqlite") as (_, at):
        yield at


def focus(page, wanted, most: int = 80) -> None:
    """Tabs until the element in focus is the one wanted."""
    for _ in range(most):
        page.keyboard.press("Tab")
        here = page.evaluate(HERE)
        if wanted(here["kind"], here["name"].strip()):
            return
    raise AssertionError("Tab never came to it")


def submit(page) -> None:
    focus(page, lambda kind, name: name == "Submit answer")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="The rule").wait_for(timeout=30_000)
    settle(page)


@pytest.mark.parametrize("scheme,width", [("light", 1280), ("dark", 390)])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_breaks_no_rule_of_accessibility(name, scheme, width, addresses, browser, axe):
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
    try:
        page = context.new_page()
        opened(page, addresses[name])
        assert violations(page) == []
        assert page.evaluate("document.querySelector('.stMain').scrollWidth") <= width
    finally:
        context.close()


def test_a_session_is_put_together_and_answered_with_a_hint_and_how_sure_one_is(page, addresses, axe):
    opened(page, addresses["practice"])
    focus(page, lambda kind, name: name == "Start")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Question 1 of 10").wait_for(timeout=30_000)
    opened(page, addresses["single-choice"])
    focus(page, lambda kind, name: name.split("\n")[-1].startswith("Take a hint"))
    page.keyboard.press("Enter")
    page.get_by_text("Hint 1").wait_for(timeout=30_000)
    settle(page)
    opened(page, page.url)
    focus(page, lambda kind, name: kind == "radio")
    page.keyboard.press("Space")
    focus(page, lambda kind, name: kind == "radio")   # past the help beside the label
    for _ in range(3):
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(100)
    assert page.get_by_role("radio", name="Sure", exact=True).is_checked()
    submit(page)
    page.get_by_text("confidence marks").wait_for()
    page.get_by_text("To be reviewed on").wait_for()
    assert violations(page) == []
    page.reload()
    page.get_by_text("confidence marks").wait_for(timeout=30_000)


def test_pairs_are_matched_by_keyboard_alone(page, addresses, axe):
    opened(page, addresses["matching"])
    boxes = page.get_by_role("combobox").count()
    for _ in range(boxes):
        focus(page, lambda kind, name: kind == "combobox")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
    submit(page)
    assert page.get_by_role("status").inner_text().startswith(("Right", "Partly right", "Not right"))
    assert page.locator("ul.cc-reasons li").count() > boxes
    assert violations(page) == []


def test_entries_are_put_in_order_by_keyboard_alone(page, addresses, axe):
    opened(page, addresses["ordering"])
    fields = page.get_by_role("spinbutton").count()
    for place in range(fields):
        focus(page, lambda kind, name: kind in ("number", "spinbutton"))
        page.keyboard.type(str(place + 1))
    submit(page)
    assert page.locator("ul.cc-reasons li").count() == fields
    assert violations(page) == []


def test_a_place_given_twice_is_no_attempt_and_says_so(page, addresses):
    opened(page, addresses["ordering"] + "&q=2")
    for field in page.get_by_role("spinbutton").all():
        field.fill("1")
    page.get_by_role("button", name="Submit answer").click()
    page.get_by_text("Give every entry a place of its own").wait_for(timeout=30_000)


def test_a_review_begins_with_what_was_missed_while_sure_and_tells_when_it_comes_again(page, addresses):
    opened(page, addresses["review"])
    page.get_by_text("you missed while sure").wait_for()
    focus(page, lambda kind, name: name == "Start the review")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name=re.compile("Question 1 of")).wait_for(timeout=30_000)
    page.get_by_text("Due for review").wait_for()


def test_todays_list_is_started_from_home_and_gone_on_with(page, addresses):
    opened(page, addresses["home"])
    focus(page, lambda kind, name: name == "Start today's list")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name=re.compile("Question 1 of")).wait_for(timeout=30_000)
    settle(page)
    opened(page, addresses["home"])
    page.get_by_role("button", name="Go on with today's list").click()
    page.get_by_role("heading", name=re.compile("Question 1 of")).wait_for(timeout=30_000)


def test_the_file_for_anki_comes_with_its_head(page, addresses):
    opened(page, addresses["review"])
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download for Anki").click()
    text = open(waiting.value.path(), encoding="utf-8").read()
    assert text.startswith("#separator:tab\n#html:true\n") and text.count("\n") >= 6 + 12
