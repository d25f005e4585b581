"""The one desk: what the app holds open, who is at the screen, what time it is, and how anything that goes wrong is said."""

import os
import time
import uuid
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from secrets import randbelow

import streamlit as st

import records
from app.place import place
from curriculum.catalogue import Catalogue, load
from curriculum.code_books import DEFAULT, CodeBooks, prepare
from records import Profile, Records, RecordsError

ROOT = Path(__file__).resolve().parents[1]
SEEDS = 2**31


@st.cache_resource(show_spinner="Reading the content")
def catalogue() -> Catalogue:
    """All content, read once a process and frozen. For the modules of app/, never for a page."""
    return load(ROOT)


@st.cache_resource(show_spinner="Opening the records", on_release=lambda held: held.close())
def ledger() -> Records:
    """The records of everyone at this installation; CannotOpen with a sentence when they cannot be opened."""
    return records.open(place())


@st.cache_resource(show_spinner="Preparing the code books, once: about half a minute")
def books() -> CodeBooks:
    """The code books; made now where set-up has not made them."""
    prepare(DEFAULT)
    return CodeBooks.open(DEFAULT)


def now() -> int:
    """The time in milliseconds, UTC: how every event is dated. CLEAN_CLAIM_CLOCK_AHEAD (seconds) sets it ahead, to try what days do."""
    return time.time_ns() // 1_000_000 + int(os.environ.get("CLEAN_CLAIM_CLOCK_AHEAD") or 0) * 1000


def today() -> date:
    """The learner's own day."""
    return datetime.fromtimestamp(now() / 1000).date()


def new_id() -> str:
    return str(uuid.uuid4())


def new_seed() -> int:
    return randbelow(SEEDS)


def told(at: int) -> str:
    """A time as a person reads it: 23 Nov 2026, 14:05."""
    return datetime.fromtimestamp(at / 1000).strftime("%-d %b %Y, %H:%M")


@contextmanager
def problems_said():
    """Shows what went wrong with the records or the content as a sentence. Nothing that was acknowledged is lost by any of them."""
    try:
        yield
    except RecordsError as problem:
        st.error(str(problem), icon=":material/error:")
    except FileNotFoundError as problem:
        st.error(str(problem), icon=":material/error:")


# Who is here. A profile tells people apart; it protects nothing.

def profiles() -> tuple[Profile, ...]:
    return ledger().profiles()


def who() -> Profile | None:
    """The profile in the address, or the only one there is; None where someone has yet to be chosen."""
    everyone = {profile.id: profile for profile in profiles()}
    named = st.query_params.get("who") or st.session_state.get("who", "")
    chosen = everyone.get(named) or (next(iter(everyone.values())) if len(everyone) == 1 else None)
    if chosen:
        remember(chosen)
    return chosen


def me() -> Profile:
    """The profile of a page that is only reached with one."""
    found = who()
    if not found:
        st.switch_page("app/pages/welcome.py")
    return found


def remember(profile: Profile) -> None:
    """Keeps who is here through refreshes (in the address) and page changes."""
    st.session_state["who"] = profile.id
    if st.query_params.get("who") != profile.id:
        st.query_params["who"] = profile.id


def welcome(name: str, goal_kind: str, goal: str, exam_date: date | None) -> Profile:
    """A new profile, saved when this returns."""
    return ledger().add_profile(Profile(new_id(), name.strip(), goal_kind, goal, exam_date if goal_kind == "exam" else None, now()))


def change(profile: Profile) -> Profile:
    """A changed name, goal or exam date, saved when this returns."""
    return ledger().update_profile(profile)


# What one can aim for.

TRACKS = {"medical": "Medical practice", "insurance": "Insurance company", "dental": "Dental office", "hospital": "Hospital",
          "pharmacy": "Pharmacy", "manager": "Towards manager", "auditor": "Towards auditor"}


def exams() -> dict[str, str]:
    """Exam id to its name."""
    return {blueprint.id: blueprint.exam for blueprint in catalogue().blueprints.values()}


def tracks() -> dict[str, str]:
    """Onboarding track to its name."""
    return {name: TRACKS.get(name, name.replace("-", " ").capitalize()) for name in catalogue().tracks if name != "core"}


def goal_name(profile: Profile) -> str:
    """What a profile aims for, in words."""
    return (exams() if profile.goal_kind == "exam" else tracks()).get(profile.goal, profile.goal)


def content_complaint() -> str:
    """A sentence when content was left out because its file has mistakes; nothing otherwise."""
    wrong = [mistake for mistake in catalogue().mistakes if not getattr(mistake, "warning", False)]
    files = sorted({mistake.file for mistake in wrong})
    if not files:
        return ""
    shown = ", ".join(files[:3]) + (f" and {len(files) - 3} more" if len(files) > 3 else "")
    return f"Some content was left out because it has mistakes ({shown}). `python -m app check` lists them."
