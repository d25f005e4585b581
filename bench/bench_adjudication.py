"""Claims adjudicated a second, trace included, as a ratio to a bare loop of the same Decimal operations on the same operands.

The operations are recorded once: every amount of the claims, the records and the payers' rules is given as a Decimal that notes each
arithmetic operation, comparison, rounding and conversion to text it takes part in, and whose results do the same. The floor repeats
that record and does nothing else: no rule is looked up, no edit run, no remittance built.
"""

import gc
import operator
import sys
import time
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from app.claim_file import Filed, read_claim  # noqa: E402
from billing.adjudication import adjudicate  # noqa: E402
from curriculum.code_books import DEFAULT, CodeBooks, prepare  # noqa: E402

AIM = 0.5
ROUNDS, A_ROUND = 9, 100
BINARY = ("add", "sub", "mul", "truediv", "lt", "le", "gt", "ge", "eq", "ne")
RECORD: list[tuple] = []


class Noting(Decimal):
    """A Decimal that notes what is done with it."""

    def quantize(self, *arguments, **named):
        return _noted(Decimal.quantize, Decimal(self), *arguments, **named)

    def __neg__(self):
        return _noted(operator.neg, Decimal(self))

    def __abs__(self):
        return _noted(operator.abs, Decimal(self))

    def __bool__(self):
        return _noted(operator.truth, Decimal(self))

    def __format__(self, how):
        return _noted(format, Decimal(self), how)

    def __str__(self):
        return _noted(str, Decimal(self))

    __hash__ = Decimal.__hash__


def _noted(operation, *operands):
    RECORD.append((operation, operands))
    result = operation(*operands)
    return Noting(result) if isinstance(result, Decimal) else result


def _binary(name: str, swapped: bool):
    operation = getattr(operator, name)

    def noting(self, other):
        if not isinstance(other, (Decimal, int)):
            return NotImplemented
        one, two = Decimal(self), Decimal(other)
        return _noted(operation, two, one) if swapped else _noted(operation, one, two)
    return noting


for _name in BINARY:
    setattr(Noting, f"__{_name}__", _binary(_name, swapped=False))
for _name in BINARY[:4]:
    setattr(Noting, f"__r{_name}__", _binary(_name, swapped=True))


def noting(value):
    """The value with a noting Decimal for each amount in it."""
    if isinstance(value, Decimal):
        return Noting(value)
    if isinstance(value, tuple):
        return tuple(map(noting, value))
    if isinstance(value, dict):
        return {key: noting(inner) for key, inner in value.items()}
    if is_dataclass(value):
        return replace(value, **{each.name: noting(getattr(value, each.name)) for each in fields(value)})
    return value


def answer(filed: Filed, books: CodeBooks):
    """What the bench measures."""
    file = filed.file
    return adjudicate(file.claim, filed.policy, file.coverage, file.received, file.adjudicated or file.received, books, file.participates)


def recorded(claims: list[Filed], books: CodeBooks) -> list[tuple]:
    """The operations of one adjudication of each claim."""
    for filed in claims:
        file = filed.file.model_copy(update={"claim": noting(filed.file.claim), "coverage": noting(filed.file.coverage)})
        answer(Filed(file, noting(filed.policy)), books)
    return list(RECORD)


def fastest(run) -> float:
    """Seconds of CPU for one run: the fastest of some rounds, so that other work on the machine counts for little."""
    gc.collect()
    found = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        for _ in range(A_ROUND):
            run()
        found.append((time.process_time() - begun) / A_ROUND)
    return min(found)


def main() -> None:
    prepare(DEFAULT)
    books = CodeBooks.open(DEFAULT)
    claims = [read_claim(path, ROOT) for path in sorted((ROOT / "docs" / "examples").glob("claim-*.yaml"))]
    operations = recorded(claims, books)
    said = sum(operation in (format, str) for operation, _ in operations)

    def ours():
        for filed in claims:
            answer(filed, books)

    def floor():
        for operation, operands in operations:
            operation(*operands)
    ours_took, floor_took = fastest(ours), fastest(floor)
    lines = sum(len(filed.file.claim.lines) for filed in claims)
    print(f"adjudication: {len(claims) / ours_took:,.0f} claims a second with trace ({len(claims)} claims, {lines} lines, {ours_took / lines * 1e6:,.0f} µs a line); "
          f"their {len(operations)} Decimal operations ({said} of them into text) in a bare loop {len(claims) / floor_took:,.0f} a second, "
          f"ratio {floor_took / ours_took:.2f} (aim at least {AIM})")


if __name__ == "__main__":
    main()
