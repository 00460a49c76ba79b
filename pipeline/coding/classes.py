"""Classes of actors (codebook 1.3) by what the rules ask of them."""

from __future__ import annotations

ARMED = frozenset((1, 2, 3, 4, 8))
STATES = frozenset((1, 8))
NONSTATE = frozenset((2, 3, 4))
CROWDS = frozenset((5, 6))
CIVILIANS = frozenset((7,))
