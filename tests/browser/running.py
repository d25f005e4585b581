"""The real server on a free port with a database of its own, and how a test waits for its pages."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = next((path for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome") if os.path.exists(path)), "")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ADD = re.compile("^(Start|Add profile)$")
READY = '[data-testid="stApp"][data-test-script-state="notRunning"]'


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """The app as `make run` starts it; it can be killed and started again on the same port and database."""

    def __init__(self, database: Path):
        self.database, self.port, self.process = database, free_port(), None
        self.url = f"http://127.0.0.1:{self.port}"

    def start(self) -> "Server":
        command = [sys.executable, "-m", "streamlit", "run", "streamlit_app.py", "--server.port", str(self.port)]
        self.process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "CLEAN_CLAIM_DB": str(self.database)},
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=2)
                return self
            except OSError:
                time.sleep(0.2)
        raise TimeoutError("the server did not answer within a minute")

    def kill(self) -> None:
        """As a power cut would: no goodbye."""
        self.process.kill()
        self.process.wait()


@contextmanager
def serving(database: Path):
    server = Server(database).start()
    try:
        yield server
    finally:
        server.kill()


BROWSERS = []        # the one that runs: Playwright starts once a process, and each test has a context of its own in it


@contextmanager
def chromium():
    """A browser; the one that runs already, where a wider fixture holds one."""
    if BROWSERS:
        yield BROWSERS[0]
        return
    from playwright.sync_api import sync_playwright
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"])
        BROWSERS.append(browser)
        try:
            yield browser
        finally:
            BROWSERS.remove(browser)
            browser.close()


def settle(page) -> None:
    """Waits until the script has run and its widgets have been drawn."""
    page.wait_for_timeout(150)   # a click needs a moment to start the run
    page.wait_for_selector(READY, timeout=60_000)
    page.wait_for_function("() => !document.querySelector('[data-testid=\"stSkeleton\"]')", timeout=30_000)
    page.wait_for_timeout(250)


def opened(page, address: str) -> None:
    """Goes to an address and waits for its heading."""
    page.goto(address)
    page.wait_for_selector("h1", timeout=60_000)
    settle(page)


def add_person(page, server: Server, name: str) -> str:
    """Makes a profile by the welcome page; returns the query that names it."""
    opened(page, f"{server.url}/welcome")
    if not page.get_by_role("button", name=ADD).last.is_visible():
        page.get_by_text("Add someone").click()
        settle(page)
    page.get_by_label("Your name").last.fill(name)
    page.get_by_label("Your name").last.press("Tab")
    settle(page)
    page.get_by_role("button", name=ADD).last.click()
    page.get_by_role("heading", name=f"Hello, {name}").wait_for(timeout=30_000)
    settle(page)
    return page.url.split("?", 1)[1]


def begin(page) -> None:
    """From any page to the first question of the first set."""
    page.get_by_role("link", name="Quizzes").first.click()
    page.get_by_role("button", name=re.compile("^Start:")).first.click(timeout=30_000)
    page.get_by_role("heading", name="Question 1 of").wait_for(timeout=30_000)
    settle(page)


def fill_anything(page) -> None:
    """Gives the question on the screen some readable answer."""
    choices = page.get_by_role("radiogroup", name="Your answer").get_by_role("radio")       # in practice there are others, for how sure one is
    if choices.count():
        choices.first.check(force=True)
    elif page.get_by_role("checkbox").count():
        page.get_by_role("checkbox").first.check(force=True)
    elif page.get_by_role("combobox").count():
        for number in range(page.get_by_role("combobox").count()):
            page.get_by_role("combobox").nth(number).click()
            page.get_by_role("option").first.click()
    elif page.get_by_role("spinbutton").count():
        for number in range(page.get_by_role("spinbutton").count()):
            page.get_by_role("spinbutton").nth(number).fill(str(number + 1))
    else:
        field = page.get_by_role("textbox", name="Your answer")
        label = field.get_attribute("aria-label") or ""
        field.fill("2026-03-31" if "date" in label else "J1885" if "code" in label else "12")


def answer_anything(page) -> None:
    """The same, and submits it."""
    fill_anything(page)
    page.get_by_role("button", name="Submit answer").click()
    page.get_by_role("heading", name="The rule").wait_for(timeout=30_000)
    settle(page)
