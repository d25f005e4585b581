"""A trainer's weeks and an author's morning in a real browser: what is given, moved, changed and taken back, a letter marked, a sign-off, a cohort closed and read; content read over; each told in the audit log."""

import re
import time

import pytest

from records import Assignment, Training
from tests.browser.axe import violations
from tests.browser.conftest import needed
from tests.browser.peopled import peopled
from tests.browser.running import CHROMIUM, chromium, opened, settle
from tests.browser.team import sign_in
from tests.browser.test_every_page import SCREENS, seen

DAY = 86_400_000


@pytest.fixture(scope="module")
def team(tmp_path_factory):
    needed(bool(CHROMIUM), "Chromium is not installed: the browser tests were not run. apt-get install chromium")
    with peopled(tmp_path_factory.mktemp("trainer")) as (server, addresses):
        at = time.time_ns() // 1_000_000
        item = Training(server.records).made_for("tom")[0].parts[0]
        Training(server.records).assign(Assignment("due-soon", "items", "", (item,), "Before Friday", "", 0, 0, at + DAY, "tom", at - 3 * DAY), (), ("cal",))
        yield server, addresses


@pytest.fixture(scope="module")
def server(team):
    return team[0]


@pytest.fixture(scope="module")
def browser(team):
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


def says(page, text: str) -> None:
    page.get_by_text(text).first.wait_for(timeout=30_000)
    settle(page)


def press(page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    settle(page)


def unfold(page, title: str) -> None:
    page.locator("summary").filter(has_text=title).first.click()
    settle(page)


def choose(page, label: str, text: str) -> None:
    """Picks from a box by typing, as the keyboard does."""
    page.get_by_role("combobox", name=label).first.click()
    page.keyboard.type(text)
    page.get_by_role("option").filter(has_text=text).first.wait_for(timeout=15_000)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    settle(page)


class TestTrainer:
    """One story, told in order."""

    def test_a_letter_is_read_and_marked(self, server, tabs):
        page = tabs("tom")
        opened(page, f"{server.url}/marking")
        letters = page.get_by_role("heading", name="Letters", exact=True)
        letters.wait_for(timeout=30_000)
        page.get_by_text("What stands in it.").wait_for(timeout=30_000)
        boxes = page.get_by_role("checkbox")
        for at in range(boxes.count()):
            boxes.nth(at).check(force=True)
        page.get_by_role("textbox", name="Comment for the learner").fill("All of it is there, in other words.")
        press(page, "Mark it as read")
        says(page, "Ann Whitlock's letter is marked.")
        assert page.get_by_text("No letter waits.").is_visible()
        ann = tabs("ann")
        opened(ann, server.url)
        says(ann, "All of it is there, in other words.")

    def test_one_piece_is_given_by_keyboard_and_only_one(self, server, tabs):
        page = tabs("tom")
        opened(page, f"{server.url}/assign?cohort=c1")
        page.get_by_text("Quizzes and claims").click()
        settle(page)
        choose(page, "What", "Quiz: ")
        says(page, "1 piece, about ")
        assert page.get_by_text("For Spring intake: 3 people in all.").is_visible()
        page.get_by_role("textbox", name="Title").fill("One more quiz")
        page.get_by_role("textbox", name="Title").press("Tab")
        settle(page)
        press(page, "Assign")
        says(page, "It is assigned. 1 piece")
        made = next(one for one in Training(server.records).made_for("tom") if one.title == "One more quiz")
        assert len(made.parts) == 1

    def test_an_exam_and_a_track_are_given(self, server, tabs):
        page = tabs("tom")
        opened(page, f"{server.url}/assign?cohort=c1")
        page.get_by_text("A practice exam", exact=True).click()
        settle(page)
        says(page, "whole exam at least")
        press(page, "Assign")
        says(page, "It is assigned. ")
        page.get_by_text("An onboarding track", exact=True).click()
        settle(page)
        choose(page, "Track", "Dental office")
        press(page, "Assign")
        says(page, "It is assigned. ")
        kinds = [(one.kind, one.subject) for one in Training(server.records).made_for("tom")]
        assert ("exam", "cpb") in kinds and ("track", "dental") in kinds
        ann = tabs("ann")
        opened(ann, f"{server.url}/work")
        says(ann, "Dental office")

    def test_one_person_is_given_more_time(self, server, tabs):
        page = tabs("tom")
        opened(page, f"{server.url}/assign")
        unfold(page, "First week")
        choose(page, "More time for", "Bea Castellanos")
        press(page, "Give more time")
        says(page, "for Bea Castellanos.")
        due = {id: next(each.due_at for each in Training(server.records).assigned_to(id) if each.assignment.title == "First week") for id in ("ann", "bea")}
        assert due["bea"] - due["ann"] == 7 * DAY
        says(page, "Bea Castellanos: a date of their own")
        assert violations(page) == []

    def test_a_date_of_ones_own_goes_back_to_everybodys(self, server, tabs):
        page = tabs("tom")
        opened(page, f"{server.url}/assign")
        unfold(page, "First week")
        press(page, "Back to everybody's date: Bea Castellanos")
        says(page, "for Bea Castellanos, as for everybody.")
        due = {id: next(each.due_at for each in Training(server.records).assigned_to(id) if each.assignment.title == "First week") for id in ("ann", "bea")}
        assert due["bea"] == due["ann"]

    def test_people_are_found_and_ordered_by_the_keyboard(self, server, tabs):
        page = tabs("tom")
        opened(page, f"{server.url}/cohorts")
        page.get_by_role("textbox", name="Find by name").fill("castell")
        page.keyboard.press("Enter")
        page.get_by_role("rowheader", name="Ann Whitlock").wait_for(state="detached", timeout=30_000)
        assert page.get_by_role("rowheader", name="Bea Castellanos").is_visible()
        page.get_by_role("textbox", name="Find by name").fill("")
        page.keyboard.press("Enter")
        choose(page, "Order by", "Name")
        page.get_by_role("rowheader", name="Ann Whitlock").wait_for(timeout=30_000)
        assert [one.split("\n")[0] for one in page.locator("tbody tr th").all_inner_texts()] == ["Ann Whitlock", "Bea Castellanos", "Cal Okafor"]
        assert violations(page) == []

    def test_someone_taken_out_and_back_keeps_their_dates(self, server, tabs):
        page = tabs("tom")
        before = [each.due_at for each in Training(server.records).assigned_to("bea")]
        opened(page, f"{server.url}/cohorts")
        unfold(page, "People and name")
        choose(page, "Take someone out", "Bea Castellanos")
        page.get_by_text("Bea Castellanos leaves", exact=True).click()
        settle(page)
        press(page, "Take out Bea Castellanos")
        says(page, "Bea Castellanos is out of it")
        page.get_by_role("textbox", name="E-mail address of someone").fill("bea@example.org")
        press(page, "Take in")
        says(page, "with the due dates of before")
        assert [each.due_at for each in Training(server.records).assigned_to("bea")] == before

    def test_a_given_one_is_changed_for_everybody(self, server, tabs):
        page = tabs("tom")
        opened(page, f"{server.url}/assign")
        unfold(page, "First week")
        page.get_by_role("textbox", name="Title").first.fill("First fortnight")
        page.get_by_role("spinbutton", name="Per cent of the points that are wanted").fill("50")
        press(page, "Save the change")
        says(page, "First fortnight is changed.")
        made = next(one for one in Training(server.records).made_for("tom") if one.title == "First fortnight")
        assert made.percent == 50

    def test_one_is_taken_back(self, server, tabs):
        page = tabs("tom")
        opened(page, f"{server.url}/assign")
        unfold(page, "One more quiz")
        page.get_by_text("Ask for it no more", exact=True).click()
        settle(page)
        page.get_by_role("button", name="Withdraw: One more quiz").click()
        says(page, "One more quiz is withdrawn.")
        ann = tabs("ann")
        opened(ann, f"{server.url}/work")
        assert ann.get_by_text("One more quiz").count() == 0

    def test_reminders_are_there_to_copy(self, server, tabs):
        page = tabs("tom")
        opened(page, f"{server.url}/cohorts")
        unfold(page, "Reminders to send")
        says(page, "Hello Cal Okafor, “Before Friday” is due on")
        assert page.get_by_text("cal@example.org").is_visible()

    def test_a_competency_is_signed_off_with_what_was_seen(self, server, tabs):
        page = tabs("tom")
        opened(page, f"{server.url}/learner?learner=bea")
        choose(page, "Competency", "Modifiers")
        page.get_by_role("textbox", name="What you saw").fill("Chose the right one nine times of ten.")
        press(page, "Sign off")
        says(page, "Signed off: Modifiers")
        bea = tabs("bea")
        opened(bea, server.url)
        says(bea, "signed off Modifiers")

    def test_a_disputed_mark_is_answered_on_the_attempts_own_page(self, server, tabs, team):
        ann, page = tabs("ann"), tabs("tom")
        opened(ann, f"{server.url}/{team[1]['ann']['attempt']}")
        ann.locator("summary").filter(has_text="I think my answer is right").last.click()
        settle(ann)
        ann.get_by_role("textbox", name="Why do you think so?").last.fill("Two readings can be defended here.")
        ann.get_by_role("button", name="Send to my trainer").last.click()
        says(ann, "This mark is disputed")
        opened(page, f"{server.url}/{team[1]['tom']['attempt']}")
        unfold(page, "Answer the dispute, or comment")
        page.get_by_role("textbox", name="What the learner reads").last.fill("They can, and yours is one of them; the mark follows the manual.")
        press(page, "Answer the dispute")
        says(page, "The mark stands")
        assert not [one for one in Training(server.records).disputes("ann", state="open") if one.reason.startswith("Two readings")]

    def test_a_cohort_is_closed_read_as_it_stood_and_opened_again(self, server, tabs):
        page = tabs("tom")
        opened(page, f"{server.url}/cohorts")
        unfold(page, "People and name")
        page.get_by_text("It is over", exact=True).click()
        settle(page)
        press(page, "Close cohort")
        says(page, "Spring intake is closed.")
        says(page, "This cohort was closed on")
        assert page.get_by_role("rowheader", name="Ann Whitlock").is_visible() and page.get_by_role("link", name="Ann Whitlock").count() == 0
        assert violations(page) == []
        with page.expect_download(timeout=30_000) as download:
            page.get_by_role("button", name="Save as CSV").click()
        assert "Ann Whitlock" in open(download.value.path(), encoding="utf-8-sig").read()
        unfold(page, "People, and opening it again")
        press(page, "Open it again")
        says(page, "Spring intake is open again.")
        assert page.get_by_role("link", name="Ann Whitlock").is_visible()

    def test_an_admin_reads_all_of_it_in_sentences(self, server, tabs):
        page = tabs("ivo")
        opened(page, f"{server.url}/audit?whom=tom")
        told = page.locator("table").inner_text()
        for sentence in ("opened the cohort “Spring intake” again", "saved the table of the cohort “Spring intake” as CSV, with 3 people in it", "signed off Bea Castellanos’ competency Modifiers",
                         "withdrew the assignment “One more quiz”", "changed the assignment “First fortnight”: 50% of the points wanted instead of 70%", "moved Bea Castellanos’ due date of “First fortnight” from ", "to the cohort “Spring intake”, due "):
            assert sentence in told, sentence
        assert not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}-|\d{13}", told)
        opened(page, f"{server.url}/audit?whom=ann")
        assert "marked Ann Whitlock’s answer in " in page.locator("table").inner_text()


class TestAuthor:
    def test_content_is_found_read_over_with_its_key_and_left_again(self, server, tabs):
        page = tabs("una")
        opened(page, f"{server.url}/content")
        total = page.get_by_text(re.compile(r"\d+ of \d+ items")).inner_text()
        page.get_by_role("textbox", name="Find").fill("modifiers")
        page.get_by_role("textbox", name="Find").press("Tab")
        settle(page)
        page.get_by_text(re.compile(r"\d+ of \d+ items")).filter(has_not_text=total).wait_for(timeout=30_000)
        choose(page, "Kind", "Question")
        page.locator("a.cc-person").first.click()
        page.get_by_role("heading", name="Key, reasons and sources").wait_for(timeout=60_000)
        settle(page)
        assert page.get_by_role("heading", name="As a learner sees it").is_visible() and page.get_by_text("Where it is written").is_visible()
        assert page.get_by_text(re.compile(r"quizzes/.*\.yaml:\d+")).first.is_visible()
        page.get_by_role("link", name="All items").click()
        page.get_by_role("heading", name="Check", exact=True).wait_for(timeout=60_000)
        settle(page)
        assert page.get_by_role("button", name="Check everything").is_visible()

    def test_an_account_is_read_over_as_text_with_its_worked_answer(self, server, tabs):
        page = tabs("una")
        opened(page, f"{server.url}/content")
        choose(page, "Kind", "Account")
        page.locator("a.cc-person").first.click()
        page.get_by_role("heading", name="Key, reasons and sources").wait_for(timeout=60_000)
        settle(page)
        unfold(page, "worked from the papers")
        assert page.get_by_text("collectable").first.is_visible()

    @pytest.mark.parametrize("id", ["ann", "tom", "ivo"])
    def test_nobody_else_has_the_page(self, server, tabs, id):
        page = tabs(id)
        page.goto(f"{server.url}/content")
        page.wait_for_selector("h1", timeout=60_000)
        settle(page)
        assert page.get_by_role("heading", name="Content", exact=True).count() == 0 and page.get_by_text("Check everything").count() == 0


OPEN = {"tom": ("cohorts", "marking", "assign?cohort=c1", "learner?learner=ann", "attempt", "items", "corrections"), "una": ("content", "content?item=", "items"), "ivo": ("cohorts", "people", "audit")}
MOST = 12


def all_unfolded(page) -> None:
    """Opens every fold that is closed, as far as there are not too many of one kind."""
    for _ in range(MOST):
        closed = page.locator("details:not([open]) > summary")
        if not closed.count():
            return
        closed.first.click()
        settle(page)


@pytest.mark.parametrize("who", OPEN)
def test_with_every_fold_open_no_rule_is_broken(browser, server, team, axe, who):
    """Each page is opened once, its folds opened, and looked at in both schemes at both widths."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True)
    page, told = context.new_page(), {}
    sign_in(page, server, who)
    from app import session
    exercise = next(iter(session.catalogue().exercises))
    for name in OPEN[who]:
        address = team[1]["tom"]["attempt"] if name == "attempt" else name + exercise if name.endswith("item=") else name
        opened(page, f"{server.url}/{address}")
        all_unfolded(page)
        for scheme, width in SCREENS:
            seen(page, scheme, width)
            found = violations(page)
            if page.evaluate("document.documentElement.scrollWidth") > width:
                found.append("wider than the screen")
            told |= {(name, scheme, width): found} if found else {}
        seen(page, "light", 1280)
    context.close()
    assert told == {}
