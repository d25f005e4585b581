"""Reads figures as strictly as the text format of Prometheus is written down, and complains of everything that is not so."""

import re

NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*"
HELP, TYPE = re.compile(rf"# HELP ({NAME}) (\S.*)"), re.compile(rf"# TYPE ({NAME}) (counter|gauge|histogram|summary|untyped)")
SAMPLE = re.compile(rf'({NAME})(?:\{{([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\\\|\\"|\\n)*)"\}})? (-?\d+(?:\.\d+)?(?:e[+-]?\d+)?|[+-]Inf|NaN)')
OF_HISTOGRAM = ("_bucket", "_sum", "_count")


def read(text: str) -> dict[str, tuple[str, dict[str, float]]]:
    """Name to its type and its values by label (the name's ending where it is a histogram's); AssertionError for anything that is not of the format."""
    assert text.endswith("\n") and "\r" not in text
    found: dict[str, tuple[str, dict[str, float]]] = {}
    name = kind = ""
    lines = iter(text[:-1].split("\n"))
    for line in lines:
        if told := HELP.fullmatch(line):
            name, typed = told[1], TYPE.fullmatch(next(lines))
            assert typed and typed[1] == name and name not in found, f"{line}: HELP, then TYPE, then values, each name once"
            found[name] = kind, _ = typed[2], {}
            continue
        sample = SAMPLE.fullmatch(line)
        assert sample, f"{line!r} is no line of the format"
        ending = sample[1].removeprefix(name)
        assert sample[1].startswith(name) and (ending in OF_HISTOGRAM if kind == "histogram" else not ending), f"{line} stands under {name}"
        key = ending + (sample[3] or "")
        assert key not in found[name][1], f"{line} stands twice"
        found[name][1][key] = float(sample[4])
    for name, (kind, values) in found.items():
        check(name, kind, values)
    return found


def check(name: str, kind: str, values: dict[str, float]) -> None:
    """What each type asks for."""
    assert values, f"{name} has no value"
    assert (kind == "counter") == name.endswith("_total"), f"{name} is a {kind}"
    assert kind == "gauge" or all(value >= 0 for value in values.values())
    if kind == "histogram":
        bounds = [(float(key.removeprefix("_bucket")), value) for key, value in values.items() if key.startswith("_bucket")]
        assert bounds == sorted(bounds) and [many for _, many in bounds] == sorted(many for _, many in bounds), f"{name} counts up to each bound"
        assert bounds[-1][0] == float("inf") and bounds[-1][1] == values["_count"] and "_sum" in values
