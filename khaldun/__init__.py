"""What a notebook imports: load, compare and verify releases. Needs pandas and pyarrow alone, and to verify not even pandas."""

from typing import TYPE_CHECKING, Any

from khaldun.load import load
from khaldun.verify import VerifyReport, verify
from khaldun.versions import versions

if TYPE_CHECKING:
    from khaldun.difference import Columns, Difference, diff

__all__ = ["Columns", "Difference", "VerifyReport", "diff", "load", "verify", "versions"]


def __getattr__(name: str) -> Any:
    if name not in ("Columns", "Difference", "diff"):
        raise AttributeError(f"module khaldun has no attribute {name}")
    from khaldun import difference

    return getattr(difference, name)
