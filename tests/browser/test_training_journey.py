"""Training in a real browser: a trainer makes a cohort and assigns, the learner works and objects, the trainer changes the mark, the learner is told; every page by axe, in both schemes and narrow."""

import re

import pytest

from tests.browser.axe import violations
from tests.browser.conftest import needed
from tests.browser.running import CHROMIUM, answer_anything, chromium, opened, settle
from tests.browser.team import sign_in, team_serving
from tests.browser.test_every_page import seen


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    needed(bool(CHROMIUM), "Chromium is not installed: the browser tests were not run. apt-get install chromium")
    with team_serving(tmp_path_factory.mktemp("training")) as running:
        running.add("tom", "Tom Reyes", "trainer")
        running.add("ann", "Ann Whitlock", "learner")
        running.add("bea", "Bea Castellanos", "learner")
        yield running


@pytest.fixture(scope="module")
def browser(server):
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def tabs(browser, server):
    """A signed-in tab for each person, kept through the journey."""
    made = {}

    def tab(id: str):
        if id not in made:
            made[id] = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
            sign_in(made[id], server, id)
        return made[id]
    yield tab
    for page in made.values():
        page.context.close()


def choose(page, label: str, text: str) -> None:
    """Picks from a select box by typing, as the keyboard does."""
    page.get_by_role("combobox", name=label).first.click()
    page.keyboard.type(text)
    page.get_by_role("option").filter(has_text=text).first.wait_for(timeout=15_000)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")      # out of the list; Escape would take the choice back
    settle(page)


class TestJourney:
    """One story, told in order."""

    def test_a_trainer_makes_a_cohort_and_takes_someone_in(self, server, tabs):
        page = tabs("tom")
        opened(page, f"{server.url}/cohorts")
        page.get_by_label("Name of the new cohort").fill("Spring intake")
        page.get_by_role("button", name="Make cohort").click()
        page.get_by_text("Spring intake is there.").wait_for(timeout=30_000)
        settle(page)
        page.get_by_text("People and name", exact=True).click()
        page.get_by_label("E-mail address of someone").fill("ann@example.org")
        page.get_by_role("button", name="Take in").click()
        page.get_by_role("link", name="Ann Whitlock").wait_for(timeout=30_000)
        assert page.get_by_role("rowheader", name="Ann Whitlock").is_visible()

    def test_and_assigns_a_quiz(self, server, tabs):
        page = tabs("tom")
        opened(page, f"{server.url}/cohorts")
        page.get_by_role("link", name="Assign work").click()
        page.get_by_role("heading", name="Assign work").wait_for(timeout=30_000)
        settle(page)
        page.get_by_text("Quizzes and claims").click()
        settle(page)
        choose(page, "What", "Quiz: ")
        page.get_by_role("textbox", name="Title").fill("First week")
        page.get_by_role("textbox", name="Title").press("Tab")
        settle(page)
        page.get_by_role("textbox", name="Note").fill("Take your time.")
        page.get_by_role("textbox", name="Note").press("Tab")
        settle(page)
        page.get_by_role("button", name="Assign", exact=True).click()
        page.get_by_text("It is assigned.").wait_for(timeout=30_000)

    def test_the_learner_sees_it_works_it_and_objects(self, server, tabs):
        page = tabs("ann")
        opened(page, server.url)
        page.get_by_role("heading", name="Due work").wait_for(timeout=30_000)
        assert page.get_by_text("Take your time.").is_visible()
        page.get_by_role("button", name=re.compile("^Start: ")).first.click()
        page.get_by_role("heading", name="Question 1 of").wait_for(timeout=30_000)
        settle(page)
        answer_anything(page)
        page.get_by_text("I think my answer is right").click()
        page.get_by_role("textbox", name="Why do you think so?").fill("The notice gives the patient the choice.")
        page.get_by_role("button", name="Send to my trainer").click()
        page.get_by_text("This mark is disputed").wait_for(timeout=30_000)

    def test_the_trainer_sees_who_is_where_and_changes_the_mark(self, server, tabs):
        page = tabs("tom")
        opened(page, f"{server.url}/cohorts")
        page.get_by_role("row").filter(has_text="Ann Whitlock").get_by_text("under way").wait_for(timeout=30_000)
        opened(page, f"{server.url}/marking")
        page.get_by_text("The notice gives the patient the choice.").wait_for(timeout=30_000)
        choose(page, "The answer is worth", "All of the points")
        page.get_by_role("textbox", name="What you tell the learner").fill("Fair: both readings can be defended.")
        page.get_by_role("button", name="Change the mark").click()
        page.get_by_text("Ann Whitlock's mark is changed").wait_for(timeout=30_000)
        assert page.get_by_text("No dispute waits.").is_visible()

    def test_the_learner_is_told(self, server, tabs):
        page = tabs("ann")
        opened(page, server.url)
        page.get_by_text("Tom Reyes agrees with you").wait_for(timeout=30_000)
        assert page.get_by_text("Fair: both readings can be defended.").is_visible()
        page.get_by_role("link", name="See it there").first.click()
        page.get_by_text("The mark was changed").wait_for(timeout=30_000)
        assert [row.act for row in server.people.audit_log()][:2] == ["mark by hand", "answer dispute"]

    def test_the_trainer_reads_the_evidence_and_signs_off_by_keyboard_alone(self, server, tabs):
        page = tabs("tom")
        opened(page, f"{server.url}/learner?learner=ann")
        page.get_by_role("combobox", name="Competency").focus()
        page.keyboard.type("Modifiers")
        page.get_by_role("option").first.wait_for(timeout=15_000)
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        while page.evaluate("document.activeElement.tagName") != "TEXTAREA":
            page.keyboard.press("Tab")
        page.keyboard.type("Did ten on her own.")
        while page.evaluate("document.activeElement.innerText") != "Sign off":
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.get_by_text("Signed off: Modifiers").wait_for(timeout=30_000)

    def test_the_table_is_saved_as_a_workbook(self, server, tabs):
        page = tabs("tom")
        opened(page, f"{server.url}/cohorts")
        for kind, begins in (("CSV", b"\xef\xbb\xbfName,"), ("XLSX", b"PK")):
            with page.expect_download(timeout=30_000) as download:
                page.get_by_role("button", name=f"Save as {kind}").click()
            with open(download.value.path(), "rb") as file:
                assert file.read(16).startswith(begins)

    def test_who_is_not_led_reaches_none_of_it(self, server, tabs):
        page = tabs("bea")
        for address in ("cohorts", "marking", "learner?learner=ann", "assign"):
            page.goto(f"{server.url}/{address}")
            page.get_by_role("heading", name="There is nothing here").wait_for(timeout=60_000)
        assert page.get_by_text("Ann Whitlock").count() == 0


class TestLook:
    @pytest.mark.parametrize("who, addresses", [("tom", ("cohorts", "learner?learner=ann", "assign", "marking", "items")), ("ann", ("", "work"))])
    def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(self, browser, server, axe, who, addresses):
        context = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True)
        page = context.new_page()
        sign_in(page, server, who)
        for address in addresses:
            opened(page, f"{server.url}/{address}")
            for scheme in ("light", "dark"):
                seen(page, scheme, 390)
                assert violations(page) == [], address
                assert page.evaluate("document.documentElement.scrollWidth") <= 390, address
            seen(page, "light", 1280)
        context.close()
