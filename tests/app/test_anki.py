"""The file for Anki: header lines that it reads, a whole note a line, the same ids again; held against Anki's own importer when it was written (anki 26.9.3)."""

import pytest

from app import anki, practice_orders, practising, sittings
from curriculum.practice_form import Wish
from scoring.marks import key_of
from tests.app.test_practice import right
from tests.scoring.made import question

ORDER = question("ordering", options={"a": False, "b": False, "c": False})
PAIRS = question("matching", options=dict.fromkeys("xyz", False), prompts=tuple({"id": f"p{at}", "text": f"prompt {at}", "match": match, "why": "w"} for at, match in enumerate("xyx")))


@pytest.fixture
def learned(dana):
    """Some answers of many kinds."""
    attempt = practice_orders.begin(dana, Wish(count=40))
    for one in sittings.sitting(attempt).questions:
        practising.hand_in(attempt, one.id, right(attempt, one.id))
    return dana


def notes(text: str) -> list[list[str]]:
    return [line.split("\t") for line in text.splitlines() if not line.startswith("#")]


def test_the_file_begins_with_the_lines_that_anki_reads(learned):
    lines = anki.text_for(learned).splitlines()
    assert lines[:6] == ["#separator:tab", "#html:true", "#notetype:Basic", "#deck:Clean Claim", "#guid column:1", "#tags column:4"]


def test_each_answered_question_is_one_line_of_four_fields_under_its_own_id(learned, desk):
    found = notes(anki.text_for(learned))
    answered = {answer.slot for answer in desk.ledger().answers_of(learned.id)}
    assert {note[0] for note in found} == answered and all(len(note) == 4 and all(note) for note in found)
    assert all(note[3].split()[0] == "clean-claim" for note in found)


def test_without_answers_there_are_no_notes(dana):
    assert notes(anki.text_for(dana)) == []


def test_the_back_has_the_key_of_every_kind(desk):
    held = desk.catalogue().questions.values()
    for kind in {one.kind for one in held}:
        one = next(each for each in held if each.kind == kind)
        said = anki.answer(one)
        if kind in ("single-choice", "true-false"):
            assert anki._html(next(option.text for option in one.options if option.correct)) in said
        elif kind == "numeric":
            from curriculum.variants import drawn
            assert str(key_of(one, drawn(one, 0))) in said


def test_pairs_and_orders_are_told_in_their_own_order():
    assert anki.answer(ORDER) == "<ol><li>text a</li><li>text b</li><li>text c</li></ol>"
    assert anki.answer(PAIRS) == "<ul><li>prompt 0: text x</li><li>prompt 1: text y</li><li>prompt 2: text x</li></ul>"


def test_a_table_stays_a_table_and_nothing_breaks_the_line():
    text = anki._html('A **bold** "word" <b>\tnow\n| A | B |\n|---|---|\n| 1 | 2 |\nEnd')
    assert text == ("A <b>bold</b> &quot;word&quot; &lt;b&gt; now<br><table><tr><td>A</td><td>B</td></tr><tr><td>1</td><td>2</td></tr></table><br>End")


def test_the_command_writes_the_file_of_the_learner_named(learned, tmp_path, capsys):
    from app.__main__ import main
    assert main(["anki", str(tmp_path / "notes.txt"), "--profile", "Dana Whitlock"]) == 0
    assert len(notes((tmp_path / "notes.txt").read_text())) > 0 and "In Anki: File, Import." in capsys.readouterr().out


def test_the_command_says_who_there_is_when_the_name_is_not_known(learned, tmp_path, capsys):
    from app.__main__ import main
    assert main(["anki", str(tmp_path / "notes.txt"), "--profile", "Nobody"]) == 1
    assert "No learner has the name or id 'Nobody'. There are: Dana Whitlock" in capsys.readouterr().err
    assert not (tmp_path / "notes.txt").exists()
