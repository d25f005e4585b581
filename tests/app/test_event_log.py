"""A line of the event log says what happened and nothing that somebody typed; what other packages log passes the same sieve."""

import json
import logging
import sys
import threading
import warnings

import pytest

from app import event_log, foreign_logs
from app.event_log import EVENTS, Deltas, failure, fit, line, place, tell

NAME, MAIL = "Wilhelmina Okafor", "wilhelmina.okafor@example.org"


def raised(kind=ValueError, *said):
    """An error as one is caught: with its traceback, and another behind it."""
    try:
        try:
            int(NAME)
        except ValueError as first:
            raise kind(*said or (f"{NAME} <{MAIL}>",)) from first
    except kind as error:
        return error


@pytest.fixture
def bare():
    """Logs as the server has them, and back."""
    before = logging.getLogRecordFactory(), logging.raiseExceptions, sys.excepthook, sys.unraisablehook, threading.excepthook
    from uvicorn.config import LOGGING_CONFIG
    kept = json.dumps(LOGGING_CONFIG)
    foreign_logs.bare_logs()
    written = logging.lastResort                             # what writes where no package has set anything up; the tests' own handlers stand in its place
    logging.getLogger().addHandler(written)
    yield written
    logging.getLogger().removeHandler(written)
    logging.setLogRecordFactory(before[0])
    logging.captureWarnings(False)
    logging.raiseExceptions, sys.excepthook, sys.unraisablehook, threading.excepthook = before[1:]
    LOGGING_CONFIG.update(json.loads(kept))


class TestLines:
    def test_a_line_is_json_with_when_what_and_how_serious(self, capsys):
        tell("not saved", reason="locked", changes=3, answers=2)
        told = capsys.readouterr().err
        read = json.loads(told)
        assert told.count("\n") == 1 and read["at"].endswith("Z") and (read["event"], read["level"], read["reason"], read["changes"]) == ("not saved", "warning", "locked", 3)

    @pytest.mark.parametrize("value", [MAIL, "a?who=ann", 'quoted "words"', "two\nlines", "é", "x" * 201, {"a": 1}, b"x", object()])
    def test_a_word_that_is_not_fit_is_left_out(self, value):
        assert fit(value) == "(left out)" and fit([1, value]) == [1, "(left out)"]

    def test_a_field_that_the_event_has_not_is_left_out(self):
        assert "Okafor" not in line("stopped", seconds=1.0, name=NAME) and "name" not in json.loads(line("stopped", name=NAME))

    def test_an_event_that_is_not_in_the_table_is_a_mistake(self):
        with pytest.raises(KeyError):
            tell("anything else")

    def test_a_log_that_cannot_be_written_stops_nothing(self, monkeypatch):
        class Gone:
            def write(self, _text): raise OSError("gone")
            def isatty(self): return False
        monkeypatch.setattr(sys, "stderr", Gone())
        tell("stopped", seconds=1.0)

    def test_at_a_terminal_only_what_one_should_act_on_is_shown(self, monkeypatch, capsys):
        monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
        tell("stopped", seconds=1.0)
        tell("not saved", reason="locked")
        assert len(capsys.readouterr().err.splitlines()) == 1

    def test_every_event_is_explained(self):
        assert all(kind.meaning.endswith(".") and kind.level in ("info", "warning", "error", "") for kind in EVENTS.values())


class TestFailures:
    def test_classes_and_places_are_said_and_no_word_of_it(self):
        told = line("failed", where="page", **failure(raised()))
        read = json.loads(told)
        assert "Okafor" not in told and "wilhelmina" not in told
        assert read["exception"] == "builtins.ValueError" == read["because"][0] and read["place"].startswith("tests/app/test_event_log.py:")

    def test_the_place_is_ours_where_a_package_raised_it(self):
        def ours():
            import sqlite_utils
            sqlite_utils.Database(memory=True).execute("SELECT nothing")
        try:
            ours()
        except Exception as error:  # noqa: BLE001
            read = json.loads(line("failed", **failure(error)))
        assert read["place"].startswith("tests/app/") and read["trace"][-1].startswith("packages/sqlite_utils/") and read["code"] == "SQLITE_ERROR"

    def test_a_place_names_no_folder_of_this_machine(self):
        assert place("/home/ann.reed/.venv/lib/python3.11/site-packages/streamlit/x.py", 3) == "packages/streamlit/x.py:3"
        assert place("/home/ann.reed/odd.py", 4) == "packages/odd.py:4" and place(f"{event_log.ROOT}/app/session.py", 5) == "app/session.py:5"


class TestOthersLogs:
    def told(self, capsys) -> list[dict]:
        text = capsys.readouterr().err
        assert "Okafor" not in text and "wilhelmina" not in text.lower() and "203.0.113.9" not in text
        return [json.loads(each) for each in text.splitlines()]

    def test_the_values_of_a_log_are_left_out_and_its_text_stays(self, bare, capsys):
        logging.getLogger("some.package").warning("refused for %s of %s", NAME, MAIL)
        (read,) = self.told(capsys)
        assert (read["event"], read["level"], read["logger"], read["text"]) == ("log", "warning", "some.package", "refused for %s of %s") and read["place"].startswith("tests/app/")

    def test_a_text_made_with_values_in_it_is_left_out_whole(self, bare, capsys):
        logging.getLogger("some.package").error(f"refused for {NAME}")
        (read,) = self.told(capsys)
        assert "text" not in read and read["level"] == "error"

    def test_whatever_form_a_log_is_written_in(self, bare, capsys):
        written = logging.StreamHandler()
        written.setFormatter(logging.Formatter("%(message)s %(args)s %(exc_info)s %(exc_text)s"))
        log = logging.getLogger("with.its.own")
        log.addHandler(written)
        log.propagate = False
        try:
            raise ValueError(NAME)
        except ValueError:
            log.exception("%s", MAIL)
        log.removeHandler(written)
        text = capsys.readouterr().err
        assert "Okafor" not in text and "wilhelmina" not in text and '"failed"' in text

    def test_what_streamlit_logs_of_a_page_that_failed(self, bare, capsys, monkeypatch):
        from streamlit.error_util import _LOGGER, _log_uncaught_app_exception
        from streamlit import config
        config.get_option("logger.enableRich")               # read now, or reading it later would bring Streamlit's own form back
        monkeypatch.setattr(_LOGGER, "handlers", [bare])
        monkeypatch.setattr(_LOGGER, "propagate", False)
        _log_uncaught_app_exception(raised())
        (read,) = self.told(capsys)
        assert (read["event"], read["exception"], read["logger"]) == ("failed", "builtins.ValueError", "streamlit.error_util") and read["place"].startswith("tests/app/")

    def test_uvicorns_loggers_say_no_address_of_who_connects(self, bare, capsys):
        import uvicorn
        uvicorn.Config(lambda: None, access_log=False, use_colors=False)
        log = logging.getLogger("uvicorn.error")
        log.info('%s - "WebSocket %s" [accepted]', "203.0.113.9:5", "/x?who=wilhelmina")
        log.error("of %s", "203.0.113.9:5")
        assert [each["level"] for each in self.told(capsys)] == ["error"]

    def test_a_warning_of_python_names_its_place(self, bare, capsys):
        warnings.warn(f"for {MAIL}", stacklevel=1)
        assert [each["logger"] for each in self.told(capsys)] in (["py.warnings"], [])

    def test_what_nobody_caught_in_a_thread(self, bare, capsys):
        def failing():
            raise raised()
        thread = threading.Thread(target=failing, name=NAME)
        thread.start(), thread.join()
        (read,) = self.told(capsys)
        assert (read["event"], read["where"]) == ("failed", "thread")

    def test_what_nobody_caught_at_all(self, bare, capsys):
        error = raised()
        sys.excepthook(type(error), error, error.__traceback__)
        sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
        assert [each["where"] for each in self.told(capsys)] == ["process"]


def test_deltas_tell_what_came_since():
    deltas, counts = Deltas(), {"locked": 2}
    assert deltas.new(counts) == {"locked": 2} and deltas.new(counts) == {} and deltas.new({"locked": 5, "other": 1}) == {"locked": 3, "other": 1}
