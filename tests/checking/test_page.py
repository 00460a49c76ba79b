"""The page of checks is that of the present code."""

from __future__ import annotations

from pathlib import Path

from pipeline.checking.page import checks_page
from pipeline.checking.registry import CHECKS
from schemas.validation import COLUMN_RULES


def test_page_lists_every_check_once_with_its_severity() -> None:
    columns, hard, soft = (
        checks_page().partition(f"## {heading}\n")[2].partition("\n## ")[0]
        for heading in (
            "Columns and keys",
            "Hard rules",
            "Soft rules",
        )
    )
    for code, check in CHECKS.items():
        for section, severity in ((hard, "hard"), (soft, "soft")):
            assert section.count(f"| `{code}` |") == (check.severity == severity), code
    assert all(f"`{rule}" in columns for rule in COLUMN_RULES)


def test_committed_page_is_current(repository: Path) -> None:
    how = "python -c 'from pipeline.checking.page import checks_page as page; print(page(), end=str())' > docs/checks.md"
    assert (repository / "docs" / "checks.md").read_text(encoding="utf-8") == checks_page(), f"run: {how}"
