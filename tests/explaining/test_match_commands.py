"""`khaldun match explain`, `review` and `recipes` on a small dataset."""

import json

import pytest
from typer.testing import CliRunner

from pipeline.errors import InputError
from pipeline.match_commands import match_app
from pipeline.runner import Build

TEXTS = {
    "one": "Gunmen killed four farmers in Mosul on 19 October 2017, police said.",
    "two": "Four farmers were killed by gunmen in Mosul on 19 October 2017, a hospital said.",
    "lost": "Gunmen killed nine herders in the village of Tal Sabha in Iraq on 3 May 2016.",
}


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    folder = tmp_path_factory.mktemp("matched")
    raw = folder / "data" / "raw"
    raw.mkdir(parents=True)
    (folder / "seeds").mkdir()
    (folder / "dataset.toml").write_text("")
    rows = [
        {"id": name, "source": f"Paper {name}", "title": "News", "language": "en", "published_at": "2017-10-20", "text": text}
        for name, text in TEXTS.items()
    ]
    (raw / "articles.jsonl").write_text("\n".join(map(json.dumps, rows)))
    Build(folder, jobs=1).run("match")
    return folder


@pytest.fixture(scope="module")
def reports(root):
    """Ids of the reports by the id of their article."""
    reader = Build(root).reader()
    articles = reader.read("articles").set_index("article_id")["external_id"]
    found = reader.read("reports")
    return dict(zip(articles[found["article_id"]], found["report_id"], strict=True))


def run(root, *words):
    return CliRunner().invoke(match_app, [*words, "--root", str(root)])


def test_two_reports_of_one_event(root, reports):
    said = run(root, "explain", reports["one"], reports["two"]).output
    assert "toll      same" in said
    assert "one event: the score is that of one incident" in said


def test_a_report_of_no_event_has_a_reason(root, reports):
    result = run(root, "explain", reports["lost"])
    assert isinstance(result.exception, InputError)
    assert "has no coordinates, and fits no event clearly better" in str(result.exception)


def test_nothing_is_doubtful(root):
    assert run(root, "review").output == ""


def test_recipes(root):
    table = json.loads(run(root, "recipes", "--json").output)
    assert [(row["recipe"], row["fatalities"], row["other_fatalities"]) for row in table] == [
        ("conservative", 4, 0), ("informative", 4, 0), ("representative", 4, 0)
    ]  # fmt: skip
    assert "representative" in run(root, "recipes").output
