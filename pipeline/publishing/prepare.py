"""What to look at before a release: the weekly cycle, country by country, without writing anything."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.publishing.assemble import assemble
from pipeline.publishing.channels import FINAL
from pipeline.publishing.folder import ReleaseFolders
from pipeline.publishing.reading import arrow_batches
from pipeline.publishing.registries import Registries
from pipeline.publishing.release import read_history
from pipeline.publishing.state import StateReader
from pipeline.publishing.versions import Plan, parse_version
from pipeline.resources.decisions import signed_countries
from pipeline.settings import Settings

WEEKS = 12
"""Weeks before the last one that it is compared with."""
OFTEN = WEEKS // 2
"""Weeks of these in which an outlet wrote, for its silence in the last one to be told."""

_TOLD = {
    "added": "added",
    "split": "added",
    "revised": "changed",
    "evidence_added": "evidence",
    "removed": "removed",
    "merged": "removed",
}


@dataclass(frozen=True)
class CountryWeek:
    """One country in the week that ends with the day of the preparation.

    Attributes:
        country: The country.
        week: Events of that week.
        usual: Mean number of events in each of the twelve weeks before.
        added: Events, of whatever day, that the last release did not show.
        changed: Events with another value than in the last release.
        evidence: Events that are told by further reports only.
        removed: Events that are gone, or went into others.
        signed_through: Day up to which the country was signed off; None if it never was.
        final: Events that would be final.
    """

    country: str
    week: int
    usual: float
    added: int
    changed: int
    evidence: int
    removed: int
    signed_through: dt.date | None
    final: int


@dataclass(frozen=True)
class Preparation:
    """What to look at before a release.

    Attributes:
        as_of: The day.
        previous: The release that it would follow; None if there is none.
        countries: Countries with events, in alphabetical order.
        reviews: Events by code in needs_review.
        doubtful_pairs: Pairs of reports of which nobody decided whether they tell one incident.
        stale_decisions: Decisions whose words have left their article.
        silent_sources: Outlets that wrote in at least half of the twelve weeks before and not in the last, with their last day.
    """

    as_of: dt.date
    previous: str | None
    countries: tuple[CountryWeek, ...]
    reviews: Mapping[str, int]
    doubtful_pairs: int
    stale_decisions: int
    silent_sources: Mapping[str, dt.date]

    def as_dict(self) -> dict[str, Any]:
        """All of it, days as text."""
        found = asdict(self)
        found["as_of"] = self.as_of.isoformat()
        found["silent_sources"] = {name: day.isoformat() for name, day in self.silent_sources.items()}
        for row in found["countries"]:
            row["signed_through"] = row["signed_through"] and row["signed_through"].isoformat()
        return found


def prepare(state: StateReader, *, root: Path, as_of: dt.date, resources: Registries, settings: Settings) -> Preparation:
    """What a release of a day would be, and what is open before it.

    Args:
        state: The committed state.
        root: The dataset's folder, for its ledger.
        as_of: Date that the release would have.
        resources: Registries of actors, places and sources.
        settings: The dataset's settings.

    Raises:
        RefusedError: The day is before the date of the last release, or releases were published apart.
        InputError: A correction or a marking names what is not there.
    """
    folders = ReleaseFolders(root)
    published = folders.ledgers.versions()
    version = published[-1].next_patch() if published else parse_version(f"{as_of.year}.{as_of.month}.0")
    plan = Plan(version, as_of, published[-1] if published else None)
    made = assemble(state, plan, read_history(folders, plan), resources, settings)
    signed = signed_countries(state.read("decisions"))
    events = made.tables["events"]
    codes = Counter(code for joined in events["needs_review"].to_pylist() for code in (joined or "").split("; ") if code)
    outcomes = [outcome for batch in arrow_batches(state, "pairs", ("outcome",)) for outcome in batch["outcome"].to_pylist()]
    return Preparation(
        as_of=as_of,
        previous=str(plan.previous) if plan.previous else None,
        countries=tuple(_countries(events, made.tables["changes"], made.before, signed, as_of)),
        reviews=dict(sorted(codes.items(), key=lambda each: (-each[1], each[0]))),
        doubtful_pairs=outcomes.count("doubtful"),
        stale_decisions=int((state.read("problems", ["rule"])["rule"] == "stale_decision").sum()),
        silent_sources=_silent(made.tables["articles"], as_of),
    )


def _weeks_ago(day: dt.date, as_of: dt.date) -> int:
    """0 for the week that ends with the day, 1 for the one before; negative for what comes later."""
    return (as_of - day).days // 7


def _countries(
    events: pa.Table, changes: pa.Table, before: Mapping[str, Mapping[str, Any]], signed: Mapping[str, dt.date], as_of: dt.date
) -> Iterable[CountryWeek]:
    weeks: dict[str, Counter[int]] = defaultdict(Counter)
    final: Counter[str] = Counter()
    country_of = {event_id: str(values["country"]) for event_id, values in before.items()}
    columns = (events[name].to_pylist() for name in ("event_id", "country", "event_date", "status"))
    for event_id, country, day, status in zip(*columns, strict=True):
        country_of[event_id] = country
        weeks[country][_weeks_ago(day, as_of)] += 1
        final[country] += status == FINAL
    moved: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for event_id, change in zip(changes["event_id"].to_pylist(), changes["change"].to_pylist(), strict=True):
        if event_id in country_of:
            moved[country_of[event_id]].add((event_id, _TOLD[change]))
    for country in sorted({*weeks, *moved}):
        counted = Counter(told for _, told in moved[country])
        usual = sum(weeks[country][ago] for ago in range(1, WEEKS + 1)) / WEEKS
        yield CountryWeek(
            country=country,
            week=weeks[country][0],
            usual=round(usual, 2),
            added=counted["added"],
            changed=counted["changed"],
            evidence=counted["evidence"],
            removed=counted["removed"],
            signed_through=signed.get(country),
            final=final[country],
        )


def _silent(articles: pa.Table, as_of: dt.date) -> dict[str, dt.date]:
    """Outlets that used to write and did not in the last week, with the day of their last article."""
    dated = articles.filter(pc.less_equal(articles["published_day"], pa.scalar(as_of)))
    weeks: dict[str, set[int]] = defaultdict(set)
    last: dict[str, dt.date] = {}
    for source, day in zip(dated["source_id"].to_pylist(), dated["published_day"].to_pylist(), strict=True):
        weeks[source].add(_weeks_ago(day, as_of))
        last[source] = max(day, last.get(source, day))
    often = {name for name in weeks if sum(ago in weeks[name] for ago in range(1, WEEKS + 1)) >= OFTEN}
    return {name: last[name] for name in sorted(often) if 0 not in weeks[name]}


def preparation_text(found: Preparation) -> str:
    """The preparation in lines."""
    against = f"after {found.previous}" if found.previous else "the first"
    heads = "".join(f"{head:>9}" for head in ("week", "usual", "added", "changed", "evidence", "removed", "final"))
    lines = [f"A release of {found.as_of}, {against}", "", f"{'country':28}{heads}  signed through"]
    for each in found.countries:
        numbers = (each.week, each.usual, each.added, each.changed, each.evidence, each.removed, each.final)
        shown = "".join(f"{number:>9}" for number in numbers)
        lines.append(f"{each.country:28}{shown}  {each.signed_through or '-'}")
    lines += ["", f"{found.doubtful_pairs} doubtful pairs, {found.stale_decisions} stale decisions"]
    lines += [f"{count:>7} events to review: {code}" for code, count in found.reviews.items()]
    lines += [f"silent: {name}, last article {day}" for name, day in found.silent_sources.items()]
    return "\n".join(lines)
