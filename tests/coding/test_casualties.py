"""The dead and the wounded, by codebook 4.1."""

import pytest

from pipeline.coding.casualties import find_tolls
from pipeline.coding.document import Document
from pipeline.coding.english import ENGLISH
from pipeline.coding.reading import read


@pytest.fixture(scope="module")
def tolls(resources):
    def told(text):
        document = Document(text, ENGLISH)
        reading = read(document, resources.lexicon.mentions(text), [], [], None)
        return [toll for sentence in reading.sentences for toll in find_tolls(reading, sentence)]

    return told


@pytest.mark.parametrize(
    ("text", "value", "low", "high", "basis"),
    [
        ("Three subversives were killed.", 3, 3, 3, "stated"),
        ("A bomb killed three federal policemen near the town.", 3, 3, 3, "stated"),
        ("Four policemen died when it blew up.", 4, 4, 4, "stated"),
        ("Soldiers fired on the marchers, killing three of them.", 3, 3, 3, "stated"),
        ("The bomb killed 12 people, three of them children.", 12, 12, 12, "stated"),
        ("The raid left 10 dead.", 10, 10, 10, "stated"),
        ("Two soldiers and three rebels were killed.", 5, 5, 5, "stated"),
        ("At least 12 people, including two children, were killed.", 12, 12, None, "stated"),
        ("About 20 people were killed.", 20, 20, 20, "stated"),
        ("Up to 20 people were killed.", 3, 1, 20, "word_estimate"),
        ("Dozens of people were killed.", 12, 12, None, "word_estimate"),
        ("Villagers were killed.", 3, 2, None, "word_estimate"),
        ("It ended with gunmen killing civilians.", 3, 2, None, "word_estimate"),
        ("A soldier was killed.", 1, 1, 1, "stated"),
        ("THE MAYOR HAS BEEN MURDERED.", 1, 1, 1, "stated"),
        ("Ana Gil and Hugo Paz were killed.", 2, 2, 2, "stated"),
        ("They shot dead a farmer.", 1, 1, 1, "stated"),
        ("20 people were killed and wounded.", 1, 1, 19, "word_estimate"),
        ("Five soldiers were killed or wounded.", 0, 0, 5, "word_estimate"),
        ("There were no casualties.", 0, 0, 0, "explicit_none"),
        ("Nobody was killed.", 0, 0, 0, "explicit_none"),
        ("The death toll rose to 25.", 25, 25, 25, "stated"),
    ],
)
def test_dead(tolls, text, value, low, high, basis):
    (toll,) = tolls(text)
    assert (toll.value, toll.low, toll.high, toll.basis) == (value, low, high, basis)
    assert toll.what != "wounded"


@pytest.mark.parametrize(
    ("text", "dead", "wounded"),
    [
        ("Three men were killed and seven others were wounded.", 3, 7),
        ("The blast wounded two other policemen, one of them badly.", None, 2),
        ("Five dead, 12 wounded in the blast.", 5, 12),
        ("It injured 40 people.", None, 40),
    ],
)
def test_the_wounded_are_never_counted_as_dead(tolls, text, dead, wounded):
    found = {toll.what: toll.value for toll in tolls(text)}
    assert (found.get("dead"), found.get("wounded")) == (dead, wounded)


@pytest.mark.parametrize(
    "text",
    [
        "They threatened to kill three ministers.",
        "He was not killed.",
        "The strike cost 20 million dollars.",
        "The shells killed nothing 3 km away.",
        "The fighting lasted 12 hours.",
    ],
)
def test_no_toll(tolls, text):
    assert tolls(text) == []


def test_an_age_is_no_number_of_people(tolls):
    (toll,) = tolls("Gunmen shot dead a 25-year-old man.")
    assert toll.value == 1


def test_the_unknown_toll_is_told_apart(tolls):
    (toll,) = tolls("There were no immediate reports of casualties.")
    assert (toll.what, toll.basis) == ("unknown", "none_mentioned")


def test_evidence_is_the_words_that_carry_the_number(tolls):
    text = "On Monday a bomb killed three federal policemen near the town."
    (toll,) = tolls(text)
    assert text[toll.start : toll.end] == "killed three federal policemen"
    assert text[toll.people_start : toll.people_end] == "three federal policemen"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Shells fell on the camp, killing three at a well.", 3),
        ("Two sisters, six and nine years old, were killed by a shell.", 2),
        ("Two guards, one a father of six, burned to death.", 2),
        ("The house was a base of the militia, six of whose members were killed.", 6),
        ("An unknown number of rebels and four soldiers were killed.", 4),
        ("21/5 mortar fire at the gate (3 guards killed).", 3),
        ("Among the seven dead were two boys.", 7),
        ("The number of dead in the attack on a lorry in the district of Kado has risen to five.", 5),
        ("A sixth man died on the way to hospital.", 6),
        ("The teacher was hurt and died in hospital.", 1),
        ("Those killed: a soldier and a cook.", 2),
        ("A lawyer wounded by troops at a rally on Monday died on Friday.", 1),
        ("A bomb killed a captain on the market road, together with his driver.", 2),
        ("Six civilians died, besides the bomber.", 7),
        ("One fighter attained martyrdom.", 1),
    ],
)
def test_constructions_that_tell_how_many_died(tolls, text, value):
    assert [toll.value for toll in tolls(text) if toll.what == "dead"] == [value]


@pytest.mark.parametrize("text", ["The army executed a strike on the camp.", "Thousands marched over the death of a student."])
def test_acts_and_grievances_are_no_dead(tolls, text):
    assert not tolls(text)
