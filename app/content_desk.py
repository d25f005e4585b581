"""Content at the author's desk: every item with its drafts, what the check finds, and one item with its key; for whoever may see keys and for nobody else."""

import json
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from threading import Lock

from app.place import ROOT
from app.session import catalogue, now, require
from curriculum.catalogue import Catalogue
from curriculum.mistakes import Mistake
from curriculum.models import Question

MAY = "see keys"
QUESTION, CASE = "Question", "Case question"
KINDS = {"Exercise": "exercises", "Claim": "scenarios", "Claim on another form": "form_scenarios", "Account": "lives"}
STATES = ("draft", "published", "retired")
PATIENCE = 600
"""Seconds that a check of everything may take."""


@dataclass(frozen=True)
class Line:
    """An item in the list. kind: what sort of item; task: which kind of question or exercise; place: its file and line."""
    id: str
    slug: str
    kind: str
    task: str
    title: str
    status: str
    place: str
    difficulty: int
    checked: date
    words: str


@dataclass(frozen=True)
class Checked:
    """What a check of everything found, and when."""
    at: int
    faults: tuple[Mistake, ...]
    counts: dict

    @property
    def wrong(self) -> int:
        return sum(not fault.warning for fault in self.faults)


class NotChecked(Exception):
    """The check did not come to its end; the sentence says why."""


def lines() -> tuple[Line, ...]:
    """Every item, drafts and retired ones too, file by file."""
    require(MAY)
    held = catalogue()
    if _listed.get("of") is not held:
        _listed.update(of=held, lines=_lines(held))
    return _listed["lines"]


_listed: dict = {}


def _lines(held: Catalogue) -> tuple[Line, ...]:
    found = [_line(held, id, question, CASE if held.case_of(id) else QUESTION) for id, question in held.questions.items()]
    found += [_line(held, id, item, kind) for kind, name in KINDS.items() for id, item in getattr(held, name).items()]
    return tuple(found)


def _line(held: Catalogue, id: str, item, kind: str) -> Line:
    title = item.stem if isinstance(item, Question) else item.title
    skills = [held.competencies[skill].name if skill in held.competencies else skill for skill in item.competencies]
    place = place_of(held, id)
    return Line(id, item.slug, kind, item.kind, title, item.status, place, item.difficulty, item.last_checked, " ".join((item.slug, title, item.kind, place, *skills, *item.competencies)).casefold())


def place_of(held: Catalogue, id: str) -> str:
    """The file and line at which an item begins."""
    origin = held.origins[id]
    return f"{origin.node.file}:{origin.node.line(*origin.path)}"


def found(held: tuple[Line, ...], asked: str = "", kind: str = "", status: str = "") -> tuple[Line, ...]:
    """Those that hold every word asked for, of the kind and status named."""
    wanted = asked.casefold().split()
    return tuple(line for line in held if kind in ("", line.kind) and status in ("", line.status) and all(word in line.words for word in wanted))


# What is wrong

def unread() -> tuple[Mistake, ...]:
    """What was found when the content was read: items in these files are left out."""
    require(MAY)
    return tuple(sorted(catalogue().mistakes))


_checking = Lock()
_kept: dict[str, Checked] = {}


def last_check() -> Checked | None:
    """What the last check here found."""
    require(MAY)
    return _kept.get("last")


def check() -> Checked:
    """Reads and proves all content as it lies in its files now, in a process of its own, so that learners' pages stay quick; one at a time."""
    require(MAY)
    if not _checking.acquire(blocking=False):
        raise NotChecked("A check is under way already. Look again in a minute.")
    try:
        done = subprocess.run([sys.executable, "-m", "app", "check", "--json"], cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE)
        told = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        raise NotChecked(f"The check took longer than {PATIENCE // 60} minutes and was broken off. Run `python -m app check` on the server.") from None
    except (OSError, ValueError):
        raise NotChecked("The check could not be run here. Run `python -m app check` on the server, which says why.") from None
    finally:
        _checking.release()
    _kept["last"] = Checked(now(), tuple(sorted(Mistake(**one) for one in (*told["mistakes"], *told["warnings"]))), told["counts"])
    return _kept["last"]


def of_file(faults: tuple[Mistake, ...], place: str) -> tuple[Mistake, ...]:
    """Those of the file in which an item stands."""
    return tuple(fault for fault in faults if fault.file == place.rsplit(":", 1)[0])
