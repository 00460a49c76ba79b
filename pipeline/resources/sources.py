"""The registry of sources: which outlet an article comes from, and how far that outlet reaches."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit

from pipeline.errors import SeedError
from schemas.columns import COLUMNS
from schemas.identity import slug
from schemas.taxonomy import COUNTRIES

UNKNOWN_SOURCE_ID: Final = "unknown-source"
"""source_id of articles that name neither an outlet nor an address."""
UNKNOWN_SOURCE_NAME: Final = "Unknown source"
UNDISCLOSED_SOURCE_NAME: Final = "Undisclosed Source"

REACHES: Final = ("subnational", "national", "regional", "international")

_SCALE_OF_TYPE: Final = MappingProxyType(
    {
        "local_partner": "Local partner",
        "new_media": "New media",
        "ngo": "Other",
        "international": "Other",
        "government": "Other",
        "armed_group": "Other",
        "other": "Other",
    }
)
"""Types whose scale is the same wherever the event is; the rest are news media. ACLED codebook (2024), codebook 1.15."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """One outlet.

    Attributes:
        source_id: Key.
        names: Names that articles may give; the usual one first.
        domains: Web domains on which this outlet alone publishes.
        country: Country where the outlet sits; None for those of no country.
        type: Kind of source, as in the table of sources.
        language: Language in which it is read here, an ISO 639 code.
        ownership: Who owns it.
        licence: Terms under which its articles may be used.
        active_from: First day on which it was read.
        active_to: Last day on which it was read.
        disclosure: `open`, or `undisclosed` for partners whose name never appears in a release.
        reach: How far it reports: subnational, national, regional or international.
    """

    source_id: str
    names: tuple[str, ...]
    domains: tuple[str, ...]
    country: str | None
    type: str
    language: str | None
    ownership: str
    licence: str | None
    active_from: dt.date | None
    active_to: dt.date | None
    disclosure: str
    reach: str

    @property
    def name(self) -> str:
        """The usual name."""
        return self.names[0]

    @property
    def public_name(self) -> str:
        """The name that releases may show."""
        return UNDISCLOSED_SOURCE_NAME if self.disclosure == "undisclosed" else self.name


def name_key(name: str) -> str:
    """What two spellings of one name share: letters and digits without case, accents, blanks and a leading `the`."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    words = re.findall(r"[^\W_]+", "".join(each for each in plain if not unicodedata.combining(each)))
    return "".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


def domain_of(url: str | None) -> str | None:
    """The host of an address in lower case and without `www.`; None if the address has none."""
    if not url:
        return None
    try:
        host = urlsplit(url if "://" in url else f"//{url}").hostname or ""
    except ValueError:
        return None
    host = host.lower().rstrip(".").removeprefix("www.")
    return host if re.fullmatch(r"[^\W_]+(?:-+[^\W_]+)*(?:\.[^\W_]+(?:-+[^\W_]+)*)+", host) else None


def unregistered_id(name: str) -> str:
    """source_id of an outlet that is not registered: the slug of its name.

    What a slug cannot spell is told apart by a hash, so that `BBC` in Arabic and in Persian are not both `bbc`.
    """
    plain = slug(name)
    spelled = unicodedata.normalize("NFKD", name)
    if any(each.isalnum() and not each.isascii() for each in spelled) and not plain.startswith("source-"):
        return f"{plain}-{hashlib.sha256(name_key(name).encode()).hexdigest()[:8]}"
    return plain


@dataclass(frozen=True)
class SourceRegistry:
    """Sources by id, by name and by domain. Use `SourceRegistry.from_rows`."""

    sources: Mapping[str, Source]
    ids_by_name: Mapping[str, str]
    ids_by_domain: Mapping[str, str]

    @classmethod
    def from_rows(cls, rows: Iterable[Mapping[str, str]]) -> SourceRegistry:
        """The registry from the rows of seeds/sources.csv.

        Raises:
            SeedError: A value is not allowed, or a name or domain belongs to two sources; says which source.
        """
        sources: dict[str, Source] = {}
        ids_by_name: dict[str, str] = {}
        ids_by_domain: dict[str, str] = {}
        for row in rows:
            source = _read_source(row)
            if source.source_id in sources:
                raise SeedError(f"sources.csv: {source.source_id}: stands there twice. Keep one row.")
            sources[source.source_id] = source
            for name in (*source.names, source.source_id):
                _claim(ids_by_name, name_key(name), source.source_id, f"the name {name}")
            for domain in source.domains:
                _claim(ids_by_domain, domain, source.source_id, f"the domain {domain}")
        return cls(sources, ids_by_name, ids_by_domain)

    def get(self, source_id: str) -> Source | None:
        """The source with that id; None if it is not registered."""
        return self.sources.get(source_id)

    def resolve(self, name: str | None, url: str | None) -> str:
        """The source_id of an article's outlet: of its name, else of its address, else made from the name or the address.

        Args:
            name: The outlet as the article gives it.
            url: Address of the article.

        Returns:
            A registered source_id; else the slug of the name or, without a name, of the domain; else `unknown-source`.
        """
        if name is not None and (found := self.ids_by_name.get(name_key(name))):
            return found
        if found := self._of_domain(domain_of(name)) or self._of_domain(domain_of(url)):
            return found
        given = name or domain_of(url)
        return unregistered_id(given) if given else UNKNOWN_SOURCE_ID

    def _of_domain(self, domain: str | None) -> str | None:
        while domain:
            if found := self.ids_by_domain.get(domain):
                return found
            domain = domain.partition(".")[2]
        return None

    def scale(self, source_id: str, event_country: str) -> str:
        """The source_scale of one source for an event in a country (ACLED codebook 2024; codebook 1.15).

        Media of the event's own country are Subnational, National or, with a regional reach, Regional. Media from elsewhere
        are Regional if they report on a region or sit in the region of the event, else International. Organisations, ministries
        and armed groups, and sources that are not registered, are Other.

        Args:
            source_id: The source.
            event_country: Country of the event, as in the column country.
        """
        source = self.get(source_id)
        if source is None:
            return "Other"
        if scale := _SCALE_OF_TYPE.get(source.type):
            return scale
        if source.reach == "regional":
            return "Regional"
        if source.country == event_country:
            return "Subnational" if source.reach == "subnational" else "National"
        if source.reach == "international" or source.country is None or event_country not in COUNTRIES:
            return "International"
        return "Regional" if COUNTRIES[source.country].region == COUNTRIES[event_country].region else "International"


def _claim(ids: dict[str, str], key: str, source_id: str, what: str) -> None:
    if not key:
        raise SeedError(f"sources.csv: {source_id}: {what} has neither letters nor digits. Correct it.")
    if ids.setdefault(key, source_id) != source_id:
        raise SeedError(f"sources.csv: {source_id}: {what} belongs to {ids[key]} already. Give it to one of them.")


def _read_source(row: Mapping[str, str]) -> Source:
    source_id = row["source_id"]

    def wrong(column: str, why: str) -> SeedError:
        return SeedError(f"sources.csv: {source_id or '(no source_id)'}: {column} is {row[column]!r}: {why}.")

    if not re.fullmatch(COLUMNS["source_id"].pattern or "", source_id):
        raise wrong("source_id", "write lower-case letters, digits and single hyphens, as kurdistan-24")
    names, domains = _items(row["names"]), _items(row["domains"])
    if not names:
        raise wrong("names", "give at least one name")
    for domain in domains:
        if domain_of(domain) != domain:
            raise wrong("domains", "write bare domains in lower case without www., as bbc.co.uk")
    if row["country"] and row["country"] not in COUNTRIES:
        raise wrong("country", "write it as in the table of countries, or leave it empty")
    if row["language"] and not re.fullmatch(COLUMNS["language"].pattern or "", row["language"]):
        raise wrong("language", "write one ISO 639 code, such as en")
    for column, allowed in _ALLOWED.items():
        if row[column] not in allowed:
            raise wrong(column, f"one of {', '.join(allowed)} is allowed")
    active_from, active_to = _day(row["active_from"], "active_from", wrong), _day(row["active_to"], "active_to", wrong)
    if active_from and active_to and active_to < active_from:
        raise wrong("active_to", "lies before active_from")
    return Source(
        source_id=source_id, names=names, domains=domains, country=row["country"] or None, type=row["type"],
        language=row["language"] or None, ownership=row["ownership"], licence=row["licence"] or None,
        active_from=active_from, active_to=active_to, disclosure=row["disclosure"], reach=row["reach"],
    )  # fmt: skip


def _items(cell: str) -> tuple[str, ...]:
    return tuple(item for part in cell.split(";") if (item := part.strip()))


def _day(cell: str, column: str, wrong: Callable[[str, str], SeedError]) -> dt.date | None:
    try:
        return dt.date.fromisoformat(cell) if cell else None
    except ValueError:
        raise wrong(column, "write a day as YYYY-MM-DD") from None


def _words(column: str) -> tuple[str, ...]:
    return tuple(str(value) for value in COLUMNS[column].allowed or ())


_ALLOWED: Final = MappingProxyType(
    {
        "type": _words("source_type"),
        "ownership": _words("ownership"),
        "disclosure": _words("disclosure"),
        "reach": REACHES,
    }
)
