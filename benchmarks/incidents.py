"""Reports of incidents that never were, with the truth of which belong together: the ground on which matching is measured.

Seeds, sizes and rates of noise stand here and nowhere else; they were fixed before anything was matched. A report errs as
often as the rule coder was measured to on our own golden corpus (the half that was not looked at): each rate below names the
figure that it comes from. A new draw is judged once: whoever changes the matcher after looking at `SEED` takes a new one.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from schemas.arrow import arrow_schema, to_frame
from schemas.taxonomy import COUNTRIES, SUB_EVENT_TYPES

Numbers = npt.NDArray[Any]

SEED: Final = 20_261_201
TRAINING_SEED: Final = 20_261_121
"""For contenders that learn from labels: another draw of the same kind."""
SIZES: Final = (1_000, 10_000, 100_000, 1_000_000)
FIRST_DAY: Final = dt.date(1990, 1, 1)
INCIDENTS_A_DAY: Final = 50
REPORTS_OF_ONE: Final = (0.5, 0.22, 0.13, 0.08, 0.04, 0.03)
"""Share of incidents that one, two ... six articles report."""


FOLLOWS: Final = 0.2
"""Share of incidents that go on from one of the day before: fighting for a town, a strike, the same people again. Our gold is too
thin to show how often; to tell these apart is what the weights of a day apart are for."""


@dataclass(frozen=True)
class Density:
    """How close the incidents of a day lie.

    Attributes:
        name: `sparse` or `dense`.
        countries: Number of countries.
        towns: Towns of each.
    """

    name: str
    countries: int
    towns: int


DENSITIES: Final = (Density("sparse", 30, 200), Density("dense", 3, 120))
CROWDED: Final = Density("crowded", 1, 30)
"""A war in a few cities, five incidents a day in the greatest: to learn on, beside the others."""

WRONG_DAY: Final = 0.07
"""A day too early or late: 1 - date .93 of matched events."""
WEEK_ONLY: Final = 0.05
"""Only the week is told: the day is any within three of the true one."""
OTHER_TOWN: Final = 0.10
"""The town beside it: of matched events whose report has a point, those 5 to 50 km off."""
ELSEWHERE: Final = 0.14
"""Any other town of the country: those farther off."""
NEAR_TOWN: Final = 0.15
"""Said to lie near a town."""
PROVINCE_ONLY: Final = 0.06
"""Only the province is told."""
OTHER_TYPE: Final = 0.10
"""Another type: 1 - class .90."""
NO_NAME: Final = 0.30
"""Nobody names the armed side: most of 1 - actor1 .59."""
OTHER_NAME: Final = 0.10
"""Another group is named."""
NO_TOLL: Final = 0.20
"""The dead are not told: most of 1 - deaths .66."""
OTHER_TOLL: Final = 0.14
"""They are counted otherwise."""

_VIOLENT = ("Armed clash", "Attack", "Remote explosive/landmine/IED", "Shelling/artillery/missile attack", "Air/drone strike")
_QUIET = ("Peaceful protest", "Violent demonstration", "Abduction/forced disappearance", "Arrests", "Looting/property destruction")
TYPES: Final = (*_VIOLENT, *_QUIET)
TYPE_SHARES: Final = (0.22, 0.2, 0.12, 0.12, 0.06, 0.12, 0.05, 0.05, 0.03, 0.03)
GROUP_SHARES: Final = (0.6, 0.16, 0.1, 0.06, 0.05, 0.03)
"""Most of what armed groups do in a country is done by one of them."""


@dataclass(frozen=True)
class Labelled:
    """Reports and the incident that each tells.

    Attributes:
        articles: Table `articles` without texts, one for each report.
        reports: Table `reports`, sorted by report_id.
        incident: Number of the incident of each report, in the order of `reports`.
    """

    articles: pd.DataFrame
    reports: pd.DataFrame
    incident: Numbers


def labelled_reports(size: int, density: Density, seed: int = SEED, unplaced: float = 0.0) -> Labelled:
    """About `size` reports of invented incidents; the same for the same arguments.

    Args:
        size: How many reports, but for those of the last incident.
        density: How close the incidents lie.
        seed: Of the draw.
        unplaced: Share of reports that name no place but the country. Contenders that need coordinates get none of these.
    """
    random = np.random.default_rng([seed, size, density.countries])
    towns = _Towns.drawn(random, density)
    told = random.choice(len(REPORTS_OF_ONE), size=size, p=REPORTS_OF_ONE) + 1
    told = told[: int(np.searchsorted(np.cumsum(told), size)) + 1]
    truth = _incidents(random, len(told), towns)
    incident = np.repeat(np.arange(len(told)), told)
    told_as = _told(random, truth, incident, towns)
    return _as_tables(told_as | {"is_unplaced": random.random(len(incident)) < unplaced}, incident, towns)


@dataclass(frozen=True)
class _Towns:
    """Towns by number, each with its province and country, and how often it is in the news."""

    latitude: Numbers
    longitude: Numbers
    province: Numbers
    country: Numbers
    neighbour: Numbers
    capital: Numbers
    share: Numbers

    @classmethod
    def drawn(cls, random: np.random.Generator, density: Density) -> _Towns:
        count = density.countries * density.towns
        country = np.repeat(np.arange(density.countries), density.towns)
        # Countries of six by six degrees side by side: towns across a border are as near as others.
        latitude = np.round(6 * (country // 6) - 12 + random.uniform(0, 6, count), 4)
        longitude = np.round(6 * (country % 6) + random.uniform(0, 6, count), 4)
        province = country * 9 + (latitude % 6 // 2).astype(np.int64) * 3 + (longitude % 6 // 2).astype(np.int64)
        number = np.arange(count)
        capital = np.zeros(int(province.max()) + 1, dtype=np.int64)
        capital[province[::-1]] = number[::-1]
        apart = (latitude[:, None] - latitude) ** 2 + (longitude[:, None] - longitude) ** 2
        np.fill_diagonal(apart, np.inf)
        # A few towns have most of the news, as in any war.
        share = 1 / (number % density.towns + 5.0)
        return cls(latitude, longitude, province, country, apart.argmin(axis=1), capital, share / share.sum())

    def elsewhere(self, random: np.random.Generator, town: Numbers) -> Numbers:
        """For each town any of its country, those that are in the news more often."""
        count = len(self.share) // (int(self.country.max()) + 1)
        share = self.share[:count] / self.share[:count].sum()
        found: Numbers = self.country[town] * count + random.choice(count, size=len(town), p=share)
        return found


@dataclass
class _Truth:
    """Incidents, or what reports make of them, by column."""

    day: Numbers
    town: Numbers
    kind: Numbers
    actor: Numbers
    target: Numbers
    toll: Numbers


def _incidents(random: np.random.Generator, count: int, towns: _Towns) -> _Truth:
    number = np.arange(count)
    # The incident that each goes on from, of a row of them the first: its day, place, kind and sides hold for all.
    first = np.maximum.accumulate(np.where((random.random(count) >= FOLLOWS) | (number == 0), number, 0))
    kind = random.choice(len(TYPES), size=count, p=TYPE_SHARES)[first]
    deaths = np.where(kind < len(_VIOLENT), random.geometric(0.28, count) - 1, 0)
    return _Truth(
        day=random.integers(0, max(1, count // INCIDENTS_A_DAY), count)[first] + number - first,
        town=random.choice(len(towns.share), size=count, p=towns.share)[first],
        kind=kind,
        actor=random.choice(len(GROUP_SHARES), size=count, p=GROUP_SHARES)[first],
        target=random.integers(0, 2, count)[first],
        toll=deaths,
    )


def _told(random: np.random.Generator, truth: _Truth, incident: Numbers, towns: _Towns) -> dict[str, Numbers]:
    """What each report says of its incident."""
    count = len(incident)

    def errs(rate: float) -> Numbers:
        return random.random(count) < rate

    day, town, kind = truth.day[incident], truth.town[incident], truth.kind[incident]
    day = day + np.where(errs(WRONG_DAY), random.choice([-1, 1], count), 0)
    is_week = errs(WEEK_ONLY)
    day = day + np.where(is_week, random.integers(-3, 4, count), 0)
    town = np.where(errs(OTHER_TOWN), towns.neighbour[town], town)
    town = np.where(errs(ELSEWHERE), towns.elsewhere(random, town), town)
    others = (kind + random.integers(1, len(_VIOLENT), count)) % len(_VIOLENT)
    kind = np.where(errs(OTHER_TYPE) & (kind < len(_VIOLENT)), others, kind)
    actor = truth.actor[incident]
    actor = np.where(errs(OTHER_NAME), random.integers(0, len(GROUP_SHARES), count), actor)
    toll = truth.toll[incident]
    toll = np.where(errs(OTHER_TOLL) & (toll > 0), np.maximum(0, toll + random.choice([-2, -1, 1, 2], count)), toll)
    return {
        "day": day,
        "is_week": is_week,
        "town": town,
        "is_near": errs(NEAR_TOWN),
        "is_province": errs(PROVINCE_ONLY),
        "kind": kind,
        "actor": actor,
        "is_nameless": errs(NO_NAME),
        "target": truth.target[incident],
        "toll": np.where(errs(NO_TOLL), -1, toll),
    }


def _ids(prefix: str, count: int) -> list[str]:
    return [f"{prefix}-{hashlib.blake2b(f'{prefix}{number}'.encode(), digest_size=10).hexdigest()}" for number in range(count)]


def _as_tables(told: dict[str, Numbers], incident: Numbers, towns: _Towns) -> Labelled:
    count = len(incident)
    article_ids, report_ids = _ids("art", count), _ids("rep", count)
    order = np.argsort(np.array(report_ids))
    reports = pa.table(_report_columns(told, towns, article_ids, report_ids)).take(order)
    missing = [field for field in arrow_schema("reports") if field.name not in reports.column_names]
    for field in missing:
        reports = reports.append_column(field.name, pa.nulls(count, field.type))
    names = arrow_schema("reports").names
    return Labelled(
        _articles(told, article_ids),
        to_frame(reports.select(names).cast(arrow_schema("reports"))),
        incident[order],
    )


def _articles(told: dict[str, Numbers], article_ids: list[str]) -> pd.DataFrame:
    count = len(article_ids)
    columns: dict[str, Any] = {
        "article_id": article_ids,
        "external_id": [str(number) for number in range(count)],
        "source_id": [f"outlet-{number % 97}" for number in range(count)],
        "source_name": [f"Outlet {number % 97}" for number in range(count)],
        "language": ["en"] * count,
        "published_day": _days(told["day"] + 1),
        "content_hash": [hashlib.sha256(key.encode()).hexdigest() for key in article_ids],
        "status": ["ok"] * count,
    }
    schema = arrow_schema("articles")
    arrays = [
        pa.array(columns[field.name], field.type) if field.name in columns else pa.nulls(count, field.type) for field in schema
    ]
    return to_frame(pa.Table.from_arrays(arrays, schema=schema).sort_by("article_id"))


def _days(numbers: Numbers) -> pa.Array:
    first = (FIRST_DAY - dt.date(1970, 1, 1)).days
    return pa.array((numbers + first).astype(np.int32), pa.int32()).cast(pa.date32())


def _report_columns(told: dict[str, Numbers], towns: _Towns, article_ids: list[str], report_ids: list[str]) -> dict[str, Any]:
    count = len(report_ids)
    country_names = sorted(COUNTRIES)
    seat = np.where(told["is_province"], towns.capital[towns.province[told["town"]]], told["town"])
    province, country = towns.province[seat], towns.country[seat]
    kinds = [SUB_EVENT_TYPES[name] for name in TYPES]
    is_quiet = told["kind"] == TYPES.index("Peaceful protest")
    is_riot = told["kind"] == TYPES.index("Violent demonstration")
    is_state = told["kind"] == TYPES.index("Arrests")
    names = [country_names[number] for number in country]
    nowhere = told["is_unplaced"]
    chosen = {
        "report_id": report_ids,
        "article_id": article_ids,
        "coder_kind": ["rules"] * count,
        "codebook_version": ["1.0"] * count,
        "anchor_start": [0] * count,
        "anchor_end": [60] * count,
        "anchor_ordinal": [0] * count,
        "status": ["candidate"] * count,
        "is_background": [False] * count,
        "event_date": _days(told["day"]),
        "time_precision": np.where(told["is_week"], 2, 1),
        "disorder_type": [kinds[number].disorder_type for number in told["kind"]],
        "event_type": [kinds[number].event_type for number in told["kind"]],
        "sub_event_type": [TYPES[number] for number in told["kind"]],
        "initiator": ["unknown"] * count,
        "country": names,
        "iso": [COUNTRIES[name].iso for name in names],
        "region": [COUNTRIES[name].region for name in names],
        "admin1": pa.array([f"Province {number}" for number in province], mask=nowhere),
        "location": pa.array([f"Town {number}" for number in seat], mask=nowhere),
        "place_id": pa.array(
            np.where(told["is_province"], np.char.add("unit-", province.astype(str)), np.char.add("town-", seat.astype(str))),
            mask=nowhere,
        ),
        "latitude": pa.array(towns.latitude[seat], mask=nowhere),
        "longitude": pa.array(towns.longitude[seat], mask=nowhere),
        "geo_precision": pa.array(np.where(told["is_province"], 3, np.where(told["is_near"], 2, 1)), mask=nowhere),
        "fatalities": np.maximum(told["toll"], 0),
        "fatalities_low": np.maximum(told["toll"], 0),
        "fatalities_high": pa.array(np.maximum(told["toll"], 0), mask=told["toll"] < 0),
        "fatalities_basis": np.where(told["toll"] < 0, "none_mentioned", np.where(told["toll"] == 0, "explicit_none", "stated")),
        "confidence": [0.8] * count,
    }
    return chosen | _sides(told, names, is_quiet, is_riot, is_state)


def _sides(told: dict[str, Numbers], names: list[str], is_quiet: Numbers, is_riot: Numbers, is_state: Numbers) -> dict[str, Any]:
    """The two actors of each report, as the registry would write them."""
    first, first_id, first_class, second, second_id, second_class = [], [], [], [], [], []
    columns = (names, told["kind"], told["actor"], told["target"], told["is_nameless"], is_quiet, is_riot, is_state)
    for name, kind, actor, target, is_nameless, quiet, riot, state in zip(*columns, strict=True):
        if quiet or riot:
            made = (f"{'Protesters' if quiet else 'Rioters'} ({name})", None, "Protesters" if quiet else "Rioters")
        elif state:
            made = (f"Military Forces of {name} (1980-)", f"state:{name}", "State forces")
        elif is_nameless:
            made = (f"Unidentified Armed Group ({name})", None, "Political militia")
        else:
            made = (f"Group {actor} of {name}", f"group-{name}-{actor}", "Rebel group")
        met: tuple[str | None, str | None, str | None] = (None, None, None)
        if TYPES[kind] == "Armed clash" or (target and not (quiet or riot or TYPES[kind] in _AGAINST_CIVILIANS)):
            met = (f"Military Forces of {name} (1980-)", f"state:{name}", "State forces")
        elif not (quiet or riot):
            met = (f"Civilians ({name})", None, "Civilians")
        for column, value in zip((first, first_id, first_class, second, second_id, second_class), (*made, *met), strict=True):
            column.append(value)
    return {
        "actor1": first, "actor1_id": first_id, "inter1": first_class,
        "actor2": second, "actor2_id": second_id, "inter2": second_class,
    }  # fmt: skip


_AGAINST_CIVILIANS: Final = ("Attack", "Abduction/forced disappearance", "Looting/property destruction")
