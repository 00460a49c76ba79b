"""Explanations of the sample corpus and of an article that would do harm, as data, text and page."""

from __future__ import annotations

import json
import shutil
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.errors import InputError
from pipeline.explaining.explanation import explanation
from pipeline.explaining.page import explain_page
from pipeline.explaining.text import explain_text
from pipeline.runner import Build
from tests.explaining.test_words import Reader

HOSTILE = {
    "id": "hostile\"><script>alert('id')</script>",
    "source": 'The "Wire" <b>&amp;</b>',
    "url": "javascript:alert('url')",
    "title": "</title><script>alert('title')</script> \u202e\u0627\u0644\u0639\u0631\u0627\u0642",
    "text": (
        "KIRKUK, Iraq \U0001f480\U0001f480 - <script>alert('text')</script><!-- Islamic State gunmen attacked civilians in Kirkuk"
        ' on Wednesday & killed three villagers, police said. "</p></section><img src=x onerror=alert(1)>"'
        " \u202e\u0645\u0631\u062d\u0628\u0627\u202c.\n\nNobody was shot, ${title} ]]> %s {0}."
    ),
    "published_at": "2017-10-19",
    "language": "en",
}


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory, sample: list[dict[str, object]]) -> Build:
    """The sample and the hostile article, built and published."""
    from tests.conftest import Dataset

    dataset = Dataset(tmp_path_factory.mktemp("explained") / "set")
    dataset.write_articles([*sample, HOSTILE])
    dataset.publish("2026.11.0")
    return Build(dataset.root)


@pytest.fixture(scope="module")
def article_ids(build: Build) -> list[str]:
    return list(build.reader().read("articles", ["article_id"])["article_id"])


@pytest.fixture(scope="module")
def explained(build: Build, article_ids: list[str]) -> dict[str, tuple[dict[str, Any], str]]:
    """What is known of each article, and the page that tells it."""
    found = {article_id: explanation(build, article_id) for article_id in article_ids}
    return {article_id: (known, explain_page(known)) for article_id, known in found.items()}


def event_of(build: Build, role: str) -> str:
    links = build.reader().read("event_reports")
    return str(links.loc[links["role"] == role, "event_id"].iloc[0])


def test_every_piece_of_evidence_of_the_sample_is_marked_where_it_stands(
    build: Build, explained: dict[str, tuple[dict[str, Any], str]]
) -> None:
    pieces = 0
    for found, page in explained.values():
        read = Reader(page)
        [article] = found["articles"]
        shown = [item for report in article["reports"] for item in report["evidence"]] + article["rejected"]
        assert sorted(read.spans.values()) == sorted(item["words"] for item in shown)
        assert all(item["words"] == article[item["part"]][item["start"] : item["end"]] for item in shown)
        assert str(article["text"]) in read.text
        assert all(item["rule_id"] in read.text for item in shown)
        pieces += len(shown)
    held = [len(build.reader().read(table)) for table in ("evidence", "rejected_candidates")]
    assert pieces == sum(held) > 100


def test_all_links_of_a_page_lead_somewhere(build: Build, explained: dict[str, tuple[dict[str, Any], str]]) -> None:
    of_events = [explain_page(explanation(build, event_of(build, role))) for role in ("copy", "update")]
    for page in [*(page for _, page in explained.values()), *of_events]:
        elements = Reader(page).elements
        ids = [attributes["id"] for _, attributes in elements if "id" in attributes]
        assert len(ids) == len(set(ids))
        links = {str(attributes["href"]) for tag, attributes in elements if tag == "a"}
        assert {link[1:] for link in links if link.startswith("#")} <= set(ids)
        assert all(link.startswith(("#", "https://")) for link in links)


def test_what_an_article_says_stays_text(build: Build) -> None:
    read = Reader(explain_page(explanation(build, str(HOSTILE["id"]))))
    tags = [tag for tag, _ in read.elements]
    assert tags.count("script") == 1
    assert not {"img", "b", "iframe", "link", "base"} & set(tags)
    assert not [name for _, attributes in read.elements for name in attributes if name.startswith("on") or name == "style"]
    assert str(HOSTILE["text"]) in read.text
    assert str(HOSTILE["title"]) in read.text
    assert "attacked" in read.spans.values(), "the coder read it, so offsets after the astral characters were tried"
    assert not [attributes["href"] for tag, attributes in read.elements if tag == "a" and "javascript" in str(attributes["href"])]


def test_the_page_needs_nothing_beside_it_and_runs_only_its_own_script(build: Build, article_ids: list[str]) -> None:
    page = explain_page(explanation(build, article_ids[0]))
    elements = Reader(page).elements
    assert not [attributes for _, attributes in elements if "src" in attributes or attributes.get("rel") == "stylesheet"]
    assert "url(" not in page
    [policy] = [attributes["content"] for _, attributes in elements if attributes.get("http-equiv") == "Content-Security-Policy"]
    assert str(policy).startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in str(policy)
    assert "no part of a release" in page


def test_the_page_can_be_read_without_seeing_it(build: Build) -> None:
    elements = Reader(explain_page(explanation(build, event_of(build, "update")))).elements
    assert ("html", {"lang": "en"}) in elements
    levels = [int(tag[1]) for tag, _ in elements if tag in {"h1", "h2", "h3", "h4"}]
    assert levels.count(1) == 1
    assert all(next_ <= level + 1 for level, next_ in pairwise(levels)), "no level is skipped"
    labelled = [attributes["aria-labelledby"] for _, attributes in elements if "aria-labelledby" in attributes]
    assert set(labelled) <= {attributes.get("id") for _, attributes in elements}
    assert all(attributes.get("aria-label") for _, attributes in elements if "label" in str(attributes.get("class")).split())


def test_an_event_tells_which_report_votes(build: Build) -> None:
    copied = {
        report["role"]: report["votes"]
        for article in explanation(build, event_of(build, "copy"))["articles"]
        for report in article["reports"]
    }
    assert copied == {"primary": ["values", "toll"], "copy": []}
    page = explain_page(explanation(build, event_of(build, "copy")))
    assert "copy: no vote" in page
    assert "primary: votes" in page


def test_votes_are_those_that_match_counted(build: Build) -> None:
    links = build.reader().read("event_reports")
    for event_id in sorted(set(links["event_id"])):
        reports = [report for article in explanation(build, event_id)["articles"] for report in article["reports"]]
        assert all("values" in report["votes"] for report in reports if report["role"] == "primary")
        assert not [report for report in reports if report["role"] == "copy" and report["votes"]]
        fresh = [report for report in reports if not report["is_background"]]
        assert not [report for report in reports if report["is_background"] and report["votes"] and fresh]


def test_values_that_differ_from_the_event_say_so_in_words(build: Build) -> None:
    found = explanation(build, event_of(build, "update"))
    tolls = {report["fatalities"] for article in found["articles"] for report in article["reports"]}
    assert len(tolls) == 2, "the sample holds two reports that differ"
    assert '<span class="heard">differs: </span>' in explain_page(found)


def test_a_released_id_explains_the_same_event(build: Build) -> None:
    from khaldun import load

    released = load("events", root=build.root)["event_id"].iloc[0]
    found = explanation(build, released)
    assert found["event"] is not None
    assert released in explain_page(found)
    assert found["event"]["notes"] in explain_text(found)


def test_nothing_of_that_key(build: Build) -> None:
    with pytest.raises(InputError, match="no article has this id"):
        explanation(build, "nothing")


def test_the_command_writes_a_page_but_never_into_a_release(build: Build, tmp_path: Path) -> None:
    copy = tmp_path / "set"
    shutil.copytree(build.root, copy)
    release = copy / "data/processed/releases/2026.11.0"
    refused = CliRunner().invoke(app, ["explain", str(HOSTILE["id"]), "--root", str(copy), "--html", str(release / "page.html")])
    assert refused.exception is not None
    assert "may not lie in a release" in str(refused.exception)
    assert not (release / "page.html").exists()

    page = tmp_path / "page.html"
    done = CliRunner().invoke(app, ["explain", str(HOSTILE["id"]), "--root", str(copy), "--html", str(page), "--json"])
    assert done.exit_code == 0
    assert json.loads(done.stdout)["articles"][0]["text"] == HOSTILE["text"]
    assert Reader(page.read_text(encoding="utf-8")).spans
