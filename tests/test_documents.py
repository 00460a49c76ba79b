"""The documents say what is there: every command, setting, column and check."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
import typer.main

from pipeline.cli import app
from pipeline.settings import Settings


def commands() -> dict[str, click.Command]:
    group = typer.main.get_command(app)
    found = {}
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            found |= {f"{name} {inner}": sub for inner, sub in command.commands.items()}
        else:
            found[name] = command
    return found


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_command_has_help_and_a_place_in_the_documents(repository: Path, name: str) -> None:
    command = commands()[name]
    text = (repository / "docs" / "commands.md").read_text(encoding="utf-8")
    assert command.help, name
    headings = [line for line in text.splitlines() if line.startswith("## ")]
    assert any(name in heading or name in heading.replace(",", "").split() for heading in headings), name


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_option_is_described(name: str) -> None:
    for parameter in commands()[name].params:
        if parameter.name != "help":
            assert getattr(parameter, "help", None) or isinstance(parameter, click.Argument), f"{name} {parameter.name}"


def test_settings_page_is_current(repository: Path) -> None:
    from pipeline.settings import settings_page

    assert (repository / "docs" / "settings.md").read_text(encoding="utf-8") == settings_page()
    assert all(f"`{section}`" in settings_page() or f"[{section}]" in settings_page() for section in Settings.model_fields)


def test_no_document_points_nowhere(repository: Path) -> None:
    import re

    for page in [repository / "README.md", *sorted((repository / "docs").glob("*.md"))]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} points to {target}"


def test_every_ingest_problem_is_documented(repository: Path) -> None:
    from pipeline.ingest.problems import PROBLEM_CODES

    table = ["| code | action | what to do |", "|---|---|---|"]
    table += [f"| `{code}` | {found.action} | {found.advice} |" for code, found in sorted(PROBLEM_CODES.items())]
    assert "\n".join(table) in (repository / "docs" / "articles.md").read_text(encoding="utf-8")
