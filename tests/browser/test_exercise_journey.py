"""An exercise in a real browser by the keyboard: a posting grid, an order, choices, a letter, a draft over a refresh; the largest grid and the largest form stay usable."""

import re
import time
import uuid

import pytest

from records import Profile, Records
from tests.app.sheets import MODEL, begun, sheet
from tests.browser.axe import violations
from tests.browser.running import opened, settle

ROWS = 40


def started(server, rows: int = 2) -> str:
    """The address of a fresh attempt at the made exercise, in the server's own records."""
    with Records.open(server.database) as records:
        person = records.add_profile(Profile(str(uuid.uuid4()), f"Exercise {uuid.uuid4().hex[:6]}", "exam", "cpb", None, int(time.time() * 1000)))
        attempt = begun(records, person.id, sheet(rows))
    return f"{server.url}/exercise?who={person.id}&attempt={attempt}"


def frames(page) -> list:
    """Every message that the browser sends from now on."""
    sent: list = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    return sent


def post(page, rows: int = 2) -> None:
    """Types the remittance by the keyboard alone: each Tab is the next field of the row."""
    page.get_by_label("Line 1: Paid", exact=True).focus()
    for row in range(1, rows + 1):
        for place in range(4):
            page.keyboard.type(str(10 * row + place))
            page.keyboard.press("Tab")


def test_an_exercise_is_worked_by_the_keyboard_from_grid_to_letter(page, server):
    address = started(server)
    opened(page, address)
    post(page)
    page.keyboard.type("30")
    page.get_by_role("button", name="Hand in").press("Enter")
    page.get_by_text("9 of 9 marks in this part.").wait_for()
    settle(page)
    for place, option in ((1, "Denied, appeal"), (2, "Unpaid for"), (3, "Paid in full")):
        field = page.get_by_role("spinbutton", name=re.compile(option))
        field.fill(str(place))
        field.press("Tab")
    page.get_by_role("checkbox", name="The coinsurance").press("Space")
    page.get_by_role("textbox", name=re.compile("Which CARC")).fill("197")
    page.get_by_role("textbox", name=re.compile("Write the appeal")).fill(MODEL)
    page.get_by_role("button", name="Hand in").press("Enter")
    page.get_by_text("Balance to the cent.").wait_for()
    assert page.get_by_text(re.compile(r"15\.00 of 15\.00 marks")).count()
    assert page.get_by_role("heading", name="After all").is_visible()


def test_a_draft_survives_a_refresh(page, server):
    opened(page, started(server))
    page.get_by_label("Line 2: Patient", exact=True).fill("22")
    page.get_by_label("Line 2: Patient", exact=True).press("Tab")
    page.get_by_text("Draft saved").wait_for(timeout=40_000)
    page.reload()
    page.get_by_label("Line 2: Patient", exact=True).wait_for(timeout=30_000)
    assert page.get_by_label("Line 2: Patient", exact=True).input_value() == "22"


def test_an_unreadable_cell_keeps_all_others(page, server):
    opened(page, started(server))
    page.get_by_label("Line 1: Paid", exact=True).fill("lots")
    page.get_by_label("Line 1: Patient", exact=True).fill("12")
    page.get_by_role("button", name="Hand in").click()
    page.get_by_text("Line 1: Paid. Write an amount").wait_for()
    assert page.get_by_label("Line 1: Patient", exact=True).input_value() == "12"


def test_forty_rows_are_typed_without_a_rerun_and_added_up_on_request(page, server):
    sent = frames(page)
    opened(page, started(server, ROWS))
    page.get_by_label(f"Line {ROWS}: Paid", exact=True).wait_for()
    settle(page)
    before = len(sent)
    post(page, 3)
    assert len(sent) - before <= 1, "an edit sends nothing; at most the autosave spoke"
    page.get_by_role("button", name="Add up the columns").click()
    page.get_by_text(re.compile(r"Paid: 60\.00 in 3 fields")).wait_for()


@pytest.mark.parametrize("scheme, width", [("light", 1280), ("dark", 390)])
def test_an_exercise_breaks_no_rule_of_accessibility_in_any_round(browser, server, axe, scheme, width):
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
    try:
        page = context.new_page()
        opened(page, started(server))
        assert violations(page) == []
        page.get_by_role("textbox", name=re.compile("What was paid")).fill("30")
        page.get_by_role("button", name="Hand in").click()
        page.get_by_role("spinbutton").first.wait_for()
        settle(page)
        assert violations(page) == []
        assert page.evaluate("document.querySelector('.stMain').scrollWidth") <= width
    finally:
        context.close()
