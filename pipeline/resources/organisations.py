"""Organisations that no registry lists, known by the form of their names: `Zintan Martyrs Brigade`, `the Raia Mutomboki militia`.

Which words make such names is told by seeds/organisation_words.csv:

- `head`: names an armed organisation by itself (`Front`); `weak`: does so only beside a `qualifier` (`Army`, `Liberation`);
- `opening`: a head that stands first, as in Arabic or Spanish (`Jaysh`, `Frente`);
- `fighters`: those who fight for what the words before them name (`rebels`);
- `filler`: common in such names without telling anything; `unarmed`: never part of one;
- `link`: a small word within a name, `conjunction`: one that stands behind its head; `possessive`: an owner within it (`People's`);
- `opener`, `adjective`: what may stand before these without being part of a name;
- `alternative`: what stands between two names of which either may be meant.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, compress, islice
from typing import NamedTuple

from pipeline.errors import SeedError
from pipeline.resources.names import PARTICLES

PARTS = (
    "head",
    "weak",
    "opening",
    "qualifier",
    "fighters",
    "filler",
    "unarmed",
    "link",
    "conjunction",
    "possessive",
    "opener",
    "adjective",
    "alternative",
    "leaning",
    "doing",
)
_WITH_CLASS = frozenset(PARTS[:5])
_IDENTITY, _REBEL, _POLITICAL = 4, 2, 3

_REACH = 90
"""Characters on either side of a head in which the rest of its name is sought."""
_SHORTEST_IN_CAPITALS = 3
_MOST_CACHED = 100_000
_LONGEST = 9
"""Words of a name at most."""
_WORD = re.compile(r"[^\W_][\w'’ʼ.-]*")
# What stands before the capital is looked at after it was found: most characters are none.
_CAPITAL = re.compile(r"[A-ZÀ-ÖØ-Þ](?<![\w'’ʼ.-].)[\w'’ʼ.-]*")
_WORD_APART, _CAPITAL_APART = (re.compile(f"({pattern.pattern})") for pattern in (_WORD, _CAPITAL))
_SPACE = re.compile(r"[ \t\n-]{1,2}")
_INSIDE = re.compile(r"(?:[Tt]he|[a-z,]) \Z")
_OWNER = re.compile(r"['’]s?$")

Span = tuple[int, int]


class NamedGroup(NamedTuple):
    """A name that only its form shows to be an armed organisation's.

    Attributes:
        start: First code point.
        end: Code point after the last, the fighters behind the name included.
        name: The name by itself, in the words of the text.
        inter: Class that its words speak for.
        is_led: Whether only the fighters behind it tell that it is an actor's name.
    """

    start: int
    end: int
    name: str
    inter: int
    is_led: bool


def _plain(word: str) -> str:
    return word.lower().replace("’", "'").replace("ʼ", "'").rstrip(".")


class _Token(NamedTuple):
    start: int
    end: int
    word: str
    is_capital: bool


class _Heads(dict[str, bool]):
    """Whether words that were met, as they stand, are heads of names: texts repeat them."""

    def __init__(self, heads: frozenset[str]) -> None:
        super().__init__()
        self._heads = heads

    def __missing__(self, word: str) -> bool:
        if len(self) > _MOST_CACHED:
            self.clear()
        found = self[word] = _plain(word) in self._heads
        return found


class OrganisationWords:
    """Words of which names of organisations are made, and what they make of a text."""

    def __init__(self, parts: Mapping[str, Mapping[str, int]]) -> None:
        """Use `from_rows`."""
        self._parts = {part: dict(parts.get(part, {})) for part in PARTS}
        of_names = {word: inter for part in ("qualifier", "weak", "head", "opening") for word, inter in self._parts[part].items()}
        self._classes = of_names
        self._heads = frozenset(word for part in ("head", "weak", "opening") for word in self._parts[part])
        self._are_heads = _Heads(self._heads)
        self._plain_adjectives = self._parts["adjective"].keys() - self._parts["qualifier"].keys()
        fighters = "|".join(re.escape(word) for word in sorted(self._parts["fighters"], key=lambda word: (-len(word), word)))
        self._fighters = re.compile(rf"{_CAPITAL.pattern}[ \t\n]{{1,2}}({fighters or '(?!)'})\b")
        self._vocabulary = frozenset([*of_names, *self._parts["filler"], *self._parts["possessive"]])
        self._small = self._parts["link"].keys() | self._parts["conjunction"].keys()
        self._never_first = self._parts["opener"].keys() | self._small
        self._barriers = self._never_first - self._parts["link"].keys()
        self._alternatives = frozenset(self._parts["alternative"])

    @classmethod
    def from_rows(cls, rows: Iterable[Mapping[str, str]]) -> OrganisationWords:
        """The words in rows of seeds/organisation_words.csv.

        Raises:
            SeedError: A part is unknown, or a word that decides on a class has none from 1 to 8.
        """
        parts: dict[str, dict[str, int]] = {}
        for row in rows:
            if row["part"] not in PARTS:
                raise SeedError(f"organisation_words: {row['word']}: part {row['part']!r} is none of {', '.join(PARTS)}.")
            if row["part"] in _WITH_CLASS and row["inter"] not in set("12345678"):
                raise SeedError(f"organisation_words: {row['word']}: inter {row['inter']!r} is no class from 1 to 8.")
            parts.setdefault(row["part"], {})[_plain(row["word"])] = int(row["inter"] or 0)
        return cls(parts)

    def is_alternative(self, words: str) -> bool:
        """Whether words between two names leave open which of them is meant."""
        return " ".join(words.split()).lower() in self._alternatives

    def is_leaning(self, text: str, hyphen: int) -> bool:
        """Whether `pro` or `anti` stands before a hyphen."""
        return any(text[max(0, hyphen - len(word)) : hyphen].lower() == word for word in self._parts["leaning"])

    def is_doing(self, text: str, start: int) -> bool:
        """Whether a word such as `backed` or `appointed` begins there."""
        word = _WORD.match(text, start)
        return word is not None and _plain(word.group()) in self._parts["doing"]

    def telling(self, words: Iterable[str]) -> frozenset[str]:
        """Those of the words of a name that other organisations do not share."""
        common = self._vocabulary | self._never_first
        return frozenset(plain for word in words if (plain := _plain(word)) not in common)

    def is_same_name(self, words: Sequence[str], other: Sequence[str]) -> bool:
        """Whether two names share a word of their own; of those that have none, whether they are made of the same words."""
        one, two = self.telling(words), self.telling(other)
        if one or two:
            return bool(one & two)
        left, right = ({plain for word in each if (plain := _plain(word)) not in self._small} for each in (words, other))
        return left == right

    def class_of(self, name: str) -> int:
        """The class that the words of a name speak for: a community's, rebels', or a political militia's."""
        classes = {self._classes[word] for each in _WORD.finditer(name) if (word := _plain(each.group())) in self._classes}
        return next((inter for inter in (_IDENTITY, _REBEL) if inter in classes), _POLITICAL)

    # ------------------------------------------------------------------ in a text

    def names_in(
        self, text: str, known: Sequence[Span], common: Sequence[Span], nations: Sequence[Span] = (), *, in_capitals: bool
    ) -> list[NamedGroup]:
        """Organisations named in a text, by the form of their names, in order.

        Args:
            text: The text.
            known: Spans of actors known by name: no other name is made of these words.
            common: Spans of nations and of people by what they are, which are no name by themselves.
            nations: Those of them that are nations'.
            in_capitals: Whether the text is written in capitals, so that only words of organisations tell where a name ends.
        """
        found: list[NamedGroup] = []
        for match in self._heads_in(text, in_capitals=in_capitals):
            if found and match.start() < found[-1].end:
                continue
            if _touches(known, match.span()):
                continue
            tokens = self._around(text, match, in_capitals=in_capitals)
            if in_capitals and len(tokens) < _SHORTEST_IN_CAPITALS:
                continue
            made = self._group(text, tokens, known, common, nations) if tokens else None
            if made and not (found and made.start < found[-1].end):
                found.append(made)
        if not in_capitals:
            found += self._led(text, known, common, [(each.start, each.end) for each in found])
        return sorted(found)

    def _heads_in(self, text: str, *, in_capitals: bool) -> Iterator[re.Match[str]]:
        """The words that a name may be made around; most of a text's are none, so they are asked all at once."""
        pattern, apart = (_WORD, _WORD_APART) if in_capitals else (_CAPITAL, _CAPITAL_APART)
        parts = apart.split(text)
        are_heads = list(map(self._are_heads.__getitem__, parts[1::2]))
        if True in are_heads:
            starts = list(accumulate(map(len, parts)))[::2]
            found = (pattern.match(text, start) for start in compress(starts, are_heads))
            yield from filter(None, found)

    def whole_name(self, phrase: str, common: Sequence[Span]) -> NamedGroup | None:
        """The organisation that a whole phrase names by its form; None if it names none.

        Args:
            phrase: Words of a text, such as a person coded them.
            common: Spans of nations and of people by what they are in it.
        """
        tokens = [_token(each, 0, in_capitals=False) for each in _WORD.finditer(phrase)]
        while tokens and tokens[0].word in self._never_first:
            tokens = tokens[1:]
        small = [token for token in tokens if not token.is_capital and token.word not in self._small]
        if small or ";" in phrase or not any(token.word in self._heads for token in tokens):
            return None
        if phrase.isupper() and common:
            return None
        return self._group(phrase, tokens, (), common, (), is_given=True)

    def _around(self, text: str, match: re.Match[str], *, in_capitals: bool) -> list[_Token]:
        """The words of a name around its head: capitalised ones before it, those joined to it by small words behind it."""
        head = _token(match, 0, in_capitals=in_capitals)
        first = max(0, head.start - _REACH)
        left: list[_Token] = []
        if head.word not in self._parts["opening"]:
            found = list(_WORD.finditer(text[first : head.start]))[1 if first else 0 :]
            before = (_token(each, first, in_capitals=in_capitals) for each in reversed(found[-_LONGEST:]))
            left = self._run(text, head, before, in_capitals=in_capitals)
        while left and (left[-1].word in self._never_first or left[-1].word.isdecimal()):
            left = left[:-1]
        found = [] if in_capitals else list(islice(_WORD.finditer(text[head.end : head.end + _REACH]), _LONGEST))
        right = self._behind(text, head, (_token(each, head.end, in_capitals=in_capitals) for each in found))
        return [] if right is None else [*left[::-1], head, *right]

    def _run(self, text: str, last: _Token, tokens: Iterable[_Token], *, in_capitals: bool) -> list[_Token]:
        """Words before a head that belong to its name, the nearest first."""
        taken: list[_Token] = []
        for token in tokens:
            if not _SPACE.fullmatch(text, token.end, last.start):
                break
            is_link = token.word in self._parts["link"]
            if in_capitals and token.word not in self._vocabulary and not is_link:
                break
            is_owner = bool(_OWNER.search(token.word)) and token.word not in self._parts["possessive"]
            if not (token.is_capital or is_link) or is_owner or token.word in self._barriers:
                break
            taken.append(token)
            last = token
        return taken

    def _behind(self, text: str, last: _Token, tokens: Iterable[_Token]) -> list[_Token] | None:
        """Words behind a head that belong to its name: `of the X`, or any with a capital where the head stands first.

        None if the head is no head, because the name goes on with other words in capitals.
        """
        taken: list[_Token] = []
        end = 0
        may_follow = last.word in self._parts["opening"]
        for token in tokens:
            if not _SPACE.fullmatch(text, last.end, token.start):
                break
            is_link = token.word in self._small
            if not is_link and not (token.is_capital and (may_follow or token.word in self._classes)):
                # What goes on in capitals is the name of something else: `United Front Work Department`.
                return None if token.is_capital else taken[:end]
            taken.append(token)
            if is_link:
                may_follow = True
            else:
                end = len(taken)
            last = token
        return taken[:end]

    def _group(
        self,
        text: str,
        tokens: Sequence[_Token],
        known: Sequence[Span],
        common: Sequence[Span],
        nations: Sequence[Span],
        *,
        is_given: bool = False,
    ) -> NamedGroup | None:
        """The organisation that words name; None if they are no name, or one made of known words only."""
        own = [token for token in tokens if token.word not in self._small]
        start, end = tokens[0].start, tokens[-1].end
        if len(own) < 2 or _touches(known, (start, end)) or any(token.word in self._parts["unarmed"] for token in own):
            return None
        free = [token.word for token in own if not _touches(common, (token.start, token.end))]
        # `The People's Army of a country` is that country's.
        is_national = _touches(nations, (start, end))
        if not self._is_own(free, is_given=is_given) or not (
            any(token.word in self._parts[part] for token in own for part in ("head", "opening"))
            or (is_given and len(free) == len(own))
            or (any(token.word in self._parts["weak"] for token in own) and self._is_qualified(free, is_national=is_national))
        ):
            return None
        name = " ".join(text[start:end].split())
        return NamedGroup(start, end, name.title() if name.isupper() else name, self.class_of(name), is_led=False)

    def _is_own(self, words: Sequence[str], *, is_given: bool) -> bool:
        """Whether one of the words tells more than a head and where it stands."""
        plain = self._plain_adjectives
        return any(word not in self._parts["head"] and (is_given or word not in plain) for word in words)

    def _is_qualified(self, words: Sequence[str], *, is_national: bool) -> bool:
        """Whether a word shows that an army is no state's."""
        told = [word for word in words if word in self._parts["qualifier"]]
        return any(not is_national or word not in (*self._parts["possessive"], *self._parts["adjective"]) for word in told)

    def _led(self, text: str, known: Sequence[Span], common: Sequence[Span], taken: Sequence[Span]) -> list[NamedGroup]:
        """`The Zintan rebels`: names known by the fighters behind them."""
        found: list[NamedGroup] = []
        for match in self._fighters.finditer(text):
            fighters, begin = match[1], match.start(1)
            if _touches(taken, match.span(1)):
                continue
            first = max(0, begin - _REACH)
            before = [_token(each, first, in_capitals=False) for each in _WORD.finditer(text[first:begin])]
            name = self._leaders(text, begin, before[1:] if first else before)
            if not name or any(_touches(spans, (name[0].start, name[-1].end)) for spans in (known, common, taken)):
                continue
            words = " ".join(text[name[0].start : name[-1].end].split())
            if fighters in self._parts["head"]:
                words = f"{words} {fighters.title()}"
            found.append(NamedGroup(name[0].start, match.end(), words, self._parts["fighters"][fighters], is_led=True))
        return found

    def _leaders(self, text: str, end: int, before: Sequence[_Token]) -> list[_Token]:
        """The name that fighters go by: up to three words with a capital, which begin no sentence."""
        name: list[_Token] = []
        for token in before[:-4:-1]:
            if not _SPACE.fullmatch(text, token.end, end) or not token.is_capital or _OWNER.search(token.word):
                break
            if token.word in self._parts["adjective"] or token.word in self._never_first or not token.word[0].isalpha():
                break
            name.insert(0, token)
            end = token.start
        # A sentence begins with a capital whatever its first word is.
        if all(token.word in self._vocabulary for token in name):
            return []
        return name if _INSIDE.search(text, max(0, name[0].start - 4), name[0].start) else []


def _token(match: re.Match[str], offset: int, *, in_capitals: bool) -> _Token:
    word = match.group().rstrip(".-")
    start = match.start() + offset
    head, _, rest = word.partition("-")
    is_capital = word[0].isupper() or word[0].isdigit() or (head in PARTICLES and rest[:1].isupper())
    return _Token(start, start + len(word), _plain(word), in_capitals or is_capital)


def _touches(spans: Sequence[Span], span: Span) -> bool:
    """Whether a span shares a character with one of many, which are in order and do not overlap."""
    index = bisect_left(spans, (span[1],)) - 1
    return index >= 0 and spans[index][1] > span[0]
