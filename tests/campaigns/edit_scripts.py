"""Random edits of a dataset: articles, seeds, settings and decisions come, change and go."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

from tests.resources.dumps import line

TOWNS = ("Kirkuk", "Daquq", "Hawija", "Mosul", "Tikrit", "Samarra", "Bir Nasuh")  # the last is known to geocoders alone
VILLAGES = ("Bilqandar", "Kafr Turvash")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
LEDES = (
    "Gunmen attacked a village near {town} on {day}, killing {n} civilians, police said.",
    "A roadside bomb exploded near {town} on {day} and killed {n} soldiers, an officer said.",
    "Iraqi forces clashed with Islamic State militants in {town} on {day}. {n} militants were killed.",
    "Hundreds of protesters marched in {town} on {day} to demand jobs and electricity.",
    "Islamic State militants kidnapped {n} farmers in {town} on {day}, residents said.",
    "Warplanes carried out air strikes on {town} on {day}, killing {n} people.",
)
OPERATIONS = (
    "add",
    "add",
    "change",
    "remove",
    "repeat",
    "place",
    "actor",
    "lexicon",
    "lexicon",
    "generic",
    "country",
    "source",
    "setting",
    "dump",
    "no_event",
    "drop_decision",
    "clear_seeds",
    "geocode",
    "geocode",
)


def told(forms: str) -> bool:
    """Whether an article may hold one of the forms: other rows change nothing."""
    words = " ".join(LEDES).lower()
    return any(form.lower() in words for form in forms.split("; "))


@dataclass
class Script:
    """What a dataset holds after some edits."""

    articles: dict[str, dict[str, Any]] = field(default_factory=dict)
    settings: dict[str, dict[str, Any]] = field(default_factory=dict)
    seeds: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    decisions: list[dict[str, Any]] = field(default_factory=list)
    geocodes: dict[str, dict[str, str]] = field(default_factory=dict)
    dump: list[str] = field(default_factory=list)

    def edit(self, operation: str, chance: random.Random, shipped: dict[str, list[dict[str, str]]]) -> None:
        """Apply one edit; those that need what is not there do nothing."""
        getattr(self, f"_{operation}")(chance, shipped)

    def _article(self, chance: random.Random) -> dict[str, Any]:
        lede = chance.choice(LEDES).format(town=chance.choice(TOWNS + VILLAGES), day=chance.choice(DAYS), n=chance.randint(2, 9))
        more = " ".join(
            chance.choice(LEDES).format(town=chance.choice(TOWNS), day=chance.choice(DAYS), n=3)
            for _ in range(chance.randint(0, 2))
        )
        number = chance.randint(0, 10**9)
        return {
            "id": f"a{number}",
            "source": chance.choice(("Test Wire", "Other Post")),
            "url": f"https://news.example/{number}",
            "title": "News of the day",
            "language": "en",
            "published_at": f"2017-10-{chance.randint(10, 20)}",
            "text": f"BAGHDAD (Test Wire) - {lede}\n\nOfficials gave no further details of what had happened there.\n\n{more}",
        }

    def _add(self, chance: random.Random, _: object) -> None:
        article = self._article(chance)
        self.articles[article["id"]] = article

    def _change(self, chance: random.Random, _: object) -> None:
        if self.articles:
            key = chance.choice(sorted(self.articles))
            self.articles[key] = {**self.articles[key], "text": self._article(chance)["text"]}

    def _remove(self, chance: random.Random, _: object) -> None:
        if len(self.articles) > 2:
            del self.articles[chance.choice(sorted(self.articles))]

    def _repeat(self, chance: random.Random, _: object) -> None:
        if self.articles:
            copied = self.articles[chance.choice(sorted(self.articles))]
            fresh = self._article(chance)
            self.articles[fresh["id"]] = {**fresh, "text": copied["text"]}

    def _overlay(self, name: str, key: str, row: dict[str, str]) -> None:
        rows = {old[key]: old for old in self.seeds.get(name, [])}
        rows[row[key]] = row
        self.seeds[name] = list(rows.values())

    def _place(self, chance: random.Random, shipped: dict[str, list[dict[str, str]]]) -> None:
        row = chance.choice([row for row in shipped["places"] if row["name"] in TOWNS])
        moved = {"latitude": f"{float(row['latitude']) + 0.01:.4f}"}
        second_name = {"alternate_names": "; ".join(filter(None, [row["alternate_names"], chance.choice(TOWNS)]))}
        self._overlay("places", "place_id", {**row, **chance.choice((moved, second_name))})

    def _actor(self, chance: random.Random, shipped: dict[str, list[dict[str, str]]]) -> None:
        row = chance.choice([row for row in shipped["actors"] if row["country"] in {"", "Iraq"}])
        second_name = {
            "aliases": "; ".join(filter(None, [row["aliases"], chance.choice(("Warplanes", "Iraqi forces", "residents"))]))
        }
        self._overlay("actors", "actor_id", {**row, **chance.choice((second_name, {"note": f"edited {chance.randint(0, 99)}"}))})

    def _generic(self, chance: random.Random, shipped: dict[str, list[dict[str, str]]]) -> None:
        row = chance.choice([row for row in shipped["generic_actors"] if told(row["forms"])])
        forms = row["forms"].split("; ")
        fewer = {"forms": "; ".join(form for form in forms if not told(form)) or forms[0]}
        self._overlay("generic_actors", "term", {**row, **chance.choice((fewer, {"name": "Civilians ({country})", "inter": "7"}))})

    def _lexicon(self, chance: random.Random, shipped: dict[str, list[dict[str, str]]]) -> None:
        row = chance.choice([row for row in shipped["lexicon"] if told(row["forms"])])
        fewer = {"forms": "; ".join(form for form in row["forms"].split("; ") if not told(form)) or "zzz"}
        weaker = {"weight": chance.choice(("0.3", "0.9"))}
        self._overlay("lexicon", "rule_id", {**row, **chance.choice((fewer, weaker, {"note": "edited"}))})

    def _country(self, chance: random.Random, shipped: dict[str, list[dict[str, str]]]) -> None:
        row = next(row for row in shipped["countries"] if row["country"] == "Iraq")
        change = chance.choice(
            ({"demonyms": ""}, {"weekend": "Sat-Sun"}, {"utc_offset": "-9"}, {"names": "Mosul"}, {"capital": chance.choice(TOWNS)})
        )
        self._overlay("countries", "country", {**row, **change})

    def _source(self, chance: random.Random, shipped: dict[str, list[dict[str, str]]]) -> None:
        row = {**shipped["sources"][0], "source_id": "test-wire", "names": "Test Wire", "domains": "news.example"}
        self._overlay("sources", "source_id", {**row, "country": chance.choice(("Iraq", "Syria", ""))})

    def _clear_seeds(self, chance: random.Random, _: object) -> None:
        if self.seeds:
            del self.seeds[chance.choice(sorted(self.seeds))]

    def _geocode(self, chance: random.Random, _: object) -> None:
        key = f"g{chance.randint(0, 2)}"
        self.geocodes[key] = {
            "geocode_id": key,
            "status": chance.choice(("proposed", "accepted", "accepted", "rejected")),
            "reviewer": chance.choice(("amber", "bora")),
            "query": "Bir Nasuh",
            "name": chance.choice(("Bir Nasuh", "Daquq", "Bir Nasuh Wells")),
            "kind": chance.choice(("town", "admin2")),
            "place_country": chance.choice(("Iraq", "Syria")),
            "latitude": f"{chance.randint(340, 360) / 10}",
            "longitude": "44.1190",
            "place_id": f"osm:node/{chance.randint(1, 2)}",
        }

    def _setting(self, chance: random.Random, _: object) -> None:
        section, key, value = chance.choice(
            (
                ("matching", "max_distance_km", chance.choice((5.0, 25.0, 60.0))),
                ("matching", "max_days_apart", chance.choice((0, 1, 2))),
                ("coding", "background", chance.random() < 0.5),
                ("dataset", "countries", chance.choice((["IQ"], ["SY"], []))),
                ("ingest", "minimum_characters", chance.choice((40, 200))),
            )
        )
        self.settings[section] = {**self.settings.get(section, {}), key: value}

    def _dump(self, chance: random.Random, _: object) -> None:
        unit = line(9001, chance.choice(("Zarmand", "Zermend")), "A.ADM1")
        village = line(9012, chance.choice(VILLAGES), at=(33.2, chance.choice((43.0, 43.1))))
        town = line(99131, "Kirkuk", "P.PPLA", alternates=chance.choice(("", "Daquq", "Bilqandar")), population="900000")
        self.dump = chance.choice(([], [unit, village], [unit, village, town]))

    def _no_event(self, chance: random.Random, _: object) -> None:
        if self.articles:
            self.decisions.append({"about": chance.choice(sorted(self.articles)), "number": chance.randint(0, 10**9)})

    def _drop_decision(self, chance: random.Random, _: object) -> None:
        if self.decisions:
            self.decisions.pop(chance.randrange(len(self.decisions)))
