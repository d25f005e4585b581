"""The edits on drugs that a practice buys and bills: what was thrown away, the national drug code, and the injection that the drug hangs on."""

import re

from billing.adjudication.review import Review
from billing.answer import Finding, Outcome
from billing.claim import ServiceLine
from billing.drug_values import Drugs


def waste_told(review: Review) -> list[Finding]:
    """A drug from a single-dose container is billed with what was thrown away on a line of its own (JW), or says that nothing was (JZ)."""
    found = []
    for number, line in review.numbered():
        rule = review.value("drugs", line)
        if rule and rule.waste_untold and line.procedure in rule.single_dose and not _told(review, rule, line):
            found.append(review.found("waste_told", "drugs", rule.waste_untold,
                                      f"{line.procedure} comes in single-dose containers: the claim says neither what was thrown away nor that nothing was, or says both.", number))
    return found


def _told(review: Review, rule: Drugs, line: ServiceLine) -> bool:
    """Of the drug's lines of the day: all say that nothing was wasted, or one says what was and another what was given."""
    same = [set(each.modifiers) for each in review.claim.lines if (each.procedure, each.service_date) == (line.procedure, line.service_date)]
    wasted = [bool(held & set(rule.wasted)) for held in same]
    whole = [bool(held & set(rule.whole)) for held in same]
    return all(whole) and not any(wasted) or any(wasted) and not all(wasted) and not any(whole)


def drug_code(review: Review) -> list[Finding]:
    """Where this payer asks for it, the drug's line carries its national drug code, in its shape."""
    found = []
    for number, line in review.numbered():
        rule = review.value("drugs", line)
        if rule and rule.uncoded and line.procedure in rule.coded and not re.fullmatch(rule.code_pattern, line.ndc):
            found.append(review.found("drug_code", "drugs", rule.uncoded, f"The drug code {line.ndc or '(blank)'} of {line.procedure} is not {rule.code_in_words}.", number))
    return found


def drug_follows_injection(review: Review, findings: list[Finding]) -> list[Finding]:
    """Where this payer says so, a drug is not paid when none of the services that give it is paid on the same day."""
    refused = {f.line for f in findings if f.outcome is not Outcome.WARNING}
    found = []
    for number, line in review.numbered():
        rule = review.value("drugs", line)
        for link in rule.linked if rule and rule.unlinked else ():
            if line.procedure in link.drugs and not any(each.procedure in link.given_by and each.service_date == line.service_date and other not in refused
                                                        for other, each in review.numbered()):
                found.append(review.found("drug_follows_injection", "drugs", rule.unlinked, f"No service that gives {line.procedure} is paid on {line.service_date}.", number))
    return found


EDITS = (waste_told, drug_code)
FOLLOWING = (drug_follows_injection,)
"""Edits that look at what the others found."""
