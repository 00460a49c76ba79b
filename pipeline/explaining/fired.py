"""Which words of a text the rules know, what each may mean, and which meaning applies where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TypedDict

from pipeline.coding.coder import Article, look_up, read_article
from pipeline.coding.reading import Reading
from pipeline.coding.triggers import failing_condition
from pipeline.resources.bundle import Resources
from pipeline.resources.lexicon import LexiconMatch, LexiconRow
from pipeline.settings import Settings


class Fired(TypedDict):
    """A word that the rules know, in one of its meanings.

    Attributes:
        start: First code point.
        end: Code point after the last.
        words: The words as they stand.
        rule_id: Row of the lexicon; for a place, an actor or a time, what read it.
        meaning: Trigger of the row; for the others what they stand for.
        fails: Condition of the row that does not hold here, as the table writes it; None if it applies.
    """

    start: int
    end: int
    words: str
    rule_id: str
    meaning: str
    fails: str | None


def fired_words(article: Article, resources: Resources, settings: Settings) -> list[Fired]:
    """Every word of a text that the rules know, in the order of the text; nothing if no act is among them."""
    reading = read_article(article, look_up(article, resources, settings))
    if reading is None:
        return []
    found = [*_of_lexicon(reading), *_of_places(reading, resources), *_of_actors(reading), *_of_times(reading)]
    return sorted(found, key=lambda each: (each["start"], -each["end"], each["rule_id"]))


def _fired(reading: Reading, start: int, end: int, rule_id: str, meaning: str, fails: str | None = None) -> Fired:
    words = " ".join(reading.document.text[start:end].split())
    return Fired(start=start, end=end, words=words, rule_id=rule_id, meaning=meaning, fails=fails)


def _of_lexicon(reading: Reading) -> Iterator[Fired]:
    for match in reading.brief_matches if reading.is_brief and reading.brief_matches else reading.matches:
        for row in match.rows:
            yield _fired(reading, match.start, match.end, row.rule_id, row.trigger, _failing(reading, match, row))


def _failing(reading: Reading, match: LexiconMatch, row: LexiconRow) -> str | None:
    condition = failing_condition(reading, match, row)
    return f"{condition.name}:{condition.argument}" if condition else None


def _of_places(reading: Reading, resources: Resources) -> Iterator[Fired]:
    for mention in (*reading.dateline_places, *reading.places):
        places = [place for key in mention.place_ids if (place := resources.gazetteer.get(key))]
        meaning = "; ".join(sorted({f"{place.kind} in {place.country}" for place in places}))
        yield _fired(reading, mention.start, mention.end, "place", meaning)


def _of_actors(reading: Reading) -> Iterator[Fired]:
    for mention in reading.actors:
        yield _fired(reading, mention.start, mention.end, f"actor ({mention.kind})", "; ".join(mention.actor_ids))


def _of_times(reading: Reading) -> Iterator[Fired]:
    for time in reading.times:
        yield _fired(reading, time.start, time.end, time.rule_id, str(time.day) if time.day else time.kind)


def fired_text(found: list[Fired]) -> str:
    """The words that fired as lines: `words  [rule] meaning`, then the meanings whose conditions do not hold there."""
    lines = []
    for _, group in groupby(found, key=lambda each: (each["start"], each["end"])):
        meanings = list(group)
        words = meanings[0]["words"]
        lines += [f"  {words}  [{each['rule_id']}] {each['meaning']}" for each in meanings if not each["fails"]]
        if others := [f"{each['rule_id']} ({each['fails']})" for each in meanings if each["fails"]]:
            lines.append(f"  {words}  not here: {', '.join(others)}")
    return "\n".join(lines)
