"""Tables agree with each other and with the published order of columns."""

from __future__ import annotations

import pytest

from schemas.tables import ACLED_COLUMN_NAMES, RELEASE_TABLES, TABLES

# The 31 columns of an export in order, typed off the codebook independently of the schema.
ACLED_EXPORT = [
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "civilian_targeting",
    "iso",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "tags",
    "timestamp",
]
ACLED_NULLABLE = {"assoc_actor_1", "actor2", "assoc_actor_2", "inter2", "civilian_targeting", "admin1", "admin2", "admin3", "tags"}


def test_events_begin_with_the_columns_of_an_acled_export_in_order() -> None:
    assert len(ACLED_EXPORT) == 31
    assert RELEASE_TABLES["events"].column_names[:31] == ACLED_EXPORT
    assert list(ACLED_COLUMN_NAMES) == ACLED_EXPORT


def test_only_those_of_them_may_be_null_that_the_codebook_lets() -> None:
    # admin1 is one more than the codebook has: some territories have no units.
    assert set(ACLED_EXPORT) - RELEASE_TABLES["events"].required == ACLED_NULLABLE


@pytest.mark.parametrize("name", sorted(TABLES))
def test_table_is_complete(name: str) -> None:
    table = TABLES[name]
    names = table.column_names
    assert table.name == name and table.meaning.endswith(".") and table.writer
    assert len(set(names)) == len(names)
    assert set(table.key) <= table.required <= set(names)
    assert all(table.column(column).name == column for column in names)


@pytest.mark.parametrize("name", sorted(TABLES))
def test_links_lead_to_keys_of_the_same_type(name: str) -> None:
    table = TABLES[name]
    for link in table.foreign_keys:
        others = [other for other in (TABLES.get(link.table), RELEASE_TABLES.get(link.table)) if other is not None]
        assert others
        for other in others:
            for mine, theirs in zip(link.columns, link.references, strict=True):
                assert table.column(mine).type == other.column(theirs).type


def test_checked_events_have_the_columns_of_merged_events() -> None:
    assert TABLES["events"].columns == TABLES["merged_events"].columns
    assert TABLES["events"].required == TABLES["merged_events"].required
    assert set(TABLES["events"].column_names) <= set(TABLES["released_events"].column_names)


def test_column_that_a_table_lacks_is_named() -> None:
    with pytest.raises(KeyError, match="table events has no column fatalites"):
        TABLES["events"].column("fatalites")


def test_coders_and_words_of_articles_never_reach_release_tables_of_articles() -> None:
    assert {"title", "text"}.isdisjoint(RELEASE_TABLES["articles"].column_names)
