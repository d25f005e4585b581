"""What a payer's records say of a member who goes to hospital: days used of the benefit period, and bills answered before."""

from datetime import date
from decimal import Decimal

from billing.answer import Adjustment
from billing.coverage import Coverage
from billing.record import record


@record
class BenefitPeriod:
    """What is used before the claim at hand: hospital days of the period, its deductible in dollars, and lifetime reserve days."""
    days_used: int = 0
    deductible_met: Decimal = Decimal("0.00")
    reserve_used: int = 0


@record
class EarlierBill:
    """A bill the payer has answered. control_number: its own number of it (DCN)."""
    control_number: str
    type_of_bill: str
    billing_npi: str
    statement_from: date
    statement_through: date
    charge: Decimal
    paid: Decimal
    adjustments: tuple[Adjustment, ...] = ()
    adjudicated: date | None = None
    admission_date: date | None = None


@record
class HospitalMember(Coverage):
    """A member as any payer holds one, with hospital days and earlier bills."""
    period: BenefitPeriod = BenefitPeriod()
    earlier_bills: tuple[EarlierBill, ...] = ()


def member_of(coverage: Coverage | None) -> HospitalMember | None:
    """The records of a member; nothing used and no bill before, where they speak of no hospital."""
    if coverage is None or isinstance(coverage, HospitalMember):
        return coverage
    return HospitalMember(**vars(coverage))
