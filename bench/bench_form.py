"""What the fullest claim form costs the server, as ratios to the rerun of an empty page: its autosave, and sending it; an edit costs nothing, since it sends nothing.

The server and the empty page are those of bench_answer; the form is a hospital's bill with every section.
"""

import logging
import os
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

from bench_answer import EMPTY, folder_of_links, served, spent  # noqa: E402
from stream import Tab  # noqa: E402

TABS, WARM_UP, AUTOSAVES = 12, 4, 5
SAVE_AIM, SEND_AIM = 2, 10


def begun(database: Path) -> list[str]:
    """A query string for each attempt at the scenario with the fullest form, begun through the desk."""
    os.environ["CLEAN_CLAIM_DB"] = str(database)
    logging.disable(logging.WARNING)  # Streamlit says that no browser is there
    from app import claims, offers, session
    from app.form_texts import texts_of
    from curriculum.forms import FORMS
    held = session.catalogue()
    fullest = max((one for one in held.items.values() if getattr(one, "form", "") == "institutional" and getattr(one, "kind", "") == "complete-the-claim"), key=lambda one: len(str(one.world)))
    queries = []
    for _ in range(TABS + WARM_UP):
        profile = session.welcome("Bench", "exam", "cpb", None)
        attempt = offers.begin(profile, str(fullest.id))
        clean = session.ledger().attempt(attempt).attempt.form["clean"]
        claims.desk().save_draft(attempt, texts_of(FORMS["institutional"], clean))   # filled in, so that it can be sent
        queries.append(f"who={profile.id}&attempt={attempt}")
    session.ledger().close()
    return queries


def autosave(tab: Tab) -> None:
    """The fragment's own rerun, as the browser asks for it by its clock, with one field changed."""
    if not tab.fragments:
        raise SystemExit("The form has no autosave that runs by itself; the benchmark no longer fits the page.")
    tab.run(fragment=tab.fragments[-1], **{tab.remarks: ("string_value", str(id(tab)))})


def send(tab: Tab) -> None:
    """The claim goes to the payer; the run that follows shows its answer."""
    button = next(each for each in tab.widgets["button"] if each.label == "Send to the payer")
    tab.run(**{button.id: ("trigger_value", True)})
    if any(each.label == "Send to the payer" for each in tab.widgets["button"]):
        raise SystemExit("The claim was not sent; the benchmark no longer fits the form.")


def main() -> None:
    if not sys.platform.startswith("linux"):
        raise SystemExit("bench_form reads /proc, which only Linux has; nothing was measured.")
    with tempfile.TemporaryDirectory() as folder, ExitStack() as held:
        at, database = Path(folder, "served"), Path(folder, "bench.sqlite")
        at.mkdir()
        folder_of_links(at)
        queries = begun(database)
        pid, address = held.enter_context(served(at, database))
        tabs = [Tab(address, "claim", query).run() for query in queries]
        fields = len(tabs[0].widgets["text_input"])
        for tab in tabs:
            tab.remarks = next(each.id for each in tab.widgets["text_input"] if each.label.endswith("Remarks"))
        warm, measured = tabs[:WARM_UP], tabs[WARM_UP:]
        spent(pid, warm, autosave)
        saved = spent(pid, measured * AUTOSAVES, autosave)
        for tab in tabs:
            tab.run()
        spent(pid, warm, send)
        sent = spent(pid, measured, send)
        for tab in tabs:
            tab.go(EMPTY, tab.query.partition("&")[0])
        spent(pid, warm, Tab.run)
        empty = spent(pid, measured * 6, Tab.run)
        for tab in tabs:
            tab.close()
    print(f"fullest form ({fields} fields): an edit sends nothing; autosave {saved:.1f} CPU-ms, ratio {saved / empty:.2f} to an empty page's rerun (aim under {SAVE_AIM}); "
          f"sending {sent:.1f} CPU-ms, ratio {sent / empty:.2f} (aim under {SEND_AIM}); empty page {empty:.1f} CPU-ms")


if __name__ == "__main__":
    main()
