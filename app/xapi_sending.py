"""How statements reach a learning record store: a hundred at a time, again after a pause where it is busy, never twice in effect, and no secret in any sentence."""

import json
import time
import urllib.error
import urllib.request
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from app.team import loopback
from app.xapi import VERSION

BATCH, PATIENCE = 100, 30.0
PAUSES = (1.0, 4.0, 15.0)
"""Seconds before each further try of a batch."""
BUSY = (408, 429, 500, 502, 503, 504)


class NotTold(Exception):
    """The store did not take them; the sentence says why and what to do, and holds no secret."""


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """Credentials go to the address that was named and to no other."""

    def redirect_request(self, *given):
        return None


@dataclass(frozen=True)
class Store:
    """A learning record store. `key` and `secret` are kept out of everything that is printed."""
    url: str
    key: str = ""
    secret: str = ""
    wait: Callable[[float], None] = time.sleep

    def __repr__(self) -> str:
        return f"Store({self.url})"

    def send(self, statements: list[dict]) -> None:
        """Takes them to the store; one that is there already under its id is no fault. NotTold when it could not be done."""
        status = self._post(statements)
        if status == 409 and len(statements) > 1:     # one of them is there and reads otherwise by now, since marks were corrected: the first telling stands
            for one in statements:
                self.send([one])
            return
        if status != 409 and status >= 300:
            raise NotTold(refusal(self.url, status))

    def _post(self, statements: list[dict]) -> int:
        for pause in (*PAUSES, None):
            try:
                status = self._once(statements)
            except (urllib.error.URLError, TimeoutError, OSError) as problem:
                if pause is None:
                    raise NotTold(f"{self.url} did not answer ({type(getattr(problem, 'reason', problem)).__name__}). What was taken so far is noted; run this again to go on.") from None
            else:
                if status not in BUSY or pause is None:
                    return status
            self.wait(pause)
        raise AssertionError("the last try returns or raises")

    def _once(self, statements: list[dict]) -> int:
        headers = {"Content-Type": "application/json", "X-Experience-API-Version": VERSION}
        if self.key:
            headers["Authorization"] = "Basic " + b64encode(f"{self.key}:{self.secret}".encode()).decode()
        request = urllib.request.Request(f"{self.url.rstrip('/')}/statements", json.dumps(statements).encode(), headers, method="POST")
        try:
            with urllib.request.build_opener(_NoRedirects).open(request, timeout=PATIENCE) as answer:
                return answer.status
        except urllib.error.HTTPError as refused:
            refused.close()
            return refused.code


def complaint(url: str) -> str:
    """What is wrong with the store's address; nothing where it will do."""
    parts = urlsplit(url)
    if parts.username or parts.password:
        return "The address holds a name or a password, which would end in logs. Put them into CLEAN_CLAIM_XAPI_KEY and CLEAN_CLAIM_XAPI_SECRET."
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        return "Write the address of the store's endpoint, such as https://lrs.example.org/xapi."
    if parts.scheme == "http" and not loopback(parts.hostname):
        return "The address is without TLS: statements and the key would cross the network in the clear. Use https://."
    return ""


def refusal(url: str, status: int) -> str:
    says = {401: "refused the key", 403: "refused the key", 404: "knows no such endpoint", 413: "calls a batch too large"}.get(status, "points elsewhere" if 300 <= status < 400 else "did not take the statements")
    return f"{url} {says} (HTTP {status}). Look at the address, CLEAN_CLAIM_XAPI_KEY and CLEAN_CLAIM_XAPI_SECRET. What was taken so far is noted; run this again to go on."
