"""An admin's whole day and a learner's last one, in a real browser: invitations, a role, a leader, shutting out, the log, a deletion; taking one's data and certificate and leaving."""

import json
import re
import zipfile

import pytest

from app.badges.credential import verified
from tests.browser.axe import violations
from tests.browser.conftest import needed
from tests.browser.running import CHROMIUM, chromium, opened, settle
from tests.browser.team import sign_in, team_serving


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    needed(bool(CHROMIUM), "Chromium is not installed: the browser tests were not run. apt-get install chromium")
    folder = tmp_path_factory.mktemp("rights")
    with team_serving(folder, CLEAN_CLAIM_ISSUER_KEY=str(folder / "issuer.pem")) as running:
        for id, name, role in (("admin", "Ruth Hale", "admin"), ("tom", "Tom Brook", "trainer"), ("ann", "Ann Reed", "learner"), ("gil", "Gil Frost", "learner")):
            running.add(id, name, role)
        running.people.add_cohort("c1", "Spring", "", "tests", 1)
        running.people.add_member("c1", "ann", "tests", 1)
        yield running


@pytest.fixture(scope="module")
def browser(server):
    with chromium() as running:
        yield running


def person(page, server, name: str):
    """Their fold on People, opened."""
    opened(page, f"{server.url}/people")
    page.get_by_text(re.compile(f"^{name}, ")).click()
    settle(page)
    return page.locator('[data-testid="stExpander"]').filter(has_text=name)


def choose(page, box, option: str) -> None:
    box.click()
    page.get_by_role("option", name=option).click()
    settle(page)


def test_an_admin_invites_gives_a_role_and_a_leader_shuts_out_deletes_and_reads_it_all_in_the_log(page, server):
    sign_in(page, server, "admin")
    opened(page, f"{server.url}/people")
    page.get_by_text("Invite several").click()
    settle(page)
    lines = page.get_by_role("textbox", name="One person a line: name, e-mail address, role")
    lines.fill("Ida Moss, ida@example.org\nOle Berg, ole@")
    page.get_by_role("button", name="Make invitation links").click()
    page.get_by_text("Line 2: ole@ is no e-mail address.").wait_for(timeout=30_000)
    settle(page)
    lines.fill("Ida Moss, ida@example.org\nOle Berg, ole@example.org, learner")
    page.get_by_role("button", name="Make invitation links").click()
    page.get_by_text("2 people have an account").wait_for(timeout=30_000)
    ole = server.people.account_of_email("ole@example.org").profile

    fold = person(page, server, "Ole Berg")
    choose(page, fold.get_by_label("Role"), "Trainer")
    fold.get_by_role("button", name="Save role").click()
    page.get_by_text(re.compile("^Ole Berg, trainer")).wait_for(timeout=30_000)
    fold = person(page, server, "Gil Frost")
    fold.get_by_role("textbox", name="Name", exact=True).fill("Gil Frost-Adeyemi")
    fold.get_by_role("button", name="Save name and address").click()
    page.get_by_text("Gil Frost-Adeyemi is saved.").wait_for(timeout=30_000)

    opened(page, f"{server.url}/cohorts")
    page.get_by_text("People and name", exact=True).click()
    settle(page)
    choose(page, page.get_by_label("Led by"), "Ole Berg")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Save leaders").click()
    page.get_by_text("The leaders are saved.").wait_for(timeout=30_000)
    assert [one.profile for one in server.people.leaders("c1")] == [ole]

    fold = person(page, server, "Gil Frost-Adeyemi")
    fold.get_by_role("button", name="Shut out").click()
    page.get_by_text(re.compile("^Gil Frost-Adeyemi, learner, shut out")).wait_for(timeout=30_000)
    fold = person(page, server, "Gil Frost-Adeyemi")
    fold.get_by_text("Delete this person").click()
    settle(page)
    fold.get_by_role("textbox", name="To confirm, type their name as it stands here").fill("Gil")
    fold.get_by_role("button", name="Delete Gil Frost-Adeyemi").click()
    page.get_by_text("Nothing was deleted: that is not their name").wait_for(timeout=30_000)
    settle(page)
    fold.get_by_role("textbox", name="To confirm, type their name as it stands here").fill("Gil Frost-Adeyemi")
    page.keyboard.press("Enter")
    page.get_by_text("Gil Frost-Adeyemi was deleted.").wait_for(timeout=30_000)
    assert server.people.account("gil") is None

    opened(page, f"{server.url}/audit")
    said = page.locator("main, .stMain").first.inner_text()
    for name in ("Ole Berg", "Ruth Hale"):
        assert name in said
    acts = {row.act for row in server.people.audit_log(limit=50) if row.actor == "admin"}
    assert {"add account", "change role", "correct name", "lead cohort", "change status", "erase"} <= acts and server.people.audit_faults() == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_on_the_pages_filled_and_open(browser, server, axe, scheme, width):
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    sign_in(page, server, "admin")
    person(page, server, "Ann Reed").get_by_text("Delete this person").click()
    page.get_by_text("Invite several").click()
    page.get_by_label("To confirm, type their name as it stands here").wait_for(timeout=30_000)
    settle(page)
    found = [(violations(page), page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))]
    for address in ("completions", "you", "welcome", "own_data", "audit"):
        opened(page, f"{server.url}/{address}")
        found.append((violations(page), page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")))
    context.close()
    assert [(said, wide) for said, wide in found if said or wide > 0] == []


def test_a_learner_of_a_team_takes_data_and_certificate_and_leaves(page, browser, server, tmp_path, monkeypatch):
    server.add("dana", "Dana Whitlock", "learner")
    with monkeypatch.context() as patch:
        patch.delenv("CLEAN_CLAIM_TEAM", raising=False)
        passed_as(server, "dana", patch)
    sign_in(page, server, "dana")
    opened(page, f"{server.url}/own_data")
    page.get_by_text("Issued in the name of: Harbor Billing Group.").wait_for(timeout=60_000)

    def fetched(button: str, to: str):
        with page.expect_download(timeout=60_000) as waiting:
            page.get_by_role("button", name=button).click()
        waiting.value.save_as(tmp_path / to)
        return tmp_path / to
    with zipfile.ZipFile(fetched("Download everything", "all.zip")) as file:
        assert json.loads(file.read("json/profile.json"))[0]["name"] == "Dana Whitlock" and json.loads(file.read("json/account.json"))[0]["email"] == "dana@example.org"
    found = verified(fetched("Credential (JSON)", "certificate.json").read_bytes())
    assert (found.learner, found.issuer) == ("Dana Whitlock", "Harbor Billing Group")
    page.get_by_label("To confirm, type your name as it stands here").fill("Dana Whitlock")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="You have left").wait_for(timeout=30_000)
    assert page.get_by_text("Everything of yours was deleted, and your account with it.").is_visible() and page.get_by_text("still there").count() == 0
    assert server.people.account("dana") is None
    page.reload()
    page.get_by_label("Password").wait_for(timeout=30_000)

    keeper = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    sign_in(keeper, server, "admin")
    opened(keeper, f"{server.url}/completions")
    keeper.get_by_text("Dana Whitlock (deleted)").wait_for(timeout=30_000)
    keeper.context.close()


def passed_as(server, id: str, patch) -> None:
    """A whole practice exam passed by someone with an account, without the clicks."""
    from app import exam_desk, exam_marking, exam_offers, session
    from scoring.marks import key_of
    patch.setenv("CLEAN_CLAIM_DB", str(server.database))
    session.ledger.clear()
    attempt = exam_offers.begin(session.ledger().profile(id), "crcs", "full")
    held = exam_marking.variants(session.ledger().attempt(attempt).attempt.form)
    for item, variant in held.items():
        right = key_of(variant.keyed.question, variant.keyed.drawn)
        exam_desk.answer(attempt, item, right if isinstance(right, (frozenset, tuple, dict)) else str(right), 0, "t")
    exam_desk.finish(attempt)
    session.ledger.clear()
