from __future__ import annotations

import datetime as dt

import pandas as pd

from pipeline.evaluation.coded import EVIDENCE_COLUMNS, REPORT_COLUMNS, coded_reports

TEXT = "Gunmen killed three policemen. Police said so."


def frames() -> dict[str, pd.DataFrame]:
    reports = [
        {"report_id": "r2", "article_id": "A1", "status": "candidate", "fatalities": 3, "event_date": dt.date(2019, 2, 12)},
        {"report_id": "r1", "article_id": "A1", "status": "accepted", "fatalities": 0},
        {"report_id": "r0", "article_id": "A1", "status": "superseded", "fatalities": 0},
    ]
    common = {"sub_event_type": "Attack", "is_background": False, "initiator": "actor1", "confidence": 0.5}
    evidence = [
        ("r2", "actor1", 0, "text", 0, 6, "actor.name"),
        ("r2", "actor2", 0, "title", 0, 6, "actor.name"),
        ("r2", "target", 0, "text", 14, len(TEXT), "role.target"),
        ("r2", "sub_event_type", 1, "text", 7, 13, "attack.kill"),
        ("r2", "sub_event_type", 0, "title", 0, 6, "attack.verb"),
    ]
    return {
        "articles": pd.DataFrame(
            [{"article_id": "A1", "external_id": "a", "text": TEXT}, {"article_id": "A2", "external_id": "b", "text": None}]
        ),
        "reports": pd.DataFrame([common | row for row in reports], columns=list(REPORT_COLUMNS)),
        "evidence": pd.DataFrame(evidence, columns=list(EVIDENCE_COLUMNS)),
        "event_reports": pd.DataFrame([{"report_id": "r2", "event_id": "TMP-1"}]),
    }


def test_reports_carry_what_proves_them() -> None:
    found = coded_reports(**frames())
    assert [report.report_id for report in found["a"]] == ["r1", "r2"]
    assert found["b"] == []
    second = found["a"][1]
    assert dict(second.quotations) == {"actor1": ("Gunmen",), "sub_event_type": ("killed",)}
    assert second.type_rules == ("attack.verb", "attack.kill")
    assert (second.event_id, second.event_date, second.fatalities) == ("TMP-1", dt.date(2019, 2, 12), 3)
    assert found["a"][0].event_id is None
    assert found["a"][0].event_date is None


def test_the_order_of_rows_does_not_matter() -> None:
    given = frames()
    assert coded_reports(**{name: frame.iloc[::-1] for name, frame in given.items()}) == coded_reports(**given)
