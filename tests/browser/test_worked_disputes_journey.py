"""A dispute about worked material in a real browser: the learner objects under a claim's decisions, the trainer gives one of them its points, the learner reads why; by keyboard too."""

import pytest

from tests.browser.axe import violations
from tests.browser.conftest import needed
from tests.browser.peopled import peopled
from tests.browser.running import CHROMIUM, chromium, opened, settle
from tests.browser.team import sign_in


@pytest.fixture(scope="module")
def team(tmp_path_factory):
    needed(bool(CHROMIUM), "Chromium is not installed: the browser tests were not run. apt-get install chromium")
    with peopled(tmp_path_factory.mktemp("disputes")) as made:
        yield made


@pytest.fixture(scope="module")
def browser(team):
    with chromium() as running:
        yield running


def tab(browser, server, id: str, width: int = 1280):
    page = browser.new_context(viewport={"width": width, "height": 900}, bypass_csp=True).new_page()
    sign_in(page, server, id)
    return page


def test_from_the_objection_to_the_answer(browser, team):
    server, addresses = team
    ann, tom = tab(browser, server, "ann"), tab(browser, server, "tom")
    opened(ann, f"{server.url}/{addresses['ann']['account']}")
    before = ann.get_by_text("The life of an account").inner_text()
    ann.get_by_text("I think my answer is right").click()
    ann.get_by_role("textbox", name="Why do you think so?").fill("Nothing was left to collect, so I closed it.")
    ann.get_by_role("button", name="Send to my trainer").click()
    ann.get_by_text("This mark is disputed").wait_for(timeout=30_000)

    opened(tom, f"{server.url}/marking")
    tom.get_by_role("combobox", name="Which dispute").click()
    tom.get_by_role("option").last.click()
    settle(tom)
    tom.get_by_text("Nothing was left to collect, so I closed it.").wait_for(timeout=30_000)
    tom.get_by_role("combobox", name="Which parts").focus()
    tom.keyboard.type("Dollars")
    tom.get_by_role("option").first.wait_for(timeout=15_000)
    tom.keyboard.press("Enter")
    tom.keyboard.press("Escape")
    tom.get_by_role("combobox", name="They are worth").focus()
    tom.keyboard.type("All")
    tom.keyboard.press("Enter")
    tom.get_by_role("textbox", name="What you tell the learner").fill("True: nothing could be collected any more.")
    tom.get_by_role("button", name="Change the mark").click()
    tom.get_by_text("Ann Whitlock's mark is changed").wait_for(timeout=30_000)

    opened(ann, f"{server.url}/{addresses['ann']['account']}")
    ann.get_by_text("True: nothing could be collected any more.").first.wait_for(timeout=30_000)
    assert ann.get_by_text("The mark was changed").is_visible() and ann.get_by_text("The life of an account").inner_text() != before
    assert [row.act for row in server.people.audit_log()][:2] == ["mark by hand", "answer dispute"]


@pytest.mark.parametrize("width", [1280, 390])
def test_the_queue_with_a_dispute_of_each_kind_breaks_no_rule(browser, team, axe, width):
    server, _ = team
    tom = tab(browser, server, "tom", width)
    opened(tom, f"{server.url}/marking")
    for at in range(2):
        tom.get_by_role("combobox", name="Which dispute").click()
        tom.get_by_role("option").nth(at).click()
        settle(tom)
        assert violations(tom) == [] and tom.evaluate("document.documentElement.scrollWidth") <= width
