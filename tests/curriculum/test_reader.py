"""What the reader refuses, how fast, and what it never guesses."""

import os
import resource
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.catalogue import load
from curriculum.mistakes import Unreadable
from curriculum.models import QuestionSet
from curriculum.reader import DEEPEST, LARGEST_FILE, LONGEST_SCALAR, MOST_VALUES, Node, inside, read, typed
from tests.curriculum.world import put, small_world

LAUGHS = "a: &a [x, x]\n" + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20))

HOSTILE = {
    "billion laughs": (LAUGHS, "anchors"),
    "100,000 brackets": ("[" * 100_000, "nest more than"),
    "100,000 braces": ("{a: " * 100_000, "nest more than"),
    "100,000 dashes": ("- " * 100_000, "nest more than"),
    "a million values": ("[" + "x," * 1_000_000 + "]", "values in one file"),
    "one long text": ("a: " + "x" * (LONGEST_SCALAR + 1), "characters"),
    "a NUL": ("a: b\0", "NUL"),
    "a control character": ("a: \x07", "this is not YAML"),
    "a lone surrogate": ("a: \ud800", "UTF-8"),
    "a list as a name": ("? [a, b]\n: 1", "must be plain text"),
    "nothing": ("", "empty"),
    "only a comment": ("# hello\n", "empty"),
    "too large a text": ("a: " + "x" * LARGEST_FILE, "not read"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_refused_with_a_sentence_and_at_once(name):
    text, words = HOSTILE[name]
    begun = time.process_time()
    with pytest.raises(Unreadable, match=words):
        read("x.yaml", text)
    assert time.process_time() - begun < 3


def test_fifty_megabytes_are_refused_unread(tmp_path):
    path = tmp_path / "large.yaml"
    with open(path, "wb") as file:
        file.truncate(50 * 1024 * 1024)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.perf_counter()
    with pytest.raises(Unreadable, match="50.0 MB"):
        read(path)
    assert time.perf_counter() - begun < 0.2
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000


@pytest.mark.parametrize("content", [b"a: \xff\n", "a: é".encode("latin-1"), "a: b".encode("utf-16")])
def test_what_is_not_utf8_is_refused(tmp_path, content):
    path = tmp_path / "x.yaml"
    path.write_bytes(content)
    with pytest.raises(Unreadable, match="UTF-8|NUL"):
        read(path)


@pytest.mark.parametrize("make", [lambda path: path.mkdir(), lambda path: os.mkfifo(path), lambda path: None])
def test_what_is_no_file_is_refused(tmp_path, make):
    make(tmp_path / "x.yaml")
    with pytest.raises(Unreadable, match="not a file|cannot be opened"):
        read(tmp_path / "x.yaml")


def test_a_byte_order_mark_is_passed_over(tmp_path):
    (tmp_path / "x.yaml").write_bytes(b"\xef\xbb\xbfa: b\n")
    assert read(tmp_path / "x.yaml").value == {"a": "b"}


@pytest.mark.parametrize("path", ["../outside.yaml", "/etc/passwd", "quizzes/../../outside.yaml"])
def test_a_path_that_leads_out_is_refused(tmp_path, path):
    with pytest.raises(Unreadable, match="leads outside"):
        inside(tmp_path, Path(path))


def test_a_link_that_leads_out_is_a_mistake_and_is_not_followed(tmp_path):
    root = small_world(tmp_path / "root")
    put(tmp_path, "secret.yaml", "kind: question-set\n")
    (root / "quizzes" / "link.yaml").symlink_to(tmp_path / "secret.yaml")
    (root / "quizzes" / "folder").symlink_to(tmp_path, target_is_directory=True)
    assert [str(one) for one in load(root).mistakes] == ["quizzes/link.yaml:1: this is a link to a place outside of the content; copy the file here"]


@pytest.mark.parametrize("scalar", ["00100", "0450", "0131", "NO", "12:30", "120.10", "1E10", "true", "2026-01-01", "0x1F", "1_000", ".5", '"null"', "''"])
def test_a_scalar_stays_the_text_it_is(scalar):
    assert read("x", f"a: {scalar}").value == {"a": scalar.strip("\"'")}


@pytest.mark.parametrize("scalar", ["", "null", "~"])
def test_only_a_bare_null_is_nothing(scalar):
    assert read("x", f"a: {scalar}").value == {"a": None}


def test_the_bounds_themselves_are_allowed():
    deep = "[" * (DEEPEST) + "x" + "]" * (DEEPEST)
    assert read("x", deep).value
    assert len(read("x", "a: " + "x" * LONGEST_SCALAR).value["a"]) == LONGEST_SCALAR
    assert len(read("x", "[" + "x," * (MOST_VALUES - 1) + "]").value) == MOST_VALUES - 1


def test_every_value_knows_its_line():
    node = read("x", "a: 1\nb:\n  - c: 2\n    d: [3,\n      4]\n  -\n    e: {f: 5,\n        g: 6}\n")
    lines = {("a",): 1, ("b",): 2, ("b", 0): 3, ("b", 0, "c"): 3, ("b", 0, "d"): 4, ("b", 0, "d", 1): 5, ("b", 1): 7, ("b", 1, "e", "g"): 8}
    assert {path: node.line(*path) for path in lines} == lines
    assert node.line("b", 1, "nowhere", 3) == 7


def test_all_duplicate_keys_are_told_at_once():
    with pytest.raises(Unreadable) as caught:
        read("x", "a: 1\na: 2\nb: {c: 1, c: 2}\n")
    assert [(one.line, one.where) for one in caught.value.mistakes] == [(2, "a"), (3, "c")]


def test_all_mistakes_of_a_file_are_told_at_once():
    value, mistakes = typed(QuestionSet, read("x", "kind: quiz\nid: 7\nslg: x\ntitle: ''\ndescription: d\nquestions: none\n"))
    assert value is None
    assert [one.line for one in sorted(mistakes)] == [1, 1, 2, 3, 4, 6]


def _outcome(read_it):
    """A Node, or sentences; anything else fails the test."""
    try:
        node = read_it()
    except Unreadable as unreadable:
        assert unreadable.mistakes and all(one.line >= 1 and one.what for one in unreadable.mistakes)
        return
    assert isinstance(node, Node)
    value, mistakes = typed(QuestionSet, node)
    assert (value is None) == bool(mistakes)
    assert all(one.line >= 1 and str(one) for one in mistakes)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_a_node_or_mistakes(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes(content)
    _outcome(lambda: read(path))


@settings(max_examples=400, deadline=None)
@given(st.text(st.sampled_from("ab:-?[]{},&*!|>'\"%@#~ \n\t01é\u2028"), max_size=60))
def test_any_text_that_looks_like_yaml_is_a_node_or_mistakes(text):
    _outcome(lambda: read("x", text))


SHAPES = st.recursive(st.none() | st.text(max_size=8) | st.sampled_from(["single-choice", "true", "2026-01-01", "7"]),
                      lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
                          st.sampled_from(["kind", "id", "slug", "title", "questions", "options", "compute", "given", "domains", "cpb", "x"]), inner, max_size=6),
                      max_leaves=12)


@settings(max_examples=300, deadline=None)
@given(SHAPES)
def test_any_shape_is_typed_or_mistakes(value):
    lines = [1] * 500
    _outcome(lambda: Node("x", value, lines))
