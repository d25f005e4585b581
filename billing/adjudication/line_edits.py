"""The edits on a service: its modifiers, its place, its neighbours of the day, its units, its authorization, its need."""

from dataclasses import replace

from billing.adjudication.review import Review
from billing.answer import Finding
from billing.claim import ServiceLine


def required_by_payer(review: Review) -> list[Finding]:
    """Items this payer asks for beyond the standard's own, as the referring provider of certain tests."""
    found = []
    for number, line in review.numbered():
        rule = review.value("required-items", line)
        for item in rule.items if rule else ():
            if (not item.procedures or line.procedure in item.procedures) and not getattr(review.claim, item.item):
                found.append(review.found("required_by_payer", "required-items", item.reason, f"This payer needs {item.item.replace('_', ' ')} with {line.procedure}.", number))
    return found


def modifiers_fit(review: Review) -> list[Finding]:
    """Each modifier is one the payer reads, and fits the procedure."""
    found = []
    for number, line in review.numbered():
        rule = review.value("modifier-use", line)
        if rule is None:
            continue
        for modifier in line.modifiers:
            if modifier not in rule.known or line.procedure not in rule.procedures_with.get(modifier, (line.procedure,)):
                found.append(review.found("modifiers_fit", "modifier-use", rule.reason, f"Modifier {modifier} does not go with {line.procedure}.", number))
    return found


def place_fits(review: Review) -> list[Finding]:
    """The service may be done in that place."""
    found = []
    for number, line in review.numbered():
        rule = review.value("places-of-service", line)
        for row in rule.of.get(line.procedure, ()) if rule else ():
            if line.place_of_service not in row.places:
                found.append(review.found("place_fits", "places-of-service", rule.reason, f"{line.procedure} is not done in place of service {line.place_of_service}.", number))
    return found


def covered_service(review: Review) -> list[Finding]:
    """The payer covers the procedure at all."""
    found = []
    for number, line in review.numbered():
        rule = review.value("not-covered", line)
        if rule and line.procedure in rule.procedures:
            found.append(review.found("covered_service", "not-covered", rule.reason, f"{review.policy.name} does not cover {line.procedure}.", number))
    return found


def procedure_pairs(review: Review) -> list[Finding]:
    """Of two services of a day that a pair keeps together, the second column is not paid, unless its modifier says it stood apart."""
    found = []
    for number, line in review.numbered():
        rule = review.value("procedure-pairs", line)
        if rule is None:
            continue
        others = {each.procedure: each for _, each in review.numbered() if each is not line and each.service_date == line.service_date}
        for pair in rule.by_column2.get(line.procedure, ()):
            if pair.column1 in others and not _bypassed(pair, line, others[pair.column1], rule.bypass_modifiers):
                found.append(review.found("procedure_pairs", "procedure-pairs", rule.reason,
                                          f"{pair.column2} is part of {pair.column1} on the same day (modifier indicator {pair.modifier_indicator}).", number))
    return found


def _bypassed(pair, line: ServiceLine, other: ServiceLine, bypass: tuple[str, ...]) -> bool:
    if pair.modifier_indicator == "9":
        return True
    if pair.modifiers:  # a visit's own modifier (as 25) says that the visit stood apart, and stands on the visit
        return pair.modifier_indicator == "1" and bool(set(line.modifiers) & set(pair.modifiers))
    return pair.modifier_indicator == "1" and bool((set(line.modifiers) | set(other.modifiers)) & set(bypass))


def units_limit(review: Review) -> list[Finding]:
    """Not more units than the limit: of the line (adjudication indicator 1), or of the day (2 and 3)."""
    found = []
    for number, line in review.numbered():
        rule = review.value("units-limits", line)
        for limit in rule.of.get(line.procedure, ()) if rule else ():
            if (units := _units(review, line, limit.adjudication)) > limit.units:
                found.append(review.found("units_limit", "units-limits", rule.reason, f"{units} units of {line.procedure}; the limit is {limit.units}.", number))
    return found


def _units(review: Review, line: ServiceLine, adjudication: str) -> int:
    if adjudication == "1":
        return line.units
    return sum(each.units for each in review.claim.lines if (each.procedure, each.service_date) == (line.procedure, line.service_date))


def prior_authorization(review: Review) -> list[Finding]:
    """Where this payer authorizes a service beforehand, the claim names an authorization on file for it, that day, and those units."""
    found, earlier = [], review.claim.prior_payment
    for number, line in review.numbered():
        rule = review.value("prior-authorization", line)
        if rule is None or (earlier and earlier.payer in rule.waived_after):
            continue
        if line.procedure not in rule.procedures or (rule.places and line.place_of_service not in rule.places):
            continue
        held = [a for a in review.coverage.authorizations if a.number == review.claim.prior_authorization]
        if not held:
            why = f"{line.procedure} needs an authorization; " + (
                f"{review.claim.prior_authorization} is none this payer has on file." if review.claim.prior_authorization else "item 23 is blank.")
            found.append(review.found("prior_authorization", "prior-authorization", rule.absent, why, number))
        elif not any(a.procedure == line.procedure and a.begins <= line.service_date <= a.ends and _units_so_far(review, number) <= a.units for a in held):
            found.append(review.found("prior_authorization", "prior-authorization", rule.exceeded, f"Authorization {held[0].number} does not cover this service, day or number of units.", number))
    return found


def _units_so_far(review: Review, number: int) -> int:
    """The units of the line's procedure on the claim up to this line: what an authorization is used up by."""
    procedure = review.claim.lines[number - 1].procedure
    return sum(each.units for each in review.claim.lines[:number] if each.procedure == procedure)


def medical_necessity(review: Review) -> list[Finding]:
    """A diagnosis the line points to is on the coverage list, where the payer has one for the procedure; and no reviewer of the payer has found otherwise."""
    found = []
    for number, line in review.numbered():
        rule = review.value("medical-necessity", line)
        if rule and line.procedure in review.coverage.found_unnecessary:
            found.append(review.found("medical_necessity", "medical-necessity", rule.reason, f"The payer's reviewer did not find {line.procedure} necessary from the record that it had.", number))
            continue
        for covered in rule.of.get(line.procedure, ()) if rule else ():
            if not any(_listed(code, covered.diagnoses) for code in _pointed(review, line)):
                waived = rule.with_waiver and set(line.modifiers) & set(rule.waiver_modifiers)
                reason = rule.with_waiver if waived else rule.reason
                found.append(review.found("medical_necessity", "medical-necessity", replace(reason, rarcs=covered.rarcs or reason.rarcs),
                                          f"No diagnosis that line {number} points to is on the coverage list for {line.procedure}.", number))
    return found


def _pointed(review: Review, line: ServiceLine) -> list[str]:
    return [review.claim.diagnoses["ABCDEFGHIJKL".index(letter)] for letter in line.diagnosis_pointers]


def _listed(code: str, listed: tuple[str, ...]) -> bool:
    return any(code == entry or (entry.endswith("*") and code.startswith(entry[:-1])) for entry in listed)


EDITS = (required_by_payer, modifiers_fit, place_fits, covered_service, procedure_pairs, units_limit, prior_authorization, medical_necessity)
