"""The stage: what it codes, what it reuses, and that reusing changes nothing."""

import datetime as dt

import pandas as pd
import pyarrow as pa
import pytest

from pipeline.coding import stage
from pipeline.coding.stage import code_articles
from pipeline.resources.bundle import Resources
from pipeline.resources.lexicon import Lexicon
from pipeline.resources.seeds import Seeds, shipped_seeds
from pipeline.settings import Settings
from schemas.arrow import arrow_schema, to_arrow, to_frame
from schemas.tables import TABLES

TEXTS = [
    "Gunmen killed two farmers in Mosul on Monday.",
    "A bomb exploded in Kirkuk on Tuesday and wounded a guard. They plan to attack Mosul.",
    "Hundreds of people marched through Basra on Wednesday.",
    "The minister opened a bridge.",
]
COLUMNS = ("article_id", "source_id", "title", "text", "language", "published_day", "status")


def frame(texts, **more):
    rows = [
        {
            "article_id": f"art-{number:020x}",
            "source_id": "example",
            "title": None,
            "text": text,
            "language": "en",
            "published_day": dt.date(2017, 10, 19),
            "status": "ok",
        }
        | more
        for number, text in enumerate(texts)
    ]
    return to_frame(pa.Table.from_pylist(rows, schema=arrow_schema("articles", COLUMNS)))


@pytest.fixture
def counted(monkeypatch):
    """Ids of the articles that were coded anew."""
    calls = []
    real = stage.code_findings

    def counting(article, *rest):
        calls.append(article.article_id)
        return real(article, *rest)

    monkeypatch.setattr(stage, "code_findings", counting)
    return calls


def run(articles, resources, previous=None, fingerprint="a", settings=None):
    return code_articles(articles, resources=resources, settings=settings or Settings(), fingerprint=fingerprint, previous=previous)


def changed_lexicon(resources, forms):
    """The same resources with forms added to one row of the lexicon."""
    rows = Seeds((shipped_seeds(),)).rows("lexicon")
    changed = [row | ({"forms": f"{row['forms']}; {forms}"} if row["rule_id"] == "attack.kill" else {}) for row in rows]
    made = Resources(resources.seeds)
    made.__dict__.update({"lexicon": Lexicon.from_rows(changed)})
    return made


def test_tables_are_sorted_and_fit_their_schema(resources):
    made = run(frame(TEXTS), resources)
    assert list(made) == ["rule_reports", "rule_evidence", "rejected_candidates", "coding_keys"]
    for name, table in made.items():
        key = list(TABLES[name].key)
        assert to_arrow(table, arrow_schema(name)).num_rows == len(table)
        assert table[key].equals(table[key].sort_values(key, ignore_index=True))
    assert len(made["rule_reports"]) == 3
    assert len(made["coding_keys"]) == 4


def test_the_order_of_articles_does_not_show(resources):
    made, reversed_ = run(frame(TEXTS), resources), run(frame(TEXTS).iloc[::-1], resources)
    for name in made:
        pd.testing.assert_frame_equal(made[name], reversed_[name])


def test_what_did_not_change_is_not_coded_again(resources, counted):
    first = run(frame(TEXTS), resources)
    assert len(counted) == 4
    second = run(frame(TEXTS), resources, previous=first)
    assert len(counted) == 4
    for name in first:
        pd.testing.assert_frame_equal(first[name], second[name])


@pytest.mark.parametrize(
    ("forms", "recoded"), [("did away with", []), ("opened", [3]), ("on tuesday and", [1]), ("farmers; through basra", [0, 2])]
)
def test_a_change_of_the_lexicon_recodes_the_articles_that_hold_its_words(resources, counted, forms, recoded):
    first = run(frame(TEXTS), resources)
    del counted[:]
    changed = changed_lexicon(resources, forms)
    with_memory = run(frame(TEXTS), changed, previous=first)
    assert counted == [f"art-{number:020x}" for number in recoded]
    anew = run(frame(TEXTS), changed)
    for name in anew:
        pd.testing.assert_frame_equal(with_memory[name], anew[name])


@pytest.mark.parametrize(
    "edit",
    [
        {"text": "Gunmen killed four farmers in Mosul on Monday."},
        {"published_day": dt.date(2017, 10, 26)},
        {"title": "Another headline"},
        {"source_id": "another"},
        {"language": "ar"},
    ],
)
def test_a_changed_column_recodes_its_article(resources, counted, edit):
    first = run(frame(TEXTS), resources)
    edited = frame(TEXTS)
    column, value = next(iter(edit.items()))
    edited[column] = pd.Series([value, *edited[column][1:]], dtype=edited[column].dtype)
    del counted[:]
    with_memory = run(edited, resources, previous=first)
    assert counted == [f"art-{0:020x}"]
    anew = run(edited, resources)
    for name in anew:
        pd.testing.assert_frame_equal(with_memory[name], anew[name])


def test_another_fingerprint_recodes_everything(resources, counted):
    first = run(frame(TEXTS), resources)
    run(frame(TEXTS), resources, previous=first, fingerprint="b")
    assert len(counted) == 8


def test_articles_that_left_leave_no_rows(resources):
    first = run(frame(TEXTS), resources)
    fewer, anew = run(frame(TEXTS[:1]), resources, previous=first), run(frame(TEXTS[:1]), resources)
    for name in anew:
        pd.testing.assert_frame_equal(fewer[name], anew[name])


def test_quarantined_articles_and_switched_off_rules_give_nothing(resources):
    assert all(table.empty for table in run(frame(TEXTS, status="quarantined"), resources).values())
    off = Settings.model_validate({"coding": {"rules": False}})
    assert all(table.empty for table in run(frame(TEXTS), resources, settings=off).values())


def test_a_fault_names_the_article(resources, monkeypatch):
    def fail(*_):
        raise KeyError("broken")

    monkeypatch.setattr(stage, "code_findings", fail)
    with pytest.raises(RuntimeError, match=f"failed on article art-{0:020x}: 'broken'"):
        run(frame(TEXTS), resources)
