"""A learner's past attempts as their trainer reaches them: every one, on the page and in the file."""

import io
import zipfile

from app import cohort_files
from tests.app.test_past_attempts import begun, linked
from tests.team.test_training import as_


def test_every_attempt_of_a_learner_is_on_their_page(desk, app):
    begun(desk.ledger().unguarded, "ann", 45)
    page = app("tom", "learner", learner="ann")
    assert not page.exception and linked(page)[0] == "Quiz 44"
    page.pagination(key="past").set_value(3).run()
    assert linked(page)[-1] == "Quiz 0"


def texts(made: bytes) -> str:
    return zipfile.ZipFile(io.BytesIO(made)).read("xl/sharedStrings.xml").decode()


def test_the_workbook_holds_them_all(desk):
    begun(desk.ledger().unguarded, "ann", 45)
    with as_("tom"):
        said = texts(cohort_files.learner("ann", "xlsx")())
    assert all(f"Quiz {n} of long ago" in said for n in range(45)) and "left out" not in said


def test_a_workbook_that_leaves_some_out_says_how_many(desk, monkeypatch):
    begun(desk.ledger().unguarded, "ann", 45)
    monkeypatch.setattr(cohort_files, "MOST_ATTEMPTS", 40)
    with as_("tom"):
        said = texts(cohort_files.learner("ann", "xlsx")())
    assert "5 older attempts left out" in said and "Quiz 4 of long ago" not in said and "Quiz 5 of long ago" in said
