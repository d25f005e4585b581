"""Cohorts: who is where with what they were given, reminders to send, the table as a file, and who is in it."""

import streamlit as st

from app import cohort_desk, cohort_files, leaders_desk, session
from app.widgets import cohort_members, feedback, places, work_words
from app.widgets.markup import table, text
from app.widgets.wording import label, plain

ALL = "all"
HEADS = [("Name", False), ("Standing", False), ("Work done", True), ("Next due", True), ("Answers", True), ("Points", True), ("Signed off", True), ("Last seen", True)]


def choose(held) -> object:
    """The cohort that the page is about; its id stands in the address."""
    ids = {cohort.id: cohort for cohort in (*held, *cohort_desk.closed())}
    named = st.session_state.pop("chosen-cohort", "") or st.query_params.get("cohort", "")
    at = list(ids).index(named) if named in ids else 0
    chosen = st.selectbox("Cohort", list(ids), at, format_func=lambda id: label(named_as(ids[id])), key="cohort") if len(ids) > 1 else next(iter(ids))
    st.query_params["cohort"] = chosen
    return ids[chosen]


def named_as(cohort) -> str:
    """A cohort in the list."""
    return f"{cohort.name} (closed {work_words.day(cohort.closed_at)})" if cohort.closed_at else cohort.name


def line(row, leads_on: bool) -> tuple:
    """A member as a row. leads_on: whether the learner's page can be opened."""
    person, standing = row.person, row.person.standing
    name = f'<a class="cc-person" href="learner?learner={text(person.profile)}" target="_self">{text(row.name)}</a>' if leads_on else text(row.name)
    if row.apart:
        name = f'<span>{name}<span class="cc-plain">{text(row.apart)}</span></span>'
    share = "" if person.share is None else f"{person.share:.0%}"
    lately = f'<span class="cc-plain">{person.recent_share:.0%} lately</span>' if person.recent_share is not None else ""
    return (name, f"<span>{work_words.word(standing.word)}{work_words.why(standing.why)}</span>", done_of(person), text(work_words.day(row.next_due)),
            str(person.answers), f"<span>{share}{lately}</span>", str(person.signed or ""), text(work_words.day(person.seen)) or "never")


def done_of(person) -> str:
    """How many of how many assignments are done, and how much of them is no longer on offer."""
    gone = sum(len(piece.gone) for piece in person.pieces)
    many = f"{person.standing.done} of {person.standing.of}" if person.standing.of else ""
    return f'<span>{many}<span class="cc-plain">{gone} {"piece" if gone == 1 else "pieces"} no longer on offer</span></span>' if gone else many


def who_is_where(cohort) -> None:
    """The table: of all, of those with one word or of those whose name is asked for, in the order that is chosen."""
    held = cohort_desk.who_is_where(cohort.id)
    shut = f"{held.shut_out} shut out, not shown." if held.shut_out else ""
    if not held.rows:
        st.markdown(shut or ("Nobody was in this cohort." if cohort.closed_at else "Nobody is in this cohort yet. Take people in under “People and name”."))
        return
    counts = {word: sum(row.person.standing.word == word for row in held.rows) for word in cohort_desk.RULES}
    words = {ALL: f"All {len(held.rows)}", **{word: f"{word.capitalize()} {many}" for word, many in counts.items() if many}}
    shown = st.segmented_control("Show", list(words), format_func=words.get, default=ALL, required=True, key=f"shown-{cohort.id}", label_visibility="collapsed") or ALL
    with st.container(horizontal=True, wrap=True):
        asked = st.text_input("Find by name", key=f"find-{cohort.id}", icon=":material/search:", width=260)
        order = st.selectbox("Order by", list(cohort_desk.ORDERS), format_func=str.capitalize, key=f"order-{cohort.id}", width=320)
    chosen = held.found(asked, "" if shown == ALL else shown, order)
    if chosen:
        caption = f"{cohort.name}: who was where on {work_words.day(cohort.closed_at)}" if cohort.closed_at else f"{cohort.name}: who is where"
        st.html(f'<div class="cc-paper">{table(caption, HEADS, [line(row, not cohort.closed_at) for row in chosen])}</div>')
    else:
        st.markdown("Nobody here has that name." if shown == ALL else "Nobody with that standing has that name.")
    if shut:
        st.caption(shut)
    work_words.rules()


def files(cohort) -> None:
    """The table to take away, and each assignment of each person."""
    for kind in cohort_files.TYPES:
        st.download_button(f"Save as {kind.upper()}", cohort_files.cohort(cohort.id, kind), f"cohort.{kind}", cohort_files.TYPES[kind], on_click="ignore", icon=":material/download:", key=f"file-{kind}")
    st.download_button("Each assignment as CSV", cohort_files.cohort(cohort.id, "csv", each=True), "assigned-work.csv", cohort_files.TYPES["csv"], on_click="ignore", icon=":material/download:", key="file-each")


def reminders(cohort) -> None:
    """Sentences to copy. Nothing is mailed from here."""
    fold = st.expander("Reminders to send", icon=":material/mail:", on_change="rerun", key=f"reminders-{cohort.id}")
    if not fold.open:
        return
    with fold:
        found = cohort_desk.reminders(cohort.id)
        st.caption("For whoever is late, struggling, or has something due within days. Nothing is mailed from here: copy what you need.")
        if not found:
            st.markdown("Nobody needs one today.")
        for one in found:
            st.markdown(plain(f"{one.name}{f', {one.email}' if one.email else ''}"))
            st.code(one.says, language=None, wrap_lines=True)


def opened(cohort) -> None:
    """A cohort that goes on."""
    if cohort_desk.allowed(cohort.id, "see work"):
        who_is_where(cohort)
        with st.container(horizontal=True, wrap=True, vertical_alignment="center"):
            places.link(places.ASSIGN, "Assign work", icon=":material/assignment_add:", cohort=cohort.id)
            places.link(places.ITEMS, "Item statistics", icon=":material/query_stats:", cohort=cohort.id)
            files(cohort)
        reminders(cohort)
    cohort_members.settings(cohort)


def over(cohort) -> None:
    """A closed one: how everyone stood when it was closed, who was in it, and opening it again."""
    st.html(feedback.notice(f"This cohort was closed on {work_words.day(cohort.closed_at)}.", "It is read as it stood then. What its people did since is not in it, and their pages are closed to its trainers."))
    if cohort_desk.allowed(cohort.id, "see work"):
        who_is_where(cohort)
        with st.container(horizontal=True, wrap=True):
            files(cohort)
    cohort_members.of_closed(cohort)


def without_leaders() -> None:
    """For an admin: the open cohorts that nobody leads who is there, and what waits in them."""
    if found := leaders_desk.unled():
        st.warning("Nobody who can mark leads " + ("this cohort. Its" if len(found) == 1 else "these cohorts. Their") + " people cannot object to a mark, and what waits is seen by nobody. Choose the cohort, and name a leader under “People and name”.\n\n"
                   + "\n".join(f"- {plain(one.says)}" for one in found), icon=":material/person_off:")


def main() -> None:
    session.require("see cohort")
    st.title("Cohorts", anchor=False)
    if says := st.session_state.pop("cohort-said", ""):
        st.success(plain(says))
    if session.may("name leaders"):
        without_leaders()
    held = cohort_desk.cohorts()
    if not held:
        st.markdown("There is no open cohort that you lead. Make one, and take people in by the e-mail address of their account.")
    if held or cohort_desk.closed():
        cohort = choose(held)
        over(cohort) if cohort.closed_at else opened(cohort)
    if session.may("make cohort"):
        with st.expander("Make a cohort", icon=":material/add:", expanded=not held):
            cohort_members.make()


main()
