"""`khaldun release`: what to look at before a release."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from pipeline.errors import RefusedError

release_app = typer.Typer(help="See what a release would be before it is made.", no_args_is_help=True, rich_markup_mode=None)


@release_app.command("prepare")
def prepare_release(
    as_of: Annotated[str, typer.Option("--as-of", help="Date that the release would have, YYYY-MM-DD.")],
    root: Annotated[Path, typer.Option("--root", help="Folder of the dataset.", show_default="current folder")] = Path(),
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON, for programs.")] = False,
) -> None:
    """Show what a release would change in each country, what is to be reviewed and signed off, and which outlets fell silent."""
    from pipeline.publishing.prepare import preparation_text, prepare
    from pipeline.publishing.versions import parse_date
    from pipeline.resources.bundle import Resources
    from pipeline.runner import Build

    day, made = parse_date(as_of), Build(root)
    if stale := made.stale():
        names = ", ".join(item.stage for item in stale)
        raise RefusedError(f"the dataset is not up to date ({names}). Run `khaldun build` first.")
    found = prepare(made.reader(), root=root, as_of=day, resources=Resources.of(root), settings=made.settings)
    typer.echo(json.dumps(found.as_dict(), indent=1, ensure_ascii=False) if as_json else preparation_text(found))
