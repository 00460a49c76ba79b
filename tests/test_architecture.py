"""The walls of the house: who may import whom, and who may touch disk or network."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from pipeline.fingerprints import import_closure
from pipeline.stages import SEED_MODULES
from pipeline.stages import STAGES as STAGES_OF_A_BUILD

HOME = Path(__file__).resolve().parent.parent
STAGES = ("ingest", "coding", "locating", "matching", "checking", "publishing")
IO_MODULES = {"os", "shutil", "socket", "urllib", "http", "requests", "tempfile", "sqlite3", "zipfile", "gzip", "fcntl"}
IO_CALLS = {"open", "read_text", "write_text", "read_bytes", "write_bytes", "mkdir", "unlink", "rename", "rglob", "iterdir"}
IO_ROOMS = (
    "pipeline/store.py",
    "pipeline/ingest/",
    "pipeline/resources/",
    "pipeline/locating/online",
    "pipeline/publishing/",
    "pipeline/picturing/release",
    "pipeline/workbench/",
    "pipeline/evaluation/loader.py",
    "pipeline/evaluation/gate.py",
    "khaldun/",
)
# Read their own code or the files of a dataset as a whole, and say so in their docstrings.
IO_EXCEPTIONS = (
    "pipeline/durable.py",
    "pipeline/fingerprints.py",
    "pipeline/settings.py",
    "pipeline/scaffold.py",
    "pipeline/throwaway.py",
    "pipeline/runner.py",
    "pipeline/cli.py",
    "schemas/taxonomy.py",
)


def sources(repository: Path) -> list[Path]:
    return sorted(path for package in ("pipeline", "schemas", "khaldun") for path in (repository / package).rglob("*.py"))


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert not node.level, f"{path}: relative import"
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def test_schemas_import_nothing_of_ours(repository: Path) -> None:
    for path in sorted((repository / "schemas").rglob("*.py")):
        assert not {name for name in imports(path) if name.split(".")[0] in {"pipeline", "khaldun"}}, path


def test_khaldun_needs_nothing_of_the_builder_and_few_libraries(repository: Path) -> None:
    import sys

    allowed = {"pandas", "pyarrow", "khaldun", "__future__", *sys.stdlib_module_names}
    for path in sorted((repository / "khaldun").rglob("*.py")):
        assert {name.split(".")[0] for name in imports(path)} <= allowed, path


@pytest.mark.parametrize("stage", STAGES)
def test_stages_never_import_each_other_nor_what_stands_above(repository: Path, stage: str) -> None:
    forbidden = {f"pipeline.{other}" for other in STAGES if other != stage} | {
        "pipeline.runner",
        "pipeline.cli",
        "pipeline.stages",
        "pipeline.workbench",
        "pipeline.explaining",
        "pipeline.naming",
        "pipeline.picturing",
        "pipeline.summary",
        "pipeline.evaluation",
    }
    if stage != "publishing":
        forbidden.add("pipeline.store")
    for path in sorted((repository / "pipeline" / stage).rglob("*.py")):
        wrong = {name for name in imports(path) for other in forbidden if name == other or name.startswith(f"{other}.")}
        assert not wrong, f"{path} imports {wrong}"


def test_resources_stand_below_the_stages(repository: Path) -> None:
    allowed = ("pipeline.resources", "pipeline.errors", "pipeline.durable")
    for path in sorted((repository / "pipeline" / "resources").rglob("*.py")):
        ours = {name for name in imports(path) if name.startswith("pipeline.")}
        assert all(name.startswith(allowed) for name in ours), f"{path} imports {ours}"


def test_disk_is_touched_only_where_it_may_be(repository: Path) -> None:
    for path in sources(repository):
        name = path.relative_to(repository).as_posix()
        if name.startswith(IO_ROOMS) or name in IO_EXCEPTIONS:
            continue
        used = {module.split(".")[0] for module in imports(path)} & IO_MODULES
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                used |= {called} & IO_CALLS
        assert not used, f"{name} uses {used}"


def test_no_clock_and_no_chance_in_what_makes_tables(repository: Path) -> None:
    for path in sources(repository):
        if "pipeline/locating/online/" in path.as_posix():
            continue  # it makes no tables, as the next test holds
        names = imports(path)
        assert not names & {"random", "time", "uuid", "secrets"}, path
        text = path.read_text(encoding="utf-8")
        assert ".now(" not in text and ".today(" not in text and "utcnow" not in text, path


def test_no_stage_can_reach_the_network() -> None:
    network = {"socket", "ssl", "http", "requests", "geopy"}
    called = [stage.module for stage in STAGES_OF_A_BUILD] + ["pipeline.publishing.release", "pipeline.runner"]
    for module in import_closure([*called, *SEED_MODULES.values()]):
        assert not module.startswith("pipeline.locating.online")
        path = HOME.joinpath(*module.split("."))
        names = imports(path / "__init__.py" if path.is_dir() else path.with_suffix(".py"))
        assert not {name for name in names if name.split(".")[0] in network or name.startswith("urllib.request")}, module


def test_modules_stay_small(repository: Path) -> None:
    for path in sources(repository):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 400, f"{path} has grown over 400 lines: split it"
