"""All resources of a dataset, each loaded when first asked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from pipeline.resources.actors import ActorRegistry
from pipeline.resources.common_words import CommonWords
from pipeline.resources.countries import CountryFacts
from pipeline.resources.gazetteer import Gazetteer
from pipeline.resources.lexicon import Lexicon
from pipeline.resources.seeds import GEOCODES, Row, Seeds
from pipeline.resources.sources import SourceRegistry
from pipeline.resources.world import installed_world


@dataclass(frozen=True)
class Resources:
    """Look-ups made from the seeds of one dataset."""

    seeds: Seeds

    @cached_property
    def lexicon(self) -> Lexicon:
        """Words that tell of incidents."""
        return Lexicon.from_rows(self.seeds.rows("lexicon"))

    @cached_property
    def countries(self) -> CountryFacts:
        """Names, demonyms, clocks and weekends of countries."""
        return CountryFacts.from_rows(self.seeds.rows("countries"))

    @cached_property
    def place_rows(self) -> list[Row]:
        """The dataset's own places, by place_id: those of the seeds, and below them the accepted answers of geocoders."""
        layers = (*self.seeds.rows(GEOCODES), *self.seeds.rows("places"))
        by_id = {row["place_id"]: row for row in layers}
        return [by_id[key] for key in sorted(by_id)]

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """Places by name: the dataset's own, and below them the towns of the world."""
        words = CommonWords.from_rows(self.seeds.rows("common_words"), self.countries.demonyms())
        return Gazetteer.from_rows(self.place_rows, self.countries, (installed_world(), words))

    @cached_property
    def actors(self) -> ActorRegistry:
        """Actors by name, country and day."""
        return ActorRegistry.from_rows(
            self.seeds.rows("actors"), self.seeds.rows("regimes"), self.seeds.rows("generic_actors"), self.countries
        )

    @cached_property
    def sources(self) -> SourceRegistry:
        """Outlets by name and address."""
        return SourceRegistry.from_rows(self.seeds.rows("sources"))
