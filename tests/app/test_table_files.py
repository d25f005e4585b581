"""Tables as files: whatever a person wrote stays a text, in CSV and in a workbook."""

import csv
import io
import zipfile
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.table_files import STARTS_A_FORMULA, as_csv, as_xlsx, text_of

WICKED = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1", '=HYPERLINK("http://x.example","y")', "=cmd|' /C calc'!A0")


def cells(file: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(file.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("wicked", WICKED)
def test_a_text_that_would_be_a_formula_gets_an_apostrophe_in_csv(wicked):
    assert cells(as_csv(("Name",), [(wicked,)]))[1] == [f"'{wicked}"]


@given(st.text(max_size=40))
def test_no_cell_of_a_csv_begins_a_formula(text):
    told = text_of(text)
    assert not told.lstrip(" ").startswith(STARTS_A_FORMULA) and told.endswith(text)


def test_heads_are_guarded_too_and_numbers_stay_numbers():
    assert cells(as_csv(("=Name", "n", "at", "none"), [("Ann", -3, datetime(2026, 11, 28, 9, 5), None)])) == [["'=Name", "n", "at", "none"], ["Ann", "-3", "2026-11-28 09:05", ""]]


@pytest.mark.parametrize("wicked", [*WICKED, "http://x.example/", "mailto:a@x.example", "\x00\x0b\ud800 broken"])
def test_a_workbook_holds_texts_and_no_formula_and_no_link(wicked):
    with zipfile.ZipFile(io.BytesIO(as_xlsx([("Sheet", ("Name",), [(wicked,)])]))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        names = book.namelist()
    assert "<f>" not in sheet and "hyperlink" not in sheet and 't="s"' in sheet and not any("rels" in name and "sheet" in name for name in names)


def test_a_long_text_and_a_long_sheet_name_are_cut_where_a_workbook_would_refuse_them():
    assert as_xlsx([("A sheet whose name is far too long for a workbook", ("n",), [("x" * 40_000,), (3.5,), (datetime(2026, 1, 2),), (None,)])]).startswith(b"PK")
