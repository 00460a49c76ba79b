"""How surely the words around a name must say that a place stands here, before the name is taken for one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pipeline.resources.common_words import Use, are_common
from pipeline.resources.places_by_name import Rank
from pipeline.resources.world_layer import CITY, TOWN

_SHORT: Final = 3
_NO_NAME: Final = Use.JOINT | Use.ARTICLE | Use.IN | Use.OF | Use.SITE | Use.TIME | Use.PEOPLE


class Cue:
    """What the words around a name say: nothing; `of`; `in`; `the village of`. Plain numbers, since every name is asked."""

    NOTHING: Final = 0
    WEAK: Final = 1
    STRONG: Final = 2
    SURE: Final = 3
    NEVER: Final = 4


def needed_for_town(uses: Sequence[int], length: int, population: int, *, in_capitals: bool) -> int:
    """The cue that a town needs.

    Args:
        uses: What else each word of its name may be.
        length: Characters of the name.
        population: Its people.
        in_capitals: Whether the text is written in capitals throughout.
    """
    if len(uses) > 1:
        return _needed_by_many(uses, population, in_capitals=in_capitals)
    return _needed_by_one(uses[0], length, population, in_capitals=in_capitals)


def _needed_by_many(uses: Sequence[int], population: int, *, in_capitals: bool) -> int:
    if are_common(uses):
        return Cue.STRONG if population >= CITY else Cue.SURE
    is_person = all(each & (Use.WORD | Use.NAME | Use.JOINT) for each in uses)
    needed = Cue.STRONG if is_person and in_capitals else Cue.WEAK
    return needed - (population >= CITY and not is_person and not in_capitals)


def _needed_by_one(uses: int, length: int, population: int, *, in_capitals: bool) -> int:
    if uses & (Use.PEOPLE | Use.TIME | Use.SITE):
        return Cue.NEVER
    if uses & Use.WORD:
        return Cue.SURE
    is_town = population >= TOWN
    if uses & Use.NAME or length <= _SHORT:
        return Cue.STRONG if is_town or not in_capitals else Cue.SURE
    if in_capitals:
        return Cue.WEAK if is_town else Cue.STRONG
    return Cue.NOTHING if population >= CITY else Cue.WEAK


def needed_for_village(uses: Sequence[int], length: int, rank: int, *, is_word: bool, in_capitals: bool) -> int:
    """The cue that a place needs which only a dump knows: among a million names of villages nearly any word is one.

    Args:
        uses: What else each word of its name may be.
        length: Characters of the name.
        rank: What it is.
        is_word: Whether the text uses the name as a word: in small letters, or before a colon.
        in_capitals: Whether the text is written in capitals throughout.
    """
    if all(each & _NO_NAME for each in uses):
        return Cue.NEVER
    if rank == Rank.QUARTER or is_word:
        return Cue.SURE
    if len(uses) == 1:
        return Cue.SURE if in_capitals or length <= _SHORT or uses[0] & Use.NAME else Cue.STRONG
    return Cue.WEAK if rank == Rank.FEATURE and not are_common(uses) else Cue.STRONG
