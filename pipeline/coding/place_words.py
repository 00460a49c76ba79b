"""The words of one language around the names of places: how something lies to them, what they are, and who comes from there."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PlaceWords:
    """Words of one language, lower case, as tokens or pairs of tokens.

    Attributes:
        strictly_in: Those of `at` that put something inside the place.
        direction: Those of `at` that tell where somebody goes or comes from.
        near: Words that put something near a place, not in it.
        sites: Nouns for a part or house of a town, before `of` and its name.
        onto: Words before a place that somebody enters.
        flight_to: Words before a place that people flee to.
        settlements: Nouns for a place that people live in, beside its name.
        unit_nouns: Nouns for what towns lie in.
        units: Those, and adjectives before places.
        streets: Those of `ways` that lie in a town, after its name in small letters.
        quarters: Those for a part of a city.
        districts: Those of `quarters` that name parts of the country as well.
        before_names: Those of `settlements` that stand before the name without `of`.
        ways: Nouns for a road, after the name of where it leads.
        origins: Second parts of a word such as `Basra-based`, which tells where somebody comes from.
        people_of: Nouns for people and offices, before `of` or `from` and a place that is not where something happened.
        care: Nouns for a house to which people are brought, after what happened to them.
        care_prepositions: Words before it.
        happening: Phrases that tell where or when what was told took place.
        here: Phrases for the place where the news was gathered.
        governs: Verbs after a capital that stands for its government: `Kabul gives the number`.
        governed: Verbs before it: `to discredit Moscow`.
        guests: Nouns after a nationality for those who are abroad.
        borders: Nouns for the line between two countries.
        not_places: Words with a capital that stand after `in` and are no places.
    """

    strictly_in: frozenset[str]
    direction: frozenset[str]
    near: frozenset[str]
    sites: frozenset[str]
    onto: frozenset[str]
    flight_to: frozenset[str]
    settlements: frozenset[str]
    unit_nouns: frozenset[str]
    units: frozenset[str]
    streets: frozenset[str]
    quarters: frozenset[str]
    districts: frozenset[str]
    before_names: frozenset[str]
    ways: frozenset[str]
    origins: frozenset[str]
    people_of: frozenset[str]
    care: frozenset[str]
    care_prepositions: frozenset[str]
    happening: frozenset[tuple[str, ...]]
    here: frozenset[tuple[str, ...]]
    governs: frozenset[str]
    governed: frozenset[str]
    guests: frozenset[str]
    borders: frozenset[str]
    not_places: frozenset[str]
