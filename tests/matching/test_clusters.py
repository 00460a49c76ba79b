"""Which reports make one event: laws, copies, background, verdicts."""

import datetime as dt
from itertools import combinations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.matching import blocking, stage
from schemas.arrow import arrow_schema, to_arrow
from schemas.tables import TABLES

PLACES = [
    ("daquq", "Daquq", 35.137, 44.448), ("tuz", "Tuz", 35.2, 44.5), ("kirkuk", "Kirkuk", 35.468, 44.392),
    (None, "Daquq", None, None), (None, None, None, None),
]  # fmt: skip
FAR = {"country": "Mali", "admin1": "Mopti", "admin2": "Mopti", "location": "Mopti", "place_id": "mopti", "latitude": 14.49,
       "longitude": -4.18}  # fmt: skip


@st.composite
def corpora(draw, corpus):
    """Articles, some of them copies of one another, with one to three reports each."""
    articles, reports = [], []
    for number in range(draw(st.integers(1, 7))):
        source = draw(st.sampled_from(["rudaw", "bbc", "kirkuk-now"]))
        text = draw(st.sampled_from([None, None, "one text", "another"]))
        day = corpus.DAY + dt.timedelta(days=draw(st.integers(0, 3)))
        of = corpus.article(f"a{number}", source=source, text=text, published_day=day)
        articles.append(of)
        for ordinal in range(draw(st.integers(1, 3))):
            place_id, location, latitude, longitude = draw(st.sampled_from(PLACES))
            coder = draw(st.sampled_from(["rules", "rules", "human"]))
            reports.append(
                corpus.report(
                    of,
                    anchor_ordinal=ordinal,
                    coder_kind=coder,
                    status="accepted" if coder == "human" else "candidate",
                    event_date=corpus.DAY + dt.timedelta(days=draw(st.integers(0, 1))),
                    time_precision=draw(st.sampled_from([1, 1, 2, 3])),
                    geo_precision=draw(st.sampled_from([1, 1, 2, 3])),
                    place_id=place_id,
                    location=location,
                    latitude=latitude,
                    longitude=longitude,
                    sub_event_type=draw(st.sampled_from(["Attack", "Armed clash", "Abduction/forced disappearance"])),
                    actor1=draw(st.sampled_from(["IS: Islamic State (Iraq)", "Unidentified Armed Group (Iraq)", None])),
                    is_background=draw(st.sampled_from([False, False, True])),
                    toll=draw(st.sampled_from([None, 3, 5])),
                )
            )
    people = corpus.People()
    for _ in range(draw(st.integers(0, 2))):
        one, two = draw(st.sampled_from(reports)), draw(st.sampled_from(reports))
        if one["article_id"] != two["article_id"]:
            people.judge(one, two, draw(st.sampled_from(["same", "different"])))
    return articles, reports, people


def assert_equal(one, two):
    assert one.keys() == two.keys()
    for name in one:
        pd.testing.assert_frame_equal(one[name], two[name])


@given(st.data())
@settings(max_examples=40)
def test_the_order_of_the_input_never_shows(corpus, data):
    articles, reports, people = data.draw(corpora(corpus))
    shuffled = data.draw(st.permutations(articles)), data.draw(st.permutations(reports))
    first = corpus.match(articles, reports, people)
    people.anchors.reverse()
    people.decisions.reverse()
    assert_equal(first, corpus.match(*shuffled, people))
    assert_equal(first, corpus.match(articles, reports, people))


@given(st.data())
@settings(max_examples=40)
def test_every_report_is_in_exactly_one_event_and_every_table_is_sound(corpus, data):
    articles, reports, people = data.draw(corpora(corpus))
    tables = corpus.match(articles, reports, people)
    placed = {row["report_id"] for row in reports if row["latitude"] is not None}
    told = tables["event_reports"]["report_id"].tolist()
    assert told == sorted(set(told))
    # A report without coordinates is of no event, or of one that another places.
    assert placed <= set(told) <= {row["report_id"] for row in reports}
    assert all(group & placed for group in corpus.groups(tables))
    assert set(tables["event_reports"]["event_id"]) == set(tables["merged_events"]["event_id"])
    primaries = tables["event_reports"][tables["event_reports"]["role"] == "primary"]
    assert sorted(primaries["event_id"]) == tables["merged_events"]["event_id"].tolist()
    for name, frame in tables.items():
        assert list(frame.columns) == TABLES[name].column_names
        assert to_arrow(frame, arrow_schema(name)).num_rows == len(frame)
        key = frame[list(TABLES[name].key)]
        assert not key.duplicated().any()
        pd.testing.assert_frame_equal(key, key.sort_values(list(TABLES[name].key), ignore_index=True))


@given(st.data())
@settings(max_examples=40)
def test_all_pairs_in_an_event_are_one_incident_and_no_coder_is_contradicted(corpus, data):
    articles, reports, _ = data.draw(corpora(corpus))
    tables = corpus.match(articles, reports)
    pairs = tables["pairs"]
    coder = {row["report_id"]: (row["article_id"], row["coder_kind"]) for row in reports}
    for group in corpus.groups(tables):
        assert len({coder[report_id] for report_id in group}) == len(group)
    # Every two may be one incident, if not each two by themselves: pairs that may not be have no row.
    listed = {frozenset(pair) for pair in pairs[["report_id_l", "report_id_r"]].to_numpy()}
    # Copies follow their first print unseen.
    first = {row["report_id"] for row in reports} - reprints(pairs, articles, reports)
    # Two that have no coordinates are never compared: each joins those that have.
    placed = {row["report_id"] for row in reports if row["latitude"] is not None}
    for group in corpus.groups(tables):
        pairs_within = [pair for pair in combinations(sorted(group & first), 2) if placed & set(pair)]
        assert all(frozenset(pair) in listed for pair in pairs_within)


def reprints(pairs, articles, reports):
    """Reports that stand in a pair of copies and are not the first print."""
    prints = {of["article_id"]: (of["published_day"], of["article_id"]) for of in articles}
    first = {row["report_id"]: prints[row["article_id"]] for row in reports}
    copied = pairs[pairs["reasons"] == "text:same; sentence:same"]
    return {max(pair, key=first.__getitem__) for pair in zip(copied["report_id_l"], copied["report_id_r"], strict=True)}


@given(st.data())
@settings(max_examples=40)
def test_a_new_report_changes_its_own_component_alone(corpus, data):
    articles, reports, people = data.draw(corpora(corpus))
    before = corpus.match(articles, reports, people)
    one = corpus.article("stranger", source="bbc")
    place_id, location, latitude, longitude = data.draw(st.sampled_from(PLACES))
    new = corpus.report(
        one, place_id=place_id, location=location, latitude=latitude, longitude=longitude,
        event_date=corpus.DAY + dt.timedelta(days=data.draw(st.integers(0, 1))), toll=data.draw(st.sampled_from([None, 3])),
    )  # fmt: skip
    after = corpus.match([*articles, one], [*reports, new], people)
    reached = component(after["pairs"], new["report_id"])
    for name in ("event_reports", "merged_events"):
        kept = [each[name][~each[name]["event_id"].isin(events_of(each, reached))] for each in (before, after)]
        pd.testing.assert_frame_equal(*(each.reset_index(drop=True) for each in kept))


def component(pairs, start):
    """The reports that pairs lead to from one report."""
    found, ahead = {start}, [start]
    while ahead:
        here = ahead.pop()
        sides = pairs[(pairs["report_id_l"] == here) | (pairs["report_id_r"] == here)]
        new = {*sides["report_id_l"], *sides["report_id_r"]} - found
        found |= new
        ahead += new
    return found


def events_of(tables, reports):
    links = tables["event_reports"]
    return set(links[links["report_id"].isin(reports)]["event_id"])


@given(st.data())
@settings(max_examples=20)
def test_how_much_is_looked_at_at_once_never_shows(corpus, data):
    articles, reports, people = data.draw(corpora(corpus))
    whole = corpus.match(articles, reports, people)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocking, "CHUNK", 2)
        patch.setattr(stage, "CHUNK", 1)
        assert_equal(whole, corpus.match(articles, reports, people))


@given(st.data())
@settings(max_examples=25)
def test_a_report_far_away_changes_nothing_else(corpus, data):
    articles, reports, people = data.draw(corpora(corpus))
    before = corpus.match(articles, reports, people)
    stranger = corpus.article("stranger", source="bbc")
    after = corpus.match([*articles, stranger], [*reports, corpus.report(stranger, **FAR)], people)
    for name in ("pairs", "event_reports", "merged_events"):
        key = list(TABLES[name].key)
        kept = after[name].merge(before[name][key], on=key)
        pd.testing.assert_frame_equal(kept, before[name])
    assert len(after["merged_events"]) == len(before["merged_events"]) + 1


def test_a_chain_of_likenesses_does_not_make_one_event(corpus):
    # b is like a and like c, but a and c lie two days apart.
    days = [corpus.DAY + dt.timedelta(days=number) for number in range(3)]
    articles, reports = corpus.tell(*({"event_date": day, "toll": 9} for day in days))
    tables = corpus.match(articles, reports)
    assert (tables["pairs"]["outcome"] == "same").sum() == 2
    assert sorted(len(group) for group in corpus.groups(tables)) == [1, 2]


def test_copies_join_by_sentence_and_never_across_sentences(corpus):
    early = corpus.article("1", text="roundup")
    reprint = corpus.article("2", source="bbc", text="roundup", published_day=corpus.DAY + dt.timedelta(days=9))
    told = [corpus.report(early, anchor_start=start) for start in (0, 80)]
    # The rules date the reprint from its own day of publication.
    again = [corpus.report(reprint, anchor_start=start, event_date=dt.date(2017, 10, 28)) for start in (0, 80)]
    tables = corpus.match([early, reprint], told + again)
    assert corpus.groups(tables) == {corpus.ids(told[0], again[0]), corpus.ids(told[1], again[1])}
    assert set(tables["merged_events"]["event_date"]) == {corpus.DAY}
    assert tables["merged_events"]["n_sources"].tolist() == [1, 1]
    roles = tables["event_reports"].set_index("report_id")["role"]
    assert [roles[row["report_id"]] for row in again] == ["copy", "copy"]
    assert (tables["pairs"]["reasons"] == "text:same; sentence:same").sum() == 2


def background(corpus):
    """Two incidents that were told apart, and a recollection by its month that fits both."""
    tuz = {"place_id": "tuz", "location": "Tuz", "latitude": 35.9, "longitude": 44.9, "admin2": "Tuz"}
    past = {"is_background": True, "time_precision": 3, "geo_precision": 3, "event_date": dt.date(2017, 10, 15), "toll": 9}
    return corpus.tell({"toll": 9}, tuz | {"toll": 9}, past)


def test_background_joins_one_event_and_never_bridges_two(corpus):
    articles, reports = background(corpus)
    reports[2] |= {"time_precision": 2, "event_date": dt.date(2017, 10, 18)}
    tables = corpus.match(articles, reports)
    assert (tables["pairs"]["outcome"] == "same").sum() == 2
    assert sorted(len(group) for group in corpus.groups(tables)) == [1, 2]
    assert not tables["merged_events"]["is_retrospective"].any()
    roles = tables["event_reports"].set_index("report_id")["role"]
    assert roles[reports[2]["report_id"]] == "background"


def test_background_has_no_vote_beside_a_fresh_report(corpus):
    past = {"is_background": True, "toll": 1, "sub_event_type": "Abduction/forced disappearance", "confidence": 1.0}
    event = corpus.only_event(corpus.match(*corpus.tell({"toll": 2}, past)))
    assert (event["fatalities"], event["sub_event_type"], event["confidence"]) == (2, "Attack", 0.8)
    silent = corpus.only_event(corpus.match(*corpus.tell({}, past)))
    assert (silent["fatalities"], silent["fatalities_basis"]) == (0, "none_mentioned")


def test_background_alone_makes_a_retrospective_candidate(corpus):
    past = {"is_background": True, "coder_kind": "human", "status": "accepted"}
    event = corpus.only_event(corpus.match(*corpus.tell(past, past)))
    assert event["is_retrospective"]
    assert (event["status"], event["n_reports"]) == ("candidate", 2)


def test_two_recollections_may_join_one_fresh_report(corpus):
    vague = {"is_background": True, "time_precision": 2, "toll": 9}
    tables = corpus.match(*corpus.tell({"toll": 9}, vague, vague))
    assert corpus.only_event(tables)["n_reports"] == 3


def test_a_verdict_stands_above_what_was_found(corpus):
    articles, reports = corpus.tell({}, {}, FAR)
    one, two, three = reports
    assert corpus.groups(corpus.match(articles, reports)) == {corpus.ids(one, two), corpus.ids(three)}
    people = corpus.People().judge(one, two, "different").judge(two, three, "same")
    tables = corpus.match(articles, reports, people)
    assert corpus.groups(tables) == {corpus.ids(one), corpus.ids(two, three)}
    outcomes = dict(zip(tables["pairs"]["outcome"], tables["pairs"]["reasons"], strict=True))
    assert set(outcomes) == {"human_same", "human_different"}
    assert outcomes["human_same"].startswith("person:same; date:same; place:apart")


def test_a_verdict_same_keeps_what_fitted_one_of_the_two(corpus):
    articles, reports = corpus.tell({}, {}, FAR)
    people = corpus.People().judge(reports[0], reports[2], "same")
    assert corpus.groups(corpus.match(articles, reports, people)) == {corpus.ids(*reports)}


def test_a_verdict_different_holds_against_friends_of_friends(corpus):
    articles, reports = corpus.tell({}, {}, {}, {})
    people = corpus.People().judge(reports[0], reports[3], "different")
    for group in corpus.groups(corpus.match(articles, reports, people)):
        assert not corpus.ids(reports[0], reports[3]) <= group


def test_a_person_may_part_copies_and_join_reports_of_one_article(corpus):
    one, two = corpus.article("1", text="t"), corpus.article("2", source="bbc", text="t")
    first, again = corpus.report(one), corpus.report(two)
    second = corpus.report(one, anchor_start=90)
    people = corpus.People().judge(first, again, "different").judge(first, second, "same")
    tables = corpus.match([one, two], [first, second, again], people)
    assert corpus.groups(tables) == {corpus.ids(first, second), corpus.ids(again)}


def test_an_attached_report_joins_unless_a_person_parted_the_two(corpus):
    articles, reports = corpus.tell({}, FAR)
    people = corpus.People().attach(reports[1], reports[0])
    tables = corpus.match(articles, reports, people)
    assert corpus.groups(tables) == {corpus.ids(*reports)}
    assert "person:attached" in tables["pairs"]["reasons"].iloc[0]
    people.judge(reports[0], reports[1], "different")
    assert len(corpus.match(articles, reports, people)["merged_events"]) == 2


def test_a_copy_of_recalled_words_does_not_make_them_news(corpus):
    one, two = corpus.article("1", text="t"), corpus.article("2", source="bbc", text="t", published_day=None)
    tables = corpus.match([one, two], [corpus.report(one, is_background=True), corpus.report(two)])
    event = corpus.only_event(tables)
    assert event["is_retrospective"]
    assert set(tables["event_reports"]["role"]) == {"primary", "copy"}


@pytest.mark.parametrize(
    ("change", "taken"),
    [
        ({}, True),
        ({"coder_kind": "legacy"}, True),
        ({"coder_kind": "human"}, False),
        ({"coder_kind": "human", "status": "accepted"}, True),
        ({"coder_kind": "adjudicated", "status": "accepted"}, True),
        ({"status": "superseded"}, False),
        ({"status": "rejected"}, False),
        ({"event_date": None}, False),
        ({"country": None}, False),
        ({"location": None}, False),
        ({"latitude": None}, False),
        ({"time_precision": None, "geo_precision": None}, True),
        ({"actor1": None, "inter1": None, "actor2": None, "inter2": None, "initiator": "unknown"}, True),
        (FAR, False),
        ({"event_date": dt.date(2016, 12, 31)}, False),
        ({"event_date": dt.date(2018, 1, 1)}, False),
    ],
)
def test_which_reports_take_part(corpus, change, taken):
    tables = corpus.match(
        *corpus.tell(change), countries=("IQ",), period_start=dt.date(2017, 1, 1), period_end=dt.date(2017, 12, 31)
    )
    assert len(tables["merged_events"]) == taken
    for name, frame in tables.items():
        assert to_arrow(frame, arrow_schema(name)).num_rows == len(frame)


def test_reports_of_a_quarantined_article_wait(corpus):
    of = corpus.article("1", status="quarantined")
    assert corpus.match([of], [corpus.report(of)])["merged_events"].empty


def test_an_empty_dataset_gives_empty_tables(corpus):
    tables = corpus.match([], [])
    assert {name: len(frame) for name, frame in tables.items()} == {
        "article_families": 0, "pairs": 0, "event_reports": 0, "merged_events": 0,
    }  # fmt: skip


NOWHERE = dict.fromkeys(("admin1", "admin2", "location", "place_id", "latitude", "longitude", "geo_precision"))


def test_a_report_without_coordinates_joins_the_one_event_that_it_fits(corpus):
    articles, reports = corpus.tell({"toll": 7}, {"toll": 7} | NOWHERE)
    tables = corpus.match(articles, reports)
    event = corpus.only_event(tables)
    assert corpus.groups(tables) == {corpus.ids(*reports)}
    assert (event["location"], event["latitude"], event["n_reports"]) == ("Daquq", 35.137, 2)


def test_where_two_events_would_do_it_waits(corpus):
    other = {"toll": 7, "location": "Mosul", "place_id": "mosul", "admin1": "Nineveh", "admin2": None, "latitude": 36.3}
    articles, reports = corpus.tell({"toll": 7}, other, {"toll": 7} | NOWHERE)
    assert corpus.groups(corpus.match(articles, reports)) == {corpus.ids(reports[0]), corpus.ids(reports[1])}
    # The name of the place settles it, though no gazetteer has it.
    reports[2] = {**reports[2], "location": "mosul"}
    assert corpus.groups(corpus.match(articles, reports)) == {corpus.ids(reports[0]), corpus.ids(*reports[1:])}


def test_reports_without_coordinates_make_no_event_and_bring_none_together(corpus):
    assert corpus.groups(corpus.match(*corpus.tell(NOWHERE, NOWHERE))) == set()
    articles, reports = corpus.tell({"toll": 7}, {"toll": 7} | NOWHERE, {"toll": 7} | NOWHERE)
    of, rest = articles[0], articles[1:]
    # Two of one article are two incidents: only one of them can be the other's.
    reports[2] = corpus.report(rest[0], anchor_ordinal=1, **({"toll": 7} | NOWHERE))
    groups = corpus.groups(corpus.match([of, rest[0]], reports))
    assert len(groups) == 1
    assert len(next(iter(groups))) == 2


def test_a_person_may_join_a_report_without_coordinates(corpus):
    articles, reports = corpus.tell({"toll": 7}, {"toll": 30} | NOWHERE)
    assert len(corpus.match(articles, reports)["event_reports"]) == 1
    tables = corpus.match(articles, reports, corpus.People().judge(reports[0], reports[1], "same"))
    assert corpus.groups(tables) == {corpus.ids(*reports)}


def test_the_place_is_that_of_a_report_that_has_one_though_it_only_recalls(corpus):
    articles, reports = corpus.tell(
        {"toll": 7, "is_background": True}, {"toll": 7, "coder_kind": "human", "status": "accepted"} | NOWHERE
    )
    event = corpus.only_event(corpus.match(articles, reports))
    assert (event["location"], event["status"]) == ("Daquq", "final")
