"""Incidents named by a list, and what of them was brought together."""

import json

import pytest

from pipeline.errors import InputError
from pipeline.evaluation.incidents import incident_recall, label_incidents
from pipeline.evaluation.pairing import pair
from tests.evaluation.builders import article, event, report


def line(*members):
    return json.dumps({"members": [{"doc_id": name, "template_index": at} for name, at in members]})


def test_a_list_labels_the_events_that_it_names():
    gold = [article(event(), event(), name="a"), article(event(same_event="own"), name="b")]
    labelled = label_incidents(gold, f"{line(('a', 1), ('b', 0))}\n{line(('c', 0))}", "list")
    assert [[each.same_event for each in one.events] for one in labelled] == [[None, "incident 1"], ["incident 1"]]


@pytest.mark.parametrize("text", ["{}", "[]", "no JSON", '{"members": [{"doc_id": "a"}]}'])
def test_a_list_of_another_form_is_an_error_that_names_its_line(text):
    with pytest.raises(InputError, match="list:1: give `members`"):
        label_incidents([], text, "list")


def test_each_incident_counts_the_same_and_a_missed_report_is_with_nobody():
    gold = [article(event(same_event="x"), name=name) for name in "abcd"]
    gold += [article(event(same_event="y"), name=name) for name in "ef"] + [article(event(same_event="alone"), name="g")]
    events = dict(zip("abdef", ["1", "1", "1", "2", None], strict=True))
    paired = [pair(each, [report(report_id=each.id, event_id=events[each.id])] if each.id in events else []) for each in gold]
    found = incident_recall(paired)
    # Of x three of four stand together, of y one of two is of an event.
    assert found == {"incidents": 2, "told": 6, "missed": 2, "recall": round((9 / 16 + 1 / 4) / 2, 4), "pairs": 0.25}
