from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluation.names import any_named, plain, proves_something, same_country, same_name


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Turkey", "Türkiye", True),
        ("DRC", "Democratic Republic of Congo", True),
        ("Congo, the Democratic Republic of the", "Democratic Republic of Congo", True),
        ("Congo", "Democratic Republic of Congo", False),
        ("Guinea", "Guinea-Bissau", False),
        ("Niger", "Nigeria", False),
        ("U.S.", "United States", True),
        ("Iraq", "Iraq", True),
    ],
)
def test_countries(one: str, other: str, same: bool) -> None:
    assert same_country(one, other) is same
    assert same_country(other, one) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Malé", "MALE", True),
        ("the city of Daquq", "Daquq", True),
        ("Police Forces of Iraq (2018-2020)", "police", True),
        ("San Miguel", "San Salvador", False),
        ("the city", "the city", False),
        ("", "Daquq", False),
    ],
)
def test_names(one: str, other: str, same: bool) -> None:
    assert same_name(one, other) is same
    assert same_name(other, one) is same


@given(st.text(max_size=20), st.text(max_size=20))
def test_comparison_takes_no_side_and_sees_no_case(one: str, other: str) -> None:
    assert same_name(one, other) == same_name(other, one)
    assert plain(plain(one)) == plain(one)


def test_a_name_is_found_among_several() -> None:
    assert any_named(["FMLN"], ["Military Forces of El Salvador; FMLN"])
    assert any_named(["Peshmerga"], ["Army - Peshmerga brigade"])
    assert not any_named(["Peshmerga police"], ["Army; navy", "Peshmerga brigade"])
    assert not any_named([], ["Army"])


def test_long_words_prove_nothing() -> None:
    assert proves_something("three policemen near Tuz Khurmatu")
    assert proves_something("Gen. J. Smith and Dr. Jones")
    assert not proves_something("killed. Three")
    assert not proves_something("one two three four five six seven eight nine ten eleven twelve thirteen")
