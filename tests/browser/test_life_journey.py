"""A whole account in a real browser: asked, authorized, sent, posted, billed and closed, with a refresh and the server killed in between."""

import time
import uuid

import pytest

from app.life_desk import LifeDesk
from curriculum.code_books import CodeBooks
from curriculum.exercises import shelf_of
from records import Profile, Records
from tests import shipped
from tests.browser.axe import violations
from tests.browser.running import opened, settle

SLUG = "mri-from-the-first-call-to-zero"


@pytest.fixture(scope="module")
def held():
    catalogue = shipped.catalogue()
    return catalogue, shelf_of(catalogue.policies, CodeBooks.open())


def begun(server, held) -> str:
    """The address of a fresh attempt at the life, in the server's own records."""
    catalogue, shelf = held
    life = next(one for one in catalogue.lives.values() if one.slug == SLUG)
    with Records.open(server.database) as records:
        person = records.add_profile(Profile(str(uuid.uuid4()), f"Lives {uuid.uuid4().hex[:6]}", "exam", "cpb", None, int(time.time() * 1000)))
        attempt = LifeDesk(records, catalogue, shelf, lambda: int(time.time() * 1000)).begin(person.id, str(life.id), 0)
    return f"{server.url}/account?who={person.id}&attempt={attempt}"


def turn_to(page, action: str) -> None:
    choice = page.locator(".st-key-life-actions button", has_text=action)
    if choice.get_attribute("data-selected") != "true" and choice.get_attribute("aria-checked") != "true":
        choice.click()
        settle(page)


def click(page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    settle(page)


def fill(page, **texts: str) -> None:
    for label, text in texts.items():
        field = page.get_by_label(label.replace("_", " "), exact=True)
        field.fill(text)
        field.press("Tab")


def until_something(page) -> None:
    turn_to(page, "Let days pass")
    page.get_by_role("button", name="Until something comes").click()
    settle(page)


def test_an_account_is_worked_from_the_first_question_to_zero(page, server, held, axe):
    address = begun(server, held)
    opened(page, address)
    assert page.get_by_text("authorized beforehand").count() == 0 and violations(page) == []
    click(page, "Verify the member (270)")
    page.get_by_text("Eligibility response (271)").first.wait_for()
    click(page, "Ask for an authorization")
    until_something(page)
    page.get_by_text("AU7720415").first.wait_for()
    turn_to(page, "Let days pass")
    page.get_by_label("Days to let pass").fill("11")
    click(page, "Let them pass")
    page.get_by_text("the day at your desk is 05/18/2026").wait_for()
    turn_to(page, "Send a claim")
    fill(page, **{"1a_Member_id": "CMP718250991", "11_Group_number": "88204", "23_Prior_authorization": "AU7720415", "21A": "M51.362", "A_Date_1": "05/18/2026", "B_Place_1": "11", "D_Code_1": "TX430", "E_Ptrs_1": "A", "F_Charge_1": "1150.00"})
    click(page, "Send to the payer")
    page.get_by_text("File acknowledgement (999)").first.wait_for()
    server.kill()
    server.start()
    opened(page, address)
    page.get_by_text("Sent a claim to Cedar Mutual PPO.").first.wait_for()
    until_something(page)
    until_something(page)
    page.get_by_text("Remittance (835)").first.wait_for()
    turn_to(page, "Post")
    fill(page, Payment="249.62", **{"Moved_to_the_patient": "62.40"})
    page.get_by_label("Written off (contract)", exact=True).fill("837.98")
    page.get_by_label("Written off (contract)", exact=True).press("Tab")
    click(page, "Post it")
    turn_to(page, "Patient and money")
    page.get_by_label("Statement to the patient, in dollars").fill("62.40")
    page.get_by_label("Statement to the patient, in dollars").press("Tab")
    click(page, "Send the statement")
    until_something(page)
    assert violations(page) == []
    turn_to(page, "Close")
    click(page, "Close the account")
    page.get_by_text("13.00 of 13.00 marks (100%)").wait_for()
    page.reload()
    settle(page)
    page.get_by_text("312.02 collected and kept of 312.02 that could be.").wait_for()


def test_a_bill_above_the_share_is_told_as_a_breach_at_the_end(page, server, held):
    opened(page, begun(server, held))
    turn_to(page, "Let days pass")
    page.get_by_label("Days to let pass").fill("14")
    click(page, "Let them pass")
    turn_to(page, "Patient and money")
    page.get_by_label("Statement to the patient, in dollars").fill("1150.00")
    page.get_by_label("Statement to the patient, in dollars").press("Tab")
    click(page, "Send the statement")
    turn_to(page, "Close")
    click(page, "Close the account")
    page.get_by_text("By the answers posted the patient owes 0.00; the statement asks for 1150.00.").wait_for()


def test_the_mail_can_be_read_over_the_wire(page, server, held):
    opened(page, begun(server, held))
    click(page, "Verify the member (270)")
    page.get_by_text("As it came over the wire").first.click()
    settle(page)
    page.get_by_label("The wire, segment by segment").wait_for()
    assert page.get_by_text("005010X279A1").count() >= 1
