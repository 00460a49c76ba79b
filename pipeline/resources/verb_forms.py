"""Forms of the lexicon written short: `~throw stones/rocks` stands for every inflection of `throw` with either noun."""

from __future__ import annotations

import re
from itertools import product

MOST_FORMS = 400
"""Forms that one short form may stand for."""

_PRINCIPAL_PARTS = """
beat beat beaten, begin began begun, blow blew blown, break broke broken, bring brought brought, build built built,
burn burned/burnt burned/burnt, buy bought bought, catch caught caught, come came come, cut cut cut, dig dug dug,
draw drew drawn, drive drove driven, fall fell fallen, fight fought fought, find found found, flee fled fled,
fling flung flung, fly flew flown, get got got, give gave given, go went gone, grind ground ground,
hang hanged/hung hanged/hung, hide hid hidden, hit hit hit, hold held held, hurt hurt hurt, keep kept kept,
kneel knelt/kneeled knelt/kneeled, lay laid laid, lead led led, leave left left, let let let, light lit lit,
lose lost lost, make made made, meet met met, put put put, quit quit quit, ride rode ridden, rise rose risen,
run ran run, seek sought sought, send sent sent, set set set, shoot shot shot, shut shut shut, sing sang sung,
sink sank sunk, sit sat sat, slay slew slain, slit slit slit, speak spoke spoken, split split split,
stand stood stood, steal stole stolen, stick stuck stuck, strike struck struck, sweep swept swept, take took taken,
tear tore torn, throw threw thrown, wear wore worn, win won won, write wrote written
"""
_IRREGULAR = {verb: (past, participle) for verb, past, participle in (each.split() for each in _PRINCIPAL_PARTS.split(","))}
_DOUBLING = re.compile(r"(qu|[^aeiou])*[aeiou][^aeiouwxy]")
_ALSO_DOUBLING = frozenset(("kidnap", "commit", "transfer", "deter", "repel", "compel", "expel", "rebel", "occur"))
_VOWELS = frozenset("aeiou")


def _doubles(verb: str) -> bool:
    """Whether the last consonant doubles: `stop, stopped`."""
    return _DOUBLING.fullmatch(verb) is not None or verb in _ALSO_DOUBLING


def _stem(verb: str) -> str:
    return verb + verb[-1] if _doubles(verb) else verb


def _present(verb: str) -> str:
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        return verb[:-1] + "ing"
    return _stem(verb) + "ing"


def _third(verb: str) -> str:
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")


def _past(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return verb[:-1] + "ied"
    return _stem(verb) + "ed"


def inflections(verb: str) -> tuple[str, ...]:
    """The forms of an English verb: base, third person, past, participle and present participle, each once, in this order."""
    past, participle = _IRREGULAR.get(verb, (_past(verb),) * 2)
    return tuple(dict.fromkeys((verb, _third(verb), *past.split("/"), *participle.split("/"), _present(verb))))


def _alternatives(word: str) -> tuple[str, ...]:
    found: list[str] = []
    for each in word.split("/"):
        found += inflections(each[1:]) if each.startswith("~") and each[1:].isalpha() else [each]
    return tuple(found)


def written_out(form: str) -> tuple[str, ...]:
    """Every form that a short one stands for: `~` before a verb gives its inflections, `/` parts words of which any one may stand.

    Raises:
        ValueError: It stands for more than MOST_FORMS, or an alternative is empty.
    """
    if "/" not in form and "~" not in form:
        return (form,)
    words = [_alternatives(word) for word in form.split()]
    count = 1
    for word in words:
        count *= len(word)
    if count > MOST_FORMS:
        raise ValueError(f"stands for {count} forms, more than {MOST_FORMS}")
    if not all(each for word in words for each in word):
        raise ValueError("has an empty alternative")
    return tuple(" ".join(each) for each in product(*words))
