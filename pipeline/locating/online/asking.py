"""Asking a geocoder: the cache first, then the limit of rate, then the network, again after a pause if it failed."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.error import HTTPError, URLError

from pipeline.errors import KhaldunError
from pipeline.locating.online.cache import AnswerCache, Kept, Raw
from pipeline.locating.online.services import Service

TRIES: Final = 3
_FIRST_PAUSE: Final = 2.0  # seconds; doubled with every further try
_LONGEST_WORDS: Final = 200
_BAD_FORM: Final = (KeyError, IndexError, TypeError, ValueError, AttributeError, RecursionError)


class GeocodingError(KhaldunError):
    """The geocoder cannot be asked any further."""


class UnansweredError(Exception):
    """One question got no answer that can be read; others may."""


@dataclass
class Limiter:
    """Lets questions through at a rate, counted from the beginning of each.

    Attributes:
        rate: Questions a second.
        clock: Seconds that only grow.
        sleep: Waits that many seconds.
    """

    rate: float
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _free_at: float | None = field(default=None, init=False)

    def wait(self) -> None:
        """Return when the next question may be sent."""
        now = self.clock()
        if self._free_at is not None and self._free_at > now:
            self.sleep(self._free_at - now)
            now = self.clock()
        self._free_at = now + 1 / self.rate


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True)
class Asker:
    """Asks one service.

    Attributes:
        service: The geocoder.
        cache: What was answered before.
        limiter: How fast questions may follow each other.
        again: Whether to ask anew what the cache knows.
        now: The moment, written beside each answer.
    """

    service: Service
    cache: AnswerCache
    limiter: Limiter
    again: bool = False
    now: Callable[[], dt.datetime] = _now

    def ask(self, text: str, codes: Sequence[str]) -> Kept:
        """The answer to one question.

        Args:
            text: A name.
            codes: ISO 3166 two-letter codes of the countries to look in; none is the whole world.

        Raises:
            UnansweredError: No answer came that can be read.
            GeocodingError: The service refuses to answer us, or cannot be reached.
        """
        question = self.service.question(text, codes)
        if not self.again and (kept := self.cache.get(question)):
            return kept
        asked_at = self.now().strftime("%Y-%m-%dT%H:%M:%SZ")
        kept = Kept(asked_at, self._ask(text, codes))
        self.cache.put(question, kept)
        return kept

    def _ask(self, text: str, codes: Sequence[str]) -> list[Raw]:
        from geopy.exc import GeocoderParseError, GeocoderQueryError, GeopyError

        failed: Exception | None = None
        for number in range(TRIES):
            if failed:
                self.limiter.sleep(_FIRST_PAUSE * 2 ** (number - 1))
            self.limiter.wait()
            try:
                return self.service.ask(text, codes)
            except (GeocoderParseError, *_BAD_FORM) as error:
                raise UnansweredError(f"its answer cannot be read ({_words(error)})") from None
            except GeocoderQueryError as error:
                raise UnansweredError(f"it cannot use the question ({_words(error)})") from None
            except GeopyError as error:
                self._refuse_if_blocked(error)
                failed = error
        raise self._given_up(failed) from None

    def _refuse_if_blocked(self, error: Exception) -> None:
        from geopy.exc import (
            GeocoderAuthenticationFailure,
            GeocoderInsufficientPrivileges,
            GeocoderQuotaExceeded,
            GeocoderRateLimited,
        )

        address = self.service.address
        if isinstance(error, GeocoderRateLimited | GeocoderQuotaExceeded):
            after = getattr(error, "retry_after", None)
            when = f"in {after:.0f} seconds" if after else "some hours from now"
            raise GeocodingError(
                f"{address} asks for fewer questions ({_words(error)}). Nothing more was asked. Go on {when}, with a lower rate in "
                "[geocoding], or run a server of your own."
            ) from None
        if isinstance(error, GeocoderInsufficientPrivileges | GeocoderAuthenticationFailure):
            raise GeocodingError(
                f"{address} refuses to answer ({_words(error)}). Nothing more was asked. Look into its terms of use, and at "
                "contact, username and rate in [geocoding] of dataset.toml."
            ) from None

    def _given_up(self, error: Exception | None) -> Exception:
        from geopy.exc import GeocoderTimedOut

        cause = error.__context__ if error else None
        if isinstance(cause, URLError) and not isinstance(cause, HTTPError) and not isinstance(error, GeocoderTimedOut):
            return GeocodingError(
                f"{self.service.address} cannot be reached ({_words(error)}). Check the network, and url in [geocoding] of "
                "dataset.toml."
            )
        return UnansweredError(f"no answer after {TRIES} tries ({_words(error)})")


def _words(error: Exception | None) -> str:
    """What an error says, in one line; a service may send back a whole page."""
    said = " ".join(str(error).split()) or type(error).__name__
    return said if len(said) <= _LONGEST_WORDS else f"{said[:_LONGEST_WORDS]}…"
