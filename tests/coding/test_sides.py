"""Who acts and whom it meets: voice, prepositions, groups of words that are one actor, blame, pronouns, targets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.coding.coder import code_article, look_up, read_article
from pipeline.settings import Settings

from .conftest import make_article


@pytest.fixture(scope="module")
def first(resources):
    """The first report of a text, and its evidence by field."""

    def coded(text, published="2017-10-19"):
        found = code_article(make_article(text, published), resources, Settings())
        assert found.reports, text
        row = found.reports[0]
        words: dict[str, list[str]] = {}
        for each in found.evidence:
            if each["report_id"] == row["report_id"]:
                words.setdefault(each["field"], []).append(each["value"])
        return row, words

    return coded


def names_in(resources, text):
    article = make_article(text)
    reading = read_article(article, look_up(article, resources, Settings()))
    return [actor.phrase for actor in reading.actors] if reading else []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Militants of the outlawed PKK attacked a bus near Duhok on Monday.", "Militants of the outlawed PKK"),
        ("Fighters loyal to Boko Haram attacked a bus near Maiduguri on Monday.", "Fighters loyal to Boko Haram"),
        ("RSF men attacked a bus near Nyala on Monday.", "RSF men"),
        ("The rebel group M23 attacked a bus near Goma on Monday.", "rebel group M23"),
        ("The separatist terrorist organisation PKK attacked a bus near Duhok on Monday.", "separatist terrorist organisation PKK"),
        ("Jets of the Turkish Armed Forces attacked a bus near Duhok on Monday.", "Jets of the Turkish Armed Forces"),
    ],
)
def test_words_for_one_actor_are_one_mention(resources, text, expected):
    assert expected in names_in(resources, text)


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen from Tikrit and the Peshmerga attacked a bus near Kirkuk on Monday.",
        "Soldiers attacked a bus near Kirkuk on Monday while Islamic State fled.",
    ],
)
def test_words_for_two_actors_stay_two(resources, text):
    assert len(names_in(resources, text)) == 2


@pytest.mark.parametrize(
    ("text", "actor1", "actor2"),
    [
        # Voice and prepositions.
        ("Two farmers were killed by Boko Haram near Maiduguri on Monday.", "Boko Haram", "farmers"),
        ("Boko Haram's attack on farmers near Maiduguri on Monday left two dead.", "Boko Haram", "farmers"),
        ("An attack on farmers by Boko Haram near Maiduguri on Monday left two dead.", "Boko Haram", "farmers"),
        ("Soldiers came under fire from Boko Haram near Maiduguri on Monday.", "Boko Haram", "Soldiers"),
        ("Gunmen stormed a police post near Kirkuk on Monday and killed two farmers.", "Gunmen", "police post"),
        ("Shells were fired from an army helicopter at farmers near Kirkuk on Monday.", "army helicopter", "farmers"),
        ("A truck bomb blew up outside a police station in Kirkuk on Monday, killing two.", None, "police station"),
        ("Gunmen repelled an attack by soldiers near Kirkuk on Monday.", "soldiers", "Gunmen"),
        # Who only tells the news.
        ("The commander of the army, Ali Karim, said that gunmen killed two farmers near Kirkuk on Monday.", "gunmen", "farmers"),
        ("According to the army, gunmen killed two farmers near Kirkuk on Monday.", "gunmen", "farmers"),
        ("Police sources in Kirkuk reported on Monday that gunmen killed two farmers.", "gunmen", "farmers"),
        ("The police investigate the murder of two farmers near Kirkuk on Monday.", None, "farmers"),
        # Who tells of its own act.
        ("Al Shabaab said it had killed two farmers near Baidoa on Monday.", "Al Shabaab", "farmers"),
        # A judge and her guards.
        ("Gunmen shot two bodyguards and a judge in Kirkuk on Monday.", "Gunmen", "judge"),
    ],
)
def test_who_acts_and_whom_it_meets(first, text, actor1, actor2):
    row, _ = first(text)
    assert (row["actor1_mention"], row["actor2_mention"]) == (actor1, actor2)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A bomb killed two farmers near Baidoa on Monday. The mayor held Al Shabaab responsible.", "Al Shabaab"),
        ("A bomb killed two farmers near Baidoa on Monday, for which Al Shabaab are being held responsible.", "Al Shabaab"),
        (
            "A bomb killed two farmers near Baidoa on Monday. The mayor attributed the act to separatist fighters.",
            "separatist fighters",
        ),
        (
            "Al Shabaab rules the south. A bomb killed two farmers near Baidoa on Monday. The group claimed responsibility.",
            "Al Shabaab",
        ),
        ("A bomb killed two farmers near Baidoa on Monday. The mayor accused the army of the attack.", "the army"),
        ("A bomb killed two farmers near Baidoa on Monday. No group, not even Al Shabaab, has claimed responsibility.", None),
        ("A bomb killed two farmers near Baidoa on Monday. Al Shabaab has not claimed responsibility.", None),
    ],
)
def test_who_is_blamed_or_claims_it(first, text, expected):
    assert first(text)[0]["actor1_mention"] == expected


def test_who_accuses_is_not_who_acts(first):
    row, _ = first("Rockets hit a market in Tripoli on Monday, and the government accused the Libyan National Army of the attack.")
    assert row["actor1_mention"] == "Libyan National Army"


def test_rebels_are_the_only_group_that_a_text_names(first):
    row, _ = first("Troops fought guerrillas near Usulutan on Monday. The FMLN gave no toll.", "1990-04-10")
    assert {row["actor1_mention"], row["actor2_mention"]} == {"Troops", "FMLN"}


def test_gunmen_are_nobody_that_a_text_names(first):
    row, _ = first("Gunmen killed two farmers near Baidoa on Monday. Al Shabaab is active there.")
    assert row["actor1_mention"] == "Gunmen"


@pytest.mark.parametrize(
    ("text", "initiator"),
    [
        ("Soldiers clashed with Boko Haram near Maiduguri on Monday.", "unknown"),
        ("Clashes between soldiers and Boko Haram near Maiduguri on Monday left two dead.", "unknown"),
        ("Boko Haram ambushed soldiers near Maiduguri on Monday and fought them for an hour.", "actor1"),
    ],
)
def test_who_began_is_told_only_where_somebody_attacked(first, text, initiator):
    assert first(text)[0]["initiator"] == initiator


@pytest.mark.parametrize(
    "text",
    [
        "Border guards handed the district over to the Taliban near Kunduz on Monday without a fight.",
        "Taliban fighters entered Kunduz on Monday unopposed after border guards had left it.",
    ],
)
def test_who_takes_a_place_stands_before_who_leaves_it(first, text):
    row, _ = first(text, "2021-07-08")
    assert "Taliban" in row["actor1_mention"]
    assert row["actor2_mention"].lower() == "border guards"


def test_both_partners_of_an_agreement_are_sides(first):
    row, _ = first("The Colombian government and the ELN signed a ceasefire in Quibdo on Monday.", "2023-06-15")
    assert {row["actor1_mention"], row["actor2_mention"]} == {"Colombian government", "ELN"}


def test_a_fight_that_names_no_side_is_of_those_named_before(first):
    text = "The FMLN attacked soldiers in Usulutan on Sunday. In another incident, clashes took place in San Miguel on Monday."
    article = make_article(text, "1990-04-10")
    reports = code_article(article, first.__closure__[0].cell_contents, Settings()).reports
    assert {reports[-1]["actor1_mention"], reports[-1]["actor2_mention"]} == {"FMLN", "soldiers"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gunmen killed a former mayor of Kirkuk on Monday.", "former mayor of Kirkuk"),
        ("The telephone exchange of Kirkuk was attacked by gunmen on Monday.", "telephone exchange of Kirkuk"),
        ("Gunmen carried out an attack against the offices of a newspaper in Kirkuk on Monday.", "offices of a newspaper"),
    ],
)
def test_the_words_for_what_was_hit_are_kept(first, text, expected):
    assert expected in first(text)[1]["target"]


def test_a_place_is_no_target(first):
    assert "target" not in first("A bomb exploded in Kirkuk on Monday, killing two.")[1]


WORDS = (
    "the",
    "of",
    "by",
    "from",
    ",",
    ".",
    "Boko Haram",
    "soldiers",
    "killed",
    "attacked",
    "clashes",
    "between",
    "gunmen",
    "(IS)",
    "said",
)


@given(st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join))
def test_any_order_of_words_is_coded_without_fail(resources, text):
    for row in code_article(make_article(text), resources, Settings()).reports:
        assert row["actor1_mention"] is None or row["actor1_mention"] in " ".join(text.split())


@pytest.mark.parametrize(
    ("text", "agent", "patient"),
    [
        ("A roadside bomb killed an army sergeant and wounded five near Kirkuk on Monday.", None, "army sergeant"),
        ("Four soldiers died when their truck hit a mine near Kirkuk on Monday.", None, "soldiers"),
        ("Unknown gunmen shot dead a teacher near Kirkuk on Monday.", "Unknown gunmen", "teacher"),
        ("Houthi rebels ambushed soldiers and burned their camp near Taiz on Monday.", "Houthi rebels", "soldiers"),
        ("The army said on Tuesday that it had shelled Taliban fighters near Kunduz on Monday.", "The army", "Taliban fighters"),
        ("A bomb killed six people near Maiduguri on Monday; suspicion fell on Boko Haram.", "Boko Haram", "people"),
    ],
)
def test_the_sides_that_words_name(first, text, agent, patient):
    row, _ = first(text)
    assert (row["actor1_mention"], row["actor2_mention"]) == (agent, patient)


def test_one_actor_is_not_both_sides_of_a_fight(first):
    row, _ = first("Two soldiers and five militants of the PKK were killed in a clash near Hakkari on Friday.")
    assert {row["actor1_mention"], row["actor2_mention"]} == {"soldiers", "militants of the PKK"}


def test_who_others_are_for_or_led_by_is_not_named(resources):
    text = "Gunmen killed a junta-appointed mayor and pro-government elders near Mandalay on Monday."
    assert not {"junta", "government"} & set(names_in(resources, text))
