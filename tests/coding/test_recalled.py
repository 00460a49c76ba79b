"""Acts that a text recalls: behind a trial or a condemnation, without a day, beside the news."""

from __future__ import annotations

import datetime as dt

import pytest

BODY = "The mayor opened a school in Kirkuk.\n\nMany came to see it.\n\nThe band played.\n\nIt rained.\n\n"
"""Sentences that tell of no act and fill the opening of a text."""


def told(code, text):
    """Day and background of every report of a text."""
    return [(each["event_date"], each["is_background"]) for each in code(text).reports]


@pytest.mark.parametrize(
    "text",
    [
        "Two men were charged with the murder of a judge in Mosul on 3 May 2017.",
        "Parliament condemned the 3 May 2017 attack in Mosul.",
        "The court sentenced him to life in prison for the killing of a farmer in Mosul on 3 May 2017.",
        "Those responsible for the massacre of ten farmers that took place in Mosul on 3 May 2017 must be tried.",
        "He was accused of the bombing of a market in Mosul on 3 May 2017.",
    ],
)
def test_an_act_behind_a_later_step_is_recalled_on_its_day(code, text):
    assert told(code, text) == [(dt.date(2017, 5, 3), True)]


@pytest.mark.parametrize(
    "text",
    [
        # The day is that of the trial.
        "Two men accused of killing a judge in Mosul were tried on 3 May 2017.",
        # A plan is no fact.
        "Parliament condemned plans to attack the mayor of Mosul on 3 May 2017.",
    ],
)
def test_the_day_of_the_later_step_dates_no_act(code, text):
    assert (dt.date(2017, 5, 3), True) not in told(code, text)


def test_bodies_found_on_a_day_at_a_place_tell_of_a_killing(code):
    assert told(code, BODY + "Travellers said that on Monday the bodies of nine farmers were seen near Mosul.")[0][1] is False
    assert told(code, BODY + "The bodies of the farmers were carried away.") == []


def test_what_is_told_again_after_a_condemnation_is_news(code):
    text = "Parliament condemned the attack in Mosul on Tuesday. Gunmen killed three farmers in Mosul on Tuesday."
    assert [background for _, background in told(code, text)] == [False]


def test_a_detention_since_a_day_began_on_it(code):
    text = "The activist Ana Losada, a student, has been detained in Kirkuk since 3 May 2017, her lawyer said."
    assert [day for day, _ in told(code, text)] == [dt.date(2017, 5, 3)]
    assert told(code, "About 900 activists have been detained in Kirkuk since 3 May 2017, a lawyer said.") == []


def test_a_second_mention_of_an_arrest_dates_the_first(code):
    text = (
        "The activist Ana Losada was arrested after she spoke in Kirkuk.\n\nShe wrote about wages.\n\n"
        "She had worked there until she was arrested on 3 October."
    )
    assert [day for day, _ in told(code, text)] == [dt.date(2017, 10, 3)]


def test_without_a_day_only_counted_victims_are_news_below_the_opening(code):
    assert told(code, BODY + "Gunmen killed three farmers near Mosul.")[0][1] is False
    assert all(background for _, background in told(code, BODY + "Gunmen attacked farmers near Mosul."))


def test_kinds_of_people_are_nobody_in_particular(code):
    talk = "\n\nHe spoke for an hour.\n\nMany listened.\n\nThen all went home."
    assert told(code, "The senator spoke of the murder of the judge." + talk)[0][0] == dt.date(2017, 10, 18)
    assert [fresh for fresh in told(code, "Gunmen here murder activists, the senator said." + talk) if not fresh[1]] == []


def test_what_is_done_again_and_again_is_no_news(code):
    assert told(code, BODY + "Farmers are killed in Mosul whenever they attack.") == []


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("The court should free a journalist jailed in Mosul on Tuesday.", ["Arrests"]),
        ("They called for the release of an activist detained in Mosul on Tuesday.", ["Arrests"]),
        ("A journalist should be jailed in Mosul on Tuesday.", []),
        ("They threatened that an activist would soon be detained in Mosul.", []),
    ],
)
def test_modals_do_not_reach_a_participle_that_describes_a_noun(code, text, kinds):
    assert [each["sub_event_type"] for each in code(text).reports] == kinds


def test_an_arrest_is_no_accident(code):
    text = "Police in Mosul on Tuesday arrested a journalist for what she wrote about the earthquake."
    assert [each["sub_event_type"] for each in code(text).reports] == ["Arrests"]
    assert code("Ten people were killed in Mosul on Tuesday in the earthquake.").reports == []


def test_somebody_new_at_a_place_of_its_own_is_another_incident(code):
    first = "A bomb killed two policemen in Mosul on Tuesday.\n\n"
    assert len(told(code, first + "On Tuesday evening a teacher was shot dead in the city.")) == 2
    assert len(told(code, first + "The two policemen were killed on Tuesday evening.")) == 1


def test_the_day_of_a_ruling_is_not_that_of_the_act_beside_it(code):
    text = "The suit that was filed on Monday says that police arrested the activist Ana Losada in Mosul on 3 October."
    assert [day for day, _ in told(code, text)] == [dt.date(2017, 10, 3)]


def test_a_long_text_needs_more_words_to_be_about_crime(code):
    words = "Her husband wept. The detective spoke. Their marriage was happy. "
    news = "Gunmen killed three farmers in Mosul on Tuesday."
    assert code(words + news).reports == []
    assert len(code(words + news + " The mayor spoke of roads and schools in the city." * 100).reports) == 1
