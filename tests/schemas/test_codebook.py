"""The codebook says what the schema says, in every form, and its page is sound HTML that stands alone."""

from __future__ import annotations

import csv
import io
import re
from html.parser import HTMLParser

import pytest

from schemas.codebook import CODEBOOK_COLUMNS, codebook_csv, codebook_html, codebook_rows
from schemas.table_schema import Convention
from schemas.tables import RELEASE_TABLES
from schemas.taxonomy import COUNTRIES, GEO_PRECISIONS, INTERACTIONS, SOURCE_SCALES, SUB_EVENT_TYPES, TIME_PRECISIONS

CONVENTIONS: tuple[Convention, ...] = ("text", "numeric")
VOID = {"meta", "link", "br", "img", "input"}


class Page(HTMLParser):
    """Tags, anchors, links and the text of a page; every tag must be closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def values(self, attribute: str) -> list[str]:
        return [value for _, attrs in self.tags if (value := attrs.get(attribute)) is not None]


@pytest.mark.parametrize("convention", CONVENTIONS)
def test_rows_are_the_columns_of_all_release_tables_in_order(convention: Convention) -> None:
    rows = codebook_rows(convention)
    expected = [(name, column) for name, table in RELEASE_TABLES.items() for column in table.column_names]
    assert [(row["table"], row["column"]) for row in rows] == expected
    assert all(tuple(row) == CODEBOOK_COLUMNS and row["meaning"] and row["type"] and row["source"] for row in rows)
    for row in rows:
        assert row["nullable"] == (row["column"] not in RELEASE_TABLES[row["table"]].required)
        assert row["key"] == (row["column"] in RELEASE_TABLES[row["table"]].key)


def test_conventions_differ_in_classes_and_interaction_alone() -> None:
    pairs = zip(codebook_rows("text"), codebook_rows("numeric"), strict=True)
    assert {one["column"] for one, other in pairs if one != other} == {"inter1", "inter2", "interaction"}


def test_allowed_values_can_be_told_apart() -> None:
    row = next(row for row in codebook_rows() if row["column"] == "disorder_type")
    assert "Political violence; Demonstrations" in row["allowed"].split(" | ")


@pytest.mark.parametrize("convention", CONVENTIONS)
def test_csv_reads_back_as_the_rows(convention: Convention) -> None:
    read = list(csv.DictReader(io.StringIO(codebook_csv(convention), newline=""), strict=True))
    assert tuple(read[0]) == CODEBOOK_COLUMNS
    for row, told in zip(codebook_rows(convention), read, strict=True):
        words = {None: "", True: "true", False: "false"}
        assert told == {name: words.get(value, value) for name, value in row.items()}


@pytest.fixture(scope="module", params=CONVENTIONS)
def page(request: pytest.FixtureRequest) -> Page:
    return Page(codebook_html(request.param, title="Events 2026.1.0"))


def test_page_is_well_formed_and_needs_no_other_file(page: Page) -> None:
    assert not {"script", "link", "img", "iframe", "object"} & {tag for tag, _ in page.tags}
    assert page.values("src") == [] and all(target.startswith("#") for target in page.values("href"))


def test_every_column_and_every_value_of_the_lists_has_an_anchor_and_every_link_leads_to_one(page: Page) -> None:
    anchors = page.values("id")
    assert len(set(anchors)) == len(anchors) and not any(re.search(r"\s", anchor) for anchor in anchors)
    assert {target.removeprefix("#") for target in page.values("href")} <= set(anchors)
    expected = {f"{name}.{column}" for name, table in RELEASE_TABLES.items() for column in table.column_names}
    lists = {
        "sub_event_type": SUB_EVENT_TYPES,
        "interaction": INTERACTIONS,
        "time_precision": TIME_PRECISIONS,
        "geo_precision": GEO_PRECISIONS,
        "source_scale": SOURCE_SCALES,
        "country": COUNTRIES,
    }
    expected |= {f"{name}.{value}".replace(" ", "-") for name, values in lists.items() for value in values}
    assert expected <= set(anchors)


def test_page_tells_meanings(page: Page) -> None:
    text = "".join(page.words)
    classes = {"inter1", "inter2", "interaction"}
    assert all(row["meaning"].replace("`", "") in text for row in codebook_rows() if row["column"] not in classes)
    assert all(each.meaning in text for each in SUB_EVENT_TYPES.values())


def test_page_can_be_used_without_sight_or_mouse(page: Page) -> None:
    tags = [tag for tag, _ in page.tags]
    attributes = dict(page.tags[: tags.index("html") + 1])
    assert attributes["html"]["lang"] == "en"
    assert tags.count("h1") == tags.count("main") == tags.count("title") == 1
    assert tags.count("table") == tags.count("caption") > len(RELEASE_TABLES)
    assert all(attrs.get("scope") in {"row", "col"} for tag, attrs in page.tags if tag == "th")
    regions = [attrs for tag, attrs in page.tags if attrs.get("role") == "region"]
    assert len(regions) == tags.count("table") and all(attrs["tabindex"] == "0" and attrs["aria-label"] for attrs in regions)
    assert len([attrs for tag, attrs in page.tags if tag == "nav" and attrs.get("aria-label")]) == tags.count("nav") == 2


def test_title_is_escaped() -> None:
    text = codebook_html(title='<script>alert("1")</script> & `more`')
    assert "<script" not in text and "&lt;script&gt;" in text and "&amp; `more`" in text
