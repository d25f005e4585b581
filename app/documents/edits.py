"""docs/edits.md: every edit of every form in the order in which it is asked, from the code."""

import inspect

from billing.adjudication import front_end, pipeline, pricing
from billing.dental import door as dental_door
from billing.dental import edits as dental_edits
from billing.institutional import bill_edits, coverage_edits
from billing.institutional import door as hospital_door
from billing.pharmacy import door as pharmacy_door
from billing.pharmacy import drug_edits, member_edits

FORMS = (
    ("Professional claims", (("The front end; a refusal is a 277CA", front_end.EDITS), *((f"{module.__name__.rsplit('.', 1)[1].replace('_', ' ').capitalize()}; a refusal stands in the remittance", module.EDITS) for module in pipeline.MODULES),
                            ("What follows from another line's denial", pipeline.drug_edits.FOLLOWING), ("The price, step by step", pricing.STEPS))),
    ("Institutional claims", (("The front end; a refusal is a 277CA", hospital_door.EDITS), ("The bill itself; a refusal is returned to the provider", bill_edits.EDITS), ("Coverage; a refusal is a denial", coverage_edits.EDITS))),
    ("Dental claims", (("The front end; a refusal is a 277CA", dental_door.EDITS), ("The form and the plan; a refusal stands in the remittance", dental_edits.EDITS))),
    ("Pharmacy claims", (("The transmission; a refusal is a reject code", pharmacy_door.EDITS), ("The member; a refusal is a reject code", (*member_edits.WHO, *member_edits.EDITS)), ("The product; a refusal is a reject code", (drug_edits.product_known, *drug_edits.EDITS)))))


def page(catalogue) -> str:
    """The whole page."""
    parts = ["# Every edit\n\nWritten by `python -m app document` from the code; a test compares. An edit is a function that looks at a claim on the payer's desk and returns what it finds, with the reason and the rule. Each has a case on both sides "
             "of its boundary in the tests, and taking one out makes a case fail. Which payer has which rule is in [payers.md](payers.md).\n"]
    for form, stages in FORMS:
        count = sum(len(edits) for _, edits in stages)
        parts.append(f"## {form} ({count})\n")
        for stage, edits in stages:
            parts += [f"### {stage}\n", "| edit | what it says |", "|---|---|", *(f"| `{edit.__name__}` | {_said(edit)} |" for edit in edits), ""]
    return "\n".join(parts)


def _said(edit) -> str:
    """The first sentence of its docstring, on one line."""
    return " ".join((inspect.getdoc(edit) or "").split("\n\n")[0].split()).replace("|", "\\|")
