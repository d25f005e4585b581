"""A whole journey with faults in it, in a real browser, from another address: no log of the server holds anybody afterwards, and whoever runs it finds what happened."""

import http.client
import json
import re
import signal
import sqlite3
import time
from contextlib import closing

import pytest
from websockets.sync.client import connect

from tests.browser.conftest import needed
from tests.browser.failing import ADDRESS, BREAKER, NAME, TYPED
from tests.browser.running import CHROMIUM, answer_anything, begin, chromium, opened, settle
from tests.browser.team import PASSWORD, TeamServer, sign_in

ID, WRONG, FROM = "wilhelmina.okafor", "quagga-wrong-password", "203.0.113.77"
AGENT = "Mozilla/5.0 (Wilhelmina's own) Frobnicator/9"
FORM = {"content-type": "application/x-www-form-urlencoded"}


@pytest.fixture(scope="module")
def left(tmp_path_factory):
    """The journey, and what is left of it: the server, the lines of its log, every text beside the records, and what no line may hold."""
    needed(bool(CHROMIUM), "Chromium is not installed: the browser tests were not run. apt-get install chromium")
    folder = tmp_path_factory.mktemp("logged")
    server = TeamServer(folder, module="tests.browser.failing")
    server.add(ID, NAME, "learner")
    try:
        server.start()
        with chromium() as browser:
            context = browser.new_context(viewport={"width": 1280, "height": 900}, user_agent=AGENT, extra_http_headers={"X-Forwarded-For": FROM})
            journey(context.new_page(), server)
            secret = next(each["value"] for each in context.cookies() if each["name"] == "clean-claim")
        link = server.invite("second", "Second Person", "learner")
        strangers(server, secret, link)
        time.sleep(6)                                        # counts are told every five seconds
        server.process.send_signal(signal.SIGTERM)
        server.process.wait(30)
        personal = [NAME, "Wilhelmina", "Okafor", ADDRESS, ID, "example.org", WRONG, PASSWORD, TYPED, FROM, "Frobnicator", "Second Person", secret, link.split("token=")[1], *ids(server)]
        logs = {path: path.read_text(errors="replace") for path in folder.rglob("*") if path.is_file() and not path.name.startswith("team.sqlite")}
        yield server, server.log.read_text().splitlines(), "\n".join(logs.values()), personal
    finally:
        server.stop()


def journey(page, server) -> None:
    """In with a wrong and the right password, an answer, one that cannot be saved, a page that fails, back again."""
    sign_in(page, server, ID, WRONG)
    sign_in(page, server, ID)
    begin(page)
    answer_anything(page)
    page.get_by_role("button", name=re.compile("^Next")).first.click()
    settle(page)
    with closing(sqlite3.connect(server.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        choose(page)
        page.get_by_role("button", name="Submit answer").click()
        page.get_by_text("Not saved").first.wait_for(timeout=60_000)
        assert asked(server, "/healthz").status == 503
        other.execute("ROLLBACK")
    opened(page, f"{server.url}/quizzes?who={ID}&note={NAME.replace(' ', '%20')}")
    page.goto(f"{server.url}/reference?shelf=Payers&q={TYPED}")
    page.get_by_text("Error running app").or_(page.get_by_text("encountered an error")).first.wait_for(timeout=60_000)
    assert ADDRESS not in page.content(), "a learner never sees what was raised"


def choose(page) -> None:
    """Something for the question on the screen, not handed in yet."""
    for role in ("radio", "checkbox"):
        if page.get_by_role(role).count():
            return page.get_by_role(role).first.check(force=True)
    page.get_by_role("textbox").or_(page.get_by_role("spinbutton")).first.fill("12")


def strangers(server, secret: str, link: str) -> None:
    """What comes from outside of a browser: headers and addresses of all kinds, a websocket from another address, a request that fails."""
    headers = {"x-forwarded-for": FROM, "cookie": f"clean-claim={secret}"}
    for path in (f"/auth/login?next=/{ID}", link.removeprefix(server.url), f"/quiz?who={ID}", f"/nowhere/{ID}?email={ADDRESS}", "/%zz"):
        asked(server, path, **headers)
    assert asked(server, "/auth/login", "POST", f"email={ADDRESS}&password={WRONG}", **{"user-agent": BREAKER, "origin": server.url}, **FORM).status == 500
    with connect(f"ws://127.0.0.1:{server.port}/_stcore/stream?who={ID}", subprotocols=["streamlit"], origin=server.url, additional_headers=headers) as socket:
        socket.send(b"\xff\xfe" + NAME.encode())
        time.sleep(0.5)
    raw = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    raw.putrequest("GET", f"/{ID}", skip_host=True)
    raw.putheader("bad header", NAME)
    raw.endheaders()
    raw.getresponse().read()


def asked(server, path, method="GET", body=None, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


def ids(server) -> list[str]:
    """What names a person, a session or an attempt in the records."""
    with closing(sqlite3.connect(server.database)) as db:
        return [str(row[0]) for query in ("SELECT id FROM session", "SELECT id FROM attempt") for row in db.execute(query)]


def test_no_log_holds_anybody(left):
    _, _, text, personal = left
    assert len(personal) > 15 and [each for each in personal if each.lower() in text.lower()] == []


def test_no_log_holds_where_somebody_came_from_nor_a_query(left):
    server, _, text, _ = left
    assert re.findall(rf"\b(?!127\.0\.0\.1:{server.port}\b)\d{{1,3}}\.\d{{1,3}}\.\d{{1,3}}\.\d{{1,3}}(?::\d+)?", text) == [] and not re.search(r"[?&]\w+=", text)


def test_every_line_is_an_event(left):
    _, lines, _, _ = left
    others = [line for line in lines if not line.startswith('{"at": "')]
    assert others == [f"Clean Claim is starting at {left[0].url}   (Ctrl+C stops it)"] and all(json.loads(line)["event"] for line in lines if line not in others)


@pytest.mark.parametrize("event, said", [("started", {"mode": "password", "engine": "sqlite"}), ("sign-in refused", {"reason": "wrong"}), ("not saved", {"reason": "locked", "answers": 1}),
                                         ("records cannot be written", {"reason": "locked"}), ("failed", {"exception": "builtins.RuntimeError"}), ("failed", {"where": "thread"}),
                                         ("log", {"logger": "some.package", "text": "refused for %s"}), ("stopped", {})])
def test_whoever_runs_it_finds_what_happened(left, event, said):
    read = [json.loads(line) for line in left[1] if line.startswith("{")]
    assert [each for each in read if each["event"] == event and said.items() <= each.items()], [each for each in read if each["event"] == event]


def test_a_failure_says_where_in_our_code(left):
    read = [json.loads(line) for line in left[1] if '"failed"' in line and "RuntimeError" in line]
    assert {each["place"].split(":")[0] for each in read} == {"tests/browser/failing.py"} and any("app/pages/reference.py" in "".join(each["trace"]) for each in read)
    assert all(each["because"] == ["builtins.ValueError"] for each in read)
