from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from pipeline.errors import InputError, RefusedError
from pipeline.ingest.receive import receive


@pytest.fixture
def given_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "press"
    (folder / "2021").mkdir(parents=True)
    (folder / "a.jsonl").write_bytes(b'{"id": 1}\r\n\xff')
    (folder / "2021" / "b.csv").write_bytes(b"id,text\n")
    (folder / ".hidden").write_bytes(b"x")
    return folder


def tree(raw: Path) -> dict[str, bytes]:
    return {path.relative_to(raw).as_posix(): path.read_bytes() for path in sorted(raw.rglob("*")) if path.is_file()}


def test_bytes_and_layout_stay_and_a_second_time_changes_nothing(given_folder: Path, raw: Path) -> None:
    summary = receive([given_folder, given_folder / "a.jsonl"], raw, retrieved_at="2021-10-26T12:00+02:00")
    assert summary.copied == ("a.jsonl", "press/2021/b.csv", "press/a.jsonl")
    assert summary.present == ()
    after = tree(raw)
    assert set(after) == {name + end for name in summary.copied for end in ("", ".meta.json")}
    assert after["press/a.jsonl"] == (given_folder / "a.jsonl").read_bytes()
    assert json.loads(after["press/a.jsonl.meta.json"]) == {
        "name": "a.jsonl", "bytes": 12, "sha256": hashlib.sha256(after["press/a.jsonl"]).hexdigest(),
        "retrieved_at": "2021-10-26T10:00:00Z",
    }  # fmt: skip
    again = receive([given_folder, given_folder / "a.jsonl", raw / "press" / "2021"], raw, retrieved_at=None)
    assert again.copied == ()
    assert again.present == summary.copied
    assert tree(raw) == after


def test_a_folders_own_note_of_retrieval_is_kept(given_folder: Path, raw: Path) -> None:
    (given_folder / "a.jsonl.meta.json").write_text('{"retrieved_at": "2019-01-01"}')
    receive([given_folder], raw, retrieved_at=None)
    assert json.loads((raw / "press/a.jsonl.meta.json").read_text())["retrieved_at"] == "2019-01-01"
    assert "retrieved_at" not in json.loads((raw / "press/2021/b.csv.meta.json").read_text())


def test_other_bytes_under_a_used_name_are_refused_before_anything_is_copied(given_folder: Path, raw: Path) -> None:
    (raw / "press").mkdir()
    (raw / "press" / "a.jsonl").write_bytes(b"other")
    with pytest.raises(RefusedError, match="choose another name"):
        receive([given_folder], raw, retrieved_at=None)
    assert tree(raw) == {"press/a.jsonl": b"other"}


def test_two_files_of_one_name_are_refused(given_folder: Path, raw: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "a.jsonl").write_bytes(b"{}")
    with pytest.raises(RefusedError, match="same name"):
        receive([given_folder / "a.jsonl", tmp_path / "other" / "a.jsonl"], raw, retrieved_at=None)


@pytest.mark.parametrize("name", ["decisions", "ledger", ".git"])
def test_folders_kept_for_something_else_are_refused(name: str, tmp_path: Path, raw: Path) -> None:
    (tmp_path / name).mkdir()
    with pytest.raises(RefusedError, match="Rename"):
        receive([tmp_path / name], raw, retrieved_at=None)


def test_links_missing_files_and_wrong_moments(given_folder: Path, raw: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(given_folder)
    (given_folder / "2021" / "link.csv").symlink_to(given_folder / "a.jsonl")
    for path in (tmp_path / "link", given_folder):
        with pytest.raises(RefusedError, match="symbolic link"):
            receive([path], raw, retrieved_at=None)
    with pytest.raises(InputError, match="not found"):
        receive([tmp_path / "nothing"], raw, retrieved_at=None)
    with pytest.raises(InputError, match="no moment"):
        receive([given_folder], raw, retrieved_at="last week")
    with pytest.raises(RefusedError, match="would be copied to"):
        receive([tmp_path], raw, retrieved_at=None)
    with pytest.raises(RefusedError, match="Rename"):
        receive([given_folder / ".hidden"], raw, retrieved_at=None)
    (raw / "press").symlink_to(tmp_path)
    (given_folder / "2021" / "link.csv").unlink()
    with pytest.raises(RefusedError, match="in the way"):
        receive([given_folder], raw, retrieved_at=None)
    assert not [path for path in raw.iterdir() if path.name != "press"]
