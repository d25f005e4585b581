"""Practice exams in a real browser: whole forms through refresh and restart, parts over days, the clock, the keyboard, other tabs, corrections."""

import re
import signal
from datetime import date

import pytest

from curriculum.exam_form import assemble, candidates
from records import Records
from tests import shipped
from tests.browser import exam_steps as steps
from tests.browser.axe import violations
from tests.browser.running import Server, add_person, opened, settle

AHEAD = "CLEAN_CLAIM_CLOCK_AHEAD"
DAY = 86_400


@pytest.fixture
def own(tmp_path):
    """A server of the test's own, which it may kill."""
    server = Server(tmp_path / "records.sqlite").start()
    yield server
    server.kill()


def whole_length(exam: str) -> int:
    """How long the whole form is with the content as it stands."""
    held = shipped.catalogue()
    return len(assemble(candidates(held, exam, date.today()), held.blueprints[exam], "full", {}, 1).slots)


def test_a_whole_cpb_form_survives_a_refresh_and_a_killed_server(page, own):
    steps.begin(page, own, add_person(page, own, "Whole Form"))
    length = steps.place(page)[1]
    assert length == whole_length("cpb") <= 135
    for number in range(1, length + 1):
        assert steps.place(page) == (number, length)
        steps.choose(page, number)
        if number == length // 3:
            page.reload()
        if number == length // 2:
            own.kill()
            own.start()
            opened(page, page.url)
        if number in (length // 3, length // 2):
            page.get_by_role("heading", name=f"Question {number} of").wait_for(timeout=60_000)
            settle(page)
            assert page.locator('[data-testid="stRadio"]').get_by_role("radio", checked=True).count() == 1, "the answer is still chosen"
            page.get_by_text(f"{number} answered").wait_for()
        steps.onward(page)
    page.get_by_text(f"All {length} questions are answered").wait_for()
    steps.finish(page)
    assert sum(int(cell) for cell in page.locator('table:has(caption:text("Points by domain")) td:nth-child(2)').all_inner_texts()) == length


def test_a_choice_made_as_the_server_dies_is_saved_when_it_is_back(page, own):
    attempt = steps.begin(page, own, add_person(page, own, "Just Then"), size="Quarter")
    own.process.send_signal(signal.SIGSTOP)
    page.locator('[data-testid="stRadio"]').first.get_by_role("radio").nth(2).check(force=True)
    page.wait_for_timeout(300)
    own.kill()
    own.start()
    page.get_by_text("Answer 1 saved.", exact=True).wait_for(timeout=60_000)
    assert page.locator('[data-testid="stRadio"]').first.get_by_role("radio").nth(2).is_checked()
    with Records.open(own.database) as records:
        assert [step.sequence for step in records.attempt(attempt).steps if step.kind == "submit"] == [1]


def test_a_cmrs_part_is_sat_over_two_days(page, own, monkeypatch):
    who = add_person(page, own, "Two Days")
    steps.begin(page, own, who, "cmrs", "Half")
    address = page.url
    part = page.get_by_role("button", name=re.compile("^Begin ")).first
    name = part.inner_text().removeprefix("Begin ").strip()
    part.click()
    page.get_by_role("heading", name="Question 1 of").wait_for(timeout=30_000)
    settle(page)
    steps.choose(page)
    own.kill()
    monkeypatch.setenv(AHEAD, str(DAY))
    own.start()
    opened(page, address.split("&q=")[0])
    page.get_by_text(re.compile(f"{re.escape(name)}: 1 of")).wait_for(timeout=30_000)
    page.get_by_role("button", name=re.compile(f"^(Go on with|Look again at) {re.escape(name)}")).click()
    page.get_by_role("heading", name=re.compile("^Question")).wait_for(timeout=30_000)
    settle(page)
    steps.choose(page, 1)
    steps.finish(page)
    page.get_by_text("never reached").first.wait_for()
    assert page.get_by_text(re.compile(r"^\d+ h .* with the questions")).count() == 0, "the night is no time spent on a question"


def test_a_window_that_has_closed_ends_the_exam(page, own, monkeypatch):
    who = add_person(page, own, "Too Late")
    steps.begin(page, own, who, "cmrs", "Quarter")
    own.kill()
    monkeypatch.setenv(AHEAD, str(46 * DAY))
    own.start()
    opened(page, f"{own.url}/exams?{who}&exam=CMRS")
    page.get_by_text("An exam ended while you were away").wait_for(timeout=30_000)


def test_the_clock_runs_out_by_itself_and_what_was_saved_counts(page, own, monkeypatch):
    attempt = steps.begin(page, own, add_person(page, own, "Out Of Time"), size="Quarter")
    steps.choose(page)
    address, seconds = page.url, steps.form_of(own.database, attempt)["seconds"]
    own.kill()
    monkeypatch.setenv(AHEAD, str(seconds - 45))
    own.start()
    opened(page, address)
    page.get_by_text(re.compile(r"^0:\d\d left$")).wait_for(timeout=30_000)
    page.get_by_role("heading", name=re.compile("^Score report")).wait_for(timeout=90_000)
    page.get_by_text("when its time was up").wait_for()


@pytest.fixture
def exam(page, server, request):
    """A quarter of the CPB just begun by someone new; returns its address."""
    steps.begin(page, server, add_person(page, server, f"Person of {request.node.name}"[:60]), size="Quarter")
    return page.url


def test_a_question_is_answered_flagged_and_left_by_keyboard_alone(page, exam):
    focus(page, "radio")
    page.keyboard.press("Space")
    page.get_by_text("Answer 1 saved.", exact=True).wait_for(timeout=30_000)
    settle(page)
    page.keyboard.press("Alt+l")
    page.get_by_text("1 flagged").wait_for(timeout=30_000)
    settle(page)
    page.keyboard.press("Alt+n")
    page.get_by_role("heading", name="Question 2 of").wait_for(timeout=30_000)
    settle(page)
    page.keyboard.press("Alt+p")
    page.get_by_role("heading", name="Question 1 of").wait_for(timeout=30_000)


def focus(page, kind: str, most: int = 60) -> None:
    """Tabs until the element in focus is of that type."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type || ''") == kind:
            return
    raise AssertionError("Tab never came to it")


def test_another_tab_is_told_and_the_latest_answer_is_shown(page, exam):
    second = page.context.new_page()
    opened(second, exam)
    steps.choose(page, 1)
    settle(page)
    second.locator('[data-testid="stRadio"]').first.get_by_role("radio").nth(2).check(force=True)
    second.get_by_text("answered in another tab or on another device").wait_for(timeout=30_000)
    settle(second)
    assert second.locator('[data-testid="stRadio"]').first.get_by_role("radio").nth(1).is_checked()
    steps.choose(second, 3)
    settle(second)
    page.reload()
    page.get_by_text("Answer 1 saved.", exact=True).wait_for(timeout=30_000)
    settle(page)
    assert page.locator('[data-testid="stRadio"]').first.get_by_role("radio").nth(3).is_checked()


def test_what_is_open_is_listed_before_the_end_and_leads_back(page, exam):
    steps.choose(page)
    settle(page)
    steps.onward(page)
    settle(page)
    page.get_by_role("button", name="Finish…").click()
    page.get_by_text("questions have no answer").wait_for(timeout=30_000)
    settle(page)
    page.get_by_role("radio", name="2", exact=True).or_(page.get_by_role("button", name="2", exact=True)).first.click()
    page.get_by_role("heading", name="Question 2 of").wait_for(timeout=30_000)


def test_the_time_can_be_hidden_and_stays_so_on_the_next_question(page, exam):
    page.get_by_text(re.compile("min left$")).wait_for(timeout=30_000)
    page.get_by_role("button", name="Hide time").click()
    page.keyboard.press("Alt+n")
    page.get_by_role("heading", name="Question 2 of").wait_for(timeout=30_000)
    settle(page)
    page.get_by_role("button", name="Show time").wait_for()
    assert not page.get_by_text(re.compile("min left$")).is_visible()


JUMP = """(left, minutes) => {
  const minute = () => Number(left.textContent.match(/(?:(\\d+) h )?(\\d+) min/).slice(1).reduce((h, m) => 60 * Number(h || 0) + Number(m)))
  window.clockSaid = []
  new MutationObserver(() => window.clockSaid.push(minute())).observe(left, {childList: true, characterData: true, subtree: true})
  const before = minute(), real = Date.now
  Date.now = () => real() + minutes * 60000
  return before
}"""


def clock_after(page, minutes: int) -> tuple[int, list[int], set[int]]:
    """The minutes left as the clock says them: before the computer's time went on by so many in which the browser's stopwatch stood still, at each tick after, and at each some seconds later."""
    left = page.get_by_text(re.compile("min left$"))
    left.wait_for(timeout=30_000)
    before = left.evaluate(JUMP, minutes)
    page.wait_for_timeout(5_000)
    settle(page)
    said = page.evaluate("window.clockSaid.splice(0)")
    page.wait_for_timeout(2_500)
    return before, said, set(page.evaluate("window.clockSaid"))


def test_the_clock_counts_the_time_the_computer_slept_and_then_asks_the_server(page, exam):
    before, said, at_last = clock_after(page, 10)
    assert before - 11 <= said[0] <= before - 10, "no more is shown than there would be left"
    assert at_last and at_last <= {before, before - 1}, "the server, whose clock did not go on here, was asked"


def test_a_computer_clock_set_back_gives_no_more_time(page, exam):
    before, said, at_last = clock_after(page, -10)
    assert said and {*said} | at_last <= {before, before - 1}


def test_only_the_code_books_are_open(page, exam):
    page.get_by_text("Code books: the exam allows these").click()
    settle(page)
    page.get_by_label("Search the code books").fill("CO 45 fee schedule")
    page.get_by_label("Search the code books").press("Enter")
    settle(page)
    assert page.get_by_text("Claim adjustment reason codes").count() == 0


def test_a_correction_reaches_the_learner_and_is_taken_back(page, server, exam):
    who = re.search(r"who=[0-9a-f-]+", exam)[0]
    steps.choose(page)
    steps.finish(page)
    report = page.url
    before = page.get_by_role("status").first.inner_text()
    unanswered = steps.form_of(server.database, re.search("attempt=([0-9a-f-]+)", exam)[1])["questions"][-1]["public"]["id"]
    opened(page, f"{server.url}/corrections?{who}")
    slug = shipped.catalogue().questions[unanswered].slug
    page.get_by_role("combobox", name=re.compile("Which question")).fill(slug)
    page.get_by_role("option", name=re.compile(rf"^{slug} ")).click()
    settle(page)
    page.get_by_text("Full credit", exact=True).click()
    settle(page)
    why = page.get_by_label("Why, in a sentence the learners will read")
    why.fill("It had two right answers")
    why.press("Tab")
    settle(page)
    page.get_by_role("button", name="Correct the marks").click()
    page.get_by_text("The marks are corrected").wait_for(timeout=30_000)
    settle(page)
    take_back = page.get_by_role("button", name=re.compile("^Take back")).first
    moved = page.get_by_text(re.compile("Full credit: .*, [1-9]")).count()
    assert moved
    corrections = page.url
    opened(page, report)
    told = page.get_by_text("It had two right answers").count()
    opened(page, corrections)
    take_back = page.get_by_role("button", name=re.compile("^Take back")).first
    take_back.click()
    page.get_by_text("Taken back: every answer has again").wait_for(timeout=30_000)
    opened(page, report)
    assert page.get_by_text("It had two right answers").count() == 0 and page.get_by_role("status").first.inner_text() == before
    assert told


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_on_any_page_of_an_exam(page, server, exam, axe, scheme, width):
    who = re.search(r"who=[0-9a-f-]+", exam)[0]
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    found = []

    def look(what: str) -> None:
        settle(page)
        found.extend(f"{what}: {one}" for one in violations(page))
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        found.extend([f"{what} is {wide} px too wide"] if wide > 0 else [])
    steps.choose(page)
    look("question")
    page.get_by_role("button", name="All questions").click()
    look("navigator")
    page.keyboard.press("Escape")
    settle(page)
    page.get_by_role("button", name="Finish…").click()
    look("before the end")
    steps.finish(page)
    look("report")
    for name in ("exams", "corrections"):
        opened(page, f"{server.url}/{name}?{who}")
        look(name)
    assert found == []
