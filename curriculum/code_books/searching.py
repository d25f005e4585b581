"""How a text finds codes: what looks like a code by its beginning, words by an index whose order is the order of the answers.

Ranking every match of a common word is what makes a word search slow. Here the rows were written likeliest first, so the index gives
the first few hundred in that order and stops; only those are weighed.
"""

import re
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

CANDIDATES = 200
LONGEST_TEXT = 200
MOST_WORDS = 10
WORD = re.compile(r"[^\W_]+")
CODE_LIKE = re.compile(r"(?=.{0,2}$|.*\d)[A-Za-z0-9]{1,3}\.?[A-Za-z0-9]{0,4}")
LICENSED = re.compile(r"\d{5}|\d{4}[FTUftu]|[Dd]\d{4}")
STOP_WORDS = frozenset("a an and as at by due for from in into is its of on or other the to with".split())
COLUMNS = "book.code_set, book.code, book.title, book.billable, book.since, book.until, book.id, book.terms"


@dataclass(frozen=True)
class Hit:
    """A code that a search found. billable says something of ICD-10-CM alone; since and until where its first or last day is known."""
    code_set: str
    code: str
    title: str
    billable: bool
    since: date | None
    until: date | None


def advice(text: str) -> str:
    """What to say to someone who typed a code that may not be shipped; nothing for any other text."""
    if not LICENSED.fullmatch(text.strip()):
        return ""
    kind, owner = ("CDT", "American Dental Association") if text.strip()[0] in "Dd" else ("CPT", "American Medical Association")
    return f"That is a {kind} code, which belongs to the {owner} and is not shipped here: choose the service by its name."


def search(connection: sqlite3.Connection, text: str, limit: int, sets: tuple[str, ...] = ()) -> list[Hit]:
    """At most `limit` hits: codes that begin with the text where it looks like one, and else the entries that have all its words."""
    text = text[:LONGEST_TEXT].strip()
    rows = _by_code(connection, text, limit, sets)
    if len(rows) < limit and not (rows and any(map(str.isdigit, text))):
        rows += _by_words(connection, text, sets)
    unique = {row[6]: row for row in rows}
    return [_hit(row) for row in list(unique.values())[:max(limit, 0)]]


def _by_code(connection: sqlite3.Connection, text: str, limit: int, sets: tuple[str, ...]) -> list[tuple]:
    if not CODE_LIKE.fullmatch(text):
        return []
    key = text.replace(".", "").upper()
    # the shortest first: the code itself, then what is below it
    found = connection.execute(
        f"SELECT {COLUMNS} FROM book WHERE key >= ? AND key < ? {_within(sets)} ORDER BY length(key), until IS NOT NULL, key LIMIT ?",
        (key, key + "~", *sets, max(limit, 0)))
    return found.fetchall()


def _by_words(connection: sqlite3.Connection, text: str, sets: tuple[str, ...]) -> list[tuple]:
    """Entries with all the words; where there are none, those that miss one of them."""
    words = _words(text)
    meanings = [_meanings(connection, word) for word in words]
    found = _matching(connection, meanings, sets)
    if not found and 1 < len(words) <= 6:
        for left_out in range(len(words)):
            found += _matching(connection, meanings[:left_out] + meanings[left_out + 1:], sets)
    return sorted(found, key=lambda row: _distance(row, words, meanings))


def _words(text: str) -> list[str]:
    words = [word.lower() for word in WORD.findall(text)][:MOST_WORDS]
    return [word for word in words if word not in STOP_WORDS] or words


def _meanings(connection: sqlite3.Connection, word: str) -> list[list[str]]:
    """The word itself without its plural, and what an abbreviation stands for."""
    row = connection.execute("SELECT entry ->> 'name' FROM entry WHERE code_set = 'search-words' AND code = ?", (word.upper(),)).fetchone()
    return [[_stem(word)]] + ([[_stem(each) for each in _words(row[0])]] if row else [])


def _stem(word: str) -> str:
    """The beginning that singular and plural share: injuries, injury; diabetes, diabetic."""
    for ending, shortest in (("ies", 6), ("es", 6), ("y", 6), ("s", 5)):
        if word.endswith(ending) and len(word) >= shortest and not word.endswith(("ss", "is", "us")):
            return word[:-len(ending)]
    return word


def _matching(connection: sqlite3.Connection, meanings: list[list[list[str]]], sets: tuple[str, ...]) -> list[tuple]:
    if not meanings:
        return []
    wanted = " AND ".join(_either(" AND ".join(_term(connection, word) for word in words) for words in each) for each in meanings)
    found = connection.execute(
        f"SELECT {COLUMNS} FROM words JOIN book ON book.id = words.rowid WHERE words MATCH ? {_within(sets)} ORDER BY words.rowid LIMIT ?",
        (wanted, *sets, CANDIDATES))
    return found.fetchall()


def _either(ways: Iterable[str]) -> str:
    return "(" + " OR ".join(f"({way})" for way in ways) + ")"


def _term(connection: sqlite3.Connection, word: str) -> str:
    """The word as the beginning of any; a very common one as itself, because its rows need not be gathered before the first is given."""
    if connection.execute("SELECT 1 FROM common_word WHERE word = ?", (word,)).fetchone():
        return f'("{word}" OR "{word}s")'
    return f'"{word}"*'


def _within(sets: tuple[str, ...]) -> str:
    return f"AND book.code_set IN ({', '.join('?' * len(sets))})" if sets else ""


def _distance(row: tuple, words: list[str], meanings: list[list[list[str]]]) -> tuple:
    """How far an entry is from what was asked: words missing, ended, words found in neither code nor title, words found only as beginnings, how far down it stands, its place."""
    title, terms = f"{row[1]} {row[2]}".lower(), row[7].lower()
    said, meant = set(WORD.findall(title)), f"{title} {terms}"
    missing = sum(not any(all(w in meant for w in each) for each in ways) for ways in meanings)
    elsewhere = sum(not any(all(w in title for w in each) for each in ways) for ways in meanings)
    begun = sum(word not in said for word in words)
    return missing, row[5] is not None, elsewhere, begun, len(row[1]), row[6]


def _hit(row: tuple) -> Hit:
    return Hit(row[0], row[1], row[2], bool(row[3]), row[4] and date.fromisoformat(row[4]), row[5] and date.fromisoformat(row[5]))
