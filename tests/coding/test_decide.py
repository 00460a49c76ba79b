"""Whose word holds: adjudicated before accepted human before rules, and nothing silently applied."""

import datetime as dt
import hashlib
import json
import re
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.coding.anchors import make_span
from pipeline.coding.decide import apply_decisions
from pipeline.ingest.decisions import read_decisions
from pipeline.resources.bundle import Resources
from pipeline.resources.decisions import (
    attached_reports,
    judged_pairs,
    overridden_values,
    placed_phrases,
    unplaced_decisions,
)
from pipeline.resources.seeds import Seeds
from pipeline.settings import Settings
from schemas.arrow import arrow_schema, rows_to_frame, to_arrow
from schemas.identity import article_id, report_id

CLASH = "Three soldiers were killed on Tuesday when rebels attacked an army post near Mirava."
MARCH = "On Monday police broke up a march of teachers in Karsa with tear gas."
OTHER = "A bomb that exploded on a road outside Lessin killed a driver on Sunday."
TEXT = f"{CLASH} {MARCH} {OTHER}"
COPY = "Rebels attacked an army post near Mirava on Tuesday, a hospital in the town said, and three died."


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def name_of(number: int) -> str:
    return article_id("delta-post", external_id=str(number), url=None, text="")


A, B, C = name_of(1), name_of(2), name_of(3)


def articles(**texts: str) -> pd.DataFrame:
    given_texts = {A: TEXT, B: COPY, C: "The governor of Karsa opened a bridge and praised its engineers."} | texts
    return rows_to_frame(
        [
            {
                "article_id": name,
                "source_id": "delta-post",
                "source_name": "Delta Post",
                "title": "Attack near Mirava",
                "text": text,
                "language": "en",
                "content_hash": sha(text),
                "status": "ok",
            }
            for name, text in given_texts.items()
        ],
        "articles",
    )


def rule_report(article: str, sentence: str, text: str, ordinal: int = 0, **values) -> dict:
    start = text.index(sentence)
    return {
        "report_id": report_id(article, "rules", start, ordinal),
        "article_id": article,
        "coder_kind": "rules",
        "codebook_version": "1.0",
        "anchor_start": start,
        "anchor_end": start + len(sentence),
        "anchor_ordinal": ordinal,
        "status": "candidate",
        "is_background": False,
        "sub_event_type": "Armed clash",
        "initiator": "unknown",
        "fatalities": 0,
        "fatalities_low": 0,
        "fatalities_basis": "none_mentioned",
        "confidence": 0.7,
        **values,
    }


def evidence_of(report: dict, words: str, text: str, field: str = "sub_event_type", ordinal: int = 0) -> dict:
    start = text.index(words)
    return {
        "report_id": report["report_id"],
        "field": field,
        "ordinal": ordinal,
        "part": "text",
        "start": start,
        "end": start + len(words),
        "rule_id": "clash-1",
        "attribution": "asserted",
        "value": words,
    }


def rules(text: str = TEXT, copy: str = COPY) -> tuple[pd.DataFrame, pd.DataFrame]:
    clash = rule_report(A, CLASH, text, event_date=dt.date(2023, 3, 14), location_mention="Mirava", fatalities=3, fatalities_low=3)
    march = rule_report(A, MARCH, text, event_date=dt.date(2023, 3, 13), sub_event_type="Protest with intervention")
    repeated = rule_report(B, copy, copy, event_date=dt.date(2023, 3, 14), location_mention="Mirava")
    pieces = [
        evidence_of(clash, "attacked", text),
        evidence_of(clash, "Mirava", text, "location"),
        evidence_of(march, "broke up", text),
        evidence_of(repeated, "attacked", copy),
    ]
    key = ["report_id", "field", "ordinal"]
    reports = rows_to_frame([clash, march, repeated], "rule_reports").sort_values("report_id", ignore_index=True)
    return reports, rows_to_frame(pieces, "rule_evidence").sort_values(key, ignore_index=True)


def span(words: str, text: str = TEXT) -> dict:
    return make_span(text, text.index(words), text.index(words) + len(words)).model_dump()


def decision(kind: str, name: str, *, article: str = A, text: str = TEXT, coder: str = "coder-01", day: int = 20, **body) -> dict:
    return {
        "decision_id": name,
        "format_version": 1,
        "kind": kind,
        "article_id": article,
        "content_hash": sha(text),
        "coder_id": coder,
        "decided_at": f"2023-03-{day:02}T09:00:00Z",
        "codebook_version": "1.1",
        **body,
    }


CLASH_VALUES = {
    "event_date": "2023-03-14",
    "sub_event_type": "Armed clash",
    "actor1": "Military Forces of Syria (2000-2024)",
    "actor2": "River Front",
    "location": "Mirava",
    "country": "Syria",
    "fatalities": 3,
}


def event(sentence: str = CLASH, text: str = TEXT, status: str = "accepted", evidence: tuple = (), **values) -> dict:
    return {"anchor": span(sentence, text), "status": status, "values": {**CLASH_VALUES, **values}, "evidence": list(evidence)}


def march(status: str = "accepted", **values) -> dict:
    return {"anchor": span(MARCH), "status": status, "values": {"sub_event_type": "Protest with intervention", **values}}


def target(sentence: str = CLASH, article: str = A, text: str = TEXT, **more) -> dict:
    return {"article_id": article, "content_hash": sha(text), "anchor": span(sentence, text), **more}


def read(*decisions: dict) -> pd.DataFrame:
    result = read_decisions({"decisions/a.jsonl": "\n".join(map(json.dumps, decisions)).encode()})
    assert not (result["decision_problems"]["action"] == "quarantined").any(), result["decision_problems"]["message"].tolist()
    return result["decisions"]


RESOURCES = Resources(Seeds(()))


class Decided:
    """The tables that come out, as rows."""

    def __init__(
        self, *decisions: dict, texts: dict[str, str] | None = None, coded_by_rules: bool = True, quarantined: str = ""
    ) -> None:
        held = articles(**(texts or {}))
        held.loc[held["article_id"] == quarantined, "status"] = "quarantined"
        text = (texts or {}).get(A, TEXT)
        reports, evidence = rules(text if CLASH in text and MARCH in text else TEXT)
        if not coded_by_rules:
            reports, evidence = reports[:0], evidence[:0]
        chosen = Settings.model_validate({"coding": {"rules": coded_by_rules}})
        self.decisions = read(*decisions)
        self.tables = apply_decisions(held, reports, evidence, self.decisions, resources=RESOURCES, settings=chosen)
        self.reports, self.evidence, self.verdicts, self.anchors = (
            to_arrow(self.tables[name], arrow_schema(name)).to_pylist()
            for name in ("coded_reports", "coded_evidence", "article_decisions", "decision_anchors")
        )

    def statuses(self, article: str = A) -> dict[tuple[str, str], str]:
        """Status by coder and first word of the sentence, so that cases read as tables."""
        return {
            (row["coder_id"] or "rules", TEXT[row["anchor_start"] :].split(maxsplit=1)[0]): row["status"]
            for row in self.reports
            if row["article_id"] == article
        }

    def verdict(self, article: str = A) -> tuple[str, str]:
        return next((row["decision"], row["reason"]) for row in self.verdicts if row["article_id"] == article)

    def matched(self) -> dict[tuple[str, int], tuple[str, str | None]]:
        return {(row["decision_id"], row["side"]): (row["matched_by"], row["report_id"]) for row in self.anchors}


CLASH_RULE = report_id(A, "rules", 0, 0)
MARCH_RULE = report_id(A, "rules", TEXT.index(MARCH), 0)
COPY_RULE = report_id(B, "rules", 0, 0)


def test_without_decisions_the_rules_reports_pass_through_unchanged():
    made = Decided()
    reports, evidence = rules()
    assert made.tables["coded_reports"].equals(reports)
    assert made.tables["coded_evidence"].equals(evidence)
    assert [made.verdict(name) for name in (A, B, C)] == [("relevant", "rules"), ("relevant", "rules"), ("no_event", "rules")]
    assert made.anchors == []


def test_a_coding_speaks_for_the_whole_article():
    made = Decided(decision("coding", "d1", events=[event()]))
    assert made.statuses() == {("rules", "Three"): "superseded", ("rules", "On"): "superseded", ("coder-01", "Three"): "accepted"}
    assert made.verdict() == ("relevant", "human")
    assert made.statuses(B) == {("rules", "Three"): "candidate"}


def test_values_become_columns_and_words_become_evidence():
    piece = {"field": "fatalities", "span": span("Three soldiers were killed"), "attribution": "claimed"}
    made = Decided(decision("coding", "d1", events=[event(evidence=(piece,), fatalities_high=None, location_relation="near")]))
    row = next(row for row in made.reports if row["coder_kind"] == "human")
    assert row["report_id"] == report_id(A, "human:coder-01", 0, 0)
    wanted = {
        "coder_id": "coder-01",
        "codebook_version": "1.1",
        "anchor_start": 0,
        "anchor_end": len(CLASH),
        "anchor_ordinal": 0,
        "event_date": dt.date(2023, 3, 14),
        "time_precision": 1,
        "actor2_mention": "River Front",
        "location_mention": "Mirava",
        "location_relation": "near",
        "country": "Syria",
        "fatalities": 3,
        "fatalities_low": 3,
        "fatalities_high": None,
        "fatalities_basis": "stated",
        "initiator": "unknown",
        "confidence": 1.0,
        "needs_review": None,
        "is_background": False,
    }
    assert {name: row[name] for name in wanted} == wanted
    pieces = [each for each in made.evidence if each["report_id"] == row["report_id"]]
    assert [(each["field"], TEXT[each["start"] : each["end"]], each["attribution"], each["value"]) for each in pieces] == [
        ("fatalities", "Three soldiers were killed", "claimed", "3"),
        ("sub_event_type", CLASH, "asserted", "Armed clash"),
    ]
    assert {each["rule_id"] for each in pieces} == {"human"}


def test_nothing_said_of_deaths_means_that_none_are_mentioned():
    made = Decided(decision("coding", "d1", events=[march()]))
    row = next(row for row in made.reports if row["coder_kind"] == "human")
    assert [row[name] for name in ("fatalities", "fatalities_low", "fatalities_high", "fatalities_basis")] == [
        0,
        0,
        0,
        "none_mentioned",
    ]


def test_two_incidents_in_one_sentence_get_ordinals():
    made = Decided(decision("coding", "d1", events=[event(), event(sub_event_type="Grenade")]))
    found = {row["sub_event_type"]: row["anchor_ordinal"] for row in made.reports if row["coder_kind"] == "human"}
    assert found == {"Armed clash": 0, "Grenade": 1}


def test_an_incident_left_as_candidate_leaves_the_rules_report_in_use():
    made = Decided(decision("coding", "d1", events=[event(status="candidate"), march()]))
    assert made.statuses() == {
        ("rules", "Three"): "candidate",
        ("rules", "On"): "superseded",
        ("coder-01", "Three"): "candidate",
        ("coder-01", "On"): "accepted",
    }


def test_a_rejected_incident_replaces_the_rules_report_by_nothing():
    rejected = {"anchor": span(CLASH), "status": "rejected"}
    made = Decided(decision("coding", "d1", events=[rejected, march(status="rejected")]))
    assert made.statuses() == {("rules", "Three"): "superseded", ("rules", "On"): "superseded", ("coder-01", "On"): "rejected"}
    assert made.verdict() == ("no_event", "human")
    assert made.matched()["d1", 0] == ("offset", None)


@pytest.mark.parametrize("judgement", ["no_event", "unreadable", "needs_translation"])
def test_a_judgement_on_the_article_suppresses_the_rules(judgement):
    made = Decided(decision("no_event", "d1", decision=judgement, reason="Told in court."))
    assert set(made.statuses().values()) == {"superseded"}
    assert made.verdict() == (judgement, "Told in court.")
    assert made.matched() == {("d1", 0): ("offset", None)}


def test_relevant_leaves_the_incidents_to_others():
    made = Decided(decision("no_event", "d1", decision="relevant"))
    assert set(made.statuses().values()) == {"candidate"}
    assert made.verdict() == ("relevant", "human")


# -- double coding --------------------------------------------------------------------------------------------------------------


def test_two_coders_who_agree_are_accepted_once():
    narrower = event(sentence="rebels attacked an army post near Mirava", notes="In other words.")
    made = Decided(
        decision("coding", "d1", events=[event(notes="A clash.")]),
        decision("coding", "d2", coder="coder-02", day=21, events=[narrower]),
    )
    assert made.statuses() == {
        ("rules", "Three"): "superseded",
        ("rules", "On"): "superseded",
        ("coder-01", "Three"): "accepted",
        ("coder-02", "rebels"): "superseded",
    }


@pytest.mark.parametrize(
    "second",
    [
        {"events": [event(fatalities=4)]},
        {"events": [event(), march()]},
        {"events": []},
        {"events": [event(status="candidate")]},
        {"events": [event() | {"is_background": True}]},
        {"events": [event(sentence=OTHER)]},
    ],
)
def test_two_coders_who_differ_stay_candidates_and_the_rules_in_use(second):
    made = Decided(decision("coding", "d1", events=[event()]), decision("coding", "d2", coder="coder-02", day=21, **second))
    people = [row for row in made.reports if row["coder_kind"] == "human"]
    assert {row["status"] for row in people} == {"candidate"}
    assert {row["needs_review"] for row in people} == {"double_coding_unsettled"}
    assert {row["status"] for row in made.reports if row["coder_kind"] == "rules"} == {"candidate"}
    assert made.verdict() == ("relevant", "double_coding_unsettled")


def test_a_coding_and_a_no_event_differ():
    made = Decided(
        decision("coding", "d1", events=[event()]), decision("no_event", "d2", coder="coder-02", day=21, decision="no_event")
    )
    assert made.statuses()["coder-01", "Three"] == "candidate"
    assert made.statuses()["rules", "On"] == "candidate"


def test_no_incidents_and_no_event_agree():
    made = Decided(decision("coding", "d1", events=[]), decision("no_event", "d2", coder="coder-02", day=21, decision="no_event"))
    assert set(made.statuses().values()) == {"superseded"}
    assert made.verdict() == ("no_event", "human")


def test_adjudication_settles_and_keeps_both_originals():
    made = Decided(
        decision("coding", "d1", events=[event()]),
        decision("coding", "d2", coder="coder-02", events=[event(fatalities=4)]),
        decision(
            "adjudication", "d3", coder="coder-09", day=22, events=[event(fatalities=4)], settles=["d1", "d2"], reason="Four."
        ),
    )
    assert made.statuses() == {
        ("rules", "Three"): "superseded",
        ("rules", "On"): "superseded",
        ("coder-01", "Three"): "superseded",
        ("coder-02", "Three"): "superseded",
        ("coder-09", "Three"): "accepted",
    }
    assert made.verdict() == ("relevant", "Four.")
    assert {row["report_id"] for row in made.reports if row["coder_kind"] == "adjudicated"} == {report_id(A, "adjudicated", 0, 0)}
    assert not any(row["needs_review"] for row in made.reports)


def test_the_latest_decision_of_one_coder_counts():
    made = Decided(
        decision("coding", "d2", day=20, events=[event(), march()]), decision("coding", "d1", day=21, events=[event(fatalities=5)])
    )
    assert [row["fatalities"] for row in made.reports if row["coder_kind"] == "human"] == [5]
    assert made.matched() == {
        ("d1", 0): ("offset", report_id(A, "human:coder-01", 0, 0)),
        ("d2", 0): ("offset", None),
        ("d2", 1): ("offset", None),
    }


def test_superseded_decisions_and_drafts_take_no_part():
    made = Decided(
        decision("no_event", "d1", decision="no_event"),
        decision("no_event", "d2", day=21, decision="relevant", supersedes="d1"),
        decision("coding", "d3", coder="coder-02", events=[event()], draft=True),
    )
    assert set(made.statuses().values()) == {"candidate"}
    assert set(made.matched()) == {("d2", 0)}


# -- changed texts --------------------------------------------------------------------------------------------------------------

LONGER = f"Update: {TEXT} The army had no comment."
REPLACED = f"{re.sub('[a-z]', 'x', CLASH)} {MARCH} {OTHER}"


def test_words_found_again_replace_the_same_incident_only():
    made = Decided(decision("coding", "d1", events=[event()]), texts={A: LONGER})
    rows = {
        (row["coder_kind"], LONGER[row["anchor_start"] :].split(maxsplit=1)[0]): row
        for row in made.reports
        if row["article_id"] == A
    }
    assert {key: row["status"] for key, row in rows.items()} == {
        ("rules", "Three"): "superseded",
        ("rules", "On"): "candidate",
        ("human", "Three"): "accepted",
    }
    human = rows["human", "Three"]
    assert (human["anchor_start"], human["needs_review"]) == (8, "text_changed")
    assert made.matched() == {("d1", 0): ("words", human["report_id"])}


def test_a_stale_anchor_leaves_the_rules_report_and_is_listed():
    made = Decided(decision("coding", "d1", events=[event(), march()]), texts={A: REPLACED})
    assert [row["sub_event_type"] for row in made.reports if row["coder_kind"] == "human"] == ["Protest with intervention"]
    assert {row["report_id"]: row["status"] for row in made.reports if row["coder_kind"] == "rules"}[CLASH_RULE] == "candidate"
    stale = next(row for row in made.anchors if row["side"] == 0)
    assert (stale["matched_by"], stale["report_id"]) == ("stale", None)
    assert "no longer in the article" in stale["reason"]


def test_an_anchor_that_never_fitted_leaves_the_rules_reports():
    wrong = event() | {"anchor": {"start": 0, "end": 25, "part": "text", "words": "Nothing of this is there."}}
    made = Decided(decision("coding", "d1", events=[wrong, march()]))
    assert made.statuses() == {("rules", "Three"): "candidate", ("rules", "On"): "superseded", ("coder-01", "On"): "accepted"}


def test_a_judgement_on_the_article_ends_with_its_text():
    made = Decided(decision("no_event", "d1", decision="no_event"), texts={A: LONGER})
    assert {row["status"] for row in made.reports} == {"candidate"}
    assert made.matched() == {("d1", 0): ("stale", None)}
    assert made.verdict() == ("relevant", "rules")


def test_codings_of_the_present_text_stand_above_those_of_an_earlier_one():
    made = Decided(
        decision("coding", "d1", events=[event(fatalities=5)]),
        decision("coding", "d2", coder="coder-02", day=24, text=LONGER, events=[event(text=LONGER)]),
        texts={A: LONGER},
    )
    assert {row["coder_id"]: row["status"] for row in made.reports if row["coder_kind"] == "human"} == {
        "coder-01": "superseded",
        "coder-02": "accepted",
    }


def test_lost_evidence_is_dropped_and_the_report_kept_for_review():
    piece = {"field": "actor1", "span": span("police"), "attribution": "asserted"}
    text = TEXT.replace("police broke", "officers broke")
    moved = event(sentence=OTHER, evidence=(piece,))
    made = Decided(decision("coding", "d1", events=[moved]), texts={A: text})
    row = next(row for row in made.reports if row["coder_kind"] == "human")
    assert row["needs_review"] == "evidence_stale; text_changed"
    assert {each["field"] for each in made.evidence if each["report_id"] == row["report_id"]} == {"sub_event_type"}


def test_the_same_day_and_place_is_the_same_incident_if_there_is_one_such():
    elsewhere = event(sentence=OTHER, text=LONGER)
    made = Decided(decision("coding", "d1", text=LONGER, events=[elsewhere]))  # made on another text: speaks for its incidents only
    assert {row["report_id"]: row["status"] for row in made.reports}[CLASH_RULE] == "superseded"
    assert {row["report_id"]: row["status"] for row in made.reports}[MARCH_RULE] == "candidate"
    far = event(sentence=OTHER, text=LONGER, location="Lessin")
    made = Decided(decision("coding", "d1", text=LONGER, events=[far]))
    assert {row["report_id"]: row["status"] for row in made.reports}[CLASH_RULE] == "candidate"


def test_of_two_incidents_in_a_sentence_the_words_for_what_happened_decide():
    both = "Rebels attacked a post at Mirava and police dispersed a march in Karsa on Tuesday, the ministry said."
    clash, crowd = rule_report(A, both, both), rule_report(A, both, both, 1, sub_event_type="Protest with intervention")
    reports = rows_to_frame([clash, crowd], "rule_reports")
    pieces = rows_to_frame([evidence_of(clash, "attacked", both), evidence_of(crowd, "dispersed", both)], "rule_evidence")
    older = both.replace("on Tuesday", "Tuesday")
    piece = {"field": "sub_event_type", "span": span("dispersed", older)}
    coded = {"anchor": span("police dispersed a march in Karsa", older), "values": march()["values"], "evidence": [piece]}
    found = apply_decisions(
        articles(**{A: both}),
        reports,
        pieces,
        read(decision("coding", "d1", text=older, events=[coded])),
        resources=RESOURCES,
        settings=Settings(),
    )["coded_reports"]
    statuses = dict(zip(found["report_id"], found["status"], strict=True))
    assert (statuses[clash["report_id"]], statuses[crowd["report_id"]]) == ("candidate", "superseded")


def test_nothing_is_coded_in_a_quarantined_article():
    made = Decided(decision("coding", "d1", events=[event()]), quarantined=A, coded_by_rules=False)
    assert made.reports == []
    assert made.matched() == {("d1", 0): ("stale", None)}


def test_people_alone_code_if_the_rules_are_switched_off():
    made = Decided(decision("coding", "d1", events=[event()]), coded_by_rules=False)
    assert made.statuses() == {("coder-01", "Three"): "accepted"}
    assert {row["article_id"] for row in made.verdicts} == {A}


# -- links ----------------------------------------------------------------------------------------------------------------------

PAIR = decision("pair", "p1", left=target(), right=target(COPY, B, COPY), verdict="same")


def test_pairs_name_the_reports_of_both_sides():
    made = Decided(PAIR)
    assert made.matched() == {("p1", 0): ("offset", CLASH_RULE), ("p1", 1): ("offset", COPY_RULE)}
    pair = judged_pairs(made.decisions, made.tables["decision_anchors"])[0]
    assert (pair.report_id_l, pair.report_id_r, pair.verdict) == (*sorted((CLASH_RULE, COPY_RULE)), "same")


def test_a_pair_follows_the_person_who_recoded_the_incident():
    made = Decided(PAIR, decision("coding", "d1", events=[event()]))
    assert made.matched()["p1", 0] == ("offset", report_id(A, "human:coder-01", 0, 0))


def test_a_pair_does_not_slip_to_another_incident_when_its_own_is_rejected():
    other = event(sentence=MARCH, evidence=({"field": "location", "span": span("Mirava")},))
    made = Decided(PAIR, decision("coding", "d1", events=[other, {"anchor": span(CLASH), "status": "rejected"}]))
    assert made.matched()["p1", 0] == ("offset", CLASH_RULE)


def test_the_later_of_two_verdicts_on_a_pair_holds_and_stale_ones_do_not():
    other = decision("pair", "p0", day=25, left=target(COPY, B, COPY), right=target(), verdict="different")
    made = Decided(PAIR, other)
    assert [pair.verdict for pair in judged_pairs(made.decisions, made.tables["decision_anchors"])] == ["different"]
    gone = Decided(PAIR, texts={A: REPLACED})
    assert judged_pairs(gone.decisions, gone.tables["decision_anchors"]) == []


def test_ordinals_tell_the_incidents_of_one_sentence_apart():
    first, second = (rule_report(A, CLASH, TEXT, ordinal) for ordinal in (0, 1))
    reports = rows_to_frame([first, second], "rule_reports")
    pairs = read(decision("pair", "p1", left=target(), right=target(ordinal=1), verdict="different"))
    found = apply_decisions(articles(), reports, rules()[1][:0], pairs, resources=RESOURCES, settings=Settings())[
        "decision_anchors"
    ]
    assert found["report_id"].tolist() == [first["report_id"], second["report_id"]]


def test_attachments_name_the_articles_best_report():
    made = Decided(
        decision("attach", "t1", article=B, text=COPY, to=target()),
        decision("attach", "t2", article=C, text=articles()["text"].iloc[2], to=target()),
        decision("attach", "t3", article=A, anchor=span("broke up a march"), to=target(COPY, B, COPY)),
    )
    assert made.matched() == {
        ("t1", 0): ("offset", COPY_RULE),
        ("t1", 1): ("offset", CLASH_RULE),
        ("t2", 0): ("offset", None),
        ("t2", 1): ("offset", CLASH_RULE),
        ("t3", 0): ("offset", MARCH_RULE),
        ("t3", 1): ("offset", COPY_RULE),
    }
    found = attached_reports(made.decisions, made.tables["decision_anchors"])
    assert [(each.article_id, each.report_id, each.to_report_id) for each in found] == [
        (B, COPY_RULE, CLASH_RULE),
        (C, None, CLASH_RULE),
        (A, MARCH_RULE, COPY_RULE),
    ]


def test_overrides_follow_any_report_of_the_event():
    first = decision("event_override", "o2", anchor=target(), field="fatalities", value=4, reason="Died.", source="Delta Post")
    later = decision(
        "event_override", "o1", day=23, anchor=target(), field="fatalities", value=5, reason="Died.", source="Delta Post"
    )
    made = Decided(first, later)
    found = overridden_values(made.decisions, made.tables["decision_anchors"])
    assert [(each.report_id, each.field, each.value) for each in found] == [
        (CLASH_RULE, "fatalities", 4),
        (CLASH_RULE, "fatalities", 5),
    ]


def test_places_hold_wherever_the_article_uses_the_phrase():
    made = Decided(
        decision("place", "l1", phrase="Mirava", place_id="mirava"),
        decision("place", "l2", phrase="Mira", place_id="mira"),
        decision("place", "l3", phrase="Karsa", place_id="karsa", anchor=span("Karsa")),
    )
    assert made.matched() == {("l1", 0): ("offset", CLASH_RULE), ("l2", 0): ("stale", None), ("l3", 0): ("offset", None)}
    assert placed_phrases(made.decisions)[A, "Mirava"].place_id == "mirava"


def test_decisions_on_articles_that_are_not_there_are_told():
    lost = name_of(99)
    made = Decided(decision("no_event", "d1", article=lost, decision="no_event"), decision("attach", "t1", to=target(article=lost)))
    found = unplaced_decisions(made.decisions, made.tables["decision_anchors"])
    assert [(each.decision_id, each.side, each.article_id) for each in found] == [("d1", 0, lost), ("t1", 1, lost)]


# -- laws -----------------------------------------------------------------------------------------------------------------------

MANY = [
    PAIR,
    decision("coding", "d1", events=[event(), march()]),
    decision("coding", "d2", coder="coder-02", day=21, events=[event(fatalities=4)]),
    decision("coding", "d3", article=B, text=COPY, events=[event(sentence=COPY, text=COPY)]),
    decision("no_event", "d4", article=C, text=articles()["text"].iloc[2], decision="no_event"),
    decision("no_event", "d5", article=C, text=articles()["text"].iloc[2], coder="coder-02", decision="unreadable"),
    decision("attach", "t1", article=B, text=COPY, to=target()),
    decision("place", "l1", phrase="Mirava", place_id="mirava"),
]


@settings(max_examples=20)
@given(st.randoms(use_true_random=False))
def test_order_of_rows_never_matters(random):
    def shuffled(frame: pd.DataFrame) -> pd.DataFrame:
        order = list(range(len(frame)))
        random.shuffle(order)
        return frame.iloc[order]

    reports, evidence = rules()
    frames = (articles(), reports, evidence, read(*MANY))
    expected = apply_decisions(*frames, resources=RESOURCES, settings=Settings())
    found = apply_decisions(*map(shuffled, frames), resources=RESOURCES, settings=Settings())
    assert all(found[name].equals(expected[name]) for name in expected)


def test_partitions_never_matter():
    reports, evidence = rules()
    decisions = read(*MANY, decision("coding", "d6", article=B, text=COPY, coder="coder-02", supersedes="p1", events=[]))
    whole = apply_decisions(articles(), reports, evidence, decisions, resources=RESOURCES, settings=Settings())
    parts = []
    for name in (A, B, C):
        mine = reports[reports["article_id"] == name]
        concerned = decisions[
            [name in {row.article_id, *re.findall(r"art-[0-9a-f]{20}", row.body)} for row in decisions.itertuples()]
        ]
        held = articles()
        parts.append(
            apply_decisions(
                held[held["article_id"] == name],
                mine,
                evidence[evidence["report_id"].isin(mine["report_id"])],
                concerned,
                resources=RESOURCES,
                settings=Settings(),
            )
        )
    for table, frame in whole.items():
        joined = [row for part in parts for row in to_arrow(part[table], arrow_schema(table)).to_pylist()]
        expected = to_arrow(frame, arrow_schema(table)).to_pylist()
        assert sorted(map(str, joined)) == sorted(map(str, expected))


def test_the_documented_examples_apply_to_the_documented_articles():
    document = (Path(__file__).parents[2] / "docs" / "decisions.md").read_text(encoding="utf-8")
    lines = [json.loads(line) for block in re.findall(r"```json\n(.*?)```", document, re.DOTALL) for line in block.splitlines()]
    texts = {
        article_id("delta-post", external_id=line["id"], url=None, text=line["text"]): line["text"]
        for line in lines
        if "id" in line
    }
    decisions = read(*(line for line in lines if "decision_id" in line))
    held = articles(**texts)
    nothing = rules()[0][:0], rules()[1][:0]
    found = apply_decisions(
        held[held["article_id"].isin(list(texts))], *nothing, decisions, resources=RESOURCES, settings=Settings()
    )
    assert set(found["decision_anchors"]["matched_by"]) == {"offset"}
    assert unplaced_decisions(decisions, found["decision_anchors"]) == []
    statuses = sorted(zip(found["coded_reports"]["coder_id"], found["coded_reports"]["status"], strict=True))
    assert statuses == [("coder-01", "superseded")] * 2 + [("coder-02", "superseded")] + [("coder-09", "accepted")] * 2
