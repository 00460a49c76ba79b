"""Type weights fitted on labelled texts: multinomial logistic regression over what the texts show, drawn towards nothing.

A text teaches if gold gives it at most one type: every incident that the rules find in it teaches that type, or that there is none;
where they find none, its sentences together do.
"""

from __future__ import annotations

import csv
import io
from collections import Counter, deque
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.coding.coder import Article, rule_features
from pipeline.coding.stage import articles_of
from pipeline.errors import InputError, RefusedError
from pipeline.evaluation.gold import HALVES, GoldArticle, in_half
from pipeline.evaluation.loader import file_content, read_gold
from pipeline.resources.bundle import Resources
from pipeline.resources.type_weights import BASE, LABELS, NO_EVENT
from pipeline.settings import Settings
from pipeline.throwaway import throwaway_dataset

SHRINKAGE: Final = 2.0
"""Precision of the normal prior of each weight."""
_RARE: Final = 2
"""Texts in which a feature must stand to get a weight."""
_LEAST: Final = 0.05
"""Weights nearer to nothing are left out."""
_STEPS: Final = 200
_MEMORY: Final = 10
_ENOUGH: Final = 1e-4

Numbers = npt.NDArray[np.float64]


class Trained(NamedTuple):
    """What training gave: the table as CSV, and how many texts, examples and weights went into it."""

    table: str
    texts: int
    examples: int
    weights: int


class Example(NamedTuple):
    """What one incident, or one text without any, shows, and what it is."""

    features: Sequence[str]
    label: str


def label_of(article: GoldArticle) -> str | None:
    """The one type of a text, `none` if it reports nothing; None if it teaches nothing, having several or being arguable."""
    kinds = {event.classes[0] for event in article.events if event.is_required}
    if article.relevant is None or len(kinds) > 1 or any(event.optional or event.background for event in article.events):
        return None
    return next(iter(kinds), NO_EVENT)


def train(gold: Path, articles: Path, half: str | None, root: Path) -> Trained:
    """Fit the weights to the brief texts of a gold file.

    Args:
        gold: Gold file.
        articles: JSON Lines file of its articles.
        half: `even` or `odd` for a half of them; None for all.
        root: Dataset whose seeds and settings are used; the shipped ones if it has no dataset.toml.

    Raises:
        InputError: A file cannot be used, or none of its texts teaches anything.
    """
    if half not in (None, *HALVES):
        raise RefusedError(f"--half {half}: there are two halves, even and odd.")
    chosen = in_half(read_gold(gold), half)
    labels = {article.id: label for article in chosen if (label := label_of(article))}
    with throwaway_dataset(file_content(articles), root=root, jobs=1) as build:
        build.run("ingest")
        resources = Resources.of(build.root)
        frame = build.reader().read("articles")
        external = dict(zip(frame["article_id"], frame["external_id"], strict=True))
        of_articles = {article: labels[name] for article, name in external.items() if name in labels}
        examples = examples_of(articles_of(frame, resources), of_articles, resources, build.settings)
    if not examples:
        raise InputError(f"{gold}: none of its texts is brief, coded with one type at most and found in {articles}.")
    rows = fit_type_weights(examples)
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return Trained(text.getvalue(), len(of_articles), len(examples), len(rows))


def examples_of(articles: Sequence[Article], labels: Mapping[str, str], resources: Resources, settings: Settings) -> list[Example]:
    """What the labelled articles show, in their order.

    Args:
        articles: Articles.
        labels: Label of each article that teaches, by article_id.
        resources: Look-ups; weights that they hold are not used.
        settings: Settings of the coder.
    """
    return [
        Example(features, labels[article.article_id])
        for article in articles
        if article.article_id in labels
        for features in rule_features(article, resources, settings)
    ]


def fit_type_weights(examples: Sequence[Example]) -> list[dict[str, str]]:
    """Rows of the seed table under which the labels are likeliest, by feature and type.

    Raises:
        ValueError: There is no example.
    """
    if not examples:
        raise ValueError("no example to learn from")
    counts = Counter(feature for example in examples for feature in set(example.features))
    names = [BASE, *sorted(feature for feature, count in counts.items() if count >= _RARE)]
    columns = {name: column for column, name in enumerate(names)}
    shown = np.zeros((len(examples), len(names)), dtype=np.float32)
    shown[:, 0] = 1
    for row, example in enumerate(examples):
        shown[row, [columns[each] for each in example.features if each in columns]] = 1
    truth = np.array([LABELS.index(example.label) for example in examples])
    weights = _fitted(shown, truth)
    return [
        {"feature": names[column], "sub_event_type": LABELS[label], "weight": f"{weights[column, label]:.2f}"}
        for column, label in sorted(np.argwhere(np.abs(weights) >= _LEAST).tolist(), key=lambda at: (names[at[0]], LABELS[at[1]]))
    ]


def _fitted(shown: npt.NDArray[np.float32], truth: npt.NDArray[np.int64]) -> Numbers:
    """Weights by column and label: L-BFGS (Nocedal 1980) on the penalised likelihood, which has one maximum."""
    one_hot = np.eye(len(LABELS), dtype=np.float32)[truth]
    shape = shown.shape[1], len(LABELS)

    def loss_and_slope(flat: Numbers) -> tuple[float, Numbers]:
        weights = flat.reshape(shape)
        scores = shown @ weights.astype(np.float32)
        scores -= scores.max(axis=1, keepdims=True)
        chances = np.exp(scores)
        chances /= chances.sum(axis=1, keepdims=True)
        loss = -np.log(np.maximum(chances[np.arange(len(truth)), truth], 1e-12)).sum() + SHRINKAGE / 2 * float(flat @ flat)
        slope = (shown.T @ (chances - one_hot)).astype(np.float64) + SHRINKAGE * weights
        return float(loss), slope.ravel()

    return _minimum(loss_and_slope, np.zeros(shape[0] * shape[1])).reshape(shape)


def _minimum(loss_and_slope: Callable[[Numbers], tuple[float, Numbers]], start: Numbers) -> Numbers:
    """Where a smooth convex function is least."""
    at = start
    loss, slope = loss_and_slope(at)
    steps: deque[tuple[Numbers, Numbers]] = deque(maxlen=_MEMORY)
    for _ in range(_STEPS):
        step = -_bent(slope, steps)
        length = 1.0 if steps else 1.0 / max(1.0, float(np.abs(slope).max()))
        while True:
            new_at = at + length * step
            new_loss, new_slope = loss_and_slope(new_at)
            if new_loss <= loss + 1e-4 * length * float(slope @ step) or length < 1e-8:
                break
            length /= 2
        change, bend = new_at - at, new_slope - slope
        if float(change @ bend) > 0:
            steps.append((change, bend))
        is_done = loss - new_loss <= _ENOUGH * max(1.0, abs(loss)) * 1e-2
        at, loss, slope = new_at, new_loss, new_slope
        if is_done:
            break
    return at


def _bent(slope: Numbers, steps: Sequence[tuple[Numbers, Numbers]]) -> Numbers:
    """A slope times the inverse curvature that the last steps show: the two loops of L-BFGS."""
    direction, shares = slope.copy(), []
    for change, bend in reversed(steps):
        share = float(change @ direction) / float(change @ bend)
        shares.append(share)
        direction -= share * bend
    if steps:
        change, bend = steps[-1]
        direction *= float(change @ bend) / float(bend @ bend)
    for (change, bend), share in zip(steps, reversed(shares), strict=True):
        direction += (share - float(bend @ direction) / float(change @ bend)) * change
    return direction
