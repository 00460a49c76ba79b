"""Errors for people.

KhaldunError                 something a person can put right; the command line prints it without a traceback
+-- InputError               a file given by the user is missing or cannot be used
+-- SettingsError            dataset.toml is wrong
+-- SeedError                a seed table is wrong
+-- RefusedError             the request would break a promise, for example changing a published release
+-- LockedError              another build holds the lock of this dataset
"""

from __future__ import annotations


class KhaldunError(Exception):
    """Something a person can put right. Its text says what is wrong, where, and what to do."""

    exit_code = 2


class InputError(KhaldunError):
    """A file given by the user is missing or cannot be used."""


class SettingsError(KhaldunError):
    """dataset.toml is wrong."""


class SeedError(KhaldunError):
    """A seed table is wrong."""


class RefusedError(KhaldunError):
    """The request would break a promise, for example changing a published release."""


class LockedError(KhaldunError):
    """Another build holds the lock of this dataset."""

    exit_code = 3
