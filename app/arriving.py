"""Someone whom the organisation's provider knows and who is not in yet: let in by an invitation, let in by everybody's leave, or told why not."""

from dataclasses import dataclass
from typing import Literal

import streamlit as st

from app import gate
from app.session import exams, ledger, new_id, now, tracks
from app.team import Team, team
from records import Profile, RecordsError, digest

INVITATION = "clean-claim-invitation"


@dataclass(frozen=True)
class Arrival:
    """What came of it. `stranger`: nobody invited them; `closed`: their account is disabled; `over`: the sign-in has run out or was ended."""
    state: Literal["nobody", "in", "stranger", "closed", "over", "refused"]
    said: str = ""


def arrive() -> Arrival:
    """Looks at the provider's claims and the invitation this browser brought."""
    claims, held = st.user.to_dict(), team()
    if held.mode != "oidc" or not claims.get("is_logged_in"):
        return Arrival("nobody")
    return arrived(held, claims, st.context.cookies.get(INVITATION, ""))


def arrived(held: Team, claims: dict, invitation: str) -> Arrival:
    people, at = ledger().people, now()
    issuer, subject = str(claims.get("iss") or ""), str(claims.get("sub") or "")
    if not issuer or not subject:
        return Arrival("refused", "Your organisation's sign-in did not say who you are. Tell an admin.")
    try:
        if invitation and people.ticket(digest(invitation), at):
            people.use_for_identity(digest(invitation), issuer, subject, at)
            return Arrival("in")
        account = people.account_of_identity(issuer, subject)
        if account:
            return Arrival("closed" if account.status == "disabled" else "over")
        if held.joining == "anyone":
            people.welcome(newcomer(claims, at), gate.role_of(held, claims) or "learner", str(claims.get("email") or ""), issuer, subject, at)
            return Arrival("in")
    except RecordsError as problem:
        return Arrival("refused", str(problem).removeprefix("Not saved: "))
    return Arrival("stranger")


def newcomer(claims: dict, at: int) -> Profile:
    """A profile under the name the provider gives."""
    name = str(claims.get(team().name_claim) or claims.get("name") or claims.get("preferred_username") or claims.get("email") or "New colleague").strip()[:60]
    return Profile(new_id(), name, *first_goal(), None, at)


def first_goal() -> tuple[str, str]:
    """What someone is taken to aim for until they say."""
    return ("exam", next(iter(exams()))) if exams() else ("track", next(iter(tracks()), "core"))


