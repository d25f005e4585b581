"""What the papers of a claim scenario may tell: the world without what the biller decides; and the names of the form's fields."""

from curriculum.cases import Case
from curriculum.rejection_asks import fields_of
from scoring.course import Course


def told_of(case: Case) -> dict:
    """The world's facts that papers show, as text: the ticket without what the biller decides, the coverage as the card has it."""
    world = case.world.model_dump(mode="json")
    shown = {key: world[key] for key in ("patient", "subscriber", "relationship", "billing", "rendering", "referring", "account", "prior_payment")}
    ticket = [{key: service[key] for key in ("service_date", "procedure", "units", "charge")} for service in world["services"]]
    card = {key: world["coverage"][key] for key in ("member_id", "group_number", "plan")}
    note = [{"heading": case.tell(section["heading"]), "text": case.tell(section["text"])} for section in world["note"]]
    return {**shown, "ticket": ticket, "card": card, "note": note, "registration": {label: case.tell(value) for label, value in world["registration"].items()}}


def field_names(course: Course) -> tuple[tuple[str, str], ...]:
    """The fields of the claim at hand that can be picked as wrong, with their names."""
    return tuple((path, course.name_of(path)) for path in fields_of(course.case))
