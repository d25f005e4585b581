"""Two replicas behind nginx on PostgreSQL: a learner's exam goes on when the replica it is at is killed, and through a deploy in its middle."""

import http.client
import os
import re
import signal
import threading
from itertools import count

import pytest
from playwright.sync_api import Error as PlaywrightError

from app import replicas
from app.replicas import Replicas
from records import Records
from tests.browser import exam_steps as steps
from tests.browser.conftest import needed as browser_needed
from tests.browser.running import CHROMIUM, chromium, settle
from tests.browser.team import TeamServer, sign_in
from tests.postgres.server import running
from tests.records.conftest import needed as postgres_needed

NUMBERS = count(1)
COOKIE = "clean_claim_replica"


def nginx_needed() -> None:
    """Skips aloud, or fails where everything must be there."""
    if not replicas.nginx():
        (pytest.fail if os.environ.get("REQUIRE_NGINX") else pytest.skip)("nginx is not installed: several replicas were not tested. apt-get install nginx-light")


class Behind(TeamServer):
    """A team's installation of two replicas behind nginx; a replica that dies is started again, as an operator's supervisor would."""

    def start(self) -> "Behind":
        os.environ.update(self.env)
        self.held = Replicas(self.port, 2)
        assert self.held.start(), "a replica did not come up"
        self.watcher = threading.Thread(target=self.held.watch)
        self.watcher.start()
        return self

    def stop(self) -> None:
        self.held.ending = True
        self.watcher.join()
        self.held.stop()
        self.records.close()

    def replica(self, context):
        """The replica that the browser's cookie names."""
        named = next(cookie["value"] for cookie in context.cookies() if cookie["name"] == COOKIE)
        return self.held.replicas[int(named.removeprefix("replica")) - 1]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    browser_needed(bool(CHROMIUM), "Chromium is not installed: the exam over two replicas was not sat. apt-get install chromium")
    postgres_needed()
    nginx_needed()
    before = dict(os.environ)
    with running(durable=True) as postgres:
        made = Behind(tmp_path_factory.mktemp("replicas"), DATABASE_URL=postgres.make("replicas"))
        try:
            yield made.start()
        finally:
            made.stop()
            os.environ.clear()
            os.environ.update(before)


@pytest.fixture(scope="module")
def browser(server):
    with chromium() as running_:
        yield running_


@pytest.fixture
def exam(browser, server):
    """A learner, signed in, before the first question of a quarter exam: the page and the attempt."""
    id = f"learner{next(NUMBERS)}"
    server.add(id, f"Learner {id}", "learner")
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    sign_in(page, server, id)
    yield page, steps.begin(page, server, "", size="Quarter")
    context.close()


def connected(page) -> None:
    """While the page has no server its fields are grey; whoever sits there waits until they are not."""
    settle(page)
    page.wait_for_function("() => ![...document.querySelectorAll('.stMain input, .stMain button')].some(one => one.disabled && one.type === 'radio')", timeout=60_000)


def choose(page, number: int) -> None:
    """Answers until the page says that it is saved. A choice that went to a server as it died is shown as not made, and is made again."""
    for _ in range(6):
        connected(page)
        try:
            page.locator('[data-testid="stRadio"]').first.get_by_role("radio").nth(number % 4).check(force=True, timeout=5_000)
            page.get_by_text(f"Answer {number} saved.", exact=True).wait_for(timeout=8_000)
            return
        except PlaywrightError:
            continue
    raise AssertionError(f"answer {number} was never saved")


def shown(page) -> int:
    """The number of the question on the page."""
    connected(page)
    return int(re.match(r"Question (\d+) of", page.get_by_role("heading", name=re.compile(r"^Question \d+ of")).first.inner_text(timeout=30_000))[1])


def answer(page, numbers) -> None:
    """Goes to each question and answers it. A key that went to a server as it died is pressed again; two that both arrived are taken back."""
    for number in numbers:
        for _ in range(12):
            at = shown(page)
            if at == number:
                break
            page.keyboard.press("Alt+n" if at < number else "Alt+p")
            page.wait_for_timeout(1_500)
        choose(page, number)
        page.keyboard.press("Alt+n")
        page.wait_for_timeout(500)


def kept(server, attempt: str) -> list[str]:
    """The questions that have an answer, in the order in which each had its first. The same answer may be stored anew after a failure; the latest counts, once."""
    return list(dict.fromkeys(step.slot for step in server.records.attempt(attempt).steps if step.kind == "submit"))


def places(server, attempt: str, many: int) -> list[str]:
    """The first questions of the form."""
    return [variant["public"]["id"] for variant in server.records.attempt(attempt).attempt.form["questions"][:many]]


def asked(server, path: str, **headers: str):
    """What nginx answers."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    connection.request("GET", path, headers={"host": f"127.0.0.1:{server.port}", **headers})
    answer = connection.getresponse()
    answer.text = answer.read().decode(errors="replace")
    connection.close()
    return answer


@pytest.mark.parametrize("path", ["/metrics", "/healthz", "/_stcore/metrics", "/_stcore/agent/openapi.json"])
def test_what_operators_ask_is_not_there_from_outside(server, path):
    assert asked(server, path, authorization="Bearer scraper").status == 404


@pytest.mark.parametrize("number", [1, 2])
def test_whoever_has_a_cookie_stays_where_it_says(server, number):
    answers = [asked(server, "/auth/login", cookie=f"{COOKIE}=replica{number}") for _ in range(6)]
    assert all(answer.status == 200 and not answer.getheader("set-cookie") for answer in answers)


@pytest.mark.parametrize("value", ["", "replica3", "127.0.0.1:22", "replica1; x", "../../etc/passwd", "replica1x"])
def test_a_cookie_that_names_no_replica_counts_as_none(server, value):
    answer = asked(server, "/auth/login", cookie=f"{COOKIE}={value}")
    if value != "replica1; x":
        assert answer.status == 200 and re.match(rf"{COOKIE}=replica[12]; Path=/; HttpOnly; SameSite=Lax$", answer.getheader("set-cookie"))
    else:
        assert answer.status == 200


def test_newcomers_are_spread_over_all_replicas(server):
    chosen = [asked(server, "/auth/login").getheader("set-cookie").split(";")[0] for _ in range(40)]
    assert set(chosen) == {f"{COOKIE}=replica1", f"{COOKIE}=replica2"}


def test_nginx_tells_nothing_of_itself_and_the_app_sends_its_headers(server):
    found = asked(server, "/auth/login")
    assert found.getheader("server") == "nginx" and "default-src" in found.getheader("content-security-policy") and found.getheader("x-frame-options") == "DENY"


def test_what_nginx_logs_names_nobody(exam, server):
    page, _ = exam
    page.goto(f"{server.url}/progress?who=Somebody")
    settle(page)
    written = (server.held.folder / "access.log").read_text()
    assert "GET /progress 200" in written
    assert not re.search(r"127\.0\.0\.1|who=|Somebody|learner\d|@|Chrom|token=", written)


def test_an_exam_goes_on_at_the_other_replica_when_its_own_is_killed(exam, server):
    page, attempt = exam
    answer(page, (1, 2, 3))
    first = server.replica(page.context)
    first.process.kill()
    answer(page, (4, 5, 6))
    assert kept(server, attempt) == places(server, attempt, 6), "every answer is there, once"
    assert server.replica(page.context) is not first, "the cookie followed"
    page.get_by_text("6 answered").wait_for(timeout=30_000)
    steps.finish(page)
    assert len(kept(server, attempt)) == 6 and server.records.attempt(attempt).finished_at and server.records.projections_equal_fold() == []


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_an_exam_goes_on_when_nginx_is_killed_and_no_replica_ends_with_it(exam, server, how):
    page, attempt = exam
    answer(page, (1, 2))
    before, nginx = [replica.process.pid for replica in server.held.replicas], server.held.proxy
    nginx.send_signal(how)
    nginx.wait(timeout=10)
    answer(page, (3, 4))
    assert kept(server, attempt) == places(server, attempt, 4)
    assert server.held.proxy is not nginx and [replica.process.pid for replica in server.held.replicas] == before


def test_an_exam_goes_on_through_a_deploy_in_its_middle(exam, server):
    page, attempt = exam
    answer(page, (1, 2))
    before = [replica.process.pid for replica in server.held.replicas]
    server.held.renewing = True
    answer(page, range(3, 9))
    assert kept(server, attempt) == places(server, attempt, 8)
    while server.held.renewing:
        page.wait_for_timeout(200)
    assert not set(before) & {replica.process.pid for replica in server.held.replicas}, "each of them is a new process"
    answer(page, (9,))
    connected(page)
    steps.finish(page)
    assert kept(server, attempt) == places(server, attempt, 9)


@pytest.mark.parametrize("wait", [0, 50, 200, 600, 1_500, 4_000])
def test_a_choice_made_as_its_replica_dies_is_saved_or_shown_as_not_made(exam, server, wait):
    page, attempt = exam
    answer(page, (1,))
    connected(page)
    server.replica(page.context).process.kill()
    page.wait_for_timeout(wait)
    page.locator('[data-testid="stRadio"]').first.get_by_role("radio").nth(2).evaluate("radio => radio.click()")     # once, and whether it can be clicked or not
    page.wait_for_timeout(3_000)
    connected(page)
    page.wait_for_timeout(4_000)
    chosen = page.locator('[data-testid="stRadio"]').first.get_by_role("radio", checked=True).count()
    saved = page.get_by_text("Answer 2 saved.", exact=True).count()
    stored = [step for step in server.records.attempt(attempt).steps if step.kind == "submit" and step.slot == places(server, attempt, 2)[1]]
    assert chosen == saved == bool(stored), "what the page shows is what the records hold"
    choose(page, 2)
    assert kept(server, attempt) == places(server, attempt, 2)
