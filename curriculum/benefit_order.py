"""How codesets/order-of-benefits.yaml becomes the rules of who pays first: the law's figures by their days, and each rule with what it says and where."""

from functools import cache
from pathlib import Path

from billing.order_of_benefits import OrderRules
from billing.policy import Rule
from curriculum.code_sets import ORDER
from curriculum.mistakes import Unreadable
from curriculum.reader import read, typed

SHIPPED = Path(__file__).parents[1] / "codesets"


def benefit_order(folder: Path) -> Rule[OrderRules] | None:
    """The rules of that folder, None where it has none; Unreadable with every mistake."""
    if not (folder / ORDER).is_file():
        return None
    rule, mistakes = typed(Rule[OrderRules], read(folder / ORDER))
    if mistakes:
        raise Unreadable(mistakes)
    return rule


@cache
def shipped_order() -> Rule[OrderRules]:
    """The rules that come with the project."""
    return benefit_order(SHIPPED)
