"""A team that signs in at its organisation's provider: a real OpenID provider on loopback, a real browser."""

import time

import pytest

from records import digest
from tests.browser.axe import violations
from tests.browser.conftest import needed
from tests.browser.running import CHROMIUM, chromium, free_port, settle
from tests.browser.team import team_serving

pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(scope="module")
def provider():
    mock = pytest.importorskip("oidc_provider_mock")
    people = [mock.User(sub="ruth-42", claims={"email": "ruth@example.org", "name": "Ruth Adler", "groups": ["it"]}),
              mock.User(sub="tom-7", claims={"email": "root@example.org", "name": "Tom Brook", "groups": ["billing-leads"]}),
              mock.User(sub="ann-1", claims={"email": "ann@example.org", "name": "Ann Reed", "groups": []}),
              mock.User(sub="lou-3", claims={"email": "lou@example.org", "name": "Lou Hale"}),
              mock.User(sub="mia-5", claims={"email": "mia@example.org", "name": "Mia Holt"}),
              mock.User(sub="zoe-9", claims={"email": "zoe@example.org", "name": "Zoe Hart"})]
    with mock.run_server_in_thread(port=free_port(), user_claims=people) as server:
        yield f"http://127.0.0.1:{server.server_port}"


@pytest.fixture(scope="module")
def server(tmp_path_factory, provider):
    needed(bool(CHROMIUM), "Chromium is not installed: the browser tests were not run. apt-get install chromium")
    settings = {"CLEAN_CLAIM_TEAM": "oidc", "CLEAN_CLAIM_OIDC_METADATA": f"{provider}/.well-known/openid-configuration", "CLEAN_CLAIM_OIDC_CLIENT": "clean-claim",
                "CLEAN_CLAIM_OIDC_SECRET": "a secret of the client", "CLEAN_CLAIM_ROLE_CLAIM": "groups", "CLEAN_CLAIM_ROLES": "it=admin, billing-leads=trainer"}
    with team_serving(tmp_path_factory.mktemp("provider"), **settings) as running:
        yield running


@pytest.fixture(scope="module")
def browser(server):
    with chromium() as running:
        yield running


@pytest.fixture
def page(browser):
    """A fresh tab. The mock's own page would fetch its style from elsewhere; it does without."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.route(lambda address: not address.startswith("http://127.0.0.1"), lambda route: route.abort())
    yield context.new_page()
    context.close()


def at_provider(page, server, sub: str, at: str = "") -> None:
    """From the sign-in page, which stands at every address, to the provider and back."""
    page.goto(server.url + at)
    page.get_by_role("button", name="Sign in", exact=True).click(timeout=60_000)
    page.locator("input[name=sub]").first.fill(sub, timeout=30_000)
    page.get_by_role("button", name="Authorize").first.click()
    page.wait_for_url(f"{server.url}/**", timeout=30_000)
    settle(page)


def joined(page, server, id: str, sub: str, name: str) -> None:
    link = server.invite(id, name, "learner")
    page.goto(link)
    at_provider(page, server, sub)
    page.get_by_role("heading", name=f"Hello, {name}").wait_for(timeout=60_000)


def test_after_the_provider_one_is_where_one_was(page, server):
    joined(page, server, "mia", "mia-5", "Mia Holt")
    server.people.revoke_all("mia", "tests", time.time_ns() // 1_000_000)
    page.context.clear_cookies()
    at_provider(page, server, "mia-5", "/exams?exam=CMRS")
    page.get_by_role("heading", name="Exams").first.wait_for(timeout=60_000)
    assert page.url == f"{server.url}/exams?exam=CMRS"
    assert not [cookie for cookie in page.context.cookies() if cookie["name"] == "clean-claim-place"], "it is forgotten once it was used"


def test_whom_nobody_invited_is_told_so_and_gets_no_account(page, server):
    at_provider(page, server, "zoe-9")
    page.get_by_text("nobody has invited you here yet").wait_for(timeout=30_000)
    assert server.people.account_of_email("zoe@example.org") is None and page.get_by_role("link", name="Quizzes").count() == 0


def test_pictures_and_uploads_are_for_who_is_signed_in(page, browser, server):
    """What a provider signed is looked up like a cookie of ours; once the session has ended it opens nothing more."""
    stranger = browser.new_context()
    for path, method in (("/media/none", "GET"), ("/_stcore/upload_file/x/y", "PUT")):
        assert stranger.request.fetch(server.url + path, method=method, headers={"origin": server.url}).status == 403
    joined(page, server, "lou", "lou-3", "Lou Hale")
    assert page.request.get(f"{server.url}/media/none").status == 404
    server.people.revoke_all("lou", "tests", time.time_ns() // 1_000_000)
    assert page.request.get(f"{server.url}/media/none").status == 403
    stranger.close()


def test_an_address_that_an_account_has_opens_nothing(page, server):
    """The provider says that Tom's address is the admin's; an identity is the issuer and the subject."""
    at_provider(page, server, "tom-7")
    page.get_by_text("nobody has invited you here yet").wait_for(timeout=30_000)


def test_an_invitation_ties_the_account_to_the_identity_for_good(page, browser, server, provider):
    joined(page, server, "ann", "ann-1", "Ann Reed")
    assert server.people.account_of_identity(provider, "ann-1").profile == "ann" and server.people.account("ann").status == "active"
    page.reload()
    page.get_by_role("heading", name="Hello, Ann Reed").wait_for(timeout=60_000)
    context = browser.new_context()
    context.route(lambda address: not address.startswith("http://127.0.0.1"), lambda route: route.abort())
    again = context.new_page()
    at_provider(again, server, "ann-1")
    again.get_by_role("heading", name="Hello, Ann Reed").wait_for(timeout=60_000)
    again.context.close()


def test_the_role_follows_the_providers_claim_at_each_sign_in(page, server):
    joined(page, server, "ruth", "ruth-42", "Ruth Adler")
    assert server.people.account("ruth").role == "admin"
    page.goto(f"{server.url}/people")
    page.get_by_role("heading", name="People").wait_for(timeout=60_000)
    assert server.people.audit_log("ruth")[0].actor == "provider" or any(row.act == "change role" and row.actor == "provider" for row in server.people.audit_log("ruth"))


def test_a_session_that_was_ended_does_not_come_back_with_its_cookie(page, server):
    joined(page, server, "eve", "ann-2", "Eve Lund")
    server.people.revoke_all("eve", "tests", time.time_ns() // 1_000_000)
    page.get_by_role("link", name="Quizzes").first.click()
    page.get_by_text("Your sign-in has ended or run out").wait_for(timeout=30_000)
    page.reload()
    page.get_by_text("Your sign-in has ended or run out").wait_for(timeout=30_000)
    time.sleep(1.1)       # a provider tells the moment of a sign-in by the second
    at_provider(page, server, "ann-2")
    page.get_by_role("heading", name="Hello, Eve Lund").wait_for(timeout=60_000)


def test_who_is_shut_out_is_out_at_once_and_told(page, server):
    joined(page, server, "fay", "fay-3", "Fay Holt")
    server.people.set_disabled("fay", True, "tests", time.time_ns() // 1_000_000)
    page.get_by_role("link", name="Quizzes").first.click()
    page.get_by_text("Your account here is closed").wait_for(timeout=30_000)


def test_a_spent_invitation_is_told(page, server):
    link = server.invite("gus", "Gus Vale", "learner")
    server.people.use_for_identity(digest(link.split("token=")[1]), "elsewhere", "gus", time.time_ns() // 1_000_000)
    page.goto(link)
    assert page.get_by_role("heading", name="This link opens nothing").is_visible()


def test_signing_out_signs_out(page, server):
    joined(page, server, "hal", "hal-4", "Hal Dunn")
    page.goto(f"{server.url}/you")
    page.get_by_role("button", name="Sign out", exact=True).click(timeout=60_000)
    page.wait_for_url("**/oauth2/end_session**", timeout=30_000)     # the provider asks whether one is signed out there as well
    page.goto(server.url)
    page.get_by_role("button", name="Sign in", exact=True).wait_for(timeout=60_000)
    assert not [cookie for cookie in page.context.cookies() if cookie["name"] == "_streamlit_user" and cookie["value"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_way_in(browser, server, axe, scheme):
    context = browser.new_context(viewport={"width": 390, "height": 800}, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto(server.url)
    page.get_by_role("button", name="Sign in", exact=True).wait_for(timeout=60_000)
    settle(page)
    assert violations(page) == [] and page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()


# Where everybody may join whom the provider knows, and names follow it

@pytest.fixture(scope="module")
def open_server(tmp_path_factory, provider):
    settings = {"CLEAN_CLAIM_TEAM": "oidc", "CLEAN_CLAIM_OIDC_METADATA": f"{provider}/.well-known/openid-configuration", "CLEAN_CLAIM_OIDC_CLIENT": "clean-claim",
                "CLEAN_CLAIM_OIDC_SECRET": "a secret of the client", "CLEAN_CLAIM_ROLE_CLAIM": "groups", "CLEAN_CLAIM_ROLES": "it=admin, billing-leads=trainer",
                "CLEAN_CLAIM_JOIN": "anyone", "CLEAN_CLAIM_NAME_CLAIM": "name"}
    with team_serving(tmp_path_factory.mktemp("open"), **settings) as running:
        yield running


def test_where_everybody_may_join_a_trainer_by_their_claim_leads_a_cohort_at_once(page, open_server, provider):
    at_provider(page, open_server, "tom-7")
    page.get_by_role("heading", name="Hello, Tom Brook").wait_for(timeout=60_000)
    account = open_server.people.account_of_identity(provider, "tom-7")
    assert account.role == "trainer" and account.email == "", "an address that another account has is not taken over"
    page.goto(f"{open_server.url}/cohorts")
    page.get_by_label("Name of the new cohort").fill("Denials desk", timeout=60_000)
    page.get_by_role("button", name="Make cohort").click()
    page.get_by_text("Denials desk is there.").wait_for(timeout=30_000)
    assert [one.name for one in open_server.people.cohorts_led(account.profile)] == ["Denials desk"]


def test_whoever_joins_learns_may_not_rename_themselves_and_leaves_with_nothing_said_that_is_false(page, open_server, provider):
    at_provider(page, open_server, "zoe-9")
    page.get_by_role("heading", name="Hello, Zoe Hart").wait_for(timeout=60_000)
    id = open_server.people.account_of_identity(provider, "zoe-9").profile
    page.goto(f"{open_server.url}/welcome")
    page.get_by_text("It comes from your organisation's sign-in.").wait_for(timeout=60_000)
    assert page.get_by_label("Your name").count() == 0
    page.goto(f"{open_server.url}/you")
    page.get_by_text("change your password where your organisation has you sign in").wait_for(timeout=60_000)
    page.goto(f"{open_server.url}/own_data")
    page.get_by_label("To confirm, type your name as it stands here").fill("Zoe Hart", timeout=60_000)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="You have left").wait_for(timeout=60_000)
    assert page.get_by_text("still signed in at your organisation").is_visible()
    assert open_server.people.account(id) is None and open_server.people.account_of_identity(provider, "zoe-9") is None
