"""Professional claims written and read as 837P a second, as a ratio to pyx12 validating and to x12sdk parsing the same files in the same run; aim: at least ten times pyx12."""

import io
import logging
import sys
import tempfile
import time
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from billing.x12.claims import read_claims, write_claims  # noqa: E402
from tests.billing.made import line  # noqa: E402
from tests.x12.made import AT, PARTIES, professional  # noqa: E402

CLAIMS, FILES, ROUNDS, AIM = 50, 4, 5, 10


def batches() -> list[list]:
    """Files of claims that differ in account, charges and lines."""
    return [[replace(professional(account=f"B{file}-{number}"), lines=tuple(line(charge=f"{Decimal(100 + number + at)}.{at}5", units=1 + at) for at in range(3))) for number in range(CLAIMS)] for file in range(FILES)]


def ours(held: list[list]) -> float:
    """Seconds to write every file and read it back."""
    begun = time.perf_counter()
    for claims in held:
        assert read_claims(write_claims(claims, PARTIES, AT, 1)).claims == tuple(claims)
    return time.perf_counter() - begun


def peers(held: list[list]) -> float:
    """Seconds for pyx12 to validate the same files."""
    from pyx12.params import params
    from pyx12.x12n_document import x12n_document
    logging.disable(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number}.x12" for number in range(len(held))]
        for path, claims in zip(paths, held):
            path.write_text(write_claims(claims, PARTIES, AT, 1))
        begun = time.perf_counter()
        for path in paths:
            assert x12n_document(params(), str(path), io.StringIO(), None, None)
        return time.perf_counter() - begun


def parsers(held: list[list]) -> float:
    """Seconds for x12sdk to parse the same files into its models."""
    from x12sdk.io import X12ModelReader
    texts = [write_claims(claims, PARTIES, AT, 1) for claims in held]
    begun = time.perf_counter()
    for text in texts:
        with X12ModelReader(text) as reader:
            assert list(reader.models())
    return time.perf_counter() - begun


def main() -> None:
    held = batches()
    many = CLAIMS * FILES
    mine, theirs, parsed = min(ours(held) for _ in range(ROUNDS)), peers(held), parsers(held)
    print(f"837P written and read: {many / mine:,.0f} claims a second; pyx12 validates {many / theirs:,.0f} a second: ratio {theirs / mine:.1f} (aim {AIM} or more); "
          f"x12sdk parses {many / parsed:,.0f} a second: ratio {parsed / mine:.1f}")


if __name__ == "__main__":
    main()
