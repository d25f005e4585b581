"""Several replicas of the app on this machine with nginx before them: started, watched, renewed one after the other, and stopped together."""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from app.event_log import tell
from app.place import ROOT, place
from app.proxy import Site, whole
from app.team import mode
from records import is_server

ANSWERED_AT = ("", "127.0.0.1", "localhost", "0.0.0.0")
"""Addresses with which a replica answers at 127.0.0.1, where nginx and whoever starts it ask."""
PATIENCE = 120
"""Seconds that a replica may take to read the content and answer."""


def nginx() -> str:
    """Where nginx is; empty where it is not installed."""
    return shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin") or ""


def complaints(count: int) -> list[str]:
    """What stands in the way of several replicas."""
    wrong = [*_of_asking(os.environ)]
    if not 2 <= count <= 32:
        wrong.append(f"--replicas is {count}. Write a number from 2 to 32; without it there is one.")
    if not is_server(place()):
        wrong.append("Several replicas share their records, and a file is for one server. Set DATABASE_URL to a PostgreSQL database; `python -m app copy --to URL` takes the records there.")
    if not nginx():
        wrong.append("nginx is not installed, which keeps each learner at one replica. Install it (on Debian: apt-get install nginx-light), then start again.")
    return wrong


def _of_asking(env: Mapping[str, str]) -> Iterator[str]:
    """Settings with which the replicas would answer, but not where and how they are asked."""
    address = env.get("CLEAN_CLAIM_ADDRESS", "").strip()
    if address not in ANSWERED_AT:
        yield (f"CLEAN_CLAIM_ADDRESS is {address}, where the nginx before several replicas does not ask: it asks 127.0.0.1. Leave the address out, or write 0.0.0.0 where a proxy on another machine asks the replicas "
               "too, and that proxy's address in CLEAN_CLAIM_PROXIES.")
    if env.get("CLEAN_CLAIM_TLS_CERTIFICATE", "").strip() or env.get("CLEAN_CLAIM_TLS_KEY", "").strip():
        yield ("CLEAN_CLAIM_TLS_CERTIFICATE and CLEAN_CLAIM_TLS_KEY are for one process: several replicas are asked without TLS. Leave them out and give the certificate to the nginx that faces the network "
               "(`python -m app proxy` prints its configuration).")


class Replica:
    """One process of the app on a port of its own."""

    def __init__(self, port: int, env: dict[str, str]):
        self.port, self.env, self.process = port, env, None

    def start(self) -> None:
        self.process = subprocess.Popen([sys.executable, "-m", "app", "serve", "--port", str(self.port)], cwd=ROOT, env=self.env)

    def wait(self) -> bool:
        """Whether it came to answer."""
        asked = "/healthz" if mode(self.env) else "/_stcore/health"
        begun = time.monotonic()
        while time.monotonic() < begun + PATIENCE and self.process.poll() is None:
            with suppress(OSError):
                if urllib.request.urlopen(f"http://127.0.0.1:{self.port}{asked}", timeout=5).status == 200:
                    tell("replica up", port=self.port, seconds=time.monotonic() - begun)
                    return True
            time.sleep(0.1)
        tell("replica down", port=self.port)
        return False

    def stop(self) -> None:
        """Asks it to end; whoever was connected is taken on by another replica."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


class Replicas:
    """All of them, and nginx. What dies of these is started again; SIGHUP renews them one after the other, for a new version; SIGTERM and Ctrl+C end all."""

    def __init__(self, port: int, count: int, address: str = "127.0.0.1"):
        env = {"STREAMLIT_SERVER_COOKIE_SECRET": secrets.token_hex(32), **os.environ}     # the same for all, or a form begun at one is refused by the next
        self.folder = Path(tempfile.mkdtemp(prefix="clean-claim-nginx-"))
        self.replicas = [Replica(port + number, env) for number in range(1, count + 1)]
        self.site = Site("_", tuple(replica.port for replica in self.replicas), f"{address}:{port}", log=f"{self.folder}/access.log")
        self.listen = address, port
        self.proxy, self.ending, self.renewing = None, False, False

    def start(self) -> bool:
        """Whether every replica came up; nginx is started only then."""
        for replica in self.replicas:
            replica.start()
        if not all([replica.wait() for replica in self.replicas]):
            return False
        self.conf = self.folder / "nginx.conf"
        self.conf.write_text(whole(self.site, self.folder) if os.getuid() else f"user root;\n{whole(self.site, self.folder)}", encoding="utf-8")
        return self.start_proxy()

    def start_proxy(self) -> bool:
        """Whether nginx came to listen. It has a process group of its own, so that what one has left behind, its workers at the same port, is found."""
        self.proxy = subprocess.Popen([nginx(), "-p", str(self.folder), "-c", str(self.conf)], stderr=subprocess.DEVNULL, process_group=0)
        return self.answers()

    def restart_proxy(self) -> None:
        print("nginx has ended and is started again.", file=sys.stderr, flush=True)
        tell("proxy down", port=self.listen[1])
        with suppress(ProcessLookupError):
            os.killpg(self.proxy.pid, signal.SIGKILL)
        if not self.start_proxy():
            time.sleep(1)

    def answers(self) -> bool:
        """Whether nginx came to listen."""
        end = time.monotonic() + 10
        while time.monotonic() < end and self.proxy.poll() is None:
            with suppress(OSError), socket.create_connection(self.listen, timeout=1):
                return True
            time.sleep(0.05)
        return False

    def renew(self) -> None:
        """Stops and starts one after the other, so that somebody always answers."""
        for replica in self.replicas:
            replica.stop()
            replica.start()
            if not replica.wait():
                print(f"The replica at {replica.port} did not come up again; the others go on as they are.", file=sys.stderr, flush=True)
                return
        print("Every replica was renewed.", flush=True)

    def watch(self) -> None:
        """Until it is told to end."""
        while not self.ending:
            if self.proxy.poll() is not None:
                self.restart_proxy()
            if self.renewing:
                self.renew()
                self.renewing = False
            for replica in self.replicas:
                if replica.process.poll() is not None:
                    print(f"The replica at {replica.port} has ended and is started again.", file=sys.stderr, flush=True)
                    tell("replica down", port=replica.port)
                    replica.start()
            time.sleep(0.5)

    def stop(self) -> None:
        if self.proxy and self.proxy.poll() is None:
            self.proxy.terminate()
            self.proxy.wait(timeout=10)
        for replica in self.replicas:
            replica.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def end(self, *_signal) -> None:
        self.ending = True

    def again(self, *_signal) -> None:
        self.renewing = True


def serve(port: int, count: int) -> int:
    """Serves until it is stopped; 1 when it could not start."""
    held = Replicas(port, count)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, held.end)
    signal.signal(signal.SIGHUP, held.again)
    try:
        if not held.start():
            print("Clean Claim does not start: a replica or nginx did not come up; what it said stands above.", file=sys.stderr)
            return 1
        print(f"{count} replicas answer at http://127.0.0.1:{port}   (Ctrl+C stops them)", flush=True)
        held.watch()
        return 0
    finally:
        held.stop()
