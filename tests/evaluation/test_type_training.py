"""Weights are fitted to labels: what stands with a type speaks for it."""

import csv
import json

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.evaluation.gold import GoldArticle
from pipeline.evaluation.type_training import Example, fit_type_weights, label_of


def weight(rows, feature, label):
    return next((float(row["weight"]) for row in rows if (row["feature"], row["sub_event_type"]) == (feature, label)), 0.0)


def test_what_stands_with_a_type_speaks_for_it_and_what_stands_with_all_for_none():
    examples = [Example(["word:flag", "word:people"], "Peaceful protest")] * 20 + [
        Example(["word:gun", "word:people"], "Attack")
    ] * 20
    rows = fit_type_weights(examples)
    assert weight(rows, "word:flag", "Peaceful protest") > 1 > weight(rows, "word:flag", "Attack")
    assert weight(rows, "word:gun", "Attack") > 1
    assert abs(weight(rows, "word:people", "Attack") - weight(rows, "word:people", "Peaceful protest")) < 0.1


def test_the_order_of_examples_does_not_matter():
    examples = [Example([f"word:{each % 7}", "word:all"], ("Attack", "Grenade", "none")[each % 3]) for each in range(60)]
    assert fit_type_weights(examples) == fit_type_weights(examples[::-1])


def test_a_feature_of_one_text_gets_no_weight():
    rows = fit_type_weights([Example(["word:once"], "Attack"), *[Example(["word:often"], "Grenade")] * 5])
    assert not any(row["feature"] == "word:once" for row in rows)


@pytest.mark.parametrize(
    ("events", "relevant", "label"),
    [
        ([], False, "none"),
        ([{"classes": ["Attack"]}], True, "Attack"),
        ([{"classes": ["Attack"]}, {"classes": ["Attack"]}], True, "Attack"),
        ([{"classes": ["Attack"]}, {"classes": ["Grenade"]}], True, None),
        ([{"classes": ["Attack"], "optional": True}], True, None),
        ([], None, None),
    ],
)
def test_label_of_an_article(events, relevant, label):
    assert label_of(GoldArticle.model_validate({"id": "a", "relevant": relevant, "events": events})) == label


def test_the_command_writes_the_table_of_the_dataset(tmp_path):
    texts = {
        f"{kind}{each}": (f"{who} {each} times in Hawija.", label)
        for each in range(6)
        for kind, who, label in (
            ("a", "Gunmen attacked farmers", "Attack"),
            ("p", "Hundreds of teachers marched quietly", "Peaceful protest"),
        )
    }
    articles, gold = tmp_path / "a.jsonl", tmp_path / "g.jsonl"
    articles.write_text(
        "".join(json.dumps({"id": name, "source": "S", "text": text, "language": "en"}) + "\n" for name, (text, _) in texts.items())
    )
    gold.write_text(
        "".join(
            json.dumps({"id": name, "relevant": True, "events": [{"classes": [label]}]}) + "\n"
            for name, (_, label) in texts.items()
        )
    )
    (tmp_path / "set" / "seeds").mkdir(parents=True)
    command = ["lexicon", "train", str(gold), "--articles", str(articles), "--root", str(tmp_path / "set"), "--json"]
    result = CliRunner().invoke(app, command)
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["texts"] == 12
    with (tmp_path / "set" / "seeds" / "type_weights.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert weight(rows, "word:marche", "Peaceful protest") > 0
