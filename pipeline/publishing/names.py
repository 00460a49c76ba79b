"""Names of private persons in free text: a first, coarse form that would rather refuse a note than publish a victim's name."""

from __future__ import annotations

import re
from collections.abc import Iterable

_CAPITALISED = r"[^\W\d_a-z][\w'’-]*"
_NAME = rf"{_CAPITALISED}(?:\s+(?:(?:al|el|bin|ibn|abu|umm|von|van|de|da|del)[\s-]+)?{_CAPITALISED})*"

_TITLES = (
    "Mr",
    "Mrs",
    "Ms",
    "Miss",
    "Dr",
    "Doctor",
    "Prof",
    "Professor",
    "Sheikh",
    "Shaikh",
    "Sayyid",
    "Mullah",
    "Imam",
    "Haji",
    "Hajji",
    "Mam",
    "Kak",
    "Capt",
    "Captain",
    "Col",
    "Colonel",
    "Lt",
    "Lieutenant",
    "Maj",
    "Major",
    "Gen",
    "General",
    "Brig",
    "Brigadier",
    "Sgt",
    "Sergeant",
    "Corporal",
    "Officer",
    "Judge",
    "Father",
    "Bishop",
    "Pastor",
    "Rabbi",
)
_TITLED = re.compile(rf"\b(?:{'|'.join(_TITLES)})\b\.?\s+({_NAME})")

_HARM = (
    "kill(?:ed|ing)",
    "wound(?:ed|ing)",
    "injur(?:ed|ing)",
    "murder(?:ed|ing)",
    "shot",
    "stabbed",
    "beaten",
    "behead(?:ed|ing)",
    "execut(?:ed|ing)",
    "assassinat(?:ed|ing|ion)",
    "abduct(?:ed|ing|ion)",
    "kidnap(?:ped|ping)",
    "detained",
    "arrest(?:ed|ing)",
    "tortur(?:ed|ing)",
    "raped?",
    "raping",
    "died",
    "dead",
    "death",
    "deaths",
    "victims?",
    "martyr(?:ed|s)?",
    "named",
    "identified",
)
_HARMED = re.compile(rf"\b(?:{'|'.join(_HARM)})\b", re.IGNORECASE)
_PAIR = re.compile(rf"{_CAPITALISED}(?:\s+(?:(?:al|el|bin|ibn|abu|umm|von|van|de|da|del)[\s-]+)?{_CAPITALISED})+")
_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+")

_NOT_PERSONS = frozenset(
    re.findall(
        r"\w+",
        """
        academy agency air airport al area armed army association authority bank base border bridge brigade brigades bureau camp
        camps center centre checkpoint church city coalition command commission committee communal company congress corps
        council court democratic department district division east eastern embassy federal federation force forces front gang
        governorate government group groups guard guards highway hospital house international intelligence islamic junction
        kurdish kurdistan labor labour league liberation market military militia ministry mission mobile mobilization movement
        national neighborhood neighbourhood north northern office old operation operations organization organisation parliament
        party patrol peace people peoples police popular prison province public region regional republic resistance river road
        rural school security service services soldiers south southern square station state states street students syndicate
        tribal tribe union unit united units university village west western women workers january february march april may june
        july august september october november december monday tuesday wednesday thursday friday saturday sunday on around in at
        near the a an civilians protesters rioters
        """,
    )
)
"""Words that make a run of capitals the name of an organisation, a place or a day."""


def may_name_person(text: str, *, is_harmed: bool) -> bool:
    """Whether the text may name a private person: by a title, as in `Dr. Example Person`; of words for those harmed, anyhow.

    Words for those harmed pass only if all of their letters are small: one name in capitals cannot be told from `Four policemen`,
    and scripts without small letters tell nothing.
    """
    if is_harmed and any(letter.isalpha() and not letter.islower() for letter in text):
        return True
    return _TITLED.search(text) is not None


def find_persons(text: str) -> list[tuple[int, int]]:
    """Start and end of what may be the name of a person who was harmed.

    That is what follows a title, and a run of capitalised words, none of which belongs to organisations or places, in a sentence
    that tells of harm.
    """
    found = {match.span(1) for match in _TITLED.finditer(text)}
    start = 0
    for sentence in _SENTENCE_END.split(text):
        start = text.index(sentence, start)
        if _HARMED.search(sentence):
            found |= {(start + m.start(), start + m.end()) for m in _PAIR.finditer(sentence) if not _is_ordinary(m.group())}
        start += len(sentence)
    return sorted(found)


def _is_ordinary(run: str) -> bool:
    return any(word.casefold() in _NOT_PERSONS for word in re.findall(r"\w+", run))


def mask(text: str, known: Iterable[str]) -> str:
    """The text with every known name blanked out, the longest first; offsets stay."""
    for name in sorted({name for name in known if name}, key=lambda name: (-len(name), name)):
        if name in text:
            text = text.replace(name, " " * len(name))
    return text
