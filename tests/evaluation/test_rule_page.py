"""The page of rules names every rule that there is."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from pipeline.coding.coder import Article, code_article
from pipeline.evaluation.rule_page import PAGE
from pipeline.resources.bundle import Resources
from pipeline.resources.seeds import Seeds, shipped_seeds
from pipeline.settings import Settings

ANEW = "`python -m pipeline.evaluation.rule_page` writes the page anew"


@pytest.fixture(scope="module")
def page(repository: Path) -> str:
    return (repository / PAGE).read_text(encoding="utf-8")


def test_every_row_of_the_lexicon_is_on_the_page_and_no_other(page: str) -> None:
    import re

    rows = {row.rule_id for row in Resources(Seeds((shipped_seeds(),))).lexicon.rows}
    listed = set(re.findall(r"^- `([^`]+)`", page.partition("## Days, places")[0], re.MULTILINE))
    assert rows - listed == set(), ANEW
    assert listed - rows == set(), ANEW


def test_every_rule_that_gives_a_value_is_on_the_page(page: str, repository: Path) -> None:
    resources, found = Resources(Seeds((shipped_seeds(),))), set()
    for line in (repository / "tests/golden/sentences.jsonl").read_text(encoding="utf-8").splitlines()[::3]:
        row = json.loads(line)
        day = dt.date.fromisoformat(row["published_at"][:10]) if row["published_at"] else None
        article = Article(
            article_id=row["id"],
            title=row["title"],
            text=row["text"],
            language="en",
            published_day=day,
            source_id="",
            source_country=None,
        )
        found |= {each["rule_id"] for each in code_article(article, resources, Settings()).evidence}
    unnamed = {rule for rule in found if f"`{rule}`" not in page and not rule.startswith("weighed.")}
    assert len(found) > 50
    assert not unnamed
