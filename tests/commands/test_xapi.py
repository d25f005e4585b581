"""Statements to a learning record store: what they say, and how they reach a small store on loopback that takes, refuses, is busy or points elsewhere."""

import json
import threading
from dataclasses import replace
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, HTTPServer
from uuid import UUID

import pytest

from app import xapi_sending
from app.__main__ import main
from app.xapi import statements
from app.xapi_sending import NotTold, Store, complaint
from records import Happened, People, Records
from tests.records import made

HOME = "https://team.example.org"
ANSWER = Happened(1, "a1", "q1", 1, "submit", 1_795_843_200_000, "ann", "item-1", "question-set", "Modifiers", Decimal("0.5"), Decimal(1), Decimal(1), Decimal(2), 1_795_843_100_000)
END = replace(ANSWER, kind="finish", slot="attempt", item_kind="exam", item="exam:cpb", earned=None, possible=None)


class Lrs(BaseHTTPRequestHandler):
    """Keeps statements by id as the specification asks: the same again is fine, another under the same id is a conflict."""

    def do_POST(self):
        held, body = self.server.held, self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append((self.path, dict(self.headers), json.loads(body)))
        status = self.server.answers.pop(0) if self.server.answers else 200
        if status == 200:
            given = json.loads(body)
            clash = any(one["id"] in held and held[one["id"]] != one for one in given)
            status = 409 if clash else 200
            held |= {} if clash else {one["id"]: one for one in given}
        self.send_response(status)
        if 300 <= status < 400:
            self.send_header("Location", "http://127.0.0.1:1/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *given):
        pass


@pytest.fixture
def lrs(monkeypatch):
    monkeypatch.setattr(xapi_sending, "PAUSES", (0.0, 0.0, 0.0))
    monkeypatch.setenv("CLEAN_CLAIM_XAPI_KEY", "the-key")
    monkeypatch.setenv("CLEAN_CLAIM_XAPI_SECRET", "the-secret")
    server = HTTPServer(("127.0.0.1", 0), Lrs)
    server.held, server.asked, server.answers = {}, [], []
    server.url = f"http://127.0.0.1:{server.server_port}/xapi"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown(), server.server_close()


@pytest.fixture
def database(tmp_path):
    """Ann has answered three questions of a quiz and finished it."""
    path = tmp_path / "records.sqlite"
    with Records.open(path) as records:
        records.add_profile(made.profile())
        records.start(made.attempt())
        for number in range(3):
            records.append(made.step(slot=f"q{number}"), made.grading(slot=f"q{number}", earned=str(number % 2)))
        records.note("a1", "q0", "note", {"text": "mine"}, 3_500)
        records.finish("a1", 4_000)
    return path


def tell(database, *more) -> int:
    return main(["xapi", "--db", str(database), "--home", HOME, *more])


def noted(database) -> list[tuple]:
    """What the audit log says of it, the newest first."""
    with Records.open(database) as records:
        return [(row.actor, row.act, row.subject, row.after["statements"]) for row in People(records).audit_log()]


class TestStatements:
    def test_an_answer_says_who_by_id_what_and_how_it_was_marked(self):
        one, = statements(ANSWER, HOME, lambda _: None)
        assert one["actor"]["account"] == {"homePage": HOME, "name": "ann"} and one["verb"]["id"].endswith("/answered")
        assert one["result"] == {"success": False, "score": {"scaled": 0.5, "raw": 0.5, "max": 1.0}}
        assert one["timestamp"] == "2026-11-28T05:20:00.000Z" and UUID(one["context"]["registration"])
        assert one["object"]["id"] == f"{HOME}/xapi/slots/item-1/q1" and one["context"]["contextActivities"]["parent"][0]["id"] == f"{HOME}/xapi/items/item-1"

    def test_its_id_is_always_the_same_and_no_other_ones(self):
        ids = [statements(each, HOME, lambda _: None)[0]["id"] for each in (ANSWER, ANSWER, replace(ANSWER, sequence=2), replace(ANSWER, slot="q2"), replace(ANSWER, kind="shown"))]
        assert ids[0] == ids[1] and len(set(ids)) == 4

    @pytest.mark.parametrize("verdict, verbs", [(True, ["completed", "passed"]), (False, ["completed", "failed"]), (None, ["completed"])])
    def test_a_finished_exam_is_completed_and_passed_or_failed_where_there_is_a_verdict(self, verdict, verbs):
        told = statements(END, HOME, lambda _: verdict)
        assert [one["verb"]["display"]["en"] for one in told] == verbs and told[0]["result"]["duration"] == "PT100S"
        assert len({one["id"] for one in told}) == len(told)

    def test_points_that_hints_took_below_nothing_stay_within_what_xapi_takes(self):
        one, = statements(replace(ANSWER, earned=Decimal(-3)), HOME, lambda _: None)
        assert one["result"]["score"]["scaled"] == -1

    def test_what_has_no_marks_says_nothing_of_them(self):
        assert "result" not in statements(replace(ANSWER, earned=None, possible=None), HOME, lambda _: None)[0]


class TestSending:
    def test_everything_arrives_once_and_the_next_run_goes_on_from_there(self, lrs, database, capsys):
        assert tell(database, "--to", lrs.url) == 0 and "4 statements told" in capsys.readouterr().out
        assert sorted(one["verb"]["display"]["en"] for one in lrs.held.values()) == ["answered"] * 3 + ["completed"]
        path, headers, _ = lrs.asked[0]
        assert path == "/xapi/statements" and {name.lower(): value for name, value in headers.items()}["x-experience-api-version"] == "1.0.3" and headers["Authorization"].startswith("Basic ")
        assert tell(database, "--to", lrs.url) == 0 and "0 statements told" in capsys.readouterr().out

    def test_what_was_told_and_where_is_in_the_audit_log_also_of_a_run_that_was_broken_off(self, lrs, database):
        lrs.answers = [200, 401]
        assert tell(database, "--to", lrs.url, "--most", "2") == 0 and tell(database, "--to", lrs.url) == 1 and tell(database, "--to", lrs.url) == 0
        assert noted(database) == [("command line", "tell record store", "127.0.0.1", 2)] * 2

    def test_it_stops_at_the_most_and_says_where_to_go_on(self, lrs, database, capsys):
        tell(database, "--to", lrs.url, "--most", "2")
        assert len(lrs.held) == 2 and "There is more" in capsys.readouterr().out
        tell(database, "--to", lrs.url)
        assert len(lrs.held) == 4

    def test_told_again_from_the_beginning_nothing_is_there_twice(self, lrs, database):
        for _ in range(2):
            assert tell(database, "--to", lrs.url, "--after", "0") == 0
        assert len(lrs.held) == 4

    def test_one_that_is_there_and_reads_otherwise_holds_the_others_up_no_longer(self, lrs, database):
        tell(database, "--to", lrs.url, "--most", "1")
        first = next(iter(lrs.held))
        lrs.held[first] = lrs.held[first] | {"timestamp": "2000-01-01T00:00:00Z"}
        assert tell(database, "--to", lrs.url, "--after", "0") == 0 and len(lrs.held) == 4

    def test_a_store_that_is_busy_is_asked_again(self, lrs, database):
        lrs.answers = [503, 429]
        assert tell(database, "--to", lrs.url) == 0 and len(lrs.held) == 4 and len(lrs.asked) == 3

    def test_a_store_that_stays_busy_is_left_and_nothing_counts_as_told(self, lrs, database, capsys):
        lrs.answers = [503] * 4
        assert tell(database, "--to", lrs.url) == 1 and "HTTP 503" in capsys.readouterr().err
        assert tell(database, "--to", lrs.url) == 0 and len(lrs.held) == 4

    def test_a_refused_key_is_said_without_saying_it(self, lrs, database, capsys):
        lrs.answers = [401]
        assert tell(database, "--to", lrs.url) == 1
        told = capsys.readouterr()
        assert "refused the key" in told.err and "the-secret" not in told.err + told.out and "the-key" not in told.err + told.out

    def test_a_redirect_is_not_followed(self, lrs, database, capsys):
        lrs.answers = [302]
        assert tell(database, "--to", lrs.url) == 1 and "points elsewhere" in capsys.readouterr().err and len(lrs.asked) == 1

    def test_a_store_that_is_not_there_is_said(self, lrs, database, capsys):
        assert tell(database, "--to", "http://127.0.0.1:1/xapi") == 1
        assert "did not answer (ConnectionRefusedError)" in capsys.readouterr().err

    def test_what_was_written_in_an_answer_does_not_leave(self, lrs, database):
        tell(database, "--to", lrs.url)
        assert '"answer"' not in json.dumps([body for _, _, body in lrs.asked]) and "Ann" not in json.dumps([body for _, _, body in lrs.asked])


class TestFile:
    def test_they_are_written_one_a_line_and_a_file_is_not_overwritten(self, database, tmp_path, capsys):
        file = tmp_path / "told.jsonl"
        assert tell(database, "--file", str(file)) == 0 and len([json.loads(line) for line in file.read_text().splitlines()]) == 4
        assert noted(database) == [("command line", "write statements", "records", 4)]
        assert tell(database, "--file", str(file)) == 1 and "exists" in capsys.readouterr().err


@pytest.mark.parametrize("url, says", [("https://key:secret@lrs.example.org", "end in logs"), ("http://lrs.example.org/xapi", "without TLS"), ("ftp://lrs.example.org", "Write the address"),
                                       ("https://lrs.example.org/xapi?key=1", "Write the address"), ("https://lrs.example.org/xapi", ""), ("http://127.0.0.1:9/xapi", "")])
def test_an_address_that_will_not_do_is_said_before_anything_is_sent(url, says, database, capsys):
    assert says in complaint(url) and bool(says) == bool(complaint(url))
    if says:
        assert tell(database, "--to", url) == 1 and "secret" not in capsys.readouterr().err.replace("SECRET", "")


def test_a_store_is_never_printed_with_its_secret():
    assert "the-secret" not in repr(Store("https://lrs.example.org", "k", "the-secret"))
    with pytest.raises(NotTold) as told:
        raise NotTold(xapi_sending.refusal("https://lrs.example.org", 500))
    assert "did not take" in str(told.value)
