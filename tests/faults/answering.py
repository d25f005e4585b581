"""A process that answers for ever and says what was acknowledged, a JSON line each: `python -m tests.faults.answering WHERE NAME [NORMAL] [AFTER]`.

AFTER: how many more answers it hands in once one was refused, reading between them and asking whether it could write; without it, it ends then.
"""

import json
import sys

from records import NotSaved, Records, RecordsError
from records import connections
from tests.records import made


def main(where: str, name: str, synchronous: str = "FULL", after: str = "0") -> None:
    connections.WRITER_PRAGMAS = tuple(pragma.replace("FULL", synchronous) for pragma in connections.WRITER_PRAGMAS)
    try:
        with Records.open(where) as records:
            answer_for_ever(records, name, int(after))
    except RecordsError as error:
        say(refused=str(error))


def say(**told) -> None:
    print(json.dumps(told), flush=True)


def answer_for_ever(records: Records, name: str, after: int) -> None:
    refused = 0
    for block in range(10_000):
        attempt = f"{name}-{block}"
        records.start(made.attempt(attempt))
        for number in range(20):
            slot, answer, stored = f"q{number}", f"{name}/{block}/{number}", False
            while not stored:                # handed in again until it is acknowledged, as a page does
                try:
                    records.append(made.step(attempt, slot, answer=answer), made.grading(attempt, slot, earned="0.5"))
                    say(attempt=attempt, slot=slot, answer=answer)
                    stored = True
                except NotSaved as error:
                    say(refused=str(error), read=len(records.attempt(attempt).steps) == number, well=records.cannot_write() or "yes")
                    refused += 1
                    if refused > after:
                        return


if __name__ == "__main__":
    main(*sys.argv[1:])
