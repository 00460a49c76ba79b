"""Hashes of the code that a stage runs: its module and everything of ours that it imports, found without running it."""

from __future__ import annotations

import ast
import hashlib
import importlib.metadata
import platform
from collections.abc import Iterable
from functools import cache
from pathlib import Path

_PACKAGES = ("pipeline", "schemas", "khaldun")
_HOME = Path(__file__).resolve().parent.parent


def _source_of(module: str) -> Path | None:
    path = _HOME.joinpath(*module.split("."))
    if path.is_dir():
        return path / "__init__.py"
    return path.with_suffix(".py") if path.with_suffix(".py").is_file() else None


_HOLDING_STATEMENTS = (ast.stmt, ast.excepthandler, ast.match_case)


class _Imports(ast.NodeVisitor):
    """Collects imported names; what stands under `if TYPE_CHECKING` is never run and is left out."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_If(self, node: ast.If) -> None:
        if isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            for child in node.orelse:
                self.visit(child)
        else:
            self.generic_visit(node)

    def generic_visit(self, node: ast.AST) -> None:
        # An import is a statement: expressions, most of a module, are not looked into.
        for child in ast.iter_child_nodes(node):
            if isinstance(child, _HOLDING_STATEMENTS):
                self.visit(child)

    def visit_Import(self, node: ast.Import) -> None:
        self.names.update(alias.name for alias in node.names)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        if node.module and not node.level:
            self.names.add(node.module)
            self.names.update(f"{node.module}.{alias.name}" for alias in node.names)


@cache
def _imports_of(module: str) -> tuple[str, ...]:
    path = _source_of(module)
    if path is None:
        return ()
    visitor = _Imports()
    visitor.visit(ast.parse(path.read_text(encoding="utf-8")))
    ours = {name for name in visitor.names if name.split(".")[0] in _PACKAGES and _source_of(name)}
    parents = {".".join(name.split(".")[:n]) for name in {*ours, module} for n in range(1, name.count(".") + 1)}
    return tuple(sorted(ours | parents))


def import_closure(modules: Iterable[str]) -> list[str]:
    """Our modules among `modules` and all that they import, directly or not, sorted."""
    found: set[str] = set()
    waiting = list(modules)
    while waiting:
        module = waiting.pop()
        if module not in found and _source_of(module):
            found.add(module)
            waiting += _imports_of(module)
    return sorted(found)


@cache
def code_digest(modules: tuple[str, ...], alone: tuple[str, ...] = ()) -> str:
    """A hash of the sources of the import closure and of the schema's data files, which are read by it.

    Args:
        modules: Where the closure begins.
        alone: Modules that belong to it without what they import.
    """
    digest = hashlib.blake2b(digest_size=16)
    closure = import_closure(modules)
    paths = [path for module in sorted({*closure, *alone}) if (path := _source_of(module))]
    if any(module.startswith("schemas") for module in closure):
        paths += sorted((_HOME / "schemas" / "data").glob("*.csv"))
    for path in paths:
        digest.update(f"{path.relative_to(_HOME).as_posix()}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


@cache
def library_version(name: str) -> str:
    """Version of an installed distribution, or of Python itself under the name `python`."""
    if name == "python":
        return ".".join(platform.python_version_tuple()[:2])
    return importlib.metadata.version(name)
