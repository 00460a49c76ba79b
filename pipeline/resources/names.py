"""Names in text: which of many known names stand where, found in one pass.

Letters are compared without accents, case and the marks that transliterations scatter over them; offsets count the code
points of the text as it stands. Leftmost-longest matching followed by a check of word borders would lose `Niger` in
`Niger Deltas` when `Niger Delta` is a name too: all matches are found, the invalid ones dropped, the longest then kept.
"""

from __future__ import annotations

import re
import string
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, cached_property, lru_cache

from pipeline.resources.whole_words import WholeWords, with_borders

APOSTROPHES = "'`´‘’ʻʼʽʾʿ′"
HYPHENS = "-‐‑‒–"
_LETTERS = {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h", "ə": "e"}
# Places where folding may change the length, or where neighbours decide what a mark means.
_SPECIAL = re.compile(rf"[\s{re.escape(HYPHENS)}]{{2,}}|[{APOSTROPHES}]|[^\x00-\x7f]")
_ASCII_FOLD = {ord("-"): " ", ord("\t"): " ", ord("\n"): " ", ord("\r"): " ", ord("\x0b"): " ", ord("\x0c"): " "}
_SMALL, _LETTERS_OF_ASCII = string.ascii_lowercase.encode(), string.ascii_letters.encode()
_BREAK = "\x1f"
_TEXTS_KEPT = 2
"""Texts of which what every index of names asks is kept: the one that is read, and a phrase of it."""

# Words that may open a name in lower case when the next word has a capital: al-Hawija, de Guzman.
PARTICLES = frozenset(
    {
        "abu",
        "ad",
        "ait",
        "al",
        "an",
        "ar",
        "as",
        "ash",
        "at",
        "az",
        "bin",
        "da",
        "das",
        "de",
        "del",
        "della",
        "der",
        "des",
        "di",
        "do",
        "dos",
        "du",
        "el",
        "ibn",
        "la",
        "las",
        "le",
        "les",
        "los",
        "the",
        "ul",
        "um",
        "umm",
        "van",
        "von",
    }
)
# Acronyms that upper-case prose cannot be told from: in IS or US it is mostly the verb or the pronoun.
_WORDS_IN_CAPITALS = frozenset(
    {
        "a",
        "aid",
        "ass",
        "al",
        "all",
        "am",
        "an",
        "and",
        "are",
        "arm",
        "as",
        "at",
        "be",
        "but",
        "by",
        "can",
        "car",
        "con",
        "de",
        "do",
        "el",
        "eros",
        "fact",
        "fan",
        "far",
        "for",
        "had",
        "has",
        "he",
        "her",
        "him",
        "his",
        "if",
        "in",
        "is",
        "it",
        "its",
        "la",
        "las",
        "let",
        "los",
        "man",
        "mas",
        "may",
        "me",
        "men",
        "mend",
        "mod",
        "model",
        "my",
        "no",
        "not",
        "of",
        "on",
        "one",
        "or",
        "our",
        "out",
        "plan",
        "se",
        "she",
        "so",
        "son",
        "su",
        "the",
        "tim",
        "tip",
        "to",
        "up",
        "us",
        "was",
        "we",
        "who",
        "you",
    }
)


_DEFINITE = "the "
_NEVER_DEFINITE = frozenset({"us", "is", "who", "it"})
"""Words of upper-case prose that no article stands before: with one they are an acronym."""


def is_word_in_capitals(acronym: str) -> bool:
    """Whether an acronym cannot be told from a common word in a text written in capitals."""
    return acronym.casefold() in _WORDS_IN_CAPITALS


_LONGEST_MIXED = 4
"""Letters of an acronym that mixes small letters with capitals."""


class Case(IntEnum):
    """How a name must be written to be taken for one; of several spellings with the same letters the laxest counts."""

    ANY = 0
    INNER = 1
    CAPITAL = 2
    MIXED = 3
    ACRONYM = 4


@dataclass(frozen=True, slots=True)
class Found:
    """One name in a text.

    Attributes:
        start: First code point.
        end: Code point after the last.
        phrase: The words as the text has them.
        keys: What the name may stand for, sorted.
    """

    start: int
    end: int
    phrase: str
    keys: tuple[str, ...]


@cache
def _fold_character(character: str) -> str:
    """A letter without accent and case; marks that only modify a letter give nothing."""
    if character in HYPHENS or character.isspace():
        return " "
    plain = "".join(each for each in unicodedata.normalize("NFKD", character) if not unicodedata.combining(each)).casefold()
    return "".join(_LETTERS.get(each, each) for each in plain)


def _fold_special(text: str, match: re.Match[str]) -> str:
    words, start, end = match.group(), match.start(), match.end()
    if words[0] in APOSTROPHES and len(words) == 1:
        if not (text[start - 1 : start].isalpha() and text[end : end + 1].isalpha()):
            return " "
        # `Sana'a` is one word, `Iraq's` is a word and its ending.
        possessive = text[end] in "sS" and not text[end + 1 : end + 2].isalpha()
        return " " if possessive else ""
    if len(words) == 1:
        return _fold_character(words)
    # A name may run on over a line's end, not over a dash between clauses or an empty line.
    return _BREAK if any(each in HYPHENS for each in words) or words.count("\n") > 1 else " "


class FoldedText:
    """A text in the form in which names are compared, and where each of its characters came from."""

    def __init__(self, text: str) -> None:
        """Fold `text`."""
        self._text = text
        self._starts = [0]
        self._origins = [0]
        pieces: list[str] = []
        # Small letters of what is not ASCII may be more or fewer than the capitals.
        whole = text.lower().translate(_ASCII_FOLD) if text.isascii() else None
        length = last = 0
        for match in _SPECIAL.finditer(text):
            start = match.start()
            plain = whole[last:start] if whole is not None else text[last:start].lower().translate(_ASCII_FOLD)
            folded = _fold_special(text, match)
            pieces += (plain, folded)
            length += start - last
            last = match.end()
            if len(folded) == 1 == last - start:
                length += 1
                continue
            for position in range(len(folded)):
                self._note(length + position, start)
            length += len(folded)
            self._note(length, last)
        pieces.append(whole[last:] if whole is not None else text[last:].lower().translate(_ASCII_FOLD))
        self.folded = "".join(pieces)

    @cached_property
    def bordered(self) -> str:
        """The folded text as it is searched for whole words."""
        return with_borders(self.folded)

    def _note(self, start: int, origin: int) -> None:
        if self._starts[-1] == start:
            self._origins[-1] = origin
        else:
            self._starts.append(start)
            self._origins.append(origin)

    def _origin(self, position: int) -> int:
        piece = bisect_right(self._starts, position) - 1
        return self._origins[piece] + position - self._starts[piece]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Code points of the text for the folded characters from `start` up to `end`."""
        first, last = self._origin(start), self._origin(end - 1) + 1
        while last < len(self._text) and unicodedata.combining(self._text[last]):
            last += 1
        return first, last


@lru_cache(maxsize=_TEXTS_KEPT)
def _fold_text(text: str) -> FoldedText:
    return FoldedText(text)


def fold_name(name: str) -> str:
    """A name in the form in which names are compared: `Al-Ḥawīja` and `al hawija` are one.

    The result is empty for a name without letters or digits.
    """
    folded = FoldedText(name).folded if _SPECIAL.search(name) else name.lower().translate(_ASCII_FOLD)
    return folded.strip(f" {_BREAK}")


@lru_cache(maxsize=_TEXTS_KEPT)
def is_upper_case(text: str) -> bool:
    """Whether a text is written in capitals throughout, as old agency copy is; a few small letters do not count."""
    if text.isascii():
        letters = text.encode()
        lower = len(letters) - len(letters.translate(None, _SMALL))
        return lower * 10 < len(letters) - len(letters.translate(None, _LETTERS_OF_ASCII))
    lower = sum(map(str.islower, text))
    return lower * 10 < lower + sum(map(str.isupper, text))


def _case_of(name: str) -> Case:
    if len(name.split()) == 1:
        letters = [each for each in name if each.isalpha()]
        if 1 < len(letters) <= 6 and all(each.isupper() for each in letters):
            return Case.ACRONYM
        if len(letters) <= _LONGEST_MIXED and sum(map(str.isupper, letters)) > 1:
            # `LeT` is not the first word of `Let us go`.
            return Case.MIXED
    # `ethnic Amhara` is a name that begins with a common word.
    return Case.CAPITAL if _has_capital(name) else Case.INNER


def _has_capital(phrase: str) -> bool:
    """Whether a phrase begins as a proper name does; a lower-case particle before a capital is allowed."""
    if phrase[:1].isupper():
        return True
    for word in re.split(rf"[\s{re.escape(HYPHENS)}]+", phrase):
        if any(each.isupper() for each in word):
            return True
        # Scripts without capitals, and numbers, say nothing.
        if not any(each.islower() for each in word):
            continue
        if word.strip(APOSTROPHES).lower() not in PARTICLES:
            return False
    return not any(each.islower() for each in phrase)


class NameIndex:
    """Finds names in text. Its answers do not depend on the order in which names were given."""

    def __init__(self, names: Mapping[str, Iterable[str]], *, any_case: Iterable[str] = ()) -> None:
        """Build the index.

        Args:
            names: Keys by name; names that fold to the same letters share their keys.
            any_case: Those of the names that are common words (`soldiers`), found in lower case too.
        """
        lax = set(any_case)
        keys: dict[str, set[str]] = {}
        cases: dict[str, Case] = {}
        for name, its_keys in names.items():
            if folded := fold_name(name):
                keys.setdefault(folded, set()).update(its_keys)
                case = Case.ANY if name in lax else _case_of(name)
                cases[folded] = min(case, cases.get(folded, Case.ACRONYM))
        self._patterns = sorted(keys)
        self._keys = {folded: tuple(sorted(keys[folded])) for folded in self._patterns}
        self._cases = [cases[folded] for folded in self._patterns]
        self._search = WholeWords(self._patterns)

    def keys_of(self, name: str) -> tuple[str, ...]:
        """Keys of exactly this name in any case, sorted; none if it is not known."""
        return self._keys.get(fold_name(name), ())

    def find(self, text: str, *, in_capitals: bool | None = None) -> list[Found]:
        """Names in the text in order; where two overlap, the one that begins first, of these the longest.

        Args:
            text: The text.
            in_capitals: Whether it is written in capitals throughout; None to see for itself. A phrase too short to tell is not.
        """
        if not text:
            return []
        prepared = _fold_text(text)
        capitals = is_upper_case(text) if in_capitals is None else in_capitals
        found: list[Found] = []
        last = -1
        for start, negative_end, number in self._search.find(prepared.folded, prepared.bordered):
            if start < last:
                continue
            first, end = prepared.span(start, -negative_end)
            phrase = text[first:end]
            # `THE US MILITARY` names a country, `TOLD US` does not.
            is_word = capitals and not (self._patterns[number] in _NEVER_DEFINITE and prepared.folded.endswith(_DEFINITE, 0, start))
            if self._is_written_right(number, phrase, capitals, is_word=is_word):
                found.append(Found(first, end, phrase, self._keys[self._patterns[number]]))
                last = -negative_end
        return found

    def _is_written_right(self, number: int, phrase: str, capitals: bool, *, is_word: bool) -> bool:
        case = self._cases[number]
        if case is Case.ANY:
            return True
        if case in (Case.ACRONYM, Case.MIXED):
            if is_word and self._patterns[number] in _WORDS_IN_CAPITALS:
                return False
            return sum(map(str.isupper, phrase)) > 1 if case is Case.MIXED else not any(each.islower() for each in phrase)
        if case is Case.INNER:
            return any(each.isupper() for each in phrase)
        return capitals or _has_capital(phrase)
