"""Names by sound: spellings of one name come together, and only where a country is given."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.resources.bundle import Resources
from pipeline.resources.seeds import Seeds, shipped_seeds
from pipeline.resources.transliteration import sound_of

GAZETTEER = Resources(Seeds((shipped_seeds(),))).gazetteer


@pytest.mark.parametrize(
    "spellings",
    ["Hawija;Haweeja;Al-Hawija;El Hawidja", "Daquq;Daqouq;Daqoq", "Qayyarah;Qayara;Kayara", "Kharkiv;Harkiv", "Tal Afar;Telafar"],
)
def test_spellings_of_one_name_sound_alike(spellings: str) -> None:
    assert len({sound_of(each) for each in spellings.split(";")}) == 1


@pytest.mark.parametrize("names", ["Mosul;Masila", "Kirkuk;Karak", "Baghdad;Bajed", "Tikrit;Tirkit"])
def test_other_names_do_not(names: str) -> None:
    one, other = names.split(";")
    assert sound_of(one) != sound_of(other)


@given(st.text(max_size=60))
def test_a_sound_is_short_and_the_same_again(name: str) -> None:
    assert sound_of(name) == sound_of(name)
    assert " " not in sound_of(name)


def test_a_name_by_sound_is_taken_in_the_country_stated_alone() -> None:
    found = GAZETTEER.resolve("Haweeja", country="Iraq")
    assert found is not None
    assert (found.place.name, found.reasons[-1]) == ("Hawija", "sound")
    assert found.score < 0.5
    assert GAZETTEER.resolve("Haweeja") is None
    assert GAZETTEER.resolve("Haweeja", country="Peru") is None


def test_a_name_by_sound_in_a_country_only_hinted_is_doubtful() -> None:
    found = GAZETTEER.resolve("Haweeja", focus=("IQ",))
    assert found is not None
    assert found.is_doubtful
