"""How people get it wrong: each known mistake computes the wrong number it leads to, so that a wrong answer can be named.

A mistake takes the same text arguments as the formula it spoils. It is used only where its number differs from the truth.
"""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from billing import formulas
from billing.money import HUNDRED, cents, percent_of
from billing.record import record


@record
class Misconception:
    """A known mistake: its slug, what the person did, and the wrong computation."""
    slug: str
    says: str
    wrong: Callable


def _coinsurance_on_all(allowed, deductible_left, coinsurance_percent, **_):
    return min(allowed, deductible_left + percent_of(allowed, coinsurance_percent))


def _no_deductible(allowed, deductible_left, coinsurance_percent, **_):
    return percent_of(allowed, coinsurance_percent)


def _only_deductible(allowed, deductible_left, coinsurance_percent, **_):
    return min(allowed, deductible_left)


def _other_side(allowed, deductible_left, coinsurance_percent, **_):
    return allowed - formulas.patient_share(allowed, deductible_left, coinsurance_percent)


def _less(wrong_share):
    def payment(allowed, deductible_left, coinsurance_percent, **rest):
        return allowed - wrong_share(allowed, deductible_left, coinsurance_percent, **rest)
    return payment


def _sequestered_before(allowed, deductible_left, coinsurance_percent, sequestration_percent):
    reduced = allowed - percent_of(allowed, sequestration_percent)
    return formulas.plan_payment(reduced, deductible_left, coinsurance_percent)


def _not_sequestered(allowed, deductible_left, coinsurance_percent, sequestration_percent):
    return formulas.plan_payment(allowed, deductible_left, coinsurance_percent)


def _uncapped(allowed, deductible_left, coinsurance_percent, out_of_pocket_left):
    return formulas.patient_share(allowed, deductible_left, coinsurance_percent)


def _limit_on_full_fee(fee, nonparticipating_percent, limiting_percent):
    return percent_of(fee, limiting_percent)


def _ninety_five_only(fee, nonparticipating_percent, limiting_percent):
    return percent_of(fee, nonparticipating_percent)


def _no_geography(work, practice, malpractice, conversion_factor, **_):
    return cents((work + practice + malpractice) * conversion_factor)


def _all_in_full(first, second, third, later_percent):
    return first + second + third


def _all_reduced(first, second, third, later_percent):
    return sum(percent_of(fee, later_percent) for fee in (first, second, third))


def _in_claim_order(first, second, third, later_percent):
    return first + percent_of(second, later_percent) + percent_of(third, later_percent)


def _doubled(fee, percent):
    return fee * 2


def _one_side(fee, percent):
    return fee


def _paid_only(charge, paid, adjusted):
    return charge - paid


def _adjusted_only(charge, paid, adjusted):
    return charge - adjusted


def _greater_of_two(secondary_benefit, patient_owes_after_primary):
    return max(secondary_benefit, patient_owes_after_primary)


def _milligrams_as_units(dose, dose_per_unit):
    return dose


def _rounded_down(dose, dose_per_unit):
    return (dose / dose_per_unit).to_integral_value("ROUND_FLOOR")


def _turned_over(part, whole):
    return (whole / part * HUNDRED).quantize(Decimal("0.1"), "ROUND_HALF_UP") if part else whole


def _three_hundred_sixty_five(service_date: date):
    return service_date + timedelta(days=365)


def _end_of_next_year(service_date: date):
    return date(service_date.year + 1, 12, 31)


def _counted_from_first_day(start: date, days: int):
    return start + timedelta(days=days - 1)


def _no_mail_days(notice_date: date, mail_days: int, appeal_days: int):
    return notice_date + timedelta(days=appeal_days)


_SHARE = (
    Misconception("coinsurance-on-the-whole-allowed", "took coinsurance on the whole allowed amount, deductible included", _coinsurance_on_all),
    Misconception("deductible-forgotten", "took coinsurance only and left the deductible out", _no_deductible),
    Misconception("deductible-only", "stopped at the deductible and left coinsurance out", _only_deductible),
)
_PAYMENT = tuple(Misconception(m.slug, m.says, _less(m.wrong)) for m in _SHARE)

BY_FORMULA: dict[str, tuple[Misconception, ...]] = {
    "patient-share": (*_SHARE, Misconception("payer-and-patient-swapped", "gave the plan's part for the patient's", _other_side)),
    "plan-payment": (*_PAYMENT, Misconception("payer-and-patient-swapped", "gave the patient's part for the plan's", formulas.patient_share)),
    "payment-after-sequestration": (
        Misconception("sequestration-before-cost-sharing", "reduced the allowed amount before deductible and coinsurance", _sequestered_before),
        Misconception("sequestration-forgotten", "left the sequestration reduction out", _not_sequestered), *_PAYMENT),
    "capped-patient-share": (Misconception("limit-forgotten", "went past the out-of-pocket limit", _uncapped),),
    "limiting-charge": (
        Misconception("limit-on-the-full-fee", "took the limit on the participating fee instead of the reduced one", _limit_on_full_fee),
        Misconception("reduced-fee-is-the-limit", "stopped at the non-participating fee", _ninety_five_only)),
    "fee-schedule-amount": (Misconception("geography-forgotten", "left the geographic indices out", _no_geography),),
    "multiple-procedure-total": (
        Misconception("no-reduction", "paid every procedure in full", _all_in_full),
        Misconception("first-reduced-too", "reduced the highest procedure as well", _all_reduced),
        Misconception("ranked-by-claim-order", "kept the claim's order instead of ranking by fee", _in_claim_order)),
    "bilateral-amount": (
        Misconception("bilateral-doubled", "paid both sides in full", _doubled), Misconception("bilateral-once", "paid one side only", _one_side)),
    "remaining-balance": (
        Misconception("adjustment-forgotten", "took off the payment and left the adjustment on the account", _paid_only),
        Misconception("payment-forgotten", "took off the adjustment and left the payment out", _adjusted_only)),
    "secondary-standard": (Misconception("greater-of-the-two", "took the larger amount", _greater_of_two),),
    "drug-units": (
        Misconception("dose-as-units", "entered the dose itself as units", _milligrams_as_units),
        Misconception("units-rounded-down", "dropped the begun unit", _rounded_down)),
    "percentage": (Misconception("ratio-turned-over", "divided the whole by the part", _turned_over),),
    "filing-deadline-calendar-year": (
        Misconception("year-is-365-days", "counted 365 days instead of a calendar year", _three_hundred_sixty_five),
        Misconception("end-of-the-next-year", "ran to the end of the next calendar year", _end_of_next_year)),
    "deadline-in-days": (Misconception("first-day-counted", "counted the first day itself", _counted_from_first_day),),
    "appeal-deadline": (Misconception("mail-days-forgotten", "counted from the notice's date instead of its receipt", _no_mail_days),),
}
"""The known mistakes by the formula they spoil."""


def wrong_answers(formula: str, given: dict[str, str], truth) -> dict[str, tuple[Misconception, Decimal | date]]:
    """Each separable mistake's wrong value by slug; those that happen to give the truth are left out."""
    found = {}
    for mistake in BY_FORMULA.get(formula, ()):
        value = mistake.wrong(**formulas.read_arguments(formula, given))
        if value != truth:
            found[mistake.slug] = (mistake, value)
    return found
