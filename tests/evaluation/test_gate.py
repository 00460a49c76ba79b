from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import InputError, RefusedError
from pipeline.evaluation.floors import (
    Floors,
    Lowering,
    SetFigures,
    check_floors,
    floor_of,
    floored_figures,
    floors_text,
    lower_floor,
    parse_floors,
    raise_floors,
)
from pipeline.evaluation.gate import GoldSet, find_sets

SHARES = st.integers(0, 10_000).map(lambda number: number / 10_000)


def figures(value: float = 0.7456, sha256: str = "aa", **more: float) -> dict[str, SetFigures]:
    return {"ours": SetFigures(sha256, {"even": {"place": value, **more}, "odd": {"place": 0.5}})}


def test_floors_are_reached_until_a_figure_falls() -> None:
    floors = raise_floors(figures(), Floors())
    assert floors.sets["ours"].parts == {"even": {"place": 0.74}, "odd": {"place": 0.5}}
    assert check_floors(figures(), floors) == []
    assert check_floors(figures(0.74), floors) == []
    assert [str(breach) for breach in check_floors(figures(0.7399), floors)] == [
        "ours, even: place is 0.7399, its floor 0.74",
    ]
    gone = {"ours": SetFigures("aa", {"even": {"place": 0.8}})}
    assert [str(breach) for breach in check_floors(gone, floors)] == ["ours, odd: place is no longer given, its floor 0.50"]


def test_other_texts_are_a_breach_and_never_pinned_in_silence() -> None:
    floors = raise_floors(figures(), Floors())
    [breach] = check_floors(figures(0.9, "bb"), floors)
    assert (breach.field, breach.figure) == ("sha256", None)
    assert raise_floors(figures(0.9, "bb"), floors) == floors
    anew = lower_floor(figures(0.3, "bb"), floors, "ours", "ten articles added")
    assert anew.sets["ours"] == SetFigures("bb", {"even": {"place": 0.3}, "odd": {"place": 0.5}})
    assert anew.lowered == (Lowering("ours", "ten articles added", "all floors on aa"),)


def test_sets_that_are_absent_or_new_are_passed_over() -> None:
    assert check_floors({}, raise_floors(figures(), Floors())) == []
    assert check_floors(figures(), Floors()) == []


@given(SHARES, SHARES)
def test_floors_rise_and_never_fall(before: float, now: float) -> None:
    floors = raise_floors(figures(before), Floors())
    again = raise_floors(figures(now), floors)
    assert again.sets["ours"].parts["even"]["place"] == max(floor_of(before), floor_of(now))
    assert bool(check_floors(figures(now), again)) == (now < floor_of(before))
    assert 0 <= now - floor_of(now) < 0.01 + 1e-9


def test_a_hundredth_is_its_own_floor() -> None:
    assert [floor_of(number / 100) for number in range(101)] == [number / 100 for number in range(101)]


def test_one_floor_is_lowered_with_a_reason_that_stays() -> None:
    floors = raise_floors(figures(0.9, date=0.8), Floors())
    present = figures(0.6, date=0.7)
    lowered = lower_floor(present, floors, "ours.place", ' a gold "place" was wrong ')
    assert lowered.sets["ours"].parts == {"even": {"place": 0.6, "date": 0.8}, "odd": {"place": 0.5}}
    assert lowered.lowered == (Lowering("ours.place", 'a gold "place" was wrong', "even 0.90, odd 0.50"),)
    assert [breach.field for breach in check_floors(present, lowered)] == ["date"]
    assert lower_floor(present, lowered, "ours.date", "so").lowered[0] == lowered.lowered[0]


@pytest.mark.parametrize(("what", "reason"), [("ours.place", " "), ("theirs.place", "so"), ("ours.colour", "so")])
def test_lowering_is_refused(what: str, reason: str) -> None:
    with pytest.raises(RefusedError):
        lower_floor(figures(), raise_floors(figures(), Floors()), what, reason)


@given(st.dictionaries(st.text(st.characters(codec="utf-8"), min_size=1), st.just(SetFigures("aa", {"even": {"place": 0.74}}))))
def test_the_file_is_read_as_it_was_written(sets: dict[str, SetFigures]) -> None:
    floors = Floors(sets, tuple(Lowering(name, f"{name} \\ 'why'", "even 0.90") for name in sets))
    assert parse_floors(floors_text(floors).replace("\x7f", "\\u007f"), "floors.toml") == floors


def test_a_broken_file_is_refused_and_a_written_one_is_toml() -> None:
    with pytest.raises(InputError, match=r"floors\.toml"):
        parse_floors("[sets.ours.even]\nplace = 0.5", "floors.toml")
    assert tomllib.loads(floors_text(raise_floors(figures(), Floors())))["sets"]["ours"]["even"] == {"place": 0.74}


def test_what_has_floors_is_better_when_higher() -> None:
    row = {"matched": 0.9, "end_to_end": 0.6, "n": 10}
    found = {
        "relevance": {"p": 0.5, "r": 0.5, "f1": 0.5, "false_alarm": 0.2},
        "detection": {"p": 0.4, "r": 0.8, "f1": 0.53},
        "fields": {"place": row},
        "exact": {"actor1": row, "country": row},
        "background": {"found": 0.3, "n": 3},
    }
    assert floored_figures(found) == {
        "relevance": 0.5,
        "no_false_alarm": 0.8,
        "detection": 0.53,
        "detection_precision": 0.4,
        "place": 0.6,
        "exact_actor1": 0.6,
        "background": 0.3,
    }


def test_sets_are_found_by_their_gold(tmp_path: Path) -> None:
    def put(name: str, count: int = 1) -> Path:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("".join(json.dumps({"id": str(number)}) + "\n" for number in range(count)), encoding="utf-8")
        return path

    put("golden/gold.jsonl"), put("golden/articles.jsonl")
    put("golden/sentences_gold.jsonl"), put("golden/sentences.jsonl")
    put("large/gold.jsonl", 501), put("large/articles.jsonl", 501)
    assert [each.name for each in find_sets(tmp_path)] == ["golden", "golden-sentences", "large-first-300"]
    assert [each.name for each in find_sets(tmp_path, whole=True)][2:] == ["large-first-300", "large"]
    assert find_sets(tmp_path / "missing") == []
    articles, gold = find_sets(tmp_path)[2].content()
    assert (articles.count(b"\n"), gold.count(b"\n")) == (300, 300)
    (tmp_path / "golden/sentences.jsonl").unlink()
    with pytest.raises(InputError, match=r"sentences\.jsonl should lie beside it"):
        find_sets(tmp_path)


def test_a_set_is_what_it_says(tmp_path: Path) -> None:
    assert GoldSet("x", tmp_path / "a", tmp_path / "g").first is None
    with pytest.raises(InputError, match="cannot be read"):
        GoldSet("x", tmp_path / "a", tmp_path / "g").content()
