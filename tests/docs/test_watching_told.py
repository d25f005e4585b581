"""docs/operating.md tells of every figure and of every event, as the code has them."""

import re
from pathlib import Path

import pytest

from app.event_log import EVENTS

ROOT = Path(__file__).resolve().parents[2]
TOLD = (ROOT / "docs" / "operating.md").read_text()
FIGURES = set(re.findall(r'Metric\("(\w+)"', (ROOT / "app" / "door" / "figures.py").read_text()))


@pytest.mark.parametrize("name", sorted(FIGURES))
def test_a_figure_stands_in_the_table(name):
    table = TOLD.split("alert at |\n", 1)[1].split("```yaml")[0]
    assert f"`{name}`" in table


def test_no_figure_in_the_table_is_none():
    table = TOLD.split("alert at |\n", 1)[1].split("\n\n")[0]
    assert {name for row in table.splitlines()[1:] for name in re.findall(r"`([a-z_]+)`", row.split("|")[1])} - {"reason", "event"} == FIGURES


@pytest.mark.parametrize("event, kind", EVENTS.items(), ids=EVENTS)
def test_an_event_stands_in_the_table_with_its_fields(event, kind):
    fields = f" Fields: {', '.join(f'`{field}`' for field in kind.fields)}." if kind.fields else ""
    assert f"| `{event}` | {kind.meaning}{fields} |\n" in TOLD
