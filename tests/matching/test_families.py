"""Families of articles: copies and versions of one text."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.matching.families import find_families
from pipeline.matching.signatures import sign_articles
from schemas.arrow import arrow_schema, rows_to_frame, to_arrow


def table(*articles):
    frame = rows_to_frame(articles, "articles")
    return find_families(frame.drop(columns=["title", "text"]), sign_articles(frame)["article_signatures"])


def families(*articles):
    frame = table(*articles)
    return {row.article_id: (row.family_id, row.relation) for row in frame.itertuples()}


def test_a_lone_article_is_its_own_original(corpus):
    one, two = corpus.article("1"), corpus.article("2")
    assert families(one, two) == {a["article_id"]: (a["article_id"], "original") for a in (one, two)}


def test_the_earliest_print_is_the_original(corpus):
    late = corpus.article("1", text="same")
    early = corpus.article("2", source="bbc", text="same", published_day=dt.date(2017, 10, 18))
    undated = corpus.article("3", source="bbc", text="same", published_day=None)
    assert families(late, early, undated) == {
        late["article_id"]: (early["article_id"], "copy"),
        early["article_id"]: (early["article_id"], "original"),
        undated["article_id"]: (early["article_id"], "copy"),
    }


@pytest.mark.parametrize("name", ["external", "article_id"])
@pytest.mark.parametrize(("column", "relation"), [("version_of", "update"), ("translation_of", "translation")])
def test_links_name_an_article_by_either_id(corpus, name, column, relation):
    first = corpus.article("1")
    linked = first["article_id"] if name == "article_id" else "1"
    # Even without dates of use, what derives from another is not the original.
    second = corpus.article("2", published_day=dt.date(2017, 10, 1), **{column: linked})
    found = families(first, second)
    assert found[second["article_id"]] == (first["article_id"], relation)
    assert found[first["article_id"]] == (first["article_id"], "original")


def test_an_external_id_means_the_same_source_first(corpus):
    mine, theirs = corpus.article("1"), corpus.article("1", source="bbc")
    second = corpus.article("2", source="bbc", version_of="1")
    assert families(mine, theirs, second)[second["article_id"]] == (theirs["article_id"], "update")
    elsewhere = corpus.article("2", source="kirkuk-now", version_of="1")
    assert families(mine, theirs, elsewhere)[elsewhere["article_id"]] == (elsewhere["article_id"], "original")


def test_copies_of_an_update_belong_to_the_family(corpus):
    first = corpus.article("1")
    update = corpus.article("2", version_of="1", text="new")
    reprint = corpus.article("3", source="bbc", text="new")
    found = families(first, update, reprint)
    assert {family for family, _ in found.values()} == {first["article_id"]}
    assert found[reprint["article_id"]][1] == "copy"


def test_links_to_nothing_to_oneself_and_in_a_ring_do_no_harm(corpus):
    lost, own = corpus.article("1", version_of="9"), corpus.article("2", version_of="2")
    found = families(lost, own)
    assert {relation for _, relation in found.values()} == {"original"}
    ring = [corpus.article("3", version_of="4"), corpus.article("4", version_of="3")]
    relations = sorted(relation for _, relation in families(*ring).values())
    assert relations == ["original", "update"]


def test_quarantined_articles_have_no_row(corpus):
    assert families(corpus.article("1", status="quarantined")) == {}


def test_similarity_is_null_where_there_is_nothing_to_compare(corpus):
    rows = [corpus.article("1", text="a"), corpus.article("2", text="a"), corpus.article("3", version_of="1")]
    frame = table(*rows)
    assert frame.set_index("relation")["similarity"].dropna().to_dict() == {"original": 1.0, "copy": 1.0}
    assert to_arrow(frame, arrow_schema("article_families")).num_rows == 3


@given(st.data())
def test_families_do_not_depend_on_order_and_originals_name_them(corpus, data):
    names = [str(number) for number in range(8)]
    rows = [
        corpus.article(
            name,
            text=data.draw(st.sampled_from("abcdef")),
            published_day=data.draw(st.sampled_from([None, dt.date(2017, 1, 1), dt.date(2017, 1, 2)])),
            version_of=data.draw(st.sampled_from([None, None, *names])),
            translation_of=data.draw(st.sampled_from([None, None, None, *names])),
        )
        for name in names
    ]
    found = families(*rows)
    assert found == families(*data.draw(st.permutations(rows)))
    originals = {key for key, (_, relation) in found.items() if relation == "original"}
    assert originals == {family for family, _ in found.values()}
    assert all(found[family][0] == family for family in originals)
    by_text = {}
    for row in rows:
        by_text.setdefault(row["content_hash"], set()).add(found[row["article_id"]][0])
    assert all(len(part) == 1 for part in by_text.values())
