"""What Streamlit, uvicorn and every other package log, and what nobody caught, put into the event log without a word that may be somebody's."""

import linecache
import logging
import sys
import threading

from app.event_log import failure, line, place, tell

SPAN = 6
"""Lines of code in which a text must stand that is told: a call and its arguments."""


class Bare(logging.LogRecord):
    """A record without its values: whatever writes it, and in whatever form, has only this line to write."""

    def __init__(self, name, level, pathname, lineno, msg, args, exc_info, func=None, sinfo=None, **more):
        told = {"logger": name, "place": place(pathname, lineno), "text": text(msg, pathname, lineno)}
        error = exc_info[1] if isinstance(exc_info, tuple) else None
        made = line("failed", **told | {"where": "log"} | failure(error)) if error else line("log", logging.getLevelName(level).lower(), **told)
        super().__init__(name, level, pathname, lineno, made, None, None, func)


def text(message, file: str, number: int) -> str:
    """A log's text if it stands in the code as it is, with its places for values left open; nothing of a text made with values in it."""
    code = "".join(linecache.getline(file, each) for each in range(number, number + SPAN))
    if not isinstance(message, str) or not message:
        return ""
    written = message.encode("unicode_escape").decode()      # a line's end as code has it
    return message.strip() if any(f"{mark}{written}{mark}" in code for mark in "\"'") else ""


def bare_logs() -> None:
    """From now on no log of this process holds a value, and what nobody catches is told as an event. Called before the server is made."""
    from uvicorn.config import LOGGING_CONFIG
    logging.setLogRecordFactory(Bare)
    logging.raiseExceptions = False                        # it would print what was to be logged
    logging.captureWarnings(True)
    LOGGING_CONFIG["formatters"]["default"]["fmt"] = "%(message)s"
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        LOGGING_CONFIG["loggers"][name]["level"] = "WARNING"     # below, each connection with its address
    sys.excepthook = lambda _kind, error, _trace: uncaught("process", error)
    sys.unraisablehook = lambda found: uncaught("end of something", found.exc_value)
    threading.excepthook = lambda found: uncaught("thread", found.exc_value)


STREAMLIT = {"logger.level": "warning", "logger.messageFormat": "%(message)s", "logger.enableRich": False, "logger.hideWelcomeMessage": True}
"""Streamlit's settings under which its loggers write the line and nothing around it."""


def uncaught(where: str, error: BaseException | None) -> None:
    if error is not None and not isinstance(error, (KeyboardInterrupt, SystemExit)):
        tell("failed", where=where, **failure(error))
