"""A team's server as `make run` starts it, people in it, and how they get in."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from records import People, Profile, Records, Ticket, digest
from tests.browser.running import ROOT, free_port, settle

PASSWORD = "plain marmalade on tuesdays"
SECRET = "for the tests and nobody else: 32 characters and more"


class TeamServer:
    """`people` speaks to the same records beside the server. module: what is started in the server's place."""

    def __init__(self, folder: Path, module: str = "", **settings: str):
        self.module = module
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.database = settings.get("DATABASE_URL") or folder / "team.sqlite"
        self.env = {**os.environ, "CLEAN_CLAIM_DB": str(self.database), "CLEAN_CLAIM_TEAM": "password", "CLEAN_CLAIM_URL": self.url, "CLEAN_CLAIM_COOKIE_SECRET": SECRET,
                    "CLEAN_CLAIM_METRICS_TOKEN": "scraper", "CLEAN_CLAIM_ISSUER_NAME": "Harbor Billing Group", **settings}
        if "DATABASE_URL" not in settings:
            self.env.pop("DATABASE_URL", None)
        self.records = Records.open(self.database)
        self.people, self.log = People(self.records), folder / "team.log"
        self.invite("root", "Ruth Adler", "admin")

    def invite(self, id: str, name: str, role: str) -> str:
        """An account and its link."""
        at = time.time_ns() // 1_000_000
        secret = f"link-for-{id}-{at}"
        self.people.invite(Profile(id, name, "exam", "cpb", None, at), role, f"{id}@example.org", Ticket(digest(secret), id, "join", at, at + 3_600_000), "tests", at)
        return f"{self.url}/auth/invitation?token={secret}"

    def add(self, id: str, name: str, role: str) -> None:
        """Someone with a password."""
        from app.door import passwords
        link = self.invite(id, name, role)
        self.people.use_for_password(digest(link.split("token=")[1]), passwords.hashed(PASSWORD), time.time_ns() // 1_000_000)

    def start(self) -> "TeamServer":
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen([sys.executable, "-m", *([self.module] if self.module else ["app", "serve", "--port"]), str(self.port)], cwd=ROOT, env=self.env, stdout=log, stderr=log)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                urllib.request.urlopen(f"{self.url}/healthz", timeout=2)
                return self
            except OSError:
                assert self.process.poll() is None, self.log.read_text()
                time.sleep(0.2)
        raise TimeoutError(self.log.read_text())

    def stop(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.records.close()


@contextmanager
def team_serving(folder: Path, **settings: str):
    server = TeamServer(folder, **settings)
    try:
        yield server.start()
    finally:
        server.stop()


def sign_in(page, server: TeamServer, id: str, password: str = PASSWORD) -> None:
    """By the sign-in page, which every page leads to; waits for Home unless the password is another one."""
    page.goto(server.url)
    page.get_by_label("E-mail address").fill(f"{id}@example.org")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    if password == PASSWORD:
        page.wait_for_selector("h1", timeout=60_000)
        page.get_by_role("heading", name="Hello").wait_for(timeout=60_000)
        settle(page)
