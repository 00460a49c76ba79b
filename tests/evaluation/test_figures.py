from __future__ import annotations

import pytest

from pipeline.evaluation.breakdown import by_rule, by_type, confusion
from pipeline.evaluation.evaluation import evaluate
from pipeline.evaluation.labels import single_labels
from pipeline.evaluation.pairing import pair
from pipeline.evaluation.text import evaluation_text
from tests.evaluation.builders import article, event, report

GOLD = [
    article(event("Attack", "Armed clash", deaths=2, exact=True), event("Arrests", deaths=0), name="both"),
    article(event("Attack", background=True), name="recalled", relevant=False),
    article(name="nothing", relevant=False),
    article(event("Attack", optional=True), name="open", relevant=None),
    article(event("Grenade"), name="absent"),
]
CODED = {
    "both": [
        report("Armed clash", "r1", fatalities=2, type_rules=("clash.verb",)),
        report("Grenade", "r2", type_rules=("grenade.noun",)),
    ],
    "recalled": [report("Attack", "r3", is_background=True, type_rules=("attack.kill", "attack.verb"))],
    "nothing": [report("Attack", "r4", type_rules=("attack.verb",))],
    "open": [report("Attack", "r5"), report("Arrests", "r6")],
}


def test_figures_by_hand() -> None:
    found = evaluate(GOLD, CODED)
    assert (found["articles"], found["articles_not_ingested"]) == (5, 1)
    assert found["relevance"] == {"p": 0.5, "r": 0.5, "f1": 0.5, "false_alarm": 0.5}
    assert found["detection"] == {"p": 0.3333, "r": 0.3333, "f1": 0.3333}
    assert found["load"] == 1.0
    assert found["fields"]["class"] == {"matched": 1.0, "end_to_end": 0.3333, "n": 3}
    assert found["fields"]["exact_class"] == {"matched": 0.0, "end_to_end": 0.0, "n": 1}
    assert found["fields"]["deaths"] == {"matched": 1.0, "end_to_end": 0.5, "n": 2}
    assert found["background"] == {"found": 1.0, "n": 1}
    assert "matching" not in found
    assert "sub_event_type" not in found


def test_types_are_confused_by_their_first_class() -> None:
    paired = [pair(gold, CODED.get(gold.id)) for gold in GOLD]
    cells = confusion(paired)
    assert {(cell["gold"], cell["coded"], cell["n"]) for cell in cells} == {
        ("Attack", "Armed clash", 1),
        ("Arrests", "none", 1),
        ("Grenade", "none", 1),
        ("none", "Grenade", 1),
        ("none", "Attack", 1),
    }
    attack = next(row for row in by_type(cells) if row["type"] == "Attack")
    assert (attack["gold"], attack["coded"], attack["right"], attack["f1"]) == (1, 1, 0, 0.0)


def test_rules_are_right_extra_or_neither() -> None:
    rows = {row.pop("rule_id"): row for row in by_rule([pair(gold, CODED.get(gold.id)) for gold in GOLD])}
    assert rows == {
        "attack.verb": {"matched": 1, "right": 1, "extra": 1},
        "attack.kill": {"matched": 1, "right": 1, "extra": 0},
        "clash.verb": {"matched": 1, "right": 1, "extra": 0},
        "grenade.noun": {"matched": 0, "right": 0, "extra": 1},
    }


def test_one_label_an_article() -> None:
    gold = [article(event("Attack"), name="a"), article(event("Arrests"), name="b"), article(name="c", relevant=False)]
    coded = {
        "a": [report("Arrests", "r1", confidence=0.4), report("Attack", "r2", confidence=0.6)],
        "b": [report("Arrests", "r3", is_background=True)],
        "c": [],
    }
    found = single_labels([pair(each, coded[each.id]) for each in gold])
    assert found == {
        "accuracy": 0.5,
        "weighted_f1": 0.5,
        "macro_f1": 0.5,
        "none_left_alone": 1.0,
        "worst": {"Arrests": 0.0, "Attack": 1.0},
    }


def test_misses_say_what_was_wanted() -> None:
    found = evaluate(GOLD, CODED, most_misses=10)["misses"]
    assert [(row["id"], row["what"]) for row in found] == [
        ("both", "missed"),
        ("both", "extra"),
        ("nothing", "extra"),
        ("absent", "missed"),
    ]
    assert evaluate(GOLD, CODED, most_misses=1)["misses"] == found[:1]


@pytest.mark.parametrize("by", [None, "type", "rule"])
def test_the_text_tells_the_figures(by: str | None) -> None:
    text = evaluation_text(evaluate(GOLD, CODED, 3), by)
    assert "Articles: 5 (1 not in the dataset)" in text
    assert "detection   precision 33.3%, recall 33.3%, F1 33.3%" in text
    assert ("attack.verb" in text) is (by == "rule")
    assert ("Armed clash  " in text) is (by == "type")
    assert "nothing: extra" in text


def test_reliability_by_hand() -> None:
    gold = [article(event("Attack"), event("Grenade", optional=True)), article(name="b", relevant=None)]
    coded = {
        "a": [
            report("Attack", "r1", confidence=0.92),
            report("Grenade", "r2", confidence=0.98),
            report("Arrests", "r3", confidence=0.31),
            report("Arrests", "r4", confidence=0.94),
            report("Attack", "r5", confidence=0.2, is_background=True),
        ],
        "b": [report("Attack", "r6", confidence=0.9)],
    }
    found = evaluate(gold, coded)["reliability"]
    low = {"confidence_from": 0.3, "confidence_to": 0.4, "n": 1, "confidence": 0.31, "right": 0.0}
    high = {"confidence_from": 0.9, "confidence_to": 1.0, "n": 3, "confidence": 0.9467, "right": 0.6667}
    assert found["bins"] == [low, high]
    assert (found["n"], found["error"]) == (4, 0.2875)
    assert "0.9 to 1.0      0.95    0.67     3" in evaluation_text(evaluate(gold, coded), "confidence")
