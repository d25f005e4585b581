"""A single bit that has turned over in a file of records: it is refused, or flagged, or nothing that is read has changed; and nothing ends in a traceback."""

import random
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from app.__main__ import main
from records import Records, RecordsError, backup, restore, verify
from records.connections import connect
from records.copying import content_of
from tests.records import made

FLIPS, SEED = 300, 20261128


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> Path:
    """Records of a few people with some hundred answers, closed."""
    path = tmp_path_factory.mktemp("flips") / "records.sqlite"
    with Records.open(path) as records:
        for person in ("ann", "bea", "cem"):
            records.add_profile(made.profile(person, person.title()))
            for number in range(24):
                attempt = f"{person}-{number}"
                records.start(made.attempt(attempt, person, behaviour="exam" if number % 3 == 0 else "practice"))
                for slot in range(16):
                    records.append(made.step(attempt, f"q{slot}", answer=f"{attempt} says {slot} " * 12), made.grading(attempt, f"q{slot}", earned="0.5"))
                records.append_grading(made.grading(attempt, "q3", earned="1", grader="2"))
                records.finish(attempt, 9_000)
    return path


def content(path: Path):
    with closing(connect(path, "ro", 5)) as db:
        return content_of(db)


def opened(path: Path) -> bool:
    """Whether the app would start on it; anything but a sentence of ours is an error of the test."""
    try:
        Records.open(path, patience=0.2).close()
    except RecordsError:
        return False
    return True


def flipped(whole: Path, at: Path, bit: int) -> Path:
    for name in ("", "-wal", "-shm", ".lock"):
        at.with_name(at.name + name).unlink(missing_ok=True)
    spoilt = bytearray(whole.read_bytes())
    spoilt[bit // 8] ^= 1 << bit % 8
    at.write_bytes(spoilt)
    return at


def outcome(whole: Path, path: Path, bit: int, before) -> str:
    """What becomes of the records with that bit turned over."""
    flipped(whole, path, bit)
    if verify(path).faults:
        return "flagged" if opened(path) else "refused"
    return "; ".join(content(path).differences(before)) or "nothing that is read has changed"


def test_a_bit_that_turned_over_is_refused_or_flagged_or_changes_nothing_that_is_read(whole, tmp_path):
    before, chance, outcomes = content(whole), random.Random(SEED), Counter()
    for _ in range(FLIPS):
        outcomes[outcome(whole, tmp_path / "records.sqlite", chance.randrange(whole.stat().st_size * 8), before)] += 1
    assert set(outcomes) == {"refused", "flagged", "nothing that is read has changed"}, outcomes
    assert outcomes["refused"] + outcomes["flagged"] > FLIPS / 3, "the flips fell where nothing stands"


def places(whole: Path, said: bytes) -> list[int]:
    """Where a text stands in the file."""
    held, found, at = whole.read_bytes(), [], -1
    while (at := held.find(said, at + 1)) >= 0:
        found.append(at)
    return found


@pytest.mark.parametrize("said, as_what", [(b"ann-3 says 7", b"ann-3 says 8"), (b"key", b"kez"), (b"modifiers", b"modifierz"), (b'"earned":5000', b'"earned":9000'),
                                           (b'[{"reason"', b'[["reason"'), (b'"competency"', b'"kompetency"'), (b"Title of", b"Title if"), (b'{"answer"', b'{"answer\xff')])
def test_a_text_that_became_another_is_flagged_and_no_backup_is_made_of_it(whole, tmp_path, capsys, monkeypatch, said, as_what):
    path, folder = tmp_path / "records.sqlite", tmp_path / "backups"
    good, bad = folder / "clean-claim-20260101-010101.sqlite", folder / "clean-claim-20260201-010101.sqlite"
    flipped(whole, path, 0).write_bytes(whole.read_bytes())
    backup(path, good)
    spoilt = bytearray(whole.read_bytes())
    at = places(whole, said)[0]
    spoilt[at:at + len(said)] = as_what
    path.write_bytes(spoilt)
    bad.write_bytes(spoilt)
    assert verify(path).faults
    with pytest.raises(RecordsError, match="^No backup was made: the records at .* are damaged"):
        backup(path, tmp_path / "none.sqlite")
    with pytest.raises(RecordsError, match="^This is no good backup"):
        restore(bad, tmp_path / "restored.sqlite", at=9_000)
    assert not (tmp_path / "none.sqlite").exists() and not (tmp_path / "restored.sqlite").exists()
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("CLEAN_CLAIM_DB", str(path))
    for command in (["verify"], ["doctor"], ["verify", str(folder)], ["restore", str(bad), "--db", str(tmp_path / "restored.sqlite")]):
        assert main(command) == 1
        told = capsys.readouterr()
        assert f"The newest good backup in {folder} is {good.name}" in told.out + told.err and "Traceback" not in told.out + told.err, command
