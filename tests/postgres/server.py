"""A PostgreSQL server of the tests' own: in a folder that goes with them, as an unprivileged user, on loopback; it can be stopped, killed and started again."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager, suppress
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

    @property
    def become(self) -> dict:
        return {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []} if self.user else {}

    def call(self, name: str, *arguments: str):
        done = subprocess.run([str(BINARIES / name), *arguments], cwd=self.folder, capture_output=True, text=True, timeout=60, **self.become)
        assert done.returncode == 0, done.stdout + done.stderr

    def start(self):
        settings = {"port": self.port, "listen_addresses": HERE, "unix_socket_directories": self.folder, "max_connections": 120, "shared_buffers": "32MB", "fsync": "on" if self.durable else "off",
                    "synchronous_commit": "on" if self.durable else "off", "log_min_messages": "panic", "client_encoding": "UTF8"}
        arguments = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        # A child of ours and not pg_ctl's, so that once it is killed it is gone: a process that nobody waits for still holds its number.
        self.leader = subprocess.Popen([str(BINARIES / "postgres"), "-D", str(self.data), *arguments], cwd=self.folder, stdout=subprocess.DEVNULL,
                                       stderr=open(self.folder / "log", "a"), start_new_session=True, **self.become)
        deadline = time.monotonic() + 60
        while subprocess.run([str(BINARIES / "pg_isready"), "-q", "-h", HERE, "-p", str(self.port)]).returncode:
            assert self.leader.poll() is None and time.monotonic() < deadline, (self.folder / "log").read_text()
            time.sleep(0.05)

    def stop(self, mode: signal.Signals = signal.SIGQUIT):
        """At once, as when an operator stops it; SIGTERM would wait for every connection to end."""
        self.leader.send_signal(mode)
        self.leader.wait(timeout=30)

    def kill(self):
        """As a machine that loses its power: the leading process and every one of its children, none of which may notice."""
        self.leader.send_signal(signal.SIGSTOP)  # so that it makes no more children meanwhile
        family = [int(line) for line in subprocess.run(["ps", "--ppid", str(self.leader.pid), "-o", "pid="], capture_output=True, text=True).stdout.split()]
        for process in family:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        self.leader.kill()
        self.leader.wait(timeout=30)
        deadline = time.monotonic() + 20
        while any(map(_alive, family)) and time.monotonic() < deadline:
            time.sleep(0.02)

    def make(self, database: str) -> str:
        self.call("createdb", "-h", HERE, "-p", str(self.port), "-U", "trainer", database)
        return self.url(database)

    def url(self, database: str) -> str:
        return f"postgresql://trainer@{HERE}:{self.port}/{database}"


def _alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


@contextmanager
def running(durable: bool = False):
    """A server while the block lasts; `durable` keeps to what it acknowledged through a power cut, as a real one does."""
    server = Server(durable)
    server.start()
    try:
        yield server
    finally:
        if server.leader.poll() is None:
            server.stop()
        shutil.rmtree(server.folder, ignore_errors=True)
