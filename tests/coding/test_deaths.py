"""The dead of one incident, out of all that its article tells."""

import pytest

from pipeline.coding.casualties import find_tolls
from pipeline.coding.deaths import count_dead, count_injured
from pipeline.coding.document import Document
from pipeline.coding.english import ENGLISH
from pipeline.coding.reading import read

_PARTS = ("deaths_actor1", "deaths_actor2", "deaths_civilians")


@pytest.fixture(scope="module")
def told(resources):
    """The columns for a text of which every toll belongs to one incident; the first two actors of it act."""

    def counted(text, agent=0, patient=1):
        places, actors = resources.gazetteer.mentions(text), resources.actors.mentions(text)
        reading = read(Document(text, ENGLISH), resources.lexicon.mentions(text), places, actors, None)
        tolls = [toll for sentence in reading.sentences for toll in find_tolls(reading, sentence)]
        sides = [actors[place] if place is not None and place < len(actors) else None for place in (agent, patient)]
        return count_dead(reading, tolls, *sides, "art-1").columns | {"injured": count_injured(tolls)}

    return counted


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The mayor was killed on Monday. Two of his guards were also killed.", 3),
        ("Five men were shot dead. Another died later in hospital.", 6),
        ("Five men were shot dead. The death toll rose to 9.", 9),
        ("The rebels said they killed twelve. Police put the number of dead at six.", 6),
        ("Five men died. In all, eight people were killed, officials said.", 8),
        ("A bomb killed seven people. Three policemen, a total of five relatives and a boy were wounded.", 7),
        ("Three soldiers were killed. Five rebels died in the battle.", 8),
        ("Three soldiers were killed. Three soldiers died in the battle.", 3),
        ("Ten people were killed. Two soldiers were killed at the gate.", 10),
        ("Two guards were killed and four wounded; three terrorists were killed.", 5),
        ("Four recruits were killed and one rebel died in an exchange of fire.", 5),
        ("A nurse and a driver lost their lives and a third man died in the night.", 3),
        ("Raiders killed 21 people in the village. Youths killed six of the raiders.", 27),
        ("Nine people were killed; two policemen and a boy died at the scene.", 9),
        ("A bomb killed six farmers. A teacher put the number of dead at eight.", 6),
        ("The murder of the mayor was condemned. Two guards were also killed.", 3),
        ("The murder of a mayor is still unsolved. Four farmers were shot dead on Monday.", 4),
        ("Four attacks left 20 people dead. The bomb killed six villagers.", 6),
        ("Villagers were killed. Police said that eight died.", 8),
        ("Nobody was hurt.", 0),
    ],
)
def test_tolls_are_added_repeated_or_superseded(told, text, value):
    assert told(text)["fatalities"] == value


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Soldiers fought rebels; three soldiers and five rebels died.", (3, 5, 0)),
        ("Soldiers fought rebels; three soldiers, five rebels and a farmer died.", (3, 5, 1)),
        ("Soldiers fought rebels. Three soldiers died. Five rebels were killed.", (3, 5, 0)),
        ("Soldiers fought rebels; three soldiers and five others died.", (3, None, None)),
        ("Soldiers fought rebels; eight people died.", (None, None, None)),
        ("Rebels attacked farmers and killed four farmers.", (0, 0, 4)),
        ("Soldiers fought rebels; dozens of rebels died.", (None, None, None)),
        ("Soldiers fought rebels.", (None, None, None)),
    ],
)
def test_the_dead_by_side(told, text, parts):
    columns = told(text)
    assert tuple(columns[name] for name in _PARTS) == parts
    assert sum(part or 0 for part in parts) <= columns["fatalities"]


def test_the_wounded_the_taken_and_the_arrested_are_not_dead(told):
    columns = told("Gunmen killed two men, wounded five, kidnapped six and police arrested nine people.")
    assert (columns["fatalities"], columns["injured"]) == (2, 5)


def test_deaths_and_wounded_of_one_breath_are_told_apart(told):
    columns = told("Nurses counted three deaths and seventeen people with gunshot wounds.")
    assert (columns["fatalities"], columns["injured"]) == (3, 17)


def test_one_total_of_two_incidents_is_divided_with_the_rest_on_the_first_day(code):
    text = (
        "Two bombings killed seven people in Iraq, police said. A bomb exploded in Mosul on Tuesday. "
        "Another bomb exploded in Kirkuk on Monday."
    )
    rows = {row["location_mention"]: row for row in code(text).reports}
    assert [(rows[place]["fatalities"], rows[place]["fatalities_basis"]) for place in ("Mosul", "Kirkuk")] == [
        (3, "shared_total"),
        (4, "shared_total"),
    ]
    assert rows["Mosul"]["split_group"] == rows["Kirkuk"]["split_group"] is not None


def test_a_total_of_several_is_not_divided_where_one_has_its_own_dead(code):
    text = (
        "Two bombings killed seven people in Iraq, police said. A bomb exploded in Mosul on Tuesday and killed six men. "
        "Another bomb exploded in Kirkuk on Monday."
    )
    rows = {row["location_mention"]: row for row in code(text).reports}
    assert {place: row["fatalities"] for place, row in rows.items()} == {"Mosul": 6, "Kirkuk": 0}


def test_the_dead_of_a_fight_are_not_those_of_an_arrest_told_in_between(code):
    text = (
        "Soldiers clashed with rebels in Mosul on Monday. Police arrested an opposition politician in Baghdad on Monday. "
        "Nurses received the bodies of six soldiers and of two rebels."
    )
    rows = {row["sub_event_type"]: row["fatalities"] for row in code(text).reports}
    assert rows == {"Armed clash": 8, "Arrests": 0}


def test_every_toll_that_is_added_is_evidence(code):
    coding = code("Gunmen killed a mayor in Mosul on Monday. Two guards were also killed.")
    told = [(row["value"], row["rule_id"]) for row in coding.evidence if row["field"] == "fatalities"]
    assert told == [("1", "toll.dead"), ("2", "toll.dead")]
    assert coding.reports[0]["fatalities"] == 3
