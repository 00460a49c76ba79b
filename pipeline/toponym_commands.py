"""`khaldun places find` and `review`: place names of texts, and the places that a dataset could not settle."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Annotated, Any

import typer

Root = Annotated[Path, typer.Option("--root", help="Folder of the dataset.", show_default="current folder")]
Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON, for programs.")]


def add_toponym_commands(app: typer.Typer) -> None:
    """Add the commands `find` and `review` to those of `khaldun places`."""
    app.command("find")(find_places)
    app.command("review")(review_places)


def find_places(
    texts: Annotated[Path, typer.Argument(metavar="IN.jsonl", help="JSON Lines: objects with `text`, and an `id`.")],
    out: Annotated[Path, typer.Argument(metavar="OUT.jsonl", help="File to write.")],
    root: Root = Path(),
    countries: Annotated[str | None, typer.Option(help="Countries that the texts are about, as IQ,SY; else the dataset's.")] = None,
    as_json: Json = False,
) -> None:
    """Write the place names of each document, with what they mean and where it lies."""
    from pipeline.resources.bundle import Resources
    from pipeline.resources.toponym_files import write_toponyms
    from pipeline.resources.toponyms import ToponymFinder
    from pipeline.settings import Settings, load_settings

    settings = load_settings(root / "dataset.toml") if (root / "dataset.toml").is_file() else Settings()
    focus = _countries(countries) if countries is not None else [_country(code) for code in settings.dataset.countries]
    counts = write_toponyms(texts, out, ToponymFinder(Resources.of(root)), focus)
    told = f"{counts['toponyms']} toponyms in {counts['documents']} documents, {counts['without_a_point']} without a point"
    typer.echo(json.dumps(counts) if as_json else f"{told}\nwritten to {out}")


def review_places(
    root: Root = Path(),
    limit: Annotated[int, typer.Option(min=1, help="As many rows at most.")] = 100,
    as_json: Json = False,
) -> None:
    """List places that are unknown or doubtful, the most reported first, as rows for seeds/places.csv."""
    from pipeline.locating.review import places_to_review
    from pipeline.resources.seeds import SEED_TABLES
    from pipeline.runner import Build

    made = Build(root)
    if stale := made.stale():
        typer.echo(f"warning: not up to date: {', '.join(item.stage for item in stale)}. `khaldun build` first?", err=True)
    rows = places_to_review(made.reader().read("reports"), made.reader().read("coded_reports"))[:limit]
    typer.echo(json.dumps(rows, indent=1, ensure_ascii=False) if as_json else _as_csv(rows, SEED_TABLES["places"].columns).rstrip())


def _countries(listed: str) -> list[str]:
    return [_country(code) for code in (each.strip() for each in listed.split(",")) if code]


def _country(code: str) -> str:
    from pipeline.errors import RefusedError
    from schemas.taxonomy import COUNTRIES, COUNTRY_BY_ISO2

    if code in COUNTRIES:
        return code
    if code.upper() not in COUNTRY_BY_ISO2:
        raise RefusedError(f"--countries {code}: no such country. Give two-letter codes, as IQ,SY.")
    return COUNTRY_BY_ISO2[code.upper()].country


def _as_csv(rows: list[dict[str, Any]], columns: tuple[str, ...]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
