"""What machines ask: whether this server is well, and figures of it without a person in them."""

import hmac
import os
import resource
import time

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from app.gate import now
from app.session import ledger
from app.team import team
from records import RecordsError

STARTED = time.monotonic()


def well() -> bool:
    """Whether the records answer."""
    try:
        return ledger().unguarded.engine.read(lambda db: db.execute("SELECT 1").fetchone()[0]) == 1
    except (RecordsError, FileNotFoundError):
        return False


async def healthz(_request: Request) -> Response:
    """200 when pages can be served, 503 while the records do not answer."""
    fine = await to_thread.run_sync(well)
    return PlainTextResponse("ok\n" if fine else "the records do not answer\n", 200 if fine else 503, {"cache-control": "no-store"})


def figures() -> dict[str, tuple[str, float]]:
    """Name to what it is and how much."""
    def counted(db):
        one = lambda sql, *values: db.execute(sql, list(values)).fetchone()[0]     # noqa: E731
        return (one("SELECT count(*) FROM session WHERE revoked_at IS NULL AND expires_at > ?", now()), one("SELECT coalesce(max(serial), 0) FROM step"),
                one("SELECT count(*) FROM sign_in_failure WHERE at > ?", now() - 900_000))
    sessions, steps, failures = ledger().unguarded.engine.read(counted)
    with open("/proc/self/statm") if os.path.exists("/proc/self/statm") else open(os.devnull) as file:
        pages = (file.read().split() or ["0", "0"])[1]
    return {"up": ("Whether the records answer.", 1), "uptime_seconds": ("How long this server has run.", time.monotonic() - STARTED),
            "sessions": ("Sessions that have not ended or run out.", sessions), "steps_total": ("Steps in the records.", steps),
            "sign_in_failures": ("Counted failures of the last quarter of an hour.", failures),
            "resident_bytes": ("Memory of this process.", int(pages) * resource.getpagesize()),
            "cpu_seconds_total": ("Processor time of this process.", sum(resource.getrusage(resource.RUSAGE_SELF)[:2]))}


async def metrics(request: Request) -> Response:
    """For a scraper that brings the token; to everybody else there is nothing here."""
    token = team().metrics
    if not token or not hmac.compare_digest(request.headers.get("authorization", ""), f"Bearer {token}"):
        return PlainTextResponse("Not found.\n", 404)
    try:
        found = await to_thread.run_sync(figures)
    except RecordsError:
        found = {"up": ("Whether the records answer.", 0)}
    lines = [f"# HELP clean_claim_{name} {what}\n# TYPE clean_claim_{name} {'counter' if name.endswith('_total') else 'gauge'}\nclean_claim_{name} {value:g}"
             for name, (what, value) in found.items()]
    return PlainTextResponse("\n".join(lines) + "\n", headers={"cache-control": "no-store"})


ROUTES = [Route("/healthz", healthz), Route("/metrics", metrics)]
