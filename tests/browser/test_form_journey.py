"""The largest claim form, the institutional one, in a real browser: filled in by the keyboard without a rerun, kept as a draft, sent, and read."""

import re
import time
import uuid
from dataclasses import replace

import pytest

from app.claim_desk import ClaimDesk
from curriculum.code_books import CodeBooks
from records import Profile, Records
from tests import shipped
from tests.browser.axe import violations
from tests.browser.running import opened, settle
from tests.scoring.forms_made import clean, scenario


@pytest.fixture(scope="module")
def held():
    return shipped.catalogue(), CodeBooks.open()


def begun(server, held, form: str = "institutional") -> str:
    """The address of a fresh attempt at a claim whose member id and lines are blank."""
    catalogue, books = held
    made = scenario(form, "complete-the-claim", blank=("member_id", "lines"))
    with Records.open(server.database) as records:
        person = records.add_profile(Profile(str(uuid.uuid4()), f"Forms {uuid.uuid4().hex[:6]}", "exam", "cpb", None, int(time.time() * 1000)))
        desk = ClaimDesk(records, replace(catalogue, form_scenarios={str(made.id): made}), books, lambda: int(time.time() * 1000))
        attempt = desk.begin(person.id, str(made.id), 0)
    return f"{server.url}/claim?who={person.id}&attempt={attempt}"


def fill(page, label: str, text: str) -> None:
    field = page.get_by_label(label, exact=True)
    field.fill(text)
    field.press("Tab")


def fill_in(page) -> None:
    """What is blank: the lines and the payer's part of the form."""
    page.get_by_role("tab", name="Revenue lines").press("Enter")
    for number, line in enumerate(clean("institutional").lines, 1):
        fill(page, f"42 Revenue {number}", line.revenue_code)
        fill(page, f"46 Units {number}", str(line.units))
        fill(page, f"47 Charges {number}", str(line.charge))
    page.get_by_role("tab", name="Payer").press("Enter")
    fill(page, "60 Insured's id", clean("institutional").member_id)


def test_a_hospital_claim_is_filled_in_without_a_rerun_and_sent(page, server, held):
    sent: list = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    opened(page, begun(server, held))
    before = len(sent)
    fill_in(page)
    assert len(sent) - before <= 1, "an edit sends nothing; at most the autosave spoke"
    page.get_by_role("button", name="Send to the payer").click()
    page.get_by_role("heading", name="Sending 1").wait_for()
    assert page.get_by_text("The whole claim").count()
    page.get_by_role("radio", name=re.compile("Paid as allowed")).check(force=True)
    page.get_by_role("radio", name=re.compile("Post it")).check(force=True)
    page.get_by_role("button", name="Hand in").click()
    page.get_by_text("It earned what the clean claim earns.").wait_for()
    assert page.get_by_text("should be").count() == 0


def test_a_hospital_claim_that_cannot_be_read_says_every_field_and_survives_a_refresh(page, server, held):
    opened(page, begun(server, held))
    fill_in(page)
    page.get_by_role("tab", name="Revenue lines").press("Enter")
    fill(page, "47 Charges 1", "lots")
    page.get_by_role("button", name="Send to the payer").click()
    page.get_by_text("47 Charges, line 1: Write an amount").wait_for()
    page.reload()
    page.get_by_role("tab", name="Revenue lines").wait_for(timeout=30_000)
    settle(page)
    page.get_by_role("tab", name="Revenue lines").press("Enter")
    assert page.get_by_label("47 Charges 1", exact=True).input_value() == "lots"
    assert page.get_by_label("42 Revenue 2", exact=True).input_value() == clean("institutional").lines[1].revenue_code


@pytest.mark.parametrize("scheme, width", [("light", 1280), ("dark", 390)])
def test_the_form_breaks_no_rule_of_accessibility_on_any_tab(browser, server, held, axe, scheme, width):
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
    try:
        page = context.new_page()
        opened(page, begun(server, held))
        for tab in ("Bill and patient", "Revenue lines", "Payer"):
            page.get_by_role("tab", name=tab).press("Enter")
            settle(page)
            assert violations(page) == []
        assert page.evaluate("document.querySelector('.stMain').scrollWidth") <= width
    finally:
        context.close()


JOURNEYS = {
    # slug of a shipped scenario: the fields to fill in, tab by tab, as the papers have them
    "a-first-visit-and-two-fillings": {
        "Header and plan": {"15 Subscriber id": "HBD52018837"},
        "Record of services": {
            "24 Date 1": "2026-06-02", "29 Code 1": "TD002", "31 Fee 1": "95.00", "24 Date 2": "2026-06-02", "29 Code 2": "TD011", "31 Fee 2": "70.00",
            "24 Date 3": "2026-06-11", "27 Tooth 3": "8", "28 Surfaces 3": "M F", "29 Code 3": "TD035", "31 Fee 3": "220.00",
            "24 Date 4": "2026-06-11", "27 Tooth 4": "19", "28 Surfaces 4": "O B", "29 Code 4": "TD031", "31 Fee 4": "190.00"}},
    "a-fill-from-its-directions": {
        "Card": {"301-C1 Group": "HWCOPAY", "302-C2 Cardholder id": "HRX50221984"},
        "Prescription": {"407-D7 NDC, eleven digits": "99999010901", "442-E7 Quantity dispensed": "30", "600-28 Unit of measure": "ML", "405-D5 Days' supply": "30", "414-DE Date written": "2026-09-11",
                         "408-D8 Dispense as written": "0"},
        "Pharmacy and prescriber": {}}}


@pytest.mark.parametrize("slug", JOURNEYS)
def test_a_claim_on_that_form_is_filled_in_from_its_papers_and_paid(page, server, held, axe, slug):
    catalogue, books = held
    made = next(item for item in catalogue.form_scenarios.values() if item.slug == slug)
    with Records.open(server.database) as records:
        person = records.add_profile(Profile(str(uuid.uuid4()), f"Forms {uuid.uuid4().hex[:6]}", "exam", "cpb", None, int(time.time() * 1000)))
        attempt = ClaimDesk(records, catalogue, books, lambda: int(time.time() * 1000)).begin(person.id, str(made.id), 0)
    opened(page, f"{server.url}/claim?who={person.id}&attempt={attempt}")
    fields = dict(JOURNEYS[slug])
    if "Pharmacy and prescriber" in fields:
        fields["Pharmacy and prescriber"] = {"411-DB Prescriber NPI": made.world.claim["prescriber_npi"]}
    for tab, values in fields.items():
        page.get_by_role("tab", name=tab).last.press("Enter")   # a paper of the file may be called so too; the form comes after
        settle(page)
        for label, text in values.items():
            fill(page, label, text)
    assert violations(page) == []
    page.get_by_role("button", name="Send to the payer").click()
    page.get_by_role("heading", name="Sending 1").wait_for()
    page.get_by_role("radio", name=re.compile("Paid as allowed")).check(force=True)
    page.get_by_role("radio", name=re.compile("Post it")).check(force=True)
    page.get_by_role("button", name="Hand in").click()
    page.get_by_text("It earned what the clean claim earns.").wait_for()
