"""Every problem code has a bad record beside a good one, which is still read."""

from __future__ import annotations

import gzip
import io
import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.ingest.problems import PROBLEM_CODES
from pipeline.ingest.units import MAXIMUM_UNIT_BYTES

GOOD_TEXT = "Armed men attacked a village near Daquq on Monday and wounded two farmers, the mayor said."
GOOD = {
    "id": "good", "source": "Rudaw", "url": "https://rudaw.net/1", "title": "Attack", "language": "en",
    "published_at": "2017-10-19", "text": GOOD_TEXT,
}  # fmt: skip


def line(**changes: object) -> bytes:
    return (json.dumps({**GOOD, "id": "bad", "url": "https://rudaw.net/2", **changes}) + "\n").encode()


def zipped(*members: tuple[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return stream.getvalue()


HEADER = "id,source,url,language,published_at,text\n"
ROW = f'good2,Rudaw,https://rudaw.net/3,en,2017-10-19,"{GOOD_TEXT}"\n'

JSON_LINES: dict[str, bytes] = {
    "undecodable": b'{"id": "bad", "text": "\xff\xfe"}\n',
    "nul_bytes": b'{"id": "bad\x00"}\n',
    "line_too_long": b"[" * (MAXIMUM_UNIT_BYTES + 1) + b"\n",
    "broken_json": b'{"id": "bad"\n',
    "not_an_object": b"[1, 2]\n",
    "duplicate_key": b'{"id": "bad", "id": "worse"}\n',
    "nested_too_deeply": b'{"id":' + b"[" * 100_000 + b"\n",
    "identity_missing": b'{"title": "x"}\n',
    "wrong_type": line(title=["a"]),
    "not_a_number": line(title=float("nan")),
    "lone_surrogate": line(title="half \ud83d"),
    "text_missing": line(text=None),
    "text_too_short": line(text="Too short."),
    "text_too_long": line(text="a" * 2001),
    "control_characters": line(text=GOOD_TEXT + "\x07\x00"),
    "source_missing": line(source=None),
    "unregistered_source": line(source="Nobody's Paper", url=None),
    "language_missing": line(language=None),
    "language_unreadable": line(language="English"),
    "date_missing": line(published_at=None),
    "date_unreadable": line(published_at="soon"),
    "ambiguous_date": line(published_at="03/04/2021"),
    "date_out_of_range": line(published_at="1066-10-14"),
    "retrieved_at_unreadable": line(retrieved_at="then"),
    "unknown_columns": line(colour="red"),
}
CSV: dict[str, str] = {
    "row_length": "bad,too short\n",
    "broken_csv": "bad,Rudaw\rx,,,,\n",
    "unclosed_quote": 'bad,Rudaw,,en,2017-10-19,"never closed\n',
}
FILES: dict[str, dict[str, bytes]] = {
    "unknown_kind": {"paper.pdf": b"%PDF"},
    "text_file_unnamed": {"alone.txt": GOOD_TEXT.encode()},
    "unreadable_file": {"broken.zip": b"PK\x03\x04 no more"},
    "empty_file": {"empty.jsonl": b"\n\n"},
    "too_much_data": {"bomb.jsonl.gz": gzip.compress(b" " * 60_000_000, mtime=0)},
    "duplicate_member": {"twice.zip": b""},
    "metadata_unreadable": {"x.jsonl": line(id="other"), "x.jsonl.meta.json": b"{"},
    "columns_missing": {"x.csv": b"id,body\n1,2\n"},
    "duplicate_column": {"x.csv": b"id,text,text\n1,2,3\n"},
    "unsafe_path": {"slip.zip": zipped(("../../out.jsonl", line()), ("a/in.jsonl", line(id="inside")))},
    "text_file_missing": {"set/articles.csv": b"file,id,source\ngone.txt,bad,Rudaw\n"},
    "folder_named_as_file": {"folder.jsonl/x.jsonl": line(id="within")},
    "symbolic_link": {},
}


def write(raw: Path, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        (raw / name).parent.mkdir(parents=True, exist_ok=True)
        (raw / name).write_bytes(data)


def test_every_code_is_tested() -> None:
    assert set(JSON_LINES) | set(CSV) | set(FILES) == set(PROBLEM_CODES)


@pytest.mark.parametrize("code", sorted(JSON_LINES))
def test_json_lines(code: str, raw: Path, ingest: Callable) -> None:
    write(raw, {"x.jsonl": json.dumps(GOOD).encode() + b"\n" + JSON_LINES[code] + line(id="after", url=None)})
    for size in (1, 100):
        found = ingest(size)
        assert ("x.jsonl:2", code) in found.codes()
        assert {"good", "after"} <= found.ids()
        row = found.problems[found.problems["code"] == code].iloc[0]
        assert row["message"].endswith(PROBLEM_CODES[code].advice)
        articles = found.articles[found.articles["external_id"] == "bad"]
        if row["action"] != "quarantined":
            assert found.ids() == {"good", "after", "bad"}
        elif len(articles):
            assert list(articles["status"]) == ["quarantined"]
            assert list(articles["problem"]) == [code]
            assert list(articles["article_id"]) == [row["article_id"]]


@pytest.mark.parametrize("code", sorted(CSV))
def test_csv(code: str, raw: Path, ingest: Callable) -> None:
    write(raw, {"x.csv": (HEADER + ROW.replace("good2", "good") + CSV[code] + ROW).encode()})
    for size in (1, 100):
        found = ingest(size)
        assert found.codes() == {("x.csv:3", code)}
        assert found.ids() >= {"good"}
        if code != "unclosed_quote":
            assert found.ids() == {"good", "good2"}


@pytest.mark.parametrize("code", sorted(FILES))
def test_files(code: str, raw: Path, ingest: Callable) -> None:
    write(raw, {"good.jsonl": json.dumps(GOOD).encode(), **FILES[code]})
    if code == "symbolic_link":
        (raw / "link.jsonl").symlink_to(raw / "good.jsonl")
    if code == "duplicate_member":
        with pytest.warns(UserWarning, match="Duplicate name"):
            write(raw, {"twice.zip": zipped(("a.jsonl", line()), ("a.jsonl", line()))})
    found = ingest()
    assert code in set(found.problems["code"])
    assert "good" in found.ids()
    assert all(each.endswith(PROBLEM_CODES[code].advice) for each in found.problems["message"][found.problems["code"] == code])


def test_unclosed_quote_costs_one_line(raw: Path, ingest: Callable) -> None:
    rows = "".join(f"a{number},Rudaw,,en,2017-10-19,{GOOD_TEXT.replace(',', ';')}\n" for number in range(20))
    write(raw, {"x.csv": (HEADER + 'bad,Rudaw,,en,2017-10-19,"never closed\n' + rows).encode()})
    for size in (1, 7, 100):
        found = ingest(size)
        assert found.codes() == {("x.csv:2", "unclosed_quote")}
        assert found.ids() == {f"a{number}" for number in range(20)}


def test_paths_out_of_raw_are_refused(raw: Path, ingest: Callable, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(GOOD_TEXT)
    (raw / "s").mkdir()
    (raw / "s" / "good.txt").write_text(GOOD_TEXT)
    (raw / "s" / "link.txt").symlink_to(tmp_path / "secret.txt")
    (raw / "linked").symlink_to(tmp_path)
    names = ["../../secret.txt", str(tmp_path / "secret.txt"), "link.txt", "../linked/secret.txt", "good.txt"]
    rows = "".join(f"{name},{number},Rudaw,en,2017-10-19\n" for number, name in enumerate(names))
    (raw / "s" / "articles.csv").write_text("file,id,source,language,published_at\n" + rows)
    found = ingest()
    assert found.ids() == {"4"}
    assert found.ids("quarantined") == {"0", "1", "2", "3"}
    assert list(found.read_articles["text"].isna()) == [True, True, True, True, False]
    codes = {("s/articles.csv:2", "unsafe_path"), ("s/articles.csv:3", "unsafe_path"), ("s/articles.csv:4", "symbolic_link")}
    assert codes <= found.codes()
    assert ("linked:0", "symbolic_link") in found.codes()


def test_zip_slip(raw: Path, ingest: Callable) -> None:
    names = ["../x.jsonl", "/x.jsonl", "a/../../x.jsonl", "c:/x.jsonl", "a\\..\\x.jsonl", "ok/x.jsonl"]
    write(raw, {"a.zip": zipped(*((name, line(id=name)) for name in names))})
    found = ingest()
    assert found.ids() == {"ok/x.jsonl"}
    assert list(found.problems["code"]).count("unsafe_path") == 5


def test_links_in_archives_are_refused(raw: Path, ingest: Callable) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        link = zipfile.ZipInfo("link.jsonl")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    write(raw, {"a.zip": stream.getvalue()})
    assert ingest().codes() == {("a.zip/link.jsonl:0", "symbolic_link")}


def test_archives_that_grow_too_much(raw: Path, ingest: Callable) -> None:
    write(raw, {"bomb.zip": zipped(("a.jsonl", b" " * 60_000_000)), "good.jsonl": json.dumps(GOOD).encode()})
    found = ingest()
    assert found.codes() == {("bomb.zip/a.jsonl:0", "too_much_data")}
    found = ingest(maximum_bytes=1000)
    assert found.codes() == {("bomb.zip:0", "too_much_data")}
    assert found.ids() == {"good"}


def test_damaged_gzip_keeps_what_was_read(raw: Path, ingest: Callable) -> None:
    whole = b"".join(line(id=f"a{number}", url=None, text=os.urandom(600).hex()) for number in range(40))
    write(raw, {"x.jsonl.gz": gzip.compress(whole, mtime=0)[:15_000]})
    one, many = ingest(100), ingest(3)
    assert ("x.jsonl.gz:0", "unreadable_file") in one.codes()
    assert 0 < len(one.ids()) < 40
    assert one.codes() == many.codes()
    assert one.ids() == many.ids()


def test_damaged_parquet_costs_its_row_group(raw: Path, ingest: Callable) -> None:
    table = pa.table({"id": [f"a{number}" for number in range(30)], "text": [f"{GOOD_TEXT} {number}" for number in range(30)]})
    pq.write_table(table, raw / "x.parquet", row_group_size=10, compression="gzip")
    start = pq.ParquetFile(raw / "x.parquet").metadata.row_group(1).column(1).dictionary_page_offset
    data = bytearray((raw / "x.parquet").read_bytes())
    data[start + 30 : start + 90] = b"\xff" * 60
    (raw / "x.parquet").write_bytes(bytes(data))
    one, many = ingest(100), ingest(4)
    assert one.ids() == {f"a{number}" for number in (*range(10), *range(20, 30))}
    assert ("x.parquet:11", "unreadable_file") in one.codes()
    assert (one.ids(), one.codes()) == (many.ids(), many.codes())


def test_five_hundred_bad_files_stop_nothing(raw: Path, ingest: Callable) -> None:
    import random

    dice = random.Random(7)
    suffixes = ["jsonl", "csv", "parquet", "zip", "jsonl.gz", "csv.gz", "txt", "html"]
    pieces = [*JSON_LINES.values(), *(text.encode() for text in CSV.values()), HEADER.encode(), b"PK\x03\x04", b"PAR1", b"\xff\xfe"]
    pieces = [piece for piece in pieces if len(piece) < 10_000]
    for number in range(500):
        data = b"".join(dice.choice(pieces) for _ in range(dice.randint(0, 4))) + dice.randbytes(dice.randint(0, 40))
        (raw / f"bad{number:03}.{dice.choice(suffixes)}").write_bytes(data)
    write(raw, {"good.jsonl": json.dumps(GOOD).encode()})
    found = ingest()
    assert "good" in found.ids()
    files = {origin.rpartition(":")[0] for origin in found.problems["origin"]} | {
        origin.rpartition(":")[0] for origin in found.read_articles["origin"]
    }
    assert {path.name for path in raw.iterdir()} <= files
    assert not found.problems.duplicated(["origin", "code"]).any()
    assert found.read_articles["origin"].is_unique
