"""The geocoders as geopy speaks to them: how each is asked, and on which terms its answers may be used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any, Final

from pipeline.locating.online.cache import Raw
from pipeline.settings import GeocodingSettings
from schemas.taxonomy import COUNTRY_BY_ISO2

if TYPE_CHECKING:
    from geopy.geocoders.base import Geocoder

LANGUAGE: Final = "en"
MOST: Final = 3
"""Answers kept of one question: a person looks at each."""
_ASKED_OF_PHOTON: Final = 10  # it knows no countries to look in: those elsewhere are left out afterwards


def user_agent(contact: str | None) -> str:
    """How Khaldun calls itself on the network: name, version and whom to write to."""
    try:
        own = version("khaldun")
    except PackageNotFoundError:  # a checkout that was never installed
        own = "0"
    return f"khaldun/{own} ({contact})" if contact else f"khaldun/{own}"


@dataclass(frozen=True)
class Service:
    """One geocoder.

    Attributes:
        name: nominatim | photon | geonames.
        address: Address of its server.
        geocoder: What speaks to it.
    """

    name: str
    address: str
    geocoder: Geocoder

    def question(self, text: str, codes: Sequence[str]) -> tuple[str, ...]:
        """All that the answer depends on."""
        return self.name, self.address, LANGUAGE, text, *codes

    def ask(self, text: str, codes: Sequence[str]) -> list[Raw]:
        """What the service says of each place of that name, the likeliest first.

        Args:
            text: The name.
            codes: ISO 3166 two-letter codes of the countries to look in; none is the whole world.

        Raises:
            Exception: Whatever geopy raises, and what its readers raise if the answer has not the expected form.
        """
        found = self.geocoder.geocode(self._text(text, codes), exactly_one=False, **self._options(codes)) or ()
        raws = [each.raw for each in found if each is not None and isinstance(each.raw, dict)]
        if self.name == "photon" and codes:
            raws = [raw for raw in raws if str(raw["properties"].get("countrycode", "")).upper() in codes]
        return raws[:MOST]

    def _text(self, text: str, codes: Sequence[str]) -> str:
        return f"{text}, {COUNTRY_BY_ISO2[codes[0]].country}" if self.name == "photon" and len(codes) == 1 else text

    def _options(self, codes: Sequence[str]) -> dict[str, Any]:
        if self.name == "nominatim":
            lower = [code.lower() for code in codes]
            return {"limit": MOST, "addressdetails": True, "language": LANGUAGE, "country_codes": lower or None}
        if self.name == "photon":
            return {"limit": _ASKED_OF_PHOTON, "language": LANGUAGE}
        return {"country": list(codes) or None}


def open_service(settings: GeocodingSettings) -> Service:
    """The geocoder that dataset.toml names; nothing is sent yet."""
    from geopy.adapters import URLLibAdapter
    from geopy.geocoders import GeoNames, Nominatim, Photon

    scheme, _, domain = settings.address.partition("://")
    common = {
        "scheme": scheme,
        "domain": domain,
        "timeout": settings.timeout,
        "user_agent": user_agent(settings.contact),
        # The other adapter, chosen where `requests` is installed, tries again by itself and knows no limit of rate.
        "adapter_factory": URLLibAdapter,
    }
    if settings.service == "geonames":
        return Service(settings.service, settings.address, GeoNames(settings.username, **common))
    made = Photon if settings.service == "photon" else Nominatim
    return Service(settings.service, settings.address, made(**common))
