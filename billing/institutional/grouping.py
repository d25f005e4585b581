"""What the engine asks of a grouper of hospital stays; curriculum/grouping.py answers with the MS-DRG grouper and code editor."""

from datetime import date
from typing import Protocol

from billing.institutional.claim import Diagnosis, InstitutionalClaim
from billing.record import record


@record
class Stay:
    """What a stay is grouped by. Which version of the groups decides the day of discharge."""
    discharged: date
    age: int
    sex: str
    discharge_status: str
    principal: Diagnosis
    others: tuple[Diagnosis, ...]
    procedures: tuple[str, ...]
    admitting: str = ""


@record
class Grouping:
    """A group: three digits and its title. before: the group had hospital-acquired conditions counted; conditions: their names. grouped: False where no group fits."""
    drg: str
    title: str
    before: str
    version: str
    conditions: tuple[str, ...] = ()
    grouped: bool = True


class Grouper(Protocol):
    """Both raise OutsideKnownDates when no version is held for the day of discharge."""

    def group(self, stay: Stay) -> Grouping:
        """The group of the stay."""

    def complaints(self, stay: Stay) -> tuple[str, ...]:
        """The names of what the code editor finds wrong with the stay's codes."""


def stay_of(claim: InstitutionalClaim) -> Stay:
    """The stay that an inpatient claim tells of."""
    admitted, born = claim.admission_date or claim.statement_from, claim.patient.birth_date
    age = admitted.year - born.year - ((admitted.month, admitted.day) < (born.month, born.day))
    return Stay(claim.statement_through, age, claim.patient.sex, claim.discharge_status, claim.principal_diagnosis,
                claim.other_diagnoses, tuple(each.code for each in claim.procedures), claim.admitting_diagnosis)
