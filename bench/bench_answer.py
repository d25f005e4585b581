"""What a practice answer costs the server, durably saved, as a ratio to the rerun of an empty page: CPU of one process over real websockets.

The server is the product's own script with its configuration and navigation, in a folder of links; only the page Reference is
replaced there by an empty one. Answers and empty reruns come from the same tabs of the same process.
"""

import logging
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import ExitStack, contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

from stream import Tab  # noqa: E402

AIM = 1.5
ANSWERS, WARM_UP = 100, 20
EMPTY = "reference"
TICK = os.sysconf("SC_CLK_TCK")


def folder_of_links(at: Path) -> None:
    """The product, but for one page without anything on it."""
    for path in ROOT.iterdir():
        if path.name not in (".git", ".streamlit", "app", "data", "streamlit_app.py"):
            (at / path.name).symlink_to(path)
    (at / ".streamlit").mkdir()
    (at / ".streamlit" / "config.toml").write_text((ROOT / ".streamlit" / "config.toml").read_text())
    (at / "streamlit_app.py").write_text((ROOT / "streamlit_app.py").read_text())
    (at / "app" / "pages").mkdir(parents=True)
    for path in [*(ROOT / "app").iterdir(), *(ROOT / "app" / "pages").iterdir()]:
        if path.name != "pages":
            (at / path.relative_to(ROOT)).symlink_to(path)
    (at / "app" / "pages" / f"{EMPTY}.py").unlink()
    (at / "app" / "pages" / f"{EMPTY}.py").write_text("")


def begun(database: Path, wanted: int) -> list[str]:
    """A query string for each question of one choice, in attempts begun through the desk, until there are enough."""
    os.environ["CLEAN_CLAIM_DB"] = str(database)
    logging.disable(logging.WARNING)  # Streamlit says that no browser is there
    from app import quizzing, session, sittings
    queries: list[str] = []
    while len(queries) < wanted:
        profile = session.welcome("Bench", "exam", "cpb", None)
        for card in quizzing.sets():
            attempt = quizzing.begin(profile, card.id)
            queries += [f"who={profile.id}&attempt={attempt}&q={place}" for place, question in enumerate(sittings.sitting(attempt).questions, 1)
                        if question.kind in ("single-choice", "true-false") and question.options]
    session.ledger().close()
    return queries[:wanted]


@contextmanager
def served(at: Path, database: Path):
    """The server's process and address, once it is up."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "streamlit_app.py", "--server.port", str(port)]
    server = subprocess.Popen(command, cwd=at, env={**os.environ, "CLEAN_CLAIM_DB": str(database)},
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1)
                break
            except OSError:
                time.sleep(0.1)
        yield server.pid, f"127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)


def cpu(pid: int) -> float:
    """Seconds of CPU, user and system, that the process and its threads have used."""
    told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / TICK


def spent(pid: int, tabs: list[Tab], act) -> float:
    """Milliseconds of CPU for each tab's act, one after the other."""
    before = cpu(pid)
    for tab in tabs:
        act(tab)
    time.sleep(0.2)  # what follows a run on the server belongs to it
    return (cpu(pid) - before) * 1000 / len(tabs)


def answer(tab: Tab) -> None:
    """Chooses the first option and submits; the run that follows shows that it is saved."""
    radio = tab.widgets["radio"][0]
    submit = next(button for button in tab.widgets["button"] if button.is_form_submitter)
    tab.run(**{radio.id: ("string_value", radio.options[0]), submit.id: ("trigger_value", True)})
    if not any("Saved." in text for text in tab.texts):
        raise SystemExit("The page did not say that the answer is saved; the benchmark no longer fits the page.")


def main() -> None:
    if not sys.platform.startswith("linux"):
        raise SystemExit("bench_answer reads /proc, which only Linux has; nothing was measured.")
    with tempfile.TemporaryDirectory() as folder, ExitStack() as held:
        at, database = Path(folder, "served"), Path(folder, "bench.sqlite")
        at.mkdir()
        folder_of_links(at)
        queries = begun(database, ANSWERS + WARM_UP)
        pid, address = held.enter_context(served(at, database))
        tabs = [Tab(address, "quiz", query).run() for query in queries]
        warm, measured = tabs[:WARM_UP], tabs[WARM_UP:]
        spent(pid, warm, answer)
        answers = spent(pid, measured, answer)
        for tab in tabs:
            tab.go(EMPTY, tab.query.partition("&")[0])
            if set(tab.widgets) - {"bidi_component"} or tab.page_hash != tabs[0].page_hash:
                raise SystemExit("The empty page is not the page that came; the benchmark no longer fits the navigation.")
        spent(pid, warm, Tab.run)
        empty = spent(pid, measured * 3, Tab.run)
        for tab in tabs:
            tab.close()
    print(f"practice answer, durably saved: {answers:.1f} CPU-ms ({ANSWERS} answers, {len(tabs)} tabs open); an empty page's rerun in the same process "
          f"{empty:.1f} CPU-ms, ratio {answers / empty:.2f} (aim at most {AIM})")


if __name__ == "__main__":
    main()
