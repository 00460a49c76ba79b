"""Which reports make one event.

Within each connected component of pairs, atoms are joined from the best pair to the worst, and two clusters become one only
if every pair across them is the same incident: a chain of near likenesses never pulls two incidents into one event. A report
that only recalls an incident joins the fresh cluster that it fits; it never brings two together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from pipeline.matching.arrays import ReportArrays
from pipeline.matching.atoms import find_atoms
from pipeline.matching.frames import Flags, Integers
from pipeline.matching.groups import DisjointSets
from pipeline.matching.pairs import DIFFERENT, HUMAN_DIFFERENT, HUMAN_SAME, SAME, PairArrays
from pipeline.matching.verdicts import Verdicts

Link = tuple[int, int]


@dataclass(frozen=True)
class _Edge:
    """What was found between two atoms: the best score, the reports it comes from, and the best outcome."""

    score: float
    reports: Link
    is_same: bool


def cluster_reports(arrays: ReportArrays, twins: Integers, pairs: PairArrays, verdicts: Verdicts) -> Integers:
    """For each report the smallest position in its cluster.

    Args:
        arrays: The reports.
        twins: Position of the report that each one is a copy of, or its own.
        pairs: The pairs that were compared.
        verdicts: What people said of pairs.
    """
    atoms = find_atoms(twins, verdicts)
    fresh = _fresh_atoms(atoms, twins, arrays.is_background)
    readings = _readings(arrays, atoms)
    clusters = atoms.copy()
    merged: dict[int, int] = {}
    for edges, parted in _components(atoms, pairs):
        component = _Component(edges, parted, readings)
        merged.update(component.cluster(fresh))
    if merged:
        table = np.arange(len(atoms))
        table[list(merged)] = list(merged.values())
        clusters = table[atoms]
    return _smallest(clusters)


def _smallest(clusters: Integers) -> Integers:
    """The smallest position of each cluster in place of its number."""
    smallest = np.full(len(clusters), len(clusters), dtype=np.int64)
    np.minimum.at(smallest, clusters, np.arange(len(clusters)))
    return smallest[clusters]


def _fresh_atoms(atoms: Integers, twins: Integers, is_background: Flags) -> Flags:
    """Whether an atom, by its smallest position, holds a report that newly tells the incident.

    A copy does not count: a reprint may take for recent what the first print only recalls.
    """
    fresh = np.zeros(len(atoms), dtype=bool)
    is_copy = (twins != np.arange(len(twins))) & (atoms == atoms[twins])
    fresh[atoms[~is_background & ~is_copy]] = True
    return fresh


def _readings(arrays: ReportArrays, atoms: Integers) -> dict[int, frozenset[Link]]:
    """Articles and coders of the reports of each atom that has several; a lone report's are found when asked for."""
    found: dict[int, set[Link]] = {}
    shared = np.bincount(atoms, minlength=1)[atoms] > 1 if len(atoms) else np.zeros(0, dtype=bool)
    for position in np.flatnonzero(shared).tolist():
        found.setdefault(int(atoms[position]), set()).add((int(arrays.article[position]), int(arrays.coder[position])))
    return _Readings(arrays, {atom: frozenset(readings) for atom, readings in found.items()})


class _Readings(dict[int, frozenset[Link]]):
    def __init__(self, arrays: ReportArrays, shared: Mapping[int, frozenset[Link]]) -> None:
        super().__init__(shared)
        self._arrays = arrays

    def __missing__(self, atom: int) -> frozenset[Link]:
        return frozenset({(int(self._arrays.article[atom]), int(self._arrays.coder[atom]))})


def _components(atoms: Integers, pairs: PairArrays) -> Iterator[tuple[dict[Link, _Edge], set[Link]]]:
    """The edges between the atoms of each connected component, and the pairs of atoms that a person told apart."""
    left, right = atoms[pairs.left], atoms[pairs.right]
    joins = ((pairs.outcome == SAME) | (pairs.outcome == HUMAN_SAME)) & (left != right)
    sets = DisjointSets(len(atoms))
    for one, two in zip(left[joins].tolist(), right[joins].tolist(), strict=True):
        sets.join(one, two)
    touched = np.zeros(len(atoms), dtype=bool)
    touched[left[joins]] = touched[right[joins]] = True
    inside = np.flatnonzero(touched[left] & touched[right] & (left != right))
    component = np.array([sets.root(atom) for atom in left[inside].tolist()], dtype=np.int64)
    other = np.array([sets.root(atom) for atom in right[inside].tolist()], dtype=np.int64)
    inside, component = inside[component == other], component[component == other]
    order = np.argsort(component, kind="stable")
    for group in np.split(order, np.flatnonzero(np.diff(component[order])) + 1):
        if len(group):
            yield _edges(atoms, pairs.chosen(inside[group]))


def _edges(atoms: Integers, pairs: PairArrays) -> tuple[dict[Link, _Edge], set[Link]]:
    edges: dict[Link, _Edge] = {}
    parted: set[Link] = set()
    rows = zip(pairs.left.tolist(), pairs.right.tolist(), pairs.score.tolist(), pairs.outcome.tolist(), strict=True)
    for left, right, score, outcome in rows:
        one, two = int(atoms[left]), int(atoms[right])
        link = (min(one, two), max(one, two))
        if outcome == HUMAN_DIFFERENT:
            parted.add(link)
        elif outcome != DIFFERENT:
            edge = _Edge(score, (left, right), outcome in (SAME, HUMAN_SAME))
            known = edges.get(link)
            if known is None or (edge.is_same, edge.score) > (known.is_same, known.score):
                edges[link] = edge
    return edges, parted


class _Component:
    """The atoms of one connected component, on their way to clusters."""

    def __init__(self, edges: Mapping[Link, _Edge], parted: set[Link], readings: Mapping[int, frozenset[Link]]) -> None:
        self._edges = edges
        self._parted = parted
        self._readings = readings
        self._members = {atom: [atom] for link in sorted(edges) for atom in link}
        self._cluster_of = {atom: atom for atom in self._members}

    def cluster(self, fresh: Flags) -> dict[int, int]:
        """The cluster of each atom, named by one of its atoms."""
        ranked = sorted(
            (link for link, edge in self._edges.items() if edge.is_same),
            key=lambda link: (-self._edges[link].score, self._edges[link].reports),
        )
        self._join_all(link for link in ranked if fresh[link[0]] and fresh[link[1]])
        self._attach(ranked, fresh)
        self._join_all(link for link in ranked if not fresh[link[0]] and not fresh[link[1]] and self._is_free(link, fresh))
        return self._cluster_of

    def _is_free(self, link: Link, fresh: Flags) -> bool:
        return not any(fresh[self._cluster_of[atom]] for atom in link)

    def _join_all(self, links: Iterable[Link]) -> None:
        for link in links:
            one, two = (self._cluster_of[atom] for atom in link)
            if one != two and all(self._fits(a, b) for a in self._members[one] for b in self._members[two]):
                self._join(one, two)

    def _attach(self, ranked: list[Link], fresh: Flags) -> None:
        """Put each background atom into the best fresh cluster that it fits.

        It must fit every fresh report there. Of another background report it must not differ: two recollections of one
        incident, each dated by its month alone, prove little about one another.
        """
        attached: set[int] = set()
        for link in ranked:
            if fresh[link[0]] == fresh[link[1]]:
                continue
            atom, target = (link[0], link[1]) if fresh[link[1]] else (link[1], link[0])
            cluster = self._cluster_of[target]
            if atom in attached:
                continue
            members = self._members[cluster]
            if all(self._fits(atom, member) if fresh[member] else self._may_fit(atom, member) for member in members):
                self._join(cluster, self._cluster_of[atom])
                attached.add(atom)

    def _join(self, kept: int, gone: int) -> None:
        for atom in self._members[gone]:
            self._cluster_of[atom] = kept
        self._members[kept] += self._members.pop(gone)

    def _fits(self, one: int, two: int) -> bool:
        edge = self._edges.get((min(one, two), max(one, two)))
        return edge is not None and edge.is_same and not self._is_apart(one, two)

    def _may_fit(self, one: int, two: int) -> bool:
        return (min(one, two), max(one, two)) in self._edges and not self._is_apart(one, two)

    def _is_apart(self, one: int, two: int) -> bool:
        """Whether a person told the two apart, or one coder made both of one article."""
        link = (min(one, two), max(one, two))
        return link in self._parted or not self._readings[one].isdisjoint(self._readings[two])
