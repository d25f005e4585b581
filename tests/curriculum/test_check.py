"""The check command: what it prints and how it exits."""

import json
import subprocess
import sys
from datetime import date

from app.commands.check import check
from tests.curriculum.world import ROOT, a_question, a_set, put, small_world

TODAY = date(2026, 11, 23)


def test_sound_content_prints_its_counts_and_exits_with_0(tmp_path, capsys):
    put(small_world(tmp_path), "quizzes/one.yaml", a_set(a_question()))
    assert check([], False, TODAY, tmp_path) == 0
    printed = capsys.readouterr().out
    assert "1 questions, 0 scenarios, 1 rules of 1 payers, 1 sources" in printed
    assert "1 of 79 competencies covered; exam domains covered: CPB 2 of 7" in printed
    assert "no mistakes, no warnings" in printed


def test_every_mistake_is_printed_and_exits_with_1(tmp_path, capsys):
    put(small_world(tmp_path), "quizzes/one.yaml", a_set(a_question(more="    colour: red\n")))
    put(tmp_path, "quizzes/two.yaml", "kind: nothing\n")
    assert check([], False, TODAY, tmp_path) == 1
    lines = capsys.readouterr().out.splitlines()
    assert sum(line.startswith("quizzes/one.yaml:") for line in lines) == 1
    assert sum(line.startswith("quizzes/two.yaml:") for line in lines) == 6


def test_with_paths_only_their_mistakes_count(tmp_path, capsys):
    sound = put(small_world(tmp_path), "quizzes/a/one.yaml", a_set(a_question()))
    broken = put(tmp_path, "quizzes/b/two.yaml", "kind: nothing\n")
    assert check([str(sound)], False, TODAY, tmp_path) == 0
    assert check([str(broken.parent)], False, TODAY, tmp_path) == 1
    assert "quizzes/b/two.yaml:1:" in capsys.readouterr().out


def test_a_path_that_is_no_content_is_a_mistake(tmp_path, capsys):
    small_world(tmp_path)
    for path in ("/etc/passwd", str(tmp_path / "quizzes" / "none.yaml"), str(tmp_path / "quizzes/../../x.yaml")):
        assert check([path], False, TODAY, tmp_path) == 1
    assert capsys.readouterr().out.count("there is no content here") == 3


def test_json_holds_the_same(tmp_path, capsys):
    put(small_world(tmp_path), "quizzes/two.yaml", "kind: nothing\n")
    assert check([], True, TODAY, tmp_path) == 1
    printed = json.loads(capsys.readouterr().out)
    assert printed["mistakes"][0]["file"] == "quizzes/two.yaml" and len(printed["mistakes"]) == 6
    assert printed["counts"]["exam domains"] == {"cpb": 7, "cmrs": 16, "crcs": 3, "cbcs": 4}


def test_a_warning_alone_exits_with_0(tmp_path, capsys):
    (small_world(tmp_path) / "payers/cedar/identifiers.yaml").write_text(
        (tmp_path / "payers/cedar/identifiers.yaml").read_text().replace("invented: true", "invented: false"))
    assert check([], False, date(2030, 1, 1), tmp_path) == 0
    assert "warning: last checked" in capsys.readouterr().out


def test_the_command_line_reaches_it():
    done = subprocess.run([sys.executable, "-m", "app", "check", "--as-of", "2026-11-23", "--json", "exams/blueprints.yaml"], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(done.stdout)["counts"]["competencies"] == 79


def test_an_unknown_command_says_what_there_is():
    done = subprocess.run([sys.executable, "-m", "app", "chekc"], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2 and "check" in done.stderr
