"""The one way in which rules reach state: collections of plain data under a key.

Values are kept as JSON bytes, so a hundred thousand of them are nothing to the garbage collector, and no rule can keep a
reference to a stored object. An order is a derived index: it puts an object into a group and ranks it there. The same
interface fits a table with an index on (group, rank).
"""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from operator import itemgetter
from typing import Any

import orjson

Json = Any
Key = Any  # a string, an integer, or a tuple of these
Place = tuple[Key, Json] | None  # group and rank; None leaves the object out of the order
Order = Callable[[Key, Json], Place]
Snapshot = dict[Key, bytes]


class Collection:
    """Objects of one kind, found by key or walked through in one of the named orders."""

    def __init__(self, orders: Mapping[str, Order] | None = None) -> None:
        self._orders = dict(orders or {})
        self._objects: dict[Key, bytes] = {}
        self._groups: dict[str, defaultdict[Key, list[tuple[Json, Key]]]] = {name: defaultdict(list) for name in self._orders}
        self._snapshot: Snapshot | None = None

    def __len__(self) -> int:
        return len(self._objects)

    def __contains__(self, key: Key) -> bool:
        return key in self._objects

    def get(self, key: Key, default: Json = None) -> Json:
        """A copy of the object, or the default."""
        raw = self._objects.get(key)
        return default if raw is None else orjson.loads(raw)

    def raw(self, key: Key) -> bytes:
        """The object as it is kept: JSON that never changes under the reader."""
        return self._objects[key]

    def put(self, key: Key, value: Json) -> None:
        """Store the object under the key, in place of what was there."""
        self._unlist(key)
        self._objects[key] = bytes(memoryview(orjson.dumps(value)))  # a trimmed copy: orjson's buffer is four times as large
        self._snapshot = None
        for name, order in self._orders.items():
            place = order(key, value)
            if place is not None:
                group, rank = place
                ranked = self._groups[name][group]
                if not ranked or ranked[-1] < (rank, key):  # as new objects mostly do; nothing has to be searched then
                    ranked.append((rank, key))
                else:
                    insort(ranked, (rank, key))

    def remove(self, key: Key) -> None:
        """Forget the object; nothing happens if there is none."""
        self._unlist(key)
        if self._objects.pop(key, None) is not None:
            self._snapshot = None

    def _unlist(self, key: Key) -> None:
        raw = self._objects.get(key)
        if raw is None or not self._orders:
            return
        value = orjson.loads(raw)
        for name, order in self._orders.items():
            place = order(key, value)
            if place is not None:
                group, rank = place
                ranked = self._groups[name][group]
                del ranked[bisect_left(ranked, (rank, key))]
                if not ranked:
                    del self._groups[name][group]

    def ranked(self, order: str, group: Key, offset: int = 0, limit: int | None = None) -> list[tuple[Json, Key]]:
        """Ranks and keys of a group by rank, as they are now."""
        return self._groups[order].get(group, [])[offset : None if limit is None else offset + limit]

    def keys(self, order: str, group: Key, offset: int = 0, limit: int | None = None) -> Iterator[Key]:
        """Keys of a group by rank. The collection may be changed while they are walked through."""
        yield from [key for _, key in self.ranked(order, group, offset, limit)]

    def values(self, order: str, group: Key) -> Iterator[Json]:
        """Copies of the objects of a group by rank."""
        for key in self.keys(order, group):
            yield self.get(key)

    def since(self, order: str, group: Key, rank: Json) -> Iterator[Key]:
        """Keys of a group by rank, from this rank on; nothing before it is looked at."""
        ranked = self._groups[order].get(group, [])
        yield from [key for _, key in ranked[bisect_left(ranked, rank, key=itemgetter(0)) :]]

    def count(self, order: str, group: Key) -> int:
        """How many objects a group has."""
        return len(self._groups[order].get(group, ()))

    def first(self, order: str, group: Key) -> tuple[Json, Key] | None:
        """Rank and key of the first object of a group."""
        ranked = self._groups[order].get(group)
        return ranked[0] if ranked else None

    def snapshot(self) -> Snapshot:
        """All that is stored now. Taking it twice without a change in between costs nothing."""
        if self._snapshot is None:
            self._snapshot = dict(self._objects)
        return self._snapshot

    def restore(self, snapshot: Snapshot) -> None:
        """Be again what the snapshot saw."""
        if snapshot is self._snapshot:
            return
        self._objects = {}
        self._groups = {name: defaultdict(list) for name in self._orders}
        for key, raw in snapshot.items():
            self.put(key, orjson.loads(raw))
        self._snapshot = snapshot
