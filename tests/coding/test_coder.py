"""From a text to its reports: what happened, when, where, who to whom, at what cost, and on which words it rests."""

import cProfile
import datetime as dt
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.coding.coder import code_article
from pipeline.settings import Settings
from schemas.arrow import arrow_schema, rows_to_frame, to_arrow
from schemas.identity import report_id

from .conftest import make_article


def only(coding):
    (report,) = coding.reports
    return report


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Soldiers clashed with rebels in Mosul on Monday.", "Armed clash"),
        ("Gunmen attacked an army camp in Mosul on Monday.", "Armed clash"),
        ("Gunmen killed three farmers in Mosul on Monday.", "Attack"),
        ("Army troops recaptured Mosul from the rebels on Monday.", "Government regains territory"),
        ("Islamic State fighters took control of Mosul on Monday.", "Non-state actor overtakes territory"),
        ("Army troops took control of Mosul without a fight on Monday.", "Non-violent transfer of territory"),
        ("Warplanes bombed a village near Mosul on Monday.", "Air/drone strike"),
        ("A drone strike killed two fighters in Mosul on Monday.", "Air/drone strike"),
        ("The army shelled Mosul on Monday.", "Shelling/artillery/missile attack"),
        ("Mortar fire killed two people in Mosul on Monday.", "Shelling/artillery/missile attack"),
        ("A roadside bomb killed two policemen in Mosul on Monday.", "Remote explosive/landmine/IED"),
        ("A suicide bomber killed eight people in Mosul on Monday.", "Suicide bomb"),
        ("A man threw a grenade at a shop in Mosul on Monday.", "Grenade"),
        ("Sarin killed ten people in an attack on Mosul on Monday.", "Chemical weapon"),
        ("Gunmen kidnapped a teacher in Mosul on Monday.", "Abduction/forced disappearance"),
        ("Rebels detained two farmers in Mosul on Monday.", "Abduction/forced disappearance"),
        ("Police arrested a rebel leader in Mosul on Monday.", "Arrests"),
        ("Soldiers raped two women in Mosul on Monday.", "Sexual violence"),
        ("Hundreds of people marched through Mosul on Monday.", "Peaceful protest"),
        ("Police fired tear gas at protesters in Mosul on Monday.", "Protest with intervention"),
        ("Soldiers opened fire on protesters in Mosul on Monday.", "Excessive force against protesters"),
        ("Protesters threw stones and torched cars in Mosul on Monday.", "Violent demonstration"),
        ("A mob lynched a man in Mosul on Monday.", "Mob violence"),
        ("Raiders looted shops in Mosul on Monday.", "Looting/property destruction"),
        ("The army seized weapons and ammunition in Mosul on Monday.", "Disrupted weapons use"),
        ("Engineers defused six bombs in Mosul on Monday.", "Disrupted weapons use"),
        ("The government and the rebels signed a ceasefire in Mosul on Monday.", "Agreement"),
        ("The army set up a base near Mosul on Monday.", "Headquarters or base established"),
        ("A mass grave was opened in Mosul on Monday.", "Other"),
    ],
)
def test_types(code, text, expected):
    report = only(code(text))
    assert (report["sub_event_type"], report["event_date"], report["location_mention"]) == (
        expected,
        dt.date(2017, 10, 16),
        "Mosul",
    )


@pytest.mark.parametrize(
    ("text", "actor1", "actor2", "initiator"),
    [
        ("Islamic State fighters attacked villagers in Mosul on Monday.", "Islamic State fighters", "villagers", "actor1"),
        ("Villagers were attacked by Islamic State fighters in Mosul on Monday.", "Islamic State fighters", "Villagers", "actor1"),
        ("VILLAGERS WERE ATTACKED BY GUERRILLAS IN MOSUL ON MONDAY.", "GUERRILLAS", "VILLAGERS", "actor1"),
        ("An attack by gunmen on policemen shook Mosul on Monday.", "gunmen", "policemen", "actor1"),
        ("There were clashes between the Peshmerga and Islamic State in Mosul on Monday.", "Peshmerga", "Islamic State", "unknown"),
        ("Gunmen killed a farmer in Mosul on Monday, the army said.", "Gunmen", "farmer", "actor1"),
        ("The police said that gunmen killed a farmer in Mosul on Monday.", "gunmen", "farmer", "actor1"),
        ("Suspected Islamic State (IS) militants attacked villagers in Mosul on Monday.", "Islamic State", "villagers", "actor1"),
        ("A Turkish drone hit two fighters in Mosul on Monday.", "Turkish drone", "fighters", "actor1"),
        ("Police broke up a protest by students in Mosul on Monday.", "students", "Police", "unknown"),
    ],
)
def test_who_did_it_to_whom(code, text, actor1, actor2, initiator):
    report = only(code(text))
    assert (report["actor1_mention"], report["actor2_mention"], report["initiator"]) == (actor1, actor2, initiator)


def test_allies_stand_beside_the_first_of_them(code):
    report = only(code("Iraqi forces and the Peshmerga attacked Islamic State fighters in Mosul on Monday."))
    assert (report["actor1_mention"], report["assoc_actor_1_mention"]) == ("Iraqi forces", "Peshmerga")
    assert report["actor2_mention"] == "Islamic State fighters"


@pytest.mark.parametrize(
    ("text", "phrase", "relation"),
    [
        ("Gunmen killed a man in Mosul on Monday.", "Mosul", "in"),
        ("Gunmen killed a man near Mosul on Monday.", "Mosul", "near"),
        ("Gunmen killed a man south of Mosul on Monday.", "Mosul", "near"),
        ("In Mosul, gunmen killed a man on Monday.", "Mosul", "in"),
        ("BAGHDAD (AFP) - Gunmen killed a man in Mosul on Monday.", "Mosul", "in"),
        ("Gunmen from Baghdad killed a man in Mosul on Monday.", "Mosul", "in"),
        ("Gunmen killed a man in Nowhereville on Monday.", "Nowhereville", "in"),
        ("BAGHDAD (AFP) - Gunmen killed a man on Monday, as they did in Mosul and in Basra.", "Mosul", "in"),
        ("BAGHDAD (AFP) - Gunmen killed a man on Monday.", "BAGHDAD", "in"),
    ],
)
def test_where(code, text, phrase, relation):
    report = only(code(text))
    assert (report["location_mention"], report["location_relation"]) == (phrase, relation)


def test_a_dateline_gives_the_place_only_where_no_other_is_named_and_says_so(code):
    alone = only(code("BAGHDAD (AFP) - Gunmen killed a man on Monday."))
    assert (alone["country"], alone["location_mention"]) == ("Iraq", "BAGHDAD")
    assert "place_assumed" in alone["needs_review"]
    told = only(code("BAGHDAD (AFP) - Gunmen killed a man in Mosul on Monday."))
    assert (told["location_mention"], told["needs_review"]) == ("Mosul", None)


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [
        ("The police said on Thursday that gunmen killed a man in Mosul on Monday.", dt.date(2017, 10, 16), 1),
        ("Gunmen killed a man in Mosul overnight, the police said on Thursday.", dt.date(2017, 10, 18), 1),
        ("Gunmen killed a man in Mosul.", dt.date(2017, 10, 18), 2),
        ("BAGHDAD, Oct 17 (AFP) - Gunmen killed a man in Mosul today.", dt.date(2017, 10, 17), 1),
    ],
)
def test_when(code, text, day, precision):
    report = only(code(text))
    assert (report["event_date"], report["time_precision"]) == (day, precision)


def test_without_any_day_the_report_is_kept_for_review(code):
    report = only(code("Gunmen killed a man in Mosul.", published=None))
    assert (report["event_date"], report["time_precision"]) == (None, None)
    assert "no_date" in report["needs_review"]


def test_retold_is_one_incident_and_another_day_or_place_is_another(code):
    text = (
        "Gunmen killed two farmers in Mosul on Monday.\n\nThe attack came at dawn. The gunmen shot the farmers on their way to the "
        "fields, the police said.\n\nOn Tuesday, gunmen killed a teacher in Mosul.\n\nIn a separate incident, gunmen killed a "
        "guard in Kirkuk on Tuesday."
    )
    reports = code(text).reports
    assert [(each["location_mention"], each["event_date"].day, each["fatalities"]) for each in reports] == [
        ("Mosul", 16, 2),
        ("Mosul", 17, 1),
        ("Kirkuk", 17, 1),
    ]


def test_two_incidents_of_one_sentence_have_ordinals(code):
    reports = code("Gunmen killed a man in Mosul on Monday and another bomb exploded in Kirkuk on Tuesday.").reports
    assert [each["anchor_start"] for each in reports] == [0] * len(reports)
    assert [each["anchor_ordinal"] for each in reports] == list(range(len(reports)))


FRESH = "Gunmen killed two farmers in Mosul on Wednesday."


@pytest.mark.parametrize(
    ("recalled", "expected"),
    [
        ("On Monday, a bomb killed two people in Kirkuk.", [dt.date(2017, 10, 16)]),
        ("On 3 May 2016, a bomb killed two people in Kirkuk.", [dt.date(2016, 5, 3)]),
        ("In May 2016, a bomb killed two people in Kirkuk.", [dt.date(2016, 5, 15)]),
        ("In May, a bomb killed two people in Kirkuk.", [dt.date(2017, 5, 15)]),
        ("In 2016, a bomb killed two people in Kirkuk.", [None]),
        ("On Monday, a bomb killed two people in Iraq.", [dt.date(2017, 10, 16)]),
        ("Recently a bomb killed two people in Kirkuk.", []),
        ("Since 3 October bombs exploded in Kirkuk.", []),
        ("Bombs had exploded there in 2016.", []),
    ],
)
def test_what_is_recalled_is_background_with_the_day_or_month_that_the_text_gives(code, recalled, expected):
    reports = code(f"{FRESH}\n\n{recalled}").reports
    assert [each["event_date"] for each in reports if not each["is_background"]] == [dt.date(2017, 10, 18)]
    assert [each["event_date"] for each in reports if each["is_background"]] == expected


def test_background_can_be_switched_off(code):
    off = Settings.model_validate({"coding": {"background": False}})
    coding = code(f"{FRESH}\n\nOn Monday, a bomb killed two people in Kirkuk.", settings=off)
    assert [each["is_background"] for each in coding.reports] == [False]
    assert "background" in {each["gate"] for each in coding.rejected}


def test_old_news_alone_is_background(code):
    report = only(code("The school was rebuilt. On 22 April 2015 a car bomb exploded in Samarra and killed six people."))
    assert (report["is_background"], report["fatalities"]) == (True, 6)


def test_rows_fit_the_tables_and_their_words(code):
    text = f"{FRESH} Three others were wounded.\n\nOn Monday, rebels clashed with soldiers in Kirkuk. They plan to attack Mosul."
    coding = code(text)
    for table, rows in (
        ("rule_reports", coding.reports),
        ("rule_evidence", coding.evidence),
        ("rejected_candidates", coding.rejected),
    ):
        assert to_arrow(rows_to_frame(rows, table), arrow_schema(table)).num_rows == len(rows) > 0
    for row in coding.evidence:
        words = text[row["start"] : row["end"]]
        assert words.strip() == words != ""
        assert len(words.split()) <= 12
        assert row["rule_id"]
    for report in coding.reports:
        fields = {row["field"] for row in coding.evidence if row["report_id"] == report["report_id"]}
        assert {"sub_event_type", "event_date", "location", "actor1"} <= fields
        assert report["report_id"] == report_id(report["article_id"], "rules", report["anchor_start"], report["anchor_ordinal"])


@pytest.mark.parametrize(
    ("text", "attribution"),
    [
        ("Gunmen killed a man in Mosul on Monday.", "asserted"),
        ("Gunmen killed a man in Mosul on Monday, the police said.", "claimed"),
        ("Suspected gunmen killed a man in Mosul on Monday.", "suspected"),
    ],
)
def test_attribution(code, text, attribution):
    assert {row["attribution"] for row in code(text).evidence if row["field"] == "actor1"} == {attribution}


def test_an_unknown_language_is_left_to_people(code):
    assert code("Gunmen killed a man in Mosul on Monday.", language="ar") == ([], [], [])
    assert len(code("Gunmen killed a man in Mosul on Monday.", language="en-GB").reports) == 1


WORDS = re.findall(
    r"\n\n|\S+",
    "gunmen police Islamic State ( ) killed attacked clashed bomb exploded in near Mosul Kirkuk on Monday 16 October 2017 . , and "
    "by was were said that three people wounded another protesters plan to not \n\n between the ceasefire signed recently",
)


@settings(max_examples=150)
@given(st.lists(st.sampled_from(WORDS), max_size=60))
def test_any_words_give_valid_rows_with_unique_keys(resources, words):
    coding = code_article(make_article(" ".join(words)), resources, Settings())
    reports = [row["report_id"] for row in coding.reports]
    assert len(set(reports)) == len(reports)
    keys = [(row["report_id"], row["field"], row["ordinal"]) for row in coding.evidence]
    assert len(set(keys)) == len(keys)
    rejected = [(row["part"], row["start"], row["rule_id"]) for row in coding.rejected]
    assert len(set(rejected)) == len(rejected)
    for row in coding.reports:
        assert row["fatalities_low"] <= row["fatalities"]
        assert row["fatalities_high"] is None or row["fatalities"] <= row["fatalities_high"]
        assert 0 <= row["confidence"] <= 1
        assert row["event_date_end"] is None or row["event_date_end"] > row["event_date"]


PIECES = [
    "killed ",
    "Monday killed ",
    "another attack in Mosul. ",
    "gunmen ",
    "said on Monday ",
    "will attack ",
    "5 killed and ",
    "Five men and them killed them dead ",
    "attack ",
    "Mosul killed ",
    "a bomb exploded in Mosul on Monday, ",
    "killed\n\n",
    "(((",
    ". . ",
    "the death toll 5 ",
    "19 March ",
]


def calls(resources, piece, length):
    """Function calls that coding a text of repetitions takes: the same on every machine."""
    article = make_article("Gunmen killed a man in Mosul on Monday. " + piece * (length // len(piece)))
    counter = cProfile.Profile()
    counter.runcall(code_article, article, resources, Settings())
    return sum(each.callcount for each in counter.getstats())


@pytest.mark.parametrize("piece", PIECES)
def test_work_grows_with_the_length_of_a_text_and_no_faster(resources, piece):
    calls(resources, piece, 600)  # what is loaded once, on first use, does not grow with the text
    assert calls(resources, piece, 24_000) <= 4.5 * calls(resources, piece, 6_000)


def test_a_megabyte_is_coded_in_time(resources):
    piece = "Rebels killed 5 men near Mosul on Monday and will attack, said ((. "
    article = make_article(piece * (1_000_000 // len(piece)))
    begun = time.process_time()
    code_article(article, resources, Settings())
    assert time.process_time() - begun < 20
