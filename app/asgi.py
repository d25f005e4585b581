"""The server: Streamlit's app with what machines ask beside it, and for a team the door and its layers around it. `python -m app serve` starts it."""

import asyncio
import gc
import json
import logging
import os
import platform
import socket
import sys
import time
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit

import streamlit as st
from starlette.middleware import Middleware

from app import door, memory, session
from app.door import figures, layers, open_pages, routes, speaking, uploading, watching
from app.event_log import tell
from app.foreign_logs import STREAMLIT, bare_logs
from app.place import ROOT
from app.team import Team, mode, team

LOOPBACK = "127.0.0.1"
NAMES = (LOOPBACK, "localhost", "::1")
SWEEP = 1
"""Seconds between two collections of what is new, which Streamlit would else make of everything after every run: see docs/decisions."""
WHOLE = (5, 60)
"""Sweeps after which everything is collected: while nothing runs, and at the latest. With hundreds of learners it stops all of them for a tenth of a second and more."""
FEW = 1_000
"""Objects that are new since the sweep before, of a server where nothing runs."""


@asynccontextmanager
async def lifespan(_app):
    """Opens the records and reads the content before the first visitor comes. What is loaded then is left out of collections; the rest is swept now and then."""
    logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context").setLevel(logging.ERROR)   # the door asks the records outside of a page
    held = session.ledger().unguarded
    wrong = [mistake for mistake in session.catalogue().mistakes if not getattr(mistake, "warning", False)]
    figures.content()
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    sweeper = asyncio.create_task(sweep())
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


async def sweep() -> None:
    """Collects what is left over, and tells what was refused meanwhile: a line for many, so that a storm fills no log."""
    since = 0
    while True:
        await asyncio.sleep(SWEEP)
        since += 1
        busy = gc.get_count()[0] > FEW
        if whole := since >= WHOLE[busy]:
            since = 0
        gc.collect(2 if whole else 1)
        if whole and not busy:
            memory.give_back()
        if since % 5 == 0:
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
    made = [Middleware(layers.Headed, held=held), Middleware(layers.Addressed, held=held), Middleware(layers.Flat), Middleware(layers.Identity, held=held), Middleware(uploading.Bounded),
            Middleware(open_pages.Open), Middleware(speaking.Spoken)]
    return st.App(ROOT / "streamlit_app.py", secrets=secrets(held) or None, lifespan=lifespan, routes=[*routes.routes(held), *watching.ROUTES], middleware=made)


def serve(port: int) -> None:
    """Serves until it is stopped."""
    memory.one_store()
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
