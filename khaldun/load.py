"""Load tables of a release into pandas, with types that keep nulls."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from khaldun.verify import unguard
from khaldun.versions import RELEASES_FOLDER, parse_version, versions

if TYPE_CHECKING:
    import pandas as pd

_ARROW_TYPES = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "datetime": pa.timestamp("us", tz="UTC"),
}


def release_folder(version: str | None = None, root: str | Path = ".") -> Path:
    """Folder of one release.

    Args:
        version: The release; the latest one if None, drafts not counted.
        root: The dataset's folder, or the folder of one release.

    Raises:
        FileNotFoundError: There is no such release.
    """
    folder = Path(root)
    if version is None and (folder / "CONTENT_HASHES.json").is_file():
        return folder
    if version is None:
        published = [each for each in versions(root) if not each.endswith("-dev")]
        if not published:
            raise FileNotFoundError(f"{folder / RELEASES_FOLDER} holds no release; publish one, or name a folder as root")
        version = published[-1]
    found = folder / RELEASES_FOLDER / version
    if parse_version(version) is None or not found.is_dir():
        known = ", ".join(versions(root)) or "none"
        raise FileNotFoundError(f"there is no release {version} in {folder / RELEASES_FOLDER}; there: {known}")
    return found


def load(table: str, version: str | None = None, root: str | Path = ".") -> pd.DataFrame:
    """One table of a release as a frame.

    Integers, texts and booleans are of pandas' nullable types, days are Arrow dates; a null is never NaN or an empty text. If only
    the CSV of the table is there, it is read to the same frame, without the apostrophes that guard against formulas.

    Args:
        table: Name of the table, for example `events`.
        version: The release; the latest one if None, drafts not counted.
        root: The dataset's folder, or the folder of one release.

    Raises:
        FileNotFoundError: There is no such release.
        KeyError: The release has no such table.
    """
    folder = release_folder(version, root)
    if (path := folder / f"{table}.parquet").is_file():
        return _to_frame(pq.read_table(path))
    if (path := folder / f"{table}.csv").is_file():
        return _to_frame(_read_csv(path, _schema(folder, table)))
    raise KeyError(
        f"release {folder.name} has no table {table}; there: {', '.join(sorted(p.stem for p in folder.glob('*.parquet')))}"
    )


def _schema(folder: Path, table: str) -> pa.Schema:
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    [found] = [each["schema"] for each in package["resources"] if each["name"] == table]
    return pa.schema([(each["name"], _ARROW_TYPES[each["type"]]) for each in found["fields"]])


def _read_csv(path: Path, schema: pa.Schema) -> pa.Table:
    options = pyarrow.csv.ConvertOptions(
        column_types=schema, null_values=[""], strings_can_be_null=True, quoted_strings_can_be_null=True,
        true_values=["true"], false_values=["false"],
    )  # fmt: skip
    read = pyarrow.csv.read_csv(path, parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True), convert_options=options)
    for position, field in enumerate(read.schema):
        if field.type == pa.string():
            plain = [None if value is None else unguard(value) for value in read.column(position).to_pylist()]
            read = read.set_column(position, field, pa.array(plain, pa.string()))
    return read


def _to_frame(table: pa.Table) -> pd.DataFrame:
    import pandas as pd

    types: dict[pa.DataType, Any] = {
        pa.string(): pd.StringDtype("pyarrow", na_value=pd.NA),
        pa.int32(): pd.Int64Dtype(),
        pa.int64(): pd.Int64Dtype(),
        pa.float64(): pd.Float64Dtype(),
        pa.bool_(): pd.BooleanDtype(),
        pa.date32(): pd.ArrowDtype(pa.date32()),
        pa.timestamp("us", tz="UTC"): pd.ArrowDtype(pa.timestamp("us", tz="UTC")),
    }
    frame: pd.DataFrame = table.to_pandas(types_mapper=types.get, ignore_metadata=True)
    return frame
