"""dataset.toml as one frozen object.

A stage sees only the settings that it declares: `restricted_to` puts every other one back to its default, so that a setting
which a stage forgot to declare cannot show in its output.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from pipeline.errors import SettingsError
from schemas.taxonomy import COUNTRY_BY_ISO2


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class DatasetSettings(_Section):
    """What the dataset is about."""

    name: str = Field("my-dataset", pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", description="Short name, as in file names.")
    title: str = Field("Conflict events", description="Title, as in citations.")
    description: str = Field("", description="What the dataset covers, in a sentence or two.")
    countries: tuple[str, ...] = Field(
        (), description="ISO 3166 two-letter codes of the countries covered; none is the whole world."
    )
    period_start: dt.date | None = Field(None, description="First day covered.")
    period_end: dt.date | None = Field(None, description="Last day covered.")

    @field_validator("countries")
    @classmethod
    def _known_countries(cls, codes: tuple[str, ...]) -> tuple[str, ...]:
        if unknown := [code for code in codes if code not in COUNTRY_BY_ISO2]:
            raise ValueError(f"{', '.join(unknown)} is no two-letter country code, such as IQ for Iraq")
        return tuple(sorted(set(codes)))

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> DatasetSettings:
        if self.period_start and self.period_end and self.period_end < self.period_start:
            raise ValueError("period_end lies before period_start")
        return self


class IngestSettings(_Section):
    """How raw files are read."""

    encoding: str = Field("utf-8", description="Encoding of text files without a byte-order mark.")
    minimum_characters: int = Field(40, ge=1, description="Shorter texts are quarantined.")
    maximum_characters: int = Field(1_000_000, ge=1, description="Longer texts are quarantined.")


class BuildSettings(_Section):
    """How the work is divided. Nothing here ever shows in a table."""

    partition_size: int = Field(20_000, ge=1, description="Articles in one piece of work.")
    jobs: int = Field(1, ge=1, description="Processes that work side by side.")


class CodingSettings(_Section):
    """How articles become reports."""

    codebook_version: str = Field("1.0", description="Version of the coding rules, written into each report.")
    rules: bool = Field(True, description="Whether the rules code articles; false leaves all to people.")
    background: bool = Field(True, description="Whether incidents that an article only recalls are coded too.")


Recipe = Literal["conservative", "informative", "representative"]


class MatchingSettings(_Section):
    """When two reports are taken for one incident, and how an event's values are chosen."""

    max_distance_km: float = Field(
        50.0, ge=0, allow_inf_nan=False, description="Farthest apart that two places of one incident may lie."
    )
    max_days_apart: int = Field(1, ge=0, description="Days that two exact dates of one incident may differ.")
    recipe: Recipe = Field(
        "conservative", description="How reports that differ become one value: `conservative`, `informative` or `representative`."
    )
    recipe_parts: dict[Literal["what", "date", "place", "toll"], Recipe] = Field(
        {}, description='Parts for which another recipe is used, such as `{toll = "representative"}`.'
    )


PUBLIC_SERVICES: Mapping[str, str] = {
    "nominatim": "https://nominatim.openstreetmap.org",
    "photon": "https://photon.komoot.io",
    "geonames": "https://secure.geonames.org",
}
"""Address of the public server of each geocoder."""


class GeocodingSettings(_Section):
    """Whom `khaldun places geocode` asks for places that no gazetteer knows. A build never asks anybody."""

    service: Literal["off", "nominatim", "photon", "geonames"] = Field("off", description="The geocoder; `off` asks nobody.")
    url: str | None = Field(None, description="Address of its server; the public one if not given.")
    contact: str | None = Field(
        None,
        description="Your e-mail or web address, sent with every question; the public servers of Nominatim and Photon need it.",
    )
    username: str | None = Field(None, description="Name of your account at GeoNames.")
    rate: float = Field(1.0, gt=0, le=100, allow_inf_nan=False, description="Questions a second; the public servers allow one.")
    timeout: float = Field(10.0, gt=0, le=600, allow_inf_nan=False, description="Seconds to wait for an answer.")

    @property
    def address(self) -> str:
        """Address of the server, without a slash at its end; empty if the service is off."""
        return (self.url or PUBLIC_SERVICES.get(self.service, "")).rstrip("/")

    @property
    def is_public(self) -> bool:
        """Whether the server is one that many share."""
        hosts = {urlsplit(address).hostname for address in PUBLIC_SERVICES.values()} | {"api.geonames.org"}
        return urlsplit(self.address).hostname in hosts

    @field_validator("url")
    @classmethod
    def _is_an_address(cls, url: str | None) -> str | None:
        if url is not None and not re.fullmatch(r"https?://[^/?#@\s\[\]]+(/[^?#@\s]*)?", url):
            raise ValueError(f"{url} is no address of a server, such as http://127.0.0.1:8080")
        return url

    @field_validator("contact", "username")
    @classmethod
    def _is_one_word(cls, text: str | None) -> str | None:
        # It becomes part of a header or an address.
        if text is not None and not re.fullmatch(r"[!-~]+", text):
            raise ValueError(f"{text!r} is no single word of plain letters, digits and signs")
        return text

    @model_validator(mode="after")
    def _keeps_the_rules_of_the_server(self) -> GeocodingSettings:
        if self.service == "geonames" and not self.username:
            raise ValueError("GeoNames asks for an account: give its username, from https://www.geonames.org/login")
        if not self.is_public:
            return self
        if self.service in ("nominatim", "photon") and not self.contact:
            raise ValueError(f"{self.address} must know whom to write to: give contact, an e-mail or web address of yours")
        if self.rate > 1:
            raise ValueError(
                f"{self.address} allows one question a second: set rate to 1 or less, or name a server of your own in url"
            )
        return self


class ReleaseSettings(_Section):
    """How releases are written."""

    interaction: Literal["text", "numeric"] = Field("text", description="Whether actor classes are written as labels or numbers.")
    creators: tuple[str, ...] = Field(("The dataset's authors",), min_length=1, description="Whom to cite.")
    homepage: str | None = Field(None, description="Address at which the dataset is found.")
    method_epoch: str = Field("1", description="Changes when counts before and after are not comparable.")


class Settings(_Section):
    """All settings of one dataset."""

    dataset: DatasetSettings = DatasetSettings()
    ingest: IngestSettings = IngestSettings()
    build: BuildSettings = BuildSettings()
    coding: CodingSettings = CodingSettings()
    matching: MatchingSettings = MatchingSettings()
    geocoding: GeocodingSettings = GeocodingSettings()
    release: ReleaseSettings = ReleaseSettings()

    def restricted_to(self, keys: Iterable[str]) -> Settings:
        """The same settings with every one not named in `keys` (`section.name`) at its default."""
        kept: dict[str, dict[str, object]] = {}
        for key in keys:
            section, _, name = key.partition(".")
            kept.setdefault(section, {})[name] = getattr(getattr(self, section), name)
        return Settings.model_validate(kept)

    def digest(self) -> str:
        """SHA-256 over all values; equal settings have equal digests."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()


_WORDS = {"extra_forbidden": "unknown setting", "model_type": "a section is expected, not a value"}


def _line_of(text: str, location: tuple[str | int, ...]) -> int | None:
    """Line of dataset.toml on which a key stands, or None."""
    section: str | None = None
    wanted = [str(part) for part in location[:2]]
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.match(r"\s*\[([^\]]+)\]", line):
            section = header.group(1).strip()
            if [section] == wanted:
                return number
        elif (key := re.match(r"\s*([A-Za-z0-9_-]+)\s*=", line)) and [section, key.group(1)] == [
            wanted[0] if len(wanted) == 2 else None,
            wanted[-1],
        ]:
            return number
    return None


def load_settings(path: Path) -> Settings:
    """The settings in a dataset.toml.

    Raises:
        SettingsError: The file is missing, is no TOML, or holds an unknown key or a wrong value; says which line.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise SettingsError(f"{path}: not found. Make a dataset with `khaldun init DIR`, or name one with --root.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: cannot be read ({error}).") from None
    try:
        return Settings.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path}: not valid TOML: {error}.") from None
    except ValidationError as error:
        found = []
        for problem in error.errors():
            line = _line_of(text, problem["loc"])
            where = f"{path}:{line}" if line else str(path)
            name = ".".join(str(part) for part in problem["loc"])
            why = _WORDS.get(problem["type"], problem["msg"].removeprefix("Value error, "))
            found.append(f"{where}: {name}: {why}")
        raise SettingsError("\n".join(found)) from None


def settings_page() -> str:
    """The documentation of all settings, as Markdown."""
    lines = [
        "# Settings",
        "",
        "`dataset.toml` in the folder of a dataset. Every key may be left out; an unknown one is refused with its line.",
        "This page is made from `pipeline/settings.py`.",
    ]
    for section, field in Settings.model_fields.items():
        model = type(field.get_default())
        lines += ["", f"## [{section}]", "", (model.__doc__ or "").strip(), "", "| key | default | meaning |", "|---|---|---|"]
        for name, setting in model.model_fields.items():
            default = setting.get_default()
            shown = list(default) if isinstance(default, tuple) else default
            lines.append(f"| `{name}` | {'none' if default is None else f'`{shown!r}`'} | {setting.description} |")
    return "\n".join(lines) + "\n"
