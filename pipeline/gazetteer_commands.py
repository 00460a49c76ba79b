"""The commands of `khaldun gazetteer`: GeoNames dumps that are added to a dataset, and what its gazetteer knows."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from pipeline.ingest.gazetteers import Note
    from pipeline.resources.place import Place

gazetteer_app = typer.Typer(
    help="Add gazetteers to the dataset, and see what it knows of a name.", no_args_is_help=True, rich_markup_mode=None
)

Root = Annotated[Path, typer.Option("--root", help="Folder of the dataset.", show_default="current folder")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]

HERE = Path()


def _echo_json(found: object) -> None:
    typer.echo(json.dumps(found, indent=1, ensure_ascii=False))


@gazetteer_app.command()
def add(
    paths: Annotated[list[Path], typer.Argument(help="Dumps, tables of units and of alternate names of GeoNames: .txt or .zip.")],
    root: Root = HERE,
    replace: Annotated[bool, typer.Option("--replace", help="Put a newer copy in the place of a file of the same name.")] = False,
    as_json: Json = False,
) -> None:
    """Copy files of GeoNames into data/raw/gazetteer; the next build uses them."""
    from pipeline.ingest.gazetteers import add_files
    from pipeline.settings import load_settings

    load_settings(root / "dataset.toml")
    added = add_files(paths, root, replace=replace)
    if as_json:
        _echo_json([asdict(each) for each in added])
        return
    for each in added:
        typer.echo(f"{each.outcome}: {each.name}, {_described(each.note)}")
        for refused in each.note.refused_lines:
            typer.echo(f"  {each.note.name}:{refused.line}: {refused.reason}")
        if each.note.refused > len(each.note.refused_lines):
            typer.echo(f"  and {each.note.refused - len(each.note.refused_lines):,} lines more")
    typer.echo("Next: khaldun build. What you publish credits GeoNames (CC BY 4.0), as its releases do.")


@gazetteer_app.command("list")
def list_command(root: Root = HERE, as_json: Json = False) -> None:
    """List the files that were added."""
    from pipeline.ingest.gazetteers import list_files

    found = list_files(root)
    if as_json:
        _echo_json([asdict(each) for each in found])
        return
    for each in found:
        told = _described(each.note) if each.note else "not noted, or changed since: add it again to have it checked"
        typer.echo(f"{each.name}: {told}")
    if not found:
        typer.echo("No gazetteer was added. Next: khaldun gazetteer add IQ.zip")


def _described(note: Note) -> str:
    kinds = {
        "places": "places",
        "admin1_codes": "units of the first level",
        "admin2_codes": "units of the second level",
        "alternate_names": "alternate names",
    }
    left_out = f", {note.left_out:,} of them of kinds that are not used" if note.left_out else ""
    refused = f"; {note.refused:,} lines refused" if note.refused else ""
    return f"{note.rows:,} {kinds[note.kind]}{left_out}{refused} ({note.licence}, {note.credit})"


@gazetteer_app.command()
def search(
    name: Annotated[str, typer.Argument(help="Name of a place, in any of its spellings.")],
    root: Root = HERE,
    country: Annotated[str | None, typer.Option("--country", help="Only there: name, or two-letter code.")] = None,
    as_json: Json = False,
) -> None:
    """Show the places of a name, and from which layer each comes."""
    from pipeline.resources.bundle import Resources
    from schemas.taxonomy import COUNTRIES, COUNTRY_BY_ISO2

    wanted = COUNTRY_BY_ISO2[country.upper()].country if country and country.upper() in COUNTRY_BY_ISO2 else country
    if wanted is not None and wanted not in COUNTRIES:
        raise typer.BadParameter(f"{country}: no such country. Use its name in the codebook, or two letters as IQ.")
    found = [each for each in Resources.of(root).gazetteer.in_all_layers(name) if wanted in (None, each[0].country)]
    if as_json:
        _echo_json([{**asdict(place), "layer": layer} for place, layer in found])
        return
    for place, layer in found:
        typer.echo(_line(place, layer))
    if not found:
        typer.echo(f"No place called {name}{f' in {wanted}' if wanted else ''}.")


def _line(place: Place, layer: str) -> str:
    parts = (place.admin3, place.admin2, place.admin1, place.country)
    around = ", ".join(part for position, part in enumerate(parts) if part and part not in (place.name, *parts[:position]))
    point = "" if place.latitude is None else f"  {place.latitude:.4f}, {place.longitude:.4f}"
    return f"{place.place_id:20}  {place.kind:8}  {place.name}{f' ({around})' if around else ''}{point}  [{layer}]"


@gazetteer_app.command()
def info(root: Root = HERE, as_json: Json = False) -> None:
    """Say how many places of which kind each layer holds, and whom to credit."""
    from pipeline.ingest.gazetteers import CREDIT, LICENCE
    from pipeline.resources.bundle import Resources

    layers = Resources.of(root).place_counts()
    if as_json:
        listed = [{"layer": layer, "kinds": kinds} for layer, kinds in layers.items()]
        _echo_json({"layers": listed, "licence": LICENCE, "credit": CREDIT})
        return
    for layer, kinds in layers.items():
        told = ", ".join(f"{count:,} {kind}" for kind, count in kinds.items())
        typer.echo(f"{layer}: {sum(kinds.values()):,} places ({told})")
    typer.echo(f"Places of GeoNames: {LICENCE}, credit {CREDIT}.")
