"""Claims in a real browser, each kind once: worked by the papers, answered by the payer, mended, refreshed, and its server killed."""

import re
import time
import uuid

import pytest

from app.claim_desk import ClaimDesk
from curriculum.code_books import CodeBooks
from records import Profile, Records
from tests import shipped
from tests.browser.axe import violations
from tests.browser.running import Server, opened, settle
from tests.browser.sentinel import Sentinel

ONE_CARC = "CO-97"


@pytest.fixture(scope="module")
def held():
    return shipped.catalogue(), CodeBooks.open()


def begun(server, held, slug: str, seed: int = 0) -> str:
    """The address of a fresh attempt at a scenario, in the server's own records."""
    catalogue, books = held
    scenario = next(s for s in catalogue.scenarios.values() if s.slug == slug)
    with Records.open(server.database) as records:
        person = records.add_profile(Profile(str(uuid.uuid4()), f"Claims {uuid.uuid4().hex[:6]}", "exam", "cpb", None, int(time.time() * 1000)))
        attempt = ClaimDesk(records, catalogue, books, lambda: int(time.time() * 1000)).begin(person.id, str(scenario.id), seed)
    return f"{server.url}/claim?who={person.id}&attempt={attempt}"


def click(page, name) -> None:
    page.get_by_role("button", name=name).click()
    settle(page)


def choose(page, *words: str) -> None:
    for each in words:
        page.get_by_role("radio", name=re.compile(re.escape(each))).check(force=True)


def say_of_the_denial(page, last_day: str) -> None:
    choose(page, "Partly paid", "Send a corrected claim")
    page.get_by_role("textbox", name=re.compile("last day")).fill(last_day)
    click(page, "Hand in")


def write(page, **texts: str) -> None:
    for label, text in texts.items():
        field = page.get_by_label(label.replace("_", " "), exact=True)
        field.fill(text)
        field.press("Tab")


def test_a_denied_claim_is_understood_mended_sent_again_and_paid(page, server, held):
    opened(page, begun(server, held, "visit-denied-beside-a-procedure"))
    page.get_by_text(ONE_CARC).first.wait_for()
    assert page.get_by_text("is part of TX201").count() == 0, "the reason is not said before the learner has"
    say_of_the_denial(page, "2026-10-17")
    page.get_by_text("started the clock on the wrong day").wait_for()
    number = re.search(r"\b\d{13}\b", page.inner_text("body"))[0]
    write(page, D_Mods_1="25", **{"22_Resubmission_code": "7", "22_Original_reference": number})
    click(page, "Send to the payer")
    page.get_by_role("heading", name="Sending 1").wait_for()
    choose(page, "Paid as allowed on every line", "Post it")
    click(page, "Hand in")
    page.get_by_text("It earned what the clean claim earns.").wait_for()
    click(page, "Finish")
    page.get_by_text(re.compile(r"of \d+\.\d\d marks \(\d+%\)")).wait_for()


def test_the_same_claim_sent_again_as_new_comes_back_as_a_duplicate(page, server, held):
    opened(page, begun(server, held, "visit-denied-beside-a-procedure"))
    say_of_the_denial(page, "2026-09-26")
    click(page, "Send to the payer")
    page.get_by_role("heading", name="Sending 1").wait_for()
    assert page.get_by_text("OA-18").count() >= 1


def test_a_draft_survives_a_refresh_and_a_killed_server(tmp_path, page, held):
    own = Server(tmp_path / "draft.sqlite").start()
    try:
        address = begun(own, held, "visit-denied-beside-a-procedure")
        opened(page, address)
        say_of_the_denial(page, "2026-09-26")
        write(page, D_Mods_1="25", **{"22_Resubmission_code": "7"})
        page.get_by_text("Draft saved").wait_for(timeout=40_000)
        page.reload()
        page.get_by_label("D Mods 1", exact=True).wait_for(timeout=30_000)
        assert page.get_by_label("D Mods 1", exact=True).input_value() == "25"
        own.kill()
        own.start()
        opened(page, address)
        assert page.get_by_label("22 Resubmission code").input_value() == "7"
        page.get_by_text("Your decisions").wait_for()
    finally:
        own.kill()


def test_a_form_that_cannot_be_read_says_every_field_and_sends_nothing(page, server, held):
    opened(page, begun(server, held, "visit-denied-beside-a-procedure"))
    say_of_the_denial(page, "2026-09-26")
    write(page, A_Date_1="tomorrow", F_Charge_2="lots")
    click(page, "Send to the payer")
    page.get_by_text("Line 1, 24A").wait_for()
    assert page.get_by_text("Line 2, 24F").is_visible()
    assert page.get_by_role("heading", name="Sending 1").count() == 0


def test_a_blank_claim_is_completed_from_the_papers(page, server, held):
    opened(page, begun(server, held, "mri-with-an-authorization"))
    clean = next(s for s in held[0].scenarios.values() if s.slug == "mri-with-an-authorization").world
    line = clean.services[0]
    write(page, **{"1a_Member_id": clean.coverage.member_id, "11_Group_number": clean.coverage.group_number, "23_Prior_authorization": clean.prior_authorization,
                   "21A": clean.diagnoses[0], "A_Date_1": str(line.service_date), "B_Place_1": line.place_of_service, "D_Code_1": line.procedure,
                   "D_Mods_1": " ".join(line.modifiers), "E_Ptrs_1": "A", "F_Charge_1": str(line.charge)})
    click(page, "Send to the payer")
    choose(page, "Paid as allowed on every line", "Post it")
    click(page, "Hand in")
    page.get_by_text("It earned what the clean claim earns.").wait_for()
    assert page.get_by_text("should be").count() == 0


def test_a_claim_is_scrubbed_before_it_goes_out(page, server, held):
    opened(page, begun(server, held, "chest-film-before-sending"))
    box = page.get_by_role("combobox")
    box.fill("Rendering")
    box.press("Enter")
    page.keyboard.press("Escape")
    click(page, "These are wrong")
    page.get_by_role("heading", name="What you picked").wait_for()
    click(page, "Send to the payer")
    page.get_by_role("heading", name="Sending 1").wait_for()
    assert page.get_by_text("277CA").count() >= 1
    choose(page, "Rejected", "Mend it and send it as a new claim")
    page.get_by_role("textbox", name=re.compile("last day")).fill("2027-06-09")
    click(page, "Hand in")
    page.get_by_role("heading", name="Mend and send again").wait_for()


def test_a_posted_amount_that_a_known_mistake_gives_is_named(page, server, held):
    opened(page, begun(server, held, "medicare-pays-less-than-eighty-per-cent"))
    for field in page.get_by_role("textbox").all():
        if field.is_visible():
            field.fill("0")
    click(page, "Hand in")
    page.get_by_role("heading", name="Your decisions").wait_for()
    assert page.get_by_text("Right:").count() >= 1


def test_an_unreadable_amount_keeps_all_answers(page, server, held):
    opened(page, begun(server, held, "medicare-pays-less-than-eighty-per-cent"))
    first, *others = [field for field in page.get_by_role("textbox").all() if field.is_visible()]
    first.fill("a little")
    others[0].fill("12.00")
    click(page, "Hand in")
    page.get_by_text("Nothing is handed in yet.").wait_for()
    assert others[0].input_value() == "12.00"


def test_an_eligibility_response_is_read(page, server, held):
    opened(page, begun(server, held, "injection-before-the-deductible-is-met"))
    assert page.get_by_text("EB01").count() >= 1
    page.get_by_role("button", name="Hand in").wait_for()


def test_no_key_reaches_the_browser_before_the_answer_is_in(page, server, held):
    scenario = next(s for s in held[0].scenarios.values() if s.slug == "visit-denied-beside-a-procedure")
    secrets = [fault.why for fault in scenario.faults] + [scenario.teaches[:50], "2026-09-26", "September 26, 2026"]
    watch = Sentinel(page)
    opened(page, begun(server, held, scenario.slug))
    page.get_by_role("button", name="Hand in").wait_for()
    assert watch.finds(secrets) == []


@pytest.mark.parametrize("scheme, width", [("light", 1280), ("dark", 390)])
def test_a_claim_page_breaks_no_rule_of_accessibility_at_any_stage(browser, server, held, axe, scheme, width):
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
    try:
        page = context.new_page()
        address = begun(server, held, "visit-denied-beside-a-procedure")
        opened(page, address.replace("/claim?", "/claims?"))
        assert violations(page) == []
        opened(page, address)
        assert violations(page) == []
        say_of_the_denial(page, "2026-10-17")
        page.get_by_role("button", name="Send to the payer").wait_for()
        assert violations(page) == []
        click(page, "Send to the payer")
        page.get_by_role("heading", name="Sending 1").wait_for()
        assert violations(page) == []
        assert page.evaluate("document.querySelector('.stMain').scrollWidth") <= width
    finally:
        context.close()
