"""A dump in the format of GeoNames, made up from a fixed seed, to measure with: `python -m benchmarks.dump OUT.txt [ROWS]`.

Names are spread as in the dumps of countries with many villages: most are made of a few hundred stems with a word before or after
them, so that one name in five belongs to several places; one in ten is an English word or somebody's name. The units are real in
number: 18 of the first level, 120 of the second.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path

ROWS = 500_000
COUNTRY = "IQ"
_FIRST_ID = 20_000_000


def _split(words: str) -> tuple[str, ...]:
    return tuple(words.split())


_BEGIN = _split("ba da fa gha ha ja ka kha la ma na qa ra sa sha ta wa ya za di hi ji ki mi ri si ti zi bu du hu ju ku mu ru su tu")
_MIDDLE = _split("bi di fa ga ha ja li ma na qa ra si shi ta wa ya za mu ru lu hu")
_END = _split("b d f ya h j k l m n q r s t wa z iyah an in un at ir am")
_BEFORE = ("Al", "Tall", "Kafr", "Umm", "Abu", "Qaryat", "Bir", "Khirbat", "Ad", "As")
_AFTER = ("al Kabirah", "as Saghirah", "ash Shamaliyah", "al Gharbiyah", "al Awwal", "ath Thani", "Fawqani", "Tahtani")
_WORDS = _split(
    "Police Victory Soldier Market Union Bridge Friday Liberty Army Justice Ali Hassan Omar Ahmed Karim Salih Forces Attack Border "
    "Monday Unity Hope School Mosque River Hospital"
)
# Class, code and how many of a thousand.
_FEATURES = (
    ("P", "PPL", 700), ("P", "PPLX", 60), ("P", "PPLL", 30), ("L", "LCTY", 20), ("L", "AREA", 20), ("S", "CMPRF", 5),
    ("L", "MILB", 5), ("H", "WAD", 50), ("H", "STM", 20), ("T", "HLL", 30), ("T", "MT", 20), ("V", "FRST", 10),
    ("S", "FRM", 20), ("R", "RD", 10),
)  # fmt: skip


def rows(count: int = ROWS, seed: int = 1406) -> Iterator[str]:
    """Lines of a dump; the same for the same count and seed."""
    chance = random.Random(seed)
    stems = [_capital(chance.choice(_BEGIN) + chance.choice(_MIDDLE) + chance.choice(_END)) for _ in range(count // 8 + 50)]
    units = [(f"{first:02}", str(90_000 + 10 * first + second)) for first in range(1, 19) for second in range(1, 8)][:120]
    number = _FIRST_ID
    for first in sorted({first for first, _ in units}):
        number += 1
        yield _line(number, f"Muḩāfaz̧at {stems[int(first)]}", "A", "ADM1", chance, (first, ""), f"{stems[int(first)]} Governorate")
    for first, second in units:
        number += 1
        yield _line(number, f"{stems[int(second) % 400 + 20]} District", "A", "ADM2", chance, (first, second), "")
    codes = [each[:2] for each in _FEATURES for _ in range(each[2])]
    while number < _FIRST_ID + count:
        number += 1
        kind, code = chance.choice(codes)
        name = _name(chance, stems)
        alternates = ",".join(_alternates(chance, name))
        yield _line(number, name, kind, code, chance, chance.choice(units), alternates)


def _capital(word: str) -> str:
    return word[0].upper() + word[1:]


def _name(chance: random.Random, stems: list[str]) -> str:
    if chance.random() < 0.1:
        return chance.choice(_WORDS)
    stem = chance.choice(stems)
    if chance.random() < 0.4:
        stem = f"{chance.choice(_BEFORE)} {stem}"
    if chance.random() < 0.25:
        stem = f"{stem} {chance.choice(_AFTER)}"
    return stem if chance.random() < 0.5 else stem.replace("h", "ḩ", 1).replace("a", "ā", 1)


def _alternates(chance: random.Random, name: str) -> list[str]:
    plain = name.replace("ā", "a").replace("ḩ", "h")
    spellings = (
        plain.replace("Al ", "El "),
        plain.replace("iyah", "iya"),
        plain.lower(),
        "قرية",
        plain.replace("q", "k").replace("Q", "K"),
    )
    return [each for each in spellings if each != name and chance.random() < 0.4]


def _line(number: int, name: str, kind: str, code: str, chance: random.Random, unit: tuple[str, str], alternates: str) -> str:
    plain = name.replace("ā", "a").replace("ḩ", "h").replace("z̧", "z")
    latitude, longitude = f"{chance.uniform(29.5, 37.2):.5f}", f"{chance.uniform(39.0, 48.4):.5f}"
    population = str(chance.randrange(500, 40_000)) if kind == "P" and chance.random() < 0.02 else "0"
    first, second = unit
    where = (latitude, longitude, kind, code, COUNTRY, "", first, second, "", "")
    return "\t".join((str(number), name, plain, alternates, *where, population, "", "300", "Asia/Baghdad", "2019-02-11"))


def write(path: Path, count: int = ROWS) -> None:
    """Write a dump."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in rows(count))


if __name__ == "__main__":
    write(Path(sys.argv[1]), *(int(each) for each in sys.argv[2:]))
