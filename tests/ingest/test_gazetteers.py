"""Adding files of GeoNames: bytes, notes, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.errors import InputError, RefusedError
from pipeline.ingest.gazetteers import add_files, list_files
from pipeline.resources.geonames_files import FOLDER
from tests.resources.dumps import ADMIN1, ADMIN2, ALTERNATE_NAMES, BAD_LINES, LINES, line, write


@pytest.fixture
def given(tmp_path: Path) -> Path:
    folder = tmp_path / "given"
    folder.mkdir()
    return folder


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "set"


MANY = [*LINES, *(line(number, f"Village {number}") for number in range(100, 140))]


@pytest.mark.parametrize("name", ["IQ.txt", "IQ.zip"])
def test_a_dump_is_copied_with_a_note(given, root, name) -> None:
    path = write(given / name, [*MANY, *BAD_LINES])
    (added,) = add_files([path], root)
    assert (added.name, added.outcome, added.note.kind) == (name, "copied", "places")
    assert (root / FOLDER / name).read_bytes() == path.read_bytes()
    note = json.loads((root / FOLDER / f"{name}.meta.json").read_bytes())
    first = len(MANY) + 1
    assert (note["rows"], note["left_out"], note["refused"]) == (len(MANY), 4, 4)
    assert note["refused_lines"] == [
        {"line": first, "reason": "2 columns, expected 19"},
        {"line": first + 1, "reason": "the coordinates lie outside the Earth"},
        {"line": first + 2, "reason": "the place has no name"},
        {"line": first + 3, "reason": "there is no such feature class"},
    ]
    assert (note["licence"], "geonames.org" in note["credit"]) == ("CC BY 4.0", True)


def test_each_kind_of_file_is_told_by_its_lines(given, root) -> None:
    tables = {"IQ.txt": LINES, "admin1CodesASCII.txt": ADMIN1, "admin2Codes.txt": ADMIN2, "alternateNamesV2.zip": ALTERNATE_NAMES}
    added = add_files([write(given / name, lines) for name, lines in tables.items()], root)
    assert {each.name: each.note.kind for each in added} == {
        "IQ.txt": "places",
        "admin1CodesASCII.txt": "admin1_codes",
        "admin2Codes.txt": "admin2_codes",
        "alternateNamesV2.zip": "alternate_names",
    }
    assert [each.name for each in list_files(root)] == sorted(tables)


def test_alternate_names_of_a_country_do_not_take_the_place_of_its_dump(given, root) -> None:
    (given / "names").mkdir()
    added = add_files([write(given / "IQ.zip", LINES), write(given / "names" / "IQ.zip", ALTERNATE_NAMES)], root)
    assert [each.name for each in added] == ["IQ.zip", "alternateNames-IQ.zip"]


def test_adding_twice_changes_nothing(given, root) -> None:
    path = write(given / "IQ.txt", LINES)
    add_files([path], root)
    before = {each: each.stat().st_mtime_ns for each in (root / FOLDER).glob("IQ.txt")}
    again = write(given / "again.txt", LINES)
    assert [(each.name, each.outcome) for each in add_files([path, again], root)] == [("IQ.txt", "present")]
    assert {each: each.stat().st_mtime_ns for each in (root / FOLDER).glob("*.txt")} == before


def test_a_newer_copy_takes_the_place_of_an_older_one_only_if_told_so(given, root) -> None:
    path = write(given / "IQ.txt", LINES)
    add_files([path], root)
    write(path, LINES[:-1])
    with pytest.raises(RefusedError, match="--replace"):
        add_files([path], root)
    (added,) = add_files([path], root, replace=True)
    assert added.outcome == "replaced"
    assert (root / FOLDER / "IQ.txt").read_bytes() == path.read_bytes()


def test_a_file_that_was_changed_by_hand_has_no_note(given, root) -> None:
    add_files([write(given / "IQ.txt", LINES)], root)
    assert list_files(root)[0].note
    write(root / FOLDER / "IQ.txt", LINES[1:])
    assert list_files(root)[0].note is None
    add_files([root / FOLDER / "IQ.txt"], root)
    assert list_files(root)[0].note


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("cities.csv", b"id,name\n1,Kirkuk\n", r"cities\.csv: not a table of GeoNames.*1 column"),
        ("IQ.txt", b"", "is empty"),
        ("IQ.zip", b"PK\x05\x06" + bytes(18), "holds 0 tables"),
        ("README.txt", "\n".join(LINES).encode(), "Rename it"),
    ],
)
def test_what_is_no_table_of_geonames_is_refused(given, root, name, content, words) -> None:
    (given / name).write_bytes(content)
    with pytest.raises((InputError, RefusedError), match=words):
        add_files([given / name], root)
    assert not (root / FOLDER).exists()


def test_a_dump_of_which_many_lines_are_bad_is_refused_as_a_whole(given, root) -> None:
    path = write(given / "IQ.txt", [*LINES, *BAD_LINES])
    with pytest.raises(InputError, match=r"IQ\.txt:22: 2 columns, expected 19\. 4 of 25 lines"):
        add_files([path], root)


def test_nothing_is_copied_unless_all_can_be(given, root) -> None:
    with pytest.raises(InputError):
        add_files([write(given / "IQ.txt", LINES), given / "missing.zip"], root)
    assert not (root / FOLDER).exists()


def test_a_damaged_archive_is_refused(given, root) -> None:
    path = write(given / "IQ.zip", MANY)
    content = bytearray(path.read_bytes())
    middle = content.index(b"IQ.txt") + 200
    content[middle : middle + 40] = bytes(40)
    path.write_bytes(bytes(content))
    with pytest.raises(InputError, match="damaged"):
        add_files([path], root)
