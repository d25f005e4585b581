"""A payer's answer as a paper: the remittance of one claim line by line, codes and amounts only, as it arrives."""

from collections.abc import Mapping
from typing import Any

from billing.answer import Adjustment, Remittance
from curriculum.papers import Paper, Table

HEADS = (("Service", False), ("Procedure", False), ("Charge", True), ("Allowed", True), ("Adjustments", False), ("Paid", True))


def remittance_paper(answer: Remittance, payer: str, claim: Any = None, names: Mapping[str, str] = {}, title: str = "Remittance advice") -> Paper:
    """The remittance of one claim. claim: whose patient and member id stand on it; names: plain names of procedures."""
    who = (("Patient", f"{claim.patient.last_name}, {claim.patient.first_name}"), ("Member id", claim.member_id)) if claim is not None else ()
    boxes = (*who, ("Account", answer.account), ("Payer control number", answer.control_number), ("Received", str(answer.received)), ("Adjudicated", str(answer.adjudicated)),
             ("Payment to", "patient" if answer.pays_patient else "provider"), ("Claim paid", money(answer.paid)), *((("Interest", money(answer.interest)),) if answer.interest else ()))
    rows = [(f"Line {line.line}, {line.service_date}", " ".join(filter(None, (line.revenue_code, line.procedure, *line.modifiers, line.tooth, "".join(line.surfaces)))) + (f" ({names[line.procedure]})" if line.procedure in names else ""),
             money(line.charge), money(line.allowed), adjusted(line.adjustments), money(line.paid)) for line in answer.lines]
    if answer.whole:
        rows = [(label, procedure, charge, "", "", "") for label, procedure, charge, *_ in rows] + [("The claim", answer.whole.drg, money(answer.whole.charge), money(answer.whole.allowed), adjusted(answer.whole.adjustments), money(answer.whole.paid))]
    totals = ("Total", "", money(answer.charge), money(answer.allowed), money(answer.charge - answer.paid), money(answer.paid))
    remarks = f"Claim remarks: {' '.join(answer.rarcs)}" if answer.rarcs else ""
    return Paper(title, payer, boxes, tables=(Table("Services with each adjustment", HEADS, tuple(rows), totals),), note=remarks)


def adjusted(adjustments: tuple[Adjustment, ...]) -> str:
    """Group code, CARC, dollars and RARCs of each."""
    return "; ".join(" ".join((f"{each.group}-{each.carc}", money(each.amount), *each.rarcs)) for each in adjustments)


def money(amount) -> str:
    """Dollars and cents."""
    return f"{amount:,.2f}"
