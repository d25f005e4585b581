"""Who is in a cohort and who leads it, as forms: making one, taking people in and out, its name, its end."""

import streamlit as st

from app import cohort_desk, session
from app.told_apart import of_accounts
from app.widgets.wording import label, plain


def make() -> None:
    """A new cohort."""
    with st.form("make-cohort", clear_on_submit=True, border=False):
        name = st.text_input("Name of the new cohort", max_chars=60)
        if st.form_submit_button("Make cohort"):
            with session.problems_said():
                made = cohort_desk.make(name)
                st.session_state["chosen-cohort"], st.session_state["cohort-said"] = made.id, f"{made.name} is there. Take people in below."
                st.rerun()


def settings(cohort) -> None:
    """Everything that changes the cohort, behind a fold."""
    if not cohort_desk.allowed(cohort.id, "change cohort"):
        return
    with st.expander("People and name", icon=":material/group_add:", key=f"people-{cohort.id}"):
        people = cohort_desk.members(cohort.id)
        leaders = cohort_desk.leaders(cohort.id)
        st.markdown(plain(f"{len(people)} in it; led by {cohort_desk.led_by(cohort.id)}."))
        take_in(cohort, {one.profile for one in people})
        take_out(cohort, people)
        if session.may("name leaders"):
            lead(cohort, leaders)
        name = st.text_input("Name", cohort.name, max_chars=60, key=f"name-{cohort.id}")
        with st.container(horizontal=True, wrap=True):
            if st.button("Save name", key=f"rename-{cohort.id}", disabled=name.strip() == cohort.name):
                done(lambda: cohort_desk.rename(cohort.id, name), "The name is saved.")
            sure = st.checkbox("It is over", key=f"over-{cohort.id}", help="Its trainers no longer see its members' work; the table stays to be read as it is now. It can be opened again.")
            if st.button("Close cohort", key=f"close-{cohort.id}", disabled=not sure):
                done(lambda: cohort_desk.close(cohort.id), f"{cohort.name} is closed.")


def of_closed(cohort) -> None:
    """Who was in a closed cohort, and opening it again."""
    people = cohort_desk.members(cohort.id)
    with st.expander("People, and opening it again", icon=":material/group:"):
        st.markdown(plain(f"{len(people)} in it: {', '.join(of_accounts(people).values()) or 'nobody'}. Led by {cohort_desk.led_by(cohort.id)}."))
        if cohort_desk.allowed(cohort.id, "change cohort"):
            st.caption("Opened again, its trainers see its members' work, what was done in between too, and what was assigned is asked for again with its dates.")
            if st.button("Open it again", key=f"reopen-{cohort.id}", icon=":material/lock_open:"):
                done(lambda: cohort_desk.reopen(cohort.id), f"{cohort.name} is open again.")


def take_in(cohort, held: set[str]) -> None:
    """By address, or, for an admin, from the list."""
    if session.may("see people"):
        everyone = cohort_desk.everyone()
        names = of_accounts(everyone)
        others = {one.profile: f"{names[one.profile]} ({one.role})" for one in everyone if one.profile not in held}
        chosen = st.multiselect("Take people in", list(others), format_func=others.get, key=f"in-{cohort.id}", placeholder="Choose people", select_all=False)
        if st.button("Take in", key=f"take-{cohort.id}", disabled=not chosen):
            done(lambda: [cohort_desk.add_account(cohort.id, profile) for profile in chosen])
        return
    with st.form(f"in-{cohort.id}", clear_on_submit=True, border=False):
        email = st.text_input("E-mail address of someone who has an account here")
        if st.form_submit_button("Take in"):
            done(lambda: [cohort_desk.add_member(cohort.id, email)])


def take_out(cohort, people) -> None:
    names = of_accounts(people)
    chosen = st.selectbox("Take someone out", ["", *names], format_func=lambda id: label(names.get(id, "Nobody")), key=f"out-{cohort.id}")
    if chosen not in names:
        return
    st.caption(plain(f"The work of this cohort is asked of {names[chosen]} no more, and its trainers do not see theirs. Who is taken in again within 30 days has the due dates of before."))
    sure = st.checkbox(f"{plain(names[chosen])} leaves", key=f"leaves-{cohort.id}-{chosen}")
    if st.button(f"Take out {plain(names[chosen])}", key=f"drop-{cohort.id}", disabled=not sure):
        done(lambda: cohort_desk.remove_member(cohort.id, chosen), f"{names[chosen]} is out of it; their work stays theirs.")


def lead(cohort, leaders) -> None:
    """For an admin: who leads it."""
    names = of_accounts({one.profile: one for one in (*cohort_desk.trainers(), *leaders)}.values())
    chosen = st.multiselect("Led by", list(names), default=[one.profile for one in leaders], format_func=names.get, key=f"lead-{cohort.id}", placeholder="Choose trainers", select_all=False)
    if st.button("Save leaders", key=f"leaders-{cohort.id}", disabled=set(chosen) == {one.profile for one in leaders}):
        done(lambda: cohort_desk.set_leaders(cohort.id, frozenset(chosen)), "The leaders are saved.")


def done(change, says: str = "") -> None:
    """Makes the change, says so on the next run, of people who were taken in what comes of it; says what is wrong otherwise."""
    with session.problems_said():
        made = change()
        st.session_state["cohort-said"] = says or " ".join(one.says for one in made)
        st.rerun()
