"""Every kind of tampering is found, with its place."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from khaldun import verify
from khaldun.content import canonical_line, table_hash


@pytest.fixture
def release(new_sample, attack, publish) -> Path:
    return publish(new_sample().article("one", attack).article("two", attack)).path


def seal(folder: Path) -> None:
    """Make the sums fit what lies there, as somebody would who tampers with care."""
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n"
        for path in sorted(folder.iterdir())
        if path.name != "SHA256SUMS"
    ]
    (folder / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


def reseal(folder: Path) -> None:
    """Make the content hashes fit too."""
    from khaldun.content import release_hash

    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    keys = {each["name"]: each["schema"]["primaryKey"] for each in package["resources"]}
    found = {path.stem: table_hash(pq.read_table(path), keys[path.stem]) for path in sorted(folder.glob("*.parquet"))}
    tables = {name: vars(each) for name, each in found.items()}
    (folder / "CONTENT_HASHES.json").write_text(json.dumps({"release": release_hash(found), "tables": tables}), encoding="utf-8")
    seal(folder)


def change(folder: Path, table: str, **values) -> None:
    rows = pq.read_table(folder / f"{table}.parquet")
    changed = rows.to_pylist()
    changed[0] |= values
    pq.write_table(
        pa.Table.from_pylist(changed, schema=pa.schema([field.with_nullable(True) for field in rows.schema])),
        folder / f"{table}.parquet",
    )


def told(folder: Path) -> str:
    return "\n".join(map(str, verify(folder).findings))


def test_a_sound_release(release: Path) -> None:
    report = verify(release)
    assert report.ok
    assert report.rows["event_reports"] == 2
    assert report.as_dict()["ok"] is True
    assert "nothing is wrong" in report.as_text()


@pytest.mark.parametrize(
    ("tamper", "expected"),
    [
        (lambda f: (f / "README.md").write_text("x"), "README.md: was changed"),
        (lambda f: (f / "LICENSE").unlink(), "LICENSE: is missing"),
        (lambda f: (f / "extra.txt").write_text("x"), "extra.txt: is not in SHA256SUMS"),
        (lambda f: (f / "SHA256SUMS").write_text("nonsense\n"), "SHA256SUMS: line 1"),
        (lambda f: (f / "SHA256SUMS").unlink(), "SHA256SUMS: cannot be read"),
        (lambda f: (f / "datapackage.json").write_text("{"), "datapackage.json: cannot be read"),
        (lambda f: (f / "datapackage.json").write_text('{"resources": [{}]}'), "datapackage.json: does not describe"),
        (lambda f: (f / "events.parquet").write_bytes(b"PAR1"), "events.parquet: cannot be read"),
        (lambda f: (f / "CONTENT_HASHES.json").write_text("{}"), "CONTENT_HASHES.json: events: does not name this table"),
    ],
)
def test_files(tamper, expected, release: Path) -> None:
    tamper(release)
    assert expected in told(release)


def test_content_whose_sums_were_made_to_fit(release: Path) -> None:
    change(release, "reports", fatalities=99)
    seal(release)
    assert "reports.parquet: was changed: its content" in told(release)
    assert "CONTENT_HASHES.json: release: is not the hash of these tables" in told(release)


@pytest.mark.parametrize(
    ("table", "values", "expected"),
    [
        ("reports", {"fatalities": -1}, ", fatalities: -1 is below 0"),
        ("reports", {"latitude": 91.0}, ", latitude: 91.0 is above 90"),
        ("reports", {"event_type": "War"}, ", event_type: 'War' is not in the list"),
        ("reports", {"status": None}, ", status: is null"),
        ("reports", {"report_id": "r1"}, "report_id: 'r1' does not have the form"),
        ("reports", {"article_id": "art-" + "0" * 20}, "which articles lacks"),
        ("event_reports", {"event_id": "KHD-IRQ-000099"}, "which events lacks"),
    ],
)
def test_rows_whose_hashes_were_made_to_fit(table, values, expected, release: Path) -> None:
    change(release, table, **values)
    reseal(release)
    assert expected in told(release)


def test_a_key_that_stands_there_twice(release: Path) -> None:
    table = pq.read_table(release / "events.parquet")
    pq.write_table(pa.concat_tables([table, table]), release / "events.parquet")
    reseal(release)
    assert "events.parquet: KHD-IRQ-000001: stands there twice" in told(release)
    assert "events.csv: has 1 rows; its table has 2" in told(release)


def test_columns_and_types(release: Path) -> None:
    table = pq.read_table(release / "events.parquet")
    pq.write_table(table.drop_columns(["notes"]), release / "events.parquet")
    reseal(release)
    assert "events.parquet: has the columns" in told(release)
    position = table.column_names.index("fatalities")
    pq.write_table(table.set_column(position, "fatalities", table["fatalities"].cast(pa.float64())), release / "events.parquet")
    reseal(release)
    assert "events.parquet: fatalities: is double; datapackage.json says integer" in told(release)


@pytest.mark.parametrize(("old", "new"), [("35.137", "35.1371"), ("Daquq,Daquq", "Daquq,Tuz"), (",-1.29,", ",'-1.29,")])
def test_a_csv_that_differs_from_its_table(old, new, release: Path) -> None:
    path = release / "events.csv"
    text = path.read_text(encoding="utf-8")
    changed = text.replace(old, new, 1)
    if changed == text:
        changed = text.replace("Kirkuk", "Erbil", 1)
    path.write_text(changed, encoding="utf-8")
    seal(release)
    assert "events.csv: row 1, " in told(release)


def test_many_findings_of_a_kind_are_counted(release: Path) -> None:
    table = pq.read_table(release / "evidence.parquet")
    row = table.to_pylist()[0]
    rows = [row | {"ordinal": number, "rule_id": "x", "start": -1} for number in range(30)]
    pq.write_table(pa.Table.from_pylist(rows, schema=table.schema), release / "evidence.parquet")
    reseal(release)
    assert "evidence.parquet: start: 10 more of this kind" in told(release)


def test_no_folder(tmp_path: Path) -> None:
    assert "there is no such folder" in told(tmp_path / "none")


def test_verify_needs_no_pandas(release: Path) -> None:
    program = f"""
import sys

class NoPandas:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] == "pandas":
            raise ModuleNotFoundError(name)

sys.meta_path.insert(0, NoPandas())
import khaldun
report = khaldun.verify({str(release)!r})
assert report.ok, report.as_text()
assert not any(name.split(".")[0] in ("pipeline", "schemas", "pandas") for name in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


# -- content hash -------------------------------------------------------------------------------------------------------------


def test_the_content_hash_can_be_made_by_hand() -> None:
    import datetime as dt

    table = pa.table(
        {
            "key": ["b", "a"],
            "day": pa.array([None, dt.date(2026, 9, 1)]),
            "number": [1.0, -0.0],
            "count": [1, 2],
            "is_so": [True, None],
            "at": pa.array([None, dt.datetime(2026, 9, 1, 12, tzinfo=dt.UTC)], pa.timestamp("us", tz="UTC")),
        }
    )
    lines = (
        '["key","day","number","count","is_so","at"]\n'
        '["a","2026-09-01",0.0,2,null,"2026-09-01T12:00:00.000000Z"]\n'
        '["b",null,1.0,1,true,null]\n'
    )
    assert table_hash(table, ["key"]).sha256 == hashlib.sha256(lines.encode()).hexdigest()


def test_the_content_hash_does_not_depend_on_order_chunks_or_file(tmp_path: Path) -> None:
    table = pa.table({"key": [f"k{n:04d}" for n in range(100)], "value": list(range(100))})
    shuffled = table.take([(n * 37) % 100 for n in range(100)])
    pq.write_table(shuffled, tmp_path / "t.parquet", row_group_size=7, compression="none")
    assert table_hash(pq.read_table(tmp_path / "t.parquet"), ["key"]) == table_hash(table, ["key"])


def test_no_number_has_no_canonical_form() -> None:
    with pytest.raises(ValueError, match="no number"):
        canonical_line([float("nan")])
