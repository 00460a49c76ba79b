"""What the tests of the rule coder share."""

import datetime as dt

import pytest

from pipeline.coding.coder import Article, code_article
from pipeline.resources.bundle import Resources
from pipeline.resources.seeds import Seeds, shipped_seeds
from pipeline.resources.type_weights import TypeWeights
from pipeline.settings import Settings


def make_article(text, published="2017-10-19", **more):
    values = {
        "article_id": f"art-{0:020x}",
        "title": None,
        "text": text,
        "language": "en",
        "source_id": "example",
        "source_country": None,
        "published_day": dt.date.fromisoformat(published) if published else None,
    }
    return Article(**(values | more))


@pytest.fixture(scope="session")
def resources():
    """The shipped seeds without fitted weights: tests of rules ask what the rules alone make of a text."""
    found = Resources(Seeds((shipped_seeds(),)))
    found.__dict__["type_weights"] = TypeWeights({})
    return found


@pytest.fixture(scope="session")
def code(resources):
    """Codes a text: `code(text, published="2017-10-19")` gives a Coding."""

    def coded(text, published="2017-10-19", settings=None, **more):
        return code_article(make_article(text, published, **more), resources, settings or Settings())

    return coded
