"""The example in docs/coders.md does what it shows."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.test_readme import fits, run


def test_the_example_of_teaching_a_word(repository: Path, tmp_path: Path) -> None:
    text = (repository / "docs" / "coders.md").read_text(encoding="utf-8")
    article = {
        "id": "one", "source": "Reuters", "title": "On the road", "language": "en", "published_at": "2017-10-19",
        "text": "Gunmen bushwhacked three farmers near Hawija on Tuesday, the police of the district said in a short statement.",
    }  # fmt: skip
    (tmp_path / "articles.jsonl").write_text(json.dumps(article) + "\n", encoding="utf-8")
    blocks = re.findall(r"```(console|csv)\n(.*?)```", text, flags=re.DOTALL)
    assert [kind for kind, _ in blocks] == ["console", "csv", "console"]
    for kind, block in blocks:
        if kind == "csv":
            (tmp_path / "district/seeds/lexicon.csv").write_text(block, encoding="utf-8")
            continue
        for step in block.removeprefix("$ ").split("\n$ "):
            command, _, shown = step.partition("\n")
            done = run(command, tmp_path)
            assert done.returncode == 0, done.stderr
            assert fits(shown.splitlines(), done.stdout.splitlines()), f"$ {command}\n{done.stdout}"
