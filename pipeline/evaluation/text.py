"""Figures as lines for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

Breakdown = Literal["type", "rule", "confidence"]


def evaluation_text(found: Mapping[str, Any], by: Breakdown | None = None) -> str:
    """The figures in lines; shares in per cent.

    Args:
        found: What `pipeline.evaluation.evaluation.evaluate` returns.
        by: Also the table of types and their confusions, that of rules, or that of confidence.
    """
    lines = [f"Articles: {found['articles']}" + _in_brackets(found["articles_not_ingested"], "not in the dataset")]
    if "relevance" in found:
        lines.append(f"relevance   {_scores(found['relevance'])}, false alarm {_percent(found['relevance']['false_alarm'])}")
    lines.append(f"detection   {_scores(found['detection'])}")
    lines.append(f"load        {found['load']:.2f} fresh reports per relevant article")
    if "background" in found:
        lines.append(f"background  {_percent(found['background']['found'])} found, of {found['background']['n']}")
    if "matching" in found:
        lines.append(f"matching    {_scores(found['matching'])} (B-cubed), of {found['matching']['n']}")
        if together := found["matching"].get("together"):
            lines.append(f"  together  {_scores(together)}, of {together['n']}")
    if "reliability" in found:
        lines.append(
            f"confidence  {_percent(found['reliability']['error'])} off what it says, of {found['reliability']['n']} reports"
        )
    for title, part in (("Fields", "fields"), ("Exactly as gold", "exact")):
        if found[part]:
            lines += ["", f"{title:22}{'matched':>10}{'end to end':>13}{'n':>7}"]
            lines += [_field_line(name, row) for name, row in found[part].items()]
    if "sub_event_type" in found:
        lines += ["", *_label_lines(found["sub_event_type"])]
    if by == "type":
        lines += ["", *_type_lines(found["types"], found["confusion"])]
    if by == "confidence" and "reliability" in found:
        lines += ["", *_reliability_lines(found["reliability"]["bins"])]
    if by == "rule":
        lines += ["", *_rule_lines(found["rules"])]
    if found["misses"]:
        lines += ["", "Misses", *(line for row in found["misses"] for line in _miss_lines(row))]
    return "\n".join(lines)


def _percent(value: float) -> str:
    return f"{100 * value:.1f}%"


def _in_brackets(count: int, what: str) -> str:
    return f" ({count} {what})" if count else ""


def _scores(row: Mapping[str, float]) -> str:
    return f"precision {_percent(row['p'])}, recall {_percent(row['r'])}, F1 {_percent(row['f1'])}"


def _field_line(name: str, row: Mapping[str, Any]) -> str:
    return f"  {name:20}{_percent(row['matched']):>10}{_percent(row['end_to_end']):>13}{row['n']:>7}"


def _label_lines(row: Mapping[str, Any]) -> list[str]:
    said = {"accuracy": "accuracy", "weighted_f1": "weighted F1", "macro_f1": "macro F1", "none_left_alone": "none left alone"}
    lines = ["One type an article", *(f"  {words:20}{_percent(row[name]):>10}" for name, words in said.items())]
    return [*lines, "  worst:", *(f"    {name:38}{_percent(f1):>8}" for name, f1 in row["worst"].items())]


def _type_lines(types: Sequence[Mapping[str, Any]], cells: Sequence[Mapping[str, Any]]) -> list[str]:
    lines = [f"{'Type':38}{'gold':>6}{'coded':>7}{'right':>7}{'F1':>8}"]
    lines += [f"  {row['type']:36}{row['gold']:>6}{row['coded']:>7}{row['right']:>7}{_percent(row['f1']):>8}" for row in types]
    lines += ["", f"{'Gold':38}{'Coded':38}{'n':>4}"]
    return lines + [f"  {row['gold']:36}{row['coded']:38}{row['n']:>4}" for row in cells if row["gold"] != row["coded"]]


def _reliability_lines(bins: Sequence[Mapping[str, Any]]) -> list[str]:
    lines = [f"{'Confidence':14}{'mean':>8}{'right':>8}{'n':>6}"]
    return lines + [
        f"  {row['confidence_from']:.1f} to {row['confidence_to']:.1f}{row['confidence']:>10.2f}{row['right']:>8.2f}{row['n']:>6}"
        for row in bins
    ]


def _rule_lines(rules: Sequence[Mapping[str, Any]]) -> list[str]:
    lines = [f"{'Rule':50}{'matched':>8}{'right':>7}{'extra':>7}"]
    return lines + [f"  {row['rule_id']:48}{row['matched']:>8}{row['right']:>7}{row['extra']:>7}" for row in rules]


def _miss_lines(row: Mapping[str, Any]) -> list[str]:
    lines = [f"  {row['id']}: {row['what']}"]
    return lines + [f"      {side:6} {row[side]}" for side in ("gold", "coded") if row[side] is not None]
