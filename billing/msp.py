"""What Medicare pays as second payer: the lowest of three amounts for Part B, of four for a provider (42 CFR 411.33), and what is then the patient's (411.35)."""

from decimal import Decimal

from billing.money import ZERO
from billing.record import record


@record
class Limb:
    """One of the amounts of which Medicare pays the lowest: its place in 42 CFR 411.33, what it is, and dollars."""
    at: str
    says: str
    amount: Decimal


def part_b_limbs(accepted: Decimal, fee: Decimal, medicare_alone: Decimal, prior_allowed: Decimal, prior_paid: Decimal) -> tuple[Limb, ...]:
    """The three of 411.33(a).

    accepted: the charge, or what the supplier must take as full payment where that is less. fee: the schedule amount before deductible and
    coinsurance. medicare_alone: what Medicare would pay if there were no other payer. prior_allowed: what the other payer allows, before its
    own deductible and coinsurance.
    """
    return (Limb("§411.33(a)(1)", f"charge {accepted} less {prior_paid} paid", max(accepted - prior_paid, ZERO)),
            Limb("§411.33(a)(2)", "what Medicare would pay alone", medicare_alone),
            Limb("§411.33(a)(3)", f"the higher allowed amount {max(fee, prior_allowed)} less {prior_paid} paid", max(max(fee, prior_allowed) - prior_paid, ZERO)))


def provider_limbs(gross: Decimal, deductible_and_coinsurance: Decimal, accepted: Decimal, prior_paid: Decimal) -> tuple[Limb, ...]:
    """The four of 411.33(e), for services not paid by fee schedule: gross is what Medicare would pay before deductible and coinsurance."""
    return (Limb("§411.33(e)(1)", f"gross {gross} less Medicare's deductible and coinsurance {deductible_and_coinsurance}", max(gross - deductible_and_coinsurance, ZERO)),
            Limb("§411.33(e)(2)", f"gross {gross} less {prior_paid} paid", max(gross - prior_paid, ZERO)),
            Limb("§411.33(e)(3)", f"charge {accepted} less {prior_paid} paid", max(accepted - prior_paid, ZERO)),
            Limb("§411.33(e)(4)", f"charge {accepted} less Medicare's deductible and coinsurance {deductible_and_coinsurance}", max(accepted - deductible_and_coinsurance, ZERO)))


def lowest(limbs: tuple[Limb, ...]) -> Limb:
    """The limb that decides; the first of several that are alike."""
    return min(limbs, key=lambda limb: limb.amount)


def patient_owes(deductible_and_coinsurance: Decimal, prior_paid: Decimal) -> Decimal:
    """What the patient may still be asked for (411.35): Medicare's deductible and coinsurance as far as they exceed the earlier payment."""
    return max(deductible_and_coinsurance - prior_paid, ZERO)
