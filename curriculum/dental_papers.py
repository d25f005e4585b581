"""What lies on the desk of a dental exercise: the treatment plan, the chart, what the plan says it pays, its fees, and the answer to a claim or a predetermination."""

from datetime import date

from billing.answer import Remittance
from billing.codes import CodeBooks
from billing.dental import mouth
from billing.dental.claim import DentalClaim, DentalLine
from billing.dental.eligibility import respond_dental
from billing.dental.member import DentalMember
from billing.policy import PayerPolicy
from curriculum.papers import Paper, Table

CODES = "dental-training-codes"
KINDS_OF_LINE = {"1": "Active coverage", "6": "Inactive", "A": "Patient's per cent", "C": "Deductible", "F": "Limit", "D": "Says also", "R": "Other plan"}
PERIODS = {"": "", "23": "calendar year", "29": "remaining", "32": "lifetime", "33": "lifetime remaining"}
AREAS = {mouth.UPPER: "upper jaw", mouth.LOWER: "lower jaw", **dict(zip(mouth.QUADRANTS, ("upper right", "upper left", "lower left", "lower right")))}


def named(books: CodeBooks, procedure: str) -> str:
    """The code with its plain name."""
    entry = books.entry(CODES, procedure)
    return f"{procedure} {entry.name}" if entry else procedure


def place(line: DentalLine) -> str:
    """Where in the mouth, as one reads it off the form."""
    tooth = f"tooth {line.tooth}" if line.tooth else AREAS.get(line.area, "")
    return f"{tooth} {''.join(line.surfaces)}".strip()


def treatment(claim: DentalClaim, books: CodeBooks, title: str) -> Paper:
    """The lines as the office wrote them, with its own fees."""
    rows = tuple((str(number), str(line.service_date), place(line), named(books, line.procedure), str(line.quantity), str(line.charge)) for number, line in enumerate(claim.lines, 1))
    heads = (("Line", False), ("Date", False), ("Place", False), ("Service", False), ("Quantity", True), ("Fee", True))
    boxes = [("Patient", f"{claim.patient.first_name} {claim.patient.last_name}"), ("Born", str(claim.patient.birth_date)), ("Teeth crossed out as missing (item 33)", ", ".join(claim.missing_teeth) or "none")]
    if claim.replaces_prosthesis:
        boxes.append(("Replaces a prosthesis (items 43, 44)", f"yes, placed {claim.prior_placement}" if claim.prior_placement else "yes, no day given"))
    return Paper(title, claim.billing.name, tuple(boxes), tables=(Table("Services", heads, rows, ("", "", "", "Total", "", str(claim.charge))),))


def benefits(policy: PayerPolicy, known: DentalMember, on: date, participates: bool) -> Paper:
    """The plan's answer to the eligibility question."""
    got = respond_dental(policy, known, on, participates)
    rows = tuple((KINDS_OF_LINE[each.code], PERIODS[each.period], "" if each.amount is None else str(each.amount), "" if each.percent is None else f"{each.percent} %", each.text) for each in got.lines)
    heads = (("What", False), ("Period", False), ("Dollars", True), ("Per cent", True), ("Says", False))
    boxes = (("Plan", known.plan), ("Member id", known.member_id), ("As of", str(on)), ("This office", "in the network" if participates else "outside of the network"))
    return Paper(f"Benefits of {policy.name}", policy.name, boxes, tables=(Table("Benefits", heads, rows),), note="Per cents are the patient's. A statement of benefits promises no payment.")


def history(policy: PayerPolicy, known: DentalMember, books: CodeBooks) -> Paper:
    """What the plan knows to have been done, and which teeth are gone."""
    done = tuple((str(each.service_date), place(each), named(books, each.procedure)) for each in known.earlier_lines)
    gone = tuple((f"tooth {each.tooth}", str(each.since)) for each in known.missing_teeth)
    tables = (Table("Services done", (("Date", False), ("Place", False), ("Service", False)), done), Table("Teeth that are gone", (("Tooth", False), ("Since", False)), gone))
    return Paper("History", policy.name, tables=tuple(table for table in tables if table.rows), note="" if done or gone else "No earlier service and no missing tooth is on file.")


def fees(policy: PayerPolicy, procedures: tuple[str, ...], on: date, books: CodeBooks) -> Paper:
    """The fees of these procedures and of those they are figured on."""
    rule, others = policy.rule("alternate-benefits"), []
    for each in rule.on(on).alternates if rule else ():
        others += [each.paid_as] if each.procedure in procedures else []
    table = policy.rule("dental-fees").on(on).of
    rows = tuple((named(books, code), str(table[code].contracted), str(table[code].customary)) for code in dict.fromkeys((*procedures, *others)) if code in table)
    classes = policy.rule("dental-services").on(on).of
    with_class = tuple((row[0], classes[row[0].split()[0]].category, *row[1:]) for row in rows)
    return Paper(f"Fees of {policy.name}", policy.name, tables=(Table("Fees", (("Service", False), ("Class", False), ("Contracted", True), ("Customary", True)), with_class),))


def answered(answer: Remittance, claim: DentalClaim, policy: PayerPolicy, books: CodeBooks) -> Paper:
    """The answer, line by line, as a plan's statement shows it."""
    rows = tuple((str(each.line), place(claim.lines[each.line - 1]), named(books, each.procedure), str(each.charge), str(each.allowed),
                  "; ".join(" ".join((f"{a.group}-{a.carc}", str(a.amount), *a.rarcs)) for a in each.adjustments), str(each.paid)) for each in answer.lines)
    heads = (("Line", False), ("Place", False), ("Service", False), ("Charge", True), ("Allowed", True), ("Adjusted", False), ("Paid", True))
    totals = ("", "", "Total", str(answer.charge), str(answer.allowed), "", str(answer.paid))
    boxes = (("Claim number", answer.control_number), ("Received", str(answer.received)), ("Decided", str(answer.adjudicated)),
             ("Claim status", "25, predetermination, no payment" if answer.predetermination else "2, as second plan" if claim.prior_payment else "1, as first plan"))
    return Paper("Answer to the treatment plan" if answer.predetermination else "Remittance", policy.name, boxes, tables=(Table("Services", heads, rows, totals),))
