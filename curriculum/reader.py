"""How a content file is read: YAML's events from the C parser, under bounds, every scalar as text and every value with its line.

Refused before they can do harm: anchors, aliases, tags, directives, a second document, duplicate keys, too deep, too many or too
long. Nothing is guessed: 00100 stays "00100" and NO stays "NO". Only a bare `null`, `~` or nothing at all is None.
"""

import re
import stat
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

from pydantic import TypeAdapter, ValidationError
from yaml import AliasEvent, MappingEndEvent, MappingStartEvent, MarkedYAMLError, ScalarEvent, SequenceEndEvent, SequenceStartEvent, YAMLError
from yaml.cyaml import CParser
from yaml.events import DocumentStartEvent, StreamEndEvent

from curriculum.mistakes import Mistake, Unreadable, in_words

LARGEST_FILE = 4 * 1024 * 1024
LONGEST_SCALAR = 64 * 1024
MOST_VALUES = 400_000
DEEPEST = 24

NOTHING = frozenset(("", "null", "~"))
Path_ = tuple[str | int, ...]


class Node:
    """A file's value (dicts, lists, text and None) and the line of everything in it."""

    def __init__(self, file: str, value: Any, lines: list[int]):
        self.file, self.value, self._lines, self._places = file, value, lines, None

    def line(self, *path: str | int) -> int:
        """The line of the value at the path, or of the nearest one around it that exists."""
        if self._places is None:
            self._places = dict(_places(self.value, iter(self._lines)))
        while path and path not in self._places:
            path = path[:-1]
        return self._places[path]

    def mistake(self, path: Path_, what: str, *, where: str = "", warning: bool = False) -> Mistake:
        """A mistake at the path; `where` says it in better words than the path's own."""
        return Mistake(self.file, self.line(*path), where or in_dots(path), what, warning)


def in_dots(path: Path_) -> str:
    """questions.0.stem"""
    return ".".join(map(str, path))


def inside(root: Path, path: Path) -> Path:
    """The path as it really lies under the root; Unreadable when it leads out of it, by .. or by a link."""
    real, home = (root / path).resolve(), root.resolve()
    if not real.is_relative_to(home):
        raise Unreadable([Mistake(str(path), 1, "", f"this path leads outside of {home.name}/; content lies inside")])
    return real


def read(path: Path | str, text: str | None = None, *, shown: str = "") -> Node:
    """The file (or the text, as if it were that file) as a Node; Unreadable with every mistake found. `shown` names it in mistakes."""
    file = shown or str(path)
    content = _content(Path(path), file) if text is None else _encoded(text, file)
    faults: list[Mistake] = []
    lines: list[int] = [1]
    try:
        value = _value(CParser(content), content, lines, file, faults)
    except YAMLError as error:
        faults.append(_syntax(error, file))
    except UnicodeDecodeError:
        faults.append(Mistake(file, 1, "", "a character in this file is not UTF-8"))
    if faults:
        raise Unreadable(faults)
    return Node(file, value, lines)


def typed(type_: Any, node: Node, path: Path_ = ()) -> tuple[Any, list[Mistake]]:
    """The node's value (or the part at the path) as the type, or None and every mistake in it."""
    value = node.value
    for step in path:
        value = value[step]
    try:
        return _adapter(type_).validate_python(value), []
    except ValidationError as error:
        errors = error.errors(include_url=False)
        return None, list(dict.fromkeys(_said(type_, node, path, one) for one in errors if not _only_follows(one, errors)))


def _only_follows(error: dict, errors: list[dict]) -> bool:
    """A list is "too short" also when an entry of it is wrong: the entry's own mistake is enough."""
    return error["type"] == "too_short" and any(len(one["loc"]) > len(error["loc"]) and one["loc"][:len(error["loc"])] == error["loc"] for one in errors)


@cache
def _adapter(type_: Any) -> TypeAdapter:
    return TypeAdapter(type_)


def _content(path: Path, file: str) -> bytes:
    """The file's bytes, once its size and kind are known to be harmless."""
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            _refuse(file, 1, "this is not a file")
        if about.st_size > LARGEST_FILE:
            _refuse(file, 1, f"the file has {about.st_size / 1024 / 1024:.1f} MB; at most {LARGEST_FILE // 1024 // 1024} MB are read: split it")
        content = path.read_bytes()
    except (OSError, ValueError) as error:
        _refuse(file, 1, f"the file cannot be opened: {getattr(error, 'strerror', None) or error}")
    return _proved(content.removeprefix(b"\xef\xbb\xbf"), file)


def _encoded(text: str, file: str) -> bytes:
    try:
        return _proved(text.encode(), file)
    except UnicodeEncodeError as error:
        _refuse(file, text.count("\n", 0, error.start) + 1, "a character here cannot be written in UTF-8")


def _proved(content: bytes, file: str) -> bytes:
    """The bytes, if they are UTF-8 text of a bearable size."""
    if len(content) > LARGEST_FILE:
        _refuse(file, 1, f"more than {LARGEST_FILE // 1024 // 1024} MB are not read: split it")
    try:
        content.decode()
    except UnicodeDecodeError as error:
        _refuse(file, content.count(b"\n", 0, error.start) + 1, "a character here is not UTF-8; save the file as UTF-8")
    if b"\0" in content:
        _refuse(file, content.count(b"\n", 0, content.index(b"\0")) + 1, "there is a NUL character here; this is not a text file")
    return content


def _value(parser: CParser, content: bytes, lines: list[int], file: str, faults: list[Mistake]) -> Any:
    """The one document's value. One loop without recursion: what nests too deep is refused, not followed."""
    next_event, note = parser.get_event, lines.append
    top: list = []
    here, key, above = top, None, []
    while True:
        event = next_event()
        kind = type(event)
        if kind is ScalarEvent:
            value = event.value
            if event.anchor is not None or event.tag is not None or len(value) > LONGEST_SCALAR:
                _refuse_value(event, file)
            if type(here) is dict and key is None:
                if value in here:
                    faults.append(Mistake(file, event.start_mark.line + 1, value[:60], "this key stands twice in the same block"))
                key = value
                note(event.start_mark.line + 1)
                continue
            if value in NOTHING and event.implicit[0]:
                value = None
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            here, key = above.pop()
            continue
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            value = {} if kind is MappingStartEvent else []
            if event.anchor is not None or event.tag is not None or (type(here) is dict and key is None) or len(above) >= DEEPEST:
                _refuse_block(event, file, type(here) is dict and key is None)
        elif kind is StreamEndEvent:
            return top[0] if top else _refuse(file, 1, "the file is empty")
        else:
            _check_stream(event, content, file, bool(top))
            continue
        if type(here) is dict:
            here[key], key = value, None
        else:
            here.append(value)
            if here is not top:
                note(event.start_mark.line + 1)
        if kind is not ScalarEvent:
            above.append((here, key))
            here, key = value, None
        if len(lines) > MOST_VALUES:
            _refuse(file, event.start_mark.line + 1, f"more than {MOST_VALUES:,} values in one file are not read: split it")


def _check_stream(event: Any, content: bytes, file: str, begun: bool) -> None:
    """Refuses aliases, directives and a second document; lets the stream's other events pass."""
    line = event.start_mark.line + 1
    if isinstance(event, AliasEvent):
        _refuse(file, line, f"aliases (*{event.anchor}) are not used in content: write the value out; if a text begins with *, quote it")
    if isinstance(event, DocumentStartEvent):
        if begun:
            _refuse(file, line, "a file holds one document; a second one begins here")
        before = content[:event.end_mark.index] if event.explicit else b""
        if event.version or event.tags or before.startswith(b"%") or b"\n%" in before:
            _refuse(file, line, "directives (lines beginning with %) are not used in content")


def _refuse_value(event: ScalarEvent, file: str) -> NoReturn:
    line = event.start_mark.line + 1
    _refuse_marked(event, file)
    _refuse(file, line, f"this text has {len(event.value):,} characters; at most {LONGEST_SCALAR:,} are read")


def _refuse_block(event: Any, file: str, is_key: bool) -> NoReturn:
    _refuse_marked(event, file)
    if is_key:
        _refuse(file, event.start_mark.line + 1, "a field's name must be plain text, not a block or a list; text that begins with { or [ needs quotes")
    _refuse(file, event.start_mark.line + 1, f"blocks nest more than {DEEPEST} deep here")


def _refuse_marked(event: Any, file: str) -> None:
    if event.anchor is not None:
        _refuse(file, event.start_mark.line + 1, f"anchors (&{event.anchor[:40]}) are not used in content: write the value out; if a text begins with &, quote it")
    if event.tag is not None:
        _refuse(file, event.start_mark.line + 1, f"tags ({event.tag[:40]}) are not used in content; if a text begins with !, quote it")


def _refuse(file: str, line: int, what: str) -> NoReturn:
    raise Unreadable([Mistake(file, line, "", what)])


def _syntax(error: YAMLError, file: str) -> Mistake:
    """libyaml's complaint with the two usual causes."""
    mark = getattr(error, "problem_mark", None) if isinstance(error, MarkedYAMLError) else None
    said = getattr(error, "problem", None) or getattr(error, "reason", None) or "unknown trouble"
    return Mistake(file, mark.line + 1 if mark else 1, "",
                   f"this is not YAML: {said}. Usual causes: uneven indentation, or text with ': ' or ' #' in it that needs quotes or a >- block")


def _places(value: Any, lines):
    """Every path with its line, in the order in which the lines were noted."""
    pending = [((), value)]
    while pending:
        path, value = pending.pop()
        yield path, next(lines)
        steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        pending.extend(reversed([(path + (step,), inner) for step, inner in steps]))


def _said(type_: Any, node: Node, path: Path_, error: dict) -> Mistake:
    """A pydantic error at its place in the file: the steps of its location that the file has, and a missing or unknown field's name."""
    value, place = node.value, ()
    for step in path + error["loc"]:
        if isinstance(value, dict) and step in value or isinstance(value, list) and isinstance(step, int) and step < len(value):
            value, place = value[step], place + (step,)
    known = _known_fields(_adapter(type_).json_schema(), place[len(path):-1]) if "extra" in error["type"] or "unexpected" in error["type"] else ()
    return node.mistake(place, in_words(error, known))


def _known_fields(schema: dict, path: Path_) -> set[str]:
    """The fields that the JSON Schema knows at the path."""
    places = [schema]
    for step in (*path, None):
        open_, places = places, []
        while open_:
            place = open_.pop()
            if "$ref" in place:
                open_.append(schema["$defs"][re.sub(r".*/", "", place["$ref"]).replace("~1", "/")])
            open_.extend(place.get("anyOf", ()))
            places.append(place)
        if step is not None:
            places = [inner for place in places for inner in _step(place, step) if isinstance(inner, dict)]
    return {name for place in places for name in place.get("properties", ())}


def _step(schema: dict, step: str | int) -> list:
    if isinstance(step, int):
        return [schema.get("items")]
    return [schema.get("properties", {}).get(step, schema.get("additionalProperties"))]
