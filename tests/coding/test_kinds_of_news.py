"""What brief texts, lists of conditions and longer forms make of words, and which kind the whole is."""

import pytest


def _kinds(coding):
    return [row["sub_event_type"] for row in coding.reports if not row["is_background"]]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        # The object may follow the day.
        ("Government forces captured on Monday the port of Mosul from the rebels.", "Government regains territory"),
        # The row that asks for most goes before the one that excludes most.
        ("Soldiers destroyed 40 mines near Mosul on Monday.", "Disrupted weapons use"),
        # A relative pronoun is no article.
        ("The bomb that killed two farmers in Mosul on Monday lay beside a road.", "Remote explosive/landmine/IED"),
        # A mob named as such is no armed group.
        ("An angry mob beat a suspected thief to death in Mosul on Monday, and he was killed on the spot.", "Mob violence"),
        # Bombers who die are no aircraft.
        ("Two suicide bombers blew themselves up in Mosul on Monday. Both bombers died and two men were injured.", "Suicide bomb"),
        ("Workers staged a dharna in Mosul on Monday.", "Peaceful protest"),
        ("Police resorted to a lathi-charge to disperse protesters in Mosul on Monday.", "Protest with intervention"),
        ("Supporters of rival clubs came to blows in Mosul on Monday.", "Mob violence"),
        ("Troops massed along the border near Mosul on Monday.", "Change to group/activity"),
        ("Two explosive devices were found under a bridge in Mosul on Monday.", "Disrupted weapons use"),
        ("Some 9,000 people have fled from villages around Mosul because of attacks by rebels.", "Other"),
        ("Security forces neutralised four militants in Mosul on Monday.", "Armed clash"),
        ("Protesters marched in Mosul on Monday.", "Peaceful protest"),
    ],
)
def test_kinds(code, text, kind):
    assert _kinds(code(text)) == [kind]


def test_brief_texts_tell_their_news_whenever_it_was(code):
    assert _kinds(code("On 3 May militants detonated a car bomb in Mosul and killed six people.")) == [
        "Remote explosive/landmine/IED"
    ]
    (report,) = code("On 3 December militants detonated a car bomb in Mosul and killed six people.").reports
    assert str(report["event_date"]) == "2016-12-03"


def test_rioters_alone_are_news_in_a_brief_text_only(code):
    assert _kinds(code("Masked rioters roamed about Mosul on Monday.")) == ["Violent demonstration"]
    assert not code("Masked rioters roamed about Mosul on Monday. " + "The mayor spoke to the press. " * 4).reports


def test_since_does_not_undo_the_day_beside_it(code):
    text = "Rebels retook Mosul from government troops on Monday, days after the road had opened for the first time since 2012."
    assert len(_kinds(code(text))) == 1


def test_counted_victims_are_news_beyond_the_opening(code):
    opening = "The governor spoke to reporters. " * 6
    assert _kinds(code(f"{opening}Gunmen killed four farmers.")) == ["Attack"]
    assert not _kinds(code(f"{opening}Gunmen attacked farmers."))
    assert not _kinds(code(f"{opening}Gunmen have killed 900 farmers."))


def test_the_dead_within_a_longer_form_are_counted(code):
    (report,) = code("Four farmers were lined up and shot in Mosul on Monday; six soldiers were killed in an ambush.").reports
    assert report["fatalities"] == 6


@pytest.mark.parametrize(
    "text",
    [
        "An old bomb from the Second World War was found in Mosul on Monday.",
        "Further raids on Mosul are likely.",
        "The rally in share prices came to an end in Mosul on Monday.",
    ],
)
def test_no_incident(code, text):
    assert not code(text).reports
