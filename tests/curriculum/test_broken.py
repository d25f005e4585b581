"""Every file of tests/broken/ holds one mistake; its first line says what the message must contain, and `# here` marks the line it must name."""

from datetime import date
from pathlib import Path

import pytest

from curriculum.catalogue import load
from curriculum.proof import prove
from tests.curriculum.world import put, small_world

BROKEN = sorted((Path(__file__).parents[1] / "broken").glob("*.yaml"))


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_the_message_names_the_mistake_and_its_line(path, tmp_path):
    text = path.read_text()
    lines = text.splitlines()
    place = lines[1].removeprefix("# at: ") if lines[1:2] and lines[1].startswith("# at: ") else "quizzes/broken.yaml"
    put(small_world(tmp_path), place, text)
    found = [one for one in prove(load(tmp_path), date(2026, 11, 23)) if not one.warning]
    wanted = lines[0].removeprefix("# expect: ")
    hits = [one for one in found if wanted in one.what]
    assert hits, f"expected: {wanted}\nfound: " + "\n".join(map(str, found))
    assert {one.file for one in found} == {place}, "a mistake must be told of the file that holds it"
    here = [number for number, line in enumerate(lines, start=1) if line.endswith("# here")]
    assert not here or here[0] in {one.line for one in hits}


def test_the_world_around_the_broken_files_is_sound(tmp_path):
    assert prove(load(small_world(tmp_path)), date(2026, 11, 23)) == []
