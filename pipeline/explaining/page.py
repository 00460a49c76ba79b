"""An explanation as one HTML page that needs nothing beside it.

It holds the words of articles, so it is for the machine of whoever has them, never for a release. All that comes from articles is
escaped, and the page's own policy lets no script run but ours and loads nothing.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Sequence
from string import Template
from typing import Any

from pipeline.explaining.comparison import compared_values
from pipeline.explaining.explanation import SHOWN
from pipeline.explaining.numbering import Noted, NotedReport, number
from pipeline.explaining.style import SCRIPT, STYLE
from pipeline.explaining.themes import ATTRIBUTIONS, THEMES, theme_of
from pipeline.explaining.words import Span, literal, mark_id, marked, note_id

_PAGE = Template("""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="$policy">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>$title</title>
<style>$style</style>
</head>
<body>
<a class="skip" href="#articles">To the articles</a>
<header>
<p class="notice" role="note"><strong>For your own machine only.</strong> This page holds the words of articles.
It is no part of a release; do not publish it.</p>
<p class="kicker">Khaldun: where the values come from</p>
<h1>$heading</h1>
<p class="facts">$facts</p>
$legend
</header>
<main>
$event
<div id="articles" class="$layout">
$articles
</div>
</main>
<script>$script</script>
</body>
</html>
""")


def explain_page(found: dict[str, Any]) -> str:
    """The explanation as a page.

    Args:
        found: What `explanation` gives.

    Returns:
        HTML. Words and values link to each other in both directions; a script that only lights up what belongs together adds
        to that what a mouse or the keyboard points at.
    """
    articles = number(found["articles"])
    event = found["event"]
    return _PAGE.substitute(
        policy=_policy(),
        title=literal(f"{found['key']}: where its values come from"),
        style=STYLE,
        heading=_heading(event or articles[0].values),
        facts=" &middot; ".join(_facts(found, articles)),
        legend=_legend(),
        event=_event(event, articles) if event else "",
        layout="many" if len(articles) > 1 else "alone",
        articles="\n".join(_article(article) for article in articles),
        script=SCRIPT,
    )


def _policy() -> str:
    """Nothing is loaded, and only our own script and style hold."""
    script, style = (b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (SCRIPT, STYLE))
    return f"default-src 'none'; script-src 'sha256-{script}'; style-src 'sha256-{style}'; base-uri 'none'; form-action 'none'"


def _heading(values: dict[str, Any]) -> str:
    """An event by what, where and when; an article by its outlet and day."""
    names = ("sub_event_type", "location", "event_date") if "event_id" in values else ("source_name", "published_day")
    return ", ".join(f'<bdi dir="auto">{literal(values[name])}</bdi>' for name in names if name in values)


def _event(event: dict[str, Any], articles: Sequence[Noted]) -> str:
    return f"""<section class="card" aria-labelledby="event">
<h2 id="event">The event and its reports</h2>
<p class="lead"><bdi dir="auto">{literal(event["notes"])}</bdi></p>
{compared_values(event, articles)}
</section>"""


def _facts(found: dict[str, Any], articles: Sequence[Noted]) -> list[str]:
    event = found["event"]
    told = sum(len(article.reports) for article in articles)
    counts = [_count(told, "report"), _count(len(articles), "article")]
    if event is None:
        return [f"<code>{literal(found['key'])}</code>", *counts]
    names = dict.fromkeys((found["key"], event["event_id"]))
    sources = _count(event["n_sources"], "independent source")
    kind, status = literal(event["event_type"]), f"status {literal(event['status'])}"
    return [*(f"<code>{literal(name)}</code>" for name in names), kind, *counts, sources, status]


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _legend() -> str:
    colours = [f'<li><mark class="{theme}">{meaning}</mark></li>' for theme, meaning in THEMES.items()]
    lines = [f'<li><mark class="none {name}">{name}</mark> {meaning}</li>' for name, meaning in ATTRIBUTIONS.items()]
    gated = '<li><mark class="gated">turned down</mark> looked like an incident, and a gate closed</li>'
    return f'<ul class="legend" aria-label="Colours and lines">{"".join([*colours, *lines, gated])}</ul>'


def _article(article: Noted) -> str:
    values = article.values
    name = f"article-{article.number}"
    language = f' lang="{literal(values["language"])}"' if "language" in values else ""
    title = marked(values["title"], article.spans["title"]) if values.get("title") else "Without a title"
    story = marked(values["text"], article.spans["text"]) if values.get("text") else ""
    problem = f'<p class="notice">Quarantined: {literal(values["problem"])}</p>' if values["status"] == "quarantined" else ""
    reports = "\n".join(_report(report) for report in article.reports) or '<p class="quiet">No reports.</p>'
    return f"""<article class="card" aria-labelledby="{name}">
<h2 id="{name}"{language} dir="auto">{title}</h2>
<p class="facts">{" &middot; ".join(_article_facts(values))}</p>
{problem}<div class="columns">
<section class="text" aria-label="Text of the article" tabindex="0"><p class="story"{language} dir="auto">{story}</p></section>
<div class="coded">
{reports}
{_turned_down(article)}
</div>
</div>
</article>"""


def _article_facts(values: dict[str, Any]) -> list[str]:
    facts = [f'<bdi dir="auto">{literal(values["source_name"])}</bdi>', literal(values.get("published_day", "no date"))]
    if url := values.get("url"):
        shown = f'<bdi dir="ltr">{literal(url)}</bdi>'
        is_web = url.lower().startswith(("https://", "http://"))
        facts.append(f'<a rel="noopener noreferrer" href="{literal(url)}">{shown}</a>' if is_web else shown)
    return [*facts, f"<code>{literal(values['article_id'])}</code>"]


def _report(report: NotedReport) -> str:
    values, name = report.values, report.anchor
    spans = " ".join(span.name for span, _ in report.notes)
    rows = [_value_row(field, report) for field in (*SHOWN, *report.other_fields) if field in values or report.notes_of(field)]
    return f"""<section class="report" id="{name}" aria-labelledby="{name}-title">
<h3 id="{name}-title" data-span="{spans}">Report {report.number}: {literal(values["sub_event_type"])}</h3>
<ul class="badges">{"".join(_badges(report))}</ul>
<p class="facts">{_membership(values)}</p>
<table class="values"><caption class="heard">Values of report {report.number}</caption>
<thead class="heard"><tr><th scope="col">Column</th><th scope="col">Value</th><th scope="col">Words and rule</th></tr></thead>
<tbody>
{chr(10).join(rows)}
</tbody></table>
</section>"""


def _badges(report: NotedReport) -> list[str]:
    values = report.values
    badges = [("", f"coder: {values['coder_kind']}"), ("", values["status"]), ("", f"confidence {values['confidence']:.2f}")]
    if values["event_id"]:
        badges.insert(0, ("votes" if values["votes"] else "silent", report.standing))
    if values["is_background"]:
        badges.insert(1, ("", "background: recalls, does not newly report"))
    badges += [("review", f"look at: {code}") for code in str(values.get("needs_review", "")).split("; ") if code]
    return [f'<li class="{kind}">{literal(text)}</li>' if kind else f"<li>{literal(text)}</li>" for kind, text in badges]


def _membership(values: dict[str, Any]) -> str:
    place = f"<code>{literal(values['report_id'])}</code>"
    if not values["event_id"]:
        return f"{place}, in no event"
    reasons = f"; fits by {literal(values['reasons'])}" if "reasons" in values else ""
    return f"{place} in event <code>{literal(values['event_id'])}</code> with score {values['score']:g}{reasons}"


def _value_row(field: str, report: NotedReport) -> str:
    notes = report.notes_of(field)
    value = (
        f'<bdi dir="auto">{literal(report.values[field])}</bdi>'
        if field in report.values
        else '<span class="quiet">not kept</span>'
    )
    words = f'<ul class="notes">{"".join(_note(*note) for note in notes)}</ul>' if notes else ""
    return f'<tr><th scope="row"><code>{literal(field)}</code></th><td>{value}</td><td>{words}</td></tr>'


def _note(span: Span, item: dict[str, Any]) -> str:
    said = "" if item["attribution"] == "asserted" else f' <span class="said">{literal(item["attribution"])}</span>'
    return (
        f'<li id="{note_id(span)}" class="{theme_of(item["field"])}" data-span="{span.name}"><a href="#{mark_id(span)}">'
        f'<q><bdi dir="auto">{literal(item["words"])}</bdi></q></a> <code>{literal(item["rule_id"])}</code>{said}</li>'
    )


def _turned_down(article: Noted) -> str:
    if not article.turned_down:
        return ""
    items = [
        f'<li id="{note_id(span)}" class="none" data-span="{span.name}"><a href="#{mark_id(span)}">'
        f'<q><bdi dir="auto">{literal(item["words"])}</bdi></q></a> <code>{literal(item["rule_id"])}</code>'
        f" gate: <strong>{literal(item['gate'])}</strong></li>"
        for span, item in article.turned_down
    ]
    return f'<section class="turned-down"><h3>Turned down</h3><ul class="notes">{"".join(items)}</ul></section>'
