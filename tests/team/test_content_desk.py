"""The author's page: every item with drafts, one with its key, the check; for whoever may see keys, and nobody else reads a key there or beside the statistics."""

import json
import subprocess
from collections import Counter
from dataclasses import replace
from types import SimpleNamespace

import pytest

from app import content_desk, gate, item_desk, item_preview, quizzing, session, sittings
from records import Unknown
from tests.team.conftest import viewer, words

OTHERS = ("ann", "bea", "tom", "root")


@pytest.fixture
def question(desk) -> str:
    return next(id for id, one in session.catalogue().questions.items() if one.kind == "single-choice" and not session.catalogue().case_of(id))


def as_(id: str):
    return gate.acting(viewer(id))


def wording(page) -> str:
    """What a page says, without the escapes of its Markdown."""
    return words(page).replace("\\", "")


class TestWhoMay:
    @pytest.mark.parametrize("id", OTHERS)
    def test_nobody_but_an_author(self, desk, question, id):
        with as_(id):
            for read in (content_desk.lines, content_desk.unread, content_desk.last_check, content_desk.check, lambda: item_preview.preview(question)):
                with pytest.raises(gate.NotAllowed):
                    read()

    @pytest.mark.parametrize("id", OTHERS)
    def test_the_address_leads_nobody_else_to_a_key(self, app, question, id):
        why = session.catalogue().questions[question].options[0].why
        assert why[:40] not in wording(app(id, "content", item=question))

    def test_alone_there_is_no_such_page(self, desk, monkeypatch):
        from app.gate import AT_THIS_MACHINE
        with gate.acting(AT_THIS_MACHINE), pytest.raises(gate.NotAllowed):
            content_desk.lines()


class TestList:
    def test_it_holds_every_item_once_with_where_it_stands(self, desk):
        with as_("una"):
            held = content_desk.lines()
        assert {line.id for line in held} == set(session.catalogue().items) and max(Counter(line.id for line in held).values()) == 1
        assert all(":" in line.place and line.place.split(":")[0].endswith(".yaml") and int(line.place.split(":")[1]) > 0 for line in held)

    def test_it_is_narrowed_by_words_kind_and_status(self, desk):
        with as_("una"):
            held = content_desk.lines()
        one = held[0]
        assert one in content_desk.found(held, one.slug.upper()) and content_desk.found(held, "no-such-word-anywhere") == ()
        assert {line.kind for line in content_desk.found(held, kind="Account")} == {"Account"} and {line.status for line in content_desk.found(held, status="draft")} <= {"draft"}

    def test_the_page_lists_drafts_and_narrows(self, app):
        page = app("una", "content")
        assert not page.exception and "items:" in words(page)
        page.selectbox(key="kind").set_value("Account").run()
        assert "life" in words(page) and not page.exception


class TestPreview:
    def test_a_question_is_seen_as_a_learner_does_and_then_with_its_key(self, app, question):
        held = session.catalogue().questions[question]
        page = app("una", "content", item=question)
        assert not page.exception
        said = wording(page)
        assert [one.label for one in page.radio] == ["Your answer"] and len(page.radio[0].options) == 4
        assert "As a learner sees it" in said and "Key, reasons and sources" in said and "Where it is written" in said
        assert content_desk.place_of(session.catalogue(), question) in said and held.status in said

    def test_every_kind_of_item_can_be_read_over(self, desk):
        held, kinds = session.catalogue(), {}
        for id, item in held.items.items():
            kinds.setdefault((type(item).__name__, item.kind), id)
        with as_("una"):
            found = {kind: item_preview.preview(id) for kind, id in kinds.items()}
        assert [kind for kind, one in found.items() if one.faults] == []
        assert [kind for kind, one in found.items() if not (one.feedback.rationale if one.public else one.worked and (one.sheet or one.rounds))] == []
        assert len(found) > 20

    def test_the_page_shows_an_exercise_a_claim_and_an_account(self, app):
        held = session.catalogue()
        for items in (held.exercises, held.scenarios, held.form_scenarios, held.lives):
            page = app("una", "content", item=next(iter(items)))
            assert not page.exception and "Key, reasons and sources" in words(page) and not page.error

    def test_another_variant_draws_other_values(self, desk):
        drawn = next(id for id, one in session.catalogue().questions.items() if one.compute and "{" in one.stem)
        with as_("una"):
            assert len({item_preview.preview(drawn, seed).public.stem for seed in range(8)}) > 1

    def test_the_file_is_read_as_it_is_now(self, desk, question, tmp_path, monkeypatch):
        held = session.catalogue()
        place = held.origins[question].node.file
        text = (held.root / place).read_text()
        stem = held.questions[question].stem.split()[0]
        (tmp_path / place).parent.mkdir(parents=True)
        (tmp_path / place).write_text(text.replace(f"difficulty: {held.questions[question].difficulty}", "difficulty: 9", 1))
        monkeypatch.setattr(item_preview, "catalogue", lambda: replace(held, root=tmp_path))
        with as_("una"):
            faults = item_preview.preview(question).faults
            assert faults and faults[0].file == place and faults[0].line > 1 and stem
            (tmp_path / place).write_text(text)
            assert item_preview.preview(question).faults == ()
            (tmp_path / place).unlink()
            assert "cannot be opened" in item_preview.preview(question).faults[0].what

    def test_an_item_that_is_not_there_is_said_to_be_so(self, desk, app):
        with as_("una"), pytest.raises(Unknown, match="no such item"):
            item_preview.preview("nothing")
        assert "no such item" in words(app("una", "content", item="nothing"))

    def test_nothing_is_kept_of_a_preview(self, desk, app, question):
        page = app("una", "content", item=question)
        page.radio[0].set_value(session.catalogue().questions[question].options[0].id).run()
        assert session.ledger().unguarded.attempts_of("una") == ()


class TestCheck:
    def told(self, monkeypatch, **done):
        monkeypatch.setattr(content_desk.subprocess, "run", lambda *given, **named: SimpleNamespace(**done))

    def test_what_it_finds_has_file_and_line(self, desk, app, monkeypatch):
        fault = {"file": "quizzes/a/b.yaml", "line": 12, "where": "questions.1.stem", "what": "it is empty", "warning": False}
        self.told(monkeypatch, stdout=json.dumps({"mistakes": [fault], "warnings": [{**fault, "line": 3, "warning": True}], "counts": {}}))
        page = app("una", "content")
        page.button(key="check").click().run()
        said = wording(page)
        assert "1 mistake, 1 warning" in said
        assert "quizzes/a/b.yaml:12" in said and "it is empty" in said

    def test_one_that_cannot_be_run_is_said(self, desk, monkeypatch):
        with as_("una"):
            self.told(monkeypatch, stdout="Traceback")
            with pytest.raises(content_desk.NotChecked, match="could not be run"):
                content_desk.check()

            def slow(*given, **named):
                raise subprocess.TimeoutExpired("check", 1)
            monkeypatch.setattr(content_desk.subprocess, "run", slow)
            with pytest.raises(content_desk.NotChecked, match="longer"):
                content_desk.check()
            content_desk._checking.acquire()
            try:
                with pytest.raises(content_desk.NotChecked, match="under way"):
                    content_desk.check()
            finally:
                content_desk._checking.release()


class TestBesideTheStatistics:
    """Who chose what gives the right option away."""

    @pytest.fixture
    def met(self, desk):
        """A question that six people answered; the trainer and the author did not."""
        at, people = gate.now(), session.people()
        from records import Profile
        for number in range(4):
            people.invite(Profile(f"p{number}", f"P{number}", "exam", "cpb", None, at), "learner", "", None, "root", at)
        set_ = quizzing.sets()[0].id
        for id in ("ann", "bea", *(f"p{number}" for number in range(4))):
            with gate.acting(gate.Viewer(id, id, "learner", "")):
                attempt = quizzing.begin(session.ledger().profile(id), set_)
                item = next(q for q in sittings.sitting(attempt).questions if q.kind == "single-choice")
                quizzing.hand_in(attempt, item.id, item.options[0].id)
        return item.id

    def sheet(self, item):
        return next(sheet for sheet in item_desk.of_all() if sheet.item == item)

    def test_an_author_sees_who_chose_what_and_a_trainer_who_never_met_it_does_not(self, app, met):
        right = next(option.text for option in session.catalogue().questions[met].options if option.correct)
        assert "(right)" in words(app("una", "items", item=met))
        page = words(app("tom", "items", item=met))
        assert "(right)" not in page and "tells the right one" in page and right[:30] not in page

    def test_a_trainer_who_has_answered_it_sees_it(self, app, met):
        with as_("tom"):
            attempt = quizzing.begin(session.me(), quizzing.sets()[0].id)
            quizzing.hand_in(attempt, met, sittings.sitting(attempt).questions[[q.id for q in sittings.sitting(attempt).questions].index(met)].options[0].id)
        assert "(right)" in words(app("tom", "items", item=met))

    def test_choices_of_fewer_than_five_are_nobodys_to_read(self, app, met):
        with as_("una"):
            few = replace(self.sheet(met), figures=replace(self.sheet(met).figures, n=item_desk.FEWEST - 1))
            assert item_desk.enough(self.sheet(met), item_desk.EVERYBODY) and not item_desk.enough(few, item_desk.EVERYBODY) and item_desk.enough(few, "c1")

    def test_a_flag_that_names_the_key_does_not_for_a_trainer(self, met):
        from scoring.item_flags import Flag
        with as_("una"):
            flagged = replace(self.sheet(met), flags=(Flag("best-choose-another", "The best learners choose “A”; 3 chose the key, “B”.", 40), Flag("too-easy", "Nearly everyone is right.", 40)))
            assert [says for says, _ in item_desk.flags(session.me(), flagged)][0].endswith("“B”.")
        with as_("tom"):
            assert [says for says, _ in item_desk.flags(session.me(), flagged)] == [item_desk.TELL_THE_KEY["best-choose-another"], "Nearly everyone is right."]
