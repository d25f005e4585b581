"""The exercise of pricing a fill: which of four prices is paid, what the patient pays of it, what the payer pays, and whether the pharmacy keeps anything."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from billing.money import CENT, ZERO, cents, percent_of
from billing.pharmacy.answer import Basis, PharmacyAnswer, Status
from billing.pharmacy.claim import PharmacyClaim
from billing.pharmacy.member import PharmacyMember
from billing.pharmacy.pipeline import adjudicate_pharmacy
from billing.pharmacy.pricing import fee_of, lowest, mac_price, prices
from billing.pharmacy.review import PharmacyReview
from curriculum import pharmacy_papers
from curriculum.ask import Ask, Carry, Cell, money_ask, rule_plain
from curriculum.exercises import Kind, Round, Sheet, Shelf
from curriculum.models import Content

BENEFIT, CONTRACT = "drugs.medical-or-pharmacy-benefit", "payment-methods.managed-care-contracts"
NAMES = {Basis.SUBMITTED: ("submitted", "The ingredient cost as submitted"), Basis.AWP_LESS: ("awp-less", "AWP less the contract's per cent"), Basis.MAC: ("mac", "The payer's maximum allowable cost (MAC)"),
         Basis.USUAL_AND_CUSTOMARY: ("usual", "Usual and customary, less the fee")}
GRID = "Prices of the ingredient"


class World(Content):
    """A fill that the plan pays for, and the payer's record of the member. acquisition: what the pharmacy paid its wholesaler for the quantity."""
    claim: PharmacyClaim
    member: PharmacyMember
    acquisition: Annotated[Decimal, Field(ge=0)]
    today: date


def sheet(world: World, shelf: Shelf) -> Sheet:
    """First the price, then who pays it, then what is left to the pharmacy."""
    review = PharmacyReview(world.claim, shelf.policies[world.claim.payer], world.member, world.today)
    answer = adjudicate_pharmacy(world.claim, review.policy, world.member, world.today)
    if answer.status is not Status.PAID:
        raise ValueError(f"world.claim: the payer rejects the fill: {' '.join(f'{each.code}: {each.why}' for each in answer.findings)}")
    file = (pharmacy_papers.filled(review, shelf.books), pharmacy_papers.contract(review), pharmacy_papers.plan_paper(review))
    rounds = (Round("The price", _price_asks(review, answer)), Round("Who pays it", _share_asks(review, answer)), Round("What the pharmacy keeps", _margin_asks(world, answer)))
    paid = answer.amounts
    signature = (paid.basis.value, paid.deductible > 0, paid.deductible_left > 0, paid.copay > 0, paid.coinsurance > 0, paid.product_selection > 0, paid.other_payer > 0, world.claim.other_coverage,
                 paid.total_paid == 0, paid.patient_pay == 0, _margin(world, answer) < 0)
    return Sheet(file, rounds, (pharmacy_papers.answered(answer, world.claim, review.policy.name, shelf.books, meant=True),), signature=signature)


def _price_asks(review: PharmacyReview, answer: PharmacyAnswer) -> tuple[Ask, ...]:
    found, claim, product, rule = prices(review), review.claim, review.product, rule_plain(review.reference("pharmacy-prices"))
    best = lowest(found)
    asks = [money_ask(f"price-{NAMES[each.basis][0]}", f"{NAMES[each.basis][1]}: for the whole quantity?", each.ingredient, each.says, CONTRACT, _slips(review, each.basis), rule=rule,
                      cell=Cell(GRID, NAMES[each.basis][1], "Amount")) for each in found]
    options = tuple(NAMES[each.basis] for each in found)
    asks.append(Ask("basis", "choice", "Which of them is paid?", NAMES[best.basis][0], "The contract pays the lowest, never the one submitted because it was submitted.", CONTRACT, options, rule=rule))
    fee, terms = fee_of(review), review.value("pharmacy-prices")
    asks.append(money_ask("fee", "What dispensing fee is paid?", fee, "The contract's fee for a brand or a generic, at most the fee submitted.", CONTRACT,
                          (("fee-as-submitted", "took the fee that was submitted", claim.dispensing_fee), ("fee-of-the-other-kind", "took the fee of the other kind of drug", terms.generic_fee if product.brand else terms.brand_fee)), rule=rule))
    asks.append(money_ask("allowed", "Ingredient and fee: what is allowed in all?", answer.amounts.allowed, "The lowest price and the fee.", CONTRACT,
                          (("highest-price", "took the highest price", max(each.ingredient for each in found) + fee), ("gross-as-allowed", "took the gross amount due", claim.gross_due),
                           ("fee-forgotten", "left the fee out", best.ingredient))))
    return tuple(asks)


def _slips(review: PharmacyReview, basis: Basis) -> tuple:
    """What is commonly done wrong with one price."""
    claim, product, terms = review.claim, review.product, review.value("pharmacy-prices")
    listed = cents(claim.quantity * product.awp)
    kept, other = (terms.brand_discount, terms.generic_discount) if product.brand else (terms.generic_discount, terms.brand_discount)
    return {Basis.AWP_LESS: (("discount-as-price", "took the per cent itself in place of what it leaves", percent_of(listed, kept)), ("discount-of-the-other-kind", "took the per cent of the other kind of drug", listed - percent_of(listed, other)),
                             ("awp-in-full", "took AWP without the per cent off", listed)),
            Basis.MAC: (("price-of-one-unit", "took the price of one unit", cents((mac_price(review) or ZERO) / claim.quantity)),),
            Basis.USUAL_AND_CUSTOMARY: (("fee-left-in", "left the fee in: usual and customary has it in it already", claim.usual_and_customary),),
            Basis.SUBMITTED: (("gross-as-cost", "took the gross amount due, which has the fee in it", claim.gross_due),)}[basis]


def _share_asks(review: PharmacyReview, answer: PharmacyAnswer) -> tuple[Ask, ...]:
    paid, plan, rule = answer.amounts, review.plan, rule_plain(review.reference("pharmacy-plans"))
    shares = " ".join(step.text for step in answer.trace if step.stage in ("share", "coordination")) or "The plan leaves nothing to the patient."
    untouched, bare = (_with(review, answer, **changes) for changes in ({"deductible_met": plan.deductible}, {"deductible_met": ZERO}))
    asks = [money_ask("deductible", "How much of it is deductible?", paid.deductible, shares, BENEFIT, (("deductible-as-though-new", "took the whole deductible, though part of it is met", bare.deductible), ("deductible-forgotten", "left the deductible out", ZERO)), rule=rule),
            money_ask("share", "How much is copay or coinsurance?", paid.copay + paid.coinsurance, shares, BENEFIT,
                      (("deductible-skipped", "took the share of all, without the deductible first", untouched.copay + untouched.coinsurance), ("share-of-one-period", "took one copay for the whole supply", review.plan.share(review.tier).copay)), rule=rule)]
    takes = {"deductible": "deductible", "share": "share"}
    if review.claim.dispense_as_written in review.value("pharmacy-prices").penalty and review.product.brand:
        asks.append(money_ask("difference", "How much does the patient owe for having asked for the brand?", paid.product_selection, "The brand's cost less the generic's MAC for the same quantity.", CONTRACT,
                              (("difference-forgotten", "charged no difference", ZERO), ("whole-brand", "charged the whole cost of the brand", paid.ingredient_cost)), rule=rule_plain(review.reference("pharmacy-prices"))))
        takes["difference"] = "difference"
    asks.append(money_ask("patient", "What does the patient pay at the counter?", paid.patient_pay, shares, BENEFIT, (("no-other-payer", "left the other payer's part out", _alone(review, answer)),), carry=Carry("total", {}, takes)))
    asks.append(money_ask("plan", "What does this payer pay?", paid.total_paid, f"Allowed {paid.allowed}, less the patient's {paid.patient_pay}" + (f" and the {paid.other_payer} another payer settles." if paid.other_payer else "."), BENEFIT,
                          (("allowed-posted-as-payment", "gave what is allowed", paid.allowed), ("gross-less-patient", "took the patient's part off the gross amount due", review.claim.gross_due - paid.patient_pay),
                           ("other-payer-ignored", "left the other payer's part in", paid.allowed - paid.patient_pay))))
    return tuple(asks)


def _with(review: PharmacyReview, answer: PharmacyAnswer, deductible_met: Decimal):
    """The amounts if so much of the deductible were met."""
    year = review.claim.service_date.year
    used = replace(review.member.used(year), deductible_met=deductible_met)
    member = replace(review.member, accumulators=(*(each for each in review.member.accumulators if each.year != year), used))
    return adjudicate_pharmacy(review.claim, review.policy, member, answer.answered).amounts


def _alone(review: PharmacyReview, answer: PharmacyAnswer) -> Decimal:
    """What the patient would pay if there were no other payer."""
    claim, member = replace(review.claim, other_coverage="0", earlier_payers=()), replace(review.member, primary_elsewhere=())
    return adjudicate_pharmacy(claim, review.policy, member, answer.answered).amounts.patient_pay


def _margin(world: World, answer: PharmacyAnswer) -> Decimal:
    return answer.amounts.allowed - world.acquisition


def _margin_asks(world: World, answer: PharmacyAnswer) -> tuple[Ask, ...]:
    paid, margin = answer.amounts, _margin(world, answer)
    gain = "loss" if margin < 0 else "gain" if margin >= CENT else "even"
    options = (("gain", "It keeps something"), ("loss", "It pays more than it gets"), ("even", "Neither"))
    why = f"It gets {paid.allowed} from payer, patient and other payers together, and paid {world.acquisition} for the drug."
    return (Ask("margin-side", "choice", f"The wholesaler charged {world.acquisition} for the quantity. What comes of the fill for the pharmacy, before its own costs?", gain, why, "drugs.buy-and-bill", options),
            money_ask("margin", "By how many dollars (without a sign)?", abs(margin), why, "drugs.buy-and-bill",
                      (("payer-alone", "counted the payer's part alone", abs(paid.total_paid - world.acquisition)), ("gross-as-income", "counted the gross amount due", abs(world.claim.gross_due - world.acquisition)))))


KIND = Kind("price-a-prescription", "Price a prescription", World, sheet)
