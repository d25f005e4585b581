"""An 835 of ten thousand claims read claim by claim: peak memory beside that of a tenth of it, and claims a second as a ratio to pyx12 on the same files in the same run."""

import io
import logging
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from billing.x12.remittance import PaidClaim, payments  # noqa: E402
from billing.x12.remittance_writing import write_remittance  # noqa: E402
from tests.x12.made import AT  # noqa: E402
from tests.x12.made_payments import CHECK, PAYMENTS, SENT  # noqa: E402

LONG, PEERS, AIM, GROWTH_AIM = 10_000, 300, 10, 2


def chunks(claims: int) -> Iterator[str]:
    """The pieces of an 835 with that many claims: none is ever held whole."""
    lines = write_remittance(PAYMENTS["plain"], CHECK, SENT, AT, 9).splitlines(keepends=True)
    first, last = (next(number for number, line in enumerate(lines) if line.startswith(id)) for id in ("CLP", "SE"))
    amount = PAYMENTS["plain"].amount
    yield "".join(lines[:first]).replace(f"BPR*I*{amount.normalize():f}*", f"BPR*I*{amount * claims}*")
    for _ in range(claims):
        yield "".join(lines[first:last])
    yield f"SE*{last - 1 + (claims - 1) * (last - first)}*0009~\n" + "".join(lines[last + 1:])


def read(claims: int) -> int:
    """How many claims came out; the file must be without a fault."""
    faults: list = []
    found = sum(isinstance(part, PaidClaim) for part in payments(chunks(claims), faults))
    assert found == claims and faults == [], faults[:3]
    return found


def peak(claims: int) -> int:
    """Bytes held at most while reading."""
    tracemalloc.start()
    read(claims)
    held = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return held


def rate(claims: int) -> float:
    """Claims a second."""
    begun = time.perf_counter()
    read(claims)
    return claims / (time.perf_counter() - begun)


def peers_rate(claims: int) -> float:
    """Claims a second that pyx12 validates."""
    from pyx12.params import params
    from pyx12.x12n_document import x12n_document
    logging.disable(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.835"
        path.write_text("".join(chunks(claims)))
        begun = time.perf_counter()
        assert x12n_document(params(), str(path), io.StringIO(), None, None)
        return claims / (time.perf_counter() - begun)


def main() -> None:
    short, long = peak(LONG // 10), peak(LONG)
    mine, theirs = rate(LONG), peers_rate(PEERS)
    print(f"835 of {LONG:,} claims: peak {long / 1024:,.0f} KiB, {long / short:.2f} of a tenth of it (aim: below {GROWTH_AIM}); {mine:,.0f} claims a second, {mine / theirs:.1f} times pyx12's {theirs:,.0f} (aim: {AIM})")


if __name__ == "__main__":
    main()
