"""Place names of whole texts: which words are one, and which of many places of a name is meant."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.resources.bundle import Resources
from pipeline.resources.seeds import Seeds, shipped_seeds
from pipeline.resources.toponyms import Toponym, ToponymFinder

FINDER = ToponymFinder(Resources(Seeds((shipped_seeds(),))))


def found(text: str, *focus: str) -> dict[str, Toponym]:
    return {each.phrase: each for each in FINDER.find(text, focus)}


@pytest.mark.parametrize(
    ("text", "phrase", "country", "admin1"),
    [
        ("Two men were shot in Salem, Oregon, on Friday.", "Salem", "United States", "Oregon"),
        ("Two men were shot in Salem, Mass., on Friday.", "Salem", "United States", "Massachusetts"),
        ("A fire broke out in Athens, Ga., overnight.", "Athens", "United States", "Georgia"),
        ("A fire broke out in Athens. Greece mourned.", "Athens", "Greece", "Attica"),
        ("Police in London, Ontario, searched a house.", "London", "Canada", "Ontario"),
        ("Police in London searched a house, the British press said.", "London", "United Kingdom", "England"),
        ("Rebels attacked San Miguel in El Salvador.", "San Miguel", "El Salvador", "San Miguel"),
        ("Rebels attacked Trujillo, Peru.", "Trujillo", "Peru", "La Libertad"),
        ("Rebels attacked Trujillo, Honduras.", "Trujillo", "Honduras", "Colón"),
    ],
)
def test_what_is_stated_beside_a_name_decides(text: str, phrase: str, country: str, admin1: str) -> None:
    place = found(text)[phrase]
    assert (place.country, place.admin1) == (country, admin1)


def test_places_named_with_it_decide() -> None:
    near = "Fighters crossed from Tripoli to Benghazi and Misrata."
    assert found(near)["Tripoli"].country == "Libya"
    far = "Soldiers went from Tripoli to Sidon, Tyre and Baalbek."
    assert found(far)["Tripoli"].country == "Lebanon"


def test_the_dataset_decides_where_the_text_does_not() -> None:
    assert found("A bomb went off in Tripoli.", "Lebanon")["Tripoli"].country == "Lebanon"
    assert found("A bomb went off in Tripoli.", "Libya")["Tripoli"].country == "Libya"


def test_a_name_has_one_meaning_in_a_text() -> None:
    text = "Police in Springfield, Illinois, are looking for a man. He left Springfield on Monday."
    assert {each.source_id for each in FINDER.find(text) if each.phrase == "Springfield"} == {found(text)["Springfield"].source_id}
    assert found(text)["Springfield"].admin1 == "Illinois"


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Chelsea Clinton spoke of hope.", "Chelsea"),
        ("Michael Jordan was there.", "Jordan"),
        ("Mr. Washington was there.", "Washington"),
        ("The Kirkuk Now site wrote of it.", "Kirkuk"),
        ("They signed the Paris Agreement.", "Paris"),
        ("The Washington Post wrote of it.", "Washington"),
        ("Turner said no. Alice Turner had been asked in court.", "Turner"),
    ],
)
def test_persons_and_bodies_are_no_places(text: str, phrase: str) -> None:
    assert phrase not in found(text)


def test_capitals_of_states_that_speak_are_places_all_the_same() -> None:
    place = found("Washington said it would answer.")["Washington"]
    assert (place.kind, place.admin1) == ("place", "District of Columbia")


@pytest.mark.parametrize(
    ("text", "phrase", "name", "country"),
    [
        ("Iraqi troops left.", "Iraqi", "Iraq", "Iraq"),
        ("Two Texans were held.", "Texans", "Texas", "United States"),
        ("Kurdish fighters left.", "Kurdish", "Kurdistan", None),
        ("European ministers met.", "European", "Europe", None),
        ("South Ossetian forces fired.", "South Ossetian", "South Ossetia", "Georgia"),
    ],
)
def test_peoples_are_kept_apart(text: str, phrase: str, name: str, country: str | None) -> None:
    place = found(text)[phrase]
    assert (place.kind, place.name, place.country) == ("demonym", name, country)


@pytest.mark.parametrize(
    ("text", "phrase", "country"),
    [
        ("Bodies were found in the Tigris River.", "Tigris River", None),
        ("Fighting went on in the Hamrin Mountains.", "Hamrin Mountains", "Iraq"),
        ("A ship was hit in the Gulf of Aden.", "Gulf of Aden", None),
        ("Troops crossed the Golan Heights.", "Golan Heights", "Syria"),
    ],
)
def test_features(text: str, phrase: str, country: str | None) -> None:
    place = found(text)[phrase]
    assert (place.kind, place.country) == ("feature", country)


def test_a_longer_name_hides_the_shorter_in_it() -> None:
    assert list(found("The Gulf of Mexico is warm.")) == ["Gulf of Mexico"]
    assert "Jordan" not in found("Men waded through the Jordan River.")
    assert "Vermont" not in found("A boat sank on Lake Vermont.")


def test_a_county_lies_in_the_state_that_the_text_names() -> None:
    place = found("Deputies in Walker County, Alabama, found it near Jasper.")["Walker County"]
    assert (place.kind, place.admin1) == ("place", "Alabama")
    assert place.latitude is not None
    assert any(reason.startswith("point of") for reason in place.reasons)


def test_a_list_of_towns_states_nothing() -> None:
    assert found("He played in Boston, Washington and Chicago.")["Boston"].admin1 == "Massachusetts"


def test_disputed_territories_tell_their_reason() -> None:
    place = found("Shells fell on Nagorno-Karabakh.")["Nagorno-Karabakh"]
    assert place.country == "Azerbaijan"
    assert any("coded to Azerbaijan" in reason for reason in place.reasons)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(("Salem", "Oregon", "in", "the", ",", "Kirkuk", "County", "Mr.", "\n", "é", "’s", "PARIS", "(", "-")),
        max_size=40,
    )
)
def test_spans_are_of_the_text_in_order_and_apart(words: list[str]) -> None:
    text = " ".join(words)
    toponyms = FINDER.find(text)
    assert all(text[each.start : each.end] == each.phrase for each in toponyms)
    assert all(one.end <= other.start for one, other in pairwise(toponyms))
    assert all(0 < each.score < 1 for each in toponyms)
    assert toponyms == FINDER.find(text)


def test_long_texts_take_time_in_proportion() -> None:
    sentence = "Police in Salem, Oregon, met Ali Springfield of Walker County near Kirkuk. "

    def seconds(repeated: int) -> float:
        began = time.process_time()
        FINDER.find(sentence * repeated)
        return time.process_time() - began

    seconds(10)
    assert seconds(1600) < 12 * max(seconds(400), 0.02)
