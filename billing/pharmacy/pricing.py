"""What a fill costs and who pays: the lowest of four prices, the patient's share of the tier, and what another payer leaves."""

from decimal import Decimal

from billing.answer import TraceStep
from billing.money import CENT, HUNDRED, ZERO, cents, percent_of
from billing.pharmacy.answer import Basis, PaidAmounts
from billing.pharmacy.review import PharmacyReview
from billing.pharmacy_values import TierShare
from billing.record import record

PRICES, PLANS, COORDINATION = "pharmacy-prices", "pharmacy-plans", "pharmacy-coordination"


@record
class Price:
    """One way to price the ingredient, in dollars for the whole quantity."""
    basis: Basis
    ingredient: Decimal
    says: str


@record
class Share:
    """The patient's part, as the counter collects it."""
    deductible: Decimal = ZERO
    copay: Decimal = ZERO
    coinsurance: Decimal = ZERO
    product_selection: Decimal = ZERO

    @property
    def total(self) -> Decimal:
        """All of it."""
        return self.deductible + self.copay + self.coinsurance + self.product_selection

    def within(self, limit: Decimal, but_selection: bool = False) -> "Share":
        """The same, at most so many dollars in all; what is over comes off coinsurance, copay and deductible, and off product selection only without `but_selection`."""
        over, kept = max(self.total - limit - (self.product_selection if but_selection else ZERO), ZERO), {}
        for name in ("coinsurance", "copay", "deductible", *(() if but_selection else ("product_selection",))):
            taken = min(getattr(self, name), over)
            kept[name], over = getattr(self, name) - taken, over - taken
        return Share(**{"product_selection": self.product_selection, **kept})


def fee_of(review: PharmacyReview) -> Decimal:
    """The contract's dispensing fee, at most what was submitted and what anyone pays at the counter."""
    rule, claim = review.value(PRICES), review.claim
    contract = rule.brand_fee if review.product.brand else rule.generic_fee
    return min(contract, claim.dispensing_fee, claim.usual_and_customary)


def prices(review: PharmacyReview) -> tuple[Price, ...]:
    """The prices that may decide, each for the ingredient alone: as submitted, AWP less a per cent, MAC where there is one, usual and customary less the fee."""
    rule, claim, product = review.value(PRICES), review.claim, review.product
    discount = rule.brand_discount if product.brand else rule.generic_discount
    listed = cents(claim.quantity * product.awp)
    found = [Price(Basis.SUBMITTED, claim.ingredient_cost, f"Submitted: {claim.ingredient_cost}."),
             Price(Basis.AWP_LESS, percent_of(claim.quantity * product.awp, HUNDRED - discount), f"AWP {listed} less {discount} per cent.")]
    if (mac := mac_price(review)) is not None and not (product.brand and claim.dispense_as_written in (*rule.mac_lifted, *rule.penalty)):
        found.append(Price(Basis.MAC, mac, f"MAC {rule.mac_of[product.drug]} for each of {claim.quantity}."))
    fee = fee_of(review)
    found.append(Price(Basis.USUAL_AND_CUSTOMARY, max(claim.usual_and_customary - fee, ZERO), f"Usual and customary {claim.usual_and_customary} less the fee of {fee}."))
    return tuple(found)


def mac_price(review: PharmacyReview) -> Decimal | None:
    """The whole quantity at the payer's maximum cost; None where the drug is not on its list."""
    listed = review.value(PRICES).mac_of.get(review.product.drug)
    return None if listed is None else cents(review.claim.quantity * listed)


def lowest(found: tuple[Price, ...]) -> Price:
    """The price that is paid; of equal ones the first."""
    return min(found, key=lambda each: each.ingredient)


def selection_penalty(review: PharmacyReview, ingredient: Decimal) -> Decimal:
    """What the patient owes beyond the tier for a brand they asked for themselves: its cost less the generic's."""
    rule, mac = review.value(PRICES), mac_price(review)
    if not review.product.brand or mac is None or review.claim.dispense_as_written not in rule.penalty:
        return ZERO
    return max(ingredient - mac, ZERO)


def share_of(review: PharmacyReview, allowed: Decimal, penalty: Decimal) -> Share:
    """Deductible first, then the tier's copay or per cent of the rest, all within what is left of the year's limit; a penalty stands outside of both."""
    plan, day = review.plan, review.claim.service_date
    tier, used, cost = plan.share(review.tier), review.member.used(day.year), allowed - penalty
    deductible = min(cost, max(plan.deductible - used.deductible_met, ZERO)) if tier.deductible else ZERO
    rest = cost - deductible
    periods = -(-review.claim.days_supply // plan.copay_days)
    copay = min(rest, tier.copay * periods)
    share = Share(deductible, copay, _coinsurance(tier, rest - copay, periods), penalty)
    return share if plan.out_of_pocket is None else share.within(max(plan.out_of_pocket - used.out_of_pocket_met, ZERO), but_selection=True)


def _coinsurance(tier: TierShare, rest: Decimal, periods: int) -> Decimal:
    """The tier's per cent, at least and at most its bounds for each period, never more than there is."""
    if not tier.percent:
        return ZERO
    amount = max(percent_of(rest, tier.percent), tier.at_least * periods)
    return min(amount, rest) if tier.at_most is None else min(amount, tier.at_most * periods, rest)


def other_payers(review: PharmacyReview, allowed: Decimal) -> Decimal:
    """What counts as paid by another: the sum it paid (codes 2 and 4), or all but what it left to the patient (code 8)."""
    claim = review.claim
    if claim.other_coverage == "8":
        owed = sum((each.patient_responsibility or ZERO for each in claim.earlier_payers), ZERO)
        return allowed - min(owed, allowed)
    if claim.other_coverage in ("2", "4"):
        return min(sum((each.paid or ZERO for each in claim.earlier_payers), ZERO), allowed)
    return ZERO


def priced(review: PharmacyReview) -> tuple[PaidAmounts, tuple[TraceStep, ...]]:
    """The money of a claim that no edit refuses, and how it came about."""
    found, fee = prices(review), fee_of(review)
    best = lowest(found)
    allowed = best.ingredient + fee
    share = share_of(review, allowed, selection_penalty(review, best.ingredient))
    other = other_payers(review, allowed)
    collected = after_another(allowed, share, other)
    before = review.member.used(review.claim.service_date.year).deductible_met
    met = before + collected.deductible
    paid = PaidAmounts(best.basis, best.ingredient, fee, collected.deductible, collected.copay, collected.coinsurance, collected.product_selection, other,
                       max(review.plan.deductible - met, ZERO), met)
    return paid, _steps(review, found, best, fee, share, paid)


def after_another(allowed: Decimal, share: Share, other: Decimal) -> Share:
    """What is still collected: of what another payer left, this plan pays its own benefit at most."""
    if not other:
        return share
    left = allowed - other
    return share.within(left - min(allowed - share.total, left))


def _steps(review: PharmacyReview, found: tuple[Price, ...], best: Price, fee: Decimal, share: Share, paid: PaidAmounts) -> tuple[TraceStep, ...]:
    contract, plan = review.reference(PRICES), review.reference(PLANS)
    steps = [TraceStep("price", 1, each.says, each.ingredient, contract) for each in found]
    steps += [TraceStep("price", 1, f"The lowest is paid, with the fee of {fee}.", best.ingredient + fee, contract)]
    steps += [TraceStep("share", 1, f"{name} {amount}.", amount, plan) for name, amount in (("Deductible", share.deductible), ("Copay", share.copay), ("Coinsurance", share.coinsurance),
              ("Brand asked for by the patient", share.product_selection)) if amount >= CENT]
    if review.claim.other_coverage in ("2", "4", "8"):
        steps.append(TraceStep("coordination", 1, f"Another payer settles {paid.other_payer}; the patient still pays {paid.patient_pay}.", paid.other_payer, review.reference(COORDINATION)))
    steps.append(TraceStep("payment", 1, f"Paid {paid.total_paid}; the patient pays {paid.patient_pay}.", paid.total_paid))
    return tuple(steps)
