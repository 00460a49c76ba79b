"""What each outlet gave for each country in each month: it tells a month without events from one that nobody read."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Iterator

import pyarrow as pa

from schemas.arrow import arrow_schema

_TAKES_PART = frozenset({"candidate", "accepted"})


def month_of(day: dt.date) -> str:
    """The month of a day as YYYY-MM."""
    return f"{day.year:04d}-{day.month:02d}"


def coverage_table(
    articles: pa.Table,
    reports: pa.Table,
    events: pa.Table,
    contributions: pa.Table,
    withheld: Collection[str],
    countries: Iterable[str],
) -> pa.Table:
    """The coverage of a release.

    Every outlet has a row for each month from its first article to its last and each country that the dataset covers or has a
    report of; so a row with articles and without reports is a true zero, one without articles a month in which the outlet was
    silent, and where there is no row nobody read it. Articles without a day of publication are not counted. Events count by their
    true country and month, also those that are shown coarsely, and those that are not shown as `n_withheld`.

    Args:
        articles: Released articles.
        reports: Released reports; those rejected or superseded are not counted.
        events: All events, shown or not, under provisional ids.
        contributions: event_id and source_id of their reports.
        withheld: Ids of those that are not shown.
        countries: Names of the countries that the dataset covers.
    """
    read = list(zip(*(articles.column(name).to_pylist() for name in ("article_id", "source_id", "published_day")), strict=True))
    n_articles = Counter((source, month_of(day)) for _, source, day in read if day is not None)
    n_reports = _count_reports(reports, {article: (source, month_of(day)) for article, source, day in read if day is not None})
    n_events, n_withheld = _count_events(events, contributions, frozenset(withheld))
    seen = {*countries, *(country for _, country, _ in (*n_reports, *n_events, *n_withheld))}
    keys = {(source, country, month) for source, month in _months_read(n_articles) for country in seen}
    rows = [
        {
            "source_id": source,
            "country": country,
            "month": month,
            "n_articles": n_articles[source, month],
            "n_reports": n_reports[source, country, month],
            "n_events": n_events[source, country, month],
            "n_withheld": n_withheld[source, country, month],
        }
        for source, country, month in sorted(keys | n_reports.keys() | n_events.keys() | n_withheld.keys())
    ]
    return pa.Table.from_pylist(rows, schema=arrow_schema("coverage"))


def _months_read(n_articles: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Each outlet with all months from its first article to its last."""
    spans: dict[str, list[str]] = {}
    for source, month in n_articles:
        spans.setdefault(source, []).append(month)
    for source, months in spans.items():
        for number in range(_month_number(min(months)), _month_number(max(months)) + 1):
            yield source, f"{number // 12:04d}-{number % 12 + 1:02d}"


def _month_number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:]) - 1


_Key = tuple[str, str, str]


def _count_reports(reports: pa.Table, published: dict[str, tuple[str, str]]) -> Counter[_Key]:
    columns = (reports.column(name).to_pylist() for name in ("article_id", "country", "status"))
    found: Counter[_Key] = Counter()
    for article, country, status in zip(*columns, strict=True):
        if country is not None and status in _TAKES_PART and article in published:
            source, month = published[article]
            found[source, country, month] += 1
    return found


def _count_events(events: pa.Table, contributions: pa.Table, withheld: frozenset[str]) -> tuple[Counter[_Key], Counter[_Key]]:
    """Events that are shown, and those that are not."""
    columns = (events.column(name).to_pylist() for name in ("event_id", "country", "event_date"))
    place = {event: (country, month_of(day)) for event, country, day in zip(*columns, strict=True)}
    pairs = set(zip(contributions["event_id"].to_pylist(), contributions["source_id"].to_pylist(), strict=True))
    shown = Counter((source, *place[event]) for event, source in pairs if event not in withheld)
    return shown, Counter((source, *place[event]) for event, source in pairs if event in withheld)
