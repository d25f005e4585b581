"""How fast a code search is: its p95 over bench/queries.txt, beside LIKE over the same table and a scan of simple-icd-10-cm.

Prints `code_search_vs_like` and `code_search_vs_scan`, each search's p95 divided by the other's; below 1 the search is the faster.
"""

import argparse
import json
import re
import sys
from pathlib import Path
from statistics import quantiles
from time import perf_counter

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from curriculum.code_books import DEFAULT, CodeBooks, prepare  # noqa: E402
from curriculum.code_books.file import open_read_only  # noqa: E402

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
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--codes", type=Path, default=DEFAULT)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    prepare(asked.codes)
    queries = [line for line in (ROOT / "bench" / "queries.txt").read_text().splitlines() if line]
    books = CodeBooks.open(asked.codes)
    ours = p95(lambda text: books.search(text, LIMIT), queries, ROUNDS)
    theirs = {"like": p95(like(open_read_only(asked.codes)), queries, ROUNDS), "scan": p95(scan(), queries, 2)}
    result = {f"code_search_vs_{name}": round(ours / other, 3) for name, other in theirs.items()}
    result |= {"p95_ms": round(ours, 2)} | {f"{name}_p95_ms": round(other, 2) for name, other in theirs.items()}
    print(json.dumps(result) if asked.json else "\n".join(f"{name} {value}" for name, value in result.items()))


if __name__ == "__main__":
    main()
