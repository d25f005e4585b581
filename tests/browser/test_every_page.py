"""Every page as each role has it, with something on it: no rule of accessibility is broken in either scheme, on a desk or on a phone, and nothing is wider than the screen."""

import pytest

from tests.browser.axe import violations
from tests.browser.conftest import needed
from tests.browser.peopled import peopled
from tests.browser.running import CHROMIUM, chromium, opened
from tests.browser.team import sign_in


@pytest.fixture(scope="module")
def team(tmp_path_factory):
    needed(bool(CHROMIUM), "Chromium is not installed: the browser tests were not run. apt-get install chromium")
    with peopled(tmp_path_factory.mktemp("every-page")) as made:
        yield made


@pytest.fixture(scope="module")
def browser(team):
    with chromium() as running:
        yield running


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("who", ["ann", "cal", "tom", "una", "root"])
def test_no_page_breaks_a_rule_or_the_width(browser, team, axe, who, scheme, width):
    server, addresses = team
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    page, wrong = context.new_page(), {}
    sign_in(page, server, who)
    for name, address in addresses[who].items():
        opened(page, f"{server.url}/{address}")
        found = violations(page)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append("wider than the screen")
        if page.locator("[role='dialog']").count():
            found.append("a dialog nobody asked for")
        wrong |= {name: found} if found else {}
    context.close()
    assert wrong == {}
