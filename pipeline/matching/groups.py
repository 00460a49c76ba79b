"""Disjoint sets."""

from __future__ import annotations


class DisjointSets:
    """Numbers 0 to `count` - 1 in sets that can be joined; the smallest member stands for its set."""

    def __init__(self, count: int) -> None:
        """Start with each number in a set of its own."""
        self._parent = list(range(count))

    def __len__(self) -> int:
        """How many numbers there are."""
        return len(self._parent)

    def root(self, member: int) -> int:
        """The smallest member of the set that holds `member`."""
        parent = self._parent
        while parent[member] != member:
            parent[member] = parent[parent[member]]
            member = parent[member]
        return member

    def join(self, one: int, two: int) -> None:
        """Make one set of those that hold the two."""
        low, high = sorted((self.root(one), self.root(two)))
        self._parent[high] = low
