"""How ids are made: from what a thing is, never from where or when it was met."""

from __future__ import annotations

import hashlib
import re
import unicodedata


def _digest(*parts: str) -> str:
    # Lengths are hashed with the parts, so that ("ab", "c") and ("a", "bc") differ.
    joined = "".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.sha256(joined.encode()).hexdigest()[:20]


def article_id(source_id: str, *, external_id: str | None, url: str | None, text: str) -> str:
    """`art-` and 20 hexadecimal digits, made from the source and the first of external id, address and text that is given.

    80 bits: two of ten million articles share an id with a chance below one in ten billion.
    """
    for kind, value in (("id", external_id), ("url", url), ("text", text)):
        if value:
            return f"art-{_digest(source_id, kind, value)}"
    raise ValueError("an article without id, address and text has no identity")


def report_id(article_id: str, coder: str, anchor_start: int, anchor_ordinal: int) -> str:
    """`rep-` and 20 hexadecimal digits for one incident that one coder reads at one sentence of an article.

    Args:
        article_id: The article.
        coder: The kind of coder; for people the kind and the coder_id, so that two coders of one article never collide.
        anchor_start: First code point of the sentence that first tells the incident.
        anchor_ordinal: 0 for the first incident anchored there, 1 for the second.
    """
    return f"rep-{_digest(article_id, coder, str(anchor_start), str(anchor_ordinal))}"


def provisional_event_id(report_ids: list[str]) -> str:
    """`TMP-` and 20 hexadecimal digits from the reports of an event, in any order."""
    return f"TMP-{_digest(*sorted(report_ids))}"


def slug(name: str) -> str:
    """A name in lower-case ASCII with hyphens, as source ids are written: `Kurdistan 24` gives `kurdistan-24`.

    A name without any Latin letter or digit gives `source-` and a hash of it.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)
    return "-".join(words) if words else f"source-{_digest(name)[:8]}"


def unit_id(event_date: str, country: str, location: str, actor1: str, actor2: str | None, event_type: str) -> str:
    """`unit-` and 20 hexadecimal digits, equal for the events that ACLED would write as one row.

    Args:
        event_date: Day of the event as YYYY-MM-DD.
        country: Country of the event.
        location: Named place of the event.
        actor1: First actor.
        actor2: Second actor, or None.
        event_type: One of the six event types.
    """
    # Order of the actors carries no meaning.
    one, two = sorted((actor1, actor2 or ""))
    return f"unit-{_digest(event_date, country, location, one, two, event_type)}"
