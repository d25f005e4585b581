"""What machines are told: whether answers can be saved, and figures that a strict reader of the format takes, without anybody in them."""

import asyncio
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from starlette.requests import Request

from app import gate
from app.door import entering, exposition, watching
from app.door.exposition import Metric
from app.team import team
from records import REASONS, Histogram, NotSaved, Step
from records.failures import Locked, failure
from tests.team import exposition as strict
from tests.team.conftest import finished, viewer

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    """No look before this one, a token, and what was refused in other tests told already."""
    monkeypatch.setattr(watching, "WRITING", watching.Writing())
    monkeypatch.setenv("CLEAN_CLAIM_METRICS_TOKEN", "scraper")
    for name in ("CHANGES", "ANSWERS", "SIGN_INS"):
        monkeypatch.setattr(watching, name, watching.Deltas())
    watching.SIGN_INS.new(dict(entering.REFUSED))


def asked(what, authorization="Bearer scraper"):
    return finished(what(Request({"type": "http", "headers": [(b"authorization", authorization.encode())]})))


def scraped() -> dict:
    answer = asked(watching.metrics)
    assert answer.status_code == 200 and answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    return {name.removeprefix("clean_claim_"): values for name, (_, values) in strict.read(answer.body.decode()).items()}


@pytest.fixture
def locked(desk):
    """Another program holds the file, and nobody waits long for it."""
    desk.ledger().unguarded.engine.writer.patience = 0.1
    desk.ledger().unguarded.engine.writer.db.execute("PRAGMA busy_timeout = 100")
    with closing(sqlite3.connect(desk.ledger().unguarded.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield other


class TestHealth:
    def test_all_is_well(self, desk):
        answer = asked(watching.healthz)
        assert (answer.status_code, answer.body) == (200, b"ok\n") and answer.headers["cache-control"] == "no-store"

    def test_where_nothing_can_be_saved_it_says_why_and_what_to_do(self, locked):
        answer = asked(watching.healthz)
        assert answer.status_code == 503 and answer.body.decode() == ("Not well: nothing can be saved, since another program keeps the records locked. Find it (a second server, a database browser, "
                                                                      "a copy by other means) and end it. What was saved is safe.\n")

    def test_it_tells_no_path_and_no_address(self, desk, monkeypatch):
        for word in (*REASONS.values(), "other"):
            monkeypatch.setattr(watching, "cannot_write", lambda: word)
            monkeypatch.setattr(watching, "WRITING", watching.Writing())
            answer = asked(watching.healthz)
            assert answer.status_code == 503 and "/" not in answer.body.decode() and answer.body.decode().endswith(". What was saved is safe.\n")

    def test_a_look_is_good_for_a_while_and_those_who_ask_together_share_it(self, desk, monkeypatch):
        looks = []
        monkeypatch.setattr(watching, "cannot_write", lambda: looks.append(1) or "")

        async def together():
            for number in (1, 2):
                await asyncio.gather(*(watching.healthz(None) for _ in range(30)))
                assert len(looks) == number
                watching.WRITING.at -= watching.GOOD_FOR + 1
        finished(together())

    def test_a_change_is_told_once_each_way(self, desk, capsys):
        for why in ("", "locked", "locked", "", ""):
            watching.WRITING.note(why)
        told = capsys.readouterr().err.splitlines()
        assert len(told) == 2 and '"records cannot be written"' in told[0] and '"locked"' in told[0] and '"records can be written again"' in told[1]


class TestFigures:
    def test_a_strict_reader_takes_them_also_where_the_records_do_not_answer(self, desk):
        found = scraped()
        assert found["up"] == {"": 1} == found["writable"] and found["schema_version"][""] >= 8
        desk.ledger().unguarded.close()
        watching.WRITING.at = 0.0
        found = scraped()
        assert found["up"] == {"": 0} == found["writable"] and found["resident_bytes"][""] > 10**7

    def test_an_answer_saved_and_one_refused_are_counted(self, desk, begun):
        before = scraped()
        with gate.acting(viewer("ann")):
            desk.ledger().append(Step(begun, "x", 1, "submit", {"response": "a"}, gate.now()))
            with pytest.raises(NotSaved):
                desk.ledger().unguarded.append(Step("none", "x", 1, "submit", {}, 1))
        after = scraped()
        assert after["answers_saved_total"][""] == before["answers_saved_total"][""] + 1
        assert after["answers_refused_total"]["unknown"] == before["answers_refused_total"]["unknown"] + 1
        assert after["change_seconds"]["_count"] > before["change_seconds"]["_count"] and after["commit_seconds"]["_sum"] > 0

    def test_an_answer_of_who_may_not_or_is_signed_out_or_late_is_counted_as_refused(self, desk, begun):
        from app import exam_desk
        before = scraped()["answers_refused_total"]
        for who, kind in (("bea", gate.NotAllowed), ("", gate.SignedOut)):
            with gate.acting(viewer(who) if who else gate.NOBODY), pytest.raises(kind):
                desk.ledger().append(Step(begun, "x", 1, "submit", {"response": "a"}, gate.now()))
        after = scraped()["answers_refused_total"]
        assert (after["not-allowed"] - before["not-allowed"], after["signed-out"] - before["signed-out"]) == (1, 1) and after[exam_desk.LATE] == 0

    def test_a_refused_sign_in_is_counted_by_reason_and_told_without_whose_it_was(self, desk, people, capsys):
        before = scraped()["sign_ins_refused_total"]
        for _ in range(7):
            entering.sign_in(people, team(), "mallory@example.org", "no such thing", "203.0.113.7", "Firefox", "")
        after = scraped()["sign_ins_refused_total"]
        watching.tell_what_is_new()
        watching.tell_what_is_new()
        told = capsys.readouterr().err
        assert (after["wrong"] - before["wrong"], after["too-many"] - before["too-many"]) == (5, 2)
        assert told.count("sign-in refused") == 2 and '"count": 5' in told and "mallory" not in told and "203.0.113" not in told

    def test_changes_that_were_not_saved_are_told_together_by_reason(self, desk, capsys):
        held = desk.ledger().unguarded
        for number in range(3):
            held.figures.change_failed("locked"), held.figures.answer_refused("locked") if number else None
        watching.tell_what_is_new()
        watching.tell_what_is_new()
        told = capsys.readouterr().err.splitlines()
        assert len(told) == 1 and '"reason": "locked", "changes": 3, "answers": 2' in told[0]

    def test_no_label_and_no_line_has_a_person_in_it(self, desk, begun):
        text = asked(watching.metrics).body.decode()
        assert not re.search(r"\b(ann|bea|tom|root)\b|@|example|[0-9a-f]{8}-[0-9a-f]{4}|\d+\.\d+\.\d+\.\d+", text, re.IGNORECASE)

    @pytest.mark.parametrize("brought", ["", "Bearer", "Bearer other", "Basic scraper", "Bearer scraper "])
    def test_without_the_token_there_is_nothing(self, desk, brought):
        assert asked(watching.metrics, brought).status_code == 404

    def test_without_a_token_set_nothing_opens_it(self, desk, monkeypatch):
        monkeypatch.delenv("CLEAN_CLAIM_METRICS_TOKEN")
        assert asked(watching.metrics, "Bearer ").status_code == 404

    def test_the_content_is_named_by_all_of_its_bytes(self, tmp_path):
        from curriculum.fingerprint import fingerprint
        (tmp_path / "quizzes").mkdir()
        names = []
        for name, text in (("a.yaml", "one"), ("a.yaml", "two"), ("b.yaml", "two")):
            (tmp_path / "quizzes" / name).write_text(text)
            names += [fingerprint(tmp_path), fingerprint(tmp_path)]
        assert len(set(names)) == 3 and all(re.fullmatch("[0-9a-f]{16}", each) for each in names)


class TestFormat:
    def test_a_value_keeps_all_its_digits(self):
        assert [exposition.number(each) for each in (81751384064, 0.1, True, 12345678.25)] == ["81751384064", "0.1", "1", "12345678.25"]

    def test_a_label_is_escaped(self):
        text = exposition.text([Metric("x", "gauge", "What.", {'a"b\\c\nd': 1}, "of")])
        assert text.endswith('clean_claim_x{of="a\\"b\\\\c\\nd"} 1\n') and strict.read(text)

    def test_a_histogram_counts_up(self):
        held = Histogram()
        for seconds in (0.0005, 0.3, 99.0):
            held.add(seconds)
        values = strict.read(exposition.text([Metric("x_seconds", "histogram", "What.", held)]))["clean_claim_x_seconds"][1]
        assert (values["_bucket0.001"], values["_bucket0.5"], values["_bucket+Inf"], values["_count"], values["_sum"]) == (1, 2, 3, 3, 99.3005)

    @pytest.mark.parametrize("text", ["x 1\n", "# HELP x What.\nx 1\n", "# HELP x What.\n# TYPE x gauge\nx one\n", "# HELP x What.\n# TYPE x counter\nx 1\n", "# HELP x What.\n# TYPE x gauge\nx 1\nx 2\n",
                                      "# HELP x What.\n# TYPE x gauge\ny 1\n", "# HELP x What.\n# TYPE x gauge\nx 1", '# HELP x_s What.\n# TYPE x_s histogram\nx_s_bucket{le="+Inf"} 2\nx_s_sum 1\nx_s_count 1\n'])
    def test_the_reader_of_these_tests_takes_nothing_else(self, text):
        with pytest.raises((AssertionError, StopIteration)):
            strict.read(text)


def test_the_reasons_of_health_are_reasons():
    assert set(watching.WHY) <= set(REASONS.values())


def test_a_lock_has_one_word_and_the_path_stays_in_its_sentence():
    assert watching.reason(failure(Locked, NotSaved, "/srv/secret.sqlite", 5)) == "locked"
