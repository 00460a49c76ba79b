"""`khaldun places`: places of texts and of a dataset, and names that no gazetteer knows."""

from __future__ import annotations

import typer

from pipeline.geocoding_commands import add_geocoding_commands
from pipeline.toponym_commands import add_toponym_commands

places_app = typer.Typer(
    help="Places of texts and of the dataset, and names that no gazetteer knows.", no_args_is_help=True, rich_markup_mode=None
)
add_geocoding_commands(places_app)
add_toponym_commands(places_app)
