"""What an account shows of itself: the figures it stands at, the file, the mail, what is due, the timeline, and in the end how it was worked."""

from decimal import Decimal

import streamlit as st

from app import claims
from app.part_words import ACCOUNT
from app.widgets import claim_papers, feedback, paper_sheet, papers, places, reference_panel, wire
from app.widgets.markup import dollars, sheet, table, text
from app.widgets.wording import plain, prose
from billing.answer import Rejection
from billing.payment import Payment

PERIODS = claim_papers.PERIODS
KINDS = {"271": "Eligibility response (271)", "authorization": "Answer about the authorization", "999": "File acknowledgement (999)", "277CA": "Claim acknowledgement (277CA)",
         "277": "Claim status (277)", "call": "Call", "835": "Remittance (835)", "takeback": "Remittance that takes back (835)", "decision": "Decision on the appeal", "patient-payment": "Payment of the patient"}
TRANSACTIONS = ("271", "999", "277CA", "277", "835", "takeback")
STATUS = {"not-found": "Not found: no claim of this account is on file.", "pending": "Pending: the claim is in adjudication.", "paid": "Finalized: paid.", "denied": "Finalized: denied or nothing payable."}
DUE = {"file": "File the claim", "correct": "Send a correction", "appeal": "Appeal", "refund": "Give back", "follow-up": "Follow up"}
day = papers.day


def standing(work) -> str:
    """The account in figures."""
    cells = (("Charge", work.charge), ("Collected", work.collected), ("Balance as posted", work.balance), ("The patient owes", work.patient_owes))
    row = tuple(dollars(amount) for _, amount in cells) + (str(work.touches),)
    heads = [*((label, True) for label, _ in cells), ("Touches", True)]
    return sheet("The account today", day(work.today), table("Where the account stands", heads, [row]), level=2)


def file(work) -> None:
    """The papers of the file, each under its tab."""
    for tab, paper in zip(st.tabs([paper.title for paper in work.papers]), work.papers):
        with tab:
            paper_sheet.show(paper)


def shelf() -> None:
    """The books, behind a fold."""
    fold = st.expander("Look something up", on_change="rerun", key="life-shelf", icon=":material/menu_book:")
    if fold.open:
        with fold:
            reference_panel.render(None, key="life-shelf-books")


def due(work) -> str:
    """Every last day that can still be missed."""
    names = {payer: name for payer, name, _ in work.payers}
    rows = [(day(each.day), text(f"{(each.day - work.today).days} days"), text(DUE[each.what]), text(names.get(each.payer, "")), text(each.why)) for each in work.due]
    if not rows:
        return '<p class="cc-saved">Nothing has a last day at the moment.</p>'
    return sheet("Last days", "", table("Nearest first", [("Last day", False), ("Left", True), ("For", False), ("With", False), ("Why", False)], rows), level=3)


def heading(work, arrival) -> str:
    """What came, from whom, when."""
    names = {payer: name for payer, name, _ in work.payers}
    return f"{day(arrival.day)} · {KINDS[arrival.kind]} · {names.get(arrival.by, 'The patient')}"


def mail(work, desk) -> None:
    """Everything that came, the newest first and open; a transaction also as it went over the wire."""
    if not work.arrivals:
        st.caption("Nothing has come yet.")
    for place, arrival in enumerate(reversed(work.arrivals)):
        with st.expander(heading(work, arrival), expanded=place == 0):
            _content(work, arrival)
            if arrival.kind in TRANSACTIONS and st.toggle("As it came over the wire", key=f"{work.attempt}:wire:{arrival.number}") and (text_ := desk.wire(work.attempt, arrival.number)):
                wire.show(text_)


def _content(work, arrival) -> None:
    names = dict((payer, name) for payer, name, _ in work.payers)
    payer = names.get(arrival.by, "")
    if isinstance(arrival.content, Payment):
        _payment(arrival.content, payer)
    elif isinstance(arrival.content, Rejection):
        papers.show(papers.rejection_notice(arrival.content, payer=payer, title=f"Claim acknowledgement for {day(arrival.content.received)}", level=3))
    elif isinstance(arrival.content, str):
        papers.show(sheet(KINDS[arrival.kind], payer, "", level=3, note=STATUS.get(arrival.content, arrival.content)))
    elif isinstance(arrival.content, Decimal):
        papers.show(sheet("Payment", "The patient", "", level=3, note=f"${dollars(arrival.content)} received."))
    else:
        papers.show(_eligibility(arrival.content, payer))


def _payment(payment: Payment, payer: str) -> None:
    """The transfer, then each claim it pays or takes back."""
    rows = [(text(a.reason), text(a.reference), dollars(a.amount)) for a in payment.provider_adjustments]
    body = table("Beside the claims (PLB)", [("Reason", False), ("Reference", False), ("Amount", True)], rows) if rows else ""
    papers.show(sheet(f"Transfer {payment.trace_number}", payer, body, level=3, note=f"{day(payment.paid_on)}: ${dollars(payment.amount)} to {payment.payee}."))
    for reversal in payment.reversals:
        taken = reversal.of
        papers.show(sheet("Taken back (claim status 22)", payer, "", level=3, note=f"Claim {taken.control_number}: the payment of ${dollars(taken.paid)} is reversed with all its adjustments."))
    for answer in payment.claims:
        papers.show(papers.remittance(answer, claims.names(line.procedure for line in answer.lines), payer=payer, title=f"Remittance advice of {day(answer.adjudicated)}", level=3))


def _eligibility(response, payer: str) -> str:
    rows = [{"EB01": line.code, "Period": f"{line.period} {PERIODS.get(line.period, '')}".strip(), "Amount": dollars(line.amount) if line.amount is not None else "",
             "Per cent": f"{line.percent.normalize():f}" if line.percent is not None else "", "Details": line.text} for line in response.lines]
    return papers.eligibility_response(rows, fields=[("Member id", response.member_id), ("Asked for", day(response.asked_for)), ("Plan", response.plan)], issuer=payer, level=3)


def timeline(work) -> str:
    """Every act and every arrival, the newest first."""
    names = {payer: name for payer, name, _ in work.payers} | {"us": "We", "patient": "The patient"}
    rows = [(day(entry.day), text(names.get(entry.by, entry.by)), text(STATUS.get(entry.text, entry.text)), dollars(entry.amount) if entry.amount is not None else "") for entry in reversed(work.entries)]
    if not rows:
        return '<p class="cc-saved">Nothing has happened yet.</p>'
    return sheet("Timeline", "", table("Newest first", [("Day", False), ("Who", False), ("What", False), ("Amount", True)], rows), level=3)


def result(work) -> None:
    """How it went, part by part, beside the careful way."""
    share = float(work.score) / float(work.possible) if float(work.possible) else 0
    st.html(feedback.notice(f"{work.score} of {work.possible} marks ({share:.0%}).", "The account is closed. Every step stays in your record."))
    st.html(feedback.reasons(feedback.reason(ACCOUNT[credit["part"]], credit["reason"], right=_right(credit)) for credit in work.credits))
    cited = [claims.source(citation) for credit in work.credits for citation in credit["citations"]]
    if cited:
        st.html(feedback.sources(cited))
    with st.expander("The careful way through this account"):
        st.markdown("\n".join(f"{number}. {plain(words)}" for number, words in enumerate(_way(work), 1)))
    st.subheader("What this teaches", anchor=False)
    st.markdown(prose(work.teaches))
    with st.container(horizontal=True, wrap=True):
        places.link(places.SCENARIOS, "Other claims", icon=":material/assignment:")
        places.link(places.PROGRESS, "Where you stand", icon=":material/insights:")


def _way(work) -> list[str]:
    """The actions of the careful way in words, waiting left out."""
    names = {payer: name for payer, name, _ in work.payers}
    words = {"Verify": "Ask {payer} about the member.", "Authorize": "Ask {payer} for the authorization before the service.", "Send": "Send {payer} the claim that the record supports.",
             "Post": "Post the remittance as it says: {paid} paid, {written_off} written off, {patient} to the patient.", "Appeal": "Appeal: the claim was right, and the payer's file was not.",
             "WriteOff": "Write off {amount} ({reason}).", "Statement": "Send the patient a statement of {amount}.", "PaymentPlan": "Offer the patient {months} months.", "Refund": "Give {amount} back to {to}.",
             "Note": "Leave a note with the next step and its day.", "Close": "Close the account."}
    shown = [action for action in work.aim.actions if type(action).__name__ in words] if work.aim else []
    return [words[type(action).__name__].format(**{**vars(action), "payer": names.get(getattr(action, "payer", ""), ""), "to": names.get(getattr(action, "to", ""), "the patient")}) for action in shown]


def _right(credit: dict) -> bool | None:
    earned, possible = Decimal(credit["earned"]), Decimal(credit["possible"])
    return None if 0 < earned < possible else earned >= possible
