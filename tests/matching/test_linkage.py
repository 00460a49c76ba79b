"""Average linkage in rounds gives what joining one by one gives, and weights come back from labelled pairs."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import SeedError
from pipeline.matching.linkage import Links, link_by_average
from pipeline.resources.match_weights import LEVELS, MatchWeights, weight_rows
from pipeline.resources.seeds import Seeds, shipped_seeds

N = 7
SCORES = st.lists(st.one_of(st.none(), st.integers(-30, 30)), min_size=N * (N - 1) // 2, max_size=N * (N - 1) // 2)


def links_of(scores):
    known = [(pair, score) for pair, score in zip(combinations(range(N), 2), scores, strict=True) if score is not None]
    ones, twos = (np.array([pair[side] for pair, _ in known], dtype=np.int64) for side in (0, 1))
    return Links(ones, twos, np.array([score for _, score in known], dtype=np.int64), np.ones(len(known), dtype=np.int64))


def one_by_one(scores, least):
    score = dict(zip(combinations(range(N), 2), scores, strict=True))
    clusters = [[item] for item in range(N)]
    while True:
        offers = []
        for one, two in combinations(sorted(clusters), 2):
            between = [score[min(a, b), max(a, b)] for a in one for b in two]
            if None not in between and sum(between) >= least * len(between):
                offers.append((-sum(between) / len(between), min(one), min(two), one, two))
        if not offers:
            return {frozenset(cluster) for cluster in clusters}
        _, _, _, one, two = min(offers)
        clusters = [*(each for each in clusters if each not in (one, two)), sorted(one + two)]


@given(SCORES, st.integers(-10, 10))
@settings(max_examples=60)
def test_rounds_of_joins_give_what_joining_the_best_two_gives(scores, least):
    found = link_by_average(links_of(scores), np.ones(N, dtype=np.int64), least)
    assert {frozenset(np.flatnonzero(found == number).tolist()) for number in set(found.tolist())} == one_by_one(scores, least)


def shipped():
    return Seeds((shipped_seeds(),)).rows("match_weights")


def test_weights_survive_being_written_and_read():
    weights = MatchWeights.from_rows(shipped())
    assert MatchWeights.from_rows(weight_rows(weights)) == weights


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"field": "date", "level": "soon", "weight": "1"}, "no such field"),
        ({"field": "date", "level": "same", "weight": "much"}, "no number"),
        ({"field": "limit", "level": "doubtful", "weight": "9"}, "fall in this order"),
    ],
)
def test_a_wrong_table_is_refused_in_words(row, words):
    with pytest.raises(SeedError, match=words):
        MatchWeights.from_rows([*shipped(), row])


def test_every_level_has_a_weight():
    weights = MatchWeights.from_rows(shipped())
    assert {name: len(levels) for name, levels in LEVELS.items()} == {name: len(each) for name, each in weights.levels.items()}
    with pytest.raises(SeedError, match="has no weight"):
        MatchWeights.from_rows(shipped()[1:])
