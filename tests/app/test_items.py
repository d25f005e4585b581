"""Items: their sheets for whom they are open to, the key only where it may be told, flags in words, and difficulties fitted by the command."""

import json
from random import Random

import pytest

from app import __main__ as command_line
from app import exam_desk, exam_offers, item_desk, measuring, practising, sittings
from app.gate import Viewer, acting
from curriculum.practice_form import Block
from records import People
from tests.app.test_pages import words
from tests.app.test_practice import right, wrong


def asked(who, questions, good, sure=0) -> str:
    """A session of exactly these questions; good(question) says whether it is answered right."""
    chosen = tuple(Block((question,), "x", 60) for question in questions)
    attempt = practising.begin(who, "practice:items", "Practice", chosen, {})
    for question in questions:
        practising.hand_in(attempt, question, (right if good(question) else wrong)(attempt, question), sure)
    return attempt


@pytest.fixture
def choice(desk):
    """Twelve questions with one right option."""
    return [id_ for id_, q in desk.catalogue().questions.items() if q.kind == "single-choice" and q.status == "published" and not desk.catalogue().case_of(id_)][:12]


@pytest.fixture
def crowd(desk, choice):
    """Forty learners, the later the abler, who answered the first eight; the first question only the weaker ones get right."""
    for at in range(40):
        chance = Random(at)
        who = desk.welcome(f"Learner {at}", "exam", "cpb", None)
        asked(who, choice[:8], lambda q: at < 20 if q == choice[0] else chance.random() < 0.2 + 0.7 * at / 40)
    return choice


def test_nothing_was_met_at_first(app, dana):
    assert "No question was met here yet" in words(app("items", who=dana.id))


def test_the_item_that_runs_backwards_stands_first_and_its_flag_says_what_the_best_choose(crowd):
    first = item_desk.of_all()[0]
    sentences = {flag.kind: flag.sentence for flag in first.flags}
    assert first.item == crowd[0] and first.figures.n == 40 and first.figures.discrimination < 0
    assert sentences["best-choose-another"].startswith("The best learners choose “")


def test_a_set_of_learners_is_all_that_its_figures_rest_on(crowd, desk):
    some = [profile.id for profile in desk.profiles()[:5]]
    assert {sheet.figures.n for sheet in measuring.of_learners(desk.ledger(), desk.catalogue(), some)} == {5}


def test_a_question_left_in_an_exam_and_one_never_reached_are_not_wrong(dana, desk):
    attempt = exam_offers.begin(dana, "cpb", "quarter")
    one, two, three = (question.id for question in exam_desk.paper(attempt).questions[:3])
    exam_desk.mark(attempt, "navigate", to=one)
    exam_desk.answer(attempt, one, right(attempt, one), 0, "t")
    exam_desk.mark(attempt, "navigate", to=two)
    exam_desk.finish(attempt)
    figures = {sheet.item: sheet.figures for sheet in item_desk.of_all()}
    assert (figures[one].n, figures[one].facility) == (1, 1.0)
    assert (figures[two].n, figures[two].omitted, figures[three].n, figures[three].not_reached) == (0, 1, 0, 1)


def test_a_computed_question_is_told_apart_by_its_variants(dana, desk):
    computed = next(id_ for id_, q in desk.catalogue().questions.items() if q.compute and q.status == "published" and any(isinstance(v, tuple) for v in q.compute.given.values()))
    asked(dana, [computed], lambda q: True)
    sheet, = item_desk.of_all()
    assert sheet.figures.slices and all(one.facility == 1.0 for one in sheet.figures.slices)


def test_the_page_shows_a_table_and_one_sheet(app, crowd, desk):
    page = app("items", who=desk.profiles()[0].id)
    assert "8 questions were met here" in words(page) and "(right)" in words(page) and "95 % interval" in words(page)


def test_alone_the_key_of_a_question_one_has_not_met_is_not_told(app, crowd, dana):
    said = words(app("items", who=dana.id))
    assert "(right)" not in said and "You have not met this question yet" in said


def test_an_author_sees_what_items_did_and_a_learner_does_not(dana, desk, monkeypatch):
    from app import gate
    monkeypatch.setattr(gate, "is_team", lambda: True)
    with acting(Viewer(dana.id, "Dana", "author", "s")):
        assert item_desk.of_all() == ()
    with acting(Viewer(dana.id, "Dana", "learner", "s")), pytest.raises(gate.NotAllowed, match="as a learner you may not see item statistics"):
        item_desk.of_all()


# The command

def calibrate(capsys, *more) -> dict:
    assert command_line.main(["calibrate", "--json", *more]) == 0
    return json.loads(capsys.readouterr().out)


def test_difficulties_are_kept_where_answers_are_enough(crowd, desk, capsys):
    found = calibrate(capsys, "--fewest", "30")
    assert (found["learners"], found["answers"], found["kept"]) == (40, 320, True)
    assert set(desk.ledger().difficulties()) == {one["item"] for one in found["items"]} <= set(crowd) and found["items"]
    noted = People(desk.ledger().unguarded).audit_log()[0]
    assert (noted.actor, noted.act, noted.after) == ("command line", "calibrate", {"items": len(found["items"]), "learners": 40, "answers": 320})


def test_a_dry_run_keeps_nothing(crowd, desk, capsys):
    assert calibrate(capsys, "--fewest", "30", "--dry-run")["items"] and desk.ledger().difficulties() == {}


def test_with_few_answers_the_labels_go_on_standing(dana, choice, desk, capsys):
    asked(dana, choice, lambda q: True)
    assert command_line.main(["calibrate"]) == 0
    assert "no item has 50 yet. The authors' labels go on standing" in capsys.readouterr().out


def test_too_low_a_number_is_refused_with_a_sentence(dana, capsys):
    assert command_line.main(["calibrate", "--fewest", "3"]) == 1
    assert "Ask for 10 first answers at least" in capsys.readouterr().out


def test_without_records_it_says_where_it_looked(tmp_path, capsys):
    assert command_line.main(["calibrate", "--db", str(tmp_path / "none.sqlite")]) == 1
    assert "There are no records at" in capsys.readouterr().out
