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
pytestmark = pytest.mark.skipif(not (COMPILER and sys.platform == "linux"), reason="a C compiler on Linux makes the disk that fails: apt-get install gcc libc6-dev")
CUTS = 5


@pytest.fixture(scope="module")
def disk(tmp_path_factory):
    library = tmp_path_factory.mktemp("disk") / "disk.so"
    subprocess.run([COMPILER, "-shared", "-fPIC", "-O2", "-o", str(library), str(Path(__file__).with_name("disk.c")), "-ldl"], check=True)
    return library


@pytest.fixture
def path(tmp_path):
    with Records.open(tmp_path / "records.sqlite") as records:
        records.add_profile(made.profile())
    return tmp_path / "records.sqlite"


def answer(disk: Path, path: Path, name: str, seconds: float, synchronous: str = "FULL", **settings: str) -> list[dict]:
    """What a process acknowledged before it was killed."""
    child = subprocess.Popen([sys.executable, "-m", "tests.faults.answering", str(path), name, synchronous], cwd=ROOT, stdout=subprocess.PIPE, text=True,
                             env={**os.environ, **settings, "LD_PRELOAD": str(disk)})
    first = child.stdout.readline()      # it takes a while to start; what is timed begins here
    time.sleep(seconds)
    child.kill()
    said = [first, *child.stdout.readlines()]
    child.wait()
    return [json.loads(line) for line in said if line.endswith("\n")]


def after_a_power_cut(disk: Path, path: Path, folder: Path, name: str, seconds: float, synchronous: str) -> list[dict]:
    """Answers, loses the power, and puts what had been synced in the place of the files."""
    synced = folder / f"synced-{name}"
    synced.mkdir()
    for file in path.parent.glob("records.sqlite*"):
        shutil.copy(file, synced)
    said = answer(disk, path, name, seconds, synchronous, SYNCED=str(synced))
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
    acknowledged = [said for number in range(2) for said in after_a_power_cut(disk, path, folder, f"normal{number}", 0.4, "NORMAL")]
    with Records.open(path) as records:
        if not records.profile("ann"):
            return       # even the learner was lost
        assert len(lost(records, acknowledged)) > 10


@pytest.mark.parametrize("nth", [3, 4, 7, 12, 25])
def test_a_disk_that_refuses_to_sync_acknowledges_nothing_more(disk, path, nth):
    said = answer(disk, path, f"nth{nth}", 2.0, SYNC_FAILS_AT=str(nth))
    acknowledged, refused = [one for one in said if "answer" in one], [one["refused"] for one in said if "refused" in one]
    assert refused and refused[0].startswith(("Not saved", "The records cannot be opened")) and "disk" in refused[0]
    with Records.open(path) as records:
        assert lost(records, acknowledged) == [] and records.projections_equal_fold() == []
