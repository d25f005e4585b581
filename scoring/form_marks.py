"""Marking a claim on any form beside the professional one: is it what the record supports, is each field right, and what did it earn.

Right means supported and payable, as scoring.claim_marks says; what the record must support of a field is told by its form.
"""

from decimal import Decimal
from typing import Any

from billing.answer import Answer
from billing.money import ZERO
from curriculum.forms.case import FormCase
from curriculum.forms.form import ClaimForm, Field, Rows, field_at, named
from curriculum.forms.reading import plain, value_of
from scoring.claim_marks import RECORD_WEIGHT, earned_credit, shown, touched
from scoring.marks import Credit, Marks


def mark_form(case: FormCase, sent: Any, answer: Answer, clean: Answer, fields: tuple[str, ...], sending: int) -> Marks:
    """Credits for one sending. fields: the paths this scenario marks; sending: 1 for the first, each later one costs a touch."""
    mine, theirs = plain(sent), plain(case.clean)
    credits = [_record(case, mine, theirs), *(_field(case, mine, theirs, path) for path in fields), _untouched(case, mine, theirs, fields), earned_credit(answer, clean)]
    return Marks(touched(tuple(credits), sending))


def marked_form_fields(case: FormCase) -> tuple[str, ...]:
    """The fields that stand wrong or blank on the claim at hand; of a row beyond the record only that it is there."""
    theirs = plain(case.clean)
    paths = [field.path for field in case.form.fields if field.path not in case.form.again and not right(case, case.at_hand, theirs, field.path)]
    for group in case.form.groups:
        for number in range(1, max(len(theirs[group.path]), len(case.at_hand[group.path])) + 1):
            paths += [path for path in _of_row(group, number, len(theirs[group.path])) if not right(case, case.at_hand, theirs, path)]
    return tuple(paths)


def right(case: FormCase, mine: dict, theirs: dict, path: str) -> bool:
    """Whether the field holds what the record supports, or what is accepted beside it."""
    group = _group(case.form, path)
    if group is None:
        return _same(case, value_of(mine, path), value_of(theirs, path), path)
    number = int(path.split(".")[1])
    if number > len(theirs[group.path]):
        return len(mine[group.path]) < number
    row, clean = _matching(group, mine, theirs, number), theirs[group.path][number - 1]
    if row is None:
        return False
    leaf = path.split(".", 2)[-1]
    return _same(case, row, clean, path) if group.plain else _same(case, row.get(leaf), clean[leaf], path)


def _of_row(group: Rows, number: int, documented: int) -> list[str]:
    """The fields of a row; of one beyond the record its first alone."""
    if group.plain:
        return [f"{group.path}.{number}"]
    fields = group.fields if number <= documented else group.fields[:1]
    return [f"{group.path}.{number}.{field.path}" for field in fields]


def _group(form: ClaimForm, path: str) -> Rows | None:
    return next((group for group in form.groups if path.startswith(f"{group.path}.")), None)


def _matching(group: Rows, mine: dict, theirs: dict, number: int) -> Any:
    """The sent row for a documented one: of the same key in the same turn, else the same place on the form."""
    rows, clean = mine[group.path], theirs[group.path]
    key = _key(group, clean[number - 1])
    turn = sum(_key(group, row) == key for row in clean[:number - 1])
    alike = [row for row in rows if _key(group, row) == key]
    if turn < len(alike):
        return alike[turn]
    return rows[number - 1] if number <= len(rows) else None


def _key(group: Rows, row: Any) -> tuple:
    return (row,) if group.plain else tuple(str(row.get(part)) for part in group.key)


def _same(case: FormCase, mine: object, theirs: object, path: str) -> bool:
    """Equal; blank is blank however it is kept; several codes in any order; or one of the values accepted."""
    if isinstance(theirs, list):
        return sorted(mine or []) == sorted(theirs) or " ".join(sorted(mine or [])) in {" ".join(sorted(entry.split())) for entry in case.scenario.accept.get(path, ())}
    return (mine or "") == (theirs or "") or str(mine) in case.scenario.accept.get(path, ())


def _record(case: FormCase, mine: dict, theirs: dict) -> Credit:
    """Everything claimed stands in the record."""
    beyond = [said for field in case.form.fields if field.claims and (said := _beyond(case, field, value_of(mine, field.path), value_of(theirs, field.path), field.path))]
    for group in case.form.groups:
        if any(field.claims for field in group.fields):
            beyond += _beyond_rows(case, group, mine, theirs)
    if not beyond:
        return Credit("record", RECORD_WEIGHT, RECORD_WEIGHT, "Everything on the claim stands in the record.")
    return Credit("record", ZERO, RECORD_WEIGHT, f"The record does not support {', '.join(beyond)}. A claim for it is a false claim, whatever it pays.", "unsupported-claim", ("usc-31-3729",), "unlawful")


def _beyond_rows(case: FormCase, group: Rows, mine: dict, theirs: dict) -> list[str]:
    """Rows of which the record knows nothing, and what documented ones claim beyond it."""
    clean, found = theirs[group.path], []
    for number, row in enumerate(mine[group.path], 1):
        turn = sum(_key(group, each) == _key(group, row) for each in mine[group.path][:number - 1])
        alike = [place for place, each in enumerate(clean, 1) if _key(group, each) == _key(group, row)]
        if turn >= len(alike):
            accepted = any(_accepted(case, group, row, place) for place in range(1, len(clean) + 1))
            found += [] if accepted else [f"{group.what} {number} ({' '.join(filter(None, _key(group, row))) or 'blank'})"]
            continue
        place = alike[turn]
        for field in group.fields if not group.plain else ():
            path = f"{group.path}.{place}.{field.path}"
            if field.claims and field.path not in group.key and (said := _beyond(case, field, row.get(field.path), clean[place - 1][field.path], path)):
                found.append(said)
    return found


def _accepted(case: FormCase, group: Rows, row: Any, place: int) -> bool:
    """The row is what is accepted in a documented one's place."""
    if group.plain:
        return row in case.scenario.accept.get(f"{group.path}.{place}", ())
    return any(str(row.get(part)) in case.scenario.accept.get(f"{group.path}.{place}.{part}", ()) for part in group.key)


def _beyond(case: FormCase, field: Field, mine: object, theirs: object, path: str) -> str:
    """What is claimed in the field and not supported, in words; empty where it is."""
    if mine in (None, "", [], False) or _same(case, mine, theirs, path):
        return ""
    if field.claims == "within" and _within(mine, theirs):
        return ""
    return f"{named(case.form, path)} {' '.join(mine) if isinstance(mine, list) else mine}"


def _within(mine: object, theirs: object) -> bool:
    if isinstance(mine, list):
        return set(mine) <= set(theirs or ())
    return theirs not in (None, "") and Decimal(str(mine)) <= Decimal(str(theirs))


def _field(case: FormCase, mine: dict, theirs: dict, path: str) -> Credit:
    group, name = _group(case.form, path), named(case.form, path)
    gone = group is not None and int(path.split(".")[1]) > len(theirs[group.path])
    fault = next((f for f in case.faults if f.field == path), None)
    is_right = right(case, mine, theirs, path)
    if is_right:
        reason = fault.why if fault else f"{name} is right."
    else:
        reason = f"{name} should be {'gone: the record has no such ' + group.what if gone else shown(value_of(theirs, path))}." + (f" {fault.why}" if fault else "")
    return Credit(f"field:{path}", Decimal(int(is_right)), Decimal(1), reason)


def _untouched(case: FormCase, mine: dict, theirs: dict, fields: tuple[str, ...]) -> Credit:
    """Nothing that was right was made wrong, and no row was added."""
    spoiled = [field.name for field in case.form.fields if field.path not in (*fields, *case.form.again) and not right(case, mine, theirs, field.path)]
    for group in case.form.groups:
        documented = len(theirs[group.path])
        spoiled += [named(case.form, path) for number in range(1, documented + 1) for path in _of_row(group, number, documented) if path not in fields and not right(case, mine, theirs, path)]
        if len(mine[group.path]) > max(documented, len(case.at_hand[group.path])):
            spoiled.append(f"a {group.what} more than the record has")
    if not spoiled:
        return Credit("untouched", Decimal(1), Decimal(1), "What was right stayed right.")
    return Credit("untouched", ZERO, Decimal(1), f"Made wrong or added: {', '.join(spoiled)}.")


def competency_at(form: ClaimForm, part: str) -> str:
    """The competency that a credit's part shows."""
    field = field_at(form, part.removeprefix("field:").removeprefix("flag:"))
    return field.competency if field and field.competency else form.competency
