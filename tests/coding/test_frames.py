"""Frames: what happened is told by a broad verb and by who, what and where stand about it, in the words of a brief text."""

import pytest

from pipeline.coding.coder import look_up, read_article
from pipeline.settings import Settings

from .conftest import make_article

_BACKGROUND = (
    " The office said nothing else. Its spokesman was away. Schools stayed open. Shops did too. Trains ran. The weather was "
    "fine for the season."
)


def _kinds(coding):
    return [row["sub_event_type"] for row in coding.reports if not row["is_background"]]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "Some 300 midwives sat down in front of the ministry in Mosul on Monday. They held up portraits of the dismissed.",
            "Peaceful protest",
        ),
        (
            "Nurses with placards filled the square in Mosul on Monday. Gendarmes pushed them into buses.",
            "Protest with intervention",
        ),
        (
            "An army lorry ploughed through students with banners in Mosul on Monday. Two died.",
            "Excessive force against protesters",
        ),
        (
            "Bricks flew and a kiosk went up in flames in Mosul on Monday as a march of miners turned nasty.",
            "Violent demonstration",
        ),
        ("Villagers near Mosul on Monday clubbed a driver whom they suspected of theft.", "Mob violence"),
        ("Smoke rose over Mosul on Monday. Two MiGs had let go their bombs, and a baker lost both legs.", "Air/drone strike"),
        (
            "A boy joined the queue at a barracks in Mosul on Monday and pulled a cord. The explosives killed nine.",
            "Suicide bomb",
        ),
        (
            "A mist drifted from canisters in Mosul on Monday. Thirty people were foaming from the chlorine.",
            "Chemical weapon",
        ),
        (
            "A shepherd near Mosul on Monday trod on something buried in the path and lost a foot; it was a mine.",
            "Remote explosive/landmine/IED",
        ),
        (
            "Customs men in Mosul searched a lorry of onions on Monday. Rifles lay beneath a false floor.",
            "Disrupted weapons use",
        ),
        (
            "Masked men pushed two engineers into a van in Mosul on Monday. Nobody has seen them since, and no ransom was asked.",
            "Abduction/forced disappearance",
        ),
        ("Police in Mosul on Monday picked up the editor of an opposition paper. A prosecutor spoke of sedition.", "Arrests"),
        ("Militiamen kept three women in a barn near Mosul on Monday and violated them, a nurse said.", "Sexual violence"),
        ("The museum in Mosul was emptied on Monday. Militiamen carted off its statues.", "Looting/property destruction"),
        ("Two more battalions were flown to the border near Mosul on Monday.", "Change to group/activity"),
        (
            "The army has finished a fort with watchtowers and a helipad on a hill near Mosul, villagers said on Monday.",
            "Headquarters or base established",
        ),
        (
            "Rebels broke through the last trenches at Mosul on Monday after a siege of weeks. The town is theirs.",
            "Non-state actor overtakes territory",
        ),
        (
            "Soldiers swept the rebels from Mosul on Monday after days of street fighting. The town is back in army hands.",
            "Government regains territory",
        ),
        (
            "The garrison packed up and drove off from Mosul on Monday. Rebels strolled in, and no shot was heard.",
            "Non-violent transfer of territory",
        ),
        ("Envoys of the rebels and of the army sat across a table in Mosul on Monday and initialled a truce.", "Agreement"),
        (
            "Carts clogged the bridge at Mosul on Monday: 4,000 villagers had abandoned their homes because of shelling.",
            "Other",
        ),
        ("A shallow pit with forty skeletons, wrists tied, came to light near Mosul on Monday.", "Other"),
        ("The corpse of a trader was returned to his family in Mosul on Monday, his hands bound and his jaw broken.", "Attack"),
        ("Soldiers and rebels tangled for two hours at an outpost near Mosul on Monday.", "Armed clash"),
    ],
)
def test_a_brief_text_is_told_by_its_frame(code, text, kind):
    assert _kinds(code(text)) == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "Some 300 pilgrims sat down in front of the shrine in Mosul on Monday.",
        "Commuters filled the square in Mosul on Monday. Gendarmes helped them into buses.",
        "Villagers near Mosul on Monday praised a driver who had found a purse.",
        "Smoke rose over Mosul on Monday. Two MiGs had flown past for the air show.",
        "A boy in a long coat joined the queue at a bakery in Mosul on Monday.",
        "A greenish mist lay over the river in Mosul on Monday. Thirty people photographed it.",
        "Customs men in Mosul on Monday searched a lorry of onions and let it go.",
        "Two engineers drove a van to Mosul on Monday. Nobody has thanked them since.",
        "The museum in Mosul was opened on Monday. A minister admired its statues.",
        "The ministry has finished a school with a playground on a hill near Mosul, villagers said on Monday.",
        "A shallow pit with forty ancient skeletons came to light near Mosul on Monday, archaeologists said.",
        "Envoys of two airlines sat across a table in Mosul on Monday and initialled a fuel contract.",
    ],
)
def test_half_a_frame_tells_nothing(code, text):
    assert _kinds(code(text)) == []


def test_a_frame_counts_in_a_brief_text_alone(code):
    text = "The garrison packed up and drove off from Mosul on Monday. Rebels strolled in, and no shot was heard."
    assert _kinds(code(text)) == ["Non-violent transfer of territory"]
    told = {row["rule_id"] for row in code(text + _BACKGROUND).evidence}
    assert "territory.frame_left" not in told


def test_a_frame_looks_only_to_the_sentences_beside(code):
    far = "Forty rifles hang in the museum. It is old. A lorry of onions was stopped in Mosul on Monday by customs men."
    assert _kinds(code(far)) == []


def test_firm_words_go_before_frames(code):
    text = "Gunmen kidnapped two engineers in Mosul on Monday. Soldiers closed the road with two more battalions."
    assert _kinds(code(text)) == ["Abduction/forced disappearance"]


def test_frames_tell_no_second_incident(code):
    text = "Gunmen kidnapped two engineers in Mosul on Monday. Two more battalions were flown to the border at Rabia on Tuesday."
    assert _kinds(code(text)) == ["Abduction/forced disappearance"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Students rallied in Mosul on Monday over a friend who had died in a road accident.", "Peaceful protest"),
        ("A drunken colonel and his men seized power in Mosul on Monday and suspended the constitution.", "Other"),
    ],
)
def test_accidents_and_crime_make_no_protest_and_no_coup_untrue(code, text, kind):
    assert _kinds(code(text)) == [kind]


@pytest.mark.parametrize(
    "text", ["A drunken colonel shot a farmer in Mosul on Monday.", "A farmer was killed in a road accident in Mosul on Monday."]
)
def test_accidents_and_crime_still_turn_down_violence(code, text):
    assert _kinds(code(text)) == []


def test_what_had_happened_is_the_news_of_a_brief_text_that_tells_nothing_else(code):
    assert _kinds(code("A farmer had been killed by rebels in Mosul.")) == ["Attack"]
    assert _kinds(code("A farmer had been killed by rebels in Mosul." + _BACKGROUND)) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("A grenade was flung at a bar in Mosul on Monday. The device rolled under a bench and wounded two guests.", "Grenade"),
        ("Students rallied in Mosul on Monday. A bank was looted and police arrested four of them.", "Violent demonstration"),
        ("A crowd in Mosul on Monday hurled bricks and beat to death a man accused of theft.", "Mob violence"),
    ],
)
def test_what_several_words_make_together(code, text, kind):
    assert _kinds(code(text)) == [kind]


@pytest.mark.parametrize(
    ("text", "expected"), [("Rebels overran Zarbaqan on Monday.", True), ("Rebels overran it on Monday.", False)]
)
def test_a_name_that_no_gazetteer_has_may_be_a_place(resources, text, expected):
    article = make_article(text, "2017-10-19")
    reading = read_article(article, look_up(article, resources, Settings()))
    assert reading is not None
    assert reading.has_cue("name", text.index("overran") + len("overran"), len(text)) is expected
