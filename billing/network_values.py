"""What the values of a network and of other payers are: referrals, capitation, providers outside, accidents, injuries on file, protected members, crossover."""

from billing.edit_values import Reason
from billing.record import record


@record
class Referrals:
    """Services of others than the member's primary care provider need a referral on file; some services and places do not."""
    absent: Reason
    exceeded: Reason
    exempt: tuple[str, ...] = ()    # procedures that need none
    places: tuple[str, ...] = ()    # places of service that need none: emergencies


@record
class Capitation:
    """Services that the monthly payment to the member's primary care provider has paid already; nothing more is paid, and nothing denied."""
    reason: Reason
    procedures: tuple[str, ...]


@record
class OutOfNetwork:
    """What becomes of a service by a provider without a contract, outside of the places that need none."""
    reason: Reason
    places: tuple[str, ...] = ()


@record
class LiableFirst:
    """Reasons where an accident makes another carrier pay first; a cause without a reason is this payer's own."""
    employment: Reason | None = None
    auto: Reason | None = None
    other: Reason | None = None


@record
class InjuriesOnly:
    """A carrier that pays for injuries of one cause: reasons when no injury of the claim is on file, and when the diagnosis is none that it accepts."""
    cause: str
    unknown: Reason
    unrelated: Reason


@record
class FeeDifference:
    """How a charge above the fee is named where it is not by the contract's usual code."""
    group: str
    carc: str


@record
class QualifiedBeneficiaries:
    """How cost sharing is named for a member who may not be asked for it: the reason in place of PR, and the remarks on the claim."""
    reason: Reason
    deductible_remark: str
    coinsurance_remark: str


@record
class Passing:
    """A kind of next payer (medicaid, supplemental) and the remark that says the claim was passed on to it."""
    to: str
    rarc: str


@record
class Crossover:
    """The claims this payer passes on to the next by itself."""
    passings: tuple[Passing, ...]


KINDS: dict[str, type] = {
    "referrals": Referrals,
    "capitation": Capitation,
    "out-of-network": OutOfNetwork,
    "liable-first": LiableFirst,
    "injuries-only": InjuriesOnly,
    "fee-difference": FeeDifference,
    "qualified-beneficiaries": QualifiedBeneficiaries,
    "crossover": Crossover,
}
"""The kinds of rule of this module and the type of their values."""
