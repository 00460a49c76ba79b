"""A published release of the small dataset that the tests of publishing use."""

from __future__ import annotations

from tests.publishing.conftest import attack, incident, new_sample, publish, registries, settings

__all__ = ["attack", "incident", "new_sample", "publish", "registries", "settings"]
