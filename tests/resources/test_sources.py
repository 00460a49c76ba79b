from __future__ import annotations

import pickle
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import SeedError
from pipeline.resources.seeds import SEED_TABLES, read_seed_file, shipped_seeds
from pipeline.resources.sources import SourceRegistry, domain_of, name_key, unregistered_id
from schemas.columns import COLUMNS
from schemas.taxonomy import SOURCE_SCALES

REGISTRY = SourceRegistry.from_rows(read_seed_file(shipped_seeds() / "sources.csv", SEED_TABLES["sources"]))


def row(**changes: str) -> dict[str, str]:
    plain = {
        "source_id": "the-post",
        "names": "The Post",
        "domains": "post.example.org",
        "country": "Iraq",
        "type": "newspaper",
        "language": "en",
        "ownership": "private",
        "licence": "",
        "active_from": "",
        "active_to": "",
        "disclosure": "open",
        "reach": "national",
    }
    return plain | changes


def test_shipped_registry_is_large_and_has_the_outlets_of_the_sample() -> None:
    assert len(REGISTRY.sources) >= 60
    assert REGISTRY.resolve("Kurdistan 24", None) == "kurdistan-24"
    assert REGISTRY.resolve("Rudaw", None) == "rudaw"


@pytest.mark.parametrize(
    ("name", "url", "source_id"),
    [
        ("KURDISTAN24", None, "kurdistan-24"),
        ("Guardian", None, "the-guardian"),
        ("El Pais", None, "el-pais"),
        ("aljazeera.com", None, "al-jazeera"),
        (None, "https://www.rudaw.net/english/kurdistan/1", "rudaw"),
        (None, "arabic.rt.example/1", "arabic-rt-example"),
        ("Nobody's Paper", "https://www.bbc.co.uk/1", "bbc"),
        ("Human Rights Watch", "https://www.bbc.co.uk/1", "human-rights-watch"),
        ("Nobody's Paper", None, "nobody-s-paper"),
        (None, "http://[broken", "unknown-source"),
        (None, None, "unknown-source"),
    ],
)
def test_resolve(name: str | None, url: str | None, source_id: str) -> None:
    assert REGISTRY.resolve(name, url) == source_id


def test_names_in_other_scripts_are_told_apart() -> None:
    ids = {REGISTRY.resolve(name, None) for name in ("BBC عربي", "BBC فارسی", "BBC", "صحيفة", "газета")}
    assert len(ids) == 5


@given(st.text(min_size=1), st.none() | st.text())
def test_every_name_gets_a_valid_id(name: str, url: str | None) -> None:
    assert re.fullmatch(COLUMNS["source_id"].pattern or "", REGISTRY.resolve(name, url))


@given(st.text(alphabet="abcXYZ 09-.é"))
def test_name_key_ignores_case_and_punctuation(name: str) -> None:
    assert name_key(name) == name_key(name.upper()) == name_key(f"  {name}!")


@pytest.mark.parametrize(
    ("source_id", "country", "scale"),
    [
        ("bbc", "United Kingdom", "National"),
        ("bbc", "Iraq", "International"),
        ("bbc", "France", "International"),
        ("basnews", "Iraq", "Subnational"),
        ("basnews", "Brazil", "International"),
        ("dawn", "Pakistan", "National"),
        ("dawn", "India", "Regional"),
        ("dawn", "Peru", "International"),
        ("al-monitor", "Iraq", "Regional"),
        ("un-ocha", "Iraq", "Other"),
        ("never-heard-of", "Iraq", "Other"),
    ],
)
def test_scale(source_id: str, country: str, scale: str) -> None:
    assert REGISTRY.scale(source_id, country) == scale


def test_scale_by_type() -> None:
    for type_, scale in {"local_partner": "Local partner", "new_media": "New media", "government": "Other"}.items():
        assert SourceRegistry.from_rows([row(type=type_)]).scale("the-post", "Iraq") == scale


def test_every_source_has_a_scale_in_every_region() -> None:
    for source_id in REGISTRY.sources:
        for country in ("Iraq", "Nigeria", "Peru", "France", "Atlantis"):
            assert REGISTRY.scale(source_id, country) in SOURCE_SCALES


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"source_id": "The Post"}, "source_id"),
        ({"names": ""}, "names"),
        ({"names": "...!"}, "neither letters nor digits"),
        ({"domains": "https://post.org"}, "domains"),
        ({"country": "Irak"}, "country"),
        ({"type": "paper"}, "type"),
        ({"ownership": "mine"}, "ownership"),
        ({"disclosure": "secret"}, "disclosure"),
        ({"reach": "global"}, "reach"),
        ({"language": "English"}, "language"),
        ({"active_from": "2001"}, "active_from"),
        ({"active_from": "2010-01-02", "active_to": "2010-01-01"}, "active_to"),
    ],
)
def test_wrong_values_are_refused(changes: dict[str, str], said: str) -> None:
    with pytest.raises(SeedError, match=said):
        SourceRegistry.from_rows([row(**changes)])


def test_a_name_or_domain_of_two_sources_is_refused() -> None:
    with pytest.raises(SeedError, match="belongs to the-post already"):
        SourceRegistry.from_rows([row(), row(source_id="other", names="Post", domains="")])
    with pytest.raises(SeedError, match="domain"):
        SourceRegistry.from_rows([row(), row(source_id="other", names="Other")])


def test_undisclosed_names_stay_hidden_and_registries_travel_between_processes() -> None:
    registry = pickle.loads(pickle.dumps(SourceRegistry.from_rows([row(disclosure="undisclosed")])))
    source = registry.get("the-post")
    assert source.public_name == "Undisclosed Source"
    assert source.name == "The Post"
    assert registry.get("nobody") is None


def test_domains_and_unregistered_ids() -> None:
    assert domain_of("HTTPS://WWW.Example.ORG:80/a?b") == "example.org"
    assert domain_of("just words") is None
    assert domain_of(None) is None
    assert unregistered_id("Daily Néws") == "daily-news"
