"""The papers of a claim as they look on a desk, each one a string of safe HTML made from typed values."""

from datetime import date
from typing import Iterable, Mapping

import streamlit as st

from app.widgets.markup import code, dollars, pairs, sheet, table, text
from billing.answer import Adjustment, Rejection, Remittance, RemittanceLine
from billing.claim import ProfessionalClaim

Fields = Mapping[str, object] | Iterable[tuple[str, object]]
LONG = 34  # characters of a value that no longer fit a third of the sheet


def show(paper: str) -> None:
    """Lays a paper on the page."""
    st.html(paper)


def day(value: date) -> str:
    """A date as claims print it: 03/09/2026."""
    return value.strftime("%m/%d/%Y")


def registration(fields: Fields, *, title: str = "Patient registration", issuer: str = "", level: int = 3) -> str:
    """The front desk's form: a box for each label."""
    return sheet(title, issuer, boxes(fields), level=level)


def insurance_card(fields: Fields, *, payer: str = "", title: str = "Insurance card", level: int = 3, note: str = "") -> str:
    """What the patient's card says, one face."""
    cells = "".join(f'<div class="{_width(value)}"><dt>{text(label)}</dt><dd>{text(value)}</dd></div>' for label, value in pairs(fields))
    return sheet(payer or title, title if payer else "", f"<dl>{cells}</dl>", level=level, kind="cc-card", note=note)


def encounter_note(sections: Fields, *, title: str = "Encounter note", issuer: str = "", signed: str = "", level: int = 3) -> str:
    """The clinician's note under its own headings; `signed` is the line at its foot."""
    parts = "".join(
        f'<h{level + 1} class="cc-section">{text(head)}</h{level + 1}><p>{text(words)}</p>' for head, words in pairs(sections)
    )
    return sheet(title, issuer, f'<div class="cc-note-body">{parts}</div>', level=level, note=signed)


def charge_ticket(
    rows: Iterable[Mapping[str, object]], *, names: Mapping[str, str] = {}, title: str = "Charge ticket", issuer: str = "",
    level: int = 3, note: str = "",
) -> str:
    """What the practice charged: rows of procedure, units and charge. Modifiers and diagnoses are the biller's work."""
    heads = [("Procedure", False), ("Units", True), ("Charge", True)]
    cells = [(code(str(row["procedure"]), names.get(str(row["procedure"]), "")), text(row.get("units", 1)), text(row.get("charge", ""))) for row in rows]
    return sheet(title, issuer, table("Services ticked by the clinician", heads, cells), level=level, note=note)


def claim_summary(claim: ProfessionalClaim, *, names: Mapping[str, str] = {}, title: str = "Claim as sent", level: int = 3) -> str:
    """The claim the payer sees: who, for whom, why, what."""
    heads = [("Line", False), ("Date", False), ("Place", False), ("Procedure", False), ("Modifiers", False), ("Pointers", False),
             ("Units", True), ("Charge", True)]
    seldom = [(head, part) for head, part in (("Drug code", "ndc"), ("Record sent along", "attachment")) if any(getattr(line, part) for line in claim.lines)]
    heads[6:6] = [(head, False) for head, _ in seldom]
    cells = [
        (
            str(number), day(line.service_date), text(line.place_of_service), code(line.procedure, names.get(line.procedure, "")),
            text(" ".join(line.modifiers)), text(" ".join(line.diagnosis_pointers)), *(text(getattr(line, part)) for _, part in seldom), str(line.units), dollars(line.charge),
        )
        for number, line in enumerate(claim.lines, 1)
    ]
    totals = ("Total", "", "", "", "", "", *("" for _ in seldom), "", dollars(claim.charge))
    body = boxes(_claim_fields(claim)) + table("Service lines", heads, cells, totals)
    return sheet(title, f"Account {claim.account}", body, level=level)


def remittance(answer: Remittance, names: Mapping[str, str], *, payer: str = "", title: str = "Remittance advice", level: int = 3) -> str:
    """What the payer decided, line by line: amounts and codes only, as it arrives at work."""
    heads = [("Service", False), ("Procedure", False), ("Charge", True), ("Allowed", True), ("Adjustments", True), ("Paid", True)]
    cells = [_remittance_cells(line, names, bool(answer.whole)) for line in answer.lines]
    adjusted = answer.charge - answer.paid
    totals = ("Claim total", "", dollars(answer.charge), dollars(answer.allowed), dollars(adjusted), dollars(answer.paid))
    if answer.whole:
        cells.append((_plain("The whole claim", f"DRG {answer.whole.drg}" if answer.whole.drg else ""), "",
                      dollars(answer.charge), dollars(answer.allowed), _adjustments(answer.whole.adjustments), dollars(answer.paid)))
    remarks = f'<p class="cc-note">Claim remarks: {_codes(answer.rarcs)}</p>' if answer.rarcs else ""
    body = boxes(_remittance_fields(answer)) + table("Service lines with each adjustment", heads, cells, totals) + remarks
    return sheet(title, payer or answer.payer, body, level=level)


def rejection_notice(answer: Rejection, *, payer: str = "", title: str = "Claim acknowledgement (277CA)", level: int = 3) -> str:
    """A claim that never entered adjudication: category, status and entity codes."""
    heads = [("Where", False), ("Category", False), ("Status", False), ("Entity", False)]
    cells = [
        ("Claim" if not found.line else f"Line {found.line}", code(found.category), code(found.status), code(found.entity) if found.entity else "")
        for found in answer.findings if found.category
    ]
    fields = [("Account", answer.account), ("Received", day(answer.received)), ("Result", "Rejected")]
    return sheet(title, payer or answer.payer, boxes(fields) + table("Status information", heads, cells), level=level)


def eligibility_response(
    rows: Iterable[Mapping[str, object]], *, fields: Fields = (), title: str = "Eligibility response (271)", issuer: str = "", level: int = 3,
) -> str:
    """A 271 as a portal lays it out: the member's fields, then a row for each benefit segment.

    A row's keys are its column labels; columns stand in the order they are first met.
    """
    rows = list(rows)
    labels = list(dict.fromkeys(label for row in rows for label in row))
    cells = [[text(row.get(label, "")) for label in labels] for row in rows]
    body = boxes(fields) + (table("Benefit segments", [(label, False) for label in labels], cells) if rows else "")
    return sheet(title, issuer, body, level=level)


def boxes(fields: Fields) -> str:
    cells = "".join(
        f'<div class="{_width(value)}"><dt>{text(label)}</dt><dd>{text(value)}</dd></div>' for label, value in pairs(fields)
    )
    return f'<dl class="cc-boxes">{cells}</dl>' if cells else ""


def _width(value: object) -> str:
    return "cc-wide" if len(str(value)) > LONG else "cc-box"


def _codes(codes: Iterable[str]) -> str:
    return " ".join(code(value) for value in codes)


def _claim_fields(claim: ProfessionalClaim) -> list[tuple[str, object]]:
    letters = (f"{chr(65 + at)} {diagnosis}" for at, diagnosis in enumerate(claim.diagnoses))
    fields = [
        ("Payer", claim.payer), ("Member id", claim.member_id), ("Group", claim.group_number),
        ("Patient", _person(claim.patient)), ("Subscriber", _person(claim.subscriber)), ("Relationship", claim.relationship),
        ("Billing provider", f"{claim.billing.name}, NPI {claim.billing.npi}"), ("Rendering provider", f"{claim.rendering.name}, NPI {claim.rendering.npi}"),
        ("Prior authorization", claim.prior_authorization), ("Accident", f"{claim.accident.cause} {claim.accident.state}".strip() + f", {day(claim.accident.on)}" if claim.accident else ""), ("Accepts assignment", "Yes" if claim.accepts_assignment else "No"),
        ("Frequency code", claim.frequency_code), ("Original reference", claim.original_reference),
        ("Diagnoses", "   ".join(letters)),
    ]
    return [(label, value) for label, value in fields if value]


def _person(person) -> str:
    return f"{person.last_name}, {person.first_name}, born {day(person.birth_date)}"


def _remittance_fields(answer: Remittance) -> list[tuple[str, object]]:
    return [
        ("Account", answer.account), ("Payer control number", answer.control_number), ("Payment to", "Patient" if answer.pays_patient else "Provider"),
        ("Received", day(answer.received)), ("Adjudicated", day(answer.adjudicated)), ("Claim paid", f"${dollars(answer.paid)}"),
    ]


def _remittance_cells(line: RemittanceLine, names: Mapping[str, str], told_whole: bool) -> tuple[str, ...]:
    """A line; of a claim decided whole, what was billed and no money."""
    procedure = " ".join(filter(None, (line.revenue_code, line.procedure, *line.modifiers))) + (f" × {line.units}" if line.units != 1 else "")
    where = f" tooth {line.tooth} {''.join(line.surfaces)}".rstrip() if line.tooth else ""
    money = ("", "", "") if told_whole else (dollars(line.allowed), _adjustments(line.adjustments), dollars(line.paid))
    return (
        f"<span>{day(line.service_date)}<span class=\"cc-plain\">Line {line.line}</span></span>",
        code(procedure + where, names.get(line.procedure, "")), dollars(line.charge), *money,
    )


def _plain(words: str, more: str) -> str:
    return f'<span>{text(words)}<span class="cc-plain">{text(more)}</span></span>'


def _adjustments(adjustments: Iterable[Adjustment]) -> str:
    made = "".join(map(_adjustment, adjustments))
    return f'<ul class="cc-adjustments">{made}</ul>' if made else ""


def _adjustment(adjustment: Adjustment) -> str:
    remarks = f'<span class="cc-remarks">{_codes(adjustment.rarcs)}</span>' if adjustment.rarcs else ""
    return (
        f'<li><span class="cc-code">{text(adjustment.group)}-{text(adjustment.carc)}</span>'
        f"<span>{dollars(adjustment.amount)}</span>{remarks}</li>"
    )
