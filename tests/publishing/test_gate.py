"""One bad cell of each kind, and nothing is published."""

from __future__ import annotations

import dataclasses

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import RefusedError
from pipeline.publishing.names import find_persons, may_name_person
from pipeline.publishing.spreadsheet import FORMULA_STARTS, guard
from pipeline.publishing.words import words


def assert_refused(publish, sample, tmp_path, match: str) -> None:
    with pytest.raises(RefusedError, match=match):
        publish(sample)
    assert not list(tmp_path.rglob("releases/*"))
    assert not list(tmp_path.rglob("ledger/*"))


@pytest.mark.parametrize(
    ("notes", "is_refused"),
    [
        ("Reportedly gunmen STORMED the hamlet -- of Daquq, before sunrise (on) Thursday.", True),
        ("stormed the hamlet of Daquq before sunrise on", True),
        ("stormed the hamlet of Daquq before sunrise", False),
        ("stormed the hamlet of Daquq well before sunrise on Thursday", False),
    ],
)
def test_eight_words_of_a_text(notes, is_refused, new_sample, attack, publish, tmp_path) -> None:
    sample = new_sample().article("one", attack)
    sample.event_values["a"] = {"notes": notes}
    if is_refused:
        assert_refused(publish, sample, tmp_path, r"events KHD-IRQ-000001, notes: repeats 8 words of art-")
    else:
        assert publish(sample).events == 1


def test_eight_words_of_a_title_in_any_table(new_sample, attack, publish, tmp_path) -> None:
    sample = new_sample().article(
        "one", dataclasses.replace(attack, values={"tags": "one two three four five six seven eight nine"})
    )
    sample.title = "One two three four five six seven eight"
    assert_refused(publish, sample, tmp_path, r"reports rep-[0-9a-f]+, tags: repeats 8 words")


@pytest.mark.parametrize("blank", [" ", "-"])
def test_only_what_may_be_an_address_may_repeat_an_article(blank, new_sample, attack, publish, tmp_path) -> None:
    sample = new_sample().article("one", attack)
    state = sample.state()
    for row in (*state.rows["articles"], *state.rows["event_reports"]):
        row["url"] = blank.join(attack.sentence.split())
    if blank == " ":
        assert_refused(publish, state, tmp_path, "articles .*, url: repeats 8 words")
    else:
        assert publish(state).outcome == "published"


def test_words_do_not_run_on_from_title_to_text_or_cell_to_cell(new_sample, attack, publish) -> None:
    sample = new_sample().article("one", attack)
    sample.title = "alpha beta gamma delta"
    sample.event_values["a"] = {"notes": "alpha beta gamma delta Gunmen stormed the hamlet"}
    assert publish(sample).events == 1


def test_words_of_an_old_value_are_looked_at_too(new_sample, attack, publish, incident) -> None:
    sample = new_sample().article("one", attack)
    sample.event_values["a"] = {"notes": "nobody had ever written these eight words before"}
    publish(sample)
    later = new_sample().article("one", attack)
    later.article("two", incident("Nobody had ever written these eight words before now.", "b"))
    with pytest.raises(RefusedError, match="changes KHD-IRQ-000001, revised, notes, old"):
        publish(later, "2026.10.0")


def test_long_registered_names_are_no_words_of_an_article(new_sample, attack, publish, registries) -> None:
    name = "Military Forces of the Democratic Republic of Congo (2019-)"
    registries.actors.known["islamic-state-iraq"].name = name
    sample = new_sample().article("one", attack, text=f"{attack.sentence} {name} were told.")
    sample.event_values["a"] = {"actor1": name}
    assert publish(sample).events == 1
    sample.event_values["a"] = {"actor1": name, "notes": f"{name} were told"}
    with pytest.raises(RefusedError, match="notes"):
        publish(sample, "2026.10.0")


def test_notes_of_our_own_are_said_otherwise_before_they_are_refused(new_sample, attack, publish) -> None:
    ours = "On 19 October 2017, Islamic State (Iraq) attacked Civilians (Iraq) in Daquq (Daquq, Kirkuk)."
    text = f"{attack.sentence} It was the Islamic State, Iraq: attacked civilians, Iraq; in Daquq."
    sample = new_sample().article("one", attack, text=text)
    sample.event_values["a"] = {"notes": ours}
    done = publish(sample)
    [notes] = pq.read_table(done.path / "events.parquet")["notes"].to_pylist()
    assert notes == (
        "On 19 October 2017, coded as Attack; first actor: Islamic State (Iraq); second actor: Civilians (Iraq); "
        "location as coded: Daquq; fatalities as coded: 3."
    )
    assert publish(sample, "2026.10.0").changes == {}


def test_aliases_that_an_article_lists_are_left_out(new_sample, attack, publish, registries) -> None:
    registries.actors.known["islamic-state-iraq"].aliases = ("Band of the Hills", "Army of the Valley", "The River Men")
    text = f"{attack.sentence} They call themselves Band of the Hills, Army of the Valley."
    done = publish(new_sample().article("one", attack, text=text))
    assert pq.read_table(done.path / "actors.parquet")["aliases"].to_pylist() == [None]


@pytest.mark.parametrize("column", ["notes", "tags", "needs_review"])
def test_the_pseudonym_of_a_coder(column, new_sample, attack, publish, tmp_path) -> None:
    sample = new_sample().article("one", dataclasses.replace(attack, coder="curious-otter"))
    sample.event_values["a"] = {column: "asked curious-otter"}
    assert_refused(publish, sample, tmp_path, rf"events KHD-IRQ-000001, {column}: holds the coder_id")


def test_the_pseudonym_of_one_who_only_decided(new_sample, attack, publish, tmp_path) -> None:
    sample = new_sample().article("one", attack).decide("d1", "one", kind="no_event", coder="lone-ibis")
    sample.event_values["a"] = {"tags": "lone-ibis"}
    assert_refused(publish, sample, tmp_path, "coder_id")


@pytest.mark.parametrize(
    ("notes", "is_refused"),
    [
        ("A shepherd, Example Personname, was killed.", True),
        ("Dr. Personname spoke.", True),
        ("The band shot Example bin Personname in Daquq.", True),
        ("Islamic State (Iraq) killed 3 people in Daquq (Daquq, Kirkuk).", False),
        ("Popular Mobilization Forces wounded two.", False),
        ("Example Personname spoke.", False),
        ("3 people were killed on Thursday.", False),
    ],
)
def test_names_of_those_harmed(notes, is_refused, new_sample, attack, publish, tmp_path) -> None:
    sample = new_sample().article("one", attack)
    sample.event_values["a"] = {"notes": notes}
    if is_refused:
        assert_refused(publish, sample, tmp_path, r"seems to name a person \((Example )?(bin )?Personname\)")
    else:
        assert publish(sample).events == 1


def test_names_of_organisations_are_no_persons() -> None:
    assert find_persons("Unidentified Armed Group (Iraq) killed a policeman of Kirkuk Police Department.") == []


def test_evidence_quotes_at_most_seven_words(new_sample, attack, publish) -> None:
    state = new_sample().article("one", attack).state()
    state.rows["evidence"][0]["value"] = "stormed the hamlet of Daquq before sunrise on Thursday"
    done = publish(state)
    assert done.outcome == "published"


@given(st.text(alphabet=[*FORMULA_STARTS, "'", "a", "1"], max_size=6))
def test_the_guard_is_undone_exactly(text: str) -> None:
    from khaldun.verify import unguard

    guarded = guard(text)
    assert unguard(guarded) == text
    assert not guarded.startswith(FORMULA_STARTS)


def test_words_ignore_case_and_punctuation() -> None:
    assert words("Al-Hashd’s 3rd STRASSE, straße") == ["al", "hashd", "s", "3rd", "strasse", "strasse"]


@pytest.mark.parametrize(
    ("text", "is_harmed", "may"),
    [
        ("three federal policemen", True, False),
        ("Example Person", True, True),
        ("journalist Example", True, True),
        ("LAWYER EXAMPLE PERSON", True, True),
        ("مثال", True, True),
        ("Civilians (Iraq)", False, False),
        ("Dr. Example Person", False, True),
    ],
)
def test_words_that_may_name_a_person(text: str, is_harmed: bool, may: bool) -> None:
    assert may_name_person(text, is_harmed=is_harmed) is may


def test_names_of_victims_are_no_evidence_that_a_release_shows(new_sample, attack, publish) -> None:
    state = new_sample().article("one", attack).state()
    [found] = state.rows["evidence"]
    state.rows["evidence"] += [
        found | {"field": "victims", "ordinal": number, "value": value}
        for number, value in enumerate(["Example Person", "two men"])
    ]
    rows = pq.read_table(publish(state).path / "evidence.parquet").to_pylist()
    assert [row["value"] for row in rows if row["field"] == "victims"] == [None, "two men"]
