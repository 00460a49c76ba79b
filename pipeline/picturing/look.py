"""Colours and letters, the same in every part of a picture."""

from __future__ import annotations

# Okabe and Ito, Color Universal Design (2008): told apart whatever the reader's colour vision. Warm is armed, cool is the street.
COLOURS = {
    "Battles": "#D55E00",
    "Explosions/Remote violence": "#E69F00",
    "Violence against civilians": "#CC79A7",
    "Protests": "#0072B2",
    "Riots": "#56B4E9",
    "Strategic developments": "#009E73",
}
"""Colour of each event type, in the order in which pictures show them."""

OPACITIES = {1: 0.85, 2: 0.3, 3: 0.0}
"""How full a dot is, by geo_precision: what is not known to stand there is not drawn as if it did."""

FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
INK, QUIET, FAINT, DUST = "#1d1d20", "#5c5c63", "#ecebe6", "#d5d2c8"

WIDTH = 1000
"""Width of a picture's panels in pixels."""

_NARROW, _WIDE = "fijlrt.,:;'|!()[]- ", "mwMW%@"


def text_width(text: str, size: float) -> float:
    """Pixels that a text takes: close enough to keep labels apart, and the same on every machine."""
    shares = [0.3 if letter in _NARROW else 0.86 if letter in _WIDE else 0.68 if letter.isupper() else 0.56 for letter in text]
    return sum(shares) * size
