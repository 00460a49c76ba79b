"""The gate: measures every gold set that is present and compares it with its floors.

`python -m pipeline.evaluation.gate` exits with 1 if a figure is below its floor; `--update` raises the floors to what is reached
now; `--update --lower SET.FIELD --reason TEXT` lowers one, or several.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from pipeline.errors import InputError, KhaldunError, RefusedError
from pipeline.evaluation.evaluation import evaluate
from pipeline.evaluation.floors import (
    Breach,
    Floors,
    SetFigures,
    check_floors,
    floored_figures,
    floors_text,
    lower_floor,
    matching_figures,
    parse_floors,
    raise_floors,
)
from pipeline.evaluation.gold import HALVES, in_half, parse_gold
from pipeline.evaluation.loader import code_articles, file_content

FLOORS_FILE = Path("tests/golden/floors.toml")
SET_FOLDERS = (Path("tests/golden"), Path("seeds/sample"))
"""Where our own gold sets lie, from the top of the repository."""

_LARGE = 500
_FIRST = 300


@dataclass(frozen=True)
class GoldSet:
    """Articles and their gold coding.

    Attributes:
        name: Name of its folder; of several pairs of files in one folder, with what stands before `_gold`.
        articles: JSON Lines file of articles.
        gold: Gold file.
        first: Use only so many, the first of the gold file; None for all.
    """

    name: str
    articles: Path
    gold: Path
    first: int | None = None

    def content(self) -> tuple[bytes, bytes]:
        """The lines of both files that are used: articles, gold."""
        articles, gold = file_content(self.articles), file_content(self.gold)
        if self.first is None:
            return articles, gold
        chosen = gold.splitlines(keepends=True)[: self.first]
        ids = {json.loads(line)["id"] for line in chosen}
        return b"".join(line for line in articles.splitlines(keepends=True) if json.loads(line)["id"] in ids), b"".join(chosen)


def find_sets(folder: Path, *, whole: bool = False) -> list[GoldSet]:
    """The gold sets in a folder and in its folders: `gold.jsonl` with `articles.jsonl`, `X_gold.jsonl` with `X.jsonl`.

    Args:
        folder: Where to look; it may be missing.
        whole: Also measure large sets as a whole, which takes minutes; else only their first articles.
    """
    found = []
    for gold in sorted([*folder.glob("*gold.jsonl"), *folder.glob("*/*gold.jsonl")]):
        prefix = gold.name.removesuffix("gold.jsonl").rstrip("_")
        articles = gold.with_name(f"{prefix or 'articles'}.jsonl")
        if not articles.is_file():
            raise InputError(f"{gold}: {articles.name} should lie beside it.")
        name = "-".join(part for part in (gold.resolve().parent.name, prefix) if part)
        is_large = file_content(gold).count(b"\n") > _LARGE
        if is_large:
            found.append(GoldSet(f"{name}-first-{_FIRST}", articles, gold, _FIRST))
        if whole or not is_large:
            found.append(GoldSet(name, articles, gold))
    return found


def measure(gold_set: GoldSet, jobs: int | None = None) -> SetFigures:
    """Code the articles of a set with default settings and shipped seeds, and score each half."""
    articles, gold_bytes = gold_set.content()
    gold = parse_gold(gold_bytes.decode("utf-8"), str(gold_set.gold))
    coded = code_articles(articles, gold, jobs=jobs)
    parts = {"all": matching_figures(evaluate(gold, coded))}
    for half in HALVES:
        if chosen := in_half(gold, half):
            parts[half] = floored_figures(evaluate(chosen, coded))
    digests = hashlib.sha256(articles).hexdigest() + hashlib.sha256(gold_bytes).hexdigest()
    return SetFigures(hashlib.sha256(digests.encode()).hexdigest(), {part: values for part, values in parts.items() if values})


def read_floors(path: Path = FLOORS_FILE) -> Floors:
    """The floors in a file; none if it does not exist.

    Raises:
        InputError: It cannot be used.
    """
    return parse_floors(file_content(path).decode("utf-8"), str(path)) if path.is_file() else Floors()


def _measure_all(folders: Sequence[Path], whole: bool, jobs: int | None) -> dict[str, SetFigures]:
    found: dict[str, SetFigures] = {}
    for gold_set in (each for folder in folders for each in find_sets(folder, whole=whole)):
        if gold_set.name in found:
            raise InputError(f"{gold_set.gold}: another set is called {gold_set.name} too. Rename its folder.")
        typer.echo(f"measuring {gold_set.name}", err=True)
        found[gold_set.name] = measure(gold_set, jobs)
    return found


def _report(breaches: Sequence[Breach], unpinned: Sequence[str]) -> None:
    for breach in breaches:
        typer.echo(str(breach))
    for name in unpinned:
        typer.echo(f"{name}: has no floors yet; --update sets them")
    typer.echo(f"{len(breaches)} below the floor" if breaches else "No figure is below its floor.")


def run(
    update: Annotated[bool, typer.Option("--update", help="Raise the floors to what is reached now.")] = False,
    lower: Annotated[list[str] | None, typer.Option(help="Lower a floor: SET.FIELD, or SET if its texts changed.")] = None,
    reason: Annotated[str, typer.Option(help="Why lowering is right; it is recorded.")] = "",
    also: Annotated[list[Path] | None, typer.Option("--also", help="Another folder of gold sets.")] = None,
    whole: Annotated[bool, typer.Option("--whole", help="Measure large sets as a whole too.")] = False,
    jobs: Annotated[int | None, typer.Option(min=1, help="Processes to use.")] = None,
) -> None:
    """Compare the gold sets with their floors, or set the floors."""
    if lower and not (update and reason.strip()):
        raise RefusedError("--lower goes with --update and a --reason; the reason is kept with the floors.")
    floors = read_floors()
    figures = _measure_all((*SET_FOLDERS, *(also or ())), whole, jobs)
    if update:
        for what in lower or ():
            floors = lower_floor(figures, floors, what, reason)
        floors = raise_floors(figures, floors)
        FLOORS_FILE.parent.mkdir(parents=True, exist_ok=True)
        FLOORS_FILE.write_text(floors_text(floors), encoding="utf-8")
    breaches = check_floors(figures, floors)
    _report(breaches, sorted(set(figures) - set(floors.sets)))
    if breaches:
        raise typer.Exit(1)


def main() -> None:
    """Run the gate; errors that a person can put right are printed without a traceback."""
    try:
        typer.run(run)
    except KhaldunError as error:
        sys.stderr.write(f"error: {error}\n")
        sys.exit(error.exit_code)


if __name__ == "__main__":
    main()
