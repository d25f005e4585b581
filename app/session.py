"""The one desk: what the app holds open, who is at the screen, what time it is, and how anything that goes wrong is said."""

import uuid
from collections.abc import Callable
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from secrets import randbelow

import streamlit as st

import records
from app import gate
from app.gate import NotAllowed, Viewer, now
from app.guarded import Guarded
from app.guarded_training import GuardedTraining
from app.place import place
from app.team import team
from app.widgets.wording import label
from curriculum.catalogue import Catalogue, load
from curriculum.code_books import DEFAULT, CodeBooks, prepare
from records import People, Profile, RecordsError

ROOT = Path(__file__).resolve().parents[1]
SEEDS = 2**31


@st.cache_resource(show_spinner="Reading the content")
def catalogue() -> Catalogue:
    """All content, read once a process and frozen. For the modules of app/, never for a page."""
    return load(ROOT)


@st.cache_resource(show_spinner="Opening the records", on_release=lambda held: held.close())
def ledger() -> Guarded:
    """The records, as far as whoever is at the screen may see and change them; CannotOpen with a sentence when they cannot be opened."""
    from app import closed_books, completing       # here, since they ask this desk in their turn
    return Guarded(records.open(place()), completing.answered, closed_books.before)


@st.cache_resource(show_spinner="Preparing the code books, once: about half a minute")
def books() -> CodeBooks:
    """The code books; made now where set-up has not made them."""
    prepare(DEFAULT)
    return CodeBooks.open(DEFAULT)


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
        st.error(label(str(problem)), icon=":material/error:")
    except FileNotFoundError as problem:
        st.error(label(str(problem)), icon=":material/error:")


def unsaved(problem: RecordsError) -> str:
    """Why what was handed in is not saved: it begins with these words also where the records could not even be read for it."""
    return f"Not saved. {problem}" if isinstance(problem, records.CannotRead) else str(problem)


# Who is here. Alone, a profile tells people apart and protects nothing. In a team it is the account's, and the address has no say.

def people() -> People:
    """Accounts, sessions and cohorts. Whoever calls asks `require` first."""
    return ledger().people


def training() -> GuardedTraining:
    """Assigned work, sign-offs, disputes and marks by hand, as far as the viewer may; asked again before every call."""
    return GuardedTraining(ledger())


def leading(owner: str) -> bool:
    """Whether the viewer reads another person's work, as their trainer."""
    return gate.is_team() and viewer().profile != owner and may("see work", owner)


def require_over(action: str, owner: str) -> Viewer:
    """The viewer, who may do that to another person's work. In a team nobody judges their own."""
    found = require(action, owner)
    if gate.is_team() and found.profile == owner:
        raise NotAllowed(f"Not allowed: you cannot {action} for yourself. Another trainer of your cohort can.")
    return found


def actor() -> str:
    """The id under which the viewer's changes are noted: the account's, or, alone, that of the profile chosen."""
    return viewer().profile or me().id


def in_team() -> bool:
    """Whether people sign in here."""
    return gate.is_team()


def with_passwords() -> bool:
    """Whether people of a team sign in with a password here, and not at a provider."""
    held = team()
    return bool(held and held.mode == "password")


def names_follow_provider() -> bool:
    """Whether people's names are the provider's to say, at each sign-in."""
    held = team()
    return bool(held and held.name_claim)


def address() -> str:
    """Where this installation is, as people type it."""
    held = team()
    return held.url if held else "on this computer"


def viewer() -> Viewer:
    """Who is at the screen and in which role."""
    return gate.viewer(people())


def may(action: str, owner: str | None = None) -> bool:
    """Whether the viewer may do that, to that person's things where one is named."""
    return gate.may(people(), action, owner)


def require(action: str, owner: str | None = None) -> Viewer:
    """The viewer, who may do that; NotAllowed or SignedOut, with a sentence, otherwise. The first thing that a page and a write of a team do."""
    found = viewer()
    if not gate.may(people(), action, owner, found):
        raise gate.refuse(people(), action, found)
    return found


def later(made: Callable[[], bytes]) -> Callable[[], bytes]:
    """For what a button makes when it is pressed, outside of any run: it is made as whoever has that session then, and refused where it has ended."""
    if not gate.is_team():
        return made
    known = viewer().session

    def as_they_are_then() -> bytes:
        with gate.acting(gate.of_session(people(), known)):
            return made()
    return as_they_are_then


def readable(attempt: str) -> None:
    """For what is kept of an attempt from one run to the next: refused, as if it were not there, where the viewer may not see it."""
    if not ledger().may_read(attempt):
        raise records.Unknown("There is no such attempt here. It may belong to another installation, or its profile was deleted.")


def profiles() -> tuple[Profile, ...]:
    """Those that can be chosen here: in a team one's own."""
    if gate.is_team():
        return tuple(filter(None, [who()]))
    return ledger().profiles()


def who() -> Profile | None:
    """The profile in the address, or the only one there is; None where someone has yet to be chosen, or nobody is signed in."""
    if gate.is_team():
        found = viewer()
        return ledger().profile(found.profile) if found.profile else None
    everyone = {profile.id: profile for profile in profiles()}
    named = st.query_params.get("who") or st.session_state.get("who", "")
    chosen = everyone.get(named) or (next(iter(everyone.values())) if len(everyone) == 1 else None)
    if chosen:
        remember(chosen)
    return chosen


def me() -> Profile:
    """The profile of a page that is only reached with one."""
    found = who()
    if not found and gate.is_team():
        raise gate.refuse(people(), "study", gate.NOBODY)
    if not found:
        st.switch_page("app/pages/welcome.py")
    return found


def remember(profile: Profile) -> None:
    """Keeps who is here through refreshes (in the address) and page changes; in a team the session does."""
    if gate.is_team():
        return
    st.session_state["who"] = profile.id
    if st.query_params.get("who") != profile.id:
        st.query_params["who"] = profile.id


def welcome(name: str, goal_kind: str, goal: str, exam_date: date | None) -> Profile:
    """A new profile, saved when this returns."""
    return ledger().add_profile(Profile(new_id(), name.strip(), goal_kind, goal, exam_date if goal_kind == "exam" else None, now()))


def change(profile: Profile) -> Profile:
    """A changed goal or exam date, saved when this returns; alone also a changed name. In a team a name is an admin's or the provider's to change, and time in exams a trainer's."""
    return ledger().update_aims(profile) if gate.is_team() else ledger().update_profile(profile)


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
