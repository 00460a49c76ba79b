"""Decision files: every good line is read, every bad one is told of, and nothing depends on their order."""

import copy
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest.decisions import read_decisions
from pipeline.resources.decision_bodies import BODIES, EventOverride, EventValues
from pipeline.resources.decisions import read_current
from schemas.tables import TABLES

DOCUMENT = Path(__file__).parents[2] / "docs" / "decisions.md"


def documented() -> dict[str, dict]:
    """The example decisions of the documentation by id."""
    blocks = re.findall(r"```json\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    lines = [json.loads(line) for block in blocks for line in block.splitlines()]
    return {line["decision_id"]: line for line in lines if "decision_id" in line}


def of_kind(kind: str) -> dict:
    return copy.deepcopy(next(line for line in documented().values() if line["kind"] == kind))


def lines_of(*decisions: dict) -> bytes:
    return b"".join(json.dumps(decision).encode() + b"\n" for decision in decisions)


def read(*decisions: dict | bytes):
    raw = b"".join(each if isinstance(each, bytes) else lines_of(each) for each in decisions)
    result = read_decisions({"decisions/a.jsonl": raw})
    return result["decisions"], result["decision_problems"]


def test_every_documented_line_is_valid_and_every_kind_is_documented():
    decisions, problems = read(*documented().values())
    assert problems.empty, problems["message"].tolist()
    assert set(decisions["kind"]) == set(BODIES)
    assert decisions["decision_id"].tolist() == sorted(documented())
    assert list(decisions.loc[decisions["article_id"].isna(), "kind"]) == ["sign_off"]


def test_the_documentation_names_every_value_and_code():
    text = DOCUMENT.read_text(encoding="utf-8")
    source = Path("pipeline/ingest/decisions.py")
    codes = set(re.findall(r'"((?:decision|supersedes)_[a-z_]+)"', (DOCUMENT.parents[1] / source).read_text(encoding="utf-8")))
    missing = [
        name for name in [*EventValues.model_fields, *codes - {"decision_id", "decision_problems"}] if f"`{name}`" not in text
    ]
    assert missing == []


def test_rows_hold_header_and_canonical_body():
    line = of_kind("no_event")
    decisions, _ = read(json.dumps(dict(reversed(line.items()))).encode())
    row = decisions.iloc[0]
    assert row["body"] == '{"decision":"no_event","reason":"An opening ceremony."}'
    assert (row["article_id"], row["content_hash"], row["coder_id"]) == (line["article_id"], line["content_hash"], "coder-01")
    assert row["decided_at"].isoformat() == "2023-03-20T09:30:00+00:00"
    assert list(decisions.columns) == TABLES["decisions"].column_names


def test_moments_are_kept_in_utc():
    decisions, _ = read(of_kind("no_event") | {"decided_at": "2023-03-20T12:30:00+03:00"})
    assert decisions["decided_at"].iloc[0].isoformat() == "2023-03-20T09:30:00+00:00"


def test_text_is_made_nfc_even_where_it_is_escaped():
    decisions, _ = read(of_kind("no_event") | {"reason": "cafe\u0301"})
    assert json.loads(decisions["body"].iloc[0])["reason"] == "caf\u00e9"


def change(kind: str, /, **new) -> dict:
    line = of_kind(kind)
    for path, value in new.items():
        *keys, last = path.split("__")
        inner = line
        for key in keys:
            inner = inner[int(key)] if key.isdigit() else inner[key]
        if value is ...:
            del inner[last]
        else:
            inner[last] = value
    return line


@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        (b"\n\n{ not json\n", "decision_unreadable", "a.jsonl:3: not a JSON object"),
        (b"[1, 2]\n", "decision_unreadable", "not a JSON object"),
        (b'{"kind": "caf\xe9"}\n', "decision_unreadable", "save the file as UTF-8"),
        (b'{"kind": "pair", "kind": "pair"}\n', "decision_unreadable", "twice"),
        (b'{"kind": "pair", "reason": NaN}\n', "decision_unreadable", "NaN"),
        (b'{"kind": "pair", "reason": "\\ud800"}\n', "decision_unreadable", "surrogate"),
        (b"[" * 100_000 + b"\n", "decision_unreadable", "not a JSON object"),
        (change("no_event", kind="opinion"), "decision_invalid", "kind is 'opinion'"),
        (change("no_event", kind=...), "decision_invalid", "kind is None"),
        (change("no_event", kind=[1]), "decision_invalid", "kind is [1]"),
        (change("no_event", format_version=2), "decision_invalid", "format_version"),
        (change("no_event", format_version=...), "decision_invalid", "format_version"),
        (change("no_event", decided_at="2023-03-20T09:30:00"), "decision_invalid", "decided_at"),
        (change("no_event", decided_at=1679304600), "decision_invalid", "decided_at"),
        (change("no_event", coder_id="Jane Doe"), "decision_invalid", "coder_id"),
        (change("no_event", coder_id=...), "decision_invalid", "coder_id"),
        (change("no_event", article_id=...), "decision_invalid", "article_id is missing"),
        (change("no_event", content_hash=...), "decision_invalid", "content_hash is missing"),
        (change("no_event", comment="x"), "decision_invalid", "comment: unknown key"),
        (change("no_event", decision="maybe"), "decision_invalid", "decision"),
        (change("no_event", supersedes="d-0004"), "decision_invalid", "cannot supersede itself"),
        (change("coding", events=...), "decision_invalid", "events"),
        (
            change("coding", events__0__values__sub_event_type="Clash"),
            "decision_invalid",
            "events.0.values.sub_event_type: 'Clash'",
        ),
        (change("coding", events__0__values__sub_event_type=...), "decision_invalid", "sub_event_type is missing"),
        (change("coding", events__0__values__country="Atlantis"), "decision_invalid", "no country"),
        (change("coding", events__0__values__fatalities=2.5), "decision_invalid", "fatalities"),
        (change("coding", events__0__values__fatalities=True), "decision_invalid", "fatalities"),
        (change("coding", events__0__values__fatalities=3_000_000_000), "decision_invalid", "fatalities"),
        (change("coding", events__0__values__fatalities_high=1), "decision_invalid", "must rise"),
        (change("coding", events__0__values__event_date="14 March"), "decision_invalid", "event_date"),
        (change("coding", events__0__values__event_date_end="2023-03-01"), "decision_invalid", "not later"),
        (change("coding", events__0__values__latitude=34.5), "decision_invalid", "together"),
        (change("coding", events__0__values__tags="a;b"), "decision_invalid", "tags"),
        (change("coding", events__0__values__deaths=3), "decision_invalid", "unknown key"),
        (change("coding", events__0__anchor__part="title"), "decision_invalid", "an anchor lies in the text"),
        (change("coding", events__0__anchor__end=0), "decision_invalid", "does not lie behind"),
        (change("coding", events__0__anchor__words="  "), "decision_invalid", "blank"),
        (change("coding", events__0__anchor__before="x" * 33), "decision_invalid", "before"),
        (change("coding", events__0__evidence__0__field="weather"), "decision_invalid", "no name of a value"),
        (change("adjudication", settles=[]), "decision_invalid", "settles"),
        (change("adjudication", reason=...), "decision_invalid", "reason"),
        (change("pair", verdict="perhaps"), "decision_invalid", "verdict"),
        (change("pair", article_id="art-" + "0" * 20), "decision_invalid", "differs"),
        (change("attach", content_hash=...), "decision_invalid", "attach: give content_hash"),
        (change("place", latitude=...), "decision_invalid", "give place_id, or name"),
        (change("place", place_id="karsa"), "decision_invalid", "not both"),
        (change("event_override", field="event_type"), "decision_invalid", "event_type"),
        (change("event_override", value="four"), "decision_invalid", "expected a whole number"),
        (change("event_override", value=-1), "decision_invalid", "expected 0"),
        (change("event_override", value=None), "decision_invalid", "never empty"),
        (change("event_override", field="event_date", value="2023-02-30"), "decision_invalid", "YYYY-MM-DD"),
        (change("event_override", field="sub_event_type", value="Clash"), "decision_invalid", "allowed are"),
        (change("event_override", field="latitude", value=True), "decision_invalid", "expected a number"),
        (change("event_override", source=...), "decision_invalid", "source"),
    ],
)
def test_a_bad_line_is_told_of_and_stops_no_other(line, code, told):
    good = of_kind("no_event") | {"decision_id": "good"}
    decisions, problems = read(line, good)
    assert decisions["decision_id"].tolist() == ["good"]
    assert problems[["code", "action"]].values.tolist() == [[code, "quarantined"]]
    message = problems["message"].iloc[0]
    assert told in message
    assert message.startswith(problems["origin"].iloc[0])
    assert "docs/decisions.md" in message


@pytest.mark.parametrize("field,value", [("actor2", None), ("event_date", "2023-03-15"), ("latitude", 34), ("status", "final")])
def test_overrides_take_values_that_fit_their_column(field, value):
    decisions, problems = read(change("event_override", field=field, value=value))
    assert problems.empty
    assert read_current(decisions, EventOverride)[0].body.value == value


def test_overridable_columns_exist_in_events():
    decisions, _ = read(of_kind("event_override"))
    assert not decisions.empty
    from pipeline.resources.decision_bodies import OVERRIDABLE

    assert set(OVERRIDABLE) <= set(TABLES["merged_events"].column_names)


def test_windows_line_ends_and_byte_order_mark_are_read():
    decisions, problems = read(b"\xef\xbb\xbf" + json.dumps(of_kind("no_event")).encode() + b"\r\n\r\n")
    assert (len(decisions), len(problems)) == (1, 0)


def test_the_same_line_twice_counts_once():
    line = of_kind("no_event")
    result = read_decisions({"decisions/b.jsonl": lines_of(dict(reversed(line.items()))), "decisions/a.jsonl": lines_of(line)})
    assert len(result["decisions"]) == 1
    problems = result["decision_problems"]
    assert problems[["origin", "code", "action"]].values.tolist() == [["decisions/b.jsonl:1", "decision_repeated", "counted"]]


def test_one_id_with_different_contents_quarantines_both():
    line = of_kind("no_event")
    decisions, problems = read(line, line | {"reason": "Something else."}, of_kind("coding"))
    assert decisions["decision_id"].tolist() == ["d-0001"]
    assert problems["code"].tolist() == ["decision_conflict", "decision_conflict"]
    assert set(problems["article_id"]) == {line["article_id"]}


def named(name: str, supersedes: str | None = None, **more) -> dict:
    return of_kind("no_event") | {"decision_id": name} | ({"supersedes": supersedes} if supersedes else {}) | more


def current(decisions) -> list[str]:
    return decisions.loc[decisions["is_current"], "decision_id"].tolist()


def test_only_the_last_of_a_chain_is_current():
    decisions, problems = read(named("a"), named("b", "a"), named("c", "b"))
    assert current(decisions) == ["c"]
    assert len(decisions) == 3
    assert problems.empty


def test_an_invalid_decision_supersedes_nothing():
    decisions, _ = read(named("a"), named("b", "a", decision="perhaps"))
    assert current(decisions) == ["a"]


def test_a_draft_is_out_of_use_and_supersedes_nothing():
    draft = of_kind("coding") | {"decision_id": "draft", "supersedes": "a", "draft": True}
    decisions, _ = read(named("a", article_id=draft["article_id"]), draft)
    assert current(decisions) == ["a"]
    final = draft | {"decision_id": "final", "supersedes": "draft", "draft": False}
    assert current(read(draft, final)[0]) == ["final"]


@pytest.mark.parametrize(
    ("decisions", "codes", "used"),
    [
        ([named("a", "lost")], ["supersedes_unknown"], ["a"]),
        ([named("a", "b"), named("b", "a")], ["supersedes_circle"] * 2, []),
        ([named("a"), of_kind("coding") | {"supersedes": "a"}], ["supersedes_other_article"], ["d-0001"]),
    ],
)
def test_odd_supersessions_are_to_be_reviewed(decisions, codes, used):
    found, problems = read(*decisions)
    assert problems["code"].tolist() == codes
    assert set(problems["action"]) == {"review"}
    assert current(found) == used


def test_no_files_give_empty_tables():
    result = read_decisions({})
    assert [len(result[name]) for name in ("decisions", "decision_problems")] == [0, 0]


POOL = [
    *documented().values(),
    named("a"),
    named("a"),
    named("x"),
    named("x", reason="Other."),
    named("b", "a"),
    named("p", "q"),
    named("q", "p"),
    {"kind": "pair"},
]


@given(st.permutations(POOL), st.integers(0, len(POOL)))
def test_order_and_files_never_matter(shuffled, cut):
    expected = read(*POOL)
    result = read_decisions({"decisions/2.jsonl": lines_of(*shuffled[:cut]), "decisions/1.jsonl": lines_of(*shuffled[cut:])})
    assert result["decisions"].equals(expected[0])
    assert sorted(result["decision_problems"]["code"]) == sorted(expected[1]["code"])


def test_other_files_among_the_decisions_are_told() -> None:
    made = read_decisions({"decisions/notes.txt": b"remember", "decisions/coder.json": b"{}"})
    assert made["decisions"].empty
    assert list(made["decision_problems"]["origin"]) == ["decisions/coder.json:0", "decisions/notes.txt:0"]
    assert set(made["decision_problems"]["code"]) == {"not_json_lines"}
