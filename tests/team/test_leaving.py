"""Someone who leaves a team, or has left it: what an admin deletes and what stays, what an employer can still show, and what is said to whoever went."""

import csv
import io

import pytest

from app import completion_desk, gate, leaving, session
from app.gate import NotAllowed
from records import Certificate, Completion, NotSaved, keep_told_upto
from tests.team.conftest import unfolded, viewer, words


def as_(id: str):
    return gate.acting(viewer(id))


@pytest.fixture
def completed(desk):
    """ann and bea have each passed an exam; ann has a certificate of it."""
    records = desk.ledger().unguarded
    for id in ("ann", "bea"):
        records.complete(Completion(f"done-{id}", id, id.capitalize(), "exam", "cpb", "CPB practice exam, whole exam", f"a-{id}", "h1", "passed", (("Whole exam", "81 %"), ("Coding", "77 %")), gate.now()))
    records.certify(Certificate("cert", "done-ann", "ann", "did:key:z", "{}", gate.now()), "ann")


class TestAnAdminDeletes:
    def test_someone_who_left_goes_with_all_of_theirs_and_the_completions_stay(self, desk, people, begun, completed):
        people.set_disabled("ann", True, "root", gate.now())
        with as_("root"):
            leaving.dismiss("ann", " ANN ")
        records = desk.ledger().unguarded
        assert records.profile("ann") is None and people.account("ann") is None and records.attempt(begun) is None
        assert [one.id for one in records.completions_of("ann")] == ["done-ann"] and len(records.certificates_of("ann")) == 1
        assert (people.audit_log("ann")[0].actor, people.audit_log("ann")[0].act, people.audit_log("ann")[0].after) == ("root", "erase", {"completions kept": 1, "certificates kept": 1})
        assert people.audit_faults() == []

    def test_nothing_goes_until_the_name_is_typed_as_it_stands(self, desk, people):
        with as_("root"), pytest.raises(leaving.NotTheirName, match="that is not their name as it stands here. Type Ann."):
            leaving.dismiss("ann", "Anne")
        assert people.account("ann")

    @pytest.mark.parametrize("id", ["bea", "tom", "una"])
    def test_nobody_else_deletes_another(self, desk, people, id):
        with as_(id):
            for call in (lambda: leaving.dismiss("ann", "Ann"), lambda: leaving.whom("ann"), lambda: leaving.stays(desk.ledger().unguarded.profile("ann"))):
                with pytest.raises(NotAllowed, match="erase"):
                    call()
        assert people.account("ann")

    def test_the_last_admin_stays(self, desk, people):
        with as_("root"), pytest.raises(NotSaved, match="last admin"):
            leaving.dismiss("root", "Root")

    def test_whoever_is_gone_is_told_as_gone(self, desk):
        with as_("root"):
            leaving.dismiss("ann", "Ann")
            with pytest.raises(NotSaved, match="nobody of that id here any more"):
                leaving.dismiss("ann", "Ann")

    def test_on_the_page_after_what_stays_was_told(self, app, people, completed):
        page = unfolded(app("root", "people"), "ann")
        page.toggle(key="erase-ann").set_value(True).run()
        assert "1 completion record\\: their name" in words(page) and "when one is restored, they are deleted again, or whoever restores it is asked who was deleted since" in words(page)
        page.text_input(key="typed-ann").input("Ann")
        next(one for one in page.button if one.label == "Delete Ann").click().run()
        assert "Ann was deleted." in words(page) and people.account("ann") is None and not page.exception

    def test_what_another_place_was_told_is_named_where_one_was(self, desk, begun):
        def said():
            with as_("ann"):
                return " ".join(leaving.stays(session.me()))
        assert "record store" not in said()
        keep_told_upto(desk.ledger().unguarded, "https://store.example.org/xapi", 3, gate.now())
        assert "What your organisation's learning record store was told: what you answered and finished" in said()

    def test_nobody_is_offered_to_delete_themselves_there(self, app):
        assert [one.key for one in unfolded(app("root", "people"), "root", "ann").toggle] == ["erase-ann"]

    def test_a_press_in_an_open_fold_is_not_lost_where_another_admin_changed_something_meanwhile(self, app, people):
        page = unfolded(app("root", "people"), "bea")
        people.set_role("bea", "author", "root", gate.now())
        page.button(key="shut-bea").click().run()
        assert people.account("bea").status == "disabled" and not page.exception

    def test_what_can_be_done_for_somebody_is_drawn_when_their_fold_is_open(self, app):
        page = app("root", "people")
        assert not [one.key for one in page.button if str(one.key).startswith("save-")]
        assert [one.key for one in unfolded(page, "bea").button if str(one.key).startswith("save-")] == ["save-bea"]


class TestWhatTheEmployerCanShow:
    def test_an_admin_sees_all_of_them_also_of_whoever_is_gone(self, desk, completed):
        with as_("root"):
            leaving.dismiss("ann", "Ann")
            assert {(line.done.name, line.name_now, line.certified_at is not None) for line in completion_desk.lines()} == {("Ann", "deleted", True), ("Bea", "Bea", False)}

    def test_a_trainer_sees_those_of_whom_they_lead(self, desk, people, completed):
        with as_("tom"):
            assert [line.done.profile for line in completion_desk.lines()] == ["ann"]
        people.remove_member("c1", "ann", "root", gate.now())
        with as_("tom"):
            assert completion_desk.lines() == ()

    @pytest.mark.parametrize("id", ["ann", "una"])
    def test_nobody_else_reads_them(self, desk, completed, id):
        for call in (completion_desk.lines, completion_desk.csv):
            with as_(id), pytest.raises(NotAllowed, match="see completions"):
                call()

    def test_the_table_has_every_result_and_that_it_was_taken_is_in_the_log(self, desk, people, completed):
        with as_("root"):
            rows = list(csv.DictReader(io.StringIO(completion_desk.csv("bea").decode("utf-8-sig"))))
        assert [(row["Name when it was achieved"], row["Outcome"], row["Results"], row["Certificate issued (UTC)"], row["Person's id"]) for row in rows] == [("Bea", "passed", "Whole exam: 81 %; Coding: 77 %", "", "bea")]
        log = people.audit_log(limit=1)[0]
        assert (log.actor, log.act, log.after) == ("root", "export completions", {"rows": 1})

    def test_they_are_found_by_name_and_by_title(self, desk, completed):
        with as_("root"):
            assert [len(completion_desk.lines(asked)) for asked in ("ANN", "cpb whole", "ann cpb", "nobody")] == [1, 2, 1, 0]

    def test_the_page_lists_them(self, app, completed):
        assert "Ann" in words(app("tom", "completions")) and "81 %" in words(app("tom", "completions"))
        assert "None is on record" in words(app("root", "completions")) or "Bea" in words(app("root", "completions"))


class TestWhatIsSaidAfterwards:
    def test_that_everything_was_deleted_and_not_that_it_is_still_there(self, app, people):
        page = app("ann", "own_data")
        page.text_input(key="typed").input("Ann")
        next(one for one in page.button if one.label == "Delete everything").click().run()
        assert [title.value for title in page.title] == ["You have left"] and not page.exception
        assert "Everything of yours was deleted, and your account with it." in words(page) and "still there" not in words(page)
        assert people.account("ann") is None

    def test_in_another_tab_nothing_false_is_said(self, app, desk):
        page = app("ann", "quizzes")
        with as_("root"):
            leaving.dismiss("ann", "Ann")
        assert "What was saved is still there, unless you had it deleted." in words(page.run())
