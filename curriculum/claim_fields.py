"""The fields of a claim by path: reading and setting them as text, their item numbers and names, and a claim as plain JSON."""

from functools import cache

from pydantic import TypeAdapter, ValidationError

from billing.claim import ProfessionalClaim, ServiceLine

_CLAIM = TypeAdapter(ProfessionalClaim)

CLAIM_FIELDS = {
    "member_id": ("1a", "Member id"), "patient.last_name": ("2", "Patient's last name"), "patient.first_name": ("2", "Patient's first name"),
    "patient.birth_date": ("3", "Patient's birth date"), "relationship": ("6", "Patient's relationship to the insured"), "group_number": ("11", "Group number"),
    "accident.cause": ("10", "Accident that the condition comes from"), "accident.state": ("10b", "State of an auto accident"), "accident.on": ("15", "Day of the accident"),
    "referring.npi": ("17b", "Referring provider's NPI"), "diagnoses": ("21", "Diagnoses"),
    "frequency_code": ("22", "Resubmission code"), "original_reference": ("22", "Original reference number"),
    "prior_authorization": ("23", "Prior authorization number"), "accepts_assignment": ("27", "Accept assignment"),
    "rendering.npi": ("24J", "Rendering provider's NPI"), "billing.npi": ("33a", "Billing provider's NPI"), "billing.tax_id": ("25", "Federal tax id")}
LINE_FIELDS = {
    "service_date": ("24A", "Date of service"), "place_of_service": ("24B", "Place of service"), "procedure": ("24D", "Procedure"),
    "modifiers": ("24D", "Modifiers"), "diagnosis_pointers": ("24E", "Diagnosis pointers"), "charge": ("24F", "Charge"), "units": ("24G", "Units"),
    "ndc": ("24, shaded", "National drug code"), "attachment": ("PWK", "Record sent along")}
SELDOM = ("ndc", "attachment")
"""Parts of a line that most lines leave blank: they are picked and marked where the record or the claim at hand has one."""


class FieldError(ValueError):
    """A field that does not exist, or a value it cannot hold; the sentence says which."""


def plain(claim: ProfessionalClaim) -> dict:
    """The claim as JSON keeps it: dates, amounts and codes as text."""
    return _CLAIM.dump_python(claim, mode="json")


def typed(document: dict) -> ProfessionalClaim:
    """The claim of a plain document; FieldError with every field that cannot be read."""
    try:
        return _CLAIM.validate_python(document)
    except ValidationError as error:
        raise FieldError("; ".join(f"{name_of('.'.join(str(p) for p in each['loc']))}: {each['msg'].lower()}" for each in error.errors())) from error


def with_field(claim: ProfessionalClaim, path: str, value: object) -> ProfessionalClaim:
    """The claim with one field set; lines are numbered from 1."""
    document = plain(claim)
    put(document, _counted(path), value)
    return typed(document)


def value_of(claim: ProfessionalClaim, path: str) -> object:
    """A field's value as plain JSON; None where its parent is absent."""
    held: object = plain(claim)
    for part in _counted(path):
        if held is None:
            return None
        held = held[part]
    return held


@cache
def name_of(path: str) -> str:
    """What the form calls the field: `24D Modifiers, line 2`."""
    parts = path.split(".")
    if parts[0] == "lines" and len(parts) > 2:
        item, name = LINE_FIELDS.get(parts[2], ("24", parts[2]))
        return f"{item} {name}, line {parts[1]}"
    item, name = CLAIM_FIELDS.get(path, ("", path))
    return f"{item} {name}".strip()


def parts_of(*lines: ServiceLine | None) -> tuple[str, ...]:
    """What is looked at of a line: the parts that every line has, and the seldom ones that one of these carries."""
    return tuple(part for part in LINE_FIELDS if part not in SELDOM or any(getattr(line, part) for line in lines if line))


def put(document: dict | list, path: list, value: object, new: bool = False) -> None:
    """Set the value at the path; FieldError when the path leads nowhere. new: the last step may name a field that is not there yet."""
    held = document
    try:
        for part in path[:-1]:
            held = held[part]
        if isinstance(held, list):
            held[path[-1]] = value
        elif new or path[-1] in held:
            held[path[-1]] = value
        else:
            raise KeyError(path[-1])
    except (KeyError, IndexError, TypeError) as error:
        raise FieldError(f"there is no field {'.'.join(str(p) for p in path)}") from error


def _counted(path: str) -> list:
    parts: list = path.split(".")
    return [int(part) - 1 if place and parts[place - 1] == "lines" and part.isdigit() else part for place, part in enumerate(parts)]
