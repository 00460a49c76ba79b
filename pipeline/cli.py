"""The command line: one thin command per verb.

Everything heavy is imported inside the commands, so that `--help` answers at once.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.actors_commands import actors_app
from pipeline.errors import KhaldunError, RefusedError
from pipeline.gazetteer_commands import gazetteer_app
from pipeline.lexicon_commands import lexicon_app
from pipeline.match_commands import match_app
from pipeline.places_commands import places_app
from pipeline.release_commands import release_app

if TYPE_CHECKING:
    from pipeline.runner import Build, StageSummary

EPILOG = (
    "Exit codes: 0 done; 1 the check that was asked for failed (verify, --strict); 2 refused, because an argument, "
    "a setting or a file is wrong or a release would change; 3 another build holds the lock."
)

app = typer.Typer(
    name="khaldun",
    help="Build, check, version and cite conflict event datasets from news articles.",
    epilog=EPILOG,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
export_app = typer.Typer(help="Write what the dataset holds in other forms.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(export_app, name="export")
app.add_typer(gazetteer_app, name="gazetteer")
app.add_typer(actors_app, name="actors")
app.add_typer(lexicon_app, name="lexicon")
app.add_typer(match_app, name="match")
app.add_typer(places_app, name="places")
app.add_typer(release_app, name="release")

Root = Annotated[Path, typer.Option("--root", help="Folder of the dataset.", show_default="current folder")]
Jobs = Annotated[int | None, typer.Option("--jobs", min=1, help="Processes to use; the dataset's setting if not given.")]
Json = Annotated[bool, typer.Option("--json", help="Print the summary as JSON, for programs.")]
Quiet = Annotated[bool, typer.Option("--quiet", help="Show no progress.")]
Strict = Annotated[bool, typer.Option("--strict", help="Exit with 1 if any input was quarantined or a hard check failed.")]
ReleaseDate = Annotated[
    str | None, typer.Option("--date", help="Date of the release, YYYY-MM-DD; else the first day of its month.")
]
Previous = Annotated[str | None, typer.Option("--previous", help="Release to compare with; else the highest published one.")]

HERE = Path()


def _build(
    root: Path, jobs: int | None, verb: str, quiet: bool, publish: Callable[[Build], dict[str, Any]] | None = None
) -> tuple[Build, list[StageSummary], dict[str, Any]]:
    """Run the stages and publish what they made, without letting go of the lock in between."""
    from pipeline.progress import reporter
    from pipeline.runner import Build

    with reporter(quiet) as told:
        build = Build(root, jobs=jobs, reporter=told)
        with build.store.lock(f"khaldun {verb}"):
            stages = build.run_locked(verb)
            return build, stages, {"release": publish(build)} if publish else {}


def _finish(build: Build, stages: list[StageSummary], *, strict: bool, as_json: bool, more: dict[str, Any] | None = None) -> None:
    """Print the summary of a run and exit with 1 if `strict` and something was wrong."""
    from pipeline.summary import summarise, summary_text

    summary = summarise(build, stages) | (more or {})
    typer.echo(json.dumps(summary, indent=1, ensure_ascii=False) if as_json else summary_text(summary))
    if strict and (summary["quarantined"] or summary["hard_problems"]):
        raise typer.Exit(1)


@app.command()
def init(
    directory: Annotated[Path, typer.Argument(help="Folder to make; it must be empty or missing.")],
    name: Annotated[str | None, typer.Option(help="Short name of the dataset; the folder's name if not given.")] = None,
    countries: Annotated[str, typer.Option(help="Countries covered, as IQ,SY; none is the whole world.")] = "",
) -> None:
    """Make the folder of a new dataset."""
    from pipeline.scaffold import make_dataset

    codes = [code.strip().upper() for code in countries.split(",") if code.strip()]
    for line in make_dataset(directory, name, codes):
        typer.echo(line)


@app.command()
def ingest(
    paths: Annotated[list[Path] | None, typer.Argument(help="Files or folders to copy into data/raw first.")] = None,
    root: Root = HERE,
    retrieved_at: Annotated[str | None, typer.Option(help="When the files were received, as 2017-10-20T08:00:00Z.")] = None,
    strict: Strict = False,
    jobs: Jobs = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Read articles: copy files into data/raw, then read everything that lies there."""
    more: dict[str, Any] = {}
    if paths:
        from pipeline.ingest.receive import receive
        from pipeline.settings import load_settings

        load_settings(root / "dataset.toml")
        received = receive(paths, root / "data" / "raw", retrieved_at=retrieved_at)
        more["received"] = {"copied": len(received.copied), "present": len(received.present)}
    build, stages, _ = _build(root, jobs, "ingest", quiet)
    _finish(build, stages, strict=strict, as_json=as_json, more=more)


def _stage_command(verb: str, help_text: str) -> None:
    def command(root: Root = HERE, strict: Strict = False, jobs: Jobs = None, as_json: Json = False, quiet: Quiet = False) -> None:
        build, stages, _ = _build(root, jobs, verb, quiet)
        _finish(build, stages, strict=strict, as_json=as_json)

    app.command(name=verb, help=help_text)(command)


_stage_command("code", "Code articles: rules and recorded decisions turn them into reports with evidence.")
_stage_command("locate", "Locate reports: name their places and actors.")


@match_app.callback(invoke_without_command=True)
def match(
    context: typer.Context,
    root: Root = HERE,
    strict: Strict = False,
    jobs: Jobs = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Match reports: those of one incident become one event. Without a further word the stage is run."""
    if context.invoked_subcommand is None:
        build, stages, _ = _build(root, jobs, "match", quiet)
        _finish(build, stages, strict=strict, as_json=as_json)


_stage_command("check", "Check events and everything they rest on.")


@app.command()
def build(
    root: Root = HERE,
    release: Annotated[str | None, typer.Option("--release", help="Also publish under this version, as 2026.11.0.")] = None,
    date: ReleaseDate = None,
    previous: Previous = None,
    strict: Strict = False,
    jobs: Jobs = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Bring the dataset up to date, from raw files to checked events; with --release, publish it."""
    if release is None and (date or previous):
        raise typer.BadParameter("--date and --previous are of a release: give --release too.")
    publish = _publisher(release, date, previous) if release else None
    done, stages, more = _build(root, jobs, "check", quiet, publish)
    _finish(done, stages, strict=strict, as_json=as_json, more=more)


def _publisher(version: str, date: str | None, previous: str | None) -> Callable[[Build], dict[str, Any]]:
    """What publishes under the lock; versions and date are read at once, so that a slip is told before hours of work."""
    from pipeline.publishing.release import publish_release
    from pipeline.publishing.versions import parse_date, parse_version
    from pipeline.resources.bundle import Resources

    day = parse_date(date) if date else None
    for given in (version, previous):
        if given:
            parse_version(given)

    def publish(build: Build) -> dict[str, Any]:
        return publish_release(
            build.reader(),
            root=build.root,
            version=version,
            date=day,
            previous=previous,
            resources=Resources.of(build.root),
            settings=build.settings,
        ).as_dict()

    return publish


@app.command()
def publish(
    version: Annotated[str, typer.Argument(help="Version to publish: YYYY.M.PATCH, or with -dev to try.")],
    root: Root = HERE,
    date: ReleaseDate = None,
    previous: Previous = None,
    as_json: Json = False,
) -> None:
    """Publish the checked events as a release that never changes."""
    from pipeline.runner import Build
    from pipeline.summary import release_text

    made, publish = Build(root), _publisher(version, date, previous)
    with made.store.lock(f"khaldun publish {version}"):
        if stale := made.stale():
            names = ", ".join(item.stage for item in stale)
            raise RefusedError(f"the dataset is not up to date ({names}). Run `khaldun build` first.")
        done = publish(made)
    typer.echo(json.dumps(done, indent=1, ensure_ascii=False) if as_json else release_text(done))


@app.command()
def status(root: Root = HERE, as_json: Json = False) -> None:
    """Say what is out of date, and why."""
    from pipeline.runner import Build
    from pipeline.summary import status_text

    made = Build(root)
    stale = made.stale()
    if as_json:
        typer.echo(
            json.dumps([{"stage": s.stage, "partitions": s.partitions, "reasons": list(s.reasons)} for s in stale], indent=1)
        )
    else:
        typer.echo(status_text(stale))


@app.command()
def explain(
    key: Annotated[str, typer.Argument(metavar="ARTICLE|EVENT", help="article_id, id or address of an article, or an event_id.")],
    root: Root = HERE,
    page: Annotated[Path | None, typer.Option("--html", help="Write it as a page, with the words marked, to this file.")] = None,
    as_json: Json = False,
) -> None:
    """Show where values come from: the words, the rule, and the candidates that were turned down."""
    from pipeline.explaining.explanation import explanation
    from pipeline.explaining.text import explain_text
    from pipeline.runner import Build

    made = Build(root)
    if page is not None and _lies_in_release(page, made.root):
        raise RefusedError(f"{page}: the page holds the words of articles, so it may not lie in a release. Choose another folder.")
    found = explanation(made, key)
    if page is not None:
        from pipeline.durable import write_atomically
        from pipeline.explaining.page import explain_page

        write_atomically(page, explain_page(found).encode())
        typer.echo(f"written to {page}: for your own machine, it holds the words of articles", err=as_json)
    if page is None or as_json:
        typer.echo(json.dumps(found, indent=1, ensure_ascii=False, default=str) if as_json else explain_text(found))


def _lies_in_release(path: Path, root: Path) -> bool:
    from khaldun.versions import RELEASES_FOLDER

    return (root / RELEASES_FOLDER).resolve() in path.resolve().parents


@app.command()
def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="Gold file: one JSON object a line.")],
    root: Root = HERE,
    articles: Annotated[Path | None, typer.Option(help="Score these articles, JSON Lines, in a dataset made for it.")] = None,
    half: Annotated[str | None, typer.Option(help="Only `even` or `odd` articles, by a hash of their id.")] = None,
    by: Annotated[str | None, typer.Option(help="Also a table by `type`, `rule` or `confidence`.")] = None,
    misses: Annotated[int, typer.Option(min=0, help="List as many things that are wrong.")] = 0,
    as_json: Json = False,
    jobs: Jobs = None,
    quiet: Quiet = False,
) -> None:
    """Score coded articles against a gold file, field by field."""
    from pipeline.evaluation.command import Request, evaluate_dataset
    from pipeline.evaluation.text import evaluation_text
    from pipeline.progress import reporter

    request = Request.of(gold, root, articles, half, by)
    with reporter(quiet) as told:
        found, warnings = evaluate_dataset(request, misses, jobs, told)
    for warning in warnings:
        typer.echo(f"warning: {warning}", err=True)
    typer.echo(json.dumps(found, indent=1, ensure_ascii=False) if as_json else evaluation_text(found, request.by))


@export_app.command("tables")
def export_tables_command(
    out: Annotated[Path, typer.Argument(help="Folder for one Parquet file per table.")], root: Root = HERE, as_json: Json = False
) -> None:
    """Write every table of the dataset as it now stands, articles' text included."""
    from pipeline.publishing.export import export_tables
    from pipeline.runner import Build

    made = Build(root)
    if stale := made.stale():
        typer.echo(f"warning: not up to date: {', '.join(item.stage for item in stale)}. `khaldun build` first?", err=True)
    rows = export_tables(made.reader(), out)
    if as_json:
        typer.echo(json.dumps({"folder": str(out), "rows": dict(rows)}, indent=1))
    else:
        typer.echo("\n".join(f"{table:22}{count:>10} rows" for table, count in rows.items()) + f"\nwritten to {out}")


@app.command()
def picture(
    release: Annotated[Path, typer.Argument(metavar="RELEASE", help="Folder of a release.", exists=True, file_okay=False)],
    out: Annotated[Path, typer.Argument(metavar="OUT", help="File to write: .svg or .png.")],
) -> None:
    """Draw a release: where its events are, and when."""
    if out.suffix.lower() not in {".svg", ".png"}:
        raise typer.BadParameter(f"{out}: name a file that ends in .svg or .png.")
    if release.resolve() in out.resolve().parents:
        raise RefusedError(f"{out}: a release never changes, so the picture may not lie in it. Choose another folder.")
    from pipeline.durable import write_atomically
    from pipeline.picturing.picture import picture_png, picture_svg
    from pipeline.picturing.release import read_release

    found = read_release(release)
    write_atomically(out, picture_png(found) if out.suffix.lower() == ".png" else picture_svg(found).encode())
    typer.echo(f"written to {out}")


@app.command()
def verify(
    release: Annotated[Path, typer.Argument(metavar="RELEASE", help="Folder of a release.", exists=True, file_okay=False)],
    as_json: Json = False,
) -> None:
    """Check a release by itself: its bytes, content, columns, keys and links."""
    from khaldun.verify import verify as verify_release

    report = verify_release(release)
    typer.echo(json.dumps(report.as_dict(), indent=1, ensure_ascii=False) if as_json else report.as_text())
    if not report.ok:
        raise typer.Exit(1)


@app.command("diff")
def diff_command(
    old: Annotated[str, typer.Argument(metavar="OLD", help="Version, folder of a release, or CSV or Parquet file.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="Likewise.")],
    root: Root = HERE,
    key: Annotated[str, typer.Option(help="Column that identifies a row.")] = "event_id",
    country: Annotated[str, typer.Option(help="Column of the country.")] = "country",
    date: Annotated[str, typer.Option(help="Column of the day.")] = "event_date",
    fatalities: Annotated[str, typer.Option(help="Column of the deaths.")] = "fatalities",
    rows: Annotated[Path | None, typer.Option(help="Write every difference to this CSV file.")] = None,
    totals: Annotated[Path | None, typer.Option(help="Write the country-months that differ to this CSV file.")] = None,
    as_json: Json = False,
) -> None:
    """Compare two releases, or any two files of events: rows, columns, and how far country-month totals move."""
    import pyarrow as pa

    from khaldun.difference import Columns, diff
    from pipeline.errors import InputError
    from pipeline.publishing.spreadsheet import write_csv

    try:
        found = diff(old, new, root, Columns(key=key, country=country, date=date, fatalities=fatalities))
    except (FileNotFoundError, ValueError) as error:
        raise InputError(str(error)) from None
    for path, frame in ((rows, found.rows), (totals, found.totals)):
        if path is not None and frame is not None:
            write_csv(pa.Table.from_pandas(frame, preserve_index=False), path)
    typer.echo(json.dumps(found.as_dict(), indent=1, ensure_ascii=False) if as_json else found.as_text())


def main() -> None:
    """Run the command line; errors that a person can put right are printed without a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # articles hold what the terminal may not know
    try:
        app(standalone_mode=True)
    except KhaldunError as error:
        sys.stderr.write(f"error: {error}\n")
        sys.exit(error.exit_code)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        sys.stderr.write(f"error: {where}{error.strerror or error}. Check permissions and free space; what was finished is kept.\n")
        sys.exit(KhaldunError.exit_code)
