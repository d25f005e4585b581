"""The audit of the packages: a known weakness fails it, and what nobody could be asked about is said aloud."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOUND = {"name": "sound", "version": "1.0", "vulns": []}
WEAK = {"name": "weak", "version": "2.0", "vulns": [{"id": "PYSEC-2026-1", "fix_versions": ["2.1"], "aliases": [], "description": ""}]}
UNKNOWN = {"name": "unknown", "skip_reason": "not found"}


def audited(*found: dict, answer: str = "", required: bool = False):
    env = {name: value for name, value in os.environ.items() if name != "REQUIRE_AUDIT"} | ({"REQUIRE_AUDIT": "1"} if required else {})
    return subprocess.run([sys.executable, ROOT / ".ci" / "audit.py"], input=answer or json.dumps({"dependencies": found, "fixes": []}), env=env, capture_output=True, text=True, timeout=60)


def test_sound_packages_pass_quietly():
    done = audited(SOUND, required=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "Audited: 1 packages, 0 known weaknesses.\n", "")


@pytest.mark.parametrize("beside", [(), (SOUND,), (UNKNOWN,)])
def test_a_known_weakness_fails_and_says_where_it_is_mended(beside):
    done = audited(WEAK, *beside)
    assert done.returncode == 1 and "A known weakness: weak 2.0: PYSEC-2026-1, mended in 2.1" in done.stderr


def test_what_the_index_does_not_know_is_named():
    done = audited(SOUND, UNKNOWN)
    assert done.returncode == 0 and "SKIPPED IN PART: the package index does not answer for 1 of 2 packages (unknown)" in done.stderr
    assert audited(SOUND, UNKNOWN, required=True).returncode == 1


@pytest.mark.parametrize("answer", [" ", "no JSON", "{}", "[]"])
def test_no_answer_is_no_pass_in_silence(answer):
    done = audited(answer=answer)
    assert done.returncode == 0 and done.stderr.startswith("AUDIT SKIPPED: ") and audited(answer=answer, required=True).returncode == 1


def test_continuous_integration_asks():
    assert "make --no-print-directory audit" in (ROOT / ".ci" / "run").read_text() and ".ci/audit.py" in (ROOT / "Makefile").read_text()
