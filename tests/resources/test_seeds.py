"""Seed tables: overlay by key, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import SeedError
from pipeline.resources.bundle import Resources
from pipeline.resources.seeds import OF_OWN_ARTICLES, SEED_TABLES, Seeds, shipped_seeds

HEADER = "country,valid_from,valid_to,note\n"


def folder(tmp_path: Path, name: str, text: str) -> Path:
    path = tmp_path / name
    path.mkdir()
    (path / "regimes.csv").write_text(HEADER + text, encoding="utf-8")
    return path


def test_a_dataset_replaces_and_adds_rows_by_key(tmp_path: Path) -> None:
    shipped = folder(tmp_path, "shipped", "Iraq,2014-09-08,,a\nIraq,2006-05-20,2014-09-07,b\n")
    own = folder(tmp_path, "own", "Iraq,2014-09-08,2018-10-24,c\nIraq,2018-10-25,,d\n")
    rows = Seeds((shipped, own)).rows("regimes")
    assert [(row["valid_from"], row["note"]) for row in rows] == [("2006-05-20", "b"), ("2014-09-08", "c"), ("2018-10-25", "d")]


def test_order_and_layout_of_files_do_not_show_in_the_digest(tmp_path: Path) -> None:
    one = folder(tmp_path, "one", "Iraq,2014-09-08,,a\nMali,2020-08-18,,b\n")
    other = folder(tmp_path, "other", "Mali,2020-08-18,,b\nIraq,2014-09-08,, a \n")
    assert Seeds((one,)).digest(["regimes"]) == Seeds((other,)).digest(["regimes"])
    assert Seeds((one,)).digest(["regimes"]) != Seeds(()).digest(["regimes"])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Iraq,2014-09-08,,a\nIraq,2014-09-08,,b\n", r"regimes\.csv:3: Iraq, 2014-09-08 stands in line 2 already"),
        ("Iraq,2014-09-08\n", r"regimes\.csv:2: 2 values, expected 4"),
    ],
)
def test_a_wrong_row_is_named_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SeedError, match=said):
        Seeds((folder(tmp_path, "own", text),)).rows("regimes")


def test_other_columns_are_refused(tmp_path: Path) -> None:
    (tmp_path / "regimes.csv").write_text("country,von\n", encoding="utf-8")
    with pytest.raises(SeedError, match="expected country,valid_from"):
        Seeds((tmp_path,)).rows("regimes")


def test_a_seed_that_was_not_declared_cannot_be_read() -> None:
    with pytest.raises(LookupError, match="not declared"):
        Seeds.of(Path("/nowhere")).restricted_to(["places"]).rows("regimes")


@pytest.mark.parametrize("name", sorted(SEED_TABLES))
def test_every_seed_table_ships_and_is_well_formed(name: str) -> None:
    assert len(Seeds((shipped_seeds(),)).rows(name)) > 10 or name in OF_OWN_ARTICLES


def test_a_misnamed_seed_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "actor.csv").write_text("actor_id\n", encoding="utf-8")
    with pytest.raises(SeedError, match=r"actor\.csv: there is no such seed table"):
        Seeds.of(tmp_path)


def test_equal_tables_make_one_look_up_and_a_changed_row_another(tmp_path: Path) -> None:
    header = "rule_id,trigger,forms,conditions,sub_event_type,weight,note\n"

    def resources(name: str, form: str) -> Resources:
        (tmp_path / name).mkdir()
        (tmp_path / name / "lexicon.csv").write_text(f"{header}a,attack,{form},,Attack,1,\n", encoding="utf-8")
        return Resources(Seeds((tmp_path / name,)))

    one, same, other = resources("one", "raided"), resources("same", "raided"), resources("other", "stormed")
    assert one.lexicon is same.lexicon
    assert other.lexicon.mentions("They stormed it.")
    assert not one.lexicon.mentions("They stormed it.")


def test_rows_are_the_callers_own() -> None:
    seeds = Seeds((shipped_seeds(),))
    seeds.rows("regimes")[0]["note"] = "changed"
    assert seeds.rows("regimes")[0]["note"] != "changed"
