"""Two articles that meet in one event, from raw text to a verified release: our retelling, and the originals where present."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pandas as pd
import pytest

from khaldun import load, verify

OCTOBER = {day: dt.date(2017, 10, day) for day in range(1, 32)}


@pytest.fixture(params=["retelling", "originals"])
def events(request, dataset, sample) -> pd.DataFrame:
    dataset.set({"dataset": {"countries": ["IQ"]}})
    if request.param == "retelling":
        dataset.write_articles(sample[:2])
    else:
        shared: Path = request.getfixturevalue("shared")
        for path in (shared / "seeds").glob("*.txt"):
            shutil.copy(path, dataset.root / "data/raw")
        shutil.copy(shared / "seeds/articles.csv", dataset.root / "data/raw")
    done = dataset.publish("2018.7.0")
    assert verify(done.path).ok
    return load("events", root=dataset.root)


def test_the_night_attack_near_daquq_is_one_event(events: pd.DataFrame) -> None:
    fresh = events[~events["is_retrospective"]]
    assert len(fresh) == 1
    attack = fresh.iloc[0]
    assert attack["event_date"] in (OCTOBER[18], OCTOBER[19])
    assert (attack["location"], attack["country"], attack["geo_precision"]) == ("Daquq", "Iraq", 2)
    assert attack["sub_event_type"] in ("Attack", "Non-violent transfer of territory")
    assert "Islamic State" in attack["actor1"]
    assert attack["fatalities"] == 0


def test_the_taking_of_kirkuk_is_one_event_with_two_sources(events: pd.DataFrame) -> None:
    taking = events[(events["event_date"] == OCTOBER[16])]
    assert len(taking) == 1
    kirkuk = taking.iloc[0]
    assert kirkuk["location"] == "Kirkuk"
    assert kirkuk["n_sources"] == 2
    assert kirkuk["sub_event_type"] in ("Government regains territory", "Non-violent transfer of territory", "Armed clash")
    assert kirkuk["is_retrospective"]
    assert {"Military Forces of Iraq (2014-2018)", "Military Forces of Iraq (2014-2018) Peshmerga"} == {
        kirkuk["actor1"],
        kirkuk["actor2"],
    }


def test_nothing_else_is_told(events: pd.DataFrame) -> None:
    assert set(events["event_date"]) <= {OCTOBER[day] for day in (16, 17, 18, 19)}, "nothing of 2018, nothing of September"
    assert not (events["location"] == "Hawija").any()
    extras = events[events["event_date"] == OCTOBER[17]]
    assert extras["is_retrospective"].all()
