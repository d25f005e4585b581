"""A transaction read in the browser: an element explains itself to the keyboard and to the pointer, the readings point at each other, a file is handed in."""

import pytest

from tests.browser.running import add_person, opened, settle
from tests.x12.made_payments import PAYMENTS
from tests.x12.test_remittance import wire


@pytest.fixture
def reading(page, server):
    opened(page, f"{server.url}/transactions?{add_person(page, server, 'Ines Duarte')}")
    page.locator(".cc-wire").first.wait_for(timeout=60_000)
    settle(page)
    return page


@pytest.mark.parametrize("width", [1280, 390])
def test_an_element_explains_itself_to_the_keyboard_within_the_screen(reading, width):
    reading.set_viewport_size({"width": width, "height": 900})
    settle(reading)
    element = reading.locator("#wire-15 .cc-el").nth(1)
    tip = reading.locator(f"[id='{element.get_attribute('aria-describedby')}']")
    assert not tip.is_visible()
    element.focus()
    assert tip.is_visible() and "CLP01" in tip.inner_text() and "Patient's account" in tip.inner_text()
    box = tip.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= width
    reading.keyboard.press("Tab")
    assert not tip.is_visible() and "CLP02" in reading.locator(".cc-tip:visible").inner_text()


def test_an_element_explains_itself_to_the_pointer(reading):
    reading.locator("#wire-4 .cc-el").nth(2).hover()
    assert "BPR02" in reading.locator(".cc-tip:visible").inner_text()


def test_a_sentence_leads_to_its_segment_and_back(reading):
    reading.set_viewport_size({"width": 1280, "height": 500})
    reading.locator(".cc-told a[href='#wire-15']").first.click()
    reading.wait_for_timeout(400)
    assert reading.locator("#wire-15").bounding_box()["y"] < 500
    reading.locator("#wire-15 a.cc-number").click()
    assert reading.url.endswith("#wire-told-15")


def test_a_broken_file_is_read_and_its_faults_lead_to_their_segments(reading, server, tmp_path):
    path = tmp_path / "broken.835"
    path.write_text(wire(PAYMENTS["plain"]).replace("CLP*A1*1*150*64*", "CLP*A1*1*150*65*"))
    opened(reading, reading.url.split("#")[0] + "&source=A+file")
    reading.locator("input[type=file]").set_input_files(str(path))
    reading.get_by_role("heading", name="2 faults").wait_for(timeout=60_000)
    assert "claim A1 does not balance" in reading.locator(".cc-faults").inner_text()
    assert reading.locator("#wire-15 .cc-el.cc-wrong").count() == 1
