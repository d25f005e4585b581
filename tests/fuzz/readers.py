"""Every reader of what comes from outside, good texts for each, and the errors by which it may say no."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from app import people_listed, transactions
from app.badges.credential import verified
from app.badges.suite import NotGenuine
from app.claim_file import read_claim
from app.commands.blind import NotRead, answers_of
from app.door.layers import _cookie
from app.door.going_back import within
from app.door.routes import form_of
from app.door.speaking import may_be_asked
from app.response_file import read_responses
from billing.ncpdp import requests, responses, wire
from billing.x12 import acknowledgements, claims, eligibility, remittance, status
from billing.x12.wire import NotX12
from curriculum import crosswalk
from curriculum.blind_review import Review
from curriculum.mistakes import Unreadable
from curriculum.models import QuestionSet
from curriculum.reader import read, typed
from curriculum.scenarios import Scenario
from curriculum.x12_explaining import explain, survey
from curriculum.x12_told import read_transaction
from records import ROLES, Records, RecordsError, restore
from scoring.answers import parse
from streamlit.proto.BackMsg_pb2 import BackMsg
from tests.badges.test_credential import COMPACT, FILE
from tests.pharmacy.test_ncpdp import CLAIMS, PAID, REJECTED

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "docs" / "examples"
AT = datetime(2026, 11, 23, 9)


@dataclass(frozen=True)
class Reader:
    """`call` is given a broken text; whatever it raises that is not in `allowed` is a fault of ours. `slow`: a case costs much."""
    name: str
    seeds: Callable[[], tuple[str, ...]]
    call: Callable[[str], object]
    allowed: tuple[type[Exception], ...]
    slow: bool = False


@cache
def folder() -> Path:
    return Path(mkdtemp(prefix="fuzz-"))


def kept(text: str, name: str) -> Path:
    """The text as a file: also what is no UTF-8, where it has a lone surrogate."""
    path = folder() / name
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    return path


@cache
def yamls() -> tuple[str, ...]:
    files = [*EXAMPLES.glob("*.yaml"), *sorted((ROOT / "quizzes").rglob("*.yaml"))[::40], *sorted((ROOT / "scenarios").rglob("*.yaml"))[::40]]
    return tuple(path.read_text() for path in files)


@cache
def claim_files() -> tuple[str, ...]:
    return tuple(path.read_text() for path in sorted(EXAMPLES.glob("claim-*.yaml")))


@cache
def x12() -> tuple[str, ...]:
    return tuple(transactions.sample(kind) for kind in transactions.SAMPLES)


@cache
def ncpdp() -> tuple[str, ...]:
    return (*(wire.write(requests.request(claim)) for claim in CLAIMS.values()), *(wire.write(responses.response(answer, CLAIMS["plain"])) for answer in (PAID, REJECTED)))


def read_yaml(text: str) -> None:
    node = read("x.yaml", text)
    for kind in (QuestionSet, Scenario):
        found, mistakes = typed(kind, node)
        assert found is not None or mistakes


def read_x12(text: str) -> None:
    """All readers, each for itself: one that refuses must not hide another."""
    for reader in (claims.read_claims, eligibility.read_inquiry, eligibility.read_response, status.read_status_questions, status.read_statuses, remittance.read_remittance,
                   acknowledgements.read_claim_acknowledgement, acknowledgements.read_file_acknowledgement, lambda given: acknowledgements.acknowledge(given, AT, 1)):
        try:
            reader(text)
        except NotX12:
            continue


def tell_x12(text: str) -> None:
    """As the page of transactions does."""
    survey(lambda: iter([text]))
    read_transaction(lambda: iter([text]), transactions.terms(), transactions.books())
    try:
        list(explain(iter([text]), transactions.terms(), transactions.books()))
    except NotX12:
        return


def read_ncpdp(text: str) -> None:
    for response in (False, True):
        try:
            found = wire.read(text, response)
            wire.faults(found)
            responses.answer_of(found, "heronwood") if response else requests.claim_of(found, "heronwood")
        except wire.Unreadable:
            continue


def parse_answers(text: str) -> None:
    """An answer as a browser may send it: any text, and lists and pairs of it."""
    ids = frozenset(("a", "b", "c"))
    for kind in ("single-choice", "true-false", "multiple-choice", "matching", "ordering", "money", "numeric", "date", "code-entry"):
        for response in (text, [text], [text, "a"], {"p": text}, {text: "a"}, None, 7, [[text]]):
            parse(kind, response, ids, frozenset(("p", "q")))


REVIEWS = ("""# a-slug
- {id: "0d4a7a5e-7a0e-4b6e-9b0f-3a1f0c9d2e11", hash: "c0ffee", response: "a", on: "2026-11-28"}
- {id: "0d4a7a5e-7a0e-4b6e-9b0f-3a1f0c9d2e12", hash: "c0ffee", response: ["a", "b"], on: "2026-11-28", seed: 3}
- {id: "0d4a7a5e-7a0e-4b6e-9b0f-3a1f0c9d2e13", hash: "c0ffee", response: {"denied": "yes"}, on: "2026-11-28"}
""",)


class Request:
    """The body of a form, in pieces."""

    def __init__(self, body: bytes):
        self.body = body

    async def stream(self):
        for at in range(0, len(self.body), 700):
            yield self.body[at:at + 700]


def now(work):
    """The outcome of a coroutine that waits for nothing."""
    try:
        while True:
            work.send(None)
    except StopIteration as done:
        return done.value


def read_door(text: str) -> None:
    """A form, a cookie and an address to go on to."""
    fields = now(form_of(Request(text.encode("utf-8", "surrogatepass"))))
    assert all(isinstance(value, str) for value in fields.values())
    _cookie(text, "clean-claim")
    assert within(text).startswith("/") and not within(text).startswith(("//", "/\\"))


@cache
def backups() -> tuple[str, ...]:
    """A sound backup, its bytes as characters."""
    from tests.records import made
    path = folder() / "sound.sqlite"
    with Records.open(path) as records:
        records.add_profile(made.profile())
        records.start(made.attempt())
        records.append(made.step(), made.grading())
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA journal_mode = DELETE")
    return (path.read_bytes().decode("latin-1"),)


def restore_backup(text: str) -> None:
    broken = folder() / "broken.sqlite"
    broken.write_bytes(text.encode("latin-1", "replace"))
    target = folder() / "target.sqlite"
    for path in folder().glob("target.sqlite*"):
        path.unlink()
    restore(broken, target, patience=0.2, even_unaccounted=True, at=9_000)


def read_listed(text: str) -> None:
    """People as an admin pastes them: where no mistake is told, whoever is invited has a name, a role of ours, and an address where one is needed."""
    for needed in (True, False):
        people, wrong = people_listed.read(text, ROLES, needed, {"ann@example.org"})
        assert wrong or people and all(one.name.strip() and one.role in ROLES and (not needed or people_listed.is_address(one.email)) for one in people)


@cache
def messages() -> tuple[str, ...]:
    """What a page of ours sends over its websocket, and what it never does; bytes as characters."""
    asked = BackMsg()
    asked.rerun_script.query_string = "attempt=a1"
    state = asked.rerun_script.widget_states.widgets.add()
    state.id, state.string_value = "answer", "J1885"
    return tuple(one.SerializeToString().decode("latin-1") for one in (asked, BackMsg(app_heartbeat=True), BackMsg(clear_cache=True), BackMsg(stop_script=True)))


def read_reviews(text: str) -> None:
    found, mistakes = typed(tuple[Review, ...], read("blind-review.yaml", text))
    assert found is not None or mistakes


READERS = (
    Reader("yaml", yamls, read_yaml, (Unreadable,), slow=True),
    Reader("claim file", claim_files, lambda text: read_claim(kept(text, "claim.yaml"), ROOT), (Unreadable,), slow=True),
    Reader("x12", x12, read_x12, ()),
    Reader("x12 told", x12, tell_x12, (NotX12,), slow=True),
    Reader("ncpdp", ncpdp, read_ncpdp, ()),
    Reader("statistics csv", lambda: ("id,q1,q2,q3\nann,1,0,1\nbea,0,0,1\ncal,1,1,1\n", "1;0;1\n0;0;1\n1;1;1\n", "name\tq1\tq2\na\tB\tC\nb\tA\tC\n"),
           lambda text: read_responses(kept(text, "table.csv")), (Unreadable,)),
    Reader("statistics key", lambda: ("q1,q2\nA,B\n", "AB", "A B C"), lambda text: read_responses(kept("id,q1,q2\na,A,B\nb,B,B\n", "options.csv"), str(kept(text, "key.csv"))), (Unreadable,)),
    Reader("crosswalk", lambda: ("training,code\nTX101,99999\nTX102,99998\n",), lambda text: crosswalk.read(kept(text, "crosswalk.csv")), (Unreadable,)),
    Reader("answers", lambda: ("1,234.50", "$12.00", "12.5%", "2026-03-31", "J1885", "a", "E11.9"), parse_answers, ()),
    Reader("the door", lambda: ("email=ann%40example.org&password=a+b&next=%2Fquizzes", "clean-claim=abc; other=\"d e\"; x=1", "/quizzes?x=1", "//evil.example"), read_door, ()),
    Reader("credential", lambda: (FILE.decode(), COMPACT.decode()), lambda text: verified(text.encode("utf-8", "surrogatepass")), (NotGenuine,)),
    Reader("invitation list", lambda: ("Ida Moss, ida@example.org, trainer\nOle Berg\tole@example.org\tLearner\n", "Moss, Ida; ida@example.org\n\"Pia\", <pia@example.org>\n"), read_listed, ()),
    Reader("websocket", messages, lambda text: may_be_asked(text.encode("latin-1", "replace")), ()),
    Reader("blind reviews", lambda: REVIEWS, read_reviews, (Unreadable,)),
    Reader("blind answers", lambda: (json.dumps({"9d3": "a", "9d4": ["a", "b"], "9d5": {"denied": "yes", "paid": "12.50"}}),), lambda text: answers_of(kept(text, "answers.json")), (NotRead,)),
    Reader("backup", backups, restore_backup, (RecordsError,)),
)
