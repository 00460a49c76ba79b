"""Which articles are copies or versions of one text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.matching.frames import Flags, Integers, columns_to_frame, day_numbers, integers, text_list
from pipeline.matching.groups import DisjointSets
from pipeline.matching.resemblance import Comparison, group_texts
from pipeline.matching.signatures import read_sketches

_NO_DAY: Final = 2**31
_DIGITS: Final = 4
"""Of a similarity: more would be noise of the sample."""


def find_families(articles: pd.DataFrame, signatures: pd.DataFrame) -> pd.DataFrame:
    """Every coded article with the family of texts that it belongs to, and what it is in it.

    Articles with the same words, articles whose texts are near-copies, and articles that name one another as a version or
    translation, are one family. Its original is the earliest by published_day, then by article_id, of those that say of no
    other that they derive from it. `relation` is

    - `copy`: the words of another member, whatever their case, spacing and punctuation and the agency named at their head;
    - `edited`: a near-copy of the original, cut or rewritten in part;
    - `update`: named as a new version of another article, or a near-copy by an outlet that had printed one on an earlier day;
    - `translation`: named as that.

    Args:
        articles: The table `articles`; columns `title` and `text` are not needed.
        signatures: The table `article_signatures`; an article that it lacks is a copy of equal texts only.

    Returns:
        The table `article_families`, one row per article of status `ok`, sorted by article_id. The family's id is the
        article_id of its original. `similarity` is 1 for the same words and null where too little text is left to compare.
    """
    coded = articles[articles["status"] == "ok"].sort_values("article_id", ignore_index=True)
    signed = pd.Index(signatures["article_id"]).get_indexer(coded["article_id"]).astype(np.int64)
    versions, translations = _links(coded, "version_of"), _links(coded, "translation_of")
    linked = {**dict.fromkeys(versions, "update"), **dict.fromkeys(translations, "translation")}
    order = _print_order(coded, linked)
    texts, firsts = _numbered(_wordings(coded, signatures, signed), order)
    similar, comparison = _near_copies(signatures, signed[firsts], coded["published_day"].iloc[firsts])
    joined = _join(similar, [(int(texts[one]), int(texts[two])) for one, two in (*versions.items(), *translations.items())])
    family, originals = _numbered(pd.Series(joined[texts]), order)
    original = originals[family]
    ids = np.array(text_list(coded["article_id"]), dtype=object)
    return columns_to_frame(
        {
            "article_id": ids,
            "family_id": ids[original],
            "relation": _relations(coded, texts, firsts, original, linked),
            "similarity": _similarities(texts, texts[original], comparison),
        },
        "article_families",
    )


def _links(articles: pd.DataFrame, column: str) -> dict[int, int]:
    """Position of each article that derives from another, and the position of that other.

    The other is named by its article_id, else by its external id within the same source, else by an external id that only
    one article has. A link to an article that is not there, or to itself, is none.
    """
    linked = np.flatnonzero(articles[column].notna().to_numpy())
    if not len(linked):
        return {}
    by_id = {key: position for position, key in enumerate(text_list(articles["article_id"]))}
    sources, externals = text_list(articles["source_id"]), text_list(articles["external_id"])
    by_source: dict[tuple[str, str], int] = {}
    by_external: dict[str, list[int]] = {}
    for position, (source, external) in enumerate(zip(sources, externals, strict=True)):
        if external is not None:
            by_source[source, external] = position
            by_external.setdefault(external, []).append(position)
    found = {}
    for position, name in zip(linked.tolist(), text_list(articles[column].iloc[linked]), strict=True):
        alone = by_external.get(name, [])
        target = by_id.get(name, by_source.get((sources[position], name), alone[0] if len(alone) == 1 else None))
        if target is not None and target != position:
            found[position] = target
    return found


def _print_order(articles: pd.DataFrame, linked: Mapping[int, str]) -> Integers:
    """Positions of the articles from the first print to the last, those that derive from another at the end."""
    days, is_dated = day_numbers(articles["published_day"])
    derived = np.zeros(len(articles), dtype=bool)
    derived[list(linked)] = True
    positions: Integers = np.lexsort((days, ~is_dated, derived))
    return positions


def _numbered(values: pd.Series, order: Integers) -> tuple[Integers, Integers]:
    """For each article the number of its value, values being numbered as they first come up; and for each value its first."""
    numbers = np.empty(len(values), dtype=np.int64)
    numbers[order] = pd.factorize(values.iloc[order])[0]
    _, at = np.unique(numbers[order], return_index=True)
    return numbers, order[at]


def _wordings(articles: pd.DataFrame, signatures: pd.DataFrame, rows: Integers) -> pd.Series:
    """What is equal for articles with the same words, given the row of each one's signature or -1."""
    found = signatures["wording_hash"].reset_index(drop=True).reindex(rows).reset_index(drop=True)
    return found.fillna(articles["content_hash"])


def _near_copies(signatures: pd.DataFrame, rows: Integers, days: pd.Series) -> tuple[Integers, Comparison]:
    """For each text the earlier one that it is a near-copy of, or itself; and what compares any two of them.

    Args:
        signatures: The table `article_signatures`.
        rows: Its row for each text in order of the first prints, or -1.
        days: Day of the first print of each.
    """
    sizes = pd.Series(integers(signatures["n_shingles"], 0)).reindex(rows, fill_value=0).to_numpy(dtype=np.int64)
    return group_texts(read_sketches(signatures["signature"], rows), sizes, day_numbers(days)[0])


def _join(similar: Integers, links: Iterable[tuple[int, int]]) -> Integers:
    """The family of each text, as the number of one text of it."""
    sets = DisjointSets(len(similar))
    for one, two in (*enumerate(similar.tolist()), *links):
        sets.join(one, two)
    return np.array([sets.root(text) for text in range(len(sets))], dtype=np.int64)


def _relations(
    articles: pd.DataFrame, texts: Integers, firsts: Integers, original: Integers, linked: Mapping[int, str]
) -> npt.NDArray[np.object_]:
    """What each article is in its family, given the text of each, the first article of each text and the original of each."""
    positions = np.arange(len(texts))
    is_linked = np.zeros(len(texts), dtype=bool)
    is_linked[list(linked)] = True
    # An article that has the words of a linked one, and names no other itself, is its reprint whenever it came out.
    copied = np.bincount(texts[is_linked], minlength=len(firsts))[texts] > 0
    relation = np.full(len(texts), "edited", dtype=object)
    relation[_follows_its_outlet(articles, original)] = "update"
    relation[copied | (firsts[texts] != positions)] = "copy"
    for position, name in linked.items():
        if texts[position] != texts[original[position]]:
            relation[position] = name
    relation[original == positions] = "original"
    return relation


def _follows_its_outlet(articles: pd.DataFrame, original: Integers) -> Flags:
    """Whether an article's outlet printed one of the same family on an earlier day."""
    days, is_dated = day_numbers(articles["published_day"])
    outlets = pd.factorize(articles["source_id"])[0].astype(np.int64)
    lines = pd.Series(np.where(is_dated, days, _NO_DAY)).groupby(original * (len(articles) + 1) + outlets)
    found: Flags = is_dated & (days > lines.transform("min").to_numpy(dtype=np.int64))
    return found


def _similarities(texts: Integers, originals: Integers, comparison: Comparison) -> list[float | None]:
    """Share that each article's text has in common with that of its original, each given by its number."""
    others = np.flatnonzero(texts != originals)
    found = comparison.compare(originals[others], texts[others])
    shares: list[float | None] = [1.0] * len(texts)
    for position, share, is_measured in zip(others.tolist(), found.share.tolist(), found.is_measured.tolist(), strict=True):
        shares[position] = round(share, _DIGITS) if is_measured else None
    return shares
