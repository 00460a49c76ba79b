"""What lies in data/raw is found, whatever its kind, and its layout never shows in the articles."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import io
import json
import pickle
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pipeline.errors import SettingsError
from pipeline.ingest.raw import scan
from pipeline.ingest.records import plain_text
from tests.ingest.conftest import GOOD, Ingested

FIELDS = ["id", "url", "source", "title", "text", "published_at", "language"]


def article(number: int, **changes: object) -> dict[str, object]:
    plain = {
        "id": f"{number:03}", "url": f"https://rudaw.net/{number}", "source": "Rudaw", "title": f"Attack, {number}",
        "text": f"{GOOD}\n\n\"Café\" no. {number}, they said.", "published_at": "2017-10-19", "language": "en",
    }  # fmt: skip
    return plain | changes


def as_json_lines(articles: list[dict[str, object]]) -> bytes:
    return "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in articles).encode()


def as_csv(articles: list[dict[str, object]], delimiter: str = ",") -> str:
    file = io.StringIO()
    writer = csv.DictWriter(file, FIELDS, delimiter=delimiter, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(articles)
    return file.getvalue()


def write_every_kind(raw: Path, articles: list[dict[str, object]], kind: str) -> None:
    text = as_csv(articles)
    if kind == "parquet":
        pq.write_table(pa.Table.from_pylist(articles), raw / "x.parquet", row_group_size=3)
    elif kind == "sidecar":
        (raw / "set").mkdir()
        with (raw / "set" / "articles.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, ["file", *FIELDS], extrasaction="ignore")
            writer.writeheader()
            for each in articles:
                (raw / "set" / f"{each['id']}.txt").write_text(str(each["text"]), encoding="utf-8")
                writer.writerow({**each, "file": f"{each['id']}.txt"} | {"text": ""})
    elif kind == "zip":
        with zipfile.ZipFile(raw / "x.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("deep/x.jsonl", as_json_lines(articles))
            archive.writestr("README.txt", "nothing")
    elif kind == "zipped sidecar":
        with zipfile.ZipFile(raw / "x.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(
                "s/articles.csv",
                "file,id,url,source,title,published_at,language\n"
                + "".join(
                    f'"t/{each["id"]}.txt",{each["id"]},{each["url"]},Rudaw,"{each["title"]}",2017-10-19,en\n' for each in articles
                ),
            )
            for each in articles:
                archive.writestr(f"s/t/{each['id']}.txt", str(each["text"]))
    else:
        name, data = {
            "json lines": ("x.jsonl", as_json_lines(articles)),
            "gzip": ("deep/er/x.NDJSON.gz", gzip.compress(as_json_lines(articles), mtime=0)),
            "csv": ("x.csv", text.encode()),
            "semicolons": ("articles.csv", as_csv(articles, ";").encode("utf-8-sig")),
            "utf-16": ("x.csv", text.encode("utf-16")),
            "utf-16 big": ("x.csv", b"\xfe\xff" + text.encode("utf-16-be")),
            "utf-32": ("x.jsonl", b"\xff\xfe\0\0" + as_json_lines(articles).decode().encode("utf-32-le")),
        }[kind]
        (raw / name).parent.mkdir(parents=True, exist_ok=True)
        (raw / name).write_bytes(data)


KINDS = ["json lines", "gzip", "csv", "semicolons", "utf-16", "utf-16 big", "utf-32", "parquet", "sidecar", "zip", "zipped sidecar"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_gives_the_same_articles(kind: str, raw: Path, ingest: Callable, tmp_path: Path) -> None:
    articles = [article(number) for number in range(10)]
    plain = tmp_path / "plain"
    plain.mkdir()
    write_every_kind(plain, articles, "json lines")
    expected = Ingested(plain, 100, "utf-8").articles
    write_every_kind(raw, articles, kind)
    for size in (1, 4, 100):
        found = ingest(size)
        assert found.codes() == set()
        pd.testing.assert_frame_equal(found.articles, expected)
    assert list(expected["external_id"].sort_values()) == [each["id"] for each in articles]
    assert expected["status"].eq("ok").all()
    assert expected["problem"].isna().all()


@pytest.mark.parametrize("kind", KINDS)
def test_partitions_are_whole_stable_and_change_with_their_content_only(kind: str, raw: Path) -> None:
    write_every_kind(raw, [article(number) for number in range(10)], kind)
    first = scan(raw, partition_size=4, encoding="utf-8")
    assert [(each.start, each.stop) for each in first] == [(0, 4), (4, 8), (8, 10)]
    assert first == scan(raw, partition_size=4, encoding="utf-8")
    assert len({each.name for each in first}) == len({each.digest for each in first}) == 3
    assert pickle.loads(pickle.dumps(first)) == first


def test_an_appended_record_leaves_earlier_chunks_as_they_were(raw: Path) -> None:
    (raw / "x.jsonl").write_bytes(as_json_lines([article(number) for number in range(6)]))
    before = [each.digest for each in scan(raw, partition_size=2, encoding="utf-8")]
    with (raw / "x.jsonl").open("ab") as file:
        file.write(as_json_lines([article(7)]))
    after = [each.digest for each in scan(raw, partition_size=2, encoding="utf-8")]
    assert after[:3] == before
    assert len(after) == 4


def test_text_and_metadata_belong_to_the_digest_of_their_row_alone(raw: Path) -> None:
    write_every_kind(raw, [article(number) for number in range(3)], "sidecar")

    def digests() -> list[str]:
        return [each.digest for each in scan(raw, partition_size=1, encoding="utf-8")]

    first = digests()
    (raw / "set" / "001.txt").write_text(GOOD + " More.")
    second = digests()
    (raw / "set" / "002.txt.meta.json").write_text('{"retrieved_at": "2020-01-01T00:00:00Z"}')
    third = digests()
    assert [a == b for a, b in zip(first, second, strict=True)] == [True, False, True]
    assert [a == b for a, b in zip(second, third, strict=True)] == [True, True, False]


def test_what_is_apart_or_hidden_is_left_out(raw: Path, ingest: Callable) -> None:
    data = as_json_lines([article(1)])
    for name in ("decisions/a.jsonl", "geocodes/a.jsonl", "gazetteer/a.csv", "ledger/a.parquet", ".hidden.jsonl", "README.md",
                 "x.jsonl.meta.json", "press/.git/a.jsonl", "press/decisions/in.jsonl"):  # fmt: skip
        (raw / name).parent.mkdir(parents=True, exist_ok=True)
        (raw / name).write_bytes(data if name.endswith("jsonl") else b"{}")
    assert [each.path for each in scan(raw, partition_size=10, encoding="utf-8")] == ["press/decisions/in.jsonl"]
    assert scan(raw / "nowhere", partition_size=10, encoding="utf-8") == []
    assert ingest().codes() == set()


def test_encoding_without_a_mark_comes_from_the_settings(raw: Path, ingest: Callable) -> None:
    (raw / "x.jsonl").write_bytes(as_json_lines([article(1)]).decode().encode("cp1252"))
    assert ("x.jsonl:1", "undecodable") in ingest().codes()
    assert "Café" in ingest(encoding="cp1252").articles["text"][0]
    with pytest.raises(SettingsError, match=r"ingest\.encoding"):
        ingest(encoding="utf-ate")


def test_ids_keep_their_spelling(raw: Path, ingest: Callable) -> None:
    (raw / "x.csv").write_text(f'id,source,text\n007,Rudaw,"{GOOD}"\n')
    lines = [f'{{"id": {number}, "source": "Rudaw", "text": "{GOOD}"}}\n' for number in ("7", "1.50")]
    (raw / "x.jsonl").write_text("".join(lines))
    pq.write_table(pa.table({"id": [12], "source": ["Rudaw"], "text": [GOOD]}), raw / "x.parquet")
    assert ingest().ids() == {"007", "7", "1.50", "12"}


def test_dates_and_moments(raw: Path, ingest: Callable) -> None:
    moment = pa.array([dt.datetime(2021, 10, 26, 22)], pa.timestamp("ns", tz="UTC"))
    pq.write_table(pa.table({"id": ["p"], "source": ["Rudaw"], "text": [GOOD], "published_at": moment}), raw / "p.parquet")
    day = pa.array([dt.date(2021, 10, 26)])
    pq.write_table(pa.table({"id": ["d"], "source": ["Rudaw"], "text": [GOOD], "published_at": day}), raw / "d.parquet")
    moments = {"z": "2021-10-26T22:00:00Z", "o": "2021-10-26T22:00:00-05:00", "u": "2021-10-26T22:00:00Z"}
    articles = [article(0, id=key, url=key, published_at=value) for key, value in moments.items()]
    articles[2]["source"] = "Unheard-of"
    (raw / "x.jsonl").write_bytes(as_json_lines(articles[:2]) + json.dumps(articles[2] | {"url": None}).encode())
    found = ingest().articles.set_index("external_id")
    assert {str(key): value for key, value in found["published_day"].items()} == {
        "p": dt.date(2021, 10, 27), "d": dt.date(2021, 10, 26), "z": dt.date(2021, 10, 27), "o": dt.date(2021, 10, 26),
        "u": dt.date(2021, 10, 26),
    }  # fmt: skip
    assert found["published_at"]["o"] == pd.Timestamp("2021-10-27T03:00:00Z")
    assert found["published_at"].isna()["d"]


def test_retrieval_comes_from_the_record_then_the_sidecar(raw: Path, ingest: Callable) -> None:
    (raw / "x.jsonl").write_bytes(as_json_lines([article(1), article(2, retrieved_at="2019-05-01T10:00:00+02:00")]))
    (raw / "x.jsonl.meta.json").write_text('{"retrieved_at": "2020-01-01T00:00:00Z"}')
    (raw / "y.jsonl").write_bytes(as_json_lines([article(3)]))
    found = ingest().articles.set_index("external_id")["retrieved_at"]
    assert found["001"] == pd.Timestamp("2020-01-01T00:00:00Z")
    assert found["002"] == pd.Timestamp("2019-05-01T08:00:00Z")
    assert found.isna()["003"]


def test_links_to_other_articles_become_article_ids(raw: Path, ingest: Callable) -> None:
    given_id = "art-" + "0" * 20
    (raw / "x.jsonl").write_bytes(as_json_lines([article(1), article(2, version_of="001", translation_of=given_id)]))
    found = ingest().articles.set_index("external_id")
    assert found["version_of"]["002"] == found["article_id"]["001"]
    assert found["translation_of"]["002"] == given_id


def test_unregistered_outlets_and_unknown_columns_are_reported_once_a_file(raw: Path, ingest: Callable) -> None:
    articles = [article(number, source=f"Paper {number % 3}", url=None) | {f"column {number % 4}": 1} for number in range(20)]
    for name in ("a", "b"):
        (raw / f"{name}.jsonl").write_bytes(as_json_lines([each | {"id": f"{name}{each['id']}"} for each in articles]))
    pq.write_table(pa.Table.from_pylist([{key: each.get(key) for key in FIELDS} for each in articles]), raw / "c.parquet")
    expected = {(f"{name}.jsonl:{line}", "unregistered_source") for name in "ab" for line in (1, 2, 3)}
    expected |= {(f"{name}.jsonl:{line}", "unknown_columns") for name in "ab" for line in (1, 2, 3, 4)}
    expected |= {(f"c.parquet:{row}", "unregistered_source") for row in (1, 2, 3)}
    for size in (1, 2, 5, 100):
        found = ingest(size)
        assert found.codes() == expected
        assert found.articles["problem"].eq("unregistered_source").all()


@st.composite
def messy_articles(draw: st.DrawFn) -> list[dict[str, object]]:
    made = []
    for number in range(draw(st.integers(1, 9))):
        changes = draw(st.fixed_dictionaries({}, optional={
            "id": st.sampled_from(["1", "2", "3", None, 4]), "source": st.sampled_from(["Rudaw", "Nobody", "", None]),
            "text": st.sampled_from([GOOD, GOOD + " Later.", "short", None, "x" * 2100]), "title": st.sampled_from(["A", "B", 3]),
            "retrieved_at": st.sampled_from(["2020-01-01", "2021-01-01", None]), "extra": st.just(1),
            "published_at": st.sampled_from(["2020-01-01", "03/04/2020", None]),
        }))  # fmt: skip
        made.append(article(number) | changes)
    return made


SLOW = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@SLOW
@given(messy_articles(), st.integers(1, 5), st.randoms(use_true_random=False))
def test_partition_size_and_line_order_never_show(tmp_path_factory, articles, size, dice) -> None:  # type: ignore[no-untyped-def]
    raw = tmp_path_factory.mktemp("order")
    (raw / "x.jsonl").write_bytes(as_json_lines(articles))
    whole, parts = Ingested(raw, 100, "utf-8"), Ingested(raw, size, "utf-8")
    for one, other in ((whole.read_articles, parts.read_articles), (whole.problems, parts.problems)):
        keys = ["origin", "code"] if "code" in one else ["origin"]
        pd.testing.assert_frame_equal(one.sort_values(keys, ignore_index=True), other.sort_values(keys, ignore_index=True))
    pd.testing.assert_frame_equal(whole.articles, parts.articles)
    dice.shuffle(articles)
    (raw / "x.jsonl").write_bytes(as_json_lines(articles))
    pd.testing.assert_frame_equal(Ingested(raw, size, "utf-8").articles, whole.articles)


@SLOW
@given(st.binary(max_size=400), st.sampled_from(["x.jsonl", "x.csv", "x.parquet", "x.zip", "x.csv.gz", "articles.csv", "x.txt"]))
@example(b"\xff\xfe\x00", "x.csv")
@example(b"file\n\x00", "articles.csv")
@example(b'text\n"', "x.csv")
@example(b"PAR1PAR1", "x.parquet")
@example(b'{"id": ' + b"9" * 5000 + b"}", "x.jsonl")
@example(b'{"id": "\\ud800", "text": "\\udfff"}', "x.jsonl")
def test_no_bytes_raise_an_error(tmp_path_factory, data, name) -> None:  # type: ignore[no-untyped-def]
    raw = tmp_path_factory.mktemp("bytes")
    (raw / name).write_bytes(data)
    for size in (1, 100):
        found = Ingested(raw, size, "utf-8")
        assert len(found.problems) + len(found.read_articles) > 0


CSV_PIECES = ["id,text\n", "1,", '"', '""', "\n", "\r", ",", GOOD, "é", "file,", "\ufeff", "x.txt"]


@SLOW
@given(st.lists(st.sampled_from(CSV_PIECES), max_size=30))
def test_no_csv_raises_an_error_and_chunks_agree(tmp_path_factory, pieces) -> None:  # type: ignore[no-untyped-def]
    raw = tmp_path_factory.mktemp("csv")
    (raw / "x.csv").write_text("id,text\n" + "".join(pieces), encoding="utf-8")
    one, many = Ingested(raw, 100, "utf-8"), Ingested(raw, 1, "utf-8")
    assert one.codes() == many.codes()
    assert set(one.read_articles["origin"]) == set(many.read_articles["origin"])


@given(st.text())
def test_stored_text_is_stable(text: str) -> None:
    stored, _ = plain_text(text)
    assert plain_text(stored) == (stored, 0)
    assert unicodedata.is_normalized("NFC", stored)
    assert not {each for each in stored if unicodedata.category(each) == "Cc"} - {"\n", "\t"}


@given(st.text(alphabet="ab\n é\u0301\u00e9", min_size=30).filter(lambda text: len(text.strip()) > 25))
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_offsets_count_code_points_of_what_is_stored(tmp_path_factory, text) -> None:  # type: ignore[no-untyped-def]
    raw = tmp_path_factory.mktemp("nfc")
    both = [article(1, text=unicodedata.normalize(form, text), id=form) for form in ("NFC", "NFD")]
    (raw / "x.jsonl").write_bytes(as_json_lines(both).replace(b"\\n", b"\\r\\n"))
    found = Ingested(raw, 10, "utf-8").articles
    assert found["content_hash"].nunique() == 1
    assert found["text"][0] == unicodedata.normalize("NFC", text)
