"""`khaldun actors`: the commands that ask the registry of actors.

Everything heavy is imported inside the commands, so that `--help` answers at once.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

actors_app = typer.Typer(
    help="Ask the registry of actors: who a name stands for, and which names it lacks.", no_args_is_help=True, rich_markup_mode=None
)

_HERE = Path()
_Root = Annotated[Path, typer.Option("--root", help="Folder of the dataset.", show_default="current folder")]
_Json = Annotated[bool, typer.Option("--json", help="Print the answer as JSON, for programs.")]


@actors_app.command()
def review(
    root: _Root = _HERE,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print rows for seeds/actors.csv.")] = False,
    as_json: _Json = False,
) -> None:
    """List the armed groups that reports name and the registry lacks, those of most reports first."""
    from pipeline.naming import candidates
    from pipeline.runner import Build

    build = Build(root)
    if stale := build.stale("locate"):
        typer.echo(f"warning: not up to date: {', '.join(item.stage for item in stale)}. `khaldun build` first?", err=True)
    found = candidates.candidates(build.reader())
    if as_json:
        typer.echo(json.dumps([each.as_dict() for each in found], indent=1, ensure_ascii=False))
    else:
        typer.echo(candidates.as_csv(found).rstrip("\n") if as_csv else candidates.as_text(found))


@actors_app.command()
def search(
    name: Annotated[str, typer.Argument(help="Words of a text, or a full name.")],
    root: _Root = _HERE,
    country: Annotated[str | None, typer.Option(help="Country of the event: its name or two-letter code.")] = None,
    day: Annotated[str | None, typer.Option(help="Day of the event, YYYY-MM-DD.")] = None,
    as_json: _Json = False,
) -> None:
    """Show who a name stands for in a country on a day, and why."""
    from pipeline.naming import search as searching
    from pipeline.resources.bundle import Resources
    from pipeline.resources.seeds import Seeds

    resources = Resources(Seeds.of(root))
    where, when = searching.country_named(country, resources), searching.day_named(day)
    found = searching.search(resources, name, where, when)
    typer.echo(json.dumps(found.as_dict(), indent=1, ensure_ascii=False) if as_json else searching.as_text(found))
