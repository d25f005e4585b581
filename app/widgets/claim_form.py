"""The claim form as fields: what each holds as text, how the texts become a claim again, and what cannot be read."""

import re
from copy import deepcopy

import streamlit as st

from scoring.answers import Unreadable, code, day, money

HEAD = (("member_id", "1a Member id"), ("group_number", "11 Group number"), ("prior_authorization", "23 Prior authorization"),
        ("patient.last_name", "2 Patient's last name"), ("patient.first_name", "2 Patient's first name"), ("patient.birth_date", "3 Birth date"),
        ("billing.npi", "33a Billing NPI"), ("rendering.npi", "24J Rendering NPI"), ("referring.npi", "17b Referring NPI"))
ACCIDENT = (("accident.cause", "10 Cause"), ("accident.state", "10b State"), ("accident.on", "15 Day"))
CAUSES = ("employment", "auto", "other")
RESEND = (("frequency_code", "22 Resubmission code"), ("original_reference", "22 Original reference"))
LINE = (("service_date", "A Date"), ("place_of_service", "B Place"), ("procedure", "D Code"), ("modifiers", "D Mods"),
        ("diagnosis_pointers", "E Ptrs"), ("charge", "F Charge"), ("units", "G Units"))
SELDOM = (("ndc", "Drug code (NDC)"), ("attachment", "Record sent along (PWK)"))
"""Of a line, what most claims leave blank: below the lines, folded."""
SHORT = {"service_date": "mm/dd/yyyy", "place_of_service": "11", "procedure": "code", "modifiers": "none", "diagnosis_pointers": "A B", "charge": "0.00", "units": "1"}
WIDTHS = (1.5, 0.8, 1.1, 1.0, 0.9, 1.2, 0.8)
DIAGNOSES, LINES, MOST = 6, 3, 6
LETTERS = "ABCDEFGHIJKL"


def texts_of(claim: dict) -> dict[str, str]:
    """Every field of a plain claim as the text that stands in it."""
    held = {path: _walk(claim, path) for path, _ in (*HEAD, *ACCIDENT, *RESEND)}
    held |= {path: _american(held[path]) for path in ("patient.birth_date", "accident.on") if held[path]}
    held |= {f"diagnoses.{at}": claim["diagnoses"][at] if at < len(claim["diagnoses"]) else "" for at in range(boxes(claim))}
    for at in range(rows(claim)):
        line = claim["lines"][at] if at < len(claim["lines"]) else {}
        held |= {f"lines.{at}.{part}": _shown(part, line.get(part, "")) for part, _ in (*LINE, *SELDOM)}
    held["accepts_assignment"] = "yes" if claim["accepts_assignment"] else ""
    return held


def boxes(claim: dict) -> int:
    """How many diagnosis boxes the form shows."""
    return min(12, max(DIAGNOSES, len(claim["diagnoses"]) + 1))


def rows(claim: dict) -> int:
    """How many service lines the form shows."""
    return min(MOST, max(LINES, len(claim["lines"]) + 1))


def draw(texts: dict[str, str], key: str, names, resend: bool) -> None:
    """The fields, each under its item number. Nothing reruns on an edit: `read` takes what stands in them."""
    with st.container(border=True, key="claim-form"):
        st.subheader("Patient, plan and providers", anchor=False)
        _grid(HEAD, texts, key)
        st.checkbox("27 Accepts assignment", value=bool(texts["accepts_assignment"]), key=f"{key}:accepts_assignment", on_change="ignore")
        _folded_accident(texts, key)
        if resend:
            _grid(RESEND, texts, key)
        st.subheader("21 Diagnoses", anchor=False)
        count = sum(path.startswith("diagnoses.") for path in texts)
        for start in range(0, count, 3):
            for at, column in zip(range(start, min(start + 3, count)), st.columns(3)):
                column.text_input(f"21{LETTERS[at]}", texts[f"diagnoses.{at}"], key=f"{key}:diagnoses.{at}", on_change="ignore", max_chars=10, autocomplete="off")
        st.subheader("24 Services", anchor=False)
        st.caption("A date, B place of service, D procedure code and modifiers, E pointers to item 21, F charge, G units. A blank line is not sent.")
        for at in range(sum(path.endswith(".procedure") for path in texts)):
            _line(at, texts, key, names)
        _seldom(texts, key)


def read(texts: dict[str, str], key: str) -> dict[str, str]:
    """What stands in the fields now."""
    now = {path: str(st.session_state.get(f"{key}:{path}", value) or "").strip() for path, value in texts.items() if path != "accepts_assignment"}
    return {**now, "accepts_assignment": "yes" if st.session_state.get(f"{key}:accepts_assignment", bool(texts["accepts_assignment"])) else ""}


def document(texts: dict[str, str], base: dict) -> tuple[dict, list[str]]:
    """The plain claim that the texts make of the base, and a sentence for every field that cannot be read."""
    claim, wrong = deepcopy(base), []
    for path, label in (*HEAD, *RESEND):
        if path in texts:
            _set(claim, path, texts[path], label, wrong)
    if "accident.cause" in texts:
        claim["accident"] = _accident(texts, claim["accident"], wrong)
    claim["accepts_assignment"] = bool(texts["accepts_assignment"])
    claim["diagnoses"] = [_pointed(text) for at in range(12) if (text := texts.get(f"diagnoses.{at}", ""))]
    claim["lines"] = [line for at in range(MOST) if (line := _service(texts, at, wrong)) is not None]
    return claim, wrong


def _grid(fields, texts: dict[str, str], key: str) -> None:
    for start in range(0, len(fields), 3):
        for (path, label), column in zip(fields[start:start + 3], st.columns(3)):
            column.text_input(label, texts[path], key=f"{key}:{path}", on_change="ignore", max_chars=40, autocomplete="off")


def _folded_accident(texts: dict[str, str], key: str) -> None:
    """Items 10 and 15, which most claims leave blank; open where something stands there already."""
    with st.expander("10 and 15 An accident", expanded=any(texts[path] for path, _ in ACCIDENT)):
        st.caption("The cause as employment, auto or other; the state only of an auto accident; the day of the accident.")
        _grid(ACCIDENT, texts, key)


def _accident(texts: dict[str, str], base: dict | None, wrong: list[str]) -> dict | None:
    """Items 10 and 15, or None where both are blank: neither stands without the other."""
    cause, state, on = (texts[path] for path, _ in ACCIDENT)
    if not (cause or state or on):
        return None
    if cause.lower() not in CAUSES:
        wrong.append("10: Write employment, auto or other; leave 10 and 15 blank where there was no accident.")
        return base
    when = _read(day(on) if on else Unreadable("Write the day of the accident."), "15", wrong)
    return {"cause": cause.lower(), "on": str(when), "state": state.upper()} if when else base


def _line(at: int, texts: dict[str, str], key: str, names) -> None:
    with st.container(key=f"claim-line-{at + 1}", gap="small"):
        for (part, label), column in zip(LINE, st.columns(WIDTHS, gap="small")):
            path = f"lines.{at}.{part}"
            column.text_input(f"{label} {at + 1}", texts[path], key=f"{key}:{path}", on_change="ignore", max_chars=16, autocomplete="off", placeholder=SHORT[part])
        if name := names.get(texts[f"lines.{at}.procedure"]):
            st.caption(name)


def _seldom(texts: dict[str, str], key: str) -> None:
    """Drug codes and records sent along, line by line; open where one stands already."""
    paths = [path for path in texts if path.endswith(tuple(f".{part}" for part, _ in SELDOM))]
    with st.expander("24 Drug codes, and records sent along", expanded=any(texts[path] for path in paths)):
        st.caption("The national drug code where the payer asks for it, and the control number of a record that goes with the line.")
        for path, column in zip(paths, [column for _ in paths[::len(SELDOM)] for column in st.columns(len(SELDOM))]):
            _, at, part = path.split(".")
            column.text_input(f"{dict(SELDOM)[part]} {int(at) + 1}", texts[path], key=f"{key}:{path}", on_change="ignore", max_chars=50, autocomplete="off")


def _service(texts: dict[str, str], at: int, wrong: list[str]) -> dict | None:
    """A service line, or None where the row is blank."""
    held = {part: texts.get(f"lines.{at}.{part}", "") for part, _ in (*LINE, *SELDOM)}
    if not any(value for part, value in held.items() if part not in ("units", "place_of_service", "service_date")):
        return None
    where = f"Line {at + 1}"
    service = _read(day(held["service_date"]) if held["service_date"] else Unreadable("Write the date of service."), f"{where}, 24A", wrong)
    procedure = _read(code(held["procedure"]) if held["procedure"] else Unreadable("Write a procedure code."), f"{where}, 24D", wrong)
    charge = _read(money(held["charge"]) if held["charge"] else Unreadable("Write the charge."), f"{where}, 24F", wrong)
    units = held["units"] or "1"
    if not units.isdecimal() or len(units) > 4:
        wrong.append(f"{where}, 24G: Write the units as a whole number.")
        units = "1"
    return {"service_date": str(service or "2000-01-01"), "place_of_service": held["place_of_service"], "procedure": procedure or "", "charge": str(charge or "0.00"), "units": units,
            "modifiers": re.findall(r"[A-Z0-9]{2}", held["modifiers"].upper()), "diagnosis_pointers": re.findall(r"[A-Z]", held["diagnosis_pointers"].upper()),
            **{part: held[part].upper() for part, _ in SELDOM}}


def _read(value, where: str, wrong: list[str]):
    if isinstance(value, Unreadable):
        wrong.append(f"{where}: {value.sentence}")
        return None
    return value


def _set(claim: dict, path: str, text: str, label: str, wrong: list[str]) -> None:
    if path == "referring.npi":
        claim["referring"] = {**(claim["referring"] or {"name": "", "tax_id": ""}), "npi": text} if text else None
        return
    if path == "patient.birth_date":
        text = str(_read(day(text), label, wrong) or claim["patient"]["birth_date"])
    parent, _, leaf = path.rpartition(".")
    (claim[parent] if parent else claim)[leaf] = text


def _pointed(text: str) -> str:
    """A diagnosis with its point: E119 becomes E11.9."""
    bare = re.sub(r"[^A-Z0-9]", "", text.upper())
    return bare[:3] + ("." + bare[3:] if len(bare) > 3 else "")


def _shown(part: str, value: object) -> str:
    if part == "service_date" and value:
        return _american(str(value))
    return " ".join(value) if isinstance(value, (list, tuple)) else str(value)


def _american(iso: str) -> str:
    year, month, day_ = iso.split("-")
    return f"{month}/{day_}/{year}"


def _walk(claim: dict, path: str) -> str:
    held = claim
    for part in path.split("."):
        held = (held or {}).get(part, "")
    return held or ""
