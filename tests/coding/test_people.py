"""Lists of people before and after a verb of dying, and what in them is nobody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.coding.casualties import find_tolls
from pipeline.coding.document import Document
from pipeline.coding.english import ENGLISH
from pipeline.coding.reading import read


@pytest.fixture(scope="module")
def dead(resources):
    def counted(text):
        places, actors = resources.gazetteer.mentions(text), resources.actors.mentions(text)
        reading = read(Document(text, ENGLISH), resources.lexicon.mentions(text), places, actors, None)
        tolls = [toll for sentence in reading.sentences for toll in find_tolls(reading, sentence)]
        return [toll for toll in tolls if toll.what == "dead"]

    return counted


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Gunmen killed the mayor of Ralo, his wife and two guards.", 4),
        ("A priest, a nun and a cook were killed.", 3),
        ("Ana Gil, a nurse, and Hugo Paz, 40, were killed.", 2),
        ("Two reporters, Ana Gil and Hugo Paz, were killed.", 2),
        ("Gunmen shot dead two reporters, Ana Gil and Hugo Paz.", 2),
        ("HUGO NAVAS DIED IN THE EXPLOSION.", 1),
        ("REPORTERS ANA GIL AND HUGO NAVAS WERE KILLED.", 2),
        ("THE MURDER OF CARLOS ROJAS SHOCKED THE TOWN.", 1),
        ("FORMER MAYOR PABLO RUIZ, 45, WAS SHOT TO DEATH BY UNIDENTIFIED MEN.", 1),
        ("ANA RUIZ, A COURT MAGISTRATE, WAS ASSASSINATED IN RALO.", 1),
        ("HIS DRIVER AND ONE OF HIS BODYGUARDS WERE KILLED.", 2),
        ("Rebels killed the mayor of the town, as well as two peasants.", 3),
        ("Six priests and two maids were killed by soldiers.", 8),
        ("Soldiers killed six priests, a maid, and her daughter.", 8),
        ("A fighter of the M-19 group died in hospital.", 1),
        ("He fired 13 shots killing him instantly.", 1),
        ("Three soldiers and five rebels died in the battle.", 8),
        ("A family of five was killed.", 5),
        ("Gunmen killed a family of five in the village.", 5),
        ("A mother of four has since died.", 1),
        ("Eleven passengers, all but one of them women on their way to market, were killed on the spot.", 11),
        ("Rebels dragged the mayor of the town and two aldermen from a meeting and shot them dead.", 3),
        ("Marchers sat in the road, and at least four of them were killed.", 4),
        ("Twelve people, three of them children, were killed.", 12),
        ("The bomb killed 12 people, nine soldiers and three civilians.", 12),
        ("Five soldiers, including two officers, were killed.", 5),
        ("Four people killed, five injured in car bomb.", 4),
        ("A car bomb killed four people and injured five.", 4),
        ("Two men were wounded and a soldier was killed.", 1),
        ("A bomb exploded in Ralo and a boy died.", 1),
        ("The ten men who were killed came from Ralo.", 10),
        ("Two rebels of the National Liberation Army and a marine were shot dead.", 3),
        ("A gunman killed himself after the attack.", 1),
        ("They killed three soldiers, police and witnesses said.", 3),
        ("They killed three soldiers, the army said.", 3),
        ("They killed three soldiers and police arrested five people.", 3),
        ("KILLED 3 SOLDIERS AND BURNED A TRUCK.", 3),
        ("Police said two officers and a woman were killed.", 3),
        ("On Monday Ana Gil died.", 1),
        ("In the town, two men and a woman were killed.", 3),
        ("Ana Gil was killed along with two guards.", 3),
        ("Both men were killed.", 2),
        ("both died", 2),
        ("Police shot dead a 25-year-old man and his brother.", 2),
        ("A couple was killed.", 2),
        ("A couple and their three children were killed.", 5),
        ("Two of the minister's bodyguards were also killed.", 2),
        ("Between three and five people were killed.", 3),
        ("Dozens were killed.", 12),
        ("The attackers killed at least 20 villagers, most of them women.", 20),
        ("A fifth man died of his wounds.", 5),
        ("The two brothers were killed.", 2),
        ("The policemen were killed.", 3),
        ("The assassination of Ana Gil and Hugo Paz was condemned.", 2),
        ("SALVADORAN LEADER HECTOR RUIZ AND LAWYER HILDA FLORES WERE FOUND DEAD.", 2),
        ("Three soldiers were killed in Ralo and two policemen in Tepo.", 5),
        ("The clashes left seven rebels and one soldier dead.", 8),
        ("Seven rebels, one soldier dead in clash.", 8),
        ("An army lieutenant, four soldiers, and three civilians were killed during the attacks.", 8),
        ("The attack killed Ana Gil, 42; Pilar Gil, 19; a minor; and a policeman.", 4),
        ("Two women and a child were killed when a shell hit their house.", 3),
        ("A man and a woman were killed.", 2),
        ("Gunmen killed a man and a woman.", 2),
        ("Gunmen killed a man and wounded a woman.", 1),
        ("Gunmen killed a man, a woman and three children and burned a house.", 5),
        ("Colonel Ana Ruiz of the 5th Brigade was killed.", 1),
        ("One person was killed and 20 were arrested.", 1),
        ("Nine people were shot dead.", 9),
        ("A 12-year-old girl was killed.", 1),
        ("Killing of four farmers", 4),
        ("Twelve members of two families were killed.", 12),
        ("The judge and the colonel had been murdered.", 2),
        ("The two men, both miners, were killed.", 2),
        ("A policeman, a soldier, and 12 gang members were killed.", 14),
        ("More than 30 people have been killed.", 30),
        ("The army killed 12 rebels and captured five.", 12),
        ("An officer and three of his men were killed.", 4),
        ("A teacher and five of her pupils died.", 6),
        ("The couple were shot dead.", 2),
        ("A family was killed in the village.", 3),
        ("The explosion left both bombers dead.", 2),
        ("More than 300 lawyers, teachers and students were killed.", 300),
        ("Between 2018 and 2019, five men were killed.", 5),
        ("The army said police killed 25-year-old Hugo Paz with a rifle.", 1),
        ("Ten abducted from school; 4 rescued, 3 found dead.", 3),
        ("Hugo Paz was shot three times and his brother was killed.", 1),
        ("The raid killed a boy and a young man for no reason.", 2),
        ("42 people, including 27 students, were kidnapped and one student was killed.", 1),
        ("Rebels killed 12 officers of the National Security and Order Agency.", 12),
        ("Angry neighbours seized two thieves and burned them alive.", 2),
        ("The murder of senator and candidate Ana Gil shocked the town.", 1),
        ("At least [9] persons died in the clash.", 9),
        ("THE TWO MEN, BOTH MINERS, WERE KILLED.", 2),
        ("ANA GIL, SENATOR AND CANDIDATE, AND TWO GUARDS WERE KILLED.", 3),
        ("The murder of Ana Gil, wife of the chief of the Police and Logistics Department, was condemned.", 1),
    ],
)
def test_people_who_died_are_counted(dead, text, value):
    assert dead(text)[0].value == value


@pytest.mark.parametrize(
    "text",
    [
        "The youngest of those killed was sixteen.",
        "Twenty goats were killed.",
        "A burial was held for those killed on Monday.",
        "Ana Gil was almost killed.",
    ],
)
def test_nobody_is_counted(dead, text):
    assert dead(text) == []


_NAMES = ("Ana Gil", "Hugo Paz", "Eva Ruiz", "Omar Said", "Li Wen", "Pia Holm")


@given(st.lists(st.sampled_from(_NAMES), min_size=2, max_size=30))
def test_a_list_of_names_counts_its_names_before_and_after_the_verb(dead, names):
    row = ", ".join(names[:-1]) + " and " + names[-1]
    assert dead(f"{row} were killed.")[0].value == dead(f"Gunmen killed {row}.")[0].value == len(names)


def test_a_side_is_told_by_parts(dead):
    text = "Three soldiers, a policeman and five rebels died."
    (toll,) = dead(text)
    assert [(text[part.start : part.end], part.value) for part in toll.parts] == [
        ("Three soldiers", 3),
        ("a policeman", 1),
        ("five rebels", 5),
    ]
