"""What `khaldun evaluate` does: reads gold, finds or makes the coding, scores it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import RefusedError
from pipeline.evaluation.evaluation import evaluate
from pipeline.evaluation.gold import Half, in_half
from pipeline.evaluation.loader import code_articles, file_content, read_coded, read_gold
from pipeline.evaluation.text import Breakdown
from pipeline.progress import Reporter
from pipeline.runner import Build

_HALVES: dict[str, Half] = {"even": "even", "odd": "odd"}
_BREAKDOWNS: dict[str, Breakdown] = {"type": "type", "rule": "rule", "confidence": "confidence"}


@dataclass(frozen=True)
class Request:
    """What to score: a gold file against the present state of `root`, or against `articles` coded with its settings."""

    gold: Path
    root: Path
    articles: Path | None
    half: Half | None
    by: Breakdown | None

    @classmethod
    def of(cls, gold: Path, root: Path, articles: Path | None, half: str | None, by: str | None) -> Request:
        """A request in the words of the command line.

        Raises:
            RefusedError: `half` or `by` is no such word.
        """
        if half is not None and half not in _HALVES:
            raise RefusedError(f"--half {half}: there are two halves, even and odd.")
        if by is not None and by not in _BREAKDOWNS:
            raise RefusedError(f"--by {by}: figures are taken apart by type, rule or confidence.")
        return cls(gold, root, articles, _HALVES[half] if half else None, _BREAKDOWNS[by] if by else None)


def evaluate_dataset(request: Request, most_misses: int, jobs: int | None, reporter: Reporter) -> tuple[dict[str, Any], list[str]]:
    """The figures, and what to warn of: a state that is not up to date, articles that it lacks.

    Raises:
        InputError: A file cannot be read or used.
        SettingsError: `root` holds no dataset, and no articles were named.
    """
    gold = in_half(read_gold(request.gold), request.half)
    warnings = []
    if request.articles is not None:
        coded = code_articles(file_content(request.articles), gold, root=request.root, jobs=jobs, reporter=reporter)
    else:
        build = Build(request.root)
        if stale := build.stale("match"):
            warnings.append(f"not up to date: {', '.join(item.stage for item in stale)}. `khaldun build` first?")
        coded = read_coded(build.reader(), gold)
    found = evaluate(gold, coded, most_misses)
    if missing := found["articles_not_ingested"]:
        warnings.append(f"{missing} of {len(gold)} gold articles are not in the dataset and count as not coded.")
    return found, warnings
