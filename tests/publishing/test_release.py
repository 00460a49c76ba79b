"""A release on disk: what it holds, that it is whole, and that it never changes."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import hashlib
import io
import json
import shutil
from pathlib import Path

import duckdb
import frictionless
import pandas as pd
import pyarrow.parquet as pq
import pytest
from cffconvert import Citation

from khaldun import load, verify, versions
from pipeline.errors import InputError, RefusedError
from pipeline.publishing.ledger import LedgerFolder
from schemas.tables import ACLED_COLUMN_NAMES, RELEASE_TABLES

FILES = {
    *(f"{name}.parquet" for name in RELEASE_TABLES),
    "events.csv",
    "ERRATA.csv",
    "KNOWN_LIMITATIONS.md",
    "changes.html",
    "datapackage.json",
    "codebook.csv",
    "codebook.html",
    "CITATION.cff",
    "citation.bib",
    "citation.ris",
    "validation_report.json",
    "manifest.json",
    "LICENSE",
    "README.md",
    "SHA256SUMS",
    "CONTENT_HASHES.json",
}


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_release_holds_every_table_and_paper_and_verifies(new_sample, attack, publish) -> None:
    done = publish(new_sample().article("one", attack))
    assert {path.name for path in done.path.iterdir()} == FILES
    assert (done.outcome, done.events, done.changes) == ("published", 1, {"added": 1})
    report = verify(done.path)
    assert report.ok, report.as_text()
    assert report.content_hash == done.content_hash


def test_an_empty_state_is_a_release_too(new_sample, publish) -> None:
    done = publish(new_sample())
    assert verify(done.path).ok
    assert done.events == 0


def test_two_publications_of_one_state_have_the_same_bytes(new_sample, attack, publish, tmp_path, monkeypatch) -> None:
    sample = new_sample().article("one", attack).article("two", attack)
    first = publish(sample, root=tmp_path / "here")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    second = publish(sample, root=tmp_path / "there" / "deeper")
    assert files(first.path) == files(second.path)
    assert files(tmp_path / "here/data/raw") == files(tmp_path / "there/deeper/data/raw")


def test_events_begin_with_the_31_columns_of_an_acled_export(new_sample, attack, publish) -> None:
    done = publish(new_sample().article("one", attack))
    header = (done.path / "events.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
    assert tuple(header[:31]) == ACLED_COLUMN_NAMES
    assert (header[0], header[30]) == ("event_id_cnty", "timestamp")


def test_ids_dates_and_marks(new_sample, attack, publish) -> None:
    done = publish(new_sample().article("one", attack))
    [event] = pq.read_table(done.path / "events.parquet").to_pylist()
    assert event["event_id"] == event["event_id_cnty"] == "KHD-IRQ-000001"
    assert (event["first_release"], event["last_changed_release"]) == ("2026.9.0", "2026.9.0")
    assert event["timestamp"] == int(dt.datetime(2026, 9, 1, tzinfo=dt.UTC).timestamp())


def test_all_readers_read_the_same(new_sample, attack, publish, tmp_path) -> None:
    sample = new_sample().article("one", attack)
    sample.event_values["a"] = {"tags": "=cmd", "notes": '-1 is said, "so"\nthere'}
    done = publish(sample)
    parquet = str(done.path / "events.parquet")
    rows = pq.read_table(parquet).to_pylist()
    frame = load("events", root=tmp_path)
    assert json.loads(frame.to_json(orient="records", date_format="iso"))[0]["location"] == rows[0]["location"]
    assert [None if pd.isna(v) else v for v in frame.iloc[0]] == list(rows[0].values())
    assert duckdb.sql(f"SELECT * FROM '{parquet}'").to_arrow_table().to_pylist() == rows


def test_csv_guards_text_and_leaves_numbers_alone(new_sample, attack, publish, tmp_path) -> None:
    sample = new_sample().article("one", attack)
    sample.event_values["a"] = {"tags": "=1+1", "admin3": "'-quoted", "notes": "@here", "admin2": 'one\rtwo "x",\nthree'}
    done = publish(sample)
    written = (done.path / "events.csv").read_bytes()
    [row] = csv.DictReader(io.StringIO(written.decode(), newline=""))
    assert row["admin2"] == 'one\rtwo "x",\nthree'
    assert (row["tags"], row["admin3"], row["notes"]) == ("'=1+1", "''-quoted", "'@here")
    assert (row["longitude"], row["is_retrospective"], row["actor2_id"], row["event_date"]) == ("-1.29", "false", "", "2017-10-19")
    assert written.count(b"\r") == 1
    (done.path / "events.parquet").rename(tmp_path / "aside.parquet")
    from_csv, table = load("events", root=tmp_path), pq.read_table(tmp_path / "aside.parquet")
    assert [None if pd.isna(value) else value for value in from_csv.iloc[0]] == list(table.to_pylist()[0].values())


def test_numeric_classes(new_sample, attack, publish, settings) -> None:
    numeric = settings.model_copy(update={"release": settings.release.model_copy(update={"interaction": "numeric"})})
    done = publish(new_sample().article("one", attack), settings=numeric)
    [event] = pq.read_table(done.path / "events.parquet").to_pylist()
    assert (event["inter1"], event["inter2"], event["interaction"]) == (2, 7, 27)
    [report] = pq.read_table(done.path / "reports.parquet").to_pylist()
    assert report["interaction"] == 27
    assert verify(done.path).ok


def test_frictionless_finds_the_data_package_valid(new_sample, attack, publish, monkeypatch) -> None:
    done = publish(new_sample().article("one", attack).article("two", dataclasses.replace(attack, event="b")))
    package = frictionless.Package(str(done.path / "datapackage.json"))
    assert {"events", "events-csv"} <= {each.name for each in package.resources}
    report = package.validate()
    assert report.valid, report.flatten(["title", "message"])


def test_cffconvert_finds_the_citation_valid(new_sample, attack, publish) -> None:
    done = publish(new_sample().article("one", attack))
    citation = Citation((done.path / "CITATION.cff").read_text(encoding="utf-8"))
    citation.validate()
    assert citation.cffobj["title"] == 'Sample: of "events"'
    assert citation.cffobj["authors"] == [{"name": "The Authors & Co"}]
    assert r"{The Authors \& Co}" in (done.path / "citation.bib").read_text(encoding="utf-8")


def test_nothing_of_the_machine_is_in_the_manifest(new_sample, attack, publish, tmp_path) -> None:
    done = publish(new_sample().article("one", attack))
    manifest = json.loads((done.path / "manifest.json").read_text(encoding="utf-8"))
    assert str(tmp_path) not in json.dumps(manifest)
    assert manifest["content_hash"] == done.content_hash
    assert "build" not in manifest["settings"]
    assert manifest["inputs"]["code of code"] == "1"


# -- what is not shown --------------------------------------------------------------------------------------------------------


def test_coders_are_renumbered(new_sample, attack, incident, publish) -> None:
    other = incident("In the afternoon a second band raided the mill beside the river.", "b", "raided", "timid-heron")
    sample = new_sample().article("one", dataclasses.replace(attack, coder="curious-otter"), other)
    done = publish(sample.decide("d1", "one"))
    assert set(pq.read_table(done.path / "reports.parquet")["coder_id"].to_pylist()) == {"coder-1", "coder-2"}
    assert not any(b"otter" in data or b"heron" in data for data in files(done.path).values())


def test_sensitive_events_are_left_out_with_their_reports(new_sample, attack, incident, publish) -> None:
    other = incident("In the afternoon a second band raided the mill beside the river.", "b", "raided")
    sample = new_sample().article("one", attack, other)
    sample.sensitivity["b"] = "withhold"
    done = publish(sample)
    rows = {
        name: pq.read_table(done.path / f"{name}.parquet").num_rows for name in ("events", "reports", "evidence", "event_reports")
    }
    assert rows == {"events": 1, "reports": 1, "evidence": 1, "event_reports": 1}
    report = json.loads((done.path / "validation_report.json").read_text(encoding="utf-8"))
    assert report["events_withheld"]["sensitive"] == 1


@pytest.mark.parametrize("fails_a_hard_rule", [False, True])
def test_other_readings_of_a_sensitive_article_are_left_out_too(fails_a_hard_rule, new_sample, attack, incident, publish) -> None:
    mill = "In the afternoon a second band raided the mill beside the river."
    overruled = dataclasses.replace(attack, event="", coder="rules", values={"status": "superseded"})
    sample = new_sample().article("one", dataclasses.replace(attack, coder="otter"), overruled, incident(mill, "b", "raided"))
    sample.sensitivity["a"] = "withhold"
    state = sample.state()
    if fails_a_hard_rule:
        state.rows["merged_events"] = state.rows["events"]
        state.rows["events"] = [row for row in state.rows["events"] if row["sensitivity"] == "open"]
    done = publish(state)
    assert pq.read_table(done.path / "events.parquet").num_rows == 1
    [report] = pq.read_table(done.path / "reports.parquet").to_pylist()
    assert report["anchor_start"] > 0
    assert {row["report_id"] for row in pq.read_table(done.path / "evidence.parquet").to_pylist()} == {report["report_id"]}


def test_undisclosed_sources_are_masked_everywhere(new_sample, attack, publish) -> None:
    done = publish(new_sample().article("one", attack, source="brave-partner"))
    [event] = pq.read_table(done.path / "events.parquet").to_pylist()
    assert event["source"] == "Undisclosed Source"
    [link] = pq.read_table(done.path / "event_reports.parquet").to_pylist()
    assert (link["source_id"], link["url"]) == ("undisclosed-1", None)
    everything = b"".join(pq.read_table(done.path / f"{name}.parquet").to_pandas().to_json().encode() for name in RELEASE_TABLES)
    assert b"rave" not in everything.replace(b"brave-new", b"")
    assert verify(done.path).ok


def test_coverage_tells_zero_from_not_covered(new_sample, attack, incident, publish) -> None:
    quiet = incident("Nothing but the weather was talked about in the market that day.", "")
    sample = new_sample().article("one", attack).article("two", quiet, source="other-paper")
    sample.articles["two"] = (sample.articles["two"][0], [])
    rows = pq.read_table(publish(sample).path / "coverage.parquet").to_pylist()
    assert [
        (row["source_id"], row["country"], row["month"], row["n_articles"], row["n_reports"], row["n_events"]) for row in rows
    ] == [
        ("example-times", "Iraq", "2017-10", 1, 1, 1),
        ("other-paper", "Iraq", "2017-10", 1, 0, 0),
    ]


# -- versions -----------------------------------------------------------------------------------------------------------------


def test_the_same_content_again_changes_nothing(new_sample, attack, publish) -> None:
    sample = new_sample().article("one", attack)
    done = publish(sample)
    before = {path: path.stat().st_mtime_ns for path in done.path.iterdir()}
    again = publish(sample)
    assert again.outcome == "unchanged"
    assert {path: path.stat().st_mtime_ns for path in done.path.iterdir()} == before


def test_a_lost_folder_is_written_again_from_state_and_ledger(new_sample, attack, publish) -> None:
    sample = new_sample().article("one", attack)
    first = publish(sample, date=dt.date(2026, 9, 7))
    whole = files(first.path)
    shutil.rmtree(first.path)
    again = publish(sample)
    assert again.outcome == "rewritten"
    assert files(again.path) == whole


def test_other_content_under_a_used_version_is_refused(new_sample, attack, publish) -> None:
    sample = new_sample().article("one", attack)
    done = publish(sample)
    whole = files(done.path)
    sample.event_values["a"] = {"fatalities": 4}
    with pytest.raises(RefusedError, match=r"2026\.9\.1"):
        publish(sample)
    assert files(done.path) == whole


@pytest.mark.parametrize("has_ledger", [True, False])
@pytest.mark.parametrize("name", ["events.parquet", "CITATION.cff", "CONTENT_HASHES.json"])
def test_a_folder_that_was_changed_is_told_and_not_taken_for_the_release(name, has_ledger, new_sample, attack, publish, tmp_path):
    sample = new_sample().article("one", attack)
    done = publish(sample)
    whole = files(done.path)
    (done.path / name).unlink()
    if not has_ledger:
        shutil.rmtree(tmp_path / "data/raw/ledger")
    with pytest.raises(RefusedError, match=rf"is not what was published .*{name}.* Remove it"):
        publish(sample)
    shutil.rmtree(done.path)
    assert files(publish(sample).path) == whole


def test_a_release_is_never_dated_before_an_earlier_one(new_sample, attack, publish) -> None:
    sample = new_sample().article("one", attack)
    publish(sample, "2026.9.0", date=dt.date(2026, 9, 15))
    with pytest.raises(RefusedError, match=r"2026\.9\.1 would be dated 2026-09-01, before 2026-09-15.*--date"):
        publish(sample, "2026.9.1")
    publish(sample, "2026.9.1", date=dt.date(2026, 9, 15))
    assert publish(sample, "2026.9.0").outcome == "unchanged"


def test_events_later_than_the_release_are_refused(new_sample, attack, publish) -> None:
    sample = new_sample().article("one", attack)
    with pytest.raises(RefusedError, match=r"1 events are later than the release's date 2017-01-01, .*--date"):
        publish(sample, date=dt.date(2017, 1, 1))
    assert publish(sample, date=dt.date(2017, 12, 31)).outcome == "published"


def test_a_lower_version_is_refused(new_sample, attack, publish) -> None:
    sample = new_sample().article("one", attack)
    publish(sample, "2026.10.0")
    with pytest.raises(RefusedError, match=r"below 2026\.10\.0"):
        publish(sample, "2026.9.0")


def test_malformed_and_unknown_versions_are_told(new_sample, attack, publish) -> None:
    sample = new_sample().article("one", attack)
    for version in ("2026.09.0", "2026.13.0", "v1", "../2026.9.0", "2026.9"):
        with pytest.raises(InputError, match="no version"):
            publish(sample, version)
    with pytest.raises(InputError, match="no such release"):
        publish(sample, previous="2026.1.0")


def test_drafts_leave_no_ledger_and_may_be_overwritten(new_sample, attack, publish, tmp_path) -> None:
    sample = new_sample().article("one", attack)
    publish(sample, "2026.9.0-dev")
    sample.event_values["a"] = {"fatalities": 4}
    again = publish(sample, "2026.9.0-dev")
    assert again.outcome == "published"
    assert load("events", "2026.9.0-dev", tmp_path)["fatalities"].tolist() == [4]
    assert LedgerFolder(tmp_path).versions() == []
    assert publish(sample, "2026.9.0").previous is None


def test_the_next_release_needs_the_ledger_alone(new_sample, attack, incident, publish, tmp_path) -> None:
    other = incident("In the afternoon a second band raided the mill beside the river.", "b", "raided")
    publish(new_sample().article("one", attack), root=tmp_path / "old")
    shutil.copytree(tmp_path / "old/data/raw", tmp_path / "clone/data/raw")
    later = new_sample().article("one", attack).article("two", other)
    here, clone = (publish(later, "2026.10.0", root=tmp_path / name) for name in ("old", "clone"))
    assert files(here.path) == files(clone.path)
    assert here.changes == {"added": 1}
    assert pq.read_table(here.path / "events.parquet")["event_id"].to_pylist() == ["KHD-IRQ-000001", "KHD-IRQ-000002"]


def test_a_skipped_release_still_counts(new_sample, attack, incident, publish) -> None:
    other = incident("In the afternoon a second band raided the mill beside the river.", "b", "raided")
    third = incident("Two days later a bridge over the canal was blown up with dynamite.", "c", "blown up")
    publish(new_sample().article("one", attack), "2026.1.0")
    publish(new_sample().article("one", attack).article("two", other), "2026.2.0")
    done = publish(new_sample().article("one", attack).article("three", third), "2026.3.0", previous="2026.1.0")
    assert pq.read_table(done.path / "events.parquet")["event_id"].to_pylist() == ["KHD-IRQ-000001", "KHD-IRQ-000003"]
    assert pq.read_table(done.path / "tombstones.parquet")["event_id"].to_pylist() == ["KHD-IRQ-000002"]


def test_changes_lead_from_the_previous_release_even_if_others_were_skipped(new_sample, attack, incident, publish) -> None:
    mill, bridge = (
        incident("In the afternoon a second band raided the mill beside the river.", "b", "raided"),
        incident("Two days later a bridge over the canal was blown up with dynamite.", "c", "blown up"),
    )
    publish(new_sample().article("one", attack).article("two", mill).article("three", bridge), "2026.1.0")
    later = new_sample().article("one", attack).article("two", dataclasses.replace(mill, event="a"))
    publish(later, "2026.2.0")
    done = publish(later, "2026.3.0", previous="2026.1.0")
    told = {(row["event_id"], row["change"], row["new"]) for row in pq.read_table(done.path / "changes.parquet").to_pylist()}
    assert told == {
        ("KHD-IRQ-000001", "removed", None),
        ("KHD-IRQ-000002", "evidence_added", "2"),
        ("KHD-IRQ-000003", "merged", "KHD-IRQ-000002"),
    }


def test_releases_that_two_clones_published_apart_are_no_history(new_sample, attack, incident, publish, tmp_path) -> None:
    mill = incident("In the afternoon a second band raided the mill beside the river.", "b", "raided")
    base = new_sample().article("one", attack)
    publish(base, "2026.1.0", root=tmp_path / "here")
    shutil.copytree(tmp_path / "here", tmp_path / "there")
    publish(base, "2026.2.0", root=tmp_path / "here")
    publish(new_sample().article("one", attack).article("two", mill), "2026.3.0", root=tmp_path / "there")
    shutil.copy(tmp_path / "there/data/raw/ledger/2026.3.0.parquet", tmp_path / "here/data/raw/ledger")
    with pytest.raises(RefusedError, match=r"2026\.3\.0 was published without knowing of 2026\.2\.0"):
        publish(base, "2026.4.0", root=tmp_path / "here")


# -- whole or not at all ------------------------------------------------------------------------------------------------------


class Killed(BaseException):
    """Stands for a kill: nothing catches it."""


STEPS = [
    ("pipeline.publishing.ledger.write_parquet", 1),
    ("pipeline.publishing.ledger.os.fsync", 1),
    ("pipeline.publishing.files.write_parquet", 1),
    ("pipeline.publishing.files.write_parquet", 7),
    ("pipeline.publishing.files.write_csv", 1),
    ("pipeline.publishing.files.data_package", 1),
    ("pipeline.publishing.folder.flush_files", 1),
    ("pipeline.publishing.folder.sync_folder", 1),
    ("pipeline.publishing.folder.sync_folder", 2),
    ("pipeline.publishing.folder.sync_folder", 3),
    ("pathlib.Path.rename", 1),
    ("pathlib.Path.rename", 2),
]


@pytest.mark.parametrize(("function", "call"), STEPS)
def test_a_kill_leaves_a_whole_release_or_none(function, call, new_sample, attack, publish, tmp_path, monkeypatch) -> None:
    sample = new_sample().article("one", attack)
    wanted = files(publish(sample, root=tmp_path / "calm").path)
    counted = 0
    with monkeypatch.context() as patch:
        module, _, name = function.rpartition(".")
        original = __import__("pkgutil").resolve_name(function)

        def dies(*args, **more):
            nonlocal counted
            counted += 1
            if counted == call:
                raise Killed
            return original(*args, **more)

        patch.setattr(f"{module}.{name}", dies)
        with pytest.raises(Killed):
            publish(sample, root=tmp_path)
    releases = tmp_path / "data/processed/releases"
    assert not (releases / "2026.9.0").exists() or files(releases / "2026.9.0") == wanted
    done = publish(sample, root=tmp_path)
    assert files(done.path) == wanted
    assert [path.name for path in releases.iterdir()] == ["2026.9.0"]
    assert [path.name for path in (tmp_path / "data/raw/ledger").iterdir()] == ["2026.9.0.parquet"]


@pytest.mark.parametrize("call", [1, 2])
def test_a_kill_while_a_draft_is_replaced_keeps_a_draft(call, new_sample, attack, publish, tmp_path, monkeypatch) -> None:
    sample = new_sample().article("one", attack)
    publish(sample, "2026.9.0-dev")
    counted, original = 0, Path.rename
    with monkeypatch.context() as patch:

        def dies(self, target):
            nonlocal counted
            counted += 1
            if counted == call:
                raise Killed
            return original(self, target)

        patch.setattr(Path, "rename", dies)
        with pytest.raises(Killed):
            publish(sample, "2026.9.0-dev")
    publish(sample, "2026.9.0")
    assert versions(tmp_path) == ["2026.9.0-dev", "2026.9.0"]
    assert verify(tmp_path / "data/processed/releases/2026.9.0-dev").ok


def test_sums_are_those_of_sha256sum(new_sample, attack, publish) -> None:
    done = publish(new_sample().article("one", attack))
    for line in (done.path / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((done.path / name).read_bytes()).hexdigest() == digest
