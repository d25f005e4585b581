"""The codes command: what a search prints, and what it says where there is nothing."""

import json

import pytest

from app.__main__ import main
from app.commands import codes
from curriculum.mistakes import Mistake, Unreadable


def test_a_search_prints_code_book_and_title(capsys):
    assert main(["codes", "search", "E11.9"]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "E11.9  icd-10-cm  Type 2 diabetes mellitus without complications"


def test_words_need_no_quotes(capsys):
    main(["codes", "search", "type", "2", "diabetes", "foot", "ulcer"])
    assert capsys.readouterr().out.split()[0] == "E11.621"


def test_a_category_is_said_to_be_not_billable(capsys):
    main(["codes", "search", "E11", "--limit", "1"])
    assert capsys.readouterr().out.strip().endswith("(category, not billable)")


def test_the_limit_is_kept(capsys):
    main(["codes", "search", "fracture", "--limit", "7"])
    assert len(capsys.readouterr().out.splitlines()) == 7


def test_json_has_the_same_hits(capsys):
    main(["codes", "search", "wheelchair", "--limit", "2", "--json"])
    found = json.loads(capsys.readouterr().out)["found"]
    assert len(found) == 2 and {"code_set", "code", "title", "billable", "since", "until"} == found[0].keys()


def test_nothing_found_is_a_sentence_and_no_failure(capsys):
    assert main(["codes", "search", "zzzqqq"]) == 0
    assert 'No code has "zzzqqq".' in capsys.readouterr().out


def test_a_licensed_code_is_answered_with_advice(capsys):
    main(["codes", "search", "9921" + "3"])
    assert "That is a CPT code" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["", " ", '"', "' OR 1=1 --", "a AND", "*", "\x00", "é" * 5000, "-x"])
def test_no_text_makes_it_fail(text, capsys):
    assert main(["codes", "search", "--", text]) == 0


@pytest.mark.parametrize("limit", ["0", "-1", "many", "1001", "1.5", "²"])
def test_a_limit_that_is_none_is_told(limit, capsys):
    with pytest.raises(SystemExit) as left:
        main(["codes", "search", "asthma", f"--limit={limit}"])
    assert left.value.code == 2 and f"{limit} is not a whole number from 1 to 1000" in capsys.readouterr().err


def test_missing_code_books_are_made_first_and_that_is_said_on_stderr(monkeypatch, capsys):
    def built(path, progress):
        progress(1.0, "The code books are ready")
        return True
    monkeypatch.setattr(codes, "prepare", built)
    main(["codes", "search", "asthma", "--json"])
    printed = capsys.readouterr()
    assert "100%  The code books are ready\n" in printed.err
    assert json.loads(printed.out)["found"]


def test_a_broken_code_list_is_told(monkeypatch, capsys):
    def broken(path, progress):
        raise Unreadable([Mistake("codesets/carc.yaml", 7, "", "this is not YAML")])
    monkeypatch.setattr(codes, "prepare", broken)
    assert main(["codes", "search", "asthma"]) == 1
    assert capsys.readouterr().err == "codesets/carc.yaml:7: this is not YAML\n"
