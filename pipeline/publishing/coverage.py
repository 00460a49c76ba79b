"""What each outlet gave for each country in each month: it tells a month without events from one that nobody read."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable

import pyarrow as pa

from schemas.arrow import arrow_schema

_TAKES_PART = frozenset({"candidate", "accepted"})


def month_of(day: dt.date) -> str:
    """The month of a day as YYYY-MM."""
    return f"{day.year:04d}-{day.month:02d}"


def coverage_table(
    articles: pa.Table, reports: pa.Table, events: pa.Table, members: pa.Table, countries: Iterable[str]
) -> pa.Table:
    """The coverage of a release, from its own tables.

    Every outlet has a row for each month in which it published and each country that the dataset covers or has a report of; so a
    row with articles and without reports is a true zero. Articles without a day of publication are not counted.

    Args:
        articles: Released articles.
        reports: Released reports; those rejected or superseded are not counted.
        events: Released events.
        members: Released event_reports.
        countries: Names of the countries that the dataset covers.
    """
    read = list(zip(*(articles.column(name).to_pylist() for name in ("article_id", "source_id", "published_day")), strict=True))
    n_articles = Counter((source, month_of(day)) for _, source, day in read if day is not None)
    n_reports = _count_reports(reports, {article: (source, month_of(day)) for article, source, day in read if day is not None})
    n_events = _count_events(events, members)
    seen = {*countries, *(country for _, country, _ in (*n_reports, *n_events))}
    keys = {(source, country, month) for source, month in n_articles for country in seen} | n_reports.keys() | n_events.keys()
    rows = [
        {
            "source_id": source,
            "country": country,
            "month": month,
            "n_articles": n_articles[source, month],
            "n_reports": n_reports[source, country, month],
            "n_events": n_events[source, country, month],
        }
        for source, country, month in sorted(keys)
    ]
    return pa.Table.from_pylist(rows, schema=arrow_schema("coverage"))


_Key = tuple[str, str, str]


def _count_reports(reports: pa.Table, published: dict[str, tuple[str, str]]) -> Counter[_Key]:
    columns = (reports.column(name).to_pylist() for name in ("article_id", "country", "status"))
    found: Counter[_Key] = Counter()
    for article, country, status in zip(*columns, strict=True):
        if country is not None and status in _TAKES_PART and article in published:
            source, month = published[article]
            found[source, country, month] += 1
    return found


def _count_events(events: pa.Table, members: pa.Table) -> Counter[_Key]:
    columns = (events.column(name).to_pylist() for name in ("event_id", "country", "event_date"))
    place = {event: (country, month_of(day)) for event, country, day in zip(*columns, strict=True)}
    pairs = set(zip(members.column("event_id").to_pylist(), members.column("source_id").to_pylist(), strict=True))
    return Counter((source, *place[event]) for event, source in pairs)
