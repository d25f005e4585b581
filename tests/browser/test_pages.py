"""Every page: no accessibility violation of ours in either scheme at either width, and nothing wider than the screen."""

import pytest

from tests.browser.axe import violations
from tests.browser.running import add_person, answer_anything, begin, opened

PAGES = ("home", "claims", "welcome", "quizzes", "quiz", "answered", "summary", "attempt", "progress", "reference", "rules", "lists", "transactions")
SCREENS = [("light", 1280), ("dark", 390)]


@pytest.fixture(scope="module")
def addresses(browser, server):
    """The address of each page, with a quiz under way behind them."""
    import re
    page = browser.new_page()
    who = add_person(page, server, "Robin Okafor")
    begin(page)
    answer_anything(page)
    attempt = re.search(r"attempt=([0-9a-f-]+)", page.url)[1]
    page.close()
    at = f"{who}&attempt={attempt}"
    paths = {"home": f"?{who}", "quiz": f"quiz?{at}&q=2", "answered": f"quiz?{at}&q=1", "summary": f"quiz?{at}&q=99", "attempt": f"attempt?{at}",
             "rules": f"reference?{who}&shelf=Payers", "lists": f"reference?{who}&shelf=Lists"}
    return {name: f"{server.url}/{paths.get(name, f'{name}?{who}')}" for name in PAGES}


@pytest.mark.parametrize("scheme,width", SCREENS)
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


def test_the_first_visit_asks_who_is_there(browser, tmp_path):
    from tests.browser.running import serving
    with serving(tmp_path / "first.sqlite") as own:
        page = browser.new_page()
        opened(page, own.url)
        page.get_by_role("heading", name="Welcome to Clean Claim").wait_for()
        page.get_by_role("button", name="Start", exact=True).click()
        page.get_by_text("Write a name first").wait_for()
        page.close()
