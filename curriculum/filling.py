"""Items placed into domains with a number of places each: as many as can be, and never a later item in the stead of an earlier one."""

from collections.abc import Iterable, Mapping


class Filling:
    """Offered one by one, in order of preference, an item is taken whenever all items taken so far can still have a place.

    Items that serve several domains are moved to make room, so that the order alone decides who is in (a transversal matroid: taking
    greedily is best). A group of full domains whose items cannot be moved out of it stays closed and is not searched again.
    """

    def __init__(self, wanted: Mapping[str, int]):
        self.room = dict(wanted)
        self.held: dict[str, list[str]] = {domain: [] for domain in wanted}
        self._serves: dict[str, tuple[str, ...]] = {}
        self._closed = {domain for domain, many in wanted.items() if not many}

    @property
    def full(self) -> bool:
        return len(self._closed) == len(self.room) or not any(self.room.values())

    def place(self, item: str, domains: Iterable[str]) -> bool:
        """Takes the item if there is a place for it, moving others where that makes one."""
        serves = tuple(domain for domain in domains if domain in self.room)
        came: dict[str, tuple[str, str | None]] = {domain: (item, None) for domain in serves if domain not in self._closed}
        queue = list(came)
        for domain in queue:
            if self.room[domain] > 0:
                self._serves[item] = serves
                self._move(domain, came)
                return True
            for other in self.held[domain]:
                for further in self._serves[other]:
                    if further not in came and further not in self._closed:
                        came[further] = (other, domain)
                        queue.append(further)
        self._closed.update(came)
        return False

    def _move(self, domain: str, came: dict[str, tuple[str, str | None]]) -> None:
        """Follows the way back: each item on it goes one domain on, and the new one in."""
        self.room[domain] -= 1
        while True:
            item, source = came[domain]
            self.held[domain].append(item)
            if source is None:
                return
            self.held[source].remove(item)
            domain = source
