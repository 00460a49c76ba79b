"""What a notebook imports: load and verify a release. Needs pandas and pyarrow alone."""

from khaldun.load import load
from khaldun.verify import VerifyReport, verify
from khaldun.versions import versions

__all__ = ["VerifyReport", "load", "verify", "versions"]
