"""The small computations of the trade, by name: what a quiz question's key is computed with.

Arguments arrive as text, as content has them; money in dollars, percentages as 20 for 20 %, days as whole numbers, dates as
YYYY-MM-DD. A formula returns a Decimal (dollars to the cent, or a number) or a date.
"""

import inspect
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal, InvalidOperation

from billing import coordination_methods, msp
from billing.money import HUNDRED, ZERO, cents, percent_of
from billing.share import deductible_and_coinsurance


def patient_share(allowed: Decimal, deductible_left: Decimal, coinsurance_percent: Decimal) -> Decimal:
    """What the patient owes: the deductible first, then coinsurance on the rest of the allowed amount."""
    return sum(deductible_and_coinsurance(allowed, deductible_left, coinsurance_percent))


def plan_payment(allowed: Decimal, deductible_left: Decimal, coinsurance_percent: Decimal) -> Decimal:
    """What the plan pays: the allowed amount less the patient's share."""
    return allowed - patient_share(allowed, deductible_left, coinsurance_percent)


def payment_after_sequestration(allowed: Decimal, deductible_left: Decimal, coinsurance_percent: Decimal,
                                sequestration_percent: Decimal) -> Decimal:
    """Medicare's payment: the reduction comes off after deductible and coinsurance."""
    payment = plan_payment(allowed, deductible_left, coinsurance_percent)
    return payment - percent_of(payment, sequestration_percent)


def capped_patient_share(allowed: Decimal, deductible_left: Decimal, coinsurance_percent: Decimal, out_of_pocket_left: Decimal) -> Decimal:
    """The patient's share, at most what is left of the out-of-pocket limit."""
    return min(patient_share(allowed, deductible_left, coinsurance_percent), out_of_pocket_left)


def contractual_adjustment(charge: Decimal, allowed: Decimal) -> Decimal:
    """What a contracted provider writes off: charge less allowed, never below zero."""
    return max(charge - allowed, ZERO)


def nonparticipating_allowed(fee: Decimal, percent: Decimal) -> Decimal:
    """The fee schedule amount for a non-participating provider."""
    return percent_of(fee, percent)


def limiting_charge(fee: Decimal, nonparticipating_percent: Decimal, limiting_percent: Decimal) -> Decimal:
    """The most a non-participating provider may charge without assignment; rounded once, at the end."""
    return cents(fee * nonparticipating_percent * limiting_percent / HUNDRED / HUNDRED)


def fee_schedule_amount(work: Decimal, practice: Decimal, malpractice: Decimal, work_index: Decimal, practice_index: Decimal,
                        malpractice_index: Decimal, conversion_factor: Decimal) -> Decimal:
    """(Work × index + practice × index + malpractice × index) × conversion factor, rounded at the end."""
    return cents((work * work_index + practice * practice_index + malpractice * malpractice_index) * conversion_factor)


def multiple_procedure_total(first: Decimal, second: Decimal, third: Decimal, later_percent: Decimal) -> Decimal:
    """Three fees ranked: the highest in full, the others at the lower percentage, each rounded to cents."""
    highest, *later = sorted((first, second, third), reverse=True)
    return highest + sum(percent_of(fee, later_percent) for fee in later)


def bilateral_amount(fee: Decimal, percent: Decimal) -> Decimal:
    """The fee of a bilateral procedure as a per cent of the one-sided fee."""
    return percent_of(fee, percent)


def remaining_balance(charge: Decimal, paid: Decimal, adjusted: Decimal) -> Decimal:
    """What still stands on the account: charge less payments less adjustments."""
    return charge - paid - adjusted


def secondary_standard(secondary_benefit: Decimal, patient_owes_after_primary: Decimal) -> Decimal:
    """Standard coordination: the second payer's own benefit, at most what the patient still owes."""
    return min(secondary_benefit, patient_owes_after_primary)


def secondary_carve_out(secondary_benefit: Decimal, primary_paid: Decimal, patient_owes_after_primary: Decimal) -> Decimal:
    """Carve-out, and non-duplication: the second payer's own benefit less what the first one paid."""
    return coordination_methods.carve_out(secondary_benefit, primary_paid, patient_owes_after_primary)


def secondary_maintenance(secondary_allowed: Decimal, primary_paid: Decimal, deductible_left: Decimal, coinsurance_percent: Decimal,
                          patient_owes_after_primary: Decimal) -> Decimal:
    """Maintenance of benefits: the first payment comes off the allowed amount, then deductible and per cent."""
    return coordination_methods.maintenance(secondary_allowed, primary_paid, deductible_left, coinsurance_percent, patient_owes_after_primary)


def medicare_secondary(accepted_charge: Decimal, medicare_fee: Decimal, medicare_alone: Decimal, primary_allowed: Decimal, primary_paid: Decimal) -> Decimal:
    """Part B as second payer: the lowest of three amounts (42 CFR 411.33(a)), before sequestration."""
    return msp.lowest(msp.part_b_limbs(accepted_charge, medicare_fee, medicare_alone, primary_allowed, primary_paid)).amount


def medicare_secondary_provider(gross: Decimal, deductible_and_coinsurance: Decimal, accepted_charge: Decimal, primary_paid: Decimal) -> Decimal:
    """Medicare as second payer of a provider: the lowest of four amounts (42 CFR 411.33(e)), before sequestration."""
    return msp.lowest(msp.provider_limbs(gross, deductible_and_coinsurance, accepted_charge, primary_paid)).amount


def drug_payment(units: Decimal, payment_limit_per_unit: Decimal, percent: Decimal) -> Decimal:
    """Units × limit, and a per cent of it."""
    return percent_of(units * payment_limit_per_unit, percent)


def interest(payment: Decimal, annual_rate_percent: Decimal, days: Decimal) -> Decimal:
    """Simple interest on a late payment over a year of 365 days."""
    return cents(payment * annual_rate_percent / HUNDRED * days / Decimal(365))


def drug_units(dose: Decimal, dose_per_unit: Decimal) -> Decimal:
    """HCPCS units for a dose; a begun unit counts whole."""
    return (dose / dose_per_unit).to_integral_value(ROUND_CEILING)


def days_in_receivables(receivables: Decimal, charges: Decimal, days_in_period: Decimal) -> Decimal:
    """Receivables over average daily charges, to one decimal."""
    return (receivables / (charges / days_in_period)).quantize(Decimal("0.1"), "ROUND_HALF_UP")


def percentage(part: Decimal, whole: Decimal) -> Decimal:
    """Part of whole in per cent, to one decimal."""
    return (part / whole * HUNDRED).quantize(Decimal("0.1"), "ROUND_HALF_UP")


def difference(first: Decimal, second: Decimal) -> Decimal:
    """First less second."""
    return first - second


def filing_deadline_calendar_year(service_date: date) -> date:
    """The last day of one calendar year after the service; 29 February ends on 28 February (42 CFR 424.44)."""
    return years_after(service_date, 1)


def deadline_in_days(start: date, days: int) -> date:
    """The day that many days after the start."""
    return start + timedelta(days=days)


def appeal_deadline(notice_date: date, mail_days: int, appeal_days: int) -> date:
    """The last day to appeal, counted from the presumed receipt of the notice."""
    return notice_date + timedelta(days=mail_days + appeal_days)


def years_after(day: date, years: int) -> date:
    """The same day that many years later; 29 February becomes 28 February in a common year."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


FORMULAS = {function.__name__.replace("_", "-"): function for function in (
    patient_share, plan_payment, payment_after_sequestration, capped_patient_share, contractual_adjustment, nonparticipating_allowed,
    limiting_charge, fee_schedule_amount, multiple_procedure_total, bilateral_amount, remaining_balance, secondary_standard,
    secondary_carve_out, secondary_maintenance, medicare_secondary, medicare_secondary_provider,
    drug_payment, interest, drug_units, days_in_receivables, percentage, difference, filing_deadline_calendar_year,
    deadline_in_days, appeal_deadline)}
"""Every formula by the name content uses."""

_READ = {Decimal: Decimal, int: int, date: date.fromisoformat}


def compute(name: str, given: dict[str, str]) -> Decimal | date:
    """The formula's value. ValueError, as a sentence, for an unknown formula, a missing or needless name, or an unreadable value."""
    return FORMULAS[_known(name)](**read_arguments(name, given))


def read_arguments(name: str, given: dict[str, str]) -> dict:
    """The given text as the types the formula takes; ValueError as in compute."""
    types = inspect.get_annotations(FORMULAS[_known(name)])
    types.pop("return")
    if missing := types.keys() - given.keys():
        raise ValueError(f"{name} is not given {', '.join(sorted(missing))}")
    if needless := given.keys() - types.keys():
        raise ValueError(f"{name} does not take {', '.join(sorted(needless))}")
    return {key: _read(name, key, text, types[key]) for key, text in given.items()}


def _known(name: str) -> str:
    if name not in FORMULAS:
        raise ValueError(f"there is no formula {name!r}; the formulas are {', '.join(sorted(FORMULAS))}")
    return name


def _read(name: str, key: str, text: str, kind: type):
    try:
        return _READ[kind](text)
    except (ValueError, InvalidOperation) as error:
        raise ValueError(f"{name}: {key} is {text!r}, which is no {kind.__name__}") from error
