"""An operator's crosswalk: what it shows, and each mistake of its file with the line. The codes are made up."""

import pytest

from app import crosswalk as desk
from app.widgets import markup
from curriculum.crosswalk import Crosswalk, read
from curriculum.mistakes import Unreadable


def written(tmp_path, text: str):
    path = tmp_path / "crosswalk.csv"
    path.write_text(text)
    return path


def complaints(path) -> list[str]:
    with pytest.raises(Unreadable) as caught:
        read(path)
    return [str(mistake).removeprefix(f"{path}:") for mistake in caught.value.mistakes]


def test_a_training_code_becomes_the_operators_and_every_other_stays(tmp_path):
    held = read(written(tmp_path, "training,code\nTX113,0001Z\n\nTD001,D0000\n"))
    assert [held.shown(code) for code in ("TX113", "TD001", "TX114", "G0439")] == ["0001Z", "D0000", "TX114", "G0439"]


def test_without_a_file_every_code_stays():
    assert Crosswalk().shown("TX113") == "TX113"


def test_all_mistakes_are_told_at_once_each_with_its_line(tmp_path):
    told = complaints(written(tmp_path, "training,code\nTX113,0001Z\nTX13,0002Z\nTX114,12\nTX113,0003Z\nTX115,0001Z\nTX116\nTD001,0004Z\n"))
    assert [each.split(":")[0] for each in told] == ["3", "4", "5", "6", "7", "8"]
    assert "no training code" in told[0] and "does not have the shape" in told[1] and "twice" in told[2]
    assert "two training codes" in told[3] and "2 cells" in told[4] and "D and four digits" in told[5]


def test_a_file_without_its_heading_is_told_so(tmp_path):
    assert "names the columns" in complaints(written(tmp_path, "TX113,0001Z\n"))[0]


def test_a_file_that_is_not_there_is_told_so(tmp_path):
    assert "cannot be read" in complaints(tmp_path / "none.csv")[0]


@pytest.fixture
def operator(tmp_path, monkeypatch):
    """The app under an operator's crosswalk."""
    def under(text: str):
        monkeypatch.setenv(desk.VARIABLE, str(written(tmp_path, text)))
        desk.crosswalk.cache_clear()
    yield under
    monkeypatch.undo()
    desk.crosswalk.cache_clear()


def test_a_page_shows_the_operators_code_beside_the_training_code(operator):
    operator("training,code\nTX113,0001Z\n")
    assert ">0001Z (TX113)<" in markup.code("TX113") and ">TX114<" in markup.code("TX114")


def test_a_file_with_mistakes_leaves_the_training_codes_and_says_so(operator, capsys):
    operator("training,code\nTX113,1\n")
    assert ">TX113<" in markup.code("TX113")
    assert "crosswalk.csv:2" in capsys.readouterr().err
