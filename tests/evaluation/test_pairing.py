from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluation.pairing import pair
from tests.evaluation.builders import article, event, report

TYPES = st.sampled_from(["Attack", "Armed clash", "Arrests"])


def test_the_best_agreement_goes_first_and_required_events_before_others() -> None:
    day = {"date_start": "2019-02-12", "date_end": "2019-02-12"}
    gold = article(event("Attack", optional=True), event("Attack"), event("Attack", **day))
    coded = [report(report_id="r1"), report(report_id="r2", day="2019-02-12")]
    found = pair(gold, coded)
    assert [(each, got.report_id) for each, got in found.pairs] == [(gold.events[2], "r2"), (gold.events[1], "r1")]
    assert found.missed == (gold.events[0],)


def test_the_right_day_and_place_pair_too_but_neither_alone() -> None:
    gold = article(event("Attack", date_start="2019-02-12", date_end="2019-02-12", places=("Amerli",)))
    assert pair(gold, [report("Arrests", day="2019-02-12", location="Amerli")]).pairs
    assert not pair(gold, [report("Arrests", day="2019-02-12", location="Kirkuk")]).pairs
    assert not pair(gold, [report("Arrests", day="2019-02-13", location="Amerli")]).pairs


@given(st.lists(TYPES, max_size=4), st.lists(TYPES, max_size=4))
def test_everything_is_paired_once_or_left_over(golds: list[str], codeds: list[str]) -> None:
    gold = article(*(event(name) for name in golds))
    reports = [report(name, report_id=f"r{number}") for number, name in enumerate(codeds)]
    found = pair(gold, reports)
    assert len(found.pairs) == sum(min(golds.count(name), codeds.count(name)) for name in set(golds))
    assert sorted([got.report_id for _, got in found.pairs] + [got.report_id for got in found.extra]) == [
        r.report_id for r in reports
    ]
    assert len(found.pairs) + len(found.missed) == len(golds)


def test_extra_reports_count_only_where_relevance_was_judged() -> None:
    coded = [report(report_id="r1"), report(report_id="r2", is_background=True)]
    assert [each.report_id for each in pair(article(relevant=False), coded).false_reports] == ["r1"]
    assert pair(article(relevant=None), coded).false_reports == ()
    assert pair(article(), None).reports is None
