"""The papers beside a second claim: the services, the first card, and what the second payer says of its own benefits and of coordination."""

from datetime import date

from billing.adjudication.cost_sharing import plan_named, used
from billing.answer import Remittance
from billing.claim import Person, ProfessionalClaim
from billing.codes import CodeBooks
from billing.policy import PayerPolicy
from curriculum.answer_papers import money
from curriculum.papers import Paper, Table

SAYS = {"standard": "After another payer it pays its own benefit, at most what is still owed.",
        "carve-out": "Carve-out: after another payer it pays its own benefit less what that one paid.",
        "non-duplication": "Non-duplication: after another payer it pays its own benefit less what that one paid; where that one paid as much, nothing.",
        "maintenance": "Maintenance of benefits: what the other payer paid comes off the allowed amount first; then the deductible and the per cent are taken.",
        "lesser-of": "After another payer it pays what lifts that payment to its own allowed amount, at most its own benefit and what is owed. The rest is written off.",
        "up-to-allowed": "After another payer it pays what lifts that payment to its own allowed amount, at most its own benefit and what is owed. Below its allowed amount the rest is the "
                         "patient's, above it the rest is written off.",
        "lowest-of-three": "As second payer it pays the lowest of three amounts (42 CFR 411.33(a)): the accepted charge less the first payment; what it would pay alone; the higher of the two "
                           "allowed amounts less the first payment. Sequestration comes off the result.",
        "by-contract": "It pays its contract's amount less what was paid before, whatever the charge leaves."}


def names(claim: ProfessionalClaim, books: CodeBooks) -> dict[str, str]:
    """The plain name of each procedure; its code where the books have none."""
    found = {}
    for line in claim.lines:
        entry = next(filter(None, (books.entry(held, line.procedure) for held in ("training-codes", "hcpcs"))), None)
        found[line.procedure] = entry.name if entry else line.procedure
    return found


def services(claim: ProfessionalClaim, named: dict[str, str]) -> Paper:
    """What was done and charged."""
    rows = tuple((str(line.service_date), " ".join((line.procedure, *line.modifiers)), named[line.procedure], str(line.units), money(line.charge)) for line in claim.lines)
    heads = (("Date", False), ("Procedure", False), ("Service", False), ("Units", True), ("Charge", True))
    boxes = (("Patient", f"{claim.patient.last_name}, {claim.patient.first_name}"), ("Account", claim.account), ("Diagnoses", ", ".join(claim.diagnoses)))
    return Paper("Services", claim.billing.name, boxes, tables=(Table("Services", heads, rows, ("", "", "Total", "", money(claim.charge))),))


def card(cover, policy: PayerPolicy, patient: Person) -> Paper:
    """The card of a payer; the protection of a beneficiary stands in the eligibility answer and here."""
    boxes = [("Member id", cover.member_id), ("Patient", f"{patient.last_name}, {patient.first_name}"), ("Patient is", cover.relationship), ("In force since", str(cover.begins))]
    if cover.qualified_beneficiary:
        boxes.append(("Eligibility answer", "Qualified Medicare Beneficiary (QMB)"))
    return Paper(f"First payer: {policy.name}", policy.name, tuple(boxes))


def terms(cover, policy: PayerPolicy, alone: Remittance, on: date, named: dict[str, str]) -> Paper:
    """The second payer's card, plan, allowed amounts, and method."""
    plan = plan_named(policy.rule("benefits").on(on).plans, cover.plan, policy.name)
    spent = used(cover.accumulators, on.year)
    boxes = [("Member id", cover.member_id), ("Plan", cover.plan), ("Patient is", cover.relationship), ("Deductible", money(plan.deductible)), ("Deductible met", money(spent.deductible_met)),
             ("Coinsurance", f"{plan.coinsurance_percent} %"), *((f"Copay, {each.name}", money(each.dollars)) for each in plan.copays)]
    if plan.out_of_pocket_limit is not None:
        boxes += [("Out-of-pocket limit", money(plan.out_of_pocket_limit)), ("Limit used", money(spent.out_of_pocket_met))]
    rows = tuple((f"Line {line.line}", line.procedure, named[line.procedure], money(line.allowed)) for line in alone.lines if line.allowed)
    heads = (("Line", False), ("Procedure", False), ("Service", False), ("Allowed", True))
    filing = policy.rule("timely-filing")
    passages = (("Coordination of benefits", SAYS[policy.rule("secondary").on(on).method]), ("Filing", " ".join(filter(None, (filing.title + ".", filing.note)))))
    exempt = [line.procedure for line in alone.lines if line.procedure in plan.exempt]
    note = f"Without deductible and coinsurance: {', '.join(exempt)}." if exempt else ""
    return Paper(f"Second payer: {policy.name}", policy.name, tuple(boxes), passages, (Table("Allowed amounts", heads, rows),), note)
