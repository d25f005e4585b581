"""The app as one learner alone starts it: it serves, answers machines, logs events, and ends; a port that is taken is said in a sentence."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from importlib import metadata
from pathlib import Path

import pytest

from tests.browser.running import free_port
from tests.team import exposition as strict

ROOT = Path(__file__).resolve().parents[2]


def environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CLEAN_CLAIM_") and name != "DATABASE_URL"}
    return kept | {"CLEAN_CLAIM_DB": str(folder / "records.sqlite"), "CLEAN_CLAIM_METRICS_TOKEN": "scraper"}


def asked(port: int, path: str, **headers: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers), timeout=20) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode()


HIDES = """import sys

class Hidden:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {hidden!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, Hidden())
"""


def without_a_teams_packages(folder: Path) -> str:
    """A folder for Python's path in which whatever only a team or the tests install is not there, as on the machine of who learns alone."""
    here, more = (set(re.findall(r"^([a-z0-9-]+)==", "".join((ROOT / file).read_text() for file in files), re.MULTILINE)) for files in (("requirements.txt",), ("requirements-team.txt", "requirements-dev.txt")))
    hidden = {module for module, packages in metadata.packages_distributions().items() if {re.sub("[-_.]+", "-", package).lower() for package in packages} <= more - here}
    assert {"argon2", "psycopg", "authlib", "httpx", "playwright"} <= hidden
    (folder / "sitecustomize.py").write_text(HIDES.format(hidden=hidden))
    return str(folder)


def test_what_serves_alone_needs_nothing_that_only_a_team_installs(tmp_path):
    asked_for = """from importlib import import_module
from pathlib import Path
for path in Path("app").rglob("*.py"):
    if "pages" not in path.parts and path.name != "__main__.py":      # those run as they are read
        import_module(".".join(path.with_suffix("").parts).removesuffix(".__init__"))
"""
    done = subprocess.run([sys.executable, "-c", asked_for], cwd=ROOT, env=environment(tmp_path) | {"PYTHONPATH": without_a_teams_packages(tmp_path)}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """What it answered while it ran, and what it had written when it was told to end."""
    folder, port = tmp_path_factory.mktemp("alone"), free_port()
    process = subprocess.Popen([sys.executable, "-m", "app", "serve", "--port", str(port)], cwd=folder, env=environment(folder) | {"PYTHONPATH": f"{without_a_teams_packages(folder)}:{ROOT}"},
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and process.poll() is None:
            try:
                asked(port, "/healthz")
                break
            except OSError:
                time.sleep(0.2)
        answers = {path: asked(port, path) for path in ("/healthz", "/metrics", "/", "/_stcore/health", "/quizzes")}
        answers["figures"] = asked(port, "/metrics", authorization="Bearer scraper")
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=30)
        yield answers, out, [json.loads(line) for line in err.splitlines()], port
    finally:
        process.kill()


def test_pages_and_health_are_answered(served):
    answers, out, _, port = served
    assert answers["/healthz"] == (200, "ok\n") and answers["/"][0] == answers["/quizzes"][0] == 200 and "<!doctype html>" in answers["/"][1].lower()
    assert answers["/_stcore/health"][0] == 200 and out == f"Clean Claim is starting at http://localhost:{port}   (Ctrl+C stops it)\n"


def test_figures_need_the_token_alone_too(served):
    answers, *_ = served
    found = strict.read(answers["figures"][1])
    assert answers["/metrics"][0] == 404 and found["clean_claim_writable"][1] == {"": 1} and found["clean_claim_open_pages"][1] == {"": 0}


def test_the_log_says_that_it_started_and_stopped(served):
    events = [line["event"] for line in served[2]]
    assert events == ["records migrated", "started", "stopped"] and served[2][1]["mode"] == "alone" and served[2][1]["port"] == served[3]


def test_a_port_that_is_taken_is_said_in_a_sentence(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = subprocess.run([sys.executable, "-m", "app", "serve", "--port", str(port)], cwd=ROOT, env=environment(tmp_path), capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr.splitlines(keepends=True)[-1]) == (1, f"Clean Claim does not start: port {port} is taken. `PORT={port + 99} make run` takes another.\n")


def test_records_that_cannot_be_opened_are_said_in_a_sentence_too(tmp_path):
    (tmp_path / "records.sqlite").write_text("no database of ours" * 500)
    done = subprocess.run([sys.executable, "-m", "app", "serve", "--port", str(free_port())], cwd=ROOT, env=environment(tmp_path), capture_output=True, text=True, timeout=60)
    assert done.returncode == 1 and done.stderr.startswith("Clean Claim does not start. The records cannot be opened: ") and "put a good backup in its place" in done.stderr and done.stderr.count("\n") == 1
