"""What the values of rules about drugs that a practice buys and bills are: waste, national drug codes, the injection that a drug hangs on."""

from billing.edit_values import Reason
from billing.record import record


@record
class LinkedDrugs:
    """Drugs that are paid only where one of the services that give them is paid on the same day."""
    drugs: tuple[str, ...]
    given_by: tuple[str, ...]


@record
class Drugs:
    """single_dose: drugs from single-dose containers, whose lines say that some was thrown away (wasted: JW, on a line of its own) or none (whole: JZ).

    coded: drugs whose national drug code must stand on the line, in this shape. linked: see LinkedDrugs. A reason that is absent asks nothing.
    """
    single_dose: tuple[str, ...] = ()
    wasted: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    waste_untold: Reason | None = None
    coded: tuple[str, ...] = ()
    code_pattern: str = ""
    code_in_words: str = ""
    uncoded: Reason | None = None
    linked: tuple[LinkedDrugs, ...] = ()
    unlinked: Reason | None = None


KINDS: dict[str, type] = {"drugs": Drugs}
"""The kinds of rule of this module and the type of their values."""
