"""Who did it where no verb has them as its subject: nations, owners of weapons, blame, owners of what was hit."""

import pytest

from pipeline.coding.coder import code_article
from pipeline.settings import Settings

from .conftest import make_article


@pytest.fixture(scope="module")
def sides(resources):
    """The words for both sides of the first report of a text, and who began."""

    def coded(text, published="2017-10-19"):
        found = code_article(make_article(text, published), resources, Settings())
        assert found.reports, text
        row = found.reports[0]
        return row["actor1_mention"], row["actor2_mention"], row["initiator"]

    return coded


@pytest.mark.parametrize(
    ("text", "agent"),
    [
        ("Israel carried out an air strike near Kirkuk on Monday that killed two people.", "Israel forces"),
        ("Turkey shelled a village near Kirkuk on Monday, killing two farmers.", "Turkey forces"),
        ("Turkey said it had bombed a village near Kirkuk on Monday. Two farmers died.", "Turkey forces"),
        ("Two farmers died near Kirkuk on Monday when Iran fired mortars across the border.", "Iran forces"),
        ("Two farmers were killed near Kirkuk on Monday by an Iranian missile.", "Iranian missile"),
        ("Shells fired from Turkish positions killed two farmers near Kirkuk on Monday.", "Turkish forces"),
        ("Mortar shells fired from Peshmerga positions killed two farmers near Kirkuk on Monday.", "Peshmerga"),
        ("Chlorine was dropped from a helicopter on a village near Kirkuk on Monday; ten villagers were treated.", "army"),
    ],
)
def test_a_nation_or_the_owner_of_a_weapon_acts(sides, text, agent):
    assert sides(text)[0] == agent


@pytest.mark.parametrize(
    "text",
    [
        "A bomb in northern Iraq killed two farmers on Monday.",
        "A car blew up in Kirkuk, Iraq, on Monday, killing two farmers.",
        "A bomb killed two farmers near Kirkuk, Iraq, on Monday. Police cordoned off the street.",
        "Two farmers died on Monday when a bomb exploded near Kirkuk. Soldiers evacuated the wounded.",
    ],
)
def test_who_only_stands_beside_a_bomb_did_not_plant_it(sides, text):
    assert sides(text)[0] is None


@pytest.mark.parametrize(
    ("text", "agent"),
    [
        ("Gunmen killed two farmers near Kirkuk on Monday. The killers were from Islamic State, police said.", "Islamic State"),
        ("Gunmen killed two farmers near Kirkuk on Monday. The attackers belonged to Islamic State.", "Islamic State"),
        ("Two farmers died near Kirkuk on Monday in a shelling. Villagers accused Turkey of it.", "Turkey forces"),
        ("Gunmen killed two farmers near Kirkuk on Monday. Elders held Islamic State responsible.", "Islamic State"),
        ("Two policemen were killed near Kirkuk on Monday in an Islamic State ambush.", "Islamic State"),
    ],
)
def test_who_is_said_to_be_the_attackers(sides, text, agent):
    assert sides(text)[0] == agent


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen killed two farmers near Kirkuk on Monday. A teacher was from Islamic State territory.",
        "Insurgents killed two farmers near Kirkuk on Monday. No group claimed the attack. Islamic State is active in the area.",
    ],
)
def test_a_group_that_is_only_named_did_not_do_it(sides, text):
    assert "Islamic State" not in sides(text)[0]


@pytest.mark.parametrize(
    ("text", "patient"),
    [
        ("A bomb went off outside a bank in Kirkuk on Monday, causing damage.", "residents"),
        ("Unknown men hurled a grenade at the offices of a newspaper in Kirkuk on Monday.", "residents"),
        ("A car bomb exploded on an empty field near Kirkuk on Monday, causing damage.", None),
        ("A bomb hidden in a parked car exploded near Kirkuk on Monday, causing damage.", None),
        ("A hand grenade was thrown at a checkpoint of the Peshmerga near Kirkuk on Monday.", "Peshmerga"),
    ],
)
def test_whose_what_was_hit_was(sides, text, patient):
    assert sides(text)[1] == patient


@pytest.mark.parametrize(
    ("text", "initiator"),
    [
        ("A policeman was killed in Kirkuk on Monday.", "actor1"),
        ("An army patrol came under fire near Kirkuk on Monday and returned fire; two soldiers died.", "actor1"),
        ("Soldiers and militants exchanged fire near Kirkuk on Monday.", "unknown"),
        ("The army repelled Islamic State fighters near Kirkuk on Monday.", "actor1"),
    ],
)
def test_who_began(sides, text, initiator):
    assert sides(text)[2] == initiator


def test_who_is_repelled_attacked(sides):
    assert sides("The army repelled Islamic State fighters near Kirkuk on Monday.")[:2] == ("Islamic State fighters", "The army")


def test_two_countries_agree(sides):
    assert sides("Armenia and Azerbaijan agreed to a ceasefire in Kirkuk on Monday.")[:2] == ("Armenia forces", "Azerbaijan forces")


def test_those_whom_an_agreement_frees_are_no_party_to_it(sides):
    agent, patient, _ = sides("The government and the Houthis agreed on a prisoner swap in Kirkuk on Monday.")
    assert {agent, patient} == {"The government", "Houthis"}


def test_who_did_it_does_not_tell_it_because_the_press_does(sides):
    text = "A bus was ambushed by a guerrilla column near Kirkuk, 20 km west of the river, on Monday, according to the radio."
    assert sides(text)[0] == "guerrilla column"
