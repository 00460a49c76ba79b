from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluation.clusters import b_cubed, matching
from pipeline.evaluation.pairing import pair
from tests.evaluation.builders import article, event, report

CLUSTERS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=9)


@given(CLUSTERS)
def test_b_cubed_is_the_mean_over_items_of_what_they_share(clusters: list[tuple[int, int]]) -> None:
    precision = recall = 0.0
    for gold, coded in clusters:
        same_gold = [item for item in clusters if item[0] == gold]
        same_coded = [item for item in clusters if item[1] == coded]
        both = [item for item in same_gold if item[1] == coded]
        precision += len(both) / len(same_coded) / len(clusters)
        recall += len(both) / len(same_gold) / len(clusters)
    found = b_cubed(clusters)
    assert abs(found["p"] - precision) < 1e-4
    assert abs(found["r"] - recall) < 1e-4
    turned = b_cubed([(coded, gold) for gold, coded in clusters])
    assert (turned["p"], turned["r"]) == (found["r"], found["p"])


def test_labels_and_events() -> None:
    gold = [
        article(event(same_event="x"), name="a"),
        article(event(same_event="x"), name="b"),
        article(event(), name="c"),
        article(event(same_event="x"), name="missed"),
    ]
    coded = {
        "a": [report(report_id="r1", event_id="E1")],
        "b": [report(report_id="r2", event_id="E2")],
        "c": [report(report_id="r3", event_id="E2")],
    }
    found = matching([pair(each, coded.get(each.id)) for each in gold])
    assert found == {"p": 0.6667, "r": 0.6667, "f1": 0.6667, "n": 3, "together": {"p": 0.6667, "r": 0.6667, "f1": 0.6667, "n": 3}}


def test_reports_without_an_event_stand_alone_and_unlabelled_gold_gives_no_figure() -> None:
    apart = [pair(article(event(same_event="x"), name=name), [report(report_id=name)]) for name in "ab"]
    assert matching(apart)["r"] == 0.5
    assert matching([pair(article(event()), [report()])]) is None
