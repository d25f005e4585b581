"""The server of a team's installation: the door and its layers around the Streamlit app. `python -m app serve` starts it."""

import asyncio
import gc
import json
import logging
import os
import sys
from contextlib import asynccontextmanager, suppress

import streamlit as st
from starlette.middleware import Middleware

from app import session
from app.door import layers, routes, watching
from app.place import ROOT
from app.team import Team, team

SWEEP = 5
"""Seconds between two collections of garbage, which Streamlit would else make after every run: see docs/decisions."""


@asynccontextmanager
async def lifespan(_app):
    """Opens the records and reads the content before the first visitor comes. What is loaded then is left out of collections; the rest is swept now and then."""
    logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context").setLevel(logging.ERROR)   # the door asks the records outside of a page
    session.ledger(), session.catalogue()
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    sweeper = asyncio.create_task(sweep())
    try:
        yield {}
    finally:
        sweeper.cancel()
        with suppress(asyncio.CancelledError):
            await sweeper


async def sweep() -> None:
    while True:
        await asyncio.sleep(SWEEP)
        gc.collect()


def secrets(held: Team) -> dict:
    """What st.login needs, from the settings: no file with secrets lies about."""
    if held.mode != "oidc":
        return {}
    return {"auth": {"redirect_uri": f"{held.url}/oauth2callback", "cookie_secret": held.secret, "client_id": held.client, "client_secret": held.client_secret,
                     "server_metadata_url": held.metadata}}


def application(held: Team) -> st.App:
    """The app with the door in front of it."""
    made = [Middleware(layers.Headed, held=held), Middleware(layers.Addressed, held=held), Middleware(layers.Identity, held=held)]
    return st.App(ROOT / "streamlit_app.py", secrets=secrets(held) or None, lifespan=lifespan, routes=[*routes.routes(held), *watching.ROUTES], middleware=made)


def serve(port: int) -> None:
    """Serves until it is stopped."""
    held = team()
    os.environ["STREAMLIT_SERVER_COOKIE_SECRET"] = held.secret
    os.environ["FORWARDED_ALLOW_IPS"] = held.proxies or "127.0.0.1"
    sys.argv = [str(ROOT / "streamlit_app.py")]
    options = {"server.address": held.address, "server.port": port, "server.headless": True, "server.trustedUserHeaders": json.dumps({layers.SESSION_HEADER: "sid"})}
    if held.certificate:
        options |= {"server.sslCertFile": held.certificate, "server.sslKeyFile": held.key}
    application(held).run(config=options)
