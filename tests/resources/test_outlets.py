"""Where an outlet sits, as its name tells."""

import pytest

from pipeline.resources.bundle import Resources
from pipeline.resources.outlets import country_of_outlet
from pipeline.resources.seeds import Seeds, shipped_seeds
from pipeline.resources.sources import unregistered_id

RESOURCES = Resources(Seeds((shipped_seeds(),)))


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Bamako Soir", "Mali"),
        ("The Zambezia Observer", "Mozambique"),
        ("Radio Turkana", "Kenya"),
        ("Irish Gazette", "Ireland"),
        ("news.example.ng", "Nigeria"),
        # Words, and endings that anybody may register.
        ("The Daily Star", None),
        ("Morning Standard", None),
        ("news.example.io", None),
        ("example.com", None),
    ],
)
def test_the_name_of_an_outlet_tells_its_country(name: str, country: str | None) -> None:
    assert country_of_outlet(unregistered_id(name), RESOURCES.gazetteer, RESOURCES.countries) == country
