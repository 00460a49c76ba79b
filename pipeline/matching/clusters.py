"""Which reports make one event.

Atoms, which are reports that cannot be parted, are joined by average linkage: two clusters become one if every pair across them
may be one incident and their scores are on average that of one. So a chain of near likenesses never pulls two incidents into one
event, and one odd report does not part what all others join. A report that only recalls an incident joins the fresh cluster that
it fits; it never brings two together. Nor does a report without coordinates: it joins the one cluster that it clearly fits best.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from pipeline.matching.arrays import ReportArrays
from pipeline.matching.atoms import find_atoms
from pipeline.matching.comparison import SCALE
from pipeline.matching.frames import Flags, Integers
from pipeline.matching.linkage import Links, gather, link_by_average
from pipeline.matching.pairs import COPY, HUMAN_DIFFERENT, HUMAN_SAME, PairArrays
from pipeline.matching.verdicts import Verdicts

Link = tuple[int, int]

CLEARLY: Final = SCALE
"""By how much, in thousandths of log odds, a report without coordinates must fit one cluster better than any other."""


def cluster_reports(arrays: ReportArrays, twins: Integers, pairs: PairArrays, verdicts: Verdicts, least: int) -> Integers:
    """For each report the smallest position in its cluster.

    Args:
        arrays: The reports.
        twins: Position of the report that each one is a copy of, or its own.
        pairs: The pairs that were compared.
        verdicts: What people said of pairs.
        least: Least average score at which two clusters are one incident.
    """
    atoms = find_atoms(twins, verdicts)
    edges = _edges(arrays, atoms, pairs)
    placed = np.zeros(len(atoms), dtype=bool)
    placed[atoms[arrays.placed]] = True
    fresh = _fresh_atoms(atoms, twins, arrays.is_background) & placed
    alone = np.ones(len(atoms), dtype=np.int64)
    both = fresh[edges.one] & fresh[edges.two]
    clusters = link_by_average(edges.chosen(both), alone, least)
    if not (fresh | ~placed)[atoms].all():
        attached = _attach(edges.chosen(placed[edges.one] & placed[edges.two]), clusters, fresh, least)
        clusters[list(attached)] = list(attached.values())
        free = ~fresh & placed
        free[list(attached)] = False
        recalled = link_by_average(edges.chosen(free[edges.one] & free[edges.two]), alone, least)
        clusters[free] = recalled[free]
    if not arrays.placed.all():
        joined = _join_unplaced(edges, clusters, placed, least, _readings(arrays, atoms))
        clusters[list(joined)] = list(joined.values())
    return _smallest(clusters[atoms])


def _smallest(clusters: Integers) -> Integers:
    """The smallest position of each cluster in place of its number."""
    smallest = np.full(len(clusters), len(clusters), dtype=np.int64)
    np.minimum.at(smallest, clusters, np.arange(len(clusters)))
    found: Integers = smallest[clusters]
    return found


def _fresh_atoms(atoms: Integers, twins: Integers, is_background: Flags) -> Flags:
    """Whether an atom, by its smallest position, holds a report that newly tells the incident.

    A copy does not count: a reprint may take for recent what the first print only recalls.
    """
    fresh = np.zeros(len(atoms), dtype=bool)
    is_copy = (twins != np.arange(len(twins))) & (atoms == atoms[twins])
    fresh[atoms[~is_background & ~is_copy]] = True
    return fresh


def _edges(arrays: ReportArrays, atoms: Integers, pairs: PairArrays) -> Links:
    """The pairs of atoms that may be one incident, each with the best score of its pairs of reports.

    Left out are atoms that a person told apart, and those that one coder made of one article.
    """
    one, two = atoms[pairs.left], atoms[pairs.right]
    size = len(atoms)
    keys = np.minimum(one, two) * size + np.maximum(one, two)
    parted = np.unique(keys[pairs.outcome == HUMAN_DIFFERENT])
    used = np.flatnonzero((one != two) & (pairs.levels != COPY) & ~np.isin(keys, parted))
    score = pairs.score[used].astype(np.int64)
    # What a person joined, but could not be put into one atom, is as good as a copy.
    score[pairs.outcome[used] == HUMAN_SAME] = np.abs(score[pairs.outcome[used] == HUMAN_SAME])
    order = np.lexsort((-score, keys[used]))
    keys, score = keys[used][order], score[order]
    first = np.diff(keys, prepend=-1) != 0
    found = Links(keys[first] // size, keys[first] % size, score[first], np.ones(int(first.sum()), dtype=np.int64))
    return found.chosen(~_told_apart(found, arrays, atoms))


def _told_apart(links: Links, arrays: ReportArrays, atoms: Integers) -> Flags:
    """Whether one coder made both atoms of one article; lone reports of this kind were never compared."""
    shared = np.bincount(atoms, minlength=1) > 1
    readings: dict[int, set[Link]] = {}
    for position in np.flatnonzero(shared[atoms]).tolist():
        reading = (int(arrays.article[position]), int(arrays.coder[position]))
        readings.setdefault(int(atoms[position]), set()).add(reading)

    def of(atom: int) -> set[Link]:
        return readings.get(atom) or {(int(arrays.article[atom]), int(arrays.coder[atom]))}

    apart = np.zeros(len(links.one), dtype=bool)
    for at in np.flatnonzero(shared[links.one] | shared[links.two]).tolist():
        apart[at] = not of(int(links.one[at])).isdisjoint(of(int(links.two[at])))
    return apart


@dataclass(frozen=True)
class _Offer:
    """A cluster that fits an atom of those that bring no two clusters together."""

    average: float
    atom: int
    cluster: int


def _offers(edges: Links, clusters: Integers, hosts: Flags, least: int) -> list[_Offer]:
    """For atoms that are no hosts the clusters whose hosts may all be one incident with them, and are on average; best first."""
    sizes = np.bincount(clusters[hosts], minlength=len(clusters))
    mixed = hosts[edges.one] != hosts[edges.two]
    guest = np.where(hosts[edges.one], edges.two, edges.one)[mixed]
    target = clusters[np.where(hosts[edges.one], edges.one, edges.two)[mixed]]
    met = gather(guest, target + len(clusters), edges.total[mixed], edges.count[mixed], 2 * len(clusters))
    met = met.chosen((met.count == sizes[met.two - len(clusters)]) & (met.total >= least * met.count))
    rows = zip((met.total / met.count).tolist(), met.one.tolist(), (met.two - len(clusters)).tolist(), strict=True)
    return sorted((_Offer(*row) for row in rows), key=lambda offer: (-offer.average, offer.atom, offer.cluster))


def _readings(arrays: ReportArrays, atoms: Integers) -> dict[int, set[Link]]:
    """By atom the articles of its reports, each with its coder."""
    found: dict[int, set[Link]] = {}
    for atom, article, coder in zip(atoms.tolist(), arrays.article.tolist(), arrays.coder.tolist(), strict=True):
        found.setdefault(atom, set()).add((article, coder))
    return found


def _join_unplaced(
    edges: Links, clusters: Integers, placed: Flags, least: int, readings: Mapping[int, set[Link]]
) -> dict[int, int]:
    """The cluster of each atom without coordinates that clearly fits one better than all others.

    A country holds many places: where two incidents would do, the report waits. No cluster takes two atoms that one coder made of
    one article.
    """
    offers = _offers(edges, clusters, placed, least)
    best: dict[int, float] = {}
    rivals: dict[int, float] = {}
    for offer in offers:
        if offer.atom in best:
            rivals.setdefault(offer.atom, offer.average)
        best.setdefault(offer.atom, offer.average)
    within: dict[int, set[Link]] = {offer.cluster: set() for offer in offers}
    for atom in readings:
        if placed[atom] and int(clusters[atom]) in within:
            within[int(clusters[atom])] |= readings[atom]
    joined: dict[int, int] = {}
    for offer in offers:
        is_clear = offer.average == best[offer.atom] >= rivals.get(offer.atom, -math.inf) + CLEARLY
        if is_clear and within[offer.cluster].isdisjoint(readings[offer.atom]):
            joined[offer.atom] = offer.cluster
            within[offer.cluster] |= readings[offer.atom]
    return joined


def _attach(edges: Links, clusters: Integers, fresh: Flags, least: int) -> dict[int, int]:
    """The best fresh cluster of each background atom that has one.

    It must be able to be one incident with every fresh report there, and be so on average. Of another background report it must
    not differ: two recollections of one incident, each dated by its month alone, prove little about one another.
    """
    offers = _offers(edges, clusters, fresh, least)
    both = ~fresh[edges.one] & ~fresh[edges.two]
    friends = set(zip(edges.one[both].tolist(), edges.two[both].tolist(), strict=True))
    attached: dict[int, int] = {}
    guests: dict[int, list[int]] = {}
    for offer in offers:
        there = guests.setdefault(offer.cluster, [])
        if offer.atom not in attached and all((min(offer.atom, each), max(offer.atom, each)) in friends for each in there):
            attached[offer.atom] = offer.cluster
            there.append(offer.atom)
    return attached
