"""What turns a word for violence down, and what does not."""

import pytest


@pytest.mark.parametrize(
    ("text", "gate"),
    [
        ("The rebels plan to attack Mosul.", "planned"),
        ("An attack on Mosul will take place.", "planned"),
        ("They urged the army to bomb Mosul.", "planned"),
        ("Two men went out to kidnap the mayor of Mosul.", "infinitive"),
        ("The group threatened to bomb offices in Mosul.", "threatened"),
        ("He warned of attacks in Mosul.", "threatened"),
        ("If rebels attacked Mosul, people would flee.", "hypothetical"),
        ("The rebels could attack Mosul.", "hypothetical"),
        ("The army denied that it attacked Mosul.", "denied"),
        ("No camp was attacked in Mosul.", "negated"),
        ("The army did not attack Mosul.", "negated"),
        ("He condemned the killing of a farmer in Mosul.", "condemned"),
        ("Crowds marked the anniversary of the attack in Mosul.", "anniversary"),
        ("He was sentenced for the bombing in Mosul.", "verdict"),
        ("Reports of killings in Mosul have risen.", "trend"),
        ("A series of attacks hit the mood in Mosul.", "trend"),
        ("Six people were killed in a car crash in Mosul.", "accident"),
        ("He died of a heart attack during an attack in Mosul.", "metaphor"),
        ("Three people were killed in Mosul last year.", "undated_past"),
        ("Since 3 October the rebels attacked Mosul.", "since"),
        ("The rebels attacked Mosul on 28 November 2017.", "future"),
    ],
)
def test_gates(code, text, gate):
    coding = code(text)
    assert coding.reports == []
    assert gate in {row["gate"] for row in coding.rejected}


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen tried to kill the mayor of Mosul on Monday.",
        "The police said that rebels had attacked Mosul on Monday.",
        "Clashes led to the arrest of two rebels in Mosul on Monday.",
        "No group has claimed responsibility. Rebels attacked Mosul on Monday.",
        "The army denied losses, but rebels attacked Mosul on Monday.",
    ],
)
def test_not_turned_down(code, text):
    assert [row["event_date"].isoformat() for row in code(text).reports] == ["2017-10-16"]


def test_a_match_is_no_battle(code):
    text = (
        "The home side laid siege to the goal and attacked from the first whistle. The striker shot twice, the goalkeeper fought "
        "like a lion, and the coach spoke of a battle. The derby in Mosul on Monday ended in clashes of midfield and defence."
    )
    coding = code(text)
    assert coding.reports == []
    assert {row["gate"] for row in coding.rejected} == {"sport"}


def test_every_rejection_names_words_rule_and_gate(code):
    text = "The rebels plan to attack Mosul."
    (row,) = code(text).rejected
    assert text[row["start"] : row["end"]] == row["value"] == "attack"
    assert (row["rule_id"], row["gate"], row["part"]) == ("attack.base", "planned", "text")
