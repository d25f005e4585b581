"""A team in a real browser: signing in and staying in, being shut out, an invitation, what each role is offered; and what the door answers to a stranger."""

import http.client
import json
import time

import pytest

from tests import shipped
from tests.browser.axe import violations
from tests.browser.conftest import needed
from tests.browser.running import CHROMIUM, begin, chromium, opened, settle
from tests.browser.sentinel import Sentinel
from tests.browser.team import PASSWORD, sign_in, team_serving

ROLES = ("learner", "trainer", "author", "admin")


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    needed(bool(CHROMIUM), "Chromium is not installed: the browser tests were not run. apt-get install chromium")
    with team_serving(tmp_path_factory.mktemp("team")) as running:
        for role in ROLES:
            running.add(role, f"{role.capitalize()} Person", role)
        yield running


@pytest.fixture(scope="module")
def browser(server):
    with chromium() as running:
        yield running


def another(browser):
    return browser.new_context(viewport={"width": 1280, "height": 900}).new_page()


class TestSigningIn:
    def test_a_refresh_and_a_deep_link_keep_who_is_signed_in(self, page, server):
        sign_in(page, server, "learner")
        page.reload()
        page.get_by_role("heading", name="Hello, Learner Person").wait_for(timeout=60_000)
        opened(page, f"{server.url}/progress")
        assert page.get_by_role("heading", name="Progress").is_visible() and "who=" not in page.url

    def test_a_wrong_password_is_told_without_saying_which_part_was_wrong(self, page, server):
        said = []
        for id in ("learner", "nobody"):
            sign_in(page, server, id, "something else entirely")
            said.append(page.get_by_role("alert").inner_text())
            assert page.url.startswith(f"{server.url}/auth/login")
        assert said == ["That e-mail address and password do not go together."] * 2

    def test_one_is_brought_to_the_page_one_asked_for(self, page, server):
        page.goto(f"{server.url}/exams?exam=CMRS")
        page.get_by_label("E-mail address").fill("learner@example.org")
        page.get_by_label("Password").fill(PASSWORD)
        page.keyboard.press("Enter")
        page.get_by_role("heading", name="Exams").first.wait_for(timeout=60_000)
        assert page.url == f"{server.url}/exams?exam=CMRS", "with all that its address asked for"

    def test_one_goes_on_where_the_session_ended(self, page, server):
        server.add("una", "Una Bell", "learner")
        sign_in(page, server, "una")
        opened(page, f"{server.url}/exams?exam=CMRS")
        server.people.revoke_all("una", "tests", time.time_ns() // 1_000_000)
        page.get_by_role("radio", name="CRCS").first.click()
        page.get_by_role("link", name="Sign in again").click(timeout=30_000)
        page.get_by_label("E-mail address").fill("una@example.org")
        page.get_by_label("Password").fill(PASSWORD)
        page.keyboard.press("Enter")
        page.get_by_role("heading", name="Exams").first.wait_for(timeout=60_000)
        assert page.url.startswith(f"{server.url}/exams?exam=")

    def test_script_sees_no_cookie_of_the_session(self, page, server):
        sign_in(page, server, "learner")
        assert "clean-claim" not in page.evaluate("document.cookie")
        kept = next(cookie for cookie in page.context.cookies() if cookie["name"] == "clean-claim")
        assert kept["httpOnly"] and kept["sameSite"] == "Lax"

    def test_a_session_ended_in_another_browser_shuts_an_open_tab_out_at_the_next_click(self, page, browser, server):
        server.add("leo", "Leo Brand", "learner")
        sign_in(page, server, "leo")
        elsewhere = another(browser)
        sign_in(elsewhere, server, "leo")
        opened(elsewhere, f"{server.url}/you")
        elsewhere.get_by_role("button", name="End all but this one").click()
        settle(elsewhere)
        page.get_by_role("link", name="Quizzes").first.click()
        page.get_by_role("heading", name="You are signed out").wait_for(timeout=30_000)
        page.get_by_role("link", name="Sign in again").click()
        page.get_by_label("Password").wait_for()
        elsewhere.context.close()

    def test_signing_out_ends_the_session_for_good(self, page, server):
        sign_in(page, server, "author")
        kept = page.context.cookies()
        opened(page, f"{server.url}/you")
        page.get_by_role("button", name="Sign out", exact=True).click()
        page.get_by_role("heading", name="You are signed out").wait_for(timeout=30_000)
        page.context.add_cookies(kept)
        page.goto(server.url)
        assert page.get_by_label("Password").is_visible()

    def test_another_password_ends_the_other_sessions_and_keeps_this_one(self, page, browser, server):
        server.add("mia", "Mia Stone", "learner")
        elsewhere = another(browser)
        sign_in(elsewhere, server, "mia")
        sign_in(page, server, "mia")
        before = next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "clean-claim")
        page.goto(f"{server.url}/auth/password")
        page.get_by_label("Present password").fill(PASSWORD)
        page.get_by_label("New password").fill("seven quiet otters swim")
        page.get_by_label("The same again").fill("seven quiet otters swim")
        page.get_by_role("button", name="Change password").click()
        page.get_by_role("heading", name="Your account").wait_for(timeout=60_000)
        assert next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "clean-claim") != before
        elsewhere.goto(server.url)
        assert elsewhere.get_by_label("Password").is_visible()
        elsewhere.context.close()

    def test_too_many_attempts_lock_out_for_a_while_and_say_for_how_long(self, page, server):
        server.add("noa", "Noa Field", "learner")
        for _ in range(5):
            sign_in(page, server, "noa", "not this one either")
        sign_in(page, server, "noa", PASSWORD + "x")
        assert page.get_by_role("alert").inner_text().startswith("Too many attempts. Try again in 15 minutes")
        assert [row.act for row in server.people.audit_log("noa")][0] == "lock out for a while"


class TestInvitation:
    def test_who_is_invited_by_an_admin_gets_in_once(self, page, browser, server):
        sign_in(page, server, "admin")
        opened(page, f"{server.url}/people")
        page.get_by_text("Invite someone").click()
        page.get_by_label("Name", exact=True).first.fill("Ida Moss")
        page.get_by_label("E-mail address").first.fill("ida@example.org")
        page.get_by_role("button", name="Make an invitation link").click()
        link = page.locator("[data-testid='stCode'] code").inner_text(timeout=30_000).strip()
        ida = another(browser)
        ida.goto(link)
        ida.get_by_label("New password").fill("short")
        ida.get_by_label("The same again").fill("short")
        ida.get_by_role("button", name="Set password and sign in").click()
        assert "12 characters or more" in ida.get_by_role("alert").inner_text()
        ida.get_by_label("New password").fill(PASSWORD)
        ida.get_by_label("The same again").fill(PASSWORD)
        ida.get_by_role("button", name="Set password and sign in").click()
        ida.get_by_role("heading", name="Hello, Ida Moss").wait_for(timeout=60_000)
        late = another(browser)
        late.goto(link)
        assert late.get_by_role("heading", name="This link opens nothing").is_visible()
        ida.context.close(), late.context.close()


class TestRoles:
    def test_a_page_of_another_role_leads_nowhere(self, page, server):
        sign_in(page, server, "learner")
        page.goto(f"{server.url}/people")
        page.get_by_role("heading", name="There is nothing here").wait_for(timeout=60_000)
        assert page.get_by_text("Invite someone").count() == 0

    def test_another_role_counts_from_the_next_click(self, page, server):
        server.add("pia", "Pia North", "admin")
        sign_in(page, server, "pia")
        opened(page, f"{server.url}/people")
        server.people.set_role("pia", "learner", "tests", 1)
        page.get_by_text("Invite someone").click()
        page.get_by_label("Name", exact=True).first.fill("Someone New")
        page.get_by_label("E-mail address").first.fill("new@example.org")
        page.get_by_role("button", name="Make an invitation link").click()
        settle(page)
        assert server.people.account_of_email("new@example.org") is None


class TestKeys:
    @pytest.mark.parametrize("role", ["learner", "trainer", "admin"])
    def test_no_key_reaches_the_browser_before_its_answer_whatever_the_role(self, page, server, role):
        """From the sign-in to a question: no reason and no rule of any question may pass."""
        held = shipped.catalogue().questions.values()
        secrets = [q.rationale[:60] for q in held] + [option.why[:60] for q in held for option in (*q.options, *q.prompts) if option.why]
        watch = Sentinel(page)
        sign_in(page, server, role)
        begin(page)
        page.reload()
        page.get_by_role("button", name="Submit answer").wait_for(timeout=60_000)
        settle(page)
        assert len(watch.told()) > 10_000 and watch.finds(text for text in secrets if len(text) > 30) == []


class TestLook:
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    @pytest.mark.parametrize("address", ["/auth/login", "/auth/logout"])
    def test_axe_finds_nothing_at_the_door(self, browser, server, axe, address, scheme):
        context = browser.new_context(viewport={"width": 390, "height": 800}, color_scheme=scheme, bypass_csp=True)
        page = context.new_page()
        page.goto(server.url + address)
        assert violations(page) == [] and page.evaluate("document.documentElement.scrollWidth") <= 390
        context.close()

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    @pytest.mark.parametrize("address", ["/people", "/audit", "/you", "/auth/password", "/welcome"])
    def test_axe_finds_nothing_inside(self, browser, server, axe, address, scheme):
        context = browser.new_context(viewport={"width": 390, "height": 800}, color_scheme=scheme, bypass_csp=True)
        page = context.new_page()
        sign_in(page, server, "admin")
        opened(page, server.url + address) if not address.startswith("/auth") else page.goto(server.url + address)
        assert violations(page) == [] and page.evaluate("document.documentElement.scrollWidth") <= 390
        context.close()

    def test_the_policy_blocks_nothing_of_ours(self, browser, server):
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        page = context.new_page()
        said = []
        page.on("console", lambda message: said.append(message.text) if "Content Security Policy" in message.text or "Content-Security-Policy" in message.text else None)
        sign_in(page, server, "admin")
        for address in ("/quizzes", "/claims", "/exams", "/practice", "/review", "/progress", "/reference", "/transactions", "/people", "/audit", "/you"):
            opened(page, server.url + address)
        assert said == []
        context.close()

    def test_the_keyboard_alone_signs_in(self, page, server):
        page.goto(server.url)
        page.keyboard.type("trainer@example.org")
        page.keyboard.press("Tab")
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.get_by_role("heading", name="Hello, Trainer Person").wait_for(timeout=60_000)


def asked(server, path, method="GET", body=None, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    answer.body = answer.read().decode("utf-8", "replace")
    connection.close()
    return answer


def entered(server, id) -> str:
    """The cookie of someone who has just signed in."""
    body = f"email={id}%40example.org&password={PASSWORD.replace(' ', '+')}"
    return asked(server, "/auth/login", "POST", body, origin=server.url, **FORM).getheader("set-cookie").split(";")[0]


def spoken(server, cookie, origin=None, **headers):
    """The websocket of a page."""
    from websockets.sync.client import connect
    return connect(f"ws://127.0.0.1:{server.port}/_stcore/stream", subprotocols=["streamlit"], origin=origin or server.url, additional_headers={"cookie": cookie, **headers})


def run() -> bytes:
    from streamlit.proto.BackMsg_pb2 import BackMsg
    message = BackMsg()
    message.rerun_script.query_string = ""
    return message.SerializeToString()


def until(socket, says: bytes) -> bytes:
    """Everything that came until that was said."""
    seen = b""
    while says not in seen:
        seen += socket.recv(timeout=20)
    return seen


FORM = {"content-type": "application/x-www-form-urlencoded"}


class TestTheDoor:
    def test_every_answer_has_its_headers(self, server):
        for path in ("/", "/auth/login", "/_stcore/health", "/static/nothing", "/app/static/icon.svg"):
            found = {name.lower(): value for name, value in asked(server, path).getheaders()}
            assert (found["x-content-type-options"], found["referrer-policy"], found["x-frame-options"]) == ("nosniff", "same-origin", "DENY"), path
            assert "frame-ancestors 'none'" in found["content-security-policy"] and "'unsafe-eval'" not in found["content-security-policy"] and "camera=()" in found["permissions-policy"]

    def test_the_page_at_the_door_runs_no_script(self, server):
        found = asked(server, "/auth/login")
        assert "script-src" not in found.getheader("content-security-policy") and found.getheader("content-security-policy").startswith("default-src 'none'")
        assert "<script" not in found.body and found.getheader("cache-control") == "no-store"

    @pytest.mark.parametrize("headers", [{"origin": "https://evil.example"}, {"origin": "null"}, {}, {"sec-fetch-site": "cross-site"}])
    def test_a_form_from_elsewhere_is_refused(self, server, headers):
        assert asked(server, "/auth/login", "POST", f"email=learner%40example.org&password={PASSWORD}", **FORM, **headers).status == 403

    @pytest.mark.parametrize("site, status", [("cross-site", 403), ("same-origin", 200), ("none", 200)])
    def test_another_site_signs_nobody_out(self, server, site, status):
        assert asked(server, "/auth/logout", **{"sec-fetch-site": site}).status == status

    def test_a_session_begins_under_a_new_secret(self, server):
        body = f"email=learner%40example.org&password={PASSWORD.replace(' ', '+')}"
        made = [asked(server, "/auth/login", "POST", body, origin=server.url, cookie="clean-claim=" + "a" * 43, **FORM) for _ in range(2)]
        cookies = [answer.getheader("set-cookie").split(";")[0] for answer in made]
        assert [answer.status for answer in made] == [303, 303] and len({*cookies, "clean-claim=" + "a" * 43}) == 3
        assert all(part in made[0].getheader("set-cookie") for part in ("HttpOnly", "SameSite=lax"))

    @pytest.mark.parametrize("header", ["x-clean-claim-session", "X-Clean-Claim-Session", "x_clean_claim_session"])
    def test_who_one_is_cannot_be_said_by_a_header(self, server, header):
        body = f"email=admin%40example.org&password={PASSWORD.replace(' ', '+')}"
        asked(server, "/auth/login", "POST", body, origin=server.url, **FORM)
        found = asked(server, "/people", **{header: server.people.sessions_of("admin", 1, 10**15)[0].id})
        assert (found.status, found.getheader("location")) == (303, "/auth/login?next=/people")

    @pytest.mark.parametrize("cookie", ["", "clean-claim=" + "a" * 43, "clean-claim=", "other=1"])
    def test_a_stranger_speaks_to_no_page_whatever_their_headers_say(self, server, cookie):
        from websockets.exceptions import InvalidStatus
        entered(server, "admin")
        with pytest.raises(InvalidStatus):
            spoken(server, cookie, **{"x-clean-claim-session": server.people.sessions_of("admin", 1, 10**15)[0].id})

    def test_a_tab_whose_session_has_ended_is_told_so_and_nothing_else(self, server):
        cookie = entered(server, "author")
        server.people.revoke_all("author", "tests", time.time_ns() // 1_000_000)
        with spoken(server, cookie) as socket:
            socket.send(run())
            seen = until(socket, b"You are signed out")
        assert b"Author Person" not in seen

    @pytest.mark.parametrize("origin", ["https://evil.example", "http://localhost:1", "http://127.0.0.1:1", "null"])
    def test_a_websocket_from_another_site_is_refused(self, server, origin):
        from websockets.exceptions import InvalidStatus
        with pytest.raises(InvalidStatus):
            spoken(server, entered(server, "trainer"), origin)

    def test_what_no_page_of_ours_sends_is_not_heard(self, server):
        """To empty the caches would close the records under everybody. The page answers the next message all the same."""
        from streamlit.proto.BackMsg_pb2 import BackMsg
        with spoken(server, entered(server, "learner")) as socket:
            for kind in ("clear_cache", "load_git_info", "set_run_on_save"):
                socket.send(BackMsg(**{kind: True}).SerializeToString())
            socket.send("a text")
            skills = BackMsg()
            skills.backend_operation_request.request_id = "an answer that must not come"
            skills.backend_operation_request.install_skills.SetInParent()
            socket.send(skills.SerializeToString())
            socket.send(run())
            seen = until(socket, b"Learner Person")
        assert b"must not come" not in seen

    def test_another_host_is_not_answered(self, server):
        assert asked(server, "/auth/login", host="evil.example").status == 421 and asked(server, "/healthz", host="10.0.0.9").status == 200

    @pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/agent/openapi.json", "/metrics"])
    def test_what_is_nobodys_business_is_not_there(self, server, path):
        assert asked(server, path).status == 404

    def test_figures_are_for_who_brings_the_token_and_name_nobody(self, server):
        found = asked(server, "/metrics", authorization="Bearer scraper")
        assert asked(server, "/metrics", authorization="Bearer scräper").status == 404
        assert found.status == 200 and "clean_claim_up 1" in found.body and "@" not in found.body and "Person" not in found.body

    def test_an_upload_needs_a_session(self, server):
        assert asked(server, "/_stcore/upload_file/x/y", "PUT", "x", origin=server.url).status == 403

    @pytest.mark.parametrize("to", ["//evil.example", "https://evil.example", "/\\evil.example", "/auth/logout", "javascript:alert(1)", "/a\nb"])
    def test_signing_in_leads_to_no_other_site(self, server, to):
        from urllib.parse import urlencode
        body = urlencode({"email": "trainer@example.org", "password": PASSWORD, "next": to})
        assert asked(server, "/auth/login", "POST", body, origin=server.url, **FORM).getheader("location") == "/"

    @pytest.mark.parametrize("body", ["", "email", "email=%FF&password=%00", "password=x", "email=" + "a" * 10_000, json.dumps({"email": 1})])
    def test_a_form_that_is_none_is_answered_as_a_wrong_password(self, server, body):
        answer = asked(server, "/auth/login", "POST", body, origin=server.url, **FORM)
        assert answer.status in (401, 429) and "Traceback" not in answer.body

    def test_the_log_names_nobody(self, server):
        log = server.log.read_text()
        assert "example.org" not in log and "Person" not in log and "token=" not in log
