"""Words that decide whether a capitalised word is a place: common words and people's names, and words that places follow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from pipeline.errors import SeedError
from pipeline.resources.names import PARTICLES
from pipeline.resources.world_words import fold_word, hash_word


class Use:
    """What a word may be, beyond a part of the name of a place: bits, as plain numbers since every word of a text is asked."""

    PLAIN: Final = 0
    WORD: Final = 1
    NAME: Final = 2
    IN: Final = 4
    OF: Final = 8
    SITE: Final = 16
    TIME: Final = 32
    JOINT: Final = 64
    PEOPLE: Final = 128
    ARTICLE: Final = 256
    OTHER: Final = 512
    TITLE: Final = 1024
    LOCAL: Final = 2048
    BEFORE: Final = 4096
    UNIT: Final = 8192


_COMMON = Use.WORD | Use.SITE | Use.TIME | Use.PEOPLE | Use.JOINT
_KINDS = {
    "word": Use.WORD,
    "name": Use.NAME,
    "in": Use.IN,
    "of": Use.OF,
    "site": Use.SITE,
    "time": Use.TIME,
    "joint": Use.JOINT,
    "other": Use.OTHER,
    "title": Use.TITLE,
    "local": Use.LOCAL,
    "before": Use.BEFORE,
    "unit": Use.UNIT,
}


class KnownWord(NamedTuple):
    """A word as it stands in a text.

    Attributes:
        number: Hash of its folded form.
        uses: What it may be.
        people: Country of whose people it is a name.
    """

    number: int
    uses: int
    people: str | None


class CommonWords:
    """What is known of single words."""

    def __init__(self, uses: Mapping[str, int], peoples: Mapping[str, str]) -> None:
        """Use `from_rows`."""
        self._uses = dict(uses)
        self._peoples = dict(peoples)

    @classmethod
    def from_rows(cls, rows: Iterable[Mapping[str, str]], demonyms: Mapping[str, str]) -> CommonWords:
        """Words of seeds/common_words.csv.

        Args:
            rows: Its rows.
            demonyms: Country by name of its people; those of one word are never places.

        Raises:
            SeedError: A row has an unknown kind.
        """
        uses: dict[str, int] = {**dict.fromkeys(sorted(PARTICLES), Use.JOINT), "the": Use.JOINT | Use.ARTICLE}
        for row in rows:
            if row["kind"] not in _KINDS:
                raise SeedError(f"common_words: {row['word']}: kind {row['kind']!r} is none of {', '.join(sorted(_KINDS))}.")
            folded = fold_word(row["word"])
            uses[folded] = uses.get(folded, Use.PLAIN) | _KINDS[row["kind"]]
        return cls(uses, {fold_word(word): country for word, country in sorted(demonyms.items()) if " " not in word})

    def look_up(self, word: str) -> KnownWord:
        """A word of a text."""
        folded = fold_word(word)
        people = self._peoples.get(folded)
        uses = self._uses.get(folded, Use.PLAIN) | (Use.PEOPLE if people else Use.PLAIN)
        return KnownWord(hash_word(folded), uses, people)


def are_names(uses: Iterable[int]) -> bool:
    """Whether all of some words may be people's names or common words."""
    return all(each & (Use.NAME | _COMMON) for each in uses)


def are_common(uses: Iterable[int]) -> bool:
    """Whether none of some words says that they are a name."""
    return all(each & _COMMON for each in uses)
