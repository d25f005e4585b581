"""A power cut leaves only what was synced, and a disk may refuse to sync: neither costs an answer that was acknowledged."""

import json
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from records import Records, verify
from tests.faults.test_kill import lost
from tests.records import made

ROOT = Path(__file__).resolve().parents[2]
COMPILER = shutil.which("cc") or shutil.which("gcc")
CUTS = int(os.environ.get("CUTS", 12))


@pytest.fixture(scope="module")
def disk(tmp_path_factory):
    if not (COMPILER and sys.platform == "linux"):
        (pytest.fail if os.environ.get("REQUIRE_COMPILER") else pytest.skip)("A C compiler on Linux makes the disk that fails: apt-get install gcc libc6-dev")
    library = tmp_path_factory.mktemp("disk") / "disk.so"
    subprocess.run([COMPILER, "-shared", "-fPIC", "-O2", "-o", str(library), str(Path(__file__).with_name("disk.c")), "-ldl"], check=True)
    return library


@pytest.fixture
def path(tmp_path):
    with Records.open(tmp_path / "records.sqlite") as records:
        records.add_profile(made.profile())
    return tmp_path / "records.sqlite"


def answer(disk: Path, path: Path, name: str, seconds: float, synchronous: str = "FULL", after: int = 0, lines: int = 1, **settings: str) -> list[dict]:
    """What a process acknowledged, or had refused, before it was killed: so many seconds after it had said so many lines, or had ended."""
    child = subprocess.Popen([sys.executable, "-m", "tests.faults.answering", str(path), name, synchronous, str(after)], cwd=ROOT, stdout=subprocess.PIPE, text=True,
                             env={**os.environ, **settings, "LD_PRELOAD": str(disk)})
    said = [child.stdout.readline() for _ in range(lines)]      # it takes a while to start; what is timed begins here
    time.sleep(seconds)
    child.kill()
    said += child.stdout.readlines()
    child.wait()
    return [json.loads(line) for line in said if line.endswith("\n")]


def after_a_power_cut(disk: Path, path: Path, folder: Path, name: str, seconds: float, synchronous: str, lines: int = 1) -> list[dict]:
    """Answers, loses the power, and puts what had been synced in the place of the files."""
    synced = folder / f"synced-{name}"
    synced.mkdir()
    for file in path.parent.glob("records.sqlite*"):
        shutil.copy(file, synced)
    said = answer(disk, path, name, seconds, synchronous, lines=lines, SYNCED=str(synced))
    for file in path.parent.glob("records.sqlite*"):
        file.unlink()
    for file in synced.glob("records.sqlite*"):
        if file.suffix not in (".making",) and not file.name.endswith(("-shm", ".lock")):
            shutil.copy(file, path.parent)
    return said


def test_a_power_cut_loses_nothing_acknowledged(disk, path, tmp_path_factory):
    chance, folder, acknowledged = random.Random(20261128), tmp_path_factory.mktemp("cuts"), []
    for number in range(CUTS):
        acknowledged += after_a_power_cut(disk, path, folder, f"life{number}", chance.uniform(0.1, 0.5), "FULL")
        assert verify(path).faults == ()
        with Records.open(path) as records:
            assert lost(records, acknowledged) == []
    assert len(acknowledged) > 50, "the power went before enough was answered to mean anything"


def test_the_power_cut_is_one_that_would_be_noticed(disk, path, tmp_path_factory):
    """With synchronous=NORMAL the same cut costs answers: the test above can fail."""
    folder = tmp_path_factory.mktemp("cuts")
    acknowledged = [said for number in range(2) for said in after_a_power_cut(disk, path, folder, f"normal{number}", 0, "NORMAL", lines=30)]
    with Records.open(path) as records:
        if not records.profile("ann"):
            return       # even the learner was lost
        assert len(lost(records, acknowledged)) > 10


@pytest.mark.parametrize("nth", [3, 4, 7, 12, 25])
def test_a_disk_that_refuses_to_sync_acknowledges_nothing_more(disk, path, nth):
    said = answer(disk, path, f"nth{nth}", 0, lines=nth + 20, SYNC_FAILS_AT=str(nth))
    acknowledged, refused = [one for one in said if "answer" in one], [one["refused"] for one in said if "refused" in one]
    assert refused and refused[0].startswith(("Not saved", "The records cannot be opened")) and "disk" in refused[0]
    with Records.open(path) as records:
        assert lost(records, acknowledged) == [] and records.projections_equal_fold() == []


AFTER = 15


@pytest.mark.parametrize("nth", [14, 21, 40])
def test_one_sync_that_failed_is_remembered_until_the_app_is_started_again(disk, path, nth):
    said = answer(disk, path, f"once{nth}", 0, after=AFTER, lines=nth + AFTER + 20, SYNC_FAILS_ONLY=str(nth))
    first = next(at for at, one in enumerate(said) if "refused" in one)
    refused = said[first:]
    assert first > 3 and len(refused) == AFTER + 1 and all("refused" in one for one in refused), "nothing is acknowledged after it"
    assert all("until whoever runs the app has looked at the disk and started the app again" in one["refused"] for one in refused)
    assert {one["well"] for one in refused} == {"disk-failed"}, "whoever asks after its health is told"
    assert all(one["read"] for one in refused), "reading goes on"
    again = answer(disk, path, f"again{nth}", 0, lines=5)
    assert any("answer" in one for one in again), "once it has been started again, answers are taken"
    with Records.open(path) as records:
        assert lost(records, [one for one in [*said, *again] if "answer" in one]) == [] and records.projections_equal_fold() == []
    assert verify(path).faults == ()


def test_a_sync_that_failed_as_the_log_was_carried_over_is_remembered_too(disk, path):
    """What was committed is safe in the log; what comes after is not taken."""
    monkey = subprocess.run([sys.executable, "-c", CARRYING, str(path)], cwd=ROOT, capture_output=True, text=True, env={**os.environ, "LD_PRELOAD": str(disk), "SYNC_FAILS_ONLY": "12"})
    assert monkey.returncode == 0, monkey.stderr


CARRYING = """
import sys
from records import NotSaved, Records, sqlite
from tests.records import made
sqlite.CHECKPOINT = 0          # after every change: a sync of the log, one of the file
with Records.open(sys.argv[1]) as records:
    stored = 0
    try:
        records.start(made.attempt())
        for number in range(50):
            records.append(made.step(slot=f"q{number}"), made.grading(slot=f"q{number}"))
            stored += 1
    except NotSaved as refused:
        assert "started the app again" in str(refused), refused
    assert 0 < stored < 50 and len(records.attempt("a1").steps) == stored, stored
"""
