"""Rows of seeds/actors.csv and seeds/generic_actors.csv, and every full name that they and the regimes give rise to."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.errors import SeedError
from pipeline.resources.countries import split_list
from pipeline.resources.regimes import Regime, RegimeTable, read_bound
from schemas.identity import slug
from schemas.taxonomy import COUNTRIES

STATE, REBEL, POLITICAL, IDENTITY, RIOTERS, PROTESTERS, CIVILIANS, EXTERNAL = range(1, 9)
INTERNATIONAL = "International"
NAMELESS_FORCES = "Unidentified Military Forces"
COUNTRY, REGIME = "{country}", "{regime}"

_KINDS = ("state", "unit", "armed_group", "mission", "government", "party")
_NUMBERS = {"ucdp_id": re.compile("[1-9][0-9]*"), "wikidata_id": re.compile("Q[1-9][0-9]*")}
_EXAMPLES = {"ucdp_id": "717", "wikidata_id": "Q42418"}
_LANGUAGE = re.compile(r"([a-z]{2,3}):(?=\S)")
_ALWAYS = {
    "Civilians ({country})": CIVILIANS,
    "Protesters ({country})": PROTESTERS,
    "Rioters ({country})": RIOTERS,
    "Unidentified Armed Group ({country})": POLITICAL,
    "Military Forces of {regime}": STATE,
}
_COMMUNAL = frozenset(("gunmen", "militia"))
"""Terms for armed men who fight for no cause of their own: an ethnic group's separatists are no communal militia."""
_ETHNIC_GROUP, _ETHNIC_MILITIA = " Ethnic Group (", " Ethnic Militia ("


def militia_of(group: str) -> str | None:
    """The name of an ethnic group's armed men, from that of the group: `Fulani Ethnic Militia (Mali)`; None for other names."""
    return group.replace(_ETHNIC_GROUP, _ETHNIC_MILITIA) if _ETHNIC_GROUP in group else None


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor under one name.

    Attributes:
        actor_id: Key.
        name: Name in full; in seed rows with `{country}` or `{regime}`.
        kind: state | unit | armed_group | mission | government | party | generic.
        inter: Class at home, 1 to 8.
        country: Home; None for those at home nowhere.
        valid_from: First day of the name.
        valid_to: Last day of the name.
        parent: Key of the front or force that it is a part of.
        successor: Key of the row that it became.
        aliases: Other names, acronyms first.
        languages: Language of each of the aliases.
        ambiguous: Those of its names that another actor bears at the same time and place.
        ucdp_id: Its number in the actor list of UCDP.
        wikidata_id: Its item in Wikidata.
    """

    actor_id: str
    name: str
    kind: str
    inter: int
    country: str | None = None
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    parent: str | None = None
    successor: str | None = None
    aliases: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    ucdp_id: str | None = None
    wikidata_id: str | None = None

    def covers(self, day: dt.date | None) -> bool:
        """Whether the name held on that day; without a day, whether it holds at all."""
        if day is None:
            return True
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Generic:
    """People by what they are: one row of seeds/generic_actors.csv."""

    term: str
    forms: tuple[str, ...]
    name: str
    inter: int
    associate: str | None


def as_militia(generics: Sequence[Generic]) -> Generic:
    """The most telling of the people in a phrase: gunmen of an ethnic group are its militia."""
    first = generics[0]
    names = (militia_of(each.associate) for each in generics if each.associate)
    name = next((name for name in names if name), None)
    if first.term not in _COMMUNAL or name is None:
        return first
    return replace(first, name=name, inter=IDENTITY)


def _class_of(row: Mapping[str, str], table: str, key: str) -> int:
    if row["inter"] not in set("12345678"):
        raise SeedError(f"{table}: {key}: inter {row['inter']!r} is no class from 1 to 8.")
    return int(row["inter"])


def read_alias(cell: str) -> tuple[str, str]:
    """A name in a cell and its language: `es:Ejército de Liberación Nacional`; without a language it is English."""
    language = _LANGUAGE.match(cell)
    return (cell[language.end() :], language[1]) if language else (cell, "en")


def read_actor(row: Mapping[str, str]) -> Actor:
    """The actor in a row of seeds/actors.csv.

    Raises:
        SeedError: Its kind, class, country, a day or an external number cannot be.
    """
    key, country = row["actor_id"], row["country"] or None
    if row["kind"] not in _KINDS:
        raise SeedError(f"actors: {key}: kind {row['kind']!r} is none of {', '.join(_KINDS)}.")
    if country is not None and country not in COUNTRIES:
        raise SeedError(f"actors: {key}: country {country!r} is not in schemas/data/countries.csv.")
    if country is None and REGIME in row["name"]:
        raise SeedError(f"actors: {key}: a name with {REGIME} needs a country.")
    valid_from, valid_to = (read_bound(row, column, "actors") for column in ("valid_from", "valid_to"))
    if valid_from and valid_to and valid_to < valid_from:
        raise SeedError(f"actors: {key}: valid_to {row['valid_to']} is before valid_from {row['valid_from']}.")
    aliases = [read_alias(each) for each in (*split_list(row["acronyms"]), *split_list(row["aliases"]))]
    for column, form in _NUMBERS.items():
        if row[column] and not form.fullmatch(row[column]):
            raise SeedError(f"actors: {key}: {column} {row[column]!r} is not written like {_EXAMPLES[column]}.")
    return Actor(
        key,
        row["name"],
        row["kind"],
        _class_of(row, "actors", key),
        country,
        valid_from,
        valid_to,
        row["parent"] or None,
        row["successor"] or None,
        tuple(name for name, _ in aliases),
        tuple(language for _, language in aliases),
        split_list(row["ambiguous"]),
        row["ucdp_id"] or None,
        row["wikidata_id"] or None,
    )


def read_generic(row: Mapping[str, str]) -> Generic:
    """The people in a row of seeds/generic_actors.csv.

    Raises:
        SeedError: The class is none from 1 to 8.
    """
    forms = split_list(row["forms"]) or (row["term"],)
    return Generic(row["term"], forms, row["name"], _class_of(row, "generic_actors", row["term"]), row["associate"] or None)


def spoken_names(actor: Actor) -> set[str]:
    """How texts call an actor: by its aliases, its acronym, its name without country and years."""
    bare, _, home = actor.name.removesuffix(")").rpartition(" (")
    # Of a single word, such as `Settlers (Israel)`, the country is no mere addition.
    if home != COUNTRY and (home not in COUNTRIES or " " not in bare):
        bare = actor.name
    if REGIME in bare:
        bare = bare.partition(REGIME)[2].strip()
    acronym, colon, full = bare.partition(": ")
    return {name for name in (*actor.aliases, *((acronym, full) if colon else (bare,))) if name}


def _under(row: Actor, regime: Regime) -> Actor | None:
    """The actor under one regime; None if the two never met."""
    start = max(day for day in (row.valid_from, regime.valid_from) if day)
    ends = [day for day in (row.valid_to, regime.valid_to) if day]
    end = min(ends) if ends else None
    if end is not None and end < start:
        return None
    name = row.name.replace(REGIME, regime.words)
    return replace(row, actor_id=slug(name), name=name, country=regime.country, valid_from=start, valid_to=end)


def _instances(row: Actor, key: str, regimes: RegimeTable) -> list[Actor]:
    """All full names of an actor: one for each regime, or for each country, or just its own."""
    if REGIME in row.name:
        homes = (row.country,) if row.country else tuple(COUNTRIES)
        return [actor for home in homes for regime in regimes.all_of(home) if (actor := _under(row, regime))]
    if COUNTRY in row.name:
        return [
            replace(
                row,
                actor_id=f"{key}-{slug(each)}",
                name=row.name.replace(COUNTRY, each),
                country=row.country or (None if row.kind != "generic" or each == INTERNATIONAL else each),
            )
            for each in (*COUNTRIES, INTERNATIONAL)
        ]
    return [row]


def all_actors(rows: Iterable[Actor], generics: Iterable[Generic], regimes: RegimeTable) -> dict[str, Actor]:
    """Every actor under every full name, by actor_id; a row of actors.csv goes before what the general forms make of its name."""
    made = [actor for row in rows for actor in _instances(row, row.actor_id, regimes)]
    names = {actor.name for actor in made}
    people = list(generics)
    militias = {name: IDENTITY for each in people if each.associate and (name := militia_of(each.associate))}
    for template, inter in sorted((militias | {each.name: each.inter for each in people} | _ALWAYS).items()):
        if template in names or template == NAMELESS_FORCES:
            continue
        key = slug(template.replace(COUNTRY, ""))
        kind = "government" if template.startswith("Government") else "state" if inter == STATE else "generic"
        made += _instances(Actor(key, template, kind, inter), key, regimes)
    return {actor.actor_id: actor for actor in reversed(made)}
