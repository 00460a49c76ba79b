"""Which articles are copies or versions of one text."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from pipeline.matching.frames import Integers, columns_to_frame, text_list
from pipeline.matching.groups import DisjointSets


def find_families(articles: pd.DataFrame) -> pd.DataFrame:
    """Every coded article with the family of texts that it belongs to, and what it is in it.

    Articles with the same text, and articles that name one another as a version or translation, are one family. Its
    original is the earliest by published_day, then by article_id, of those that say of no other that they derive from it.
    `similarity` is 1 for the same text and null where texts differ: this stage does not see them.

    Args:
        articles: The table `articles`; columns `title` and `text` are not needed.

    Returns:
        The table `article_families`, one row per article of status `ok`, sorted by article_id. The family's id is the
        article_id of its original.
    """
    coded = articles[articles["status"] == "ok"].sort_values("article_id", ignore_index=True)
    texts, _ = pd.factorize(coded["content_hash"])
    versions, translations = _links(coded, "version_of"), _links(coded, "translation_of")
    family = _join(texts, [*versions.items(), *translations.items()])
    original = _originals(coded, family, {*versions, *translations})
    ids = np.array(text_list(coded["article_id"]), dtype=object)
    relation = np.where(texts == texts[original], "copy", "edited").astype(object)
    shared = np.bincount(texts, minlength=1)[texts] > 1 if len(texts) else np.zeros(0, dtype=bool)
    # An unlinked article with the text of some other member than the original is a copy all the same.
    relation[shared & (relation == "edited")] = "copy"
    for linked, name in ((versions, "update"), (translations, "translation")):
        for position in linked:
            if texts[position] != texts[original[position]]:
                relation[position] = name
    relation[original == np.arange(len(ids))] = "original"
    same_text = texts == texts[original]
    return columns_to_frame(
        {
            "article_id": ids,
            "family_id": ids[original],
            "relation": relation,
            "similarity": [1.0 if same else None for same in same_text],
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


def _join(texts: Integers, links: Iterable[tuple[int, int]]) -> Integers:
    """The family of each article as a number."""
    sets = DisjointSets(int(texts.max()) + 1 if len(texts) else 0)
    for one, two in links:
        sets.join(int(texts[one]), int(texts[two]))
    roots = np.array([sets.root(text) for text in range(len(sets))], dtype=np.int64)
    return roots[texts] if len(texts) else texts


def _originals(articles: pd.DataFrame, family: Integers, derived: set[int]) -> Integers:
    """Position of the original of each article's family."""
    order = pd.DataFrame(
        {
            "family": family,
            "derived": [position in derived for position in range(len(articles))],
            "undated": articles["published_day"].isna().to_numpy(),
            "day": articles["published_day"],
        }
    ).sort_values(["family", "derived", "undated", "day"], kind="stable")
    first = order[~order["family"].duplicated()]
    by_family = pd.Series(first.index.to_numpy(), index=first["family"].to_numpy())
    positions: Integers = by_family.reindex(family).to_numpy(dtype=np.int64)
    return positions
