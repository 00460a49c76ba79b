"""Makes the folder of a new dataset."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

from pipeline.errors import RefusedError
from schemas.identity import slug
from schemas.taxonomy import COUNTRY_BY_ISO2

_DATASET_TOML = """\
# Settings of this dataset. Every key may be left out; docs/settings.md says what each one does.

[dataset]
name = "{name}"
title = {quoted_title}
# ISO 3166 codes of the countries covered; an empty list is the whole world.
countries = [{countries}]

[release]
creators = ["The authors of {name}"]
"""

_README = """\
# {title}

A conflict event dataset built with Khaldun.

    data/raw/          articles as received, decisions of coders, answers of geocoders, the ledger of event ids. Keep all of it
                       in git
    data/processed/    the state, rebuilt at will, and releases
    seeds/             rows that overlay Khaldun's own tables of places, actors, sources and words

Put articles into data/raw with `khaldun ingest FILE`, then run `khaldun build --release 2026.1.0`.
"""

_GITIGNORE = """\
# The state can be rebuilt; releases are files to publish, not to commit. data/raw stays in git: the ledger there is the
# memory of event ids.
/data/processed/
"""


def make_dataset(directory: Path, name: str | None, countries: list[str]) -> list[str]:
    """Write an empty dataset into a folder.

    Args:
        directory: Folder to make; it may exist if it is empty.
        name: Short name; made from the folder's name if None.
        countries: ISO 3166 two-letter codes; none is the whole world.

    Returns:
        What to tell the user: what was made, and what to do next.

    Raises:
        RefusedError: The folder holds something, or a code is no country.
    """
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        raise RefusedError(f"{directory} is not empty. Name a new folder.")
    if unknown := [code for code in countries if code not in COUNTRY_BY_ISO2]:
        raise RefusedError(f"{', '.join(unknown)}: no such country. Use two-letter codes, as --countries IQ,SY.")
    short = slug(name or directory.resolve().name)
    # A folder's name may hold what neither TOML nor UTF-8 can.
    title = " ".join((name or directory.resolve().name).replace("-", " ").split()).encode("utf-8", "replace").decode()
    quoted = ", ".join(f'"{code}"' for code in countries)
    for folder in ("data/raw/decisions", "data/processed", "seeds"):
        (directory / folder).mkdir(parents=True, exist_ok=True)
    files = {
        "dataset.toml": _DATASET_TOML.format(name=short, quoted_title=json.dumps(title, ensure_ascii=False), countries=quoted),
        "README.md": _README.format(title=title),
        ".gitignore": _GITIGNORE,
    }
    for file, text in files.items():
        (directory / file).write_text(text, encoding="utf-8")
    covered = ", ".join(COUNTRY_BY_ISO2[code].country for code in countries) or "the whole world"
    where = "" if directory.resolve() == Path.cwd() else f" --root {shlex.quote(str(directory))}"
    return [
        f"Made the dataset {short} in {directory}, covering {covered}.",
        f"Next: khaldun ingest ARTICLES{where}",
        f"then: khaldun build{where}",
    ]
