"""A cohort's table as a trainer works with it: finding and ordering people, who is shut out, taking someone out on purpose, and the files."""

import csv
import io

import pytest

from app import assigning, cohort_desk, cohort_files, gate, quizzing, session
from tests.team.conftest import words
from tests.team.test_audit_told import told
from tests.team.test_training import as_, given  # noqa: F401  (fixtures)

DAY = 86_400_000


@pytest.fixture
def two(people):
    """Bea learns in the cohort too."""
    people.add_member("c1", "bea", "root", gate.now())


def names(rows) -> list[str]:
    return [row.name for row in rows]


def table() -> cohort_desk.Table:
    with as_("tom"):
        return cohort_desk.who_is_where("c1")


class TestFinding:
    @pytest.mark.parametrize("asked, found", [("", ["Ann", "Bea"]), ("BE", ["Bea"]), ("bea@example.org", ["Bea"]), ("a example", ["Ann", "Bea"]), ("zoe", [])])
    def test_by_any_words_of_the_name_or_the_address(self, two, asked, found):
        assert names(table().found(asked)) == found

    def test_by_the_word_too(self, two, given):  # noqa: F811
        with as_("bea"):
            quizzing.begin(session.me(), given.parts[0])
        assert names(table().found("", "under way")) == ["Bea"] and names(table().found("ann", "under way")) == []

    def test_in_every_order(self, two, given, people):  # noqa: F811
        with as_("bea"):
            quizzing.begin(session.me(), given.parts[0])
        with as_("tom"):
            assigning.extend(given.id, "ann", assigning.later(given.due_at))
        found = {order: names(table().found(order=order)) for order in cohort_desk.ORDERS}
        assert found == {"standing, the worst first": ["Ann", "Bea"], "name": ["Ann", "Bea"], "last seen, the longest ago first": ["Ann", "Bea"], "next due, the soonest first": ["Bea", "Ann"]}

    def test_on_the_page(self, app, two):
        page = app("tom", "cohorts")
        page.text_input(key="find-c1").set_value("bea").run()
        assert ">Bea<" in words(page) and ">Ann<" not in words(page)
        page.text_input(key="find-c1").set_value("zoe").run()
        assert "Nobody here has that name." in words(page)


def test_who_is_shut_out_is_counted(app, two, people):
    people.set_disabled("bea", True, "root", gate.now())
    assert table().shut_out == 1 and names(table().rows) == ["Ann"]
    assert "1 shut out, not shown." in words(app("tom", "cohorts"))


class TestLeaving:
    def test_someone_is_taken_out_only_when_that_is_said_twice(self, app, people):
        page = app("tom", "cohorts")
        page.selectbox(key="out-c1").set_value("ann").run()
        assert page.button(key="drop-c1").disabled
        page.checkbox(key="leaves-c1-ann").check().run()
        page.button(key="drop-c1").click().run()
        assert not page.exception and people.members("c1") == () and told()[0] == "Tom took Ann out of the cohort “Spring”"

    def test_whoever_comes_back_has_the_dates_of_before_and_the_page_says_so(self, desk, app, given, monkeypatch):  # noqa: F811
        with as_("tom"):
            cohort_desk.remove_member("c1", "ann")
        since = session.told(gate.now()).split(",")[0]
        monkeypatch.setenv("CLEAN_CLAIM_CLOCK_AHEAD", str(5 * 86_400))
        with as_("tom"):
            assert cohort_desk.add_member("c1", "ann@example.org").says == f"Ann is in it since {since}, with the due dates of before."
            assert cohort_desk.table("c1")[0].next_due == given.due_at


class TestFiles:
    def read(self, each: bool) -> list[dict]:
        with as_("tom"):
            return list(csv.DictReader(io.StringIO(cohort_files.cohort("c1", "csv", each)().decode("utf-8-sig"))))

    def test_each_assignment_of_each_person_is_a_line(self, two, given):  # noqa: F811
        assert [(row["Name"], row["Assignment"], row["Standing"], row["Done"], row["Of"]) for row in self.read(each=True)] == [(name, "First week", "not started", "0", "2") for name in ("Ann", "Bea")]
        assert told()[0] == "Tom saved the assigned work of the cohort “Spring” as CSV, with 2 people in it"

    def test_people_have_the_id_that_a_record_store_is_told(self, two, given):  # noqa: F811
        for each in (False, True):
            assert [row["Id"] for row in self.read(each)] == ["ann", "bea"]

    def test_the_page_offers_it(self, app, two):
        assert [one for one in app("tom", "cohorts").get("download_button") if "Each assignment as CSV" in str(one.proto)]
