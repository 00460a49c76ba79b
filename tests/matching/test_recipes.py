"""What each recipe makes of reports that differ."""

import datetime as dt
from types import SimpleNamespace

import pytest
from pydantic import ValidationError

from pipeline.matching.families import find_families
from pipeline.matching.recipes import RECIPES, recipe_of
from pipeline.matching.sensitivity import recipe_table
from pipeline.matching.signatures import sign_articles
from pipeline.matching.stage import match_pairs
from pipeline.resources.match_weights import MatchWeights
from pipeline.resources.seeds import Seeds, shipped_seeds
from pipeline.settings import MatchingSettings, Settings
from schemas.arrow import rows_to_frame

FULL = {"injured": 4, "assoc_actor_2": "Farmers (Iraq)", "crowd_size": 9}
"""What makes one report fuller than others."""
MOSUL = {"location": "Mosul", "place_id": "mosul", "admin1": "Nineveh", "admin2": "Mosul", "latitude": 35.2, "geo_precision": 2}


def event(corpus, recipe, *rows):
    """The event of reports of one incident, as people said."""
    articles, reports = corpus.tell(*rows)
    people = corpus.People()
    for other in reports[1:]:
        people.judge(reports[0], other, "same")
    return corpus.only_event(corpus.match(articles, reports, people, matching=recipe))


@pytest.mark.parametrize(("recipe", "toll"), [("conservative", 3), ("representative", 5), ("informative", 9)])
def test_tolls(corpus, recipe, toll):
    found = event(corpus, {"recipe": recipe}, {"toll": 3}, {"toll": 5}, {"toll": 9} | FULL)
    assert (found["fatalities"], found["fatalities_low"], found["fatalities_high"]) == (toll, 3, 9)


def test_of_two_tolls_the_middle_one_is_the_lower(corpus):
    assert event(corpus, {"recipe": "representative"}, {"toll": 5}, {"toll": 3})["fatalities"] == 3


@pytest.mark.parametrize(("recipe", "kind"), [("conservative", "Attack"), ("informative", "Abduction/forced disappearance")])
def test_types(corpus, recipe, kind):
    found = event(corpus, {"recipe": recipe}, {}, {}, {"sub_event_type": "Abduction/forced disappearance"} | FULL)
    assert found["sub_event_type"] == kind


@pytest.mark.parametrize(("recipe", "day"), [("conservative", 19), ("informative", 20)])
def test_dates(corpus, recipe, day):
    found = event(corpus, {"recipe": recipe}, {}, {}, {"event_date": dt.date(2017, 10, 20)} | FULL)
    assert found["event_date"] == dt.date(2017, 10, day)


@pytest.mark.parametrize(("recipe", "location"), [("conservative", "Daquq"), ("representative", "Mosul")])
def test_places(corpus, recipe, location):
    assert event(corpus, {"recipe": recipe}, {}, MOSUL, MOSUL)["location"] == location


def test_a_recipe_of_one_s_own_takes_parts_of_others():
    own = recipe_of(MatchingSettings(recipe="informative", recipe_parts={"toll": "representative"}))
    assert own.toll is RECIPES["representative"].toll
    assert own.date is RECIPES["informative"].date
    with pytest.raises(ValidationError):
        MatchingSettings(recipe_parts={"toll": "bold"})


def test_the_table_counts_what_each_recipe_changes(corpus):
    articles, reports = corpus.tell({"toll": 3}, {"toll": 5}, {"toll": 5} | FULL)
    people = corpus.People().judge(reports[0], reports[1], "same").judge(reports[0], reports[2], "same")
    frame, decisions = rows_to_frame(articles, "articles"), rows_to_frame(people.decisions, "decisions")
    anchors = rows_to_frame(people.anchors, "decision_anchors")
    families = find_families(frame, sign_articles(frame)["article_signatures"])
    weights = MatchWeights.from_rows(Seeds((shipped_seeds(),)).rows("match_weights"))
    resources = SimpleNamespace(match_weights=weights)
    matched = match_pairs(
        frame, families, rows_to_frame(reports, "reports"), decisions, anchors, resources=resources, settings=Settings()
    )
    table = recipe_table(matched, decisions, anchors, sources=corpus.SOURCES, settings=MatchingSettings())
    assert [(row["recipe"], row["fatalities"], row["other_fatalities"], row["other_type"]) for row in table] == [
        ("conservative", 3, 0, 0), ("informative", 5, 1, 0), ("representative", 5, 1, 0)
    ]  # fmt: skip
