"""What weights add to the rules of brief texts: a type that the rules miss, one that they mistake, an incident that is none."""

from dataclasses import replace

import pytest

from pipeline.coding.coder import code_article
from pipeline.resources.bundle import Resources
from pipeline.resources.seeds import Seeds, shipped_seeds
from pipeline.resources.type_weights import TypeWeights
from pipeline.settings import Settings
from tests.coding.conftest import make_article

LONG = " He spoke to nobody. The road was closed. Shops were open. It rained all day."


def weighed(resources, text, *weights):
    """Coding of a text under some weights: (feature, type, weight)."""
    rows = [{"feature": feature, "sub_event_type": label, "weight": str(weight)} for feature, label, weight in weights]
    mine = replace(resources)
    mine.__dict__.update({key: value for key, value in resources.__dict__.items() if key != "seeds"})
    mine.__dict__["type_weights"] = TypeWeights.from_rows(rows)
    return code_article(make_article(text), mine, Settings())


def types(coding):
    return [row["sub_event_type"] for row in coding.reports]


def test_what_speaks_for_another_type_turns_that_of_the_rules(resources):
    text = "Gunmen attacked the village of Riyadh in Kirkuk province on Monday."
    assert types(weighed(resources, text)) == ["Attack"]
    coding = weighed(resources, text, ("word:villag", "Mob violence", 9.0))
    assert types(coding) == ["Mob violence"]
    assert {row["rule_id"] for row in coding.evidence if row["field"] == "sub_event_type"} == {"weighed.type"}


def test_the_rules_are_trusted_against_a_light_weight(resources):
    text = "Gunmen attacked the village of Riyadh in Kirkuk province on Monday."
    assert types(weighed(resources, text, ("word:villag", "Mob violence", 2.0))) == ["Attack"]


def test_words_of_no_event_turn_an_incident_down_and_say_so(resources):
    coding = weighed(resources, "Gunmen attacked the village of Riyadh on Monday.", ("word:villag", "none", 9.0))
    assert types(coding) == []
    assert {row["gate"] for row in coding.rejected} == {"weighed"}


def test_an_incident_is_found_where_the_conditions_of_a_word_fail(resources):
    text = "A young trader was led away in Hawija on Monday."
    assert types(weighed(resources, text)) == []
    coding = weighed(resources, text, ("word:led", "Abduction/forced disappearance", 3.0))
    assert types(coding) == ["Abduction/forced disappearance"]
    assert coding.reports[0]["location_mention"] == "Hawija"
    assert [row["rule_id"] for row in coding.evidence if row["field"] == "sub_event_type"] == ["weighed.abduction"]


def test_a_gate_stands_above_the_weights(resources):
    coding = weighed(resources, "The rebels plan to attack Mosul.", ("word:rebels", "Armed clash", 9.0))
    assert types(coding) == []


def test_longer_texts_are_left_to_the_rules(resources):
    text = "Gunmen attacked the village of Riyadh in Kirkuk province on Monday." + LONG
    assert types(weighed(resources, text, ("word:villag", "Mob violence", 9.0))) == ["Attack"]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({"feature": "word:a", "sub_event_type": "Battle", "weight": "1"}, "neither in the taxonomy"),
        ({"feature": "word:a", "sub_event_type": "Attack", "weight": "much"}, "is no number"),
    ],
)
def test_a_wrong_row_is_refused(row, why):
    from pipeline.errors import SeedError

    with pytest.raises(SeedError, match=why):
        TypeWeights.from_rows([row])


def test_shipped_weights_load_and_name_what_the_coder_shows():
    weights = Resources(Seeds((shipped_seeds(),))).type_weights
    kinds = {feature.partition(":")[0] for feature in weights.weights}
    known = {"base", "word", "cue", "gate", "attribution", "form", "fired", "class", "people", "agent", "patient", "hurt", "rules"}
    assert kinds <= known
    assert weights.scores(["rules:Attack"])["Attack"] > 0
