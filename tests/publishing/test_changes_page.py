"""The page of changes: what it counts, and that nothing in it is taken for markup."""

from __future__ import annotations

import json

from pipeline.publishing.changes_page import ChangeStory, changes_page
from pipeline.publishing.movement import change_class, events_by_change, movements

ONE = "KHD-IRQ-000001"


def row(change: str, column: str = "*", old: str | None = None, new: str | None = None, event: str = ONE) -> dict[str, str | None]:
    return {"event_id": event, "change": change, "cause": "membership", "column": column, "old": old, "new": new, "inputs": None}


def values(month: str, deaths: int) -> dict[str, object]:
    return {
        "country": "Iraq", "event_date": f"{month}-03", "fatalities": deaths, "location": "<b>Daquq", "sub_event_type": "Attack"
    }  # fmt: skip


def test_the_class_is_that_of_the_gravest_change() -> None:
    assert change_class([], is_first=False) == "unchanged"
    assert change_class([row("added")], is_first=True) == "first"
    assert change_class([row("evidence_added"), row("added")], is_first=False) == "additive"
    assert change_class([row("added"), row("revised", "fatalities")], is_first=False) == "revised"
    assert change_class([row("merged"), row("revised", "fatalities")], is_first=False) == "restructured"
    assert events_by_change([row("revised", "fatalities"), row("revised", "location"), row("added", event="b")]) == {
        "added": 1,
        "revised": 1,
    }


def test_totals_move_by_country_and_month() -> None:
    old = {"a": values("2017-10", 2), "b": values("2017-11", 1)}
    new = {"a": values("2017-10", 2), "b": values("2017-12", 1), "c": values("2017-12", 4)}
    found = [(each.month, each.events, each.fatalities) for each in movements(old, new)]
    assert found == [("2017-12", (0, 2), (0, 5)), ("2017-11", (1, 0), (1, 0))]


def test_everything_is_escaped_and_no_script_can_run() -> None:
    changes = [row("evidence_added", old="1", new="2"), row("revised", "notes", None, "<script>alert(1)</script>")]
    story = ChangeStory(
        "A & B", "2026.2.0", "2026-02-01", "2026.1.0", "revised", {"revised": 1}, (), changes, {}, {ONE: values("2017-10", 1)}
    )
    page = changes_page(story)
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)" in page and "&lt;b&gt;Daquq" in page and "A &amp; B" in page
    assert "default-src 'none'" in page


def test_a_release_tells_its_class(new_sample, attack, publish) -> None:
    publish(new_sample().article("one", attack), "2026.9.0")
    done = publish(new_sample().article("one", attack).article("two", attack, source="other-paper"), "2026.10.0")
    manifest = json.loads((done.path / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["change_class"], manifest["changes"]) == ("additive", {"evidence_added": 1})
    page = (done.path / "changes.html").read_text(encoding="utf-8")
    assert "Additive" in page and "Compared with 2026.9.0." in page
