"""How fast a code search is: its p95 over bench/queries.txt as a ratio to LIKE over the same table, and to a scan of simple-icd-10-cm."""

import re
import sys
from pathlib import Path
from statistics import quantiles
from time import perf_counter

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from curriculum.code_books import DEFAULT, CodeBooks, prepare  # noqa: E402
from curriculum.code_books.file import open_read_only  # noqa: E402

AIM = 1
LIMIT = 20
ROUNDS = 5


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.lower())


def like(connection):
    """What one would write without an index: every word somewhere in the title, the terms or the code, the same order and limit."""
    def search(text: str) -> list:
        asked = words(text)
        where = " AND ".join("(title LIKE ? OR terms LIKE ? OR key LIKE ?)" for _ in asked)
        values = [f"%{word}%" for word in asked for _ in range(3)]
        return connection.execute(f"SELECT code_set, code, title FROM book WHERE {where} ORDER BY id LIMIT {LIMIT}", values).fetchall()
    return search


def scan():
    """simple-icd-10-cm has no search: its codes' descriptions, one after the other."""
    import simple_icd_10_cm as icd
    titles = [(code, icd.get_description(code).lower()) for code in icd.get_all_codes()]

    def search(text: str) -> list:
        asked = words(text)
        found = (code for code, title in titles if all(word in title for word in asked))
        return [code for code, _ in zip(found, range(LIMIT))]
    return search


def p95(search, queries: list[str], rounds: int) -> float:
    """Milliseconds; of each query the best of the rounds, so that other work on the machine counts for little."""
    best = []
    for query in queries:
        taken = []
        for _ in range(rounds):
            begun = perf_counter()
            search(query)
            taken.append(perf_counter() - begun)
        best.append(min(taken) * 1000)
    return quantiles(best, n=20)[-1]


def main() -> None:
    prepare(DEFAULT)
    queries = [line for line in (ROOT / "bench" / "queries.txt").read_text().splitlines() if line]
    books = CodeBooks.open(DEFAULT)
    ours = p95(lambda text: books.search(text, LIMIT), queries, ROUNDS)
    liked, scanned = p95(like(open_read_only(DEFAULT)), queries, ROUNDS), p95(scan(), queries, 2)
    print(f"code search, {len(queries)} queries: p95 {ours:.2f} ms; LIKE over the same table {liked:.2f} ms, ratio {ours / liked:.2f} (aim at most {AIM}); "
          f"a scan of simple-icd-10-cm {scanned:.2f} ms, ratio {ours / scanned:.2f}")


if __name__ == "__main__":
    main()
