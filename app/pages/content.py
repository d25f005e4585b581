"""Content for its authors: every item with its drafts, what the check found with file and line, and one item as a learner sees it and with its key."""

import streamlit as st

from app import content_desk, item_preview, session
from app.work_offered import count
from app.widgets import item_over, places
from app.widgets.markup import table, text
from app.widgets.wording import label

A_PAGE, MOST, LONGEST = 25, 100, 110
ANY = ""


def one(id: str) -> None:
    """The item that the address names."""
    places.link(places.CONTENT, "All items", icon=":material/arrow_back:")
    with session.problems_said():
        seed = st.number_input("Variant", 0, item_preview.SEEDS - 1, 0, key=f"seed-{id}", help="Another draws other values and another order of the options; claims and accounts show their first.")
        item_over.show(item_preview.preview(id, int(seed)))
        places.link(places.ITEMS, "What it did here: item statistics", icon=":material/query_stats:", item=id)


def listed() -> None:
    """The list with its filters."""
    held = content_desk.lines()
    kinds = list(dict.fromkeys(line.kind for line in held))
    with st.container(horizontal=True, wrap=True):
        asked = st.text_input("Find", key="asked", placeholder="Words, a slug, a file or a competency")
        kind = st.selectbox("Kind", [ANY, *kinds], format_func=lambda name: name or "Every kind", key="kind")
        status = st.selectbox("Status", [ANY, *content_desk.STATES], format_func=lambda name: name.capitalize() or "Every status", key="status")
    chosen = content_desk.found(held, asked, kind, status)
    states = ", ".join(f"{sum(line.status == state for line in chosen)} {state}" for state in content_desk.STATES)
    st.caption(f"{len(chosen)} of {len(held)} items: {states}.")
    pages = max(1, -(-len(chosen) // A_PAGE))
    page = st.pagination(pages, key=f"page-{asked}-{kind}-{status}") if pages > 1 else 1
    heads = [("Item", False), ("Kind", False), ("Status", False), ("Level", True), ("Last checked", False), ("Where", False)]
    rows = [(f'<span><a class="cc-person" href="content?item={text(line.id)}" target="_self">{text(line.slug)}</a><span class="cc-plain">{text(short(line.title))}</span></span>',
             text(f"{line.kind}: {line.task}"), text(line.status), str(line.difficulty), text(f"{line.checked:%-d %b %Y}"), text(line.place)) for line in chosen[(page - 1) * A_PAGE:page * A_PAGE]]
    if rows:
        st.html(f'<div class="cc-paper">{table("Items", heads, rows)}</div>')


def short(title: str) -> str:
    title = " ".join(title.replace("**", "").split())
    return title if len(title) <= LONGEST else f"{title[:LONGEST].rsplit(' ', 1)[0]} …"


def checked() -> None:
    """What is wrong: at once what reading found, and the whole proof when it is asked for."""
    st.header("Check", anchor=False)
    unread, last = content_desk.unread(), content_desk.last_check()
    if st.button("Check everything", icon=":material/fact_check:", key="check", help="Reads and proves all content as it lies in its files now. It takes some minutes at most."):
        try:
            with st.spinner("Checking all content", show_time=True):
                last = content_desk.check()
        except content_desk.NotChecked as problem:
            st.error(label(str(problem)), icon=":material/error:")
    if last:
        st.markdown(f"Checked {session.told(last.at)}: {count(last.wrong, 'mistake')}, {count(len(last.faults) - last.wrong, 'warning')}.")
        faults(last.faults, "What the check found")
    elif unread:
        faults(unread, "Found when the content was read")
    else:
        st.markdown("Reading found no mistake. The check proves keys, worked answers, references and boundaries too.")


def faults(found, caption: str) -> None:
    """Mistakes with their file and line, the first hundred."""
    words = st.text_input("Of which files", key="of-files", placeholder="Part of a file's name") if len(found) > A_PAGE else ""
    chosen = [fault for fault in found if words in fault.file]
    if chosen:
        rows = [(text(f"{fault.file}:{fault.line}"), text("warning" if fault.warning else "mistake"), text(": ".join(filter(None, (fault.where, fault.what))))) for fault in chosen[:MOST]]
        st.html(f'<div class="cc-paper">{table(caption, [("Where", False), ("Weight", False), ("What", False)], rows)}</div>')
    if len(chosen) > MOST:
        st.caption(f"The first {MOST} of {len(chosen)}.")


def main() -> None:
    session.require("see keys")
    st.title("Content", anchor=False)
    if id := st.query_params.get("item", ""):
        one(id)
        return
    st.markdown("Everything that is in the content's files, drafts too. Files are written with an editor and proved by the check; here they are read over, with their keys.")
    listed()
    checked()


main()
