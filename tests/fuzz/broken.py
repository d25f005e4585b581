"""How a good text is broken: cut, doubled, swapped and sown with what readers stumble over; the same seed breaks it the same way."""

from random import Random

SOWN = ("\0", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\ufeff", "\ud7ff", "é", "😀", "~", "*", ":", "^", "|", "'", '"', "\\", "\n", "\r\n", "\t", ",", ";", "&a ", "*a", "!!python/object:os.system ", "!x ",
        "<<: ", "? ", "- ", "{", "[", "}", "]", "#", "%", "@", "|\n", ">\n", "---\n", "...\n", "null", "true", "NaN", "Infinity", "1e999999", "-0", "0x1F", "9" * 40, "0." + "0" * 40 + "1",
        "٣", "１２", "2026-02-30", "0000-00-00", "99999999", "20261399", "=cmd|' /C calc'!A0", "<script>", "../../etc/passwd", "{0}", "%s", "{", "G", "}", "A" * 5000, "\u202e", "ﬀ", "İ")
MARKS = "*~:^|,;\n\x1c\x1d\x1e"


LONGEST = 200_000
"""Characters of a broken text: more tell nothing new."""


def broken(text: str, chance: Random, others: tuple[str, ...]) -> str:
    """One to six breaks, one after another."""
    longest = max(LONGEST, len(text))          # a seed that is longer, a backup, is not cut short by that alone
    for _ in range(chance.choice((1, 1, 1, 2, 3, 6))):
        text = chance.choice(BREAKS)(text, chance, others)[:longest]
    return text


def place(text: str, chance: Random) -> tuple[int, int]:
    at = chance.randrange(len(text) + 1)
    return at, min(len(text), at + chance.choice((1, 1, 2, 5, 20, 200)))


def cut(text, chance, _):
    a, b = place(text, chance)
    return text[:a] + text[b:]


def end(text, chance, _):
    return text[:chance.randrange(len(text) + 1)]


def double(text, chance, _):
    a, b = place(text, chance)
    return text[:b] + text[a:b] * chance.choice((1, 2, 50)) + text[b:]


def sow(text, chance, _):
    a, b = place(text, chance)
    return text[:a] + chance.choice(SOWN) + text[chance.choice((a, b)):]


def over(text, chance, _):
    """Written over what stands there, so that all after it stands where it stood: what has lengths or pages is read on."""
    a, sown = place(text, chance)[0], chance.choice(SOWN)
    return text[:a] + sown[:len(text) - a] + text[a + len(sown):]


def digit(text, chance, _):
    """Another digit or letter in place of one."""
    spots = [at for at in (chance.randrange(len(text)) for _ in range(8)) if text[at].isalnum()] if text else []
    return text[:spots[0]] + chance.choice("0123456789AZaz-. ") + text[spots[0] + 1:] if spots else text


def pieces(text, chance, _):
    """Whole segments, lines or cells dropped, doubled or swapped."""
    mark = chance.choice([one for one in MARKS if one in text] or ["\n"])
    parts = text.split(mark)
    a, b = chance.randrange(len(parts)), chance.randrange(len(parts))
    kind = chance.randrange(4)
    if kind == 0:
        del parts[a]
    elif kind == 1:
        parts[a], parts[b] = parts[b], parts[a]
    elif kind == 2:
        parts.insert(b, parts[a])
    else:
        parts[a] = chance.choice(("", " ", chance.choice(SOWN)))
    return mark.join(parts)


def graft(text, chance, others):
    """A piece of another text."""
    other = chance.choice(others)
    a, b = place(other, chance)
    at = chance.randrange(len(text) + 1)
    return text[:at] + other[a:b] + text[at:]


def marks(text, chance, _):
    """One separator in place of another, everywhere."""
    return text.replace(chance.choice(MARKS), chance.choice(MARKS)) if chance.random() < 0.3 else digit(text, chance, _)


BREAKS = (cut, end, double, sow, sow, over, over, digit, digit, pieces, pieces, graft, marks)
