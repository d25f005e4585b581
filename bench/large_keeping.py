"""What `verify`, `backup`, `restore` and `copy` take, each as the command that an operator types: seconds, memory, and the ratio to copying the file."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def command(*words) -> tuple[float, float, float]:
    """Seconds of one command of the app, those of a processor, and the most megabytes that it held; SystemExit where it fails."""
    begun, held, ended = time.perf_counter(), 0.0, 0
    run = subprocess.Popen([sys.executable, "-m", "app", *map(str, words)], cwd=ROOT, stdout=subprocess.DEVNULL)
    while not ended:
        held = max(held, most(run.pid))
        time.sleep(0.05)
        ended, status, used = os.wait4(run.pid, os.WNOHANG)
    run.returncode = os.waitstatus_to_exitcode(status)
    if run.returncode:
        raise SystemExit(f"`python -m app {words[0]}` failed.")
    return time.perf_counter() - begun, used.ru_utime + used.ru_stime, held


def most(process: int) -> float:
    """As the system counts it for that program alone: what a process is charged with at its end includes what its parent held."""
    try:
        told = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in told.splitlines() if line.startswith("VmHWM")), 0.0)


def floor(file: Path, folder: Path) -> float:
    """Seconds for a plain copy of the file, on the disk when it ends."""
    begun = time.perf_counter()
    copied = folder / "floor"
    shutil.copyfile(file, copied)
    with open(copied, "rb") as held:
        os.fsync(held.fileno())
    spent = time.perf_counter() - begun
    copied.unlink()
    return spent


def measure(where: Path | str, folder: Path, there: str = ""):
    """A line for each command, as it ends. there: the address of an empty PostgreSQL database, to copy to instead of to a file."""
    backup, restored = folder / "backup.sqlite", folder / "restored.sqlite"
    first = command("backup", backup, "--db", where)
    bare = floor(backup, folder)

    def told(name: str, found: tuple[float, float, float]) -> str:
        return f"{name}: {found[0]:.1f} s ({found[1]:.1f} s of a processor), {found[0] / bare:.1f} times that; at most {found[2]:,.0f} MB"
    yield f"{backup.stat().st_size / 1e9:.2f} GB copied as a file in {bare:.1f} s"
    yield told("backup", first)
    yield told("verify", command("verify", where))
    yield told("restore", command("restore", backup, "--db", restored, "--erasures-from", "none"))
    restored.unlink()
    yield told(f"copy to {'PostgreSQL' if there else 'a file'}", command("copy", "--db", backup, "--to", there or restored))
