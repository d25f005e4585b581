"""The edits on surgery: services inside a global period, assistants and second surgeons, modifiers that need the record."""

from collections.abc import Iterator

from billing.adjudication.review import Review
from billing.answer import Finding
from billing.claim import ServiceLine
from billing.coverage import EarlierLine
from billing.policy import Reason
from billing.surgery_values import GlobalPeriod, GlobalPeriods

PAID, ASSISTANT_BY_RECORD, TWO_BY_RECORD = "2", "0", "1"
"""Indicators of the fee schedule: paid as such; an assistant, or a second surgeon, paid with the record only."""


def global_period(review: Review) -> list[Finding]:
    """A visit, or a further procedure, in the days that an earlier procedure of the same provider pays for, unless its modifier says otherwise."""
    found = []
    for number, line in review.numbered():
        rule = review.value("global-periods", line)
        for earlier in _before(review, rule, line) if rule else ():
            period = rule.of[earlier.procedure]
            if _inside(rule, period, line, earlier) and not set(line.modifiers) & set(_openers(rule, period, line, earlier)):
                found.append(review.found("global_period", "global-periods", rule.reason,
                                          f"{line.procedure} on {line.service_date} lies in the global days ({period.days_before} before, {period.days_after} after) of "
                                          f"{earlier.procedure} on {earlier.service_date}.", number))
                break
    return found


def _before(review: Review, rule: GlobalPeriods, line: ServiceLine) -> Iterator[EarlierLine | ServiceLine]:
    """Procedures with a period, by the same provider: those adjudicated before, and those of this claim; a minor one and a visit of its day are a procedure pair."""
    mine = (e for e in review.coverage.earlier_lines if e.rendering_npi == review.claim.rendering.npi and not e.refused
            and not (e.control_number and e.control_number == review.claim.original_reference))
    here = (e for e in review.claim.lines if e.procedure in rule.of and (e.service_date != line.service_date or rule.of[e.procedure].days_before))
    return (e for e in (*mine, *here) if e.procedure in rule.of and not set(e.modifiers) & set(rule.no_period))


def _inside(rule: GlobalPeriods, period: GlobalPeriod, line: ServiceLine, earlier: EarlierLine | ServiceLine) -> bool:
    days = (line.service_date - earlier.service_date).days
    if line.procedure in rule.visits:
        return -period.days_before <= days <= period.days_after
    return line.procedure in rule.of and 0 < days <= period.days_after


def _openers(rule: GlobalPeriods, period: GlobalPeriod, line: ServiceLine, earlier: EarlierLine | ServiceLine) -> tuple[str, ...]:
    if line.procedure not in rule.visits:
        return rule.returns
    if line.service_date > earlier.service_date:
        return rule.later
    return rule.decision if period.days_before else rule.same_day


def surgical_team(review: Review) -> list[Finding]:
    """An assistant, or a second surgeon, only where the procedure's indicator pays one; where the indicator asks for the record, with it."""
    found = []
    for number, line in review.numbered():
        rule = review.value("surgical-teams", line)
        row = rule.of.get(line.procedure) if rule else None
        roles = ((rule.assistant_modifiers, row.assistant if row else "", ASSISTANT_BY_RECORD, "an assistant"),
                 (rule.co_surgeon_modifiers, row.co_surgeons if row else "", TWO_BY_RECORD, "a second surgeon")) if rule else ()
        for modifiers, indicator, by_record, who in roles:
            reason = _refusal(rule, indicator, by_record, line) if set(line.modifiers) & set(modifiers) else None
            if reason:
                found.append(review.found("surgical_team", "surgical-teams", reason, f"{line.procedure} has the indicator {indicator or 'of none'} for {who}"
                                          + (" and no record came with it." if reason is rule.undocumented else "."), number))
    return found


def _refusal(rule, indicator: str, by_record: str, line: ServiceLine) -> Reason | None:
    if indicator == PAID or (indicator == by_record and line.attachment):
        return None
    return rule.undocumented if indicator == by_record else rule.refused


def documented(review: Review) -> list[Finding]:
    """Modifiers that ask for more, or for less than the usual, come with the record where this payer says so."""
    found = []
    for number, line in review.numbered():
        rule = review.value("documentation", line)
        for modifier in line.modifiers if rule and not line.attachment else ():
            if modifier in rule.modifiers:
                found.append(review.found("documented", "documentation", rule.reason, f"Modifier {modifier} needs the record; none came with line {number}.", number))
    return found


EDITS = (global_period, surgical_team, documented)
