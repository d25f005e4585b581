"""A payer's answer as plain text: a remittance or a rejection in columns, what its codes say, and how the payer got there."""

from collections.abc import Iterable, Iterator
from textwrap import wrap

from billing.answer import Adjustment, Answer, Rejection, Remittance, RuleInForce, TraceStep
from curriculum.code_books import CodeBooks

WIDTH = 118
RIGHT = frozenset(("Line", "Units", "Charge", "Allowed", "Paid"))


def told(answer: Answer, payer: str, books: CodeBooks) -> Iterator[str]:
    """The answer as it arrives, codes and amounts, and under it the codes in our words."""
    yield from _rejection(answer, payer) if isinstance(answer, Rejection) else _remittance(answer, payer)
    yield from _legend(answer, books)


def traced(answer: Answer) -> Iterator[str]:
    """Every step with its rule, since when that is in force, and where it is written."""
    yield ""
    yield "How the payer got there"
    rules: dict[RuleInForce, int] = {}
    for step in answer.trace:
        yield from _step(step, rules)
    if rules:
        yield ""
        yield "The rules"
    for rule, number in rules.items():
        made = " Made for training." if rule.invented else ""
        yield from _hanging(f"[{number}]", f"{rule.title} ({rule.rule}): in force since {rule.since}, judged by {rule.judged_on}. "
                                           f"Written in {'; '.join(rule.citations) or 'no source'}.{made}")


def _remittance(answer: Remittance, payer: str) -> Iterator[str]:
    yield f"REMITTANCE  {payer}  claim {answer.control_number}  account {answer.account}"
    yield f"Received {answer.received}, adjudicated {answer.adjudicated}. {_verdict(answer)} Payment goes to the {'patient' if answer.pays_patient else 'provider'}."
    yield ""
    yield from _table(("Line", "Date", "Service", "Units", "Charge", "Allowed", "Paid", "Answer", "Adjusted"), _rows(answer))
    if answer.rarcs:
        yield f"Remarks on the claim: {' '.join(answer.rarcs)}"


def _verdict(answer: Remittance) -> str:
    refused = sum(line.outcome.value != "paid" for line in answer.lines)
    if not refused or refused == len(answer.lines):
        return f"The claim is {answer.outcome.value}."
    return f"The claim is {answer.outcome.value} in part: {refused} of {len(answer.lines)} lines refused."


def _rows(answer: Remittance) -> Iterator[tuple]:
    for line in answer.lines:
        adjusted = [_adjustment(each) for each in line.adjustments] or [""]
        service = "-".join(filter(None, (line.revenue_code, line.procedure, *line.modifiers, line.tooth, "".join(line.surfaces))))
        yield line.line, line.service_date, service, line.units, line.charge, line.allowed, line.paid, line.outcome.value, adjusted[0]
        for more in adjusted[1:]:
            yield "", "", "", "", "", "", "", "", more
    for each in answer.whole.adjustments if answer.whole else ():
        yield "", "", f"The claim {answer.whole.drg}".strip(), "", "", "", "", answer.whole.outcome.value, _adjustment(each)
    patients = answer.adjusted("PR")
    yield "", "", "Total", "", answer.charge, answer.allowed, answer.paid, "", f"{answer.charge - answer.paid:,.2f}, of which {patients:,.2f} is the patient's"


def _adjustment(each: Adjustment) -> str:
    return " ".join((f"{each.group}-{each.carc}", f"{each.amount:,.2f}", *each.rarcs))


def _rejection(answer: Rejection, payer: str) -> Iterator[str]:
    yield f"REJECTED (277CA)  {payer}  account {answer.account}"
    yield f"Received {answer.received}. The claim never entered adjudication: no clock of the payer has started."
    yield ""
    yield from _table(("Where", "Category", "Status", "Entity"),
                      ((f"line {found.line}" if found.line else "claim", found.category, found.status, found.entity) for found in answer.findings))


def _legend(answer: Answer, books: CodeBooks) -> Iterator[str]:
    """Each code once, in the order met, as the code books word it."""
    named = [(code, entry.name) for code_set, code in dict.fromkeys(_codes(answer)) if (entry := books.entry(code_set, code))]
    if named:
        yield ""
    for code, name in named:
        yield f"{code:<6}{name}"


def _codes(answer: Answer) -> Iterator[tuple[str, str]]:
    if isinstance(answer, Rejection):
        for found in answer.findings:
            yield from (("claim-status-category", found.category), ("claim-status-code", found.status), ("entity", found.entity))
        return
    for line in answer.lines:
        for each in line.adjustments:
            yield "carc", each.carc
            yield from (("rarc", code) for code in each.rarcs)


def _step(step: TraceStep, rules: dict[RuleInForce, int]) -> Iterator[str]:
    cited = f" [{rules.setdefault(step.rule, len(rules) + 1)}]" if step.rule else ""
    yield from _hanging(f"line {step.line}" if step.line else "claim", f"{step.stage}: {step.text}{cited}")


def _hanging(head: str, text: str) -> Iterator[str]:
    """The text in lines of bearable width, all but the head indented."""
    for number, part in enumerate(wrap(text, WIDTH - 10, break_long_words=False, break_on_hyphens=False)):
        yield f"  {head if not number else '':<8}{part}"


def _table(heads: tuple[str, ...], rows: Iterable[tuple]) -> Iterator[str]:
    """Columns as wide as their widest cell; numbers to the right."""
    cells = [heads, *(tuple(_cell(head, value) for head, value in zip(heads, row)) for row in rows)]
    widths = [max(len(row[at]) for row in cells) for at in range(len(heads))]
    for row in cells:
        yield "  ".join(f"{cell:>{width}}" if head in RIGHT else f"{cell:<{width}}" for head, cell, width in zip(heads, row, widths)).rstrip()


def _cell(head: str, value: object) -> str:
    return f"{value:,.2f}" if head in ("Charge", "Allowed", "Paid") and value != "" else str(value)
