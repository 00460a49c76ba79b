"""The files of a release, written into an empty folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import Any

from khaldun.content import TableHash
from pipeline.publishing.assemble import Assembled
from pipeline.publishing.changes_page import ChangeStory, changes_page
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
from pipeline.publishing.movement import change_class, events_by_change, movements
from pipeline.publishing.parquet import write_parquet
from pipeline.publishing.spreadsheet import write_csv
from pipeline.settings import Settings
from schemas.codebook import codebook_csv, codebook_html

_LIBRARIES = ("khaldun", "numpy", "pandas", "pandera", "pyarrow", "pydantic")


@dataclass(frozen=True)
class Findings:
    """What a release says against itself.

    Attributes:
        report: The validation report.
        withheld: Events that are not shown, by reason in words.
    """

    report: Mapping[str, Any]
    withheld: Mapping[str, int]


def write_files(
    folder: Path,
    assembled: Assembled,
    hashes: Mapping[str, TableHash],
    facts: LedgerFacts,
    settings: Settings,
    findings: Findings,
) -> None:
    """Write every file of a release; the sums of all others last."""
    tables, story = assembled.tables, _story(assembled, facts, settings)
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
        "KNOWN_LIMITATIONS.md": limitations_text(tables, settings.dataset.title, facts.version, findings.withheld),
        "LICENSE": licence_text(facts, settings, osm_places),
        "README.md": readme(facts, settings, rows),
        "changes.html": changes_page(story),
        "citation.bib": citation_bib(facts, settings),
        "citation.ris": citation_ris(facts, settings),
        "codebook.csv": codebook_csv(convention),
        "codebook.html": codebook_html(convention, title=f"Codebook of {settings.dataset.title}, version {facts.version}"),
        "datapackage.json": data_package(folder, facts, settings, osm_places),
        "manifest.json": to_json(_manifest(facts, settings, rows, story)),
        "validation_report.json": to_json(findings.report),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    sums = [f"{sha256_of(path)}  {path.name}\n" for path in sorted(folder.iterdir())]
    (folder / "SHA256SUMS").write_text("".join(sums), encoding="utf-8", newline="\n")


def _story(assembled: Assembled, facts: LedgerFacts, settings: Settings) -> ChangeStory:
    changes = assembled.tables["changes"].to_pylist()
    return ChangeStory(
        title=settings.dataset.title,
        version=facts.version,
        date=facts.date.isoformat(),
        previous=facts.previous,
        kind=change_class(changes, is_first=facts.previous is None),
        counts=events_by_change(changes),
        movements=movements(assembled.before, assembled.ledger.events),
        changes=changes,
        before=assembled.before,
        after=assembled.ledger.events,
    )


def _manifest(facts: LedgerFacts, settings: Settings, rows: Mapping[str, int], story: ChangeStory) -> dict[str, Any]:
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
        "change_class": story.kind,
        "changes": dict(story.counts),
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
