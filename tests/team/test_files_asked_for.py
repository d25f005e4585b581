"""Files that a button makes when it is pressed: made outside of any run of a page, as whoever has the session by then."""

import re
from threading import Thread

import pytest

from app import cohort_files, gate, session, taking_away
from app.gate import NotAllowed, SignedOut
from tests.team.conftest import viewer


def pressed(made):
    """What comes of it in a thread that knows of no page, as Streamlit makes it."""
    came = []

    def press():
        try:
            came.append(made())
        except Exception as problem:  # noqa: BLE001 - looked at by the test
            came.append(problem)
    thread = Thread(target=press)
    thread.start()
    thread.join()
    return came[0]


@pytest.fixture
def buttons(desk):
    """The cohort's table on the trainer's page, and what a learner takes away on theirs."""
    with gate.acting(viewer("tom")):
        table = cohort_files.cohort("c1", "csv")
    with gate.acting(viewer("ann")):
        mine = session.me()
        own = session.later(lambda: taking_away.file_for(mine))
    return {"tom": table, "ann": own}


def test_they_are_made_where_no_page_runs(buttons):
    assert b"Ann,ann@example.org" in pressed(buttons["tom"]) and pressed(buttons["ann"]).startswith(b"PK")


@pytest.mark.parametrize("who", ["tom", "ann"])
def test_a_session_that_has_ended_takes_nothing_away_from_a_page_that_still_stands_open(buttons, people, who):
    people.revoke_all(who, "root", gate.now())
    assert isinstance(pressed(buttons[who]), SignedOut)


def test_an_account_that_was_shut_out_takes_nothing_away(buttons, people):
    people.set_disabled("ann", True, "root", gate.now())
    assert isinstance(pressed(buttons["ann"]), SignedOut)


def test_another_role_counts_for_a_button_drawn_before(buttons, people):
    people.set_role("tom", "learner", "root", gate.now())
    assert isinstance(pressed(buttons["tom"]), NotAllowed)


def test_whoever_leads_the_cohort_no_more_takes_its_table_away_no_more(buttons, people):
    people.remove_leader("c1", "tom", "root", gate.now())
    assert isinstance(pressed(buttons["tom"]), NotAllowed)


def test_every_button_of_a_page_says_so():
    """A bare function would be called without anybody being asked for, and in a team get nothing."""
    pages = [file.read_text() for folder in ("pages", "widgets") for file in (session.ROOT / "app" / folder).glob("*.py")]
    assert sum(page.count("session.later(") for page in pages) >= 6 and not [page for page in pages if re.search(r"download_button\([^\n]*?, lambda", page)]
