"""A disk that is really full: what was acknowledged is there, reading goes on, and the same answer is taken once there is room."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ALONE = ["unshare", "--mount", *([] if os.getuid() == 0 else ["--map-root-user"])]


def allowed(folder: Path) -> bool:
    """Whether a small disk may be made here: by root, or by anybody where user namespaces are open to all."""
    if not shutil.which("unshare"):
        return False
    return subprocess.run([*ALONE, "mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)], capture_output=True).returncode == 0


def test_a_full_disk_loses_nothing_is_read_from_and_takes_the_answer_once_there_is_room(tmp_path):
    if not allowed(tmp_path):
        (pytest.fail if os.environ.get("REQUIRE_FULL_DISK") else pytest.skip)("No small disk may be mounted here: a really full one was not tried. It takes root, or user namespaces open to all.")
    done = subprocess.run([*ALONE, sys.executable, "-m", "tests.faults.full_disk", str(tmp_path)], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["stored"] > 20 and said["sentence"].startswith("Not saved: the disk that holds") and "is full or refuses to write. Free some space" in said["sentence"]
    assert said["read while full"] == said["stored"] and said["sums while full"] == [] and said["people while full"] == 1
    assert said["again"] and said["well"] == "" and said["steps"] == said["stored"] + 1 and said["faults"] == []
