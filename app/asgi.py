"""The server: Streamlit's app with what machines ask beside it, and for a team the door and its layers around it. `python -m app serve` starts it."""

import asyncio
import json
import logging
import os
import platform
import socket
import sys
import time
from collections.abc import Callable
from contextlib import asynccontextmanager, suppress
from itertools import count
from urllib.parse import urlsplit

import streamlit as st
from starlette.middleware import Middleware

from app import door, memory, sending, session
from app.door import figures, going_back, layers, open_pages, routes, speaking, uploading, watching
from app.event_log import tell
from app.foreign_logs import STREAMLIT, bare_logs
from app.place import ROOT
from app.team import Team, mode, team

LOOPBACK = "127.0.0.1"
NAMES = (LOOPBACK, "localhost", "::1")
QUIET = 5
"""Seconds between two tellings of what was refused: a line for many, so that a storm fills no log."""


@asynccontextmanager
async def lifespan(_app):
    """Opens the records and reads the content before the first visitor comes. What is loaded then stays; the rest is swept."""
    logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context").setLevel(logging.ERROR)   # the door asks the records outside of a page
    held = session.ledger().unguarded
    wrong = [mistake for mistake in session.catalogue().mistakes if not getattr(mistake, "warning", False)]
    figures.content()
    memory.loaded()
    sweeper = asyncio.create_task(sweep(held.engine.forget_pages))
    tell("started", mode=mode() or "alone", engine=held.engine.dialect, schema=held.shape(), content=figures.content(), mistakes=len(wrong), python=platform.python_version(),
         streamlit=st.__version__, port=st.get_option("server.port"))
    try:
        yield {}
    finally:
        sweeper.cancel()
        with suppress(asyncio.CancelledError):
            await sweeper
        watching.tell_what_is_new()
        tell("stopped", seconds=time.monotonic() - figures.STARTED)


async def sweep(forget: Callable[[], None]) -> None:
    """Each second what is left over goes, and now and then what was refused is told."""
    sweeper = memory.Sweeper(forget)
    for second in count(1):
        await asyncio.sleep(1)
        sweeper.second()
        if second % QUIET == 0:
            watching.tell_what_is_new()


def secrets(held: Team) -> dict:
    """What st.login needs, from the settings: no file with secrets lies about."""
    if held.mode != "oidc":
        return {}
    return {"auth": {"redirect_uri": f"{held.url}/oauth2callback", "cookie_secret": held.secret, "client_id": held.client, "client_secret": held.client_secret,
                     "server_metadata_url": held.metadata}}


def application(held: Team | None) -> st.App:
    """The app; a team's with the door in front of it."""
    if held is None:
        return st.App(ROOT / "streamlit_app.py", lifespan=lifespan, routes=watching.ROUTES, middleware=[Middleware(layers.Flat)])
    door.stands = True
    made = [Middleware(layers.Headed, held=held), Middleware(layers.Addressed, held=held), Middleware(layers.Flat), Middleware(layers.Identity, held=held), Middleware(going_back.Returning, held=held), Middleware(uploading.Bounded),
            Middleware(open_pages.Open), Middleware(speaking.Spoken)]
    return st.App(ROOT / "streamlit_app.py", secrets=secrets(held) or None, lifespan=lifespan, routes=[*routes.routes(held), *watching.ROUTES], middleware=made)


def serve(port: int) -> None:
    """Serves until it is stopped."""
    memory.one_store()
    sending.at_once()
    held = team()
    address = held.address if held else LOOPBACK
    if taken(address, port):
        raise SystemExit(f"Clean Claim does not start: port {port} is taken. `PORT={port + 99} make run` takes another.")
    os.environ["FORWARDED_ALLOW_IPS"] = held.proxies or LOOPBACK if held else LOOPBACK
    if held:
        os.environ["STREAMLIT_SERVER_COOKIE_SECRET"] = held.secret
    sys.argv = [str(ROOT / "streamlit_app.py")]
    options = STREAMLIT | {"server.address": address, "server.port": port, "server.headless": True, "server.allowedHosts": hosts(held)}
    if held:
        options |= {"server.trustedUserHeaders": json.dumps({layers.SESSION_HEADER: "sid"})}
    if held and held.certificate:
        options |= {"server.sslCertFile": held.certificate, "server.sslKeyFile": held.key}
    print(f"Clean Claim is starting at {held.url if held else f'http://localhost:{port}'}   (Ctrl+C stops it)", flush=True)
    bare_logs()
    application(held).run(config=options)


def hosts(held: Team | None) -> list[str]:
    """The names under which pages are spoken with: alone those of this machine, so that no other site's name can be pointed at it."""
    return [urlsplit(held.url).hostname or ""] if held else [*NAMES, *filter(None, [urlsplit(os.environ.get("CLEAN_CLAIM_URL", "")).hostname])]


def taken(address: str, port: int) -> bool:
    """Whether another program listens there."""
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as tried, suppress(OSError):
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        tried.bind((address, port))
        return False
    return True
