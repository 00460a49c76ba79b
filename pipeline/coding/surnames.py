"""Names of places that are somebody's surname in a text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pipeline.coding.document import Document
from pipeline.resources.gazetteer import PlaceMention


def surnames(document: Document, places: Sequence[PlaceMention]) -> set[int]:
    """Starts of the names that stand after a first name or title more often than after `in` or `near`: `James Foley`."""
    if document.is_in_capitals:
        return set()
    persons: Counter[str] = Counter()
    language = document.language
    ends = {place.end for place in places}
    plain = language.small_words | language.articles | language.places.near | language.places.units | language.places.settlements
    names = {place.phrase.lower() for place in places if " " not in place.phrase}
    # The look-up of places leaves out what is plainly a person's name: all mentions of the name are asked.
    for index, (start, _, name) in enumerate(document.tokens):
        if name not in names or index == 0 or not document.text[start].isupper():
            continue
        before, end, word = document.tokens[index - 1]
        if word in language.places.strictly_in or word in language.places.near:
            persons[name] -= 1
        is_first_name = document.text[before].isupper() and word.isalpha() and end + 1 == start and end not in ends
        persons[name] += is_first_name and word not in plain and word not in language.weekdays and word not in language.months
    return {place.start for place in places if persons[place.phrase.lower()] > 0}
