"""How long a PostgreSQL server that says nothing is listened to: while it answers others it may work on, else the connection is given up."""

import socket
import struct
from contextlib import suppress
from time import monotonic

import psycopg
from psycopg.errors import OperationalError, _WaitTimeout
from psycopg_pool import ConnectionPool

LONGEST = 65.0                   # seconds for one statement, a little more than the server allows it
WOULD_IT_ENCRYPT = struct.pack("!ii", 8, 80877103)
"""The question that comes before a sign-in, answered with a byte: it takes up none of the server's connections, and a server that has none left answers too."""


class Listening(psycopg.Connection):
    """A connection that waits in silence for `silence` seconds, then tries whether the same address answers somebody else.

    Bytes that are taken and never answered, as by a proxy or a network that stalls, are noticed by no setting of TCP: whoever took them acknowledges them.
    """
    silence: float | None = None     # until it is set, as long as it takes
    longest: float | None = LONGEST  # None: what goes over all of the records
    said: int | None = None          # to the question with which it was last looked at

    def wait(self, gen, *args, **kwargs):
        if self.silence is None or kwargs.get("timeout") is not None:
            return super().wait(gen, *args, **kwargs)
        end = None if self.longest is None else monotonic() + self.longest
        while True:
            try:
                return super().wait(gen, *args, **{**kwargs, "timeout": self.silence})
            except _WaitTimeout:
                if (end is not None and monotonic() >= end) or not self._somebody_there():
                    self.pgconn.finish()
                    raise OperationalError(f"no answer within {self.silence:g} seconds") from None

    def _somebody_there(self) -> bool:
        """By a question and not by a sign-in, which a server that is merely busy may refuse for want of connections."""
        end = monotonic() + max(2, int(self.silence))
        try:
            with self._beside(end - monotonic()) as beside:
                beside.settimeout(max(0.1, end - monotonic()))
                beside.sendall(WOULD_IT_ENCRYPT)
                return bool(beside.recv(1))
        except (OSError, psycopg.Error):
            return False

    def _beside(self, seconds: float) -> socket.socket:
        """The same address, reached once more: a folder's socket, or a host and its port."""
        host, port = self.info.hostaddr or self.info.host, self.info.port
        if not host.startswith("/"):
            return socket.create_connection((host, port), timeout=seconds)
        beside = socket.socket(socket.AF_UNIX)
        try:
            beside.settimeout(seconds)
            beside.connect(f"{host}/.s.PGSQL.{port}")
        except OSError:
            beside.close()
            raise
        return beside


def look(connection: Listening, question: str) -> None:
    """Whether a connection of the pool still answers; the first figure of what it says is kept. Where it says nothing, nobody is asked beside it: another one is made."""
    connection.longest = 0
    try:
        connection.autocommit = True
        connection.said = (connection.execute(question).fetchone() or [None])[0] if question else ConnectionPool.check_connection(connection)
    finally:
        with suppress(psycopg.Error):    # it is gone already where it did not answer
            connection.autocommit = False
        connection.longest = LONGEST
