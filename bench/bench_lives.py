"""Whole accounts worked a second, every payer and form, as a ratio to adjudicating the same claims and nothing else."""

import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from billing.account import forms  # noqa: E402
from billing.account.best import best  # noqa: E402
from tests.lives.worlds import world  # noqa: E402

LIVES, ROUNDS = 200, 3


def whole(worlds: list) -> tuple[float, list]:
    """Seconds to work every account to its end, and the claims sent on the way."""
    begun = time.perf_counter()
    accounts = [best(drawn)[1] for drawn in worlds]
    return time.perf_counter() - begun, [(account.world, sending) for account in accounts for sending in account.sendings]


def floor(sendings: list) -> float:
    """Seconds to decide the same claims on the same days."""
    begun = time.perf_counter()
    for drawn, sending in sendings:
        forms.decide(drawn, sending.payer, sending.claim, drawn.side(sending.payer).believed, sending.received, sending.answered)
    return time.perf_counter() - begun


def main() -> None:
    worlds = [world(seed) for seed in range(LIVES)]
    whole(worlds)   # rules looked up for the first time
    seconds, sendings = min((whole(worlds) for _ in range(ROUNDS)), key=lambda each: each[0])
    least = min(floor(sendings) for _ in range(ROUNDS))
    print(f"lives: {LIVES / seconds:,.0f} accounts a second from first question to zero ({len(sendings) / LIVES:.2f} claims each); {seconds / least:.2f} times their bare adjudication")


if __name__ == "__main__":
    main()
