"""A process that answers for ever and says what was acknowledged, a JSON line each: `python -m tests.faults.answering WHERE NAME [NORMAL]`."""

import json
import sys

from records import Records, RecordsError
from records import connections
from tests.records import made


def main(where: str, name: str, synchronous: str = "FULL") -> None:
    connections.WRITER_PRAGMAS = tuple(pragma.replace("FULL", synchronous) for pragma in connections.WRITER_PRAGMAS)
    try:
        answer_for_ever(where, name)
    except RecordsError as error:
        print(json.dumps({"refused": str(error)}), flush=True)


def answer_for_ever(where: str, name: str) -> None:
    with Records.open(where) as records:
        for block in range(10_000):
            attempt = f"{name}-{block}"
            records.start(made.attempt(attempt))
            for number in range(20):
                slot, answer = f"q{number}", f"{name}/{block}/{number}"
                records.append(made.step(attempt, slot, answer=answer), made.grading(attempt, slot, earned="0.5"))
                print(json.dumps({"attempt": attempt, "slot": slot, "answer": answer}), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
