"""A claim of any form as plain JSON and back, and its fields by path."""

from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from curriculum.claim_fields import FieldError, put
from curriculum.forms.form import ClaimForm, named


@cache
def reader(type_: type) -> TypeAdapter:
    """The reader of a type of billing."""
    return TypeAdapter(type_)


def plain(claim: Any) -> dict:
    """The claim as JSON keeps it."""
    return reader(type(claim)).dump_python(claim, mode="json")


def typed(form: ClaimForm, document: dict) -> Any:
    """The claim of a plain document; FieldError with every field that is missing or cannot be read."""
    try:
        return reader(form.claim_type).validate_python(document)
    except ValidationError as error:
        said = (f"{named(form, '.'.join(str(part + 1) if isinstance(part, int) else part for part in each['loc']))}: "
                f"{'nothing stands here' if each.get('input') is None or each['type'] == 'missing' else each['msg'].lower()}" for each in error.errors())
        raise FieldError("; ".join(said)) from error


def steps(path: str) -> list:
    """The path's steps; rows are numbered from 1."""
    return [int(part) - 1 if part.isdigit() else part for part in path.split(".")]


def value_of(claim: Any, path: str) -> object:
    """A field's value as plain JSON; None where it or its parent is absent."""
    held: object = claim if isinstance(claim, dict) else plain(claim)
    for part in steps(path):
        if held is None or (isinstance(part, int) and part >= len(held)):
            return None
        held = held[part]
    return held


def with_field(form: ClaimForm, claim: Any, path: str, value: object) -> Any:
    """The claim with one field set; a provider that is not there yet is made of the field alone."""
    document = plain(claim)
    parent = document
    for part in steps(path)[:-1]:
        if isinstance(parent, dict) and parent.get(part, "") is None:
            parent[part] = {"name": "", steps(path)[-1]: ""}
        parent = parent[part] if isinstance(parent, dict) and part in parent or isinstance(parent, list) and part < len(parent) else {}
    put(document, steps(path), value)
    return typed(form, document)
