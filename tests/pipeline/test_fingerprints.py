"""What the output of a stage depends on is declared, or found in its imports."""

from __future__ import annotations

import ast
import sys

import pytest

from pipeline import fingerprints
from pipeline.fingerprints import code_digest, import_closure
from pipeline.stages import SEED_MODULES, STAGES, Stage

OURS = {"pipeline", "schemas", "khaldun"}


def modules(stage: Stage) -> list[str]:
    return import_closure([stage.module, "schemas.arrow", *(SEED_MODULES[name] for name in stage.seeds)])


def imported_libraries(module: str) -> set[str]:
    path = fingerprints._source_of(module)
    assert path
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found - OURS - set(sys.stdlib_module_names)


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.name)
def test_a_stage_declares_every_library_that_its_code_imports(stage: Stage) -> None:
    imported = {name.replace("_", "-") for module in modules(stage) for name in imported_libraries(module)}
    assert imported <= set(stage.libraries)


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.name)
def test_no_stage_depends_on_the_code_of_another(stage: Stage) -> None:
    rooms = {module.split(".")[1] for module in modules(stage) if module.startswith("pipeline.")}
    own = stage.module.split(".")[1]
    assert rooms <= {own, "durable", "errors", "resources", "settings"}


def test_every_stage_reads_only_what_stages_before_it_write() -> None:
    written: set[str] = set()
    for stage in STAGES:
        assert set(stage.reads) <= written, stage.name
        assert set(stage.restricted) <= set(stage.reads)
        assert not written & set(stage.writes), "one writer each"
        written |= set(stage.writes)


@pytest.fixture
def house(tmp_path, monkeypatch):
    """A little project of our own, whose modules are written by name."""
    monkeypatch.setattr(fingerprints, "_HOME", tmp_path)
    for cached in (fingerprints._imports_of, code_digest):
        cached.cache_clear()

    def write(**sources: str) -> None:
        for cached in (fingerprints._imports_of, code_digest):
            cached.cache_clear()
        for name, text in sources.items():
            path = tmp_path / "pipeline" / f"{name}.py"
            path.parent.mkdir(exist_ok=True)
            (path.parent / "__init__.py").touch()
            path.write_text(text)

    yield write
    for cached in (fingerprints._imports_of, code_digest):
        cached.cache_clear()


@pytest.mark.parametrize(
    "statement",
    [
        "import pipeline.used",
        "from pipeline import used",
        "from pipeline.used import anything",
        "def late():\n    from pipeline.used import anything",
        "try:\n    import pipeline.used\nexcept ImportError:\n    pass",
    ],
)
def test_the_code_of_a_module_is_that_of_all_it_imports(house, statement: str) -> None:
    house(stage=statement, used="import pipeline.deeper", deeper="a = 1", other="b = 1")
    first = code_digest(("pipeline.stage",))
    house(other="b = 2")
    assert code_digest(("pipeline.stage",)) == first
    house(deeper="a = 2")
    assert code_digest(("pipeline.stage",)) != first


def test_what_only_types_need_is_not_part_of_it(house) -> None:
    house(stage="from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import pipeline.used\n", used="a = 1")
    assert import_closure(["pipeline.stage"]) == ["pipeline", "pipeline.stage"]


def test_a_module_that_is_handed_in_counts_without_what_it_imports(house) -> None:
    house(stage="", handed="import pipeline.deeper", deeper="a = 1")
    first = code_digest(("pipeline.stage",), ("pipeline.handed",))
    house(deeper="a = 2")
    assert code_digest(("pipeline.stage",), ("pipeline.handed",)) == first
    house(handed="import pipeline.deeper, re")
    assert code_digest(("pipeline.stage",), ("pipeline.handed",)) != first
