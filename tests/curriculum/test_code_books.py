"""Looking codes up: the release for the day, what is billable, notes and where they come from, the lists."""

import sqlite3
import threading
from datetime import date

import pytest

from billing.codes import OutsideKnownDates
from curriculum.code_books import DEFAULT, CodeBooks, prepare
from curriculum.code_books.building import stamp
from curriculum.code_books.file import open_read_only, stamp_of

IN_2024, IN_2025, IN_2026 = date(2024, 9, 30), date(2025, 9, 30), date(2025, 10, 1)


@pytest.fixture(scope="module")
def books() -> CodeBooks:
    prepare(DEFAULT)
    return CodeBooks.open(DEFAULT)


@pytest.mark.parametrize("typed", ["E11.9", "E119", "e11.9", " e119 "])
def test_a_code_is_found_with_or_without_its_point_and_in_any_case(books, typed):
    found = books.diagnosis(typed, IN_2026)
    assert (found.code, found.title, found.billable) == ("E11.9", "Type 2 diabetes mellitus without complications", True)


def test_a_category_with_codes_below_it_is_not_billable(books):
    assert books.diagnosis("E11", IN_2026).billable is False


def test_a_category_without_codes_below_it_is_billable(books):
    assert books.diagnosis("I10", IN_2026).billable is True


@pytest.mark.parametrize("nonsense", ["", "ZZZ", "E11.9X", "1", "A00-A09", "%", "E11.9'--"])
def test_what_is_no_code_is_none(books, nonsense):
    assert books.diagnosis(nonsense, IN_2026) is None


def test_a_block_of_one_category_is_not_taken_for_the_category(books):
    found = books.diagnosis("B20", IN_2026)
    assert (found.title, found.billable) == ("Human immunodeficiency virus [HIV] disease", True)


def test_the_newest_release_has_all_its_parts(books):
    rows = open_read_only(DEFAULT).execute("SELECT count(*), sum(billable) FROM part WHERE until IS NULL").fetchone()
    assert rows == (98505, 74719)


@pytest.mark.parametrize("code, on, billable", [
    ("G35", IN_2025, True), ("G35", IN_2026, False),               # split in FY2026
    ("G35.A", IN_2025, None), ("G35.A", IN_2026, True),            # added in FY2026
    ("E66.813", IN_2024, None), ("E66.813", date(2024, 10, 1), True),  # added in FY2025
    ("E66.81", IN_2024, None), ("E66.81", IN_2025, False),         # its subcategory too
    ("E66.8", IN_2024, True), ("E66.8", IN_2025, False),           # split in FY2025
    ("T81.32XA", IN_2024, True), ("T81.32XA", IN_2025, None),      # deleted by FY2025
    ("T78.07XA", IN_2025, True), ("T78.07XA", IN_2026, None),      # deleted by FY2026
    ("QA0.8", IN_2025, None), ("QA0.8", IN_2026, True),            # a category new in FY2026, with a letter in second place
])
def test_a_code_is_what_it_was_in_the_release_for_the_day(books, code, on, billable):
    found = books.diagnosis(code, on)
    assert (found and found.billable) is billable


@pytest.mark.parametrize("on, count", [(IN_2024, 74044), (IN_2025, 74260), (IN_2026, 74719)])
def test_each_release_has_as_many_billable_codes_as_were_in_force(books, on, count):
    number = books.release(on).number
    held = open_read_only(DEFAULT).execute(
        """SELECT count(*) FROM part WHERE since <= :r AND (until IS NULL OR until >= :r)
           AND (billable OR EXISTS (SELECT 1 FROM earlier_billable e WHERE e.part = part.id AND e.until >= :r))""", {"r": number}).fetchone()[0]
    assert held == count


def test_a_title_is_what_it_was(books):
    assert "wrist and hand" in books.diagnosis("S62.90XA", IN_2025).title
    assert "wrist" not in books.diagnosis("S62.90XA", IN_2026).title


def test_an_excludes1_note_that_ended_still_holds_before(books):
    assert "K51.4" in books.diagnosis("D12.6", IN_2025).excludes1
    assert "K51.4" not in books.diagnosis("D12.6", IN_2026).excludes1


@pytest.mark.parametrize("on", [date(2023, 9, 30), date(2026, 10, 1), date(1999, 1, 1)])
def test_a_day_outside_every_release_is_refused_with_what_is_known(books, on):
    with pytest.raises(OutsideKnownDates) as refused:
        books.diagnosis("E11.9", on)
    assert str(refused.value) == f"ICD-10-CM is known for services from 2023-10-01 (FY2024) to 2026-09-30 (FY2026); {on} lies outside."


def test_excludes1_of_a_code_includes_what_stands_above_it(books):
    excluded = books.diagnosis("E11.9", IN_2026).excludes1
    assert "E10" in excluded      # the category's note
    assert "O24.4" in excluded
    assert "P70.2" in excluded
    assert any("P72.1".startswith(stem) for stem in excluded)  # the chapter's "(P70-P74)"


def test_notes_say_from_where_they_are_inherited(books):
    notes = books.note("E11.9").notes
    assert {note.source.code for note in notes if note.inherited} == {"4", "E11"}
    control = next(note for note in notes if note.kind == "use additional")
    assert (control.source.code, control.source.kind) == ("E11", "category")
    assert "insulin (Z79.4)" in control.text


def test_notes_of_a_block_reach_its_codes(books):
    sources = {note.source.kind for note in books.note("S00.01XA").notes}
    assert {"chapter", "block", "category"} <= sources


def test_a_code_knows_what_stands_above_and_below_it(books):
    note = books.note("E11")
    assert [link.code for link in note.above] == ["4", "E08-E13"]
    assert "E11.9" in [link.code for link in note.below]
    assert books.note("G35", IN_2025).below == ()


def test_a_block_and_a_chapter_can_be_read(books):
    assert books.note("E08-E13").kind == "block"
    assert books.note("19").kind == "chapter"


def test_a_deleted_code_hangs_under_what_is_left(books):
    note = books.note("T78.07XA", IN_2025)
    assert note.above[-1].code == "T78.07"
    assert note.known == ("FY2024", "FY2025")


def test_places_of_service_go_by_the_day(books):
    assert books.place_of_service("11", IN_2026) == "Office"
    assert books.place_of_service("66", date(2024, 7, 31)) is None
    assert books.place_of_service("66", date(2024, 8, 1)).startswith("Programs of All-Inclusive Care")
    assert books.place_of_service("88", IN_2026) is None


def test_a_place_before_the_list_is_refused(books):
    with pytest.raises(OutsideKnownDates, match="The places of service are known from 2023-10-01; 2020-01-01 lies outside."):
        books.place_of_service("11", date(2020, 1, 1))


def test_a_modifier_says_what_it_does(books):
    assert books.entry("modifiers", "59").does == "bypasses an edit"
    assert books.entry("modifiers", "26").does == "changes the price"
    assert books.entry("modifiers", "ga").does == "states coverage"


def test_a_carc_bound_to_a_group_has_no_other(books):
    assert [books.entry("carc", code).groups for code in ("18", "23", "209")] == [("OA",)] * 3
    assert [books.entry("carc", code).groups for code in ("1", "2", "3")] == [("PR",)] * 3


def test_category_a3_is_a_rejection(books):
    assert books.entry("claim-status-category", "A3").name.startswith("Rejected")


def test_threads_may_share_the_books(books):
    found = []
    threads = [threading.Thread(target=lambda: found.append(books.note("E11.9").title)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == ["Type 2 diabetes mellitus without complications"] * 8


def test_the_file_cannot_be_written(books):
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        open_read_only(DEFAULT).execute("DELETE FROM part")


def test_a_file_that_is_up_to_date_is_not_made_again(books):
    assert stamp_of(DEFAULT) == stamp()
    assert prepare(DEFAULT) is False


def test_a_file_of_another_kind_has_no_stamp(tmp_path):
    strange = tmp_path / "codes.sqlite"
    strange.write_text("not a database, but long enough to be looked at" * 20)
    assert stamp_of(strange) is None
    assert stamp_of(tmp_path / "absent") is None


def test_books_that_were_not_made_say_what_to_do(tmp_path):
    with pytest.raises(FileNotFoundError, match="make setup"):
        CodeBooks.open(tmp_path / "codes.sqlite")
