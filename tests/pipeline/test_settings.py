"""dataset.toml: what is refused, and that undeclared settings do not show."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import SettingsError
from pipeline.settings import Settings, load_settings


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "dataset.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_empty_file_gives_the_defaults(tmp_path: Path) -> None:
    assert load_settings(written(tmp_path, "")) == Settings()


def test_values_are_read(tmp_path: Path) -> None:
    settings = load_settings(written(tmp_path, '[dataset]\ncountries = ["SY", "IQ"]\nperiod_start = 2017-01-01\n'))
    assert settings.dataset.countries == ("IQ", "SY")
    assert str(settings.dataset.period_start) == "2017-01-01"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[dataset]\nname = "x"\ncolour = 3\n', r"dataset\.toml:3: dataset\.colour: unknown setting"),
        ("[matcing]\n", r"dataset\.toml:1: matcing: unknown setting"),
        ('[dataset]\n\ncountries = ["XX"]\n', r"dataset\.toml:3: dataset\.countries: .*XX is no two-letter country code"),
        ("[ingest]\nminimum_characters = -1\n", r"dataset\.toml:2: ingest\.minimum_characters"),
        ("[dataset\n", r"not valid TOML"),
        (
            '[geocoding]\nservice = "nominatim"\n',
            r"toml:1: geocoding: https://nominatim\.\S+ must know whom to write to: give contact",
        ),
        ('[geocoding]\nservice = "photon"\nurl = "http://photon.komoot.io/"\n', r"must know whom to write to"),
        ('[geocoding]\nservice = "nominatim"\ncontact = "a@b.org"\nrate = 2\n', r"allows one question a second"),
        ('[geocoding]\nservice = "geonames"\n', r"asks for an account: give its username"),
        ('[geocoding]\n\nurl = "ftp://here"\n', r"toml:3: geocoding\.url: ftp://here is no address of a server"),
        ('[geocoding]\nurl = "http://name:word@here"\n', r"is no address of a server"),
        ('[geocoding]\ncontact = "a@b.org\\nX-Header: 1"\n', r"is no single word"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        load_settings(written(tmp_path, text))


def test_a_server_of_ones_own_needs_no_contact_and_keeps_no_rate(tmp_path: Path) -> None:
    found = load_settings(written(tmp_path, '[geocoding]\nservice = "nominatim"\nurl = "http://127.0.0.1:8080/"\nrate = 50\n'))
    assert (found.geocoding.address, found.geocoding.is_public) == ("http://127.0.0.1:8080", False)
    assert Settings().geocoding.service == "off"


def test_a_missing_file_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="khaldun init"):
        load_settings(tmp_path / "dataset.toml")


def test_a_stage_sees_only_what_it_declares() -> None:
    settings = Settings.model_validate({"matching": {"max_distance_km": 7}, "coding": {"rules": False}})
    seen = settings.restricted_to(["matching.max_distance_km"])
    assert seen.matching.max_distance_km == 7
    assert seen.coding.rules is True


def test_every_setting_is_described() -> None:
    for section in Settings.model_fields.values():
        for name, field in section.annotation.model_fields.items():
            assert field.description, name
