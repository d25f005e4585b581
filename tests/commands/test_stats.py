"""The stats command: any table of responses is read as it comes, and what cannot be read is told by its place."""

import json

import pytest

from app.__main__ import main
from tests.oracles.lsat6 import table

LSAT6 = "\n".join(",".join(str(int(mark)) for mark in row) for row in table())


@pytest.fixture
def stats(tmp_path, capsys, monkeypatch):
    """Writes a table, runs the command, and gives its code, output and errors."""
    monkeypatch.chdir(tmp_path)

    def run(text: str | bytes, *options: str, key: str | None = None):
        (tmp_path / "r.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
        if key is not None:
            (tmp_path / "key.csv").write_text(key)
        code = main(["stats", "r.csv", *options])
        printed = capsys.readouterr()
        return code, printed.out, printed.err
    return run


@pytest.fixture
def found(stats):
    def run(*given, **named) -> dict:
        code, out, err = stats(given[0], "--json", *given[1:], **named)
        assert (code, err) == (0, "")
        return json.loads(out)
    return run


def test_lsat6_gives_its_published_figures(found):
    told = found(LSAT6, "--model", "2pl")
    assert told["form"]["alpha"] == pytest.approx(0.2949971922) and told["items"][2]["discrimination"] == pytest.approx(17.277894)
    assert told["calibration"]["loglik"] == pytest.approx(-2466.653, abs=0.01) and told["calibration"]["items"][0]["difficulty"] == pytest.approx(-3.3597, abs=0.005)
    assert len(told["calibration"]["abilities"]) == 1000


def test_the_table_for_a_terminal_names_items_and_figures(stats):
    code, out, _ = stats("who,first,second\n" + "\n".join(f"p{place},{place % 2},{place % 3 % 2}" for place in range(12)), "--model", "rasch")
    assert code == 0 and out.startswith("12 persons, 2 items; the first column holds ids\nmean 0.833")
    assert "first   12         0            0     0.500" in out and "rasch: log-likelihood" in out


@pytest.mark.parametrize("text, items, persons", [
    ("1,0\n0,1", ["item 1", "item 2"], 2),
    ("a,b\n1,0\n0,1", ["a", "b"], 2),
    ("id,a,b\n1,1,0\n2,0,1\n0,0,1", ["a", "b"], 3),
    ("anna,1,0\nbo,0,1", ["item 1", "item 2"], 2),
    (",a,b\n7,1,0\n8,0,1", ["a", "b"], 2),
    ("person;a;b\nx;1;0\ny;0,5;1", ["a", "b"], 2),
    ("1\t2\t3\n1\t0\t1\n0\t0\t1", ["1", "2", "3"], 2),
    ("\ufeffa,b\r\n1,0\r\n\r\n0,1\r\n", ["a", "b"], 2),
    ("q\n1\n0", ["q"], 2),
])
def test_header_ids_and_separators_are_found(found, text, items, persons):
    told = found(text)
    assert ([one["item"] for one in told["items"]], told["persons"]) == (items, persons)


def test_empty_cells_are_left_out_and_those_at_the_end_not_reached(found):
    told = found("a,b,c\n1,,1\n0,1,\n1,,\n1,1,1")
    assert [(one["n"], one["omitted"], one["not_reached"]) for one in told["items"]] == [(4, 0, 0), (2, 1, 1), (2, 0, 2)]


@pytest.mark.parametrize("key", ["ABD", "a,b,d", "A;B;D"])
def test_chosen_options_are_marked_by_the_key(found, key):
    told = found("id,q1,q2,q3\np1,A,B,C\np2,A,C,D\np3,b,B,\n", "--key", key)
    assert [one["facility"] for one in told["items"]] == pytest.approx([2 / 3, 2 / 3, 1 / 2])
    assert [(one["option"], one["right"], one["n"]) for one in told["items"][0]["options"]] == [
        ("A", True, 2), ("B", False, 1), ("C", False, 0), ("D", False, 0), ("", False, 0)]


@pytest.mark.parametrize("key", ["q1,A\nq2,B\nq3,D\n", "item,key\nq3,D\nq2,B\nq1,A\n", "q1,q2,q3\nA,B,D\n", "A,B,D\n", "A\nB\nD\n"])
def test_a_key_may_be_a_file_of_any_plain_shape(found, key):
    told = found("id,q1,q2,q3\np1,A,B,C\np2,A,C,D\np3,B,B,\n", "--key", "key.csv", key=key)
    assert [one["facility"] for one in told["items"]] == pytest.approx([2 / 3, 2 / 3, 1 / 2])


def test_options_without_header_and_ids_are_read_by_the_keys_length(found):
    told = found("A,B\nA,C\nB,B", "--key", "AB")
    assert (told["persons"], told["header"], told["ids"]) == (3, False, False)


def test_a_sparse_table_says_that_totals_do_not_compare(stats):
    assert "totals do not compare" in stats("a,b,c\n1,,\n,0,\n,,1\n")[1]


def test_no_figure_is_null_and_never_nan(stats):
    _, out, _ = stats("a,b\n1,1\n1,1\n", "--json", "--model", "2pl")
    assert "NaN" not in out and json.loads(out)["form"]["alpha"] is None


@pytest.mark.parametrize("text, options, sentence", [
    ("", (), "r.csv:1: this file is empty: it needs a line for each person and a column for each item"),
    ("a,b,c\n", (), "r.csv:1: there is a header here but no person below it"),
    ("a,b\n1,0\n1,0,1\n", (), "r.csv:3: this line has 3 cells, most lines have 2"),
    ("a,b\n1,0\n1,7\n0,1\n", (), 'r.csv:3: b: "7" is no mark from 0 to 1'),
    ("id,a,b\nx,A,1\ny,B,0\n", (), 'r.csv:2: a: "A" is no mark from 0 to 1; if these are chosen options, give the key with --key'),
    ("a,a\n1,0\n", (), "r.csv:1: a: two columns have this name"),
    ("id,a,\nx,1,0\ny,0,1\n", (), "r.csv:1: column 3: this column has no name"),
    ("id,a,b\nx,A,B\ny,A,C\n", ("--key", "ABC"), "r.csv:1: there are 2 items here and 3 answers in the key"),
    ("id,a,b\nx,A,B\ny,A,C\n", ("--key", "A,"), "A,:1: item 2: the key has no answer for this item"),
    ("id,a,b\nx,A,B\ny,A,C\n", ("--key", "lost.csv"), "lost.csv: there is no such file"),
    ("a,b\n1,0.5\n0,1\n", ("--model", "rasch"), "r.csv:1: a calibration needs marks of 0 and 1 alone; there are parts of a mark here"),
    (b"a,b\n1,0\n\xff,1\n", (), "r.csv:3: this is not UTF-8 text: save it as CSV UTF-8"),
    ('a,b\n"1,0\n', (), "r.csv:2: this line cannot be read as CSV: unexpected end of data"),
    (b"a,b\n1,\x00\n", (), "r.csv:2: this is no text: save the table as CSV"),
])
def test_what_cannot_be_read_is_told_by_its_place(stats, text, options, sentence):
    code, out, err = stats(text, *options)
    assert (code, out) == (1, "") and sentence in err.splitlines()


def test_a_missing_file_is_a_sentence(capsys):
    assert main(["stats", "nowhere/responses.csv"]) == 1
    assert capsys.readouterr().err == "nowhere/responses.csv: this file cannot be read: no such file or directory\n"


def test_every_mistake_is_told_up_to_twenty(stats):
    _, _, err = stats("a,b\n" + "5,1\n" * 30 + "1,1\n" * 40)
    assert len(err.splitlines()) == 21 and err.splitlines()[-1].endswith("and 10 more like these")


def test_the_best_learners_choice_is_said(stats):
    rows = [",".join(("A" if 60 * item < 12 * person + 30 else "B") for item in range(12)) + "," + ("A" if person < 30 else "B") for person in range(60)]
    assert "item 13: The best learners choose B" in stats("\n".join(rows), "--key", "A" * 13)[1]
