"""A folder with every kind of bad input, through the command line: counted, never lost, never in the way of the good."""

from __future__ import annotations

import gzip
import json
import os
import random
import subprocess
import sys
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from pipeline.ingest.problems import PROBLEM_CODES

GENERATED = 500


def good(name: str) -> dict[str, object]:
    return {
        "id": name, "source": "Reuters", "url": f"https://news.example/{name}", "title": "Attack", "language": "en",
        "published_at": "2017-10-19",
        "text": f"Gunmen attacked a village near Daquq on Wednesday, killing three civilians, police said ({name}).",
    }  # fmt: skip


def line(article: dict[str, object]) -> bytes:
    return json.dumps(article).encode() + b"\n"


BAD_LINES = {
    "undecodable": b'{"id": "x1", "text": "\xff\xfe\xfa"}\n',
    "nul_bytes": line(good("x2")).replace(b"village", b"vil\x00lage"),
    "broken_json": line(good("x3"))[:-30] + b"\n",
    "not_an_object": b'["a", "list"]\n',
    "duplicate_key": b'{"id": "x5", "id": "y5", "text": "' + b"word " * 20 + b'"}\n',
    "nested_too_deeply": b'{"id": "x6", "text": ' + b"[" * 100_000 + b"]" * 100_000 + b"}\n",
    "text_missing": line({**good("x7"), "text": None}),
    "text_too_short": line({**good("x8"), "text": "Short."}),
    "text_too_long": line({**good("x9"), "text": "word " * 250_000}),
    "identity_missing": b'{"title": "Nothing else"}\n',
    "wrong_type": line({**good("x11"), "id": {"a": 1}}),
    "lone_surrogate": b'{"id": "x12\\ud800", "source": "Reuters", "text": "' + b"word " * 20 + b'"}\n',
}
REVIEWED_LINES = {
    "date_unreadable": line({**good("r1"), "published_at": "some day"}),
    "ambiguous_date": line({**good("r2"), "published_at": "03/04/2021"}),
    "date_out_of_range": line({**good("r3"), "published_at": "0025-01-01"}),
    "date_missing": line({**good("r4"), "published_at": None}),
    "language_missing": line({**good("r5"), "language": None}),
    "source_missing": line({**good("r6"), "source": None}),
    "unregistered_source": line({**good("r7"), "source": "The Unheard Of"}),
    "control_characters": line({**good("r8"), "text": str(good("r8")["text"]) + "\x07"}),
    "unknown_columns": line({**good("r9"), "colour": "red"}),
}


def mutated(number: int) -> bytes:
    """A good line made bad: cut, with bytes changed, or with its text gone."""
    chance = random.Random(number)
    whole = line({**good(f"m{number}")})
    kind = number % 4
    if kind == 0:
        return whole[: chance.randrange(5, len(whole) - 5)].rstrip(b"\\") + b"\n"
    if kind == 1:
        position = chance.randrange(10, len(whole) - 10)
        return whole[:position] + bytes([chance.choice((0xFF, 0xC0, 0x00))]) + whole[position + 1 :]
    if kind == 2:
        return line({**good(f"m{number}"), "text": chance.choice((None, "", " ", "x", 7, [], "Too short."))})
    return chance.choice((b"[]\n", b"null\n", b'"text"\n', b"12\n", b"{}\n", b"{]\n", b"\x00\n"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> tuple[Path, set[str]]:
    """A dataset's folder and the ids of its good articles."""
    root = tmp_path_factory.mktemp("bad") / "set"
    raw = root / "data/raw"
    raw.mkdir(parents=True)
    (root / "dataset.toml").write_text("")
    expected: set[str] = set()

    def neighbour() -> bytes:
        name = f"good{len(expected)}"
        expected.add(name)
        return line(good(name))

    with (raw / "bad.jsonl").open("wb") as file:
        for bad in BAD_LINES.values():
            file.write(neighbour() + bad)
        for reviewed in REVIEWED_LINES.values():
            file.write(reviewed)
        for number in range(GENERATED):
            file.write(mutated(number))
            if number % 10 == 0:
                file.write(neighbour())
    text = good("c1")["text"]
    (raw / "rows.csv").write_text(f'id,source,published_at,language,text\n007,Reuters,2017-10-19,en,"{text}"\nshort,row\n')
    expected.add("007")
    (raw / "press").mkdir()
    (raw / "press/articles.csv").write_text(
        "file,id,source,published_at,language\nhere.txt,t1,Reuters,2017-10-19,en\n../../../dataset.toml,t2,Reuters,2017-10-19,en\n"
        "absent.txt,t3,Reuters,2017-10-19,en\nlink.txt,t4,Reuters,2017-10-19,en\n"
    )
    (raw / "press/here.txt").write_text(str(good("t1")["text"]))
    expected.add("t1")
    (raw / "press/unnamed.txt").write_text("Nobody names this file.")
    (raw / "press/link.txt").symlink_to("/etc/hostname")
    (raw / "outside.jsonl").symlink_to("/etc/hostname")
    (raw / "empty.jsonl").write_text("")
    (raw / "folder.jsonl").mkdir()
    (raw / "broken.parquet").write_bytes(b"PAR1 not really")
    (raw / "broken.csv.gz").write_bytes(gzip.compress(b"id,text\n")[:-9])
    (raw / "picture.png").write_bytes(b"\x89PNG")
    with zipfile.ZipFile(raw / "archive.zip", "w") as archive:
        archive.writestr("../../escaped.jsonl", neighbour().replace(b"good", b"evil"))
        expected.discard(f"good{len(expected) - 1}")
        archive.writestr("inside.jsonl", line(good("z1")))
        expected.add("z1")
    return root, expected


def khaldun(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from pipeline.cli import main; main()", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env={**os.environ}, check=False)


@pytest.fixture(scope="module")
def built(folder, tmp_path_factory) -> tuple[Path, dict[str, object], set[str]]:
    """The exported tables, the summary, and the ids of the good articles."""
    root, expected = folder
    done = khaldun("build", "--root", str(root), "--json", "--quiet")
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    out = tmp_path_factory.mktemp("out")
    assert khaldun("export", "tables", str(out), "--root", str(root)).returncode == 0
    return out, json.loads(done.stdout), expected


def test_good_neighbours_are_coded(built) -> None:
    out, _, expected = built
    articles = pd.read_parquet(out / "articles.parquet")
    assert expected <= set(articles.loc[articles["status"] == "ok", "external_id"])
    coded = set(pd.read_parquet(out / "reports.parquet")["article_id"])
    assert set(articles.loc[articles["external_id"].isin(expected), "article_id"]) <= coded


def test_each_bad_input_is_counted_with_its_place_and_reason(built) -> None:
    out, summary, _ = built
    problems = pd.read_parquet(out / "ingest_problems.parquet")
    assert set(BAD_LINES) | set(REVIEWED_LINES) <= set(problems["code"])
    assert {"text_file_missing", "text_file_unnamed", "symbolic_link", "unsafe_path", "empty_file", "unknown_kind", "row_length",
            "unreadable_file", "folder_named_as_file"} <= set(problems["code"])  # fmt: skip
    assert set(problems["code"]) <= set(PROBLEM_CODES)
    assert problems["origin"].str.fullmatch(r".+:\d+").all()
    assert (problems["message"].str.len() > 20).all()
    counted = {(item["code"], item["action"]): item["count"] for item in summary["ingest"]}
    assert counted == problems[["code", "action"]].value_counts().to_dict()
    lines = problems[(problems["origin"].str.startswith("bad.jsonl:")) & (problems["action"] == "quarantined")]
    assert lines["origin"].nunique() >= len(BAD_LINES) + GENERATED, "one generated line for each"


def test_strict_fails(folder) -> None:
    root, _ = folder
    assert khaldun("ingest", "--root", str(root), "--strict", "--quiet").returncode == 1
