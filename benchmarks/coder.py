"""The rule coder on one core: how many articles it codes a second, and how many without any act it screens off."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick

from pipeline.coding.coder import Article, code_article
from pipeline.resources.bundle import Resources
from pipeline.resources.seeds import Seeds, shipped_seeds
from pipeline.settings import Settings

RUNS = 3
WORDS = 300
"""Words of the article that figures are given in."""
QUIET = (
    "The city council approved the new budget for schools and parks. Visitors admired the gardens beside the river, and the music "
    "went on until late. A bakery on the main street won the prize for the best bread of the region. "
)
"""Sentences that tell of no act: the screen drops a text made of them."""


def _article(row: dict[str, object]) -> Article:
    published = row["published_at"]
    return Article(
        article_id="art-" + "0" * 20,
        title=str(row["title"]) or None,
        text=str(row["text"]),
        language="en",
        source_id="x",
        source_country=None,
        published_day=dt.date.fromisoformat(str(published)[:10]) if published else None,
    )


def _quiet(words: int) -> Article:
    """A text of so many words without any act."""
    text = " ".join((QUIET * (words // len(QUIET.split()) + 1)).split()[:words])
    return _article({"title": "", "text": text, "published_at": None})


def _words(articles: Sequence[Article]) -> int:
    return sum(len(article.text.split()) for article in articles)


def _seconds(work: Callable[[], object]) -> float:
    """Least processor time of several runs, after one that is not counted."""
    work()
    found = []
    for _ in range(RUNS):
        began = time.process_time()
        work()
        found.append(time.process_time() - began)
    return min(found)


@dataclass(frozen=True)
class Coder:
    """Articles, and all that coding them takes."""

    articles: list[Article]
    resources: Resources
    settings: Settings

    @classmethod
    def of(cls, rows: Sequence[dict[str, object]]) -> Coder:
        """The articles in some rows, to be coded with the seeds of the package."""
        return cls([_article(row) for row in rows], Resources(Seeds((shipped_seeds(),))), Settings())

    def code(self, article: Article, resources: Resources) -> object:
        """Codes one article with some resources."""
        return code_article(article, resources, self.settings)

    def code_all(self) -> None:
        """Codes all articles."""
        self._code(self.articles)

    def _code(self, articles: Sequence[Article]) -> None:
        for article in articles:
            self.code(article, self.resources)

    def figures(self) -> Iterator[str]:
        """Articles of 300 words a second: the coder's, and the screen's on texts of the same length without any act."""
        names = [row["name"].casefold() for row in self.resources.seeds.rows("places")]
        finder = AhoCorasick(names)
        for name, articles in (("coder", self.articles), ("screen", [_quiet(WORDS) for _ in self.articles])):
            if name == "screen" and _has_act(self.resources, QUIET):
                raise SystemExit("The sentences of the screen's figure hold an act; give others.")
            words = _words(articles)
            baseline = _seconds(lambda texts=articles: [finder.find_matches_as_indexes(each.text.casefold()) for each in texts])
            spent = _seconds(lambda texts=articles: self._code(texts))
            ratio = f"{spent / baseline:.0f} times one pass of Aho-Corasick over {len(names)} names"
            given = f"({len(articles)} articles, {words} words)"
            yield f"{name}: {words / spent / WORDS:.0f} articles of {WORDS} words a second of the processor {given}, {ratio}"


def _has_act(resources: Resources, text: str) -> bool:
    return any(row.kind == "act" for match in resources.lexicon.mentions(text) for row in match.rows)
