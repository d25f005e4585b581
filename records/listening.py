"""How long a PostgreSQL server that says nothing is listened to: while it takes others in it may work on, else the connection is given up."""

from contextlib import suppress
from time import monotonic

import psycopg
from psycopg.errors import OperationalError, _WaitTimeout
from psycopg_pool import ConnectionPool

LONGEST = 65.0                   # seconds for one statement, a little more than the server allows it


class Listening(psycopg.Connection):
    """A connection that waits in silence for `silence` seconds, then tries whether the same address takes in another one.

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
        try:
            psycopg.connect(self.info.dsn, password=self.info.password or None, connect_timeout=max(2, int(self.silence))).close()
        except psycopg.Error:
            return False
        return True


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
