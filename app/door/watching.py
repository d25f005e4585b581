"""What machines ask: whether this server is well, and figures of it without a person in them; and what of both is told in the event log."""

import asyncio
import hmac
import os
import time
from contextlib import suppress

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from app.door import entering, exposition, figures
from app.event_log import Deltas, tell
from app.session import ledger
from records import Figures, RecordsError, reason

GOOD_FOR = 5.0
"""Seconds for which a look is good: whoever asks without end causes no more writes than this."""
FRESH = {"cache-control": "no-store"}
WHY = {
    "busy": "the app is at something long, or at more than it can do, and what is handed in waits too long. Look what it is at (a deletion, an import); if it stays so, one process is not enough: the page on growing says what is.",
    "locked": "another program keeps the records locked. Find it (a second server, a database browser, a copy by other means) and end it.",
    "read-only": "the records may not be written by this user, or their database takes no writes. Give the permission back.",
    "disk-full": "the disk that holds the records is full or refuses to write. Free some space.",
    "disk-failed": "the disk that holds the records failed to keep what was written. Look at the disk and its log, then stop the app and start it again: until then nothing more is saved.",
    "damaged": "the records are damaged. Stop the app, keep the files as they are, and restore a backup.",
    "no-place": "the place of the records cannot be reached. Look whether its folder or disk is there.",
    "unreachable": "the database does not answer. Look whether it runs, and at the network to it.",
    "outdated": "a later version has brought the records to its shape. Stop the app and start it again with that version.",
    "closed": "the app is shutting down.",
}


class Writing:
    """Whether an answer could be saved, as of the last look."""

    def __init__(self):
        self.at, self.why, self.since, self.turn = 0.0, "", 0.0, asyncio.Lock()

    async def look(self) -> str:
        """Why not, in a word; nothing when it could. Looks anew where the last look is old; who asks meanwhile waits for that one."""
        async with self.turn:
            if not self.at or time.monotonic() - self.at > GOOD_FOR:
                self.note(await to_thread.run_sync(cannot_write))
            return self.why

    def note(self, why: str) -> None:
        """Keeps what was found, and tells when it changed."""
        before, self.at, self.why = self.why, time.monotonic(), why
        if why and why != before:
            self.since = self.since if before else self.at
            tell("records cannot be written", reason=why)
        elif before and not why:
            tell("records can be written again", seconds=self.at - self.since)


WRITING, CHANGES, ANSWERS, SIGN_INS = Writing(), Deltas(), Deltas(), Deltas()


def cannot_write() -> str:
    """Tries to read and to write, waiting for a lock as an answer would."""
    try:
        held = ledger().unguarded
        held.shape()
        return held.cannot_write()
    except (RecordsError, FileNotFoundError) as problem:
        return reason(problem)


async def healthz(_request: Request) -> Response:
    """200 while answers can be saved, 503 with why they cannot."""
    why = await WRITING.look()
    said = f"Not well: nothing can be saved, since {WHY.get(why, 'the database refuses it. The event log says more.')} What was saved is safe.\n" if why else "ok\n"
    return PlainTextResponse(said, 503 if why else 200, FRESH)


def token() -> str:
    """What a scraper must bring; empty where there are no figures to be had."""
    return os.environ.get("CLEAN_CLAIM_METRICS_TOKEN", "").strip()


async def metrics(request: Request) -> Response:
    """For a scraper that brings the token; to everybody else there is nothing here."""
    if not token() or not hmac.compare_digest(request.headers.get("authorization", "").encode(), f"Bearer {token()}".encode()):
        return PlainTextResponse("Not found.\n", 404)
    why = await WRITING.look()
    found = await to_thread.run_sync(figures.everything, why)
    return Response(exposition.text(found), headers=FRESH, media_type=exposition.TYPE)


def tell_what_is_new() -> None:
    """What was refused since the last time, a line for each reason."""
    with suppress(RecordsError):
        tell_what_was_not_saved(ledger().unguarded.figures)
    for word, many in SIGN_INS.new(dict(entering.REFUSED)).items():
        tell("sign-in refused", reason=word, count=many)


def tell_what_was_not_saved(held: Figures) -> None:
    answers, changes = ANSWERS.new(dict(held.refused)), CHANGES.new(dict(held.failed))
    for word in sorted({*answers, *changes}):
        tell("not saved", reason=word, changes=changes.get(word, 0), answers=answers.get(word, 0))


ROUTES = [Route("/healthz", healthz), Route("/metrics", metrics)]
