"""What the engine asks of the code books; curriculum/code_books.py answers from files."""

from datetime import date
from typing import Protocol

from billing.record import record


class OutsideKnownDates(LookupError):
    """A look-up on a day that no stored rule or code release covers. The sentence says which and what is known."""


@record
class DiagnosisCode:
    """One ICD-10-CM code as a release has it; excludes1 are code stems that a note (own or inherited) forbids beside it."""
    code: str            # with its point, as E11.9
    title: str
    billable: bool
    excludes1: tuple[str, ...] = ()


class CodeBooks(Protocol):
    """Look-ups handed to the engine. Both raise OutsideKnownDates when the day lies outside every release held."""

    def diagnosis(self, code: str, on: date) -> DiagnosisCode | None:
        """The ICD-10-CM code in the release in force on the day, or None when that release has no such code."""

    def place_of_service(self, code: str, on: date) -> str | None:
        """The place's name, or None."""
