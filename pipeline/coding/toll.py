"""A number of dead or wounded that a sentence tells, and the words that carry it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from pipeline.coding.people import Basis
from pipeline.coding.reading import Reading

What = Literal["dead", "wounded", "both", "either", "unknown"]

_PHRASE = 10
"""Tokens of evidence at most."""


class Part(NamedTuple):
    """Some of those whom a toll counts, told by themselves: `three soldiers` of `three soldiers and a boy`."""

    start: int
    end: int
    value: int


@dataclass(frozen=True, slots=True)
class Toll:
    """A number of dead, wounded, or both together.

    Attributes:
        start: First code point of the words that carry it.
        end: Code point after the last.
        what: `dead`, `wounded`, `both` (killed and wounded) or `either` (killed or wounded), or `unknown`.
        value: The number taken.
        low: Lowest number that the words allow.
        high: Highest; None if open.
        basis: What the number rests on.
        people_start: First code point of the words for those who suffered; equal to people_end if there are none.
        people_end: Code point after them.
        parts: Those who were told one by one or group by group.
        is_added: Whether the words add it to what was told before: `was also killed`, `another died later`.
        is_total: Whether it is what all came to: `the death toll rose to 9`, `in all, 9 people died`.
        incidents: Number of incidents or places that it is the toll of; 0 if several without a number.
        is_named: Whether a noun such as `the murder of` carries it without a number, which often recalls what is known.
        is_own: Whether somebody tells it of his own side: `they lost two men`.
        is_noun: Whether a noun such as `the murder of` carries it.
        shares: Number of incidents among which a total was divided; 1 if it was not.
        is_rival: Whether it is the number of one more source, and no later news.
    """

    start: int
    end: int
    what: What
    value: int
    low: int
    high: int | None
    basis: Basis
    people_start: int
    people_end: int
    parts: tuple[Part, ...] = ()
    is_added: bool = False
    is_total: bool = False
    incidents: int = 1
    is_named: bool = False
    is_noun: bool = False
    is_own: bool = False
    shares: int = 1
    is_rival: bool = False


def span_of(reading: Reading, first: int, last: int) -> tuple[int, int]:
    """Code points of a run of tokens, cut to a number of them."""
    tokens = reading.document.tokens
    last = min(last, first + _PHRASE, len(tokens))
    return tokens[first].start, tokens[max(first, last - 1)].end


def do_overlap(start: int, end: int, toll: Toll) -> bool:
    """Whether a span shares any code point with the words of a toll."""
    return start < toll.end and toll.start < end
