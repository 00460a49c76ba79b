"""The table of types that two sources may make of one incident."""

from itertools import product

import pytest

from pipeline.matching.compatibility import CLOSE, COMPATIBILITY, LEVELS, POSSIBLE
from schemas.taxonomy import SUB_EVENT_TYPES

PAIRS = list(product(SUB_EVENT_TYPES, repeat=2))


def test_the_table_holds_all_625_pairs_and_no_others():
    assert set(COMPATIBILITY) == set(PAIRS)
    assert len(COMPATIBILITY) == 625
    assert set(COMPATIBILITY.values()) == set(LEVELS)


def listed(one, two):
    close = any(one in group and two in group for group in CLOSE)
    possible = any((one in a and two in b) or (two in a and one in b) for a, b in POSSIBLE)
    return "same" if one == two else "close" if close else "possible" if possible else "different"


def test_every_pair_is_symmetric_and_follows_from_the_lists():
    assert [pair for pair in PAIRS if COMPATIBILITY[pair] != COMPATIBILITY[pair[::-1]]] == []
    assert {pair: COMPATIBILITY[pair] for pair in PAIRS} == {pair: listed(*pair) for pair in PAIRS}


@pytest.mark.parametrize(
    ("one", "two", "level"),
    [
        ("Armed clash", "Government regains territory", "close"),
        ("Armed clash", "Attack", "possible"),
        ("Government regains territory", "Non-violent transfer of territory", "possible"),
        ("Non-state actor overtakes territory", "Non-violent transfer of territory", "possible"),
        ("Attack", "Abduction/forced disappearance", "close"),
        ("Sexual violence", "Abduction/forced disappearance", "possible"),
        ("Attack", "Mob violence", "possible"),
        ("Suicide bomb", "Remote explosive/landmine/IED", "close"),
        ("Air/drone strike", "Armed clash", "possible"),
        ("Shelling/artillery/missile attack", "Attack", "possible"),
        ("Peaceful protest", "Violent demonstration", "close"),
        ("Peaceful protest", "Mob violence", "possible"),
        ("Arrests", "Protest with intervention", "possible"),
        ("Arrests", "Peaceful protest", "different"),
        ("Peaceful protest", "Armed clash", "different"),
        ("Peaceful protest", "Suicide bomb", "different"),
        ("Agreement", "Armed clash", "different"),
        ("Arrests", "Armed clash", "different"),
        ("Looting/property destruction", "Air/drone strike", "different"),
    ],
)
def test_pairs_that_the_field_cares_about(one, two, level):
    assert COMPATIBILITY[one, two] == level
