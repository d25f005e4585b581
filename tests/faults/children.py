"""Child processes for the fault tests: forked, so that they start at once, and free to be killed or to lose their rights."""

import os
import pickle
import signal
import time
import traceback

import pytest

from records.migrations import migrations

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork, which these tests need")
NOBODY = 65534


def start_child(work) -> tuple[int, int]:
    """Runs `work(write)` in a child; gives the child's id and the end of the pipe that `write(bytes)` fills."""
    out, into = os.pipe()
    child = os.fork()
    if child:
        os.close(into)
        return child, out
    try:
        os.close(out)
        work(lambda said: os.write(into, said))
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(0)


def drain(out: int) -> bytes:
    """All that was written, once every writer is gone."""
    with os.fdopen(out, "rb") as pipe:
        return pipe.read()


def kill(child: int):
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def result_in_child(question):
    """What `question()` returns in a child of its own."""
    child, out = start_child(lambda write: write(pickle.dumps(question())))
    said = drain(out)
    os.waitpid(child, 0)
    assert said, "the child failed; its traceback is in the captured output"
    return pickle.loads(said)


def killed_in(step: str, work) -> bool:
    """Does `work` in a child and kills it in the middle of that migration: what the step does is done, and nothing is committed. False where it was never begun."""
    def announced(write):
        for one in migrations._migrations:
            if one.name == step:
                carry_out = one.fn
                one.fn = lambda db: (carry_out(db), write(b"in it"), time.sleep(60))
        work()
    child, out = start_child(announced)
    with os.fdopen(out, "rb") as pipe:
        said = pipe.read(5)
        kill(child)
    return said == b"in it"


def as_nobody():
    """Gives up root's power to ignore permissions; an ordinary user has none to give up."""
    if os.getuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
