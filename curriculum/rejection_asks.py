"""What is asked of a claim that was rejected: for each status told, the field at fault; found by mending each field alone and sending the claim again."""

from typing import Any

from billing.answer import Finding, Rejection
from billing.codes import CodeBooks, OutsideKnownDates
from billing.policy import PayerPolicy
from curriculum import claim_fields
from curriculum.ask import Accepted, Ask, rule_plain
from curriculum.cases import Case, answer_to
from curriculum.forms import name_in, reading

READING = "acknowledgements.claim-acknowledgement-277ca"


def about_the_rejection(case: Any, answer: Rejection, policy: PayerPolicy, books: CodeBooks, marked: tuple[str, ...]) -> tuple[Ask, ...]:
    """One ask a status. marked: the fields that stand wrong or blank. A status that no single field explains is not asked about."""
    options = tuple((path, name_in(case.form.name if case.form else "", path)) for path in fields_of(case))
    known = {path for path, _ in options}
    asks = []
    for number, finding in enumerate(answer.findings, 1):
        mends = [path for path in marked if path in known and _mended(case, path, finding, policy, books)]
        if mends:
            codes = " ".join(filter(None, (finding.category, finding.status, finding.entity)))
            where = f", line {finding.line}" if finding.line else ""
            more = tuple(Accepted(path, "1", finding.why) for path in mends[1:])
            asks.append(Ask(f"field-{number}", "choice", f"The answer says {codes}{where}. Which field is at fault?", mends[0], finding.why, READING, options, rule=rule_plain(finding.rule), accepted=more))
    return tuple(asks)


def fields_of(case: Any) -> list[str]:
    """Every field of the claim on the desk by path; of a group the rows that are there."""
    if case.form is None:
        held, clean = case.start.lines, case.clean.lines
        accident = case.start.accident or case.clean.accident
        head = (path for path in claim_fields.CLAIM_FIELDS if accident or not path.startswith("accident."))
        return [*head, *(f"lines.{number}.{part}" for number, line in enumerate(held, 1) for part in claim_fields.parts_of(line, *clean[number - 1:number]))]
    paths = [field.path for field in case.form.fields]
    for group in case.form.groups:
        for number in range(1, len(case.at_hand[group.path]) + 1):
            paths += [f"{group.path}.{number}"] if group.plain else [f"{group.path}.{number}.{field.path}" for field in group.fields]
    return paths


def mend(case: Any, claim: Any, path: str, source: Any) -> Any:
    """The claim with one field as the other claim has it; FieldError where that makes no claim."""
    if case.form is None:
        return claim_fields.with_field(claim, path, claim_fields.value_of(source, path))
    return reading.with_field(case.form, claim, path, reading.value_of(source, path))


def _mended(case: Case, path: str, finding: Finding, policy: PayerPolicy, books: CodeBooks) -> bool:
    """Whether the status is gone once this field alone is right."""
    try:
        after = answer_to(case, mend(case, case.start, path, case.clean), policy, books)
    except (claim_fields.FieldError, OutsideKnownDates, LookupError, ValueError, TypeError):
        return False
    return not any((each.edit, each.line, each.status, each.entity) == (finding.edit, finding.line, finding.status, finding.entity) for each in after.findings)
