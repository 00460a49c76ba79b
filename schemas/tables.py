"""Every table: its key, its columns in order, which of them are never null, and the one stage that writes it.

A column is named as in schemas/columns.py; `status=report_status` means that the table calls that column `status`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from schemas.column import Column
from schemas.columns import COLUMNS

Layer = Literal["internal", "state", "release"]


@dataclass(frozen=True, kw_only=True)
class ForeignKey:
    """Columns of one table whose values must be a key in another."""

    columns: tuple[str, ...]
    table: str
    references: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Table:
    """One table.

    Attributes:
        name: Plural noun; also the file name in releases and exports.
        meaning: What one row is.
        writer: The stage that alone writes it.
        layer: `internal` tables serve the stages, `state` tables are exported, `release` tables exist in releases only.
        key: Columns that together are unique and never null.
        columns: All columns, in the order in which they are written.
        required: Columns that are never null, the key among them.
        foreign_keys: Links to other tables of the same layer.
    """

    name: str
    meaning: str
    writer: str
    layer: Layer
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    required: frozenset[str]
    foreign_keys: tuple[ForeignKey, ...] = ()

    @property
    def column_names(self) -> list[str]:
        """Names of the columns in order."""
        return [column.name for column in self.columns]

    def column(self, name: str) -> Column:
        """The column of that name; KeyError if the table has none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"table {self.name} has no column {name}")


def _columns(text: str) -> tuple[tuple[Column, ...], frozenset[str]]:
    """Columns named in `text`, and those among them marked by `!` as never null."""
    found, required = [], set()
    for word in text.split():
        name, _, described = word.rstrip("!").partition("=")
        found.append(replace(COLUMNS[described or name], name=name))
        if word.endswith("!"):
            required.add(name)
    return tuple(found), frozenset(required)


def _table(
    name: str, meaning: str, writer: str, key: str, columns: str, *, layer: Layer = "state", links: dict[str, str] | None = None
) -> Table:
    described, required = _columns(columns)
    keys = tuple(key.split())
    foreign = tuple(
        ForeignKey(columns=tuple(mine.split()), table=other.split(".")[0], references=tuple(other.split(".")[1].split()))
        for mine, other in (links or {}).items()
    )
    return Table(
        name=name, meaning=meaning, writer=writer, layer=layer, key=keys, columns=described,
        required=required | frozenset(keys), foreign_keys=foreign,
    )


_ARTICLE = """
    article_id! external_id source_id! source_name! url title text language! published_at published_day retrieved_at
    content_hash! version_of translation_of original_language
"""
_WHEN = "event_date event_date_end time_precision"
_DEATHS = """
    fatalities! fatalities_low! fatalities_high fatalities_basis! split_group deaths_actor1 deaths_actor2 deaths_civilians
    injured crowd_size
"""
_READING = "coder_kind! coder_id codebook_version! anchor_start! anchor_end! anchor_ordinal!"
_WHERE = "country iso gwno region admin1 admin2 admin3 location place_id latitude longitude geo_precision"

_CODED_REPORTS = f"""
    report_id! article_id! {_READING} status=report_status! is_background! {_WHEN} sub_event_type!
    actor1_mention assoc_actor_1_mention actor2_mention assoc_actor_2_mention initiator!
    location_mention location_relation country admin1 latitude longitude
    {_DEATHS} tags notes confidence! needs_review
"""
_REPORTS = f"""
    report_id! article_id! {_READING} status=report_status! is_background! {_WHEN} disorder_type! event_type! sub_event_type!
    actor1 actor1_id assoc_actor_1 inter1 actor2 actor2_id assoc_actor_2 inter2 interaction initiator! civilian_targeting
    {_WHERE} {_DEATHS} tags notes confidence! needs_review
"""
_EVIDENCE = "report_id! field! ordinal! part! start! end! rule_id! attribution! value"
_CORRECTION = "correction_id! table! key! column=corrected_column! expected value=corrected_value reason! source=correction_source! made_on!"
_CANDIDATES = "article_id! part! start! end! rule_id! gate! value"

_ACLED_COLUMNS = """
    event_date! year! time_precision! disorder_type! event_type! sub_event_type! actor1! assoc_actor_1 inter1! actor2
    assoc_actor_2 inter2 interaction! civilian_targeting iso! region! country! admin1 admin2 admin3 location! latitude!
    longitude! geo_precision! source! source_scale! notes! fatalities! tags
"""
_OUR_COLUMNS = """
    event_date_end initiator! actor1_id actor2_id gwno place_id fatalities_low! fatalities_high fatalities_basis!
    split_group deaths_actor1 deaths_actor2 deaths_civilians injured crowd_size acled_unit_id! n_reports! n_sources!
    is_retrospective! confidence! needs_review sensitivity! status=event_status!
"""

_TABLES = [
    # ingest
    _table("read_articles", "One record of a raw file, as read.", "read", "origin",
           _ARTICLE + "status=article_status! problem origin! record_hash!", layer="internal"),
    _table("ingest_problems", "One thing found wrong, or to review, while a raw file was read.", "read", "origin code",
           "origin! code! action! article_id message!", layer="state"),
    _table("article_versions", "One record of an article of which raw files hold several.", "versions", "article_id origin",
           "article_id! origin! content_hash! outcome!", layer="state"),
    _table("articles", "One article as it now reads.", "ingest", "article_id",
           _ARTICLE + "status=article_status! problem", layer="state"),
    _table("anchored_corrections", "One correction of an article or report, found in its article.", "ingest", "correction_id article_id",
           f"{_CORRECTION} article_id! anchor_start anchor_end", layer="internal"),
    _table("corrections", "One correction of a single value that is in force.", "corrections", "correction_id", f"{_CORRECTION} article_id"),
    _table("decisions", "One decision of a person, as read from data/raw/decisions.", "decisions", "decision_id",
           "decision_id! kind! supersedes article_id content_hash coder_id! decided_at! codebook_version! is_current! body!"),
    _table("decision_problems", "One line of a decision file that could not be used.", "decisions", "origin code",
           "origin! code! action! article_id message!"),
    # code
    _table("rule_reports", "One incident as the rules read it in one article.", "code", "report_id", _CODED_REPORTS, layer="internal"),
    _table("rule_evidence", "Words on which one value of a rule report rests.", "code", "report_id field ordinal", _EVIDENCE, layer="internal"),
    _table("rejected_candidates", "Words that looked like an incident and the gate that turned them down.", "code",
           "article_id part start rule_id", _CANDIDATES),
    _table("coding_keys", "What the rule coder saw of an article, as a hash.", "code", "article_id", "article_id! coding_key!", layer="internal"),
    _table("coded_reports", "One incident as one coder, rules or human, read it in one article.", "decide", "report_id", _CODED_REPORTS),
    _table("coded_evidence", "Words on which one value of a coded report rests.", "decide", "report_id field ordinal", _EVIDENCE),
    _table("article_decisions", "What was decided about a whole article.", "decide", "article_id", "article_id! decision! reason"),
    _table("decision_anchors", "Where the words that a decision names stand now.", "decide", "decision_id side",
           "decision_id! side! article_id! report_id matched_by! reason"),
    # locate
    _table("reports", "One incident as one coder read it in one article, placed and with its actors named.", "locate", "report_id",
           _REPORTS, links={"article_id": "articles.article_id"}),
    _table("evidence", "Words on which one value of a report rests.", "locate", "report_id field ordinal", _EVIDENCE,
           links={"report_id": "reports.report_id"}),
    _table("report_corrections", "One correction of a report and the report that it was made in.", "locate", "correction_id",
           "correction_id! article_id! report_id!"),
    # sign
    _table("article_signatures", "The text of one article in brief, to be compared with others.", "sign", "article_id",
           "article_id! wording_hash n_shingles! signature!", layer="internal"),
    # match
    _table("article_families", "One article and the text that it copies or continues.", "match", "article_id",
           "article_id! family_id! relation! similarity", links={"article_id": "articles.article_id"}),
    _table("pairs", "Two reports that were compared.", "match", "report_id_l report_id_r",
           "report_id_l! report_id_r! score! outcome=pair_outcome! reasons!",
           links={"report_id_l": "reports.report_id", "report_id_r": "reports.report_id"}),
    _table("event_reports", "One report that belongs to an event.", "match", "report_id",
           "event_id! report_id! article_id! source_id! url role! score! reasons",
           links={"event_id": "events.event_id", "report_id": "reports.report_id", "article_id": "articles.article_id"}),
    _table("merged_events", "One incident as its reports tell it, before the checks.", "match", "event_id",
           f"event_id! {_ACLED_COLUMNS} {_OUR_COLUMNS}", layer="internal"),
    # check
    _table("events", "One incident as its reports tell it, with a provisional id.", "check", "event_id",
           f"event_id! {_ACLED_COLUMNS} {_OUR_COLUMNS}"),
    _table("problems", "One row that a check found wrong or worth a look.", "check", "rule table key",
           "rule! severity! table! key! message!"),
    # publish
    _table("released_events", "One incident as its reports tell it.", "publish", "event_id_cnty",
           f"event_id_cnty! {_ACLED_COLUMNS} timestamp! event_id! {_OUR_COLUMNS} first_release! last_changed_release!", layer="release"),
    _table("released_articles", "One article, without its words.", "publish", "article_id",
           "article_id! source_id! url published_day content_hash!", layer="release", links={"source_id": "sources.source_id"}),
    _table("changes", "One difference from the previous release.", "publish", "event_id change column",
           "event_id! change! cause! column! old new inputs", layer="release"),
    _table("tombstones", "One event id that is gone: for good, or `withheld` and perhaps to return.", "publish", "event_id",
           "event_id! removed_in! merged_into reason!", layer="release"),
    _table("errata", "One correction of a single value in this release.", "publish", "correction_id", _CORRECTION, layer="release"),
    _table("coverage", "What one outlet gave for one country in one month.", "publish", "source_id country month",
           "source_id! country! month! n_articles! n_reports=n_month_reports! n_events! n_withheld!", layer="release",
           links={"source_id": "sources.source_id"}),
    _table("actors", "One actor that a row of this dataset may name.", "publish", "actor_id",
           "actor_id! name! kind=actor_kind! inter! country valid_from valid_to parent successor aliases ucdp_id wikidata_id",
           layer="release"),
    _table("sources", "One outlet.", "publish", "source_id",
           "source_id! names! domains country type=source_type language ownership licence active_from active_to disclosure! reach",
           layer="release"),
]

TABLES: dict[str, Table] = {table.name: table for table in _TABLES}

RELEASE_TABLES: dict[str, Table] = {
    "events": TABLES["released_events"],
    "articles": TABLES["released_articles"],
    **{name: TABLES[name] for name in ("reports", "evidence", "event_reports", "actors", "sources", "coverage", "changes", "errata", "tombstones")},
}
"""The tables of a release folder under the names they have there."""

ACLED_COLUMN_NAMES: tuple[str, ...] = tuple(TABLES["released_events"].column_names[:31])
"""The columns of an ACLED export in order: existing scripts find them at the front of events."""
