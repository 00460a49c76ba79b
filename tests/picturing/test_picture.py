"""The picture of a release: made from the sample, the same every time, and true to places, numbers and precision."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.errors import InputError
from pipeline.picturing.dots import area_of, dots, most_at_one_place
from pipeline.picturing.frame import Frame
from pipeline.picturing.labels import place_labels
from pipeline.picturing.look import COLOURS, OPACITIES
from pipeline.picturing.picture import picture_png, picture_svg
from pipeline.picturing.release import PicturedRelease, read_release
from schemas.taxonomy import EVENT_TYPES, GEO_PRECISIONS


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, sample: list[dict[str, object]]) -> Path:
    from tests.conftest import Dataset

    dataset = Dataset(tmp_path_factory.mktemp("pictured") / "set")
    dataset.set({"dataset": {"name": "sample", "title": "Sample <of> \"events\" & 'more'"}})
    dataset.write_articles(sample)
    return Path(dataset.publish("2026.11.0").path)


@pytest.fixture(scope="module")
def release(folder: Path) -> PicturedRelease:
    return read_release(folder)


@pytest.fixture(scope="module")
def svg(release: PicturedRelease) -> str:
    return picture_svg(release)


def texts(svg: str) -> list[str]:
    return ["".join(each.itertext()) for each in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


def event(**more: object) -> dict[str, object]:
    return {
        "event_date": dt.date(2024, 3, 1), "event_type": "Battles", "country": "Mali", "location": "Gao", "latitude": 16.27,
        "longitude": -0.04, "geo_precision": 1, "fatalities": 0, "fatalities_low": 0, "fatalities_high": 0, **more,
    }  # fmt: skip


def of(*events: dict[str, object]) -> PicturedRelease:
    frame = pd.DataFrame(list(events)).astype({"fatalities_high": "Int64"})
    return PicturedRelease("Made up", "2026.11.0", "CC-BY-4.0", "0" * 64, frame)


def test_it_names_what_the_release_is_and_every_type_in_it(svg: str, release: PicturedRelease) -> None:
    shown = texts(svg)
    assert f"{release.title}, release 2026.11.0" in shown
    counts = Counter(release.events["event_type"])
    assert {f"{name} {number}" for name, number in counts.items()} <= set(shown)
    assert all(COLOURS[name] in svg for name in counts)
    facts = " ".join(shown)
    assert f"{len(release.events)} events" in facts
    assert f"{release.events['fatalities'].sum()} deaths reported" in facts
    assert release.content[:16] in facts
    assert "GeoNames" in facts
    countries = set(release.events["country"])
    assert len(countries & set(shown)) >= 0.8 * len(countries), "a country whose dots leave no room goes without its name"


def test_nothing_in_it_points_outside(svg: str) -> None:
    links = re.findall(r"(?:href|src)=\"([^\"]*)\"|url\(([^)]*)\)", svg)
    assert all((one or other).startswith("#") for one, other in links)
    assert "<script" not in svg


def test_the_same_release_gives_the_same_svg(svg: str, folder: Path, tmp_path: Path) -> None:
    here, elsewhere = tmp_path / "here.svg", tmp_path / "elsewhere.svg"
    assert CliRunner().invoke(app, ["picture", str(folder), str(here)]).exit_code == 0
    command = [sys.executable, "-c", "from pipeline.cli import main; main()", "picture", str(folder), str(elsewhere)]
    env = {"TZ": "Asia/Kathmandu", "PYTHONHASHSEED": "1", "LC_ALL": "C"}
    subprocess.run(command, env=env, check=True, capture_output=True)
    assert here.read_text(encoding="utf-8") == elsewhere.read_text(encoding="utf-8") == svg


def test_rows_in_another_order_give_the_same_svg(svg: str, release: PicturedRelease) -> None:
    turned = release.events.iloc[::-1].reset_index(drop=True)
    assert picture_svg(PicturedRelease(release.title, release.version, release.licence, release.content, turned)) == svg


def test_png(release: PicturedRelease) -> None:
    png = picture_png(release)
    assert png.startswith(b"\x89PNG")
    width = int.from_bytes(png[16:20], "big")
    assert 2000 < width < 2300


def test_it_is_refused_a_place_in_the_release(folder: Path, tmp_path: Path) -> None:
    before = sorted(path.name for path in folder.iterdir())
    refused = CliRunner().invoke(app, ["picture", str(folder), str(folder / "picture.svg")])
    assert "may not lie in it" in str(refused.exception)
    assert sorted(path.name for path in folder.iterdir()) == before
    assert CliRunner().invoke(app, ["picture", str(folder), str(tmp_path / "picture.pdf")]).exit_code == 2


def test_what_is_no_release_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no release lies here"):
        read_release(tmp_path)


def test_every_type_and_precision_has_its_look() -> None:
    assert set(COLOURS) == set(EVENT_TYPES)
    assert len(set(COLOURS.values())) == len(COLOURS)
    assert set(OPACITIES) == set(GEO_PRECISIONS)
    assert OPACITIES[1] > OPACITIES[2] > OPACITIES[3] == 0


def test_a_place_is_one_dot_cut_by_types() -> None:
    protests = event(event_type="Protests"), event(event_type="Protests", geo_precision=3)
    events = of(event(), event(), *protests, event(longitude=2.0)).events
    frame = Frame.around([(-0.04, 16.27), (2.0, 16.27)], 1000, (260, 560))
    first, second = dots(events, frame, most_at_one_place(events))
    assert [(each.events, each.colour, each.opacity) for each in first.slices] == [
        (2, COLOURS["Battles"], 0.85),
        (1, COLOURS["Protests"], 0.85),
        (1, COLOURS["Protests"], 0.0),
    ]
    assert first.area == 4 * second.area
    assert (first.x, first.y) == pytest.approx(frame.pixel(-0.04, 16.27), abs=0.1)


def test_slices_share_the_circle_by_their_numbers() -> None:
    events = of(event(), event(), event(), event(event_type="Riots")).events
    [dot] = dots(events, Frame(-2, 2, 14, 18, 1000, 1000), 4)

    def area(corners: list[tuple[float, float]]) -> float:
        return abs(sum(x * v - u * y for (x, y), (u, v) in pairwise(corners))) / 2

    most, least = (area(shape["geometry"]["coordinates"][0]) for shape in dot.shapes())
    assert most / least == pytest.approx(3, rel=0.03)
    assert most + least == pytest.approx(dot.area, rel=0.05)


@given(number=st.integers(1, 10_000), most=st.integers(1, 10_000))
def test_more_events_never_make_a_smaller_dot(number: int, most: int) -> None:
    assert 0 < area_of(min(number, most), most) <= area_of(most, most) <= 1500


@given(st.lists(st.tuples(st.floats(-180, 180), st.floats(-60, 75)), min_size=1, max_size=20))
def test_every_point_is_in_its_window(points: list[tuple[float, float]]) -> None:
    frame = Frame.around(points, 1000, (260, 560))
    for point in points:
        x, y = frame.pixel(*point)
        assert 0 <= x <= frame.width
        assert 0 <= y <= frame.height
    assert 260 <= frame.height <= 560


@given(st.lists(st.tuples(st.text("abc", min_size=1, max_size=12), st.floats(0, 480), st.floats(0, 280)), max_size=15))
def test_names_cover_neither_dots_nor_each_other(placed: list[tuple[str, float, float]]) -> None:
    named = [(name, [(x, y, x + 8, y + 8)]) for name, x, y in placed]
    taken = [box for _, boxes in named for box in boxes]
    found = [label.box for label in place_labels(named, taken, Frame(0, 1, 0, 1, 500, 300), 11)]
    boxes = [*taken, *found]
    for label in found:
        for other in boxes:
            apart = label[0] >= other[2] or other[0] >= label[2] or label[1] >= other[3] or other[1] >= label[3]
            assert apart or other is label


@pytest.mark.parametrize(
    "release_",
    [
        pytest.param(of(event()), id="one event"),
        pytest.param(of(event(), event(fatalities=4, fatalities_low=4, fatalities_high=None)), id="an open toll"),
        pytest.param(of(event(), event(event_date=dt.date(1960, 1, 1))), id="more months than can be drawn"),
        pytest.param(of(event(longitude=-179.9, latitude=-84.0), event(longitude=179.9, latitude=84.0)), id="all the world"),
        pytest.param(of(*(event(location=f"Place {n}", longitude=n / 7) for n in range(60))), id="one country"),
    ],
)
def test_releases_of_every_kind_can_be_drawn(release_: PicturedRelease) -> None:
    shown = texts(picture_svg(release_))
    assert f"Battles {len(release_.events)}" in shown
    assert any(text.startswith("Events a ") for text in shown)
