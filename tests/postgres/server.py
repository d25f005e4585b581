"""A PostgreSQL server of the tests' own: in a folder that goes with them, as an unprivileged user, on loopback; it can be stopped, killed and started again."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

BINARIES = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)
HERE = "127.0.0.1"


def installed() -> bool:
    return BINARIES is not None and (BINARIES / "initdb").exists()


class Server:
    """`url(database)` is where a database of it is; made and begun by `running()`."""

    def __init__(self, durable: bool):
        self.folder = Path(tempfile.mkdtemp(prefix="postgres-"))
        self.data, self.durable = self.folder / "data", durable
        with socket.socket() as free:
            free.bind((HERE, 0))
            self.port = free.getsockname()[1]
        if self.user:
            os.chown(self.folder, self.user.pw_uid, self.user.pw_gid)
        self.call("initdb", "-D", str(self.data), "-U", "trainer", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")

    @cached_property
    def user(self):
        """Whom the server runs as where the tests run as root, which PostgreSQL refuses."""
        return pwd.getpwnam("postgres") if os.getuid() == 0 else None

    def call(self, name: str, *arguments: str):
        become = {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []} if self.user else {}
        done = subprocess.run([str(BINARIES / name), *arguments], cwd=self.folder, capture_output=True, text=True, timeout=60, **become)
        assert done.returncode == 0, done.stdout + done.stderr

    def start(self):
        settings = {"port": self.port, "listen_addresses": HERE, "unix_socket_directories": self.folder, "max_connections": 120, "shared_buffers": "32MB", "fsync": "on" if self.durable else "off",
                    "synchronous_commit": "on" if self.durable else "off", "log_min_messages": "panic", "client_encoding": "UTF8"}
        self.call("pg_ctl", "-D", str(self.data), "-w", "-t", "30", "-l", str(self.folder / "log"), "-o", " ".join(f"-c {name}={value}" for name, value in settings.items()), "start")

    def stop(self, mode: str = "fast"):
        self.call("pg_ctl", "-D", str(self.data), "-w", "-m", mode, "stop")

    def kill(self):
        """As a machine that loses its power: the postmaster and every one of its processes at once."""
        leader = int((self.data / "postmaster.pid").read_text().split()[0])
        family = [int(line) for line in subprocess.run(["pgrep", "-P", str(leader)], capture_output=True, text=True).stdout.split()]
        for process in (leader, *family):
            with _gone():
                os.kill(process, signal.SIGKILL)
        deadline = time.monotonic() + 10
        while any(Path(f"/proc/{process}").exists() and "Z" not in Path(f"/proc/{process}/stat").read_text().split(") ")[1][:1] for process in (leader, *family)) and time.monotonic() < deadline:
            time.sleep(0.02)

    def make(self, database: str) -> str:
        self.call("createdb", "-h", HERE, "-p", str(self.port), "-U", "trainer", database)
        return self.url(database)

    def url(self, database: str) -> str:
        return f"postgresql://trainer@{HERE}:{self.port}/{database}"


@contextmanager
def _gone():
    try:
        yield
    except (ProcessLookupError, FileNotFoundError):
        pass


@contextmanager
def running(durable: bool = False):
    """A server while the block lasts; `durable` keeps to what it acknowledged through a power cut, as a real one does."""
    server = Server(durable)
    server.start()
    try:
        yield server
    finally:
        with _gone():
            try:
                server.stop("immediate")
            except AssertionError:
                pass         # it was killed, which is what some tests are about
        shutil.rmtree(server.folder, ignore_errors=True)
