"""What is shipped for systemd holds: systemd itself finds nothing wrong, every command exists, little may be written, and no file has a secret in it."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.__main__ import main

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted(path.name for path in DEPLOY.glob("clean-claim*.*") if path.suffix in (".service", ".timer"))
SERVICES = [name for name in UNITS if name.endswith(".service")]
HARDENED = ("NoNewPrivileges=yes", "ProtectSystem=strict", "ProtectHome=yes", "PrivateTmp=yes", "PrivateDevices=yes", "CapabilityBoundingSet=", "UMask=0077", "SystemCallFilter=@system-service",
            "RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX", "ProtectKernelModules=yes", "ProtectControlGroups=yes", "RestrictSUIDSGID=yes", "LockPersonality=yes", "User=clean-claim",
            "StateDirectoryMode=0700", "EnvironmentFile=/etc/clean-claim/environment", "LimitCORE=0")


def settings(name: str) -> list[str]:
    return [line for line in (DEPLOY / name).read_text().splitlines() if line and not line.startswith(("#", "["))]


@pytest.fixture
def analyse(tmp_path):
    """systemd-analyze on the units, as they would be on a machine where Clean Claim is installed."""
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze is not installed: the units were not verified. apt-get install systemd")
    for name in UNITS:
        (tmp_path / name).write_text((DEPLOY / name).read_text().replace("/opt/clean-claim/.venv/bin/python", sys.executable).replace("/opt/clean-claim", str(ROOT)))
    return lambda *given: subprocess.run(["systemd-analyze", *given], cwd=tmp_path, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize("name", UNITS)
def test_systemd_finds_nothing_wrong(analyse, name):
    done = analyse("verify", "--man=no", f"./{name}")
    assert (done.returncode, [line for line in done.stderr.splitlines() if "clean-claim" in line]) == (0, []), done.stderr


@pytest.mark.parametrize("name", SERVICES)
def test_systemd_calls_the_exposure_low(analyse, name):
    done = analyse("security", "--offline=true", f"./{name}")
    if "unrecognized option" in done.stderr:
        pytest.skip("this systemd cannot judge a unit that is not loaded")
    assert float(re.search(r"Overall exposure level for \S+: ([\d.]+)", done.stdout)[1]) < 2.0, done.stdout


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_may_do_little(name):
    assert [setting for setting in HARDENED if setting not in settings(name)] == []


@pytest.mark.parametrize("name", SERVICES)
def test_what_a_unit_starts_exists(name, capsys):
    for command in [line.split(" -m app ")[1].split() for line in settings(name) if line.startswith("ExecStart=")]:
        with pytest.raises(SystemExit) as ended:
            main([*command, "--help"])
        said = capsys.readouterr().out
        assert ended.value.code == 0 and all(option in said for option in command if option.startswith("--"))


def test_the_one_and_the_several_differ_in_what_they_start_alone():
    one, several = (set(settings(name)) for name in ("clean-claim.service", "clean-claim-replicas.service"))
    assert {line.split("=")[0] for line in one ^ several} == {"Description", "Conflicts", "ExecStart", "ExecReload", "TimeoutStopSec"}


def test_no_log_is_turned_over_by_us():
    assert not [line for name in SERVICES for line in settings(name) if line.startswith(("StandardOutput", "StandardError", "LogsDirectory"))], "the journal keeps and turns over what is logged"


class TestEnvironment:
    LINES = [line for line in (DEPLOY / "environment.example").read_text().splitlines() if line]
    GIVEN = dict(re.fullmatch(r"#?([A-Z_]+)=(.*)", line).groups() for line in LINES if re.fullmatch(r"#?([A-Z_]+)=(.*)", line))

    def test_every_line_is_a_setting_or_a_remark(self):
        assert [line for line in self.LINES if not re.fullmatch(r"# .*|#?[A-Z_]+=\S*", line)] == []

    def test_no_secret_stands_in_it(self):
        assert [name for name, value in self.GIVEN.items() if value and re.search("SECRET|TOKEN|_CLIENT|PASSWORD", name)] == [] and not re.search(r"://[^/\s]+:[^/\s]+@", "\n".join(self.LINES))

    @pytest.mark.parametrize("name", GIVEN)
    def test_every_setting_is_one_that_is_read_and_explained(self, name):
        read = "".join(path.read_text() for path in (ROOT / "app").rglob("*.py")) + (ROOT / "Makefile").read_text()
        short = name.removeprefix("CLEAN_CLAIM_")
        explained = (ROOT / "docs" / "operating.md").read_text()
        assert name in read or f'"{short}"' in read
        assert name in explained or f"`_{short.rpartition('_')[2]}`" in explained

    def test_as_it_is_it_does_not_start(self):
        from app.team import complaints
        said = complaints({name: value for name, value in self.GIVEN.items() if value}, True)
        assert len(said) == 1 and said[0].startswith("CLEAN_CLAIM_COOKIE_SECRET is missing")
