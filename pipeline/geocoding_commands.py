"""`khaldun places geocode`, `accept` and `reject`. Everything heavy is imported inside them, as in `pipeline/cli.py`."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.errors import LockedError, RefusedError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.locating.online.geocode import Answered
    from pipeline.locating.online.questions import Question
    from pipeline.resources.geocodes import Row
    from pipeline.runner import Build

Root = Annotated[Path, typer.Option("--root", help="Folder of the dataset.", show_default="current folder")]
Json = Annotated[bool, typer.Option("--json", help="Print the outcome as JSON, for programs.")]
Ids = Annotated[list[str] | None, typer.Argument(metavar="[ID ...]", help="geocode_id of a row; none lists what is proposed.")]
Reviewer = Annotated[str, typer.Option("--reviewer", help="Who decides: a pseudonym, written into the row.")]

HERE = Path()


def add_geocoding_commands(app: typer.Typer) -> None:
    """Make the commands part of an application."""
    for command in (geocode, accept, reject):
        app.command()(command)


def _folder(root: Path) -> Path:
    return root / "data" / "raw" / "geocodes"


def geocode(
    root: Root = HERE,
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, help="Ask for so many names at most, the most reported first.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="List the names that would be asked for, and ask nobody.")] = False,
    again: Annotated[bool, typer.Option("--again", help="Ask anew what the cache has an answer to.")] = False,
    as_json: Json = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Show no progress.")] = False,
) -> None:
    """Ask an online geocoder for the names that no gazetteer knows, and propose its answers."""
    from pipeline.locating.online.files import unasked
    from pipeline.locating.online.geocode import Answered
    from pipeline.locating.online.questions import CODED_COLUMNS, REPORT_COLUMNS, questions_of
    from pipeline.runner import Build

    made = Build(root)
    reader = made.reader()
    if "reports" not in reader.tables():
        raise RefusedError(f"{root}: nothing is built yet, so no names are known. Run `khaldun build` first.")
    if made.stale("locate"):
        typer.echo("warning: the dataset is not up to date; these are the names of the last build.", err=True)
    found = questions_of(reader.read("reports", list(REPORT_COLUMNS)), reader.read("coded_reports", list(CODED_COLUMNS)))
    service = made.settings.geocoding.service
    waiting = unasked(found, _folder(root), service)[:limit]
    if dry_run:
        listed = [asdict(question) for question in waiting]
        typer.echo(json.dumps(listed, indent=1, ensure_ascii=False) if as_json else _questions_text(waiting))
        return
    if service == "off":
        raise RefusedError(
            f"{root / 'dataset.toml'}: no geocoder is named, so nobody is asked. Set service in [geocoding] to nominatim, photon "
            "or geonames; docs/geocoding.md says what each asks of you."
        )
    answered = Answered()
    added = _ask(made, waiting, answered, again=again, quiet=quiet)
    outcome = {"names": len(waiting), "answered": answered.asked, "proposed": added, "without": answered.without}
    outcome |= {"failed": answered.failed, "folder": str(_folder(root))}
    typer.echo(json.dumps(outcome, indent=1, ensure_ascii=False) if as_json else _outcome_text(outcome, answered))


def _ask(made: Build, questions: Sequence[Question], into: Answered, *, again: bool, quiet: bool) -> int:
    """Ask and write down what was answered, however the asking ends; how many rows are new."""
    from pipeline.locating.online.asking import Asker, GeocodingError, Limiter
    from pipeline.locating.online.cache import AnswerCache
    from pipeline.locating.online.files import add_rows
    from pipeline.locating.online.geocode import ask_all
    from pipeline.locating.online.services import open_service
    from pipeline.progress import reporter
    from pipeline.resources.bundle import Resources

    settings, folder = made.settings, _folder(made.root)
    asker = Asker(open_service(settings.geocoding), AnswerCache(), Limiter(settings.geocoding.rate), again)
    gazetteer = Resources.of(made.root).gazetteer
    added = 0
    try:
        with reporter(quiet) as told:
            ask_all(questions, asker, gazetteer, settings.dataset.countries, told, into)
    except GeocodingError as error:
        raise GeocodingError(f"{error} {into.asked} names were answered before, and their answers are kept.") from None
    finally:
        try:
            with made.store.lock("khaldun places geocode"):
                added = add_rows(folder, settings.geocoding.service, into.rows)
        except LockedError as error:
            raise LockedError(f"{error} What was answered is in your cache: run the command again then.") from None
    return added


def accept(ids: Ids = None, root: Root = HERE, reviewer: Reviewer = "", as_json: Json = False) -> None:
    """Accept answers of a geocoder: the next build knows these places. Without an ID, list what is proposed."""
    _decide(root, ids, "accepted", reviewer, as_json=as_json)


def reject(ids: Ids = None, root: Root = HERE, reviewer: Reviewer = "", as_json: Json = False) -> None:
    """Reject answers of a geocoder, also those accepted before. Without an ID, list what is proposed."""
    _decide(root, ids, "rejected", reviewer, as_json=as_json)


def _decide(root: Path, ids: Sequence[str] | None, status: str, reviewer: str, *, as_json: bool) -> None:
    from pipeline.locating.online.files import decide, proposals
    from pipeline.settings import load_settings
    from pipeline.store import Store

    load_settings(root / "dataset.toml")
    if ids:
        with Store(root).lock(f"khaldun places {status}"):
            rows = decide(_folder(root), list(dict.fromkeys(ids)), status, reviewer)
    else:
        rows = proposals(_folder(root))
    if as_json:
        typer.echo(json.dumps(rows, indent=1, ensure_ascii=False))
    elif ids:
        typer.echo(f"{_rows_text(rows)}\n{status}; `khaldun build` takes it into account")
    else:
        typer.echo(_rows_text(rows) if rows else "Nothing is proposed.")


def _questions_text(questions: Sequence[Question]) -> str:
    lines = [f"{q.reports:>7}  {q.name}{_context(q.admin1, q.country)}" for q in questions]
    return "\n".join(["reports  name", *lines]) if lines else "No name is unknown that was not asked for before."


def _context(*units: str | None) -> str:
    return "".join(f", {unit}" for unit in units if unit)


def _rows_text(rows: Sequence[Row]) -> str:
    lines = []
    for row in rows:
        asked = f"{row['query']}{_context(row['admin1'], row['country'])}"
        lines.append(f"{row['geocode_id']}  {asked} ({row['reports']} reports, such as that of {row['example']})")
        lines.append(f"             {row['kind']} {row['answer']} at {row['latitude']}, {row['longitude']} ({row['place_id']})")
    return "\n".join(lines)


def _outcome_text(outcome: dict[str, Any], answered: Answered) -> str:
    lines = [f"{outcome['answered']} of {outcome['names']} names answered, {outcome['proposed']} new rows proposed"]
    lines += [_rows_text(answered.rows)] if answered.rows else []
    lines += [f"not known there either: {', '.join(answered.without)}"] if answered.without else []
    lines += [f"no answer for {name}: {why}" for name, why in answered.failed.items()]
    if answered.rows:
        lines.append(f"written to {outcome['folder']}; accept what is right with `khaldun places accept ID ...`, then build")
    return "\n".join(lines)
