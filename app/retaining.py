"""How long what is kept: completion records for their own term, detailed answers for as long as their person wants unless a term is set."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timezone

YEARS, MONTHS = "CLEAN_CLAIM_COMPLETION_YEARS", "CLEAN_CLAIM_ANSWER_MONTHS"
DEFAULT_YEARS = 6
"""As long as an employer under the HIPAA Privacy Rule keeps the documentation of its training: 45 CFR 164.530(j)(2). See docs/decisions/0013-personal-data.md."""


class BadTerm(Exception):
    """A term is set to what is none."""


@dataclass(frozen=True)
class Terms:
    """completions: years, 0 where none are kept longer than their person; answers: months after the last step of an attempt, 0 where there is no term."""
    completions: int
    answers: int

    def completions_before(self, now: int) -> int:
        """Completion records from before that moment are past their term; none where they go with their person."""
        return _back(now, self.completions * 12) if self.completions else 0

    def answers_before(self, now: int) -> int:
        """Attempts without a step since that moment are past their term; none where there is no term."""
        return _back(now, self.answers) if self.answers else 0


def terms(env: Mapping[str, str] | None = None) -> Terms:
    """As the environment says; BadTerm with a sentence otherwise."""
    env = os.environ if env is None else env
    return Terms(_number(env, YEARS, DEFAULT_YEARS, 100), _number(env, MONTHS, 0, 1200))


def _number(env: Mapping[str, str], name: str, otherwise: int, most: int) -> int:
    said = env.get(name, "").strip()
    if not said:
        return otherwise
    if not said.isascii() or not said.isdigit() or int(said) > most:
        raise BadTerm(f"{name} is {said}. Write a whole number from 0 to {most}.")
    return int(said)


def _back(now: int, months: int) -> int:
    """So many calendar months earlier; the last of the month where that day is not in it."""
    then = datetime.fromtimestamp(now / 1000, timezone.utc)
    year, month = divmod(then.year * 12 + then.month - 1 - months, 12)
    for day in (then.day, 30, 29, 28):
        try:
            return int(then.replace(year=max(year, 1971), month=month + 1, day=day).timestamp() * 1000)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")
