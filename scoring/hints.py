"""What hints take of the points that an answer earned."""

from decimal import Decimal

from scoring.marks import Credit, Marks


def deduction(marks: Marks, taken: int, cost: Decimal) -> tuple[Credit, ...]:
    """A credit below nothing for `taken` hints that cost that share of the points; none where nothing was taken or earned."""
    if not taken or not marks.earned:
        return ()
    said = f"{taken} hint{'s' if taken > 1 else ''} took {cost:.0%} of the points."
    return (Credit("hints", -(marks.earned * cost).quantize(Decimal("0.0001")), Decimal(0), said),)
