"""A minute of what `make fuzz` does for an hour: no broken text makes a reader fail in another way than by a sentence, or take long."""

from contextlib import suppress
from random import Random

import pytest

from tests.fuzz.broken import broken
from tests.fuzz.readers import READERS, Reader
from tests.fuzz.running import case, fault

CASES = {True: 60, False: 500}


@pytest.mark.parametrize("reader", READERS, ids=[reader.name for reader in READERS])
def test_the_good_texts_are_read_or_refused(reader):
    assert [said for text in reader.seeds() if (said := fault(reader, text))] == []


@pytest.mark.parametrize("reader", READERS, ids=[reader.name for reader in READERS])
def test_a_broken_text_is_read_or_refused_with_a_sentence(reader):
    found = [(seed, said) for seed in range(CASES[reader.slow]) if (said := fault(reader, case(reader, seed)))]
    assert found == []


def test_some_broken_backups_are_read_to_their_end():
    """One that is cut short is refused at its first page, and tells nothing of what reads the others."""
    backup = next(reader for reader in READERS if reader.name == "backup")
    read = 0
    for seed in range(40):
        with suppress(*backup.allowed):
            backup.call(case(backup, seed))
            read += 1
    assert read > 2


def test_the_same_seed_breaks_the_same_way_and_another_in_another():
    made = [broken("a,b,c\n1,2,3\n" * 9, Random(seed), ("x",)) for seed in (1, 1, 2)]
    assert made[0] == made[1] != made[2]


def test_a_fault_would_be_found():
    assert "ZeroDivisionError" in fault(Reader("x", tuple, lambda text: 1 / 0, (ValueError,)), "")
    assert fault(Reader("x", tuple, lambda text: int("x"), (ValueError,)), "") == ""
