"""Money on its way from a payer: one check or transfer, the claims it pays, and what the payer adds or takes beside them."""

from datetime import date
from decimal import Decimal

from billing.answer import Remittance
from billing.money import ZERO
from billing.record import record


@record
class ProviderAdjustment:
    """A PLB entry: reason code (WO recoupment, FB balance forward, L6 interest, 72 refund acknowledged, ...), reference, dollars.

    A positive amount lessens the payment, a negative one raises it, as in the 835.
    """
    reason: str
    reference: str
    amount: Decimal


@record
class Reversal:
    """An earlier answer taken back in a later remittance (claim status 22): every amount of it with the sign turned."""
    of: Remittance


@record
class Payment:
    """One check or transfer: trace number, its day, and what it is made of. The day the money arrives may be another."""
    payer: str
    payee: str
    payee_npi: str
    trace_number: str
    paid_on: date
    claims: tuple[Remittance, ...]
    reversals: tuple[Reversal, ...] = ()
    provider_adjustments: tuple[ProviderAdjustment, ...] = ()

    @property
    def amount(self) -> Decimal:
        """What arrives (BPR02): claims paid and interest, less reversals, less provider adjustments."""
        paid = sum((claim.paid for claim in self.claims), ZERO) - sum((each.of.paid for each in self.reversals), ZERO)
        return paid - sum((each.amount for each in self.provider_adjustments), ZERO)
