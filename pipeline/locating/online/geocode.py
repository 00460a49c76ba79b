"""Asking for one name after the other, until all are asked or the service will not be asked any more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from pipeline.locating.online.answers import rows_of
from pipeline.locating.online.asking import Asker, GeocodingError, UnansweredError
from pipeline.locating.online.cache import Kept
from pipeline.locating.online.questions import Question
from pipeline.progress import Reporter
from pipeline.resources.gazetteer import Gazetteer
from pipeline.resources.geocodes import Row
from pipeline.resources.place import without_kind
from schemas.taxonomy import COUNTRIES

_MOST_FAILURES: Final = 3
"""Questions in a row without an answer after which the service is left in peace."""


@dataclass
class Answered:
    """What came of some questions; filled while they are asked, so that it is whole up to where the asking ended.

    Attributes:
        rows: Rows to propose.
        asked: Questions that were answered, by the cache or the service.
        without: Names that the service does not know either.
        failed: Names that got no answer, with the reason.
    """

    rows: list[Row] = field(default_factory=list)
    asked: int = 0
    without: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)


def codes_of(question: Question, covered: Sequence[str]) -> tuple[str, ...]:
    """Countries to look in: that of the question, else those that the dataset covers; none is the whole world."""
    country = COUNTRIES.get(question.country or "")
    return (country.iso2,) if country else tuple(covered)


def ask_all(
    questions: Sequence[Question], asker: Asker, gazetteer: Gazetteer, covered: Sequence[str], told: Reporter, into: Answered
) -> None:
    """Ask for names one by one.

    Args:
        questions: The names.
        asker: Whom to ask.
        gazetteer: Says how units are spelt.
        covered: ISO 3166 two-letter codes of the countries that the dataset covers.
        told: Told of progress.
        into: Filled with what is answered.

    Raises:
        GeocodingError: The service refuses to answer or cannot be reached, or several questions in a row got no answer.
    """
    told.start("geocode", len(questions))
    in_a_row = 0
    for question in questions:
        try:
            rows = _rows(question, asker, gazetteer, codes_of(question, covered))
        except UnansweredError as error:
            into.failed[question.name] = str(error)
            in_a_row += 1
            if in_a_row == _MOST_FAILURES:
                raise GeocodingError(
                    f"{asker.service.address}: {in_a_row} questions in a row got no answer; the last: {error}. Is it the right "
                    "service? See url and service in [geocoding] of dataset.toml, or try later."
                ) from None
        else:
            in_a_row = 0
            into.asked += 1
            into.rows += rows
            if not rows:
                into.without.append(question.name)
        told.advance("geocode")


def _rows(question: Question, asker: Asker, gazetteer: Gazetteer, codes: Sequence[str]) -> list[Row]:
    """Rows for a name; if it is not known as it stands, for the name without the word that says what it is."""
    names = dict.fromkeys((question.name, without_kind(question.name)[0]))
    for name in names:
        kept: Kept = asker.ask(name, codes)
        if rows := rows_of(question, kept, asker.service, gazetteer):
            return rows
    return []
