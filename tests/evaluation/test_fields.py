from __future__ import annotations

import datetime as dt

import pytest
from geopy.distance import great_circle

from pipeline.evaluation.fields import EXACT_FIELDS, FIELDS, distance_km
from tests.evaluation.builders import event, report


@pytest.mark.parametrize(
    ("start", "end", "kind", "first", "last", "right"),
    [
        ("2019-02-12", "2019-02-12", "point", "2019-02-12", None, True),
        ("2019-02-12", "2019-02-12", "point", "2019-02-11", None, False),
        ("2019-02-12", "2019-02-12", "point", "2019-02-12", "2019-02-13", True),
        ("2019-02-12", "2019-02-12", "point", "2019-02-11", "2019-02-12", False),
        ("2019-02-10", "2019-02-12", "range", "2019-02-11", None, True),
        ("2019-02-10", "2019-02-12", "range", "2019-02-09", "2019-02-12", False),
        (None, "2019-02-12", "on_or_before", "2019-01-12", None, True),
        (None, "2019-02-12", "on_or_before", "2019-01-11", None, False),
        ("2019-02", "2019-02", "partial", "2019-02-28", None, True),
        ("2019-02", "2019-02", "partial", "2019-03-01", None, False),
        (None, "2019-02-12", "point", "2019-02-12", None, False),
        ("2019-02-12", "2019-02-12", "point", None, None, False),
    ],
)
def test_dates(start: str | None, end: str | None, kind: str, first: str | None, last: str | None, right: bool) -> None:
    until = dt.date.fromisoformat(last) if last else None
    gold = event(date_start=start, date_end=end, date_kind=kind)
    assert FIELDS["date"].is_right(gold, report(day=first, event_date_end=until)) is right


def test_the_perpetrator_may_stand_on_either_side_but_has_its_role_on_one() -> None:
    gold = event("Attack", perpetrators=("FMLN",), victims=("peasants",))
    turned = report(actor1="Civilians (El Salvador)", actor2="FMLN", initiator="actor1")
    assert FIELDS["perpetrator"].is_right(gold, turned)
    assert not FIELDS["role"].is_right(gold, turned)
    assert FIELDS["role"].is_right(gold, report(actor2="FMLN", initiator="actor2"))
    assert FIELDS["target"].is_right(gold, report(quotations={"target": ("two peasants",)}))
    assert not FIELDS["role"].is_given(event("Armed clash", perpetrators=("FMLN",)))


def test_places_are_named_or_near() -> None:
    gold = event(places=("Daquq", "Kirkuk"), latitude=35.1392, longitude=44.4491)
    assert FIELDS["place"].is_right(gold, report(location="Kirkuk", quotations={"location": ("Daquq",)}))
    assert not FIELDS["place"].is_right(gold, report(location="Kirkuk"))
    near = report(latitude=35.30, longitude=44.45)
    assert FIELDS["within_25_km"].is_right(gold, near)
    assert distance_km(gold, near) == pytest.approx(great_circle((35.1392, 44.4491), (35.30, 44.45)).km, rel=1e-4)
    assert not FIELDS["within_25_km"].is_right(gold, report())


@pytest.mark.parametrize(("deaths", "coded", "right"), [(3, 3, True), (3, 2, False), (0, 0, True), (0, None, False)])
def test_deaths(deaths: int, coded: int | None, right: bool) -> None:
    gold = event(deaths=deaths)
    assert FIELDS["deaths"].is_right(gold, report(fatalities=coded)) is right
    assert FIELDS["deaths_when_any"].is_given(gold) is (deaths > 0)
    assert FIELDS["no_false_deaths"].is_given(gold) is (deaths == 0)


def test_exact_is_exact_and_only_what_gold_gives() -> None:
    gold = event(actor1="Rioters (Iraq)", actor2=None, places=("Malé",), date_start="2019-02-12", date_end="2019-02-13")
    coded = report(day="2019-02-12", actor1="Rioters (Iraq)", location="Male")
    right = {name: field.is_right(gold, coded) for name, field in EXACT_FIELDS.items() if field.is_given(gold)}
    assert right == {"event_date": False, "actor1": True, "actor2": True, "both_actors": True, "location": True}
    other = report(actor1="Protesters (Iraq)", actor2="Rioters (Iraq)")
    assert not EXACT_FIELDS["both_actors"].is_right(gold, other)
    both = event(actor1="A", actor2="B")
    assert EXACT_FIELDS["both_actors"].is_right(both, report(actor1="B", actor2="A"))
    assert not EXACT_FIELDS["actor1"].is_right(both, report(actor1="B", actor2="A"))
