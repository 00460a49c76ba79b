"""Every report takes part in matching or has a reason not to."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.matching.eligibility import REASONS, eligible_reports, reason_to_stand_apart
from pipeline.matching.families import find_families
from pipeline.matching.signatures import sign_articles
from pipeline.settings import DatasetSettings
from schemas.arrow import rows_to_frame

WITHOUT = {
    0: {"status": "rejected"},
    1: {"event_date": None},
    3: {"country": None},
    4: {"country": "Mali"},
    5: {"event_date": dt.date(2016, 1, 1)},
}
DATASET = DatasetSettings(countries=["IQ"], period_start=dt.date(2017, 1, 1), period_end=dt.date(2017, 12, 31))


def parted(corpus, rows, articles):
    frame = rows_to_frame(articles, "articles")
    families = find_families(frame, sign_articles(frame)["article_signatures"])
    reports = rows_to_frame(rows, "reports")
    taken = set(eligible_reports(reports, frame, families, DATASET)["report_id"])
    reasons = {key: reason_to_stand_apart(reports[reports["report_id"] == key], families, DATASET) for key in reports["report_id"]}
    return taken, reasons


@pytest.mark.parametrize(("number", "changes"), WITHOUT.items())
def test_each_reason(corpus, number, changes):
    of = corpus.article("a")
    row = corpus.report(of, **changes)
    assert parted(corpus, [row], [of]) == (set(), {row["report_id"]: REASONS[number]})


def test_an_article_that_is_not_in_order(corpus):
    of = corpus.article("a") | {"status": "duplicate"}
    row = corpus.report(of)
    assert parted(corpus, [row], [of])[1] == {row["report_id"]: REASONS[6]}


@given(st.data())
@settings(max_examples=30)
def test_a_report_takes_part_or_has_a_reason(corpus, data):
    articles = [corpus.article(f"a{number}") for number in range(4)]
    rows = [
        corpus.report(
            of,
            status=data.draw(st.sampled_from(["candidate", "accepted", "rejected", "superseded"])),
            coder_kind=data.draw(st.sampled_from(["rules", "human", "legacy"])),
            event_date=data.draw(st.sampled_from([corpus.DAY, None, dt.date(2015, 1, 1)])),
            country=data.draw(st.sampled_from(["Iraq", "Mali", None])),
            latitude=data.draw(st.sampled_from([35.1, None])),
        )
        for of in articles
    ]
    articles[0]["status"] = data.draw(st.sampled_from(["ok", "duplicate"]))
    taken, reasons = parted(corpus, rows, articles)
    assert taken == {key for key, reason in reasons.items() if reason is None}
