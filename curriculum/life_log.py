"""An action on an account as the attempt's log keeps it, and back."""

from typing import Any

from pydantic import TypeAdapter, ValidationError

from billing.account.actions import Action, Send
from curriculum.claim_fields import FieldError
from curriculum.lives import FORMS, reading

NAMES: dict[str, type] = {type_.__name__.lower(): type_ for type_ in Action.__args__}
"""Every action by the name the log gives it: wait, verify, send, post, ..."""


def action_plain(action: Action) -> dict[str, Any]:
    """The action as JSON keeps it: its name under `do`, its fields beside."""
    fields = {name: value for name, value in vars(action).items() if name != "claim"}
    kept = {"do": type(action).__name__.lower(), **TypeAdapter(dict).dump_python(fields, mode="json")}
    if isinstance(action, Send):
        kept["claim"] = reading(type(action.claim)).dump_python(action.claim, mode="json")
    return kept


def action_typed(kept: dict[str, Any], form: str) -> Action:
    """The action back from JSON; FieldError with every field that cannot be read."""
    type_ = NAMES.get(kept.get("do", ""))
    if type_ is None:
        raise FieldError(f"There is no action {kept.get('do')!r}; there are {', '.join(NAMES)}.")
    fields = {name: value for name, value in kept.items() if name != "do"}
    try:
        if type_ is Send:
            claim = reading(FORMS[form][0]).validate_python(fields["claim"])
            return Send(fields["payer"], claim, fields.get("way", "claim"))
        return reading(type_).validate_python(fields)
    except ValidationError as error:
        raise FieldError("; ".join(f"{'.'.join(str(p) for p in each['loc'])}: {each['msg'].lower()}" for each in error.errors())) from error


