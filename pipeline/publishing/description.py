"""The papers of a release: how it is described, cited, licensed and read."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from string import Template
from typing import Any

import pyarrow as pa

from khaldun.content import TableHash
from pipeline.publishing.ledger import LedgerFacts
from pipeline.publishing.spreadsheet import FORMULA_STARTS, GUARD
from pipeline.settings import Settings
from schemas.table_schema import table_schema
from schemas.tables import RELEASE_TABLES

LICENCE_NAME = "CC-BY-4.0"
LICENCE_TITLE = "Creative Commons Attribution 4.0 International"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
GEONAMES = {"title": "GeoNames (places and coordinates, CC BY 4.0)", "path": "https://www.geonames.org/"}
OPENSTREETMAP = {
    "title": "OpenStreetMap contributors (places whose place_id begins with osm:, ODbL 1.0)",
    "path": "https://www.openstreetmap.org/copyright",
}
_OSM_PREFIX = "osm:"

_CSV_DIALECT = {
    "delimiter": ",",
    "lineTerminator": "\n",
    "quoteChar": '"',
    "doubleQuote": True,
    "header": True,
}


def to_json(values: Any) -> str:
    """JSON as all files of a release write it."""
    return json.dumps(values, indent=2, ensure_ascii=False) + "\n"


def sha256_of(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def content_hashes(tables: Mapping[str, TableHash], release: str) -> str:
    """CONTENT_HASHES.json."""
    rows = {name: {"rows": each.rows, "sha256": each.sha256} for name, each in sorted(tables.items())}
    return to_json({"format_version": 1, "release": release, "tables": rows})


def count_osm_places(tables: Mapping[str, pa.Table]) -> int:
    """How many places of a release come from OpenStreetMap: accepted answers of geocoders that ask it."""
    ids = {place_id for name in ("events", "reports") for place_id in tables[name]["place_id"].unique().to_pylist()}
    return sum(place_id is not None and place_id.startswith(_OSM_PREFIX) for place_id in ids)


# -- datapackage.json ---------------------------------------------------------------------------------------------------------


def data_package(folder: Path, facts: LedgerFacts, settings: Settings, osm_places: int) -> str:
    """datapackage.json (Data Package 2.0) of the tables that lie in the folder."""
    package: dict[str, Any] = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": settings.dataset.name,
        "title": settings.dataset.title,
        "description": settings.dataset.description or settings.dataset.title,
        "version": facts.version,
        "created": f"{facts.date.isoformat()}T00:00:00Z",
        "keywords": ["conflict", "event data", "political violence", "protest"],
        "licenses": [{"name": LICENCE_NAME, "title": LICENCE_TITLE, "path": LICENCE_URL}],
        "sources": [GEONAMES, OPENSTREETMAP] if osm_places else [GEONAMES],
        "contributors": [{"title": name, "roles": ["creator"]} for name in settings.release.creators],
    }
    if settings.release.homepage:
        package["homepage"] = settings.release.homepage
    return to_json(package | {"resources": [*_parquet_resources(folder, settings), _csv_resource(folder, settings)]})


def _file_facts(path: Path) -> dict[str, Any]:
    return {"path": path.name, "hash": f"sha256:{sha256_of(path)}"}


def _parquet_resources(folder: Path, settings: Settings) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "type": "table",
            "title": table.meaning,
            **_file_facts(folder / f"{name}.parquet"),
            "format": "parquet",
            "mediatype": "application/vnd.apache.parquet",
            # Validators that read Parquet through floats meet its nulls as NaN; without this they call them no integers.
            "schema": {**table_schema(name, settings.release.interaction), "missingValues": ["", "nan"]},
        }
        for name, table in RELEASE_TABLES.items()
    ]


def _csv_resource(folder: Path, settings: Settings) -> dict[str, Any]:
    return {
        "name": "events-csv",
        "type": "table",
        "title": f"{RELEASE_TABLES['events'].meaning} The same rows as events, for spreadsheets.",
        **_file_facts(folder / "events.csv"),
        # Only here: frictionless 5 counts no bytes of Parquet files, and would call any number wrong.
        "bytes": (folder / "events.csv").stat().st_size,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": _CSV_DIALECT,
        # Text that a spreadsheet might run as a formula has one apostrophe in front; numbers are as they are.
        "formulaGuard": {"prefix": GUARD, "starts": list(FORMULA_STARTS), "fields": "string"},
        "schema": table_schema("events", settings.release.interaction),
    }


# -- citation -----------------------------------------------------------------------------------------------------------------


def citation_cff(facts: LedgerFacts, settings: Settings) -> str:
    """CITATION.cff, version 1.2.0. JSON strings are YAML strings: nothing in a title can break out of its line."""
    lines = [
        "cff-version: 1.2.0",
        "message: If you use these data, please cite this release.",
        "type: dataset",
        f"title: {_quoted(settings.dataset.title)}",
        f"version: {_quoted(facts.version)}",
        f"date-released: {facts.date.isoformat()}",
        f"license: {LICENCE_NAME}",
        "authors:",
        *(f"  - name: {_quoted(name)}" for name in settings.release.creators),
        "identifiers:",
        "  - type: other",
        f"    value: {_quoted('sha256:' + facts.content_hash)}",
        "    description: Content hash of the release, as in CONTENT_HASHES.json.",
    ]
    if settings.dataset.description:
        lines.append(f"abstract: {_quoted(settings.dataset.description)}")
    if settings.release.homepage:
        lines.append(f"url: {_quoted(settings.release.homepage)}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(" ".join(text.split()), ensure_ascii=False)


def citation_bib(facts: LedgerFacts, settings: Settings) -> str:
    """One BibTeX entry; creators stand in braces of their own, since they may be institutions."""
    key = f"{settings.dataset.name}-{facts.version}"
    fields = {
        "author": " and ".join(f"{{{_tex(name)}}}" for name in settings.release.creators),
        "title": f"{{{_tex(settings.dataset.title)}}}",
        "year": str(facts.date.year),
        "month": str(facts.date.month),
        "version": facts.version,
        "note": f"Dataset, version {facts.version}, content {facts.content_hash[:12]}",
    }
    if settings.release.homepage:
        fields["url"] = settings.release.homepage
    inner = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@misc{{{key},\n{inner}\n}}\n"


def _tex(text: str) -> str:
    plain = " ".join(text.replace("\\", "/").replace("{", "(").replace("}", ")").split())
    return re.sub(r"([&%$#_])", r"\\\1", plain)


def citation_ris(facts: LedgerFacts, settings: Settings) -> str:
    """The same for reference managers that read RIS."""
    lines = ["TY  - DATA", *(f"AU  - {' '.join(name.split())}" for name in settings.release.creators)]
    lines += [
        f"TI  - {' '.join(settings.dataset.title.split())}",
        f"PY  - {facts.date.year}",
        f"DA  - {facts.date.strftime('%Y/%m/%d')}",
        f"ET  - {facts.version}",
    ]
    if settings.release.homepage:
        lines.append(f"UR  - {settings.release.homepage}")
    return "\n".join([*lines, "ER  - "]) + "\n"


# -- texts --------------------------------------------------------------------------------------------------------------------


def licence_text(facts: LedgerFacts, settings: Settings, osm_places: int) -> str:
    """The licence of the data, and the credit that it asks for."""
    creators = ", ".join(settings.release.creators)
    osm = _OSM_TERMS.substitute(count=osm_places) if osm_places else ""
    return f"""{settings.dataset.title}, version {facts.version}
by {creators}

These data are licensed under the {LICENCE_TITLE} licence ({LICENCE_NAME}).
You may share and adapt them, for any purpose, if you give credit and say what you changed.
The licence: {LICENCE_URL}

Places and coordinates come for the most part from GeoNames (https://www.geonames.org/), licensed under CC BY 4.0;
a selection was made, and spellings and parents were changed.
{osm}
The articles that the data rest on are not part of this release. They keep the terms of their publishers.
"""


_OSM_TERMS = Template("""
Places whose place_id begins with `osm:` ($count here) have their names and coordinates from OpenStreetMap and keep its terms: they
are (c) OpenStreetMap contributors and available under the Open Database License (ODbL) 1.0. The licence above does not cover
them; who copies a substantial part of them shares it under the ODbL. See https://www.openstreetmap.org/copyright
""")


def readme(facts: LedgerFacts, settings: Settings, rows: Mapping[str, int]) -> str:
    """README.md: which file is for whom, how to load it, how to cite it."""
    listed = "\n".join(f"| `{name}.parquet` | {rows[name]} | {table.meaning} |" for name, table in RELEASE_TABLES.items())
    about = f"{settings.dataset.description}\n\n" if settings.dataset.description else ""
    against = f"It follows {facts.previous}: `changes` says what differs." if facts.previous else "It is the first release."
    classes = "labels" if settings.release.interaction == "text" else "numbers"
    return _README.substitute(
        title=settings.dataset.title,
        version=facts.version,
        about=about,
        date=facts.date.isoformat(),
        against=against,
        classes=classes,
        listed=listed,
        content_hash=facts.content_hash,
        licence=LICENCE_NAME,
    )


_README = Template("""# $title, version $version

${about}Released on $date. $against

## Which file for whom

- **Count or map events:** `events.parquet`, or `events.csv` for a spreadsheet. The first 31 columns are those of an ACLED export in
  the same order; actor classes are written as $classes. Before you map, look at `geo_precision` and `time_precision`.
- **Ask who reported what:** `event_reports.parquet` links events to `reports.parquet`; `evidence.parquet` says on which words of
  the article each value rests, as offsets.
- **Tell zero from not covered:** `coverage.parquet`.
- **Update an older copy:** `changes.parquet` and `tombstones.parquet`; to read, `changes.html`.
- **Know what is weak:** `KNOWN_LIMITATIONS.md`; what people set right by hand: `ERRATA.csv`.
- **Look up a column:** `codebook.html`, or `codebook.csv`.
- **Check the files:** `sha256sum -c SHA256SUMS`, or `khaldun verify .`, which also checks content, columns, keys and links.

| file | rows | one row is |
|---|---|---|
$listed

## Load

```python
import pandas as pd
events = pd.read_parquet("events.parquet")
```

```python
import khaldun
events = khaldun.load("events", version="$version", root="folder of the dataset")
```

```sql
-- DuckDB
SELECT country, year, count(*) AS events, sum(fatalities) AS deaths FROM 'events.parquet' GROUP BY ALL;
```

```r
events <- arrow::read_parquet("events.parquet")
```

`events.csv` is UTF-8; an empty cell is null, and `NA` is never written for it. A text that a spreadsheet might take for a formula
has an apostrophe in front; `khaldun.load` takes it away.

## Cite

See `CITATION.cff`, `citation.bib` or `citation.ris`. Name the version: releases never change, a correction is a new one.
Content hash: `$content_hash`.

Licence: $licence, see `LICENSE`.
""")
