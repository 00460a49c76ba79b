"""All resources of a dataset, each loaded when first asked for."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from pipeline.resources.actors import ActorRegistry
from pipeline.resources.common_words import CommonWords
from pipeline.resources.corrections import Correction, corrections_from_rows
from pipeline.resources.countries import CountryFacts
from pipeline.resources.disputed import DisputedTerritories
from pipeline.resources.dump import Dump, open_dump
from pipeline.resources.features import Features, Peoples, country_points
from pipeline.resources.gazetteer import OWN, Gazetteer
from pipeline.resources.geonames_files import NO_FILES, GeonamesFiles
from pipeline.resources.layered_world import LayeredWorld
from pipeline.resources.lexicon import Lexicon
from pipeline.resources.match_weights import MatchWeights
from pipeline.resources.place import KIND_ORDER
from pipeline.resources.seeds import GEOCODES, Row, SeedFiles, Seeds
from pipeline.resources.sensitivity import Marking, markings_from_rows
from pipeline.resources.sources import SourceRegistry
from pipeline.resources.type_weights import TypeWeights
from pipeline.resources.world import World, installed_world

_KEPT = 4


# The look-ups that take long to make, by what the files held that they are made from: several stages of a build use the same.


@lru_cache(maxsize=_KEPT)
def _lexicon(files: SeedFiles) -> Lexicon:
    return Lexicon.from_rows(files.rows())


@lru_cache(maxsize=_KEPT)
def _type_weights(files: SeedFiles) -> TypeWeights:
    return TypeWeights.from_rows(files.rows())


@lru_cache(maxsize=_KEPT)
def _countries(files: SeedFiles) -> CountryFacts:
    return CountryFacts.from_rows(files.rows())


@lru_cache(maxsize=_KEPT)
def _common_words(files: SeedFiles, countries: CountryFacts) -> CommonWords:
    return CommonWords.from_rows(files.rows(), countries.demonyms())


@lru_cache(maxsize=_KEPT)
def _gazetteer(
    rows: tuple[tuple[tuple[str, str], ...], ...], countries: CountryFacts, words: CommonWords, world: World, dump: Dump | None
) -> Gazetteer:
    layers = LayeredWorld(world, dump) if dump else world
    return Gazetteer.from_rows(map(dict, rows), countries, (layers, words))


@lru_cache(maxsize=_KEPT)
def _actors(
    actors: SeedFiles, regimes: SeedFiles, generics: SeedFiles, words: SeedFiles, local: SeedFiles, *, countries: CountryFacts
) -> ActorRegistry:
    return ActorRegistry.from_rows(actors.rows(), regimes.rows(), generics.rows(), countries, words.rows(), local.rows())


@lru_cache(maxsize=_KEPT)
def _sources(files: SeedFiles) -> SourceRegistry:
    return SourceRegistry.from_rows(files.rows())


@dataclass(frozen=True)
class Resources:
    """Look-ups made from the seeds of one dataset and the gazetteers that were added to it.

    Attributes:
        seeds: Its seed tables.
        dumps: Files of GeoNames that its user has added.
    """

    seeds: Seeds
    dumps: GeonamesFiles = NO_FILES

    @classmethod
    def of(cls, root: Path) -> Resources:
        """All resources of the dataset in a folder.

        Raises:
            KhaldunError: A seed table or an added file cannot be used.
        """
        return cls(Seeds.of(root), GeonamesFiles.of(root))

    @cached_property
    def lexicon(self) -> Lexicon:
        """Words that tell of incidents."""
        return _lexicon(self.seeds.read("lexicon"))

    @cached_property
    def type_weights(self) -> TypeWeights:
        """How much what stands in a sentence speaks for each type."""
        return _type_weights(self.seeds.read("type_weights"))

    @cached_property
    def match_weights(self) -> MatchWeights:
        """How much each way of agreeing speaks for one incident."""
        return MatchWeights.from_rows(self.seeds.rows("match_weights"))

    @cached_property
    def countries(self) -> CountryFacts:
        """Names, demonyms, clocks and weekends of countries."""
        return _countries(self.seeds.read("countries"))

    @cached_property
    def place_rows(self) -> list[Row]:
        """The dataset's own places, by place_id: those of the seeds, and below them the accepted answers of geocoders."""
        layers = (*self.seeds.rows(GEOCODES), *self.seeds.rows("places"))
        by_id = {row["place_id"]: row for row in layers}
        return [by_id[key] for key in sorted(by_id)]

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """Places by name: the dataset's own, below them those of the added dumps, below these the towns of the world."""
        world, dump = installed_world(), open_dump(self.dumps)
        rows = self.disputed.add_to(self.place_rows)
        return _gazetteer(tuple(tuple(row.items()) for row in rows), self.countries, self.common_words, world, dump)

    @cached_property
    def common_words(self) -> CommonWords:
        """What is known of single words that may be places."""
        return _common_words(self.seeds.read("common_words"), self.countries)

    def place_counts(self) -> dict[str, dict[str, int]]:
        """Places by kind in each layer of the gazetteer, the first going before those below it."""
        layers = {OWN: Counter(row["kind"] for row in self.place_rows)}
        for world in filter(None, (open_dump(self.dumps), installed_world())):
            layers[world.source()] = world.kinds()
        return {layer: {kind: kinds[kind] for kind in KIND_ORDER if kinds[kind]} for layer, kinds in layers.items()}

    @cached_property
    def disputed(self) -> DisputedTerritories:
        """Territories that several states claim."""
        return DisputedTerritories.from_rows(self.seeds.rows("disputed"))

    @cached_property
    def features(self) -> Features:
        """Seas, rivers, mountains and parts of the world."""
        return Features.from_rows(self.seeds.rows("features"))

    @cached_property
    def peoples(self) -> Peoples:
        """Names of peoples."""
        return Peoples.from_rows(self.seeds.rows("demonyms"), self.countries)

    @cached_property
    def country_points(self) -> dict[str, tuple[float, float]]:
        """A point in the middle of each country, in degrees."""
        return country_points(self.seeds.rows("country_points"))

    @cached_property
    def actors(self) -> ActorRegistry:
        """Actors by name, country and day."""
        tables = (self.seeds.read(name) for name in ("actors", "regimes", "generic_actors", "organisation_words", "local_actors"))
        return _actors(*tables, countries=self.countries)

    @cached_property
    def sources(self) -> SourceRegistry:
        """Outlets by name and address."""
        return _sources(self.seeds.read("sources"))

    @cached_property
    def corrections(self) -> tuple[Correction, ...]:
        """Values of articles, reports and events that people found wrong."""
        return corrections_from_rows(self.seeds.rows("corrections"))

    @cached_property
    def sensitivity(self) -> tuple[Marking, ...]:
        """Events, articles and outlets that a release may not show as they are."""
        return markings_from_rows(self.seeds.rows("sensitivity"))
