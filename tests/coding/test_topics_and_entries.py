"""Nouns that name a topic, entries of a list in one paragraph, and what a gate has already spent."""

import pytest


def types(coding):
    return [row["sub_event_type"] for row in coding.reports]


def test_a_bare_plural_without_day_or_place_is_a_topic(code):
    text = "The council met again. It heard reports. It took a vote. Ambushes by the rebels were discussed. It rose at five."
    coding = code(text)
    assert types(coding) == []
    assert {row["gate"] for row in coding.rejected} <= {"topic", "condemned", "no_day_no_place"}


def test_the_accused_who_are_lynched_are_not_only_accused(code):
    coding = code("Two youths accused of stealing a phone were lynched in Kirkuk on Wednesday.")
    assert types(coding) == ["Mob violence"]


def test_a_semicolon_parts_two_blasts_with_places_of_their_own(code):
    text = "A roadside bomb killed two people in Kirkuk on Monday; a roadside bomb killed three people in Basra on Tuesday."
    assert len(types(code(text))) == 2


def test_a_raid_that_only_turns_up_arms_disrupts_their_use(code):
    assert types(code("Police seized eight rifles during a raid on a house in Kirkuk on Monday.")) == ["Disrupted weapons use"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Fighters filed into the camp at Kirkuk on Monday and laid rifles and rockets on a table.", "Agreement"),
        ("Sappers took apart a car rigged with explosives in Kirkuk on Monday night.", "Disrupted weapons use"),
        ("A man with explosives strapped beneath his shirt pressed the button in Kirkuk on Monday.", "Suicide bomb"),
    ],
)
def test_classes_of_words(code, text, kind):
    assert types(code(text)) == [kind]


def test_soldiers_at_an_exercise_attack_nobody(code):
    assert types(code("Some 900 marines stormed a beach near Basra on Friday in annual war games.")) == []
