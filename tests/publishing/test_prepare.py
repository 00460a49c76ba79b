"""The weekly round before a release, and the two channels."""

from __future__ import annotations

import datetime as dt
import json

import pyarrow.parquet as pq
import pytest

from pipeline.errors import RefusedError
from pipeline.publishing.prepare import preparation_text, prepare

AS_OF = dt.date(2026, 11, 20)


def sign_off(sample, through: str, name: str = "s-1", day: int = 1):
    body = {"country": "Iraq", "through": through, "reason": None}
    sample.decisions.append(
        {
            "decision_id": name, "kind": "sign_off", "article_id": None, "coder_id": "wise-owl", "codebook_version": "1.0",
            "decided_at": dt.datetime(2026, 11, day, tzinfo=dt.UTC), "body": json.dumps(body), "is_current": True,
        }
    )  # fmt: skip
    return sample


def statuses(done) -> list[str]:
    return pq.read_table(done.path / "events.parquet")["status"].to_pylist()


@pytest.mark.parametrize(
    ("given", "through", "expected"),
    [
        ("final", None, "candidate"),
        ("final", "2017-10-18", "candidate"),
        ("final", "2017-10-19", "final"),
        ("candidate", "2017-10-19", "candidate"),
    ],
)
def test_final_is_what_a_person_accepted_in_a_signed_country(given, through, expected, new_sample, attack, publish) -> None:
    sample = new_sample().article("one", attack)
    sample.event_values["a"] = {"status": given}
    assert statuses(publish(sign_off(sample, through) if through else sample)) == [expected]


def test_a_sign_off_is_the_cause_and_the_latest_word_holds(new_sample, attack, publish) -> None:
    def sample():
        made = new_sample().article("one", attack)
        made.event_values["a"] = {"status": "final"}
        return made

    publish(sample(), "2026.9.0")
    signed = publish(sign_off(sample(), "2017-12-31"), "2026.10.0")
    [row] = pq.read_table(signed.path / "changes.parquet").to_pylist()
    assert (row["change"], row["cause"], row["column"], row["new"]) == ("revised", "decision", "status", "final")
    back = sign_off(sign_off(sample(), "2017-12-31"), "2017-01-01", "s-2", 2)
    assert statuses(publish(back, "2026.11.0")) == ["candidate"]


@pytest.fixture
def weekly(new_sample, attack, publish, registries, settings, tmp_path):
    """Eight articles of one outlet in eight weeks, the last of them three weeks ago; the first release holds the first event."""
    import dataclasses

    def sample(count: int):
        made = new_sample()
        for number in range(count):
            day = AS_OF - dt.timedelta(days=7 * (count + 2 - number) - 1)
            made.article(f"n{number}", dataclasses.replace(attack, event=f"e{number}", values={"event_date": day}))
        state = made.state()
        for row in state.rows["articles"]:
            name = next(name for name in made.articles if made.article_id(name) == row["article_id"])
            row["published_day"] = AS_OF - dt.timedelta(days=7 * (count + 2 - int(name[1:])) - 1)
        state.rows["events"] = [row | {"needs_review": "no_toll; type_tie"} for row in state.rows["events"]]
        return state

    publish(new_sample().article("n0", attack), "2017.11.0")
    state = sample(8)
    return lambda day=AS_OF: prepare(state, root=tmp_path, as_of=day, resources=registries, settings=settings)


def test_a_week_is_told_beside_the_weeks_before(weekly) -> None:
    found = weekly()
    [iraq] = found.countries
    assert (iraq.week, iraq.usual) == (0, round(8 / 12, 2))
    assert (iraq.added, iraq.changed, iraq.removed, iraq.signed_through) == (7, 1, 0, None)
    assert found.reviews == {"no_toll": 8, "type_tie": 8}
    assert list(found.silent_sources) == ["example-times"]
    assert found.previous == "2017.11.0"
    text = preparation_text(found)
    assert "silent: example-times" in text and "8 events to review: no_toll" in text
    json.dumps(found.as_dict())


def test_a_day_before_the_last_release_is_refused(weekly) -> None:
    with pytest.raises(RefusedError, match="before 2017-11-01"):
        weekly(dt.date(2017, 10, 1))
