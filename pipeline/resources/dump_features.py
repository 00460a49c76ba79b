"""What rivers, mountains and forests are called in English, where GeoNames has their names in the language of the country."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pipeline.resources.names import fold_name

FEATURE_WORDS: Final = frozenset(
    ("desert", "forest", "hill", "hills", "island", "lake", "marsh", "marshes", "mount", "mountain", "mountains", "river", "valley")
)
"""Words in small letters that may end the name of a feature: `the Hamrin mountains`."""

_ENGLISH: Final[Mapping[str, tuple[str, ...]]] = {
    **dict.fromkeys(("MT", "MTS", "RDGE", "PK"), ("{} Mountain", "{} Mountains", "Mount {}")),
    **dict.fromkeys(("HLL", "HLLS"), ("{} Hill", "{} Hills")),
    **dict.fromkeys(("STM", "STMS", "STMI"), ("{} River", "River {}")),
    **dict.fromkeys(("LK", "LKS", "LKI"), ("{} Lake", "Lake {}")),
    **dict.fromkeys(("MRSH", "SWMP"), ("{} Marsh", "{} Marshes")),
    **dict.fromkeys(("FRST", "FRSTF"), ("{} Forest",)),
    **dict.fromkeys(("VAL", "VALS", "WAD"), ("{} Valley", "Wadi {}")),
    "DSRT": ("{} Desert",),
    "ISL": ("{} Island",),
}
# What stands before the name of a feature in the languages of countries at war, folded.
_BEFORE: Final = frozenset(
    (
        *("ard", "buhayrat", "hawr", "jabal", "jebel", "jibal", "nahr", "wadi", "sahra"),
        *("cerro", "lago", "laguna", "monte", "quebrada", "rio", "serra", "sierra"),
        *("djebel", "foret de", "lac", "massif de", "mont", "oued", "riviere"),
        *("dasht e", "darya ye", "darreh ye", "kuh e", "koh e", "rud e", "rod e"),
    )
)


def english_names(name: str, feature_code: str) -> list[str]:
    """Names of a feature in English: `Jabal Hamrin`, a mountain, gives `Hamrin Mountains` among others; none for other places."""
    forms = _ENGLISH.get(feature_code, ())
    if not forms:
        return []
    words = name.replace("-", " ").split()
    for count in (2, 1):
        if len(words) > count and fold_name(" ".join(words[:count])) in _BEFORE:
            words = words[count:]
            break
    if len(words) > 1 and words[-1].lower() in FEATURE_WORDS:
        words = words[:-1]
    return [form.format(" ".join(words)) for form in forms]
