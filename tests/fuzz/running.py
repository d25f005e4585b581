"""`make fuzz`: broken texts for every reader, for as long as is asked; each fault is kept as a file with the seed that makes it again.

    python -m tests.fuzz.running --minutes 60 --seed 1 [--reader x12]
"""

import argparse
import logging
import sys
import time
import traceback
from pathlib import Path
from random import Random

from tests.fuzz.broken import broken
from tests.fuzz.readers import READERS, ROOT, Reader

LONGEST = 5.0                    # seconds of processor time that one case may take
FOUND = ROOT / "build" / "fuzz"


def case(reader: Reader, seed: int) -> str:
    """The broken text of a seed."""
    chance = Random(f"{reader.name} {seed}")
    seeds = reader.seeds()
    return broken(chance.choice(seeds), chance, seeds)


def fault(reader: Reader, text: str) -> str:
    """What went wrong with it; nothing when it was read, or refused as it should be."""
    begun = time.process_time()
    try:
        reader.call(text)
    except reader.allowed as refused:
        if not str(refused).strip() and not getattr(refused, "mistakes", ()):
            return "refused without a sentence"
    except Exception:  # noqa: BLE001 - this is what is looked for
        return traceback.format_exc(limit=-6)
    took = time.process_time() - begun
    return f"took {took:.1f} s" if took > LONGEST else ""


def run(minutes: float, seed: int, only: str) -> int:
    """Round by round over the readers; 1 where something was found."""
    readers = [reader for reader in READERS if only in ("", reader.name)]
    until, number, found, many = time.monotonic() + minutes * 60, seed * 1_000_000, 0, dict.fromkeys((reader.name for reader in readers), 0)
    while time.monotonic() < until:
        for reader in readers:
            for _ in range(5 if reader.slow else 40):
                number += 1
                many[reader.name] += 1
                text = case(reader, number)
                if said := fault(reader, text):
                    found += 1
                    FOUND.mkdir(parents=True, exist_ok=True)
                    (FOUND / f"{reader.name.replace(' ', '-')}-{number}.txt").write_text(f"{said}\n---\n{text}", encoding="utf-8", errors="surrogatepass")
                    print(f"{reader.name}, seed {number}: {said.strip().splitlines()[-1][:200]}", flush=True)
    print(f"{sum(many.values())} cases ({', '.join(f'{name} {count}' for name, count in many.items())}), {found} faults" + (f", kept in {FOUND.relative_to(ROOT)}/" if found else "."))
    return 1 if found else 0


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--reader", default="")
    args = parser.parse_args()
    logging.getLogger("streamlit").setLevel(logging.ERROR)
    logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context").setLevel(logging.ERROR)
    return run(args.minutes, args.seed, args.reader)


if __name__ == "__main__":
    Path(FOUND).parent.mkdir(exist_ok=True)
    sys.exit(main())
