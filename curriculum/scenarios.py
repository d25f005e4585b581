"""A scenario as an author writes it: the world (who, what, which day), the faults of the claim at hand, and how variants differ."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from billing.claim import Accident, Person, PriorPayment, Provider, ServiceLine
from billing.coverage import Accumulator, Authorization, EarlierLine, Injury, OtherCoverage, Referral, TherapyUsed
from curriculum.models import Content, ItemHead, Text

Kind = Literal["complete-the-claim", "scrub-the-claim", "read-the-eligibility-response", "post-the-remittance", "decide-on-a-denial", "mend-the-rejection"]


class NoteSection(Content):
    """One part of the encounter note."""
    heading: Text
    text: Text


class CoverageOnFile(Content):
    """The member in the payer's records; the name and the birth date are the patient's unless stated."""
    member_id: Text
    plan: Text
    begins: date
    ends: date | None = None
    group_number: str = ""
    last_name: str = ""
    first_name: str = ""
    birth_date: date | None = None
    accumulators: tuple[Accumulator, ...] = ()
    authorizations: tuple[Authorization, ...] = ()
    primary_elsewhere: tuple[OtherCoverage, ...] = ()
    earlier_lines: tuple[EarlierLine, ...] = ()
    primary_care: str = ""
    therapy_used: tuple[TherapyUsed, ...] = ()
    primary_care_npi: str = ""
    referrals: tuple[Referral, ...] = ()
    injuries: tuple[Injury, ...] = ()
    qualified_beneficiary: bool = False
    crosses_over: Literal["", "medicaid", "supplemental"] = ""


class World(Content):
    """The truth of one visit. `services` and `diagnoses` are what the record supports: the clean claim is built from them.

    today: the learner's day at the desk, and the day a claim sent today is received.
    sent, adjudicated: for a claim that went before (post-the-remittance, decide-on-a-denial).
    sent_services, sent_diagnoses: what stands on the claim at hand where it is not what the record supports (more, fewer or other lines);
    a line beyond the record comes last.
    payer_believes: coverage fields that the payer's records hold otherwise than the truth.
    """
    payer: Text
    today: date
    sent: date | None = None
    adjudicated: date | None = None
    turnaround_days: Annotated[int, Field(ge=1, le=60)] = 14
    account: Text
    patient: Person
    subscriber: Person | None = None
    relationship: Literal["self", "spouse", "child", "other"] = "self"
    coverage: CoverageOnFile
    payer_believes: dict[str, object] = {}
    billing: Provider
    rendering: Provider
    referring: Provider | None = None
    participates: bool = True
    accepts_assignment: bool = True
    note: tuple[NoteSection, ...] = ()
    registration: dict[str, str] = {}
    diagnoses: Annotated[tuple[str, ...], Field(min_length=1, max_length=12)]
    services: Annotated[tuple[ServiceLine, ...], Field(min_length=1, max_length=6)]
    sent_services: Annotated[tuple[ServiceLine, ...], Field(max_length=6)] = ()
    sent_diagnoses: Annotated[tuple[str, ...], Field(max_length=12)] = ()
    prior_authorization: str = ""
    prior_payment: PriorPayment | None = None
    accident: Accident | None = None


class Fault(Content):
    """A field of the clean claim that stands wrong on the claim at hand, and the competency that mending it shows.

    field: a claim field (member_id, diagnoses, prior_authorization, billing.npi, patient.birth_date, ...) or lines.N.FIELD, N from 1.
    """
    field: Text
    value: str | tuple[str, ...]
    why: Text
    competency: str = ""


class VariantCase(Content):
    """One branch of the scenario: what it sets, as dotted paths into `world` or the whole of `faults`."""
    name: Text
    set: dict[str, object] = {}
    faults: tuple[Fault, ...] | None = None


class Vary(Content):
    """Branches taken in turn by the seed, and fields drawn by it. Seed 0 is the document as written."""
    cases: tuple[VariantCase, ...] = ()
    draw: dict[str, tuple[object, ...]] = {}


class Expected(Content):
    """The worked answer of the first variant, by ask id; and of the clean claim: outcome and dollars paid. Worked by hand, never by the engine."""
    worked_by: Text
    asks: dict[str, str] = {}
    clean_outcome: str = ""
    clean_paid: str = ""


class Scenario(ItemHead):
    """A claim to be worked, on the professional form; other forms: curriculum.forms.scenario."""
    kind: Kind
    form: Literal["professional"] = "professional"
    title: Text
    summary: Text
    minutes: Annotated[int, Field(ge=3, le=90)] = 12
    story: Text
    world: World
    faults: tuple[Fault, ...] = ()
    accept: dict[str, tuple[str, ...]] = {}   # field of the claim: other values the record supports as well; of modifiers, whole sets as "RT LT"
    ask_about: tuple[Literal["active", "deductible-left", "copay", "coinsurance", "limit-left", "first-payer", "estimate"], ...] = ()
    vary: Vary = Vary()
    teaches: Text
    expected: Expected

    @model_validator(mode="after")
    def check_kind(self):
        """Each kind needs its own parts."""
        before = self.kind in ("post-the-remittance", "decide-on-a-denial")
        if self.kind == "mend-the-rejection" and not self.world.sent:
            raise ValueError("mend-the-rejection needs world.sent: the day the claim was received and rejected")
        if before and not (self.world.sent and self.world.adjudicated):
            raise ValueError(f"{self.kind} needs world.sent and world.adjudicated: the days the claim was received and answered")
        if self.world.payer_believes and self.kind in ("complete-the-claim", "scrub-the-claim", "mend-the-rejection"):
            raise ValueError("world.payer_believes belongs to a claim that was answered before: an honest claim would be marked down for the payer's mistake")
        if self.kind in ("scrub-the-claim", "mend-the-rejection") and not (self.faults or self.world.sent_services or self.world.sent_diagnoses):
            raise ValueError(f"{self.kind} needs faults (or world.sent_services): what is wrong with the claim at hand")
        if self.kind == "read-the-eligibility-response" and not self.ask_about:
            raise ValueError("read-the-eligibility-response needs ask_about")
        return self
