"""The event log: a JSON line on stderr for each thing that whoever runs this needs to know, and nothing of anybody in it."""

import json
import os
import re
import sys
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FIT = re.compile(r"[\w./:+<>%,'()\[\] -]{0,200}", re.ASCII)
"""What a word in a line may consist of: no @, no query, no quotation marks."""
DEEPEST = 8
TOLD: Counter[str] = Counter()
"""How often each event was told since the start."""


@dataclass(frozen=True)
class Kind:
    """One thing that is told: how serious it is, what it means, and every field that it may have."""
    level: str
    meaning: str
    fields: tuple[str, ...] = ()


EVENTS = {
    "started": Kind("info", "The app answers from now on.", ("mode", "engine", "schema", "content", "mistakes", "python", "streamlit", "port")),
    "stopped": Kind("info", "The app was told to end and has ended.", ("seconds",)),
    "records migrated": Kind("info", "The records were brought to the present shape, by these steps.", ("steps",)),
    "not saved": Kind("warning", "So many changes were not saved, so many answers among them, for this reason; the people were told.", ("reason", "changes", "answers")),
    "records cannot be written": Kind("error", "The check of `/healthz` failed, for this reason.", ("reason",)),
    "records can be written again": Kind("info", "The check succeeds again, after so many seconds.", ("seconds",)),
    "sign-in refused": Kind("warning", "So many attempts to sign in were refused: a wrong password, or too many attempts.", ("reason", "count")),
    "failed": Kind("error", "Something was raised that nobody caught: its class, those behind it, and where in our code; never its words.",
                   ("where", "exception", "because", "code", "place", "trace", "logger", "text")),
    "log": Kind("", "A package we use logged something: which, where in its code, and its text as far as that stands in its code.", ("logger", "place", "text")),
    "backup made": Kind("info", "A copy of the records was made and checked.", ("bytes", "rows", "seconds")),
    "backup failed": Kind("error", "No copy was made, for this reason.", ("reason",)),
    "damaged backup made": Kind("error", "The records are damaged, with so many faults, and were copied as they are.", ("bytes", "rows", "seconds", "faults")),
    "restored": Kind("info", "A backup was put in the place of the records: so many rows, so many people erased again; with so many faults where it was known to be damaged.", ("rows", "erased", "faults")),
    "checked": Kind("info", "A backup, or the records, were checked and found sound.", ("rows",)),
    "unsound": Kind("error", "A backup, or the records, were checked and have so many faults.", ("faults",)),
    "replica up": Kind("info", "A replica answers.", ("port", "seconds")),
    "replica down": Kind("error", "A replica ended by itself, or did not come to answer.", ("port",)),
    "proxy down": Kind("error", "The nginx before the replicas ended by itself; it is started again.", ("port",)),
}


def tell(event: str, level: str = "", **said) -> None:
    """Writes the line; at a terminal only what somebody should act on. Where the log cannot be written the app goes on."""
    made = line(event, level, **said)
    with suppress(OSError, ValueError):
        if (level or EVENTS[event].level) != "info" or not sys.stderr.isatty():
            sys.stderr.write(made + "\n")
            sys.stderr.flush()


def line(event: str, level: str = "", **said) -> str:
    """The line of an event. A field that it has not is left out, a word that is not fit is replaced: neither may carry what somebody typed."""
    kind = EVENTS[event]
    TOLD[event] += 1
    at = datetime.fromtimestamp(time.time_ns() // 1_000_000 / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    told = {name: fit(said[name]) for name in kind.fields if said.get(name) not in (None, "", ())}
    return json.dumps({"at": at, "level": level or kind.level, "event": event, "process": os.getpid(), **told})


def fit(value):
    """A number as it is, a word if it is fit, a list of such."""
    if isinstance(value, (bool, int)):
        return value
    if isinstance(value, float):
        return round(value, 3)
    if isinstance(value, (list, tuple)):
        return [fit(each) for each in value]
    return value if isinstance(value, str) and FIT.fullmatch(value) else "(left out)"


def failure(error: BaseException) -> dict:
    """What may be said of something raised: classes and places in code are ours, words are anybody's."""
    behind, seen = [], error
    while (seen := seen.__cause__ or seen.__context__) is not None and len(behind) < 3:
        behind.append(named(seen))
    code = getattr(error, "sqlite_errorname", None) or getattr(error, "sqlstate", None) or getattr(error, "errno", None)
    places = tuple(places_of(error))
    ours = [place for place in places if not place.startswith("packages/")]
    return {"exception": named(error), "because": behind, "code": code if isinstance(code, (str, int)) else None, "place": (ours or places or ("",))[-1], "trace": places[-DEEPEST:]}


def named(error: BaseException) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}"


def places_of(error: BaseException):
    """File and line of each call, from the outside in."""
    at = error.__traceback__
    while at is not None:
        yield place(at.tb_frame.f_code.co_filename, at.tb_lineno)
        at = at.tb_next


def place(file: str, number: int) -> str:
    """A file as the project knows it, a package's from its own folder on: no folder of whoever runs this."""
    for mark, name in (("site-packages/", "packages/"), (f"{ROOT}/", "")):
        if mark in file:
            return f"{name}{file.split(mark, 1)[1]}:{number}"
    return f"packages/{Path(file).name}:{number}"


class Deltas:
    """Tells what was added to a few counts since the last time: one line however many there were."""

    def __init__(self):
        self.told: dict[str, int] = {}

    def new(self, counts: dict[str, int]) -> dict[str, int]:
        """What came since; what did not change is left out."""
        found = {name: many - self.told.get(name, 0) for name, many in counts.items() if many != self.told.get(name, 0)}
        self.told.update(counts)
        return found
