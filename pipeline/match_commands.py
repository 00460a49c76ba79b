"""`khaldun match explain | evaluate | review | recipes | train`: why reports are one event, how well that goes, and more."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.errors import InputError, RefusedError

if TYPE_CHECKING:
    from pipeline.evaluation.gold import GoldArticle
    from pipeline.matching.training import LabelledPairs

match_app = typer.Typer(help="Match reports: those of one incident become one event.", rich_markup_mode=None)

Root = Annotated[Path, typer.Option("--root", help="Folder of the dataset.", show_default="current folder")]
Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON, for programs.")]
HalfOption = Annotated[str | None, typer.Option("--half", help="Only `even` or `odd` articles, by a hash of their id.")]
HERE = Path()


@match_app.command("explain")
def explain_match(
    keys: Annotated[list[str], typer.Argument(metavar="EVENT|REPORT [REPORT]", help="An event_id, a report_id, or two.")],
    root: Root = HERE,
    as_json: Json = False,
) -> None:
    """Show levels, weights and score of the pairs of an event, or of two reports, and why they are one event or not."""
    from pipeline.explaining.matching import MatchedDataset
    from pipeline.runner import Build

    if len(keys) > 2:
        raise RefusedError("name one event, one report, or two reports.")
    dataset = MatchedDataset(Build(root))
    if len(keys) == 2:
        found = dataset.pair(keys[0], keys[1])
    else:
        found = dataset.report(keys[0]) if keys[0].startswith("rep-") else dataset.event(keys[0])
    if as_json:
        typer.echo(json.dumps(found, indent=1, ensure_ascii=False))
    else:
        typer.echo(_pair_text(found) if len(keys) == 2 else _event_text(found))


def _pair_text(found: dict[str, Any]) -> str:
    lines = [
        f"  {row['report_id']}  {row['event_date']}  {row['sub_event_type']}, {row['location']}: {row['actor1']} | {row['actor2']}"
        for row in found["reports"]
    ]
    lines.append(f"  {'base':10}{'':18}{found['base']:+7.2f}")
    for each in found["fields"]:
        weight = "  never" if each["weight"] is None else f"{each['weight']:+7.2f}"
        lines.append(f"  {each['field']:10}{each['level']:18}{weight}")
    score = "none" if found["score"] is None else f"{found['score']:+.2f}"
    lines.append(f"  score {score}, probability {found['probability']:.2f}: {found['outcome']}")
    lines.append(f"  {'one event' if found['one_event'] else 'two events'}: {found['why']}")
    return "\n".join(lines)


def _event_text(found: dict[str, Any]) -> str:
    lines = [found["event_id"]]
    lines += [f"  {each['report_id']}  {each['role']:11}{each['score']:.2f}  {each['reasons'] or ''}" for each in found["reports"]]
    for each in found["outside"]:
        lines += ["not in it, though the pair comes near:", _pair_text(each)]
    return "\n".join(lines)


@match_app.command("evaluate")
def evaluate_match(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="Gold file with same_event labels.")],
    root: Root = HERE,
    articles: Annotated[
        Path | None, typer.Option("--articles", help="Code these first, by the rules: the gold's articles.")
    ] = None,
    incidents: Annotated[Path | None, typer.Option("--incidents", help="A list of incidents, in place of same_event.")] = None,
    half: HalfOption = None,
    as_json: Json = False,
) -> None:
    """Score matching apart from coding: the gold events themselves are matched as reports; with --articles, coding and matching."""
    from pipeline.evaluation.gold import in_half
    from pipeline.evaluation.incidents import label_incidents
    from pipeline.evaluation.loader import file_content, read_gold
    from pipeline.evaluation.matching import evaluate_matching
    from pipeline.resources.bundle import Resources

    read = read_gold(gold)
    if incidents is not None:
        read = label_incidents(read, file_content(incidents).decode("utf-8-sig"), str(incidents))
    chosen = in_half(read, _half(half))
    if articles is not None:
        found = _coded_and_matched(articles, chosen, root)
        typer.echo(json.dumps(found, indent=1) if as_json else _coded_text(found))
        return
    found = evaluate_matching(chosen, Resources.of(root), _settings(root))
    typer.echo(json.dumps(found, indent=1) if as_json else _figures_text(found))


def _coded_and_matched(articles: Path, gold: list[GoldArticle], root: Path) -> dict[str, Any]:
    from pipeline.evaluation.clusters import matching
    from pipeline.evaluation.incidents import incident_recall
    from pipeline.evaluation.loader import code_articles, file_content
    from pipeline.evaluation.pairing import pair

    coded = code_articles(file_content(articles), gold, root=root)
    paired = [pair(article, coded.get(article.id)) for article in gold]
    return {"b_cubed": matching(paired), "macro": incident_recall(paired)}


def _coded_text(found: dict[str, Any]) -> str:
    cubed, macro = found["b_cubed"], found["macro"]
    lines = (
        [] if cubed is None else ["B-cubed of told events: precision {p:.3f}, recall {r:.3f}, F1 {f1:.3f}, n {n}".format(**cubed)]
    )
    told = "{incidents} incidents told {told} times, {missed} of these without an event".format(**macro)
    return "\n".join([*lines, f"{told}: recall {macro['recall']:.3f}, of pairs {macro['pairs']:.3f}"])


def _half(word: str | None) -> Any:
    if word not in (None, "even", "odd"):
        raise RefusedError(f"--half {word}: there are two halves, even and odd.")
    return word


def _settings(root: Path) -> Any:
    from pipeline.settings import Settings, load_settings

    path = root / "dataset.toml"
    return load_settings(path) if path.is_file() else Settings()


def _figures_text(found: dict[str, Any]) -> str:
    rows = [("pairs", found["pairs"]), ("B-cubed", found["b_cubed"] | {"n": found["reports"] + found["without_report"]})]
    rows += [(f"  told {size} times", each) for size, each in found["by_size"].items()]
    lines = [f"{'':16}{'precision':>10}{'recall':>8}{'F1':>8}{'n':>7}"]
    lines += [f"{name:16}{each['p']:>10.3f}{each['r']:>8.3f}{each['f1']:>8.3f}{each['n']:>7}" for name, each in rows]
    lines.append(f"{found['without_report']} gold events lack a day or a place and stand alone.")
    return "\n".join(lines)


@match_app.command("review")
def review_match(
    root: Root = HERE, most: Annotated[int, typer.Option("--most", min=1, help="List as many pairs.")] = 50, as_json: Json = False
) -> None:
    """List doubtful pairs, the likeliest first; with --json one decision a line that lacks its verdict."""
    from pipeline.explaining.matching import MatchedDataset
    from pipeline.runner import Build

    for each in MatchedDataset(Build(root)).review(most):
        if as_json:
            typer.echo(json.dumps(each, ensure_ascii=False))
        else:
            one, two = each["reports"]
            typer.echo(f"{each['probability']:.2f}  {'one event ' if each['one_event'] else 'two events'}")
            for row in (one, two):
                typer.echo(
                    f"      {row['report_id']}  {row['event_date']}  {row['sub_event_type']}, {row['location']}: {row['actor1']}"
                )


@match_app.command("recipes")
def compare_recipes(root: Root = HERE, as_json: Json = False) -> None:
    """Sum the events up by each recipe: all deaths, and how many events differ from those of the recipe in use."""
    from pipeline.explaining.matching import MatchedDataset
    from pipeline.runner import Build

    rows = MatchedDataset(Build(root)).recipes()
    if as_json:
        typer.echo(json.dumps(rows, indent=1))
        return
    names = list(rows[0])
    typer.echo("".join(f"{name.removeprefix('other_'):>16}" for name in names))
    for row in rows:
        typer.echo("".join(f"{row[name]:>16}" for name in names))


@match_app.command("train")
def train_match(
    labels: Annotated[
        Path, typer.Argument(metavar="PAIRS|GOLD", help="Pairs with report_id_l, report_id_r and verdict, or a gold file.")
    ],
    root: Root = HERE,
    half: HalfOption = None,
    as_json: Json = False,
) -> None:
    """Fit the weights to labelled pairs, starting from those in use, and write them to the dataset's seeds."""
    from pipeline.durable import write_atomically
    from pipeline.matching.training import fit_weights
    from pipeline.resources.bundle import Resources
    from pipeline.resources.match_weights import weight_rows

    pairs = _labelled(labels, root, half)
    if not len(pairs.packed):
        raise InputError(f"{labels}: none of its pairs lie near enough to be compared, so there is nothing to learn from.")
    fitted = fit_weights([pairs], Resources.of(root).match_weights)
    rows = weight_rows(fitted)
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    out = root / "seeds" / "match_weights.csv"
    if not out.parent.is_dir():
        raise RefusedError(f"{out.parent}: not found. Name a dataset with --root, or make one with `khaldun init DIR`.")
    write_atomically(out, text.getvalue().encode())
    found = {"pairs": len(pairs.packed), "same": int(pairs.is_same.sum()), "limit_same": fitted.same, "written": str(out)}
    if as_json:
        typer.echo(json.dumps(found, indent=1))
    else:
        typer.echo(f"{found['pairs']} pairs, {found['same']} of them one incident; same from {fitted.same:+.2f}; written to {out}")


def _labelled(labels: Path, root: Path, half: str | None) -> LabelledPairs:
    from pipeline.evaluation.gold import in_half, parse_gold
    from pipeline.evaluation.gold_reports import gold_labelled_pairs
    from pipeline.evaluation.loader import file_content
    from pipeline.matching.stage import windows_of
    from pipeline.resources.bundle import Resources

    text = file_content(labels).decode("utf-8-sig")
    if '"report_id_l"' in text.partition("\n")[0]:
        return _judged(text, labels, root)
    gold = in_half(parse_gold(text, str(labels)), _half(half))
    return gold_labelled_pairs(gold, Resources.of(root), windows_of(_settings(root).matching))


def _judged(text: str, name: Path, root: Path) -> LabelledPairs:
    import numpy as np

    from pipeline.explaining.matching import MatchedDataset
    from pipeline.matching.stage import windows_of
    from pipeline.matching.training import judged_pairs
    from pipeline.runner import Build

    dataset = MatchedDataset(Build(root))
    left, right, same = [], [], []
    for number, line in enumerate(text.splitlines(), 1):
        try:
            row = json.loads(line)
            verdict = {"same": True, "different": False}[row["verdict"]]
            ends = row["report_id_l"], row["report_id_r"]
        except (ValueError, KeyError, TypeError):
            raise InputError(f"{name}:{number}: give report_id_l, report_id_r and verdict, same or different.") from None
        left.append(dataset.position(ends[0]))
        right.append(dataset.position(ends[1]))
        same.append(verdict)
    windows = windows_of(dataset.settings.matching)
    return judged_pairs(dataset.matched.arrays, np.array(left), np.array(right), np.array(same), windows)
