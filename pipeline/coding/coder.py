"""The rule coder: one article in, its reports with evidence and the rejected candidates out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, NamedTuple

from pipeline.coding.document import Document, join_title
from pipeline.coding.incidents import gather_incidents
from pipeline.coding.languages import language_of
from pipeline.coding.places import SceneFinder
from pipeline.coding.reading import Reading, read
from pipeline.coding.recalled import find_recalled
from pipeline.coding.reports import Report, ReportWriter, incident_features, write_reports
from pipeline.coding.splitting import split_incidents
from pipeline.coding.triggers import Rejection, find_triggers
from pipeline.coding.undated import gather_undated
from pipeline.coding.weighing import text_features, weighed_trigger
from pipeline.resources.actors import ActorMention
from pipeline.resources.bundle import Resources
from pipeline.resources.gazetteer import PlaceMention
from pipeline.resources.lexicon import LexiconMatch
from pipeline.settings import Settings

Row = dict[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Article:
    """What the coder sees of an article.

    Attributes:
        article_id: Key.
        title: Headline: it gives what the text lacks, and no second report of what the text tells.
        text: Whole text, NFC.
        language: ISO 639 code.
        published_day: Day of publication where the outlet sits.
        source_id: Outlet.
        source_country: Country of the outlet, if it is registered.
    """

    article_id: str
    title: str | None
    text: str
    language: str
    published_day: dt.date | None
    source_id: str
    source_country: str | None


class Coding(NamedTuple):
    """What the rules made of an article: rows of rule_reports, rule_evidence and rejected_candidates."""

    reports: list[Row]
    evidence: list[Row]
    rejected: list[Row]


def _rejected_row(article: Article, rejection: Rejection, document: Document) -> Row:
    trigger = rejection.trigger
    part, start, end = document.origin(trigger.start, trigger.end)
    return {
        "article_id": article.article_id,
        "part": part,
        "start": start,
        "end": end,
        "rule_id": trigger.row.rule_id,
        "gate": rejection.gate,
        "value": document.text[trigger.start : trigger.end],
    }


LONGEST_BRIEF = 1500
"""Code points of a text above which it is not read as a brief one."""


class Findings(NamedTuple):
    """What the look-ups found in a text and its title, before any rule read it; spans are those of the two joined.

    Attributes:
        matches: Words of the lexicon.
        brief_matches: As a brief text tells of acts; none for a text that is too long to be one.
        lexicon_digest: Hash of the rows whose forms occur.
        places: Place names.
        actors: Names of actors.
    """

    matches: list[LexiconMatch]
    brief_matches: list[LexiconMatch]
    lexicon_digest: str
    places: list[PlaceMention]
    actors: list[ActorMention]


def look_up(article: Article, resources: Resources, settings: Settings) -> Findings:
    """Everything in a text and its title that the seeds and the gazetteer know.

    A text without any act, or in an unknown language, is searched no further.
    """
    text = join_title(article.text, article.title)
    matches, digest = resources.lexicon.mentions_and_digest(text)
    brief = resources.lexicon.brief_mentions(text) if len(text) <= LONGEST_BRIEF else []
    if language_of(article.language) is None or not any(row.kind == "act" for match in (*matches, *brief) for row in match.rows):
        return Findings([], [], digest, [], [])
    outlet = (article.source_country,) if article.source_country else ()
    places = resources.gazetteer.mentions(text, settings.dataset.countries, outlet)
    where = [(place.start, place.end) for place in places]
    actors = resources.actors.mentions(text, day=article.published_day, places=where)
    return Findings(matches, brief, digest, places, actors)


def read_article(article: Article, found: Findings) -> Reading | None:
    """Everything found in an article's text, sorted out; None if the rules do not know its language or it holds no act."""
    language = language_of(article.language)
    if language is None or not (found.matches or found.brief_matches):
        return None
    text = join_title(article.text, article.title)
    body_end = len(article.text) if len(text) > len(article.text) else None
    document = Document(text, language, body_end)
    return read(document, found.matches, found.places, found.actors, article.published_day, brief_matches=found.brief_matches)


def code_article(article: Article, resources: Resources, settings: Settings) -> Coding:
    """Codes one article by the rules; depends on nothing but its arguments.

    Returns:
        Reports in the order of their anchors, evidence in the order of report, field and ordinal, and every candidate that a gate
        turned down, by position.
    """
    return code_findings(article, look_up(article, resources, settings), resources, settings)


def code_findings(article: Article, found: Findings, resources: Resources, settings: Settings) -> Coding:
    """As `code_article`, from what was looked up before."""
    reading = read_article(article, found)
    if reading is None:
        return Coding([], [], [])
    told, turned = find_triggers(reading)
    recalled, gated = find_recalled(reading, turned)
    triggers = sorted((*told, *recalled), key=lambda trigger: trigger.start) if recalled else told
    finder = SceneFinder.of(reading, resources.gazetteer, resources.countries)
    gathered, unfounded = gather_incidents(finder, triggers)
    if not gathered and (weighed := weighed_trigger(reading, [*gated, *unfounded], resources.type_weights)):
        gathered, _ = gather_incidents(finder, [weighed])
    undated, closed = gather_undated(finder, gathered, (*gated, *unfounded))
    incidents = [*split_incidents(reading, resources.gazetteer, gathered), *undated]
    writer = ReportWriter.of(article.article_id, article.source_country, finder, resources, incidents, settings)
    reports, dropped = write_reports(writer, incidents)
    # Incidents that one list tells of share their words.
    turned_down = {(each.trigger.start, each.trigger.row.rule_id): each for each in (*closed, *dropped)}
    rejected = [turned_down[key] for key in sorted(turned_down)]
    return Coding(
        [report.row for report in reports],
        [row for report in reports for row in _ordered_evidence(report)],
        [_rejected_row(article, each, reading.document) for each in rejected],
    )


def rule_features(article: Article, resources: Resources, settings: Settings) -> list[list[str]]:
    """What the weights see of a brief text: of each incident that the rules find, or of the whole if they find none."""
    reading = read_article(article, look_up(article, resources, settings))
    if reading is None or not reading.is_brief:
        return []
    finder = SceneFinder.of(reading, resources.gazetteer, resources.countries)
    gathered, _ = gather_incidents(finder, find_triggers(reading)[0])
    if not gathered:
        return [text_features(reading)]
    incidents = split_incidents(reading, resources.gazetteer, gathered)
    writer = ReportWriter.of(article.article_id, article.source_country, finder, resources, incidents, settings)
    return incident_features(writer, incidents)


def _ordered_evidence(report: Report) -> list[Row]:
    return sorted(report.evidence, key=lambda row: (row["field"], row["ordinal"]))
