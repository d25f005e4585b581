"""People: who is in the team, an invitation, a role, a link for who cannot get in, and shutting someone out."""

import streamlit as st

from app import leaders_desk, leaving, people_desk, session
from app.team import team
from app.told_apart import of_accounts
from app.widgets import named_fold, places
from app.widgets.wording import plain

STATES = {"invited": "invited, not in yet", "active": "in", "disabled": "shut out"}
WHAT = {"learner": "Learner: their own work", "trainer": "Trainer: leads cohorts and sees their work", "author": "Author: content and its keys, no people",
        "admin": "Admin: people and settings, no answers"}


def show_link() -> None:
    """The link that was just made: shown once, since nothing of it is kept but its digest."""
    made = st.session_state.get("link")
    if made:
        st.success(f"Send this link to {plain(made.name)} yourself, by a way you trust. It opens once, within {made.days} day{'s' if made.days > 1 else ''}, and is not shown again.",
                   icon=":material/link:")
        st.code(made.address, language=None, wrap_lines=True)
        if st.button("I have it"):
            del st.session_state["link"]
            st.rerun()


def show_links() -> None:
    """The same of several."""
    made = st.session_state.get("links")
    if made:
        st.success(f"{len(made)} {'person has' if len(made) == 1 else 'people have'} an account. Send each their own link, by a way you trust. Each opens once, within {made[0].days} days, and none is shown again.", icon=":material/link:")
        st.code("\n".join(f"{one.name}: {one.address}" for one in made), language=None, wrap_lines=True)
        if st.button("I have them"):
            del st.session_state["links"]
            st.rerun()


def invite_all() -> None:
    with st.expander("Invite several"), st.form("invite-all", border=False):
        lines = st.text_area("One person a line: name, e-mail address, role", height=160, key="lines", placeholder="Ida Moss, ida@example.org, learner", help=f"Roles: {', '.join(WHAT)}. Without one it is learner.")
        goal = st.selectbox("What they learn for; they can change it", list(goals()), format_func=goals().get, key="goal-all")
        open_ones = open_cohorts()
        cohort = st.selectbox("Cohort", list(open_ones), format_func=open_ones.get, key="cohort-all")
        if st.form_submit_button("Make invitation links", type="primary"):
            with session.problems_said():
                st.session_state["links"] = people_desk.invite_all(lines, goal, cohort)
                st.rerun()


def open_cohorts() -> dict[str, str]:
    return {"": "None"} | {cohort.id: cohort.name for cohort in people_desk.cohorts() if not cohort.closed_at}


def goals() -> dict[tuple[str, str], str]:
    """What a new person may be there for."""
    return {("exam", id): name for id, name in session.exams().items()} | {("track", id): f"Settle in: {name}" for id, name in session.tracks().items()}


def invite() -> None:
    with st.expander("Invite someone"), st.form("invite", border=False):
        name = st.text_input("Name", max_chars=60)
        email = st.text_input("E-mail address" if team().mode == "password" else "E-mail address, if you like", max_chars=320)
        role = st.selectbox("Role", list(WHAT), format_func=WHAT.get)
        goal = st.selectbox("What they learn for; they can change it", list(goals()), format_func=goals().get)
        open_ones = open_cohorts()
        cohort = st.selectbox("Cohort", list(open_ones), format_func=open_ones.get)
        if st.form_submit_button("Make an invitation link", type="primary"):
            with session.problems_said():
                st.session_state["link"] = people_desk.invite(name, email, role, goal, cohort)
                st.rerun()


def again(account) -> None:
    """After a change of this person: their fold is named anew."""
    named_fold.renamed(f"person-{account.profile}")
    st.rerun()


def correct(account) -> None:
    """The name and the address as they should have been written."""
    with st.form(f"correct-{account.profile}", border=False):
        fixed = session.names_follow_provider()
        name = st.text_input("Name", account.name, max_chars=60, key=f"name-{account.profile}", disabled=fixed, help="It comes from your organisation's sign-in." if fixed else None)
        email = st.text_input("E-mail address", account.email, max_chars=320, key=f"email-{account.profile}")
        if st.form_submit_button("Save name and address"):
            with session.problems_said():
                people_desk.correct(account.profile, name, email)
                st.session_state["done"] = f"{name.strip()} is saved. Certificates issued before keep the name they were issued with; a link that was not used yet holds no more where the address is another."
                again(account)


def erase(account) -> None:
    """For someone who has left: the deletion they would make themselves. What stays is told once it is asked for."""
    if not st.toggle("Delete this person", key=f"erase-{account.profile}"):
        return
    with session.problems_said(), st.form(f"delete-{account.profile}", border=False):
        st.markdown("**This goes, at once and for good:** the account, every attempt and answer, marks, drafts, what trainers wrote. To keep someone out and their work, shut them out instead.")
        st.markdown("**This stays:**\n\n" + "\n".join(f"- {plain(one)}" for one in leaving.stays(leaving.whom(account.profile))))
        typed = st.text_input("To confirm, type their name as it stands here", key=f"typed-{account.profile}", max_chars=80, autocomplete="off")
        if st.form_submit_button(f"Delete {plain(account.name)}", icon=":material/delete_forever:"):
            leaving.dismiss(account.profile, typed)
            st.session_state["done"] = f"{account.name} was deleted."
            again(account)


def leads(account, held) -> None:
    """The cohorts that somebody is named to lead, and where nobody else does: beside what would take them away."""
    says, unled = leaders_desk.hangs_on(account, held)
    if says:
        st.warning(plain(says), icon=":material/person_off:") if unled else st.markdown(plain(says))
        places.link(places.COHORTS, "To the cohorts", icon=":material/groups:")


def change(account, mine: bool) -> None:
    """What can be done for one person."""
    role = st.selectbox("Role", list(WHAT), index=list(WHAT).index(account.role), format_func=WHAT.get, key=f"role-{account.profile}")
    with st.container(horizontal=True, wrap=True), session.problems_said():
        if st.button("Save role", key=f"save-{account.profile}", disabled=role == account.role):
            people_desk.set_role(account.profile, role)
            again(account)
        if account.status != "disabled" and st.button("New link", key=f"link-{account.profile}", help="To join, to set another password, or to sign in from another identity"):
            st.session_state["link"] = people_desk.new_link(account.profile)
            again(account)
        if account.status == "active" and st.button("End all sessions", key=f"end-{account.profile}"):
            st.session_state["done"] = f"{people_desk.end_all(account.profile)} sessions of {account.name} ended."
            again(account)
        if not mine and st.button("Let in again" if account.status == "disabled" else "Shut out", key=f"shut-{account.profile}"):
            people_desk.set_disabled(account.profile, account.status != "disabled")
            again(account)
    correct(account)
    if not mine:
        erase(account)
    places.link(places.AUDIT, f"What was changed for {plain(account.name)}", icon=":material/history_edu:", whom=account.profile)


def main() -> None:
    who = session.require("see people")
    st.title("People", anchor=False)
    if done := st.session_state.pop("done", ""):
        st.success(plain(done))
    show_link()
    show_links()
    invite()
    invite_all()
    everyone, waiting = people_desk.accounts(), people_desk.waiting()
    asked = st.text_input("Find by name or address", key="find").casefold()
    found = [one for one in everyone if asked in f"{one.name} {one.email}".casefold()]
    st.caption(f"{len(found)} of {len(everyone)} people")
    names, held = of_accounts(everyone), leaders_desk.leading()
    for one in found[:100]:
        link = ", link open" if one.profile in waiting else ""
        fold = named_fold.fold(plain(f"{names[one.profile]}, {one.role}, {STATES[one.status]}{link}"), f"person-{one.profile}")
        if fold.open:                    # a hundred people's fields are some seven hundred, and every press would draw them all
            with fold:
                st.markdown(plain(one.email or "No e-mail address."))
                leads(one, held)
                change(one, one.profile == who.profile)
    if len(found) > 100:
        st.caption("The first hundred are shown. Type more of the name.")


main()
