"""Every column of every table, once.

Tables (schemas/tables.py) name the columns they hold and which of them may be null; pandera models, pyarrow schemas, the
codebook and the Table Schema are all made from here.
"""

from __future__ import annotations

from collections.abc import Iterable

from schemas.column import Column
from schemas.taxonomy import (
    ACTOR_CLASSES,
    COUNTRIES,
    DISORDER_TYPES,
    EVENT_TYPES,
    GEO_PRECISIONS,
    INTERACTIONS,
    REGIONS,
    SUB_EVENT_TYPES,
    TIME_PRECISIONS,
)

ACLED = "ACLED codebook (2024)"
UCDP = "UCDP GED codebook 23.1"

VICTIMS = "victims"
"""Field of evidence for words that name victims: no column holds them, since private persons are not named."""

TARGET = "target"
"""Field of evidence for words that say whom or what an act met, people or things; like those for victims, they fill no column."""

ARTICLE_ID = r"art-[0-9a-f]{20}"
REPORT_ID = r"rep-[0-9a-f]{20}"
EVENT_ID = r"KHD-[A-Z]{3}-[0-9]{6,}|TMP-[0-9a-f]{20}"
LIST_OF_NAMES = r"[^;\s](?:[^;]*[^;\s])?(?:; [^;\s](?:[^;]*[^;\s])?)*"


def _column(name: str, type_: str, meaning: str, **more: object) -> Column:
    return Column(name=name, type=type_, meaning=meaning, **more)  # type: ignore[arg-type]


IDENTITY = [
    _column("article_id", "string", "Permanent id of an article, made from its source and its id, address or text.", pattern=ARTICLE_ID),
    _column("report_id", "string", "Permanent id of one incident as one coder read it in one article.", pattern=REPORT_ID),
    _column("event_id", "string", "Permanent id of an event; `TMP-` before the first release that holds it.", pattern=EVENT_ID),
    _column("event_id_cnty", "string", "The same id as event_id, under the name that existing scripts expect.", pattern=EVENT_ID, source=ACLED),
    _column("acled_unit_id", "string", "Shared by the events that ACLED would write as one row: same day, place, actors and event type."),
]

ARTICLES = [
    _column("external_id", "string", "The id that the article came with, unchanged."),
    _column("source_id", "string", "Key of the outlet in the table of sources; made from its name if it is not registered.", pattern=r"[a-z0-9]+(-[a-z0-9]+)*"),
    _column("source_name", "string", "Name of the outlet as the article gave it."),
    _column("url", "string", "Address of the article."),
    _column("title", "string", "Headline, NFC."),
    _column("text", "string", "Whole text, NFC; all offsets count code points of it."),
    _column("language", "string", "Language of the text as given, an ISO 639 code.", pattern=r"[a-z]{2,3}(-[A-Za-z0-9]+)*"),
    _column("published_at", "moment", "Moment of publication, if the article gave a time of day.", unit="UTC"),
    _column("published_day", "date", "Day of publication where the outlet sits."),
    _column("retrieved_at", "moment", "Moment at which the bytes were received, if the sidecar says so.", unit="UTC"),
    _column("content_hash", "string", "SHA-256 of the stored text.", pattern=r"[0-9a-f]{64}"),
    _column("record_hash", "string", "SHA-256 of all that a record gave, so that copies of one record are told from others.", pattern=r"[0-9a-f]{64}"),
    _column("version_of", "string", "article_id or external id of the article that this one is a new version of."),
    _column("translation_of", "string", "article_id or external id of the article that this one translates."),
    _column("original_language", "string", "Language that the text was translated from."),
    _column("article_status", "string", "Whether the article is coded: `ok`, or `quarantined` with its problem.", allowed=("ok", "quarantined")),
    _column("problem", "string", "Code of what is wrong with the article, or of what to review in it."),
    _column("origin", "string", "File below data/raw and line or row in it, as `path:line`."),
    _column("outcome", "string", "What became of it; the table says which values there are."),
]

CODING = [
    _column("coder_kind", "string", "Who read the article.", allowed=("rules", "human", "adjudicated", "legacy")),
    _column("coder_id", "string", "Pseudonym of the coder; renumbered in releases."),
    _column("codebook_version", "string", "Version of the coding rules that were applied."),
    _column("anchor_start", "integer", "First code point of the sentence that first tells the incident.", minimum=0),
    _column("anchor_end", "integer", "Code point after that sentence.", minimum=0),
    _column("anchor_ordinal", "integer", "0 for the first incident anchored at this sentence, 1 for the second.", minimum=0),
    _column("report_status", "string", "Whether the report takes part: superseded and rejected ones do not.", allowed=("candidate", "accepted", "rejected", "superseded")),
    _column("is_background", "boolean", "True if the article recalls the incident and does not newly report it."),
    _column("rule_id", "string", "Rule that gave the value, or `human`."),
    _column("confidence", "number", "How sure the coder is that the report is right, from 0 to 1.", minimum=0, maximum=1),
    _column("needs_review", "string", "Codes of the reasons to look at the report, joined by `; `.", pattern=LIST_OF_NAMES),
    _column("coding_key", "string", "Hash of all that the rule coder saw of the article: equal keys give equal reports."),
    _column("decision", "string", "What was decided about the whole article.", allowed=("relevant", "no_event", "unreadable", "needs_translation")),
    _column("reason", "string", "Why, in words or as a code."),
]

TIME = [
    _column("event_date", "date", "Day of the event; the middle or the first day of a span.", source=ACLED),
    _column("event_date_end", "date", "Last day, if the event spans several."),
    _column("year", "integer", "Year of event_date.", minimum=1900, maximum=2200, source=ACLED),
    _column("time_precision", "integer", "1 the day is known, 2 a week or a similar span, 3 only the month.", allowed=tuple(TIME_PRECISIONS), source=ACLED),
]

TYPES = [
    _column("disorder_type", "string", "Follows from sub_event_type.", allowed=tuple(DISORDER_TYPES), source=ACLED),
    _column("event_type", "string", "Follows from sub_event_type.", allowed=tuple(EVENT_TYPES), source=ACLED),
    _column("sub_event_type", "string", "What happened, one of 25 kinds.", allowed=tuple(SUB_EVENT_TYPES), source=ACLED),
    _column("civilian_targeting", "string", "Set where civilians were the main or only target.", allowed=("Civilians targeted",), source=ACLED),
]

_CLASS_LABELS = tuple(actor_class.label for actor_class in ACTOR_CLASSES.values())
_INTERACTION_LABELS = tuple(interaction.label for interaction in INTERACTIONS.values())

ACTORS = [
    _column("actor1", "string", "First actor; for one-sided acts the one who acts.", source=ACLED),
    _column("assoc_actor_1", "string", "Allies in the act or identities of actor1's people, joined by `; `.", pattern=LIST_OF_NAMES, source=ACLED),
    _column("inter1", "string", "Class of actor1.", allowed=_CLASS_LABELS, source=ACLED),
    _column("actor2", "string", "Second actor, the target of one-sided acts; null where there is none.", source=ACLED),
    _column("assoc_actor_2", "string", "Allies or identities on the side of actor2, joined by `; `.", pattern=LIST_OF_NAMES, source=ACLED),
    _column("inter2", "string", "Class of actor2; null without one.", allowed=_CLASS_LABELS, source=ACLED),
    _column("interaction", "string", "The two classes in class order, or `<class> only`.", allowed=_INTERACTION_LABELS, source=ACLED),
    _column("initiator", "string", "Which side began; order of the actors says nothing about it.", allowed=("actor1", "actor2", "unknown")),
    _column("actor1_id", "string", "Key of actor1 in the table of actors; null for a name the registry lacks."),
    _column("actor2_id", "string", "Key of actor2 in the table of actors; null for a name the registry lacks."),
    _column("actor1_mention", "string", "Words of the article that name actor1."),
    _column("assoc_actor_1_mention", "string", "Words that name those beside actor1, joined by `; `."),
    _column("actor2_mention", "string", "Words of the article that name actor2."),
    _column("assoc_actor_2_mention", "string", "Words that name those beside actor2, joined by `; `."),
]

PLACE = [
    _column("iso", "integer", "ISO 3166-1 numeric code of the country; 0 for Kosovo, which has none.", minimum=0, maximum=999, source=ACLED),
    _column("gwno", "integer", "Gleditsch-Ward number of the country; null for territories that are no state.", minimum=1, maximum=999, source=UCDP),
    _column("region", "string", "Region of the world, follows from country.", allowed=tuple(REGIONS), source=ACLED),
    _column("country", "string", "Country or territory in which the event took place.", allowed=tuple(COUNTRIES), source=ACLED),
    _column("admin1", "string", "Largest sub-national unit, by name.", source=ACLED),
    _column("admin2", "string", "Second sub-national unit, by name.", source=ACLED),
    _column("admin3", "string", "Third sub-national unit, by name.", source=ACLED),
    _column("location", "string", "Named place, or `City - District`.", source=ACLED),
    _column("place_id", "string", "Key of the gazetteer entry that the place stands for; the province where only that is known."),
    _column("latitude", "number", "WGS 84, at most 4 decimals: the point stands for a place, not a street.", unit="degrees", minimum=-90, maximum=90, source=ACLED),
    _column("longitude", "number", "WGS 84, at most 4 decimals.", unit="degrees", minimum=-180, maximum=180, source=ACLED),
    _column("geo_precision", "integer", "1 the named place, 2 near it or part of a region, 3 a large region at its capital.", allowed=tuple(GEO_PRECISIONS), source=ACLED),
    _column("location_mention", "string", "Words of the article that name the place."),
    _column("location_relation", "string", "How the incident lies to the place named.", allowed=("in", "near")),
]

CASUALTIES = [
    _column("fatalities", "integer", "Reported deaths on all sides; 0 if none are mentioned.", unit="people", minimum=0, source=ACLED),
    _column("fatalities_low", "integer", "Lowest number of deaths the words allow.", unit="people", minimum=0, source=UCDP),
    _column("fatalities_high", "integer", "Highest number of deaths the words allow; null if open.", unit="people", minimum=0, source=UCDP),
    _column("fatalities_basis", "string", "What the number of deaths rests on.", allowed=("stated", "none_mentioned", "explicit_none", "word_estimate", "shared_total")),
    _column("split_group", "string", "Shared by the reports among which one total was divided."),
    _column("deaths_actor1", "integer", "Dead on the side of actor1.", unit="people", minimum=0, source=UCDP),
    _column("deaths_actor2", "integer", "Dead on the side of actor2.", unit="people", minimum=0, source=UCDP),
    _column("deaths_civilians", "integer", "Dead civilians.", unit="people", minimum=0, source=UCDP),
    _column("injured", "integer", "Wounded people; never counted as deaths.", unit="people", minimum=0),
    _column("crowd_size", "integer", "Number of participants, if a number is given.", unit="people", minimum=0),
]

TEXTS = [
    _column("source", "string", "Outlets whose reports make the event, in alphabetical order, joined by `; `.", pattern=LIST_OF_NAMES, source=ACLED),
    _column("source_scale", "string", "Reach of the outlets: one scale, or the most local and the widest joined by a hyphen.", source=ACLED),
    _column("notes", "string", "Short factual summary, written from the coded values.", source=ACLED),
    _column("tags", "string", "Further traits, joined by `; `.", pattern=LIST_OF_NAMES, source=ACLED),
    _column("timestamp", "big_integer", "Date of the release that last changed the row.", unit="seconds since 1970-01-01 UTC", source=ACLED),
]

EVIDENCE = [
    _column("field", "string", "Column that the words support; `victims` for the words that name the dead and wounded and `target` for those that say whom or what an act met, which no column holds."),
    _column("ordinal", "integer", "Position among the pieces of evidence for one field.", minimum=0),
    _column("part", "string", "Part of the article that the offsets count in.", allowed=("title", "text")),
    _column("start", "integer", "First code point of the words.", minimum=0),
    _column("end", "integer", "Code point after the words.", minimum=0),
    _column("attribution", "string", "Who vouches for it: the outlet itself, or somebody it cites.", allowed=("asserted", "claimed", "denied", "suspected")),
    _column("value", "string", "Value that was read from the words."),
    _column("gate", "string", "Gate that turned the candidate down, for example `planned` or `sport`."),
]

MATCHING = [
    _column("wording_hash", "string", "Hash of the words of the text, whatever their case, spacing and punctuation and the agency named at its head.", pattern=r"[0-9a-f]{32}"),
    _column("n_shingles", "integer", "Distinct runs of three words in the text.", minimum=0),
    _column("signature", "string", "The smallest hashes of these runs, as base64: near-copies are found by it without the text.", pattern=r"[A-Za-z0-9+/]{512}"),
    _column("family_id", "string", "Shared by the articles that are copies or versions of one text."),
    _column("relation", "string", "What the article is within its family.", allowed=("original", "copy", "edited", "update", "translation")),
    _column("similarity", "number", "Share of the words, three in a row, of the shorter text that stand in the other: the article's text and the original's, from 0 to 1; null if not measured.", minimum=0, maximum=1),
    _column("report_id_l", "string", "First report of the pair.", pattern=REPORT_ID),
    _column("report_id_r", "string", "Second report of the pair.", pattern=REPORT_ID),
    _column("pair_outcome", "string", "Whether the two tell one incident.", allowed=("same", "doubtful", "different", "human_same", "human_different")),
    _column("score", "number", "How well the report fits, from 0 to 1.", minimum=0, maximum=1),
    _column("reasons", "string", "What speaks for and against, joined by `; `."),
    _column("role", "string", "What the report is within its event.", allowed=("primary", "update", "background", "copy")),
]

EVENTS = [
    _column("n_reports", "integer", "Reports that make the event.", minimum=1),
    _column("n_sources", "integer", "Independent outlets: copies, translations and new versions of one text do not count.", minimum=1),
    _column("is_retrospective", "boolean", "True if only background reports tell the event."),
    _column("sensitivity", "string", "How openly the row may be published.", allowed=("open", "coarsen", "withhold")),
    _column("event_status", "string", "`final` once a person accepted it and, in a release, signed its country off up to that day; else `candidate`.", allowed=("candidate", "final")),
    _column("first_release", "string", "Release in which the event first appeared."),
    _column("last_changed_release", "string", "Release in which a value of the event last changed."),
]

PROBLEMS = [
    _column("rule", "string", "Code of the check."),
    _column("severity", "string", "`hard`: the row is wrong; `soft`: the row is to be looked at.", allowed=("hard", "soft")),
    _column("table", "string", "Table that the row stands in."),
    _column("key", "string", "Key of the row."),
    _column("message", "string", "What was found, and what to do."),
    _column("code", "string", "Code of the reason."),
    _column("action", "string", "`quarantined`: not coded; `review`: coded, but to be looked at; `counted`: nothing is lost.", allowed=("quarantined", "review", "counted")),
]

DECISIONS = [
    _column("decision_id", "string", "Id of the decision, given by whoever wrote it."),
    _column("kind", "string", "Kind of decision.", allowed=("coding", "no_event", "adjudication", "pair", "attach", "place", "event_override", "sign_off")),
    _column("supersedes", "string", "decision_id that this one replaces."),
    _column("decided_at", "moment", "Moment of the decision.", unit="UTC"),
    _column("is_current", "boolean", "False if another decision supersedes this one, or if it is a draft: then it takes no part."),
    _column("body", "string", "The rest of the decision as JSON, keys sorted."),
    _column("side", "integer", "0 for the first anchor that a decision names, 1 for the second.", minimum=0),
    _column("matched_by", "string", "How the anchor was found in the present text.", allowed=("offset", "words", "stale")),
]

CORRECTIONS = [
    _column("correction_id", "string", "Id of the correction, given by whoever made it."),
    _column("corrected_column", "string", "Column that was wrong."),
    _column("expected", "string", "Wrong value, as text; null if it was missing."),
    _column("corrected_value", "string", "Right value, as text; null if there is none."),
    _column("correction_source", "string", "What the right value rests on."),
    _column("made_on", "date", "Day on which the correction was made."),
]

RELEASES = [
    _column("change", "string", "What happened to the event since the previous release.", allowed=("added", "revised", "evidence_added", "removed", "merged", "split")),
    _column("cause", "string", "Why.", allowed=("membership", "decision", "correction", "recoded", "recipe", "sensitivity")),
    _column("column", "string", "Column that was revised; `*` where the change concerns the whole row."),
    _column("old", "string", "Value before, as text; for `split` the id that the event came from."),
    _column("new", "string", "Value now, as text; for `merged` the id that the event went into."),
    _column("inputs", "string", "For `recoded` the inputs that differ between the two releases, for `correction` the ids of the corrections; joined by `; `."),
    _column("merged_into", "string", "Event that took over the reports of the one that is gone.", pattern=EVENT_ID),
    _column("removed_in", "string", "Release from which the event is missing."),
    _column("month", "string", "Month, as YYYY-MM.", pattern=r"[0-9]{4}-[0-9]{2}"),
    _column("n_articles", "integer", "Articles of the outlet published in the month.", minimum=0),
    _column("n_month_reports", "integer", "Reports of incidents in the country that those articles gave.", minimum=0),
    _column("n_withheld", "integer", "Events likewise that the release may not show.", minimum=0),
    _column("n_events", "integer", "Events in the country of the month to which the outlet contributed.", minimum=0),
]

REGISTRIES = [
    _column("actor_id", "string", "Key of the actor."),
    _column("name", "string", "Name in full, as it stands in actor1 and actor2."),
    _column("actor_kind", "string", "Kind of actor.", allowed=("state", "unit", "armed_group", "generic", "mission", "government", "party")),
    _column("inter", "integer", "Class at home.", allowed=tuple(ACTOR_CLASSES), source=ACLED),
    _column("valid_from", "date", "First day of the name."),
    _column("valid_to", "date", "Last day of the name; null if it still holds."),
    _column("parent", "string", "Key of the front or force that the actor is a part of."),
    _column("successor", "string", "Key of what the actor became."),
    _column("ucdp_id", "string", "Number of the actor in UCDP's list."),
    _column("wikidata_id", "string", "Item of the actor in Wikidata."),
    _column("aliases", "string", "Other names, joined by `; `."),
    _column("names", "string", "Names of the outlet, the usual first, joined by `; `."),
    _column("domains", "string", "Web domains of the outlet, joined by `; `."),
    _column("source_type", "string", "Kind of source.", allowed=("agency", "newspaper", "broadcaster", "online", "ngo", "international", "government", "armed_group", "local_partner", "new_media", "other")),
    _column("reach", "string", "How far the outlet reports: source_scale is computed from it and the event's country."),
    _column("ownership", "string", "Who owns the outlet.", allowed=("state", "public", "private", "party", "nonprofit", "unknown")),
    _column("licence", "string", "Terms under which the outlet's articles may be used."),
    _column("active_from", "date", "First day on which the outlet was read."),
    _column("active_to", "date", "Last day on which the outlet was read."),
    _column("disclosure", "string", "How the outlet is named in releases.", allowed=("open", "undisclosed")),
]


def _once(groups: Iterable[list[Column]]) -> dict[str, Column]:
    found: dict[str, Column] = {}
    for group in groups:
        for column in group:
            if column.name in found:
                raise ValueError(f"column {column.name} is described twice")
            found[column.name] = column
    return found


COLUMNS: dict[str, Column] = _once([
    IDENTITY, ARTICLES, CODING, TIME, TYPES, ACTORS, PLACE, CASUALTIES, TEXTS, EVIDENCE, MATCHING, EVENTS, PROBLEMS, DECISIONS,
    CORRECTIONS, RELEASES, REGISTRIES,
])
