"""The papers of a scenario laid on the page: registration, card, note, ticket, what came before, and the answers that arrive."""

import streamlit as st

from app import claims, form_papers, wires
from app.widgets import feedback, markup, paper_sheet, papers, wire
from app.widgets.wording import prose
from billing.answer import Rejection

PERIODS = {"23": "Calendar year", "29": "Remaining", "27": "Visit"}


def story(work) -> None:
    """What happened, and which day it is."""
    st.markdown(prose(work.story))
    if not work.payer_real:
        st.caption(f"{work.payer_name} is invented for training; its rules bind nobody.")


def file(work) -> None:
    """Everything in the patient's file, each paper under its tab."""
    held = {"Registration": _registration, "Insurance card": _card, "Encounter note": _note, "Charge ticket": _ticket}
    if work.response:
        held = {"Eligibility response": _eligibility, "Registration": _registration, "Fee sheet": _fees}
    if work.world["prior_payment"]:
        held["First payer's remittance"] = _prior
    for tab, show in zip(st.tabs(list(held)), held.values()):
        with tab:
            papers.show(show(work))


def answer(came, names, payer: str, form: str = "professional", level: int = 3) -> None:
    """What came back, as it arrives: codes and amounts only."""
    if isinstance(came, Rejection) and form == "pharmacy":
        paper_sheet.show(form_papers.rejection_paper(came, payer), level)
    elif isinstance(came, Rejection):
        papers.show(papers.rejection_notice(came, payer=payer, title=f"Claim acknowledgement (277CA) for {papers.day(came.received)}", level=level))
    else:
        papers.show(papers.remittance(came, names, payer=payer, title=f"Remittance advice of {papers.day(came.adjudicated)}", level=level))


def over_the_wire(came, claim, payer: str, received, key: str) -> None:
    """The claim and its answer as the transactions that they were, for those who want to read them."""
    if not (text_ := wires.of_answer(came, claim, payer)) or not st.toggle("As it went over the wire", key=key):
        return
    st.caption("The claim as sent (837)")
    wire.show(wires.of_claim(claim, payer, received))
    st.caption("The answer (277CA)" if isinstance(came, Rejection) else "The answer (835)")
    wire.show(text_)


def why(came, level: int = 4) -> None:
    """Every decision of the payer with the rule in force on its day and where that is written."""
    for found in came.findings:
        where = f"Line {found.line}" if found.line else "The claim"
        st.html(feedback.notice(f"{where}: {found.why}", rule_words(found.rule)))
        if found.rule:
            st.html(feedback.sources([claims.source(citation) for citation in found.rule.citations]))


def steps(came) -> str:
    """How the payer got there, step by step."""
    rows = [(f"Line {step.line}" if step.line else "Claim", markup.text(step.stage), markup.text(step.text), markup.dollars(step.amount) if step.amount is not None else "") for step in came.trace]
    return markup.table("How the payer decided, step by step", [("Where", False), ("Stage", False), ("What it did", False), ("Amount", True)], rows)


def rule_words(rule) -> str:
    """A rule as one says it: title, since when, by which day."""
    if rule is None:
        return "A rule of the claim form itself: every payer's front end asks for it."
    held = rule if isinstance(rule, dict) else vars(rule)
    made = " Made for training." if held["invented"] else ""
    return f"{held['title']}: in force from {held['since']}, judged by {held['judged_on']}.{made}"


def _person(person: dict) -> str:
    return f"{person['first_name']} {person['last_name']}"


def _registration(work) -> str:
    patient = work.world["patient"]
    fields = [("Patient", f"{patient['last_name']}, {patient['first_name']}"), ("Born", _day(patient["birth_date"])), ("Sex", patient["sex"]), ("Account", work.world["account"]),
              ("Relationship to insured", work.world["relationship"])]
    if work.world["subscriber"]:
        fields.append(("Insured", _person(work.world["subscriber"])))
    fields += list(work.world["registration"].items())
    return papers.registration(fields, issuer=work.world["billing"]["name"])


def _card(work) -> str:
    card, holder = work.world["card"], work.world["subscriber"] or work.world["patient"]
    fields = [("Member", _person(holder)), ("Member id", card["member_id"]), *([("Group", card["group_number"])] if card["group_number"] else []), ("Plan", card["plan"])]
    return papers.insurance_card(fields, payer=work.payer_name)


def _note(work) -> str:
    signer = work.world["rendering"]
    sections = [(section["heading"], section["text"]) for section in work.world["note"]]
    return papers.encounter_note(sections, issuer=work.world["billing"]["name"], signed=f"Signed by {signer['name']}, NPI {signer['npi']}")


def _ticket(work) -> str:
    rows, billing, referring = work.world["ticket"], work.world["billing"], work.world["referring"]
    days = " and ".join(dict.fromkeys(_day(row["service_date"]) for row in rows))
    foot = f"Date of service {days}. {billing['name']}, NPI {billing['npi']}." + (f" Referred by {referring['name']}, NPI {referring['npi']}." if referring else "")
    return papers.charge_ticket(rows, names=claims.names(row["procedure"] for row in rows), issuer=billing["name"], note=foot)


def _eligibility(work) -> str:
    rows = [{"EB01": line.code, "Period": f"{line.period} {PERIODS.get(line.period, '')}".strip(), "Amount": markup.dollars(line.amount) if line.amount is not None else "",
             "Per cent": f"{line.percent.normalize():f}" if line.percent is not None else "", "Details": line.text} for line in work.response.lines]
    fields = [("Member", _person(work.world["patient"])), ("Member id", work.response.member_id), ("Asked for", papers.day(work.response.asked_for)), ("Plan", work.response.plan)]
    return papers.eligibility_response(rows, fields=fields, issuer=work.payer_name)


def _fees(work) -> str:
    named = claims.names(code for code, _ in work.fees)
    rows = [(markup.code(code, named.get(code, "")), markup.text(fee)) for code, fee in work.fees]
    return markup.sheet("Contract fees for the visit", work.payer_name, markup.table("Allowed amounts", [("Service", False), ("Allowed", True)], rows), level=3)


def _prior(work) -> str:
    prior = work.world["prior_payment"]
    rows = [(f"Line {line['line']}", markup.text(line["paid"]), markup.text("; ".join(f"{a['group']}-{a['carc']} {a['amount']}" for a in line["adjustments"]))) for line in prior["lines"]]
    body = markup.table("What the first payer did", [("Line", False), ("Paid", True), ("Adjustments", False)], rows)
    return markup.sheet("Remittance of the first payer", prior["payer"], body, level=3, note=f"Adjudicated {_day(prior['adjudicated'])}")


def _day(iso: str) -> str:
    year, month, day = iso.split("-")
    return f"{month}/{day}/{year}"
