"""`khaldun lexicon`: what the rules make of a sentence."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Annotated, Any

import typer

from pipeline.errors import RefusedError

lexicon_app = typer.Typer(help="See what the rules make of words.", no_args_is_help=True, rich_markup_mode=None)

_ID = "sentence"


@lexicon_app.command("test")
def test_sentence(
    sentence: Annotated[str, typer.Argument(metavar="SENTENCE", help="A sentence or a whole text.")],
    root: Annotated[Path, typer.Option("--root", help="Folder of the dataset.", show_default="current folder")] = Path(),
    day: Annotated[str | None, typer.Option("--date", help="Day on which it was published, YYYY-MM-DD.")] = None,
    source: Annotated[str, typer.Option(help="Outlet that printed it.")] = "A test",
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON, for programs.")] = False,
) -> None:
    """Show which words fire, which gates turn them down, and the reports that come of it."""
    if day is not None:
        try:
            dt.date.fromisoformat(day)
        except ValueError:
            raise RefusedError(f"--date {day}: no day. Give it as YYYY-MM-DD.") from None
    found = sentence_explained(sentence, root, day, source)
    typer.echo(json.dumps(found, indent=1, ensure_ascii=False, default=str) if as_json else _text(found))


def sentence_explained(sentence: str, root: Path, day: str | None, source: str) -> dict[str, Any]:
    """What the rules of a dataset make of a text: `fired`, and the explanation of the text as if it were an article.

    Args:
        sentence: The text.
        root: The dataset whose settings and seeds are used; without dataset.toml the defaults.
        day: Day of publication, YYYY-MM-DD; None if there is none.
        source: Outlet.
    """
    from pipeline.coding.stage import articles_of
    from pipeline.explaining.explanation import explanation
    from pipeline.explaining.fired import fired_words
    from pipeline.resources.bundle import Resources
    from pipeline.throwaway import throwaway_dataset

    article = {"id": _ID, "source": source, "text": sentence, "published_at": day, "language": "en"}
    with throwaway_dataset(json.dumps(article).encode() + b"\n", root=root, jobs=1) as build:
        build.run("match")
        found = explanation(build, _ID)
        resources = Resources.of(build.root)
        articles = articles_of(build.reader().read("articles"), resources)
        fired = [each for article in articles for each in fired_words(article, resources, build.settings)]
    return {"fired": fired, **found}


@lexicon_app.command("train")
def train_types(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="Gold file with the types of the articles.")],
    articles: Annotated[Path, typer.Option("--articles", help="JSON Lines file of the articles.")],
    root: Annotated[Path, typer.Option("--root", help="Folder of the dataset.", show_default="current folder")] = Path(),
    half: Annotated[str | None, typer.Option("--half", help="Only `even` or `odd` articles, by a hash of their id.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON, for programs.")] = False,
) -> None:
    """Fit the weights of words for types to brief labelled texts, and write them to the dataset's seeds."""
    from pipeline.durable import write_atomically
    from pipeline.evaluation.type_training import train

    out = root / "seeds" / "type_weights.csv"
    if not out.parent.is_dir():
        raise RefusedError(f"{out.parent}: not found. Name a dataset with --root, or make one with `khaldun init DIR`.")
    trained = train(gold, articles, half, root)
    write_atomically(out, trained.table.encode())
    found = {"texts": trained.texts, "examples": trained.examples, "weights": trained.weights, "written": str(out)}
    typer.echo(
        json.dumps(found, indent=1)
        if as_json
        else f"{trained.texts} texts, {trained.examples} examples, {trained.weights} weights; written to {out}"
    )


def _text(found: dict[str, Any]) -> str:
    from pipeline.explaining.fired import fired_text
    from pipeline.explaining.text import explain_text

    fired = fired_text(found["fired"]) or "  no act among the words that the rules know"
    return f"Words that the rules know:\n{fired}\n\n{explain_text(found)}"
