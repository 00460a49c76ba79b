"""The page of rules, `docs/rules.md`: each rule with its words, how often it is right on our gold sets, and an example from them.

`python -m pipeline.evaluation.rule_page` writes it anew; it takes some seconds.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from pipeline.coding.languages import language_of
from pipeline.coding.sentences import split_sentences
from pipeline.durable import write_atomically
from pipeline.errors import KhaldunError
from pipeline.evaluation.breakdown import by_rule
from pipeline.evaluation.gate import SET_FOLDERS, GoldSet, find_sets
from pipeline.evaluation.gold import in_half, parse_gold
from pipeline.evaluation.loader import read_coded
from pipeline.evaluation.pairing import pair
from pipeline.resources.bundle import Resources
from pipeline.resources.lexicon import LexiconRow
from pipeline.resources.seeds import Seeds, shipped_seeds
from pipeline.throwaway import throwaway_dataset
from schemas.taxonomy import SUB_EVENT_TYPES

PAGE: Final = Path("docs/rules.md")
_FORMS_SHOWN: Final = 6
_LONGEST_EXAMPLE: Final = 220
_LANGUAGE: Final = "en"

CODE_RULES: Final[Mapping[str, str]] = {
    "date.explicit": "a day with its month, with or without the year",
    "date.day_alone": "a day of the month alone, `on the 12th`: the latest such day",
    "date.month": "a month: its middle, its first or last day after `early` or `late`",
    "date.weekday": "a day of the week: the latest one up to the day of reporting",
    "date.weekday_pair": "two days of the week that follow each other, as a night between them",
    "date.relative": "a day counted back from the day of reporting: `yesterday`, `last night`",
    "date.span": "a span counted back from it: `last week`, `the past 24 hours`; its middle",
    "date.ago": "so many days or weeks ago",
    "date.anchored": "a day counted from that of the incident told before: `a day earlier`",
    "date.since": "from a day up to the day of reporting: the middle",
    "date.vague": "not long ago: two days before the day of reporting",
    "place.in": "a place that the text gives for the incident itself",
    "place.near": "a place that it lies near",
    "place.beside": "a place of a sentence beside the one that tells the incident",
    "place.text": "the place that the rest of the text speaks of",
    "place.dateline": "the place of the dateline, where nothing else is told",
    "place.heading": "the heading of a list's item",
    "role.actor1": "who acts: voice, prepositions, and who stands nearest",
    "role.actor2": "whom it meets",
    "role.target": "words for whom or what the act met",
    "toll.dead": "a number of dead, in figures or words, or people who are said to have died",
    "toll.none": "words that nobody died",
    "toll.people": "who died",
    "toll.wounded": "a number of wounded",
    "toll.unknown": "words for an unknown number of victims",
    "crowd.size": "how many demonstrated",
    "weighed.type": "a brief text whose words together speak for another type; see [weights](coders.md#weights)",
}
"""Rules that are code and not rows of a table."""


_INTRODUCTION: Final = """
Every value that the rules give carries the `rule_id` of one of these. `python -m pipeline.evaluation.rule_page` writes this page
from `seeds/lexicon.csv` and the even half of our gold sets: of the reports whose type a rule gave, how many tell an event of gold
(told), have its type (right) or tell nothing (extra), and the shortest sentence in which the rule was right. [Coders](coders.md)
says what the conditions mean. `weighed.` before the name of an act: the words of a brief text together found it, see
[weights](coders.md#weights).
""".strip().splitlines()


class Example(NamedTuple):
    """A sentence in which a rule is right."""

    sentence: str
    words: str


def _sets() -> list[GoldSet]:
    return [each for folder in SET_FOLDERS for each in find_sets(folder)]


def _measured(sets: Iterable[GoldSet]) -> tuple[list[Any], dict[str, Example]]:
    """Gold articles paired with what was coded, and the shortest right example of each rule."""
    paired: list[Any] = []
    examples: dict[str, Example] = {}
    for gold_set in sets:
        articles, gold_bytes = gold_set.content()
        gold = in_half(parse_gold(gold_bytes.decode("utf-8"), str(gold_set.gold)), "even")
        with throwaway_dataset(articles, jobs=1) as build:
            build.run("match")
            reader = build.reader()
            coded = read_coded(reader, gold)
            here = [pair(article, coded.get(article.id)) for article in gold]
            right = {report.report_id for each in here for event, report in each.pairs if report.sub_event_type in event.classes}
            _add_examples(examples, reader.read("articles"), reader.read("reports"), reader.read("evidence"), right)
        paired += here
    return paired, examples


def _add_examples(examples: dict[str, Example], articles: Any, reports: Any, evidence: Any, right: set[str]) -> None:
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    of_article = dict(zip(reports["report_id"], reports["article_id"], strict=True))
    language = language_of(_LANGUAGE)
    assert language is not None
    kept = evidence[evidence["report_id"].isin(right) & (evidence["part"] == "text")]
    for row in kept.sort_values(["report_id", "field", "ordinal"]).to_dict("records"):
        text = texts[of_article[row["report_id"]]]
        for sentence in split_sentences(text, language):
            if sentence.start <= row["start"] < sentence.end:
                words = " ".join(text[sentence.start : sentence.end].split())
                known = examples.get(row["rule_id"])
                if len(words) <= _LONGEST_EXAMPLE and (known is None or len(words) < len(known.sentence)):
                    examples[row["rule_id"]] = Example(words, text[row["start"] : row["end"]])


def rule_page() -> str:
    """The page as Markdown."""
    paired, examples = _measured(_sets())
    counts = {row["rule_id"]: row for row in by_rule(paired)}
    rows = Resources(Seeds((shipped_seeds(),))).lexicon.rows
    lines = ["# Rules", "", *_INTRODUCTION]
    acts = [row for row in rows if row.kind == "act"]
    for kind in sorted(SUB_EVENT_TYPES, key=lambda name: SUB_EVENT_TYPES[name].precedence):
        lines += ["", f"## {kind}", ""]
        for row in (each for each in acts if each.sub_event_type == kind):
            lines += _act_lines(row, counts.get(row.rule_id), examples.get(row.rule_id))
    lines += ["", "## Gates", "", "Words that turn an act down, and how far they reach.", ""]
    lines += [f"- `{row.rule_id}` ({row.name}, {row.scope}): {_forms(row)}" for row in rows if row.kind == "gate"]
    lines += ["", "## Attributions", "", "Words that tell who vouches.", ""]
    lines += [f"- `{row.rule_id}` ({row.name}, {row.scope}): {_forms(row)}" for row in rows if row.kind == "attribution"]
    lines += ["", "## Cues", "", "Words that conditions ask for.", ""]
    lines += [f"- `{row.rule_id}`: {_forms(row)}" for row in rows if row.kind == "cue"]
    lines += ["", "## Sets", "", "Words that rows share: `@name` among the forms of a row.", ""]
    lines += [f"- `{row.rule_id}`: {_forms(row)}" for row in rows if row.kind == "set"]
    lines += ["", "## Days, places, actors and numbers", "", "Rules that are code.", ""]
    for rule_id, meaning in CODE_RULES.items():
        lines += [f"- `{rule_id}`: {meaning}", *_example_lines(examples.get(rule_id))]
    return "\n".join(lines) + "\n"


def _act_lines(row: LexiconRow, count: Mapping[str, Any] | None, example: Example | None) -> list[str]:
    conditions = "; ".join(":".join(filter(None, condition)) for condition in row.conditions)
    told = f" Told {count['matched']}, right {count['right']}, extra {count['extra']}." if count else " No case there."
    return [f"- `{row.rule_id}` ({row.trigger}; {conditions}): {_forms(row)}.{told}", *_example_lines(example)]


def _forms(row: LexiconRow) -> str:
    more = len(row.forms) - _FORMS_SHOWN
    return ", ".join(f"*{form}*" for form in row.forms[:_FORMS_SHOWN]) + (f" and {more} more" if more > 0 else "")


def _example_lines(example: Example | None) -> list[str]:
    if example is None:
        return []
    words = " ".join(example.words.split())
    return [f"  > {example.sentence.replace(words, f'**{words}**', 1)}"]


def main() -> None:
    """Write the page of the checkout in the current folder."""
    try:
        write_atomically(PAGE, rule_page().encode())
    except KhaldunError as error:
        sys.stderr.write(f"error: {error}\n")
        raise SystemExit(error.exit_code) from None
    sys.stderr.write(f"{PAGE} written\n")


if __name__ == "__main__":
    main()
