"""What a process and all that it started have used, as Linux tells it."""

import os
from dataclasses import dataclass
from pathlib import Path

TICK, PAGE = os.sysconf("SC_CLK_TCK"), os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Processes:
    """A process with its children and theirs. among: only those whose command's name begins so; all where nothing is said."""
    root: int
    among: str = ""

    def cpu(self) -> float:
        """Seconds of processor time, user and system, that those which live have used."""
        return sum((int(told[11]) + int(told[12])) / TICK for told in self._told())

    def resident(self) -> int:
        """Bytes of memory; what several share is counted at each."""
        return sum(int(told[21]) * PAGE for told in self._told())

    def _told(self) -> list[list[str]]:
        """The fields of each after its name, the state first."""
        family, found = {self.root}, {}
        for path in Path("/proc").glob("[0-9]*/stat"):
            try:
                name, _, rest = path.read_text().partition("(")[2].rpartition(")")
            except OSError:
                continue
            found[int(path.parent.name)] = name, rest.split()
        grown = True
        while grown:
            more = {pid for pid, (_, told) in found.items() if int(told[1]) in family} - family
            family |= more
            grown = bool(more)
        return [found[pid][1] for pid in family if pid in found and found[pid][0].startswith(self.among)]
