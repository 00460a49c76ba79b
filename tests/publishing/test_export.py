"""The export of the state."""

from __future__ import annotations

import pyarrow.parquet as pq
import pytest

from pipeline.errors import InputError
from pipeline.publishing.export import export_tables
from schemas.tables import TABLES


def test_every_state_table_is_one_sorted_file_with_its_texts(new_sample, attack, tmp_path) -> None:
    sample = new_sample()
    for name in ("three", "one", "two"):
        sample.article(name, attack)
    rows = export_tables(sample.state(), tmp_path / "out")
    assert set(rows) == {name for name, table in TABLES.items() if table.layer == "state"}
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(f"{name}.parquet" for name in rows)
    articles = pq.read_table(tmp_path / "out" / "articles.parquet").to_pylist()
    assert [row["article_id"] for row in articles] == sorted(row["article_id"] for row in articles)
    assert {row["text"] for row in articles} == {attack.sentence}
    assert rows["articles"] == 3


def test_a_broken_export_leaves_the_file_that_was_there(new_sample, attack, tmp_path, monkeypatch) -> None:
    state = new_sample().article("one", attack).state()
    export_tables(state, tmp_path)
    before = (tmp_path / "articles.parquet").read_bytes()
    monkeypatch.setattr(
        "pipeline.publishing.export.pq.ParquetWriter.write_table", lambda *_, **__: (_ for _ in ()).throw(OSError("full"))
    )
    with pytest.raises(InputError, match="full"):
        export_tables(state, tmp_path)
    assert (tmp_path / "articles.parquet").read_bytes() == before
    assert not [path for path in tmp_path.iterdir() if path.suffix == ".tmp"]
