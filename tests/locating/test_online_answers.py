"""What to ask for, how answers become rows, and the files in which people decide on them."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from pipeline.errors import InputError
from pipeline.locating.online.answers import GEONAMES_LICENCE, OSM_LICENCE, read_answer, rows_of
from pipeline.locating.online.asking import GeocodingError, UnansweredError
from pipeline.locating.online.cache import Kept
from pipeline.locating.online.files import add_rows, decide, proposals, unasked
from pipeline.locating.online.geocode import Answered, ask_all, codes_of
from pipeline.locating.online.questions import CODED_COLUMNS, REPORT_COLUMNS, Question, questions_of
from pipeline.progress import Silent
from pipeline.resources.geocodes import read_geocodes
from tests.geocoder import geonames_place, nominatim_place, photon_place

BIR_NASUH = Question("Bir Nasuh", "Iraq", None, 3)
NOMINATIM = SimpleNamespace(name="nominatim", address="http://127.0.0.1:8080")


def rows(question: Question, *places: dict, service: str = "nominatim", gazetteer=None) -> list[dict[str, str]]:
    asked = SimpleNamespace(name=service, address="http://127.0.0.1:8080")
    return rows_of(question, Kept("2026-03-01T12:00:00Z", places), asked, gazetteer)


# -- questions ------------------------------------------------------------------------------------------------------------------


def test_unknown_names_are_asked_for_once_the_most_reported_first() -> None:
    told = [
        ("r1", "candidate", "unknown_place", "a9", "Bir  Nasuh", "Iraq", None),
        ("r2", "accepted", "date_assumed; unknown_place", "a2", "bir nasuh", "Iraq", None),
        ("r3", "candidate", "unknown_place", "a3", "Bir Nasuh", "Iraq", None),
        ("r4", "candidate", "unknown_place", "a4", "Bir Nasuh", "Syria", None),
        ("r5", "candidate", "unknown_place", "a5", "Bir Nasuh", None, None),
        ("r6", "superseded", "unknown_place", "a6", "Left Out", "Iraq", None),
        ("r7", "candidate", "no_place", "a7", None, "Iraq", None),
        ("r8", "candidate", None, "a8", "Kirkuk", "Iraq", None),
        ("r9", "candidate", "unknown_place", "a9", "—", "Iraq", None),
        ("r10", "candidate", "unknown_place; province_capital_used", "a10", "Asila", "Iraq", "Kirkuk"),
    ]
    frame = pd.DataFrame(
        told, columns=["report_id", "status", "needs_review", "article_id", "location_mention", "country", "admin1"]
    )
    found = questions_of(frame[list(REPORT_COLUMNS)], frame[list(CODED_COLUMNS)])
    assert found == [
        Question("Bir Nasuh", "Iraq", None, 3, "a2"),
        Question("Asila", "Iraq", "Kirkuk", 1, "a10"),
        Question("Bir Nasuh", None, None, 1, "a5"),
        Question("Bir Nasuh", "Syria", None, 1, "a4"),
    ]
    assert questions_of(frame[list(REPORT_COLUMNS)][:0], frame[list(CODED_COLUMNS)]) == []


def test_looked_for_in_the_country_told_else_in_those_covered() -> None:
    assert codes_of(BIR_NASUH, ("SY", "TR")) == ("IQ",)
    assert codes_of(Question("Bir Nasuh", None, None, 1), ("SY", "TR")) == ("SY", "TR")
    assert codes_of(Question("Bir Nasuh", None, None, 1), ()) == ()


# -- answers --------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("service", "raw", "place_id", "licence"),
    [
        ("nominatim", nominatim_place(), "osm:node/105", "Data © OpenStreetMap contributors, ODbL 1.0. http://osm.org/copyright"),
        ("photon", photon_place(osm_type="W"), "osm:way/105", OSM_LICENCE),
        ("geonames", geonames_place(), "geonames:990105", GEONAMES_LICENCE),
    ],
)
def test_an_answer_says_where_it_is_from_and_on_which_terms(resources, service, raw, place_id, licence) -> None:
    (row,) = rows(BIR_NASUH, raw, service=service, gazetteer=resources.gazetteer)
    assert (row["place_id"], row["licence"]) == (place_id, licence)
    assert (row["query"], row["country"], row["reports"]) == ("Bir Nasuh", "Iraq", "3")
    assert (row["service"], row["url"], row["asked_at"]) == (service, "http://127.0.0.1:8080", "2026-03-01T12:00:00Z")
    assert (row["status"], row["reviewer"]) == ("proposed", "")
    # The unit is spelt as in the gazetteer.
    assert (row["name"], row["kind"], row["place_country"], row["place_admin1"]) == ("Bir Nasuh", "town", "Iraq", "Kirkuk")
    assert (row["latitude"], row["longitude"]) == ("35.5530", "44.1190")
    assert row["answer"].startswith("Bir Nasuh, ")


def boundary(level: str, **values: object) -> dict:
    return nominatim_place(**{"class": "boundary", "type": "administrative", "addresstype": level}, **values)


@pytest.mark.parametrize(
    ("service", "raw", "kind"),
    [
        ("nominatim", boundary("state"), "admin1"),
        ("nominatim", boundary("county"), "admin2"),
        ("nominatim", boundary("municipality"), "admin3"),
        ("nominatim", boundary("city"), "town"),
        ("nominatim", nominatim_place(**{"class": "natural", "addresstype": "peak"}), "region"),
        ("nominatim", nominatim_place(**{"class": "amenity", "addresstype": "amenity"}), "town"),
        ("photon", photon_place(osm_key="boundary", osm_value="administrative", type="state"), "admin1"),
        ("photon", photon_place(osm_key="boundary", osm_value="administrative", type="district"), "town"),
        ("photon", photon_place(osm_value="suburb", type="district"), "town"),
        ("geonames", geonames_place(fcode="ADM1", fcl="A"), "admin1"),
        ("geonames", geonames_place(fcode="ADM3", fcl="A"), "admin3"),
        ("geonames", geonames_place(fcode="STM", fcl="H"), "region"),
    ],
)
def test_kinds(service: str, raw: dict, kind: str) -> None:
    assert read_answer(service, raw).kind == kind


@pytest.mark.parametrize(
    ("service", "raw"),
    [
        ("nominatim", boundary("country")),
        ("nominatim", nominatim_place(address={"country_code": "zz"})),
        ("nominatim", nominatim_place(name="", display_name="")),
        ("nominatim", nominatim_place(lat="nan")),
        ("nominatim", nominatim_place(osm_id=None)),
        ("nominatim", nominatim_place(address=None)),
        ("geonames", geonames_place(fcode="PCLI", fcl="A")),
        ("geonames", geonames_place(geonameId="x")),
        ("photon", {"properties": {}, "geometry": {}}),
    ],
)
def test_what_is_no_place_within_a_country_is_no_answer(service: str, raw: dict) -> None:
    assert read_answer(service, raw) is None


def test_units_lose_the_word_that_says_what_they_are_and_foreign_letters_give_way_to_the_words_of_the_texts(resources) -> None:
    def named(question: str, place: dict) -> tuple[str, str]:
        (row,) = rows(Question(question, "Iraq", None, 1), place, gazetteer=resources.gazetteer)
        return row["name"], row["answer"]

    assert named("Garma province", boundary("state", name="Garma Governorate"))[0] == "Garma"
    assert named("Bir Nasuh", nominatim_place("بئر ناصوح", display_name="بئر ناصوح")) == ("Bir Nasuh", "بئر ناصوح")
    assert named("Bir Nasuh", nominatim_place("Bīr Nāṣūḥ"))[0] == "Bīr Nāṣūḥ"


def test_answers_in_the_unit_that_the_texts_state_come_first(resources) -> None:
    salah = nominatim_place(osm_id=2, address={"state": "Saladin Governorate", "country_code": "iq"})
    for stated, first in ((None, "osm:node/2"), ("Kirkuk", "osm:node/105"), ("Salah al-Din", "osm:node/2")):
        question = Question("Bir Nasuh", "Iraq", stated, 1)
        found = rows(question, salah, nominatim_place(), nominatim_place(), gazetteer=resources.gazetteer)
        assert found[0]["place_id"] == first
        assert len(found) == 2


def test_nothing_that_a_spreadsheet_would_run_is_written(resources) -> None:
    given = nominatim_place('=HYPERLINK("http://x")', display_name="+cmd|' /C calc'!A0")
    (row,) = rows(Question("-Bir Nasuh", "Iraq", None, 1), given, gazetteer=resources.gazetteer)
    assert not [value for value in row.values() if value.startswith(("=", "+", "@"))]
    assert row["query"] == "Bir Nasuh"


# -- asking for several ---------------------------------------------------------------------------------------------------------


class Script:
    """An asker that answers what it is told to."""

    service = NOMINATIM

    def __init__(self, *answers: object) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    def ask(self, text: str, codes: object) -> Kept:
        self.asked.append(text)
        found = self.answers.pop(0)
        if isinstance(found, BaseException):
            raise found
        return Kept("2026-03-01T12:00:00Z", found)


def ask(script: Script, *names: str, resources) -> Answered:
    found = Answered()
    questions = [Question(name, "Iraq", None, 1) for name in names]
    script.outcome = found
    ask_all(questions, script, resources.gazetteer, (), Silent(), found)
    return found


def test_a_name_that_is_not_known_as_it_stands_is_asked_for_without_its_kind(resources) -> None:
    script = Script([], [nominatim_place("Garma")])
    found = ask(script, "Garma village", resources=resources)
    assert script.asked == ["Garma village", "Garma"]
    assert [row["query"] for row in found.rows] == ["Garma village"]


def test_single_failures_are_told_and_several_in_a_row_end_the_asking(resources) -> None:
    trouble = UnansweredError("out of order")
    found = ask(Script(trouble, trouble, [], trouble, trouble), "a1", "b1", "c1", "d1", "e1", resources=resources)
    assert (found.asked, found.without, sorted(found.failed)) == (1, ["c1"], ["a1", "b1", "d1", "e1"])
    script = Script([nominatim_place()], trouble, trouble, trouble, [])
    with pytest.raises(GeocodingError, match="3 questions in a row got no answer; the last: out of order"):
        ask(script, "a1", "b1", "c1", "d1", "e1", resources=resources)
    assert (script.outcome.asked, len(script.outcome.rows), len(script.asked)) == (1, 1, 4)


# -- files ----------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path, resources) -> Path:
    """Answers to one question: two places."""
    found = rows(BIR_NASUH, nominatim_place(), nominatim_place(osm_id=106), gazetteer=resources.gazetteer)
    assert add_rows(tmp_path / "geocodes", "nominatim", found) == 2
    return tmp_path / "geocodes"


def ids(folder: Path) -> list[str]:
    return [each.row["geocode_id"] for each in read_geocodes(folder)]


def test_what_was_asked_of_a_service_is_not_asked_of_it_again(folder: Path) -> None:
    other = Question("Asila", "Iraq", None, 1)
    assert unasked([BIR_NASUH, other], folder, "nominatim") == [other]
    assert unasked([BIR_NASUH, other], folder, "geonames") == [BIR_NASUH, other]
    decide(folder, ids(folder)[:1], "accepted", "amber")
    assert unasked([BIR_NASUH, other], folder, "geonames") == [other]
    assert unasked([Question("bir-nasuh", "Iraq", None, 1)], folder, "geonames") == []


def test_new_rows_leave_what_people_decided_as_it_is(folder: Path, resources) -> None:
    first, second = ids(folder)
    decide(folder, [first], "rejected", "amber")
    again = rows(BIR_NASUH, nominatim_place(), nominatim_place(osm_id=107), gazetteer=resources.gazetteer)
    assert add_rows(folder, "nominatim", again) == 1
    found = read_geocodes(folder)
    assert [each.row["geocode_id"] for each in found][:2] == [first, second]
    assert [each.row["status"] for each in found] == ["rejected", "proposed", "proposed"]
    before = (folder / "nominatim.csv").read_bytes()
    assert add_rows(folder, "nominatim", again) == 0
    assert (folder / "nominatim.csv").read_bytes() == before


def test_a_decision_is_written_with_who_took_it_and_can_be_taken_back(folder: Path) -> None:
    first, second = ids(folder)
    assert [row["geocode_id"] for row in proposals(folder)] == [first, second]
    decide(folder, [second], "accepted", "amber")
    assert [(each.row["status"], each.row["reviewer"]) for each in read_geocodes(folder)] == [
        ("proposed", ""),
        ("accepted", "amber"),
    ]
    assert proposals(folder) == []
    decide(folder, [second], "rejected", "bora")
    assert [row["geocode_id"] for row in proposals(folder)] == [first]


def test_nothing_is_written_if_one_of_the_rows_cannot_be_accepted(folder: Path) -> None:
    path = folder / "nominatim.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",town,Iraq", ",,Iraq", 1), encoding="utf-8")
    before = path.read_bytes()
    first, second = ids(folder)
    for wanted, said in (([second, "gnone"], "no row has the geocode_id gnone"), ([second, first], "kind '' is none of town")):
        with pytest.raises(InputError, match=said):
            decide(folder, wanted, "accepted", "amber")
    assert path.read_bytes() == before
