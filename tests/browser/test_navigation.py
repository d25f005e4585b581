"""The navigation as it is drawn: each role reaches each of its pages by pointer and by keyboard at every width; each address opens, and an unknown one says so kindly."""

import pytest

from tests.browser.axe import violations
from tests.browser.conftest import needed
from tests.browser.running import CHROMIUM, chromium, opened, settle
from tests.browser.team import sign_in, team_serving

LEARNING = ["Home", "Claims", "Quizzes", "Practice", "Reviews", "Exams", "Progress"]
OFFERED = {"learner": [], "trainer": ["Cohorts", "Marking", "Completions", "Items", "Corrections"], "author": ["Content", "Items"], "admin": ["Cohorts", "People", "Completions", "Audit log"]}
"""What stands under Team, by role."""
LINKS = "header [data-testid='stTopNavLink']:not([inert] *), [data-testid='stTopNavDropdownLink'], [data-testid='stSidebarNavLink']"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1"
"""Streamlit shuts its drawer after a choice where the browser says that it is a phone."""
PHONE, TABLET, SMALL_DESK, DESK = 390, 768, 1024, 1280
ADDRESSES = ("home", "claims", "quizzes", "practice", "review", "exams", "progress", "reference", "transactions", "welcome", "own_data", "you", "quiz", "sitting", "changed", "exam",
             "exam_report", "readiness", "claim", "exercise", "account", "attempt", "work")


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    needed(bool(CHROMIUM), "Chromium is not installed: the browser tests were not run. apt-get install chromium")
    with team_serving(tmp_path_factory.mktemp("navigation")) as running:
        for role in OFFERED:
            running.add(role, f"{role.capitalize()} Person", role)
        yield running


@pytest.fixture(scope="module")
def browser(server):
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def tabs(browser, server):
    """A signed-in tab for each role and width."""
    made = {}

    def tab(role: str, width: int = DESK, scheme: str = "light"):
        if (role, width) not in made:
            phone = {"user_agent": IPHONE} if width == PHONE else {}
            made[role, width] = browser.new_context(bypass_csp=True, viewport={"width": width, "height": 800}, **phone).new_page()
            sign_in(made[role, width], server, role)
        made[role, width].emulate_media(color_scheme=scheme)
        opened(made[role, width], server.url)
        return made[role, width]
    yield tab
    for page in made.values():
        page.context.close()


OPEN = ("region", "list", "listitem")
"""Broken by Streamlit's own markup while it is open: its menus hang outside of the landmarks, and its drawer's list holds the groups between its items."""


def shut(page) -> None:
    """Closes what is open: a touch beside it shuts the drawer of a phone."""
    page.keyboard.press("Escape")
    if page.viewport_size["width"] == PHONE:
        page.mouse.click(PHONE - 5, 700)
    page.wait_for_timeout(400)


def everything(role: str) -> list[str]:
    return sorted([*LEARNING, "Reference", "Transactions", *OFFERED[role], f"{role.capitalize()} Person", "Your data", "Your account"])


def openers(page):
    """What opens more of the navigation: groups, the rest, the menu of a phone."""
    return page.locator("header button:visible:not([inert] *)")


def within(element, width: int) -> bool:
    box = element.bounding_box()
    return box is not None and 0 <= box["x"] and box["x"] + box["width"] <= width


def seen(page) -> list[str]:
    """The pages that can be seen and pointed at, with every group opened in its turn."""
    width, found = page.viewport_size["width"], []

    def collect():
        for link in page.locator(LINKS).all():
            if link.is_visible() and within(link, width):
                found.append(link.inner_text().split("\n")[-1].strip())
    collect()
    for at in range(openers(page).count()):
        opener = openers(page).nth(at)
        opener.click()
        page.wait_for_timeout(400)
        collect()
        shut(page)
    return sorted(set(found))


@pytest.mark.parametrize("width", [DESK, SMALL_DESK, TABLET, PHONE])
@pytest.mark.parametrize("role", OFFERED)
def test_every_page_of_a_role_is_in_reach_at_every_width(tabs, role, width):
    page = tabs(role, width)
    assert seen(page) == everything(role)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [DESK, SMALL_DESK])
@pytest.mark.parametrize("role", OFFERED)
def test_on_a_desk_nothing_is_put_away(tabs, role, width):
    page = tabs(role, width)
    groups = ["Look up", *(["Team"] if OFFERED[role] else []), "You"]
    assert openers(page).all_inner_texts() == groups
    assert all(within(openers(page).nth(at), width) for at in range(len(groups)))
    assert [link.split("\n")[-1] for link in page.locator("header [data-testid='stTopNavLink']:not([inert] *)").all_inner_texts()] == LEARNING


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [DESK, SMALL_DESK, TABLET, PHONE])
def test_axe_finds_nothing_with_a_group_open(tabs, axe, width, scheme):
    page = tabs("trainer", width, scheme)
    opener = openers(page).last if width in (PHONE, TABLET) else openers(page).filter(has_text="Team")
    opener.click()
    page.wait_for_timeout(400)
    assert violations(page, but=OPEN) == []
    shut(page)


@pytest.mark.parametrize("width", [DESK, SMALL_DESK, TABLET])
def test_a_page_in_a_group_is_opened_by_keyboard_alone(tabs, width):
    page = tabs("trainer", width)
    page.locator("header [data-testid='stTopNavLink']").first.focus()
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText").strip().endswith(("Team", " more")):
            break
    page.keyboard.press("Enter")
    page.get_by_role("menuitem", name="Marking").wait_for(timeout=5_000)
    for _ in range(20):
        if "Marking" in page.evaluate("document.activeElement.innerText"):
            break
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Marking", exact=True).wait_for(timeout=30_000)


def test_the_menu_of_a_phone_is_opened_and_used_by_keyboard_alone(tabs):
    page = tabs("trainer", PHONE)
    button = page.locator("[data-testid='stExpandSidebarButton']")
    assert "Menu" in page.evaluate("element => getComputedStyle(element, '::after').content", button.element_handle())
    button.focus()
    page.keyboard.press("Enter")
    page.wait_for_timeout(500)
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('a') && document.activeElement.innerText.includes('Marking')"):
            break
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Marking", exact=True).wait_for(timeout=30_000)
    settle(page)
    assert button.is_visible(), "the menu has made way for the page"


class TestAddresses:
    @pytest.mark.parametrize("address", ADDRESSES)
    def test_each_opens(self, tabs, server, address):
        page = tabs("learner")
        opened(page, f"{server.url}/{address}")
        assert page.locator("[role='dialog']").count() == 0 and page.get_by_role("heading", name="There is nothing here").count() == 0

    def test_home_has_an_address_with_its_name_and_keeps_what_was_asked(self, tabs, server):
        page = tabs("learner")
        opened(page, f"{server.url}/home?minutes=10")
        page.get_by_role("heading", name="Hello, Learner Person").wait_for(timeout=30_000)
        assert "minutes=10" in page.url

    @pytest.mark.parametrize("address", ["nothing-like-it", "Claims", "a%20word", "people", "learner", "front", "claims/sub", "very/deep/down"])
    def test_an_unknown_one_says_so_and_leads_home(self, tabs, server, axe, address):
        page = tabs("learner")
        opened(page, f"{server.url}/{address}")
        page.get_by_role("heading", name="There is nothing here").wait_for(timeout=30_000)
        assert page.locator("[role='dialog']").count() == 0 and violations(page) == []
        page.locator(".stMain").get_by_role("link", name="Home").click()
        page.get_by_role("heading", name="Hello, Learner Person").wait_for(timeout=30_000)

    def test_back_from_home_is_no_trap(self, tabs, server):
        page = tabs("learner")
        opened(page, f"{server.url}/claims")
        page.goto(f"{server.url}/nothing-like-it")
        page.get_by_role("heading", name="There is nothing here").wait_for(timeout=30_000)
        page.go_back()
        page.get_by_role("heading", name="Claims").first.wait_for(timeout=30_000)
        settle(page)
        assert page.locator("[role='dialog']").count() == 0
