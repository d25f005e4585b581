"""The edits on services paid by time: who gave the anesthesia, whose plan the therapy follows, and therapy's yearly threshold."""

from billing.adjudication.pricing import price
from billing.adjudication.review import Review
from billing.answer import Finding
from billing.claim import ServiceLine
from billing.money import ZERO
from billing.surgery_values import Therapy


def anesthesia_modifier(review: Review) -> list[Finding]:
    """Anesthesia says who gave, directed or supervised it."""
    found = []
    for number, line in review.numbered():
        if line.procedure in review.value("fee-schedule", line).base_units:
            rule = review.value("anesthesia", line)
            if not set(line.modifiers) & rule.of.keys():
                found.append(review.found("anesthesia_modifier", "anesthesia", rule.missing, f"{line.procedure} does not say who gave the anesthesia ({', '.join(rule.of)}).", number))
    return found


def _therapy(review: Review) -> list[tuple[int, ServiceLine, Therapy]]:
    """The claim's therapy lines with the rule in force for each."""
    rules = ((number, line, review.value("therapy", line)) for number, line in review.numbered())
    return [(number, line, rule) for number, line, rule in rules if rule and line.procedure in rule.procedures]


def therapy_plan(review: Review) -> list[Finding]:
    """Therapy says under which discipline's plan of care it is given (GP, GO, GN)."""
    return [review.found("therapy_plan", "therapy", rule.unplanned, f"{line.procedure} names no plan of care ({', '.join(rule.pool_of)}).", number)
            for number, line, rule in _therapy(review) if not set(line.modifiers) & rule.pool_of.keys()]


def therapy_threshold(review: Review) -> list[Finding]:
    """Above the year's threshold of its pool, therapy is paid only where the biller attests that the record shows the need (KX)."""
    found, used = [], {}
    for number, line, rule in _therapy(review):
        pool = next((rule.pool_of[m] for m in line.modifiers if m in rule.pool_of), None)
        if pool is None or rule.threshold is None:
            continue
        key = line.service_date.year, pool
        so_far = used.get(key, _before(review, *key))
        used[key] = so_far + _allowed(review, rule, so_far, number)
        if used[key] > rule.threshold and not set(line.modifiers) & set(rule.attest):
            told = rule.with_notice and set(line.modifiers) & set(rule.notice_modifiers)
            found.append(review.found("therapy_threshold", "therapy", rule.with_notice if told else rule.over,
                                      f"{used[key]} of {pool} in {key[0]} with this line; the threshold is {rule.threshold}.", number))
    return found


def _before(review: Review, year: int, pool: str):
    return sum((each.dollars for each in review.coverage.therapy_used if (each.year, each.pool) == (year, pool)), ZERO)


def _allowed(review: Review, rule: Therapy, so_far, number: int):
    """The line's allowed amount; its charge, which is no less, where even that stays below the threshold."""
    charge = review.claim.lines[number - 1].charge
    if so_far + charge <= rule.threshold:
        return charge
    return price(review, frozenset(each for each, _, _ in _therapy(review)))[number].allowed


EDITS = (anesthesia_modifier, therapy_plan, therapy_threshold)
