"""The files of a release, written into an empty folder."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import Any

import pyarrow as pa

from khaldun.content import TableHash
from pipeline.publishing.description import (
    citation_bib,
    citation_cff,
    citation_ris,
    content_hashes,
    count_osm_places,
    data_package,
    licence_text,
    readme,
    sha256_of,
    to_json,
)
from pipeline.publishing.ledger import LedgerFacts
from pipeline.publishing.limitations import limitations_text
from pipeline.publishing.parquet import write_parquet
from pipeline.publishing.spreadsheet import write_csv
from pipeline.settings import Settings
from schemas.codebook import codebook_csv, codebook_html

_LIBRARIES = ("khaldun", "numpy", "pandas", "pandera", "pyarrow", "pydantic")


def write_files(
    folder: Path,
    tables: Mapping[str, pa.Table],
    hashes: Mapping[str, TableHash],
    facts: LedgerFacts,
    settings: Settings,
    report: Mapping[str, Any],
    withheld: Mapping[str, int],
) -> None:
    """Write every file of a release; the sums of all others last."""
    convention = settings.release.interaction
    for name, table in tables.items():
        write_parquet(table, folder / f"{name}.parquet")
    write_csv(tables["events"], folder / "events.csv")
    write_csv(tables["errata"], folder / "ERRATA.csv")
    rows = {name: each.rows for name, each in hashes.items()}
    osm_places = count_osm_places(tables)
    texts = {
        "CITATION.cff": citation_cff(facts, settings),
        "CONTENT_HASHES.json": content_hashes(hashes, facts.content_hash),
        "KNOWN_LIMITATIONS.md": limitations_text(tables, settings.dataset.title, facts.version, withheld),
        "LICENSE": licence_text(facts, settings, osm_places),
        "README.md": readme(facts, settings, rows),
        "citation.bib": citation_bib(facts, settings),
        "citation.ris": citation_ris(facts, settings),
        "codebook.csv": codebook_csv(convention),
        "codebook.html": codebook_html(convention, title=f"Codebook of {settings.dataset.title}, version {facts.version}"),
        "datapackage.json": data_package(folder, facts, settings, osm_places),
        "manifest.json": to_json(_manifest(facts, settings, rows)),
        "validation_report.json": to_json(report),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    sums = [f"{sha256_of(path)}  {path.name}\n" for path in sorted(folder.iterdir())]
    (folder / "SHA256SUMS").write_text("".join(sums), encoding="utf-8", newline="\n")


def _manifest(facts: LedgerFacts, settings: Settings, rows: Mapping[str, int]) -> dict[str, Any]:
    """What the release was made from and with; nothing of the machine, nothing of the clock."""
    return {
        "format_version": 1,
        "dataset": settings.dataset.name,
        "version": facts.version,
        "date": facts.date.isoformat(),
        "previous": facts.previous,
        "content_hash": facts.content_hash,
        "recipe": settings.matching.recipe,
        "interaction": settings.release.interaction,
        "method_epoch": settings.release.method_epoch,
        "rows": dict(sorted(rows.items())),
        "libraries": _library_versions(),
        "settings": facts.settings,
        "inputs": dict(facts.inputs),
    }


def _library_versions() -> dict[str, str]:
    found = {}
    for name in _LIBRARIES:
        try:
            found[name] = installed_version(name)
        except PackageNotFoundError:  # a checkout that was never installed
            continue
    return found
