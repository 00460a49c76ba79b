"""Each way in which a text may tell of deaths, with one that looks like it and tells of none or of others."""

import pytest

_WHOLE = "in an attack on Baiji on Monday"


@pytest.fixture(scope="module")
def dead(code):
    """The dead of each report of a text, in their order."""

    def counted(text):
        return [row["fatalities"] for row in code(text).reports]

    return counted


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        # Verbs that tell of a death only where people stand beside them.
        (f"Ten soldiers fell {_WHOLE}.", [10]),
        ("Two soldiers fell back after an attack on Baiji on Monday.", [0]),
        ("The rebels lost twelve men in a clash near Baiji on Monday.", [12]),
        ("The rebels lost touch with twelve men in a clash near Baiji on Monday.", [0]),
        ("A clash near Baiji on Monday cost the army eleven men.", [11]),
        ("The army admitted the loss of three men in a clash near Baiji on Monday.", [3]),
        # Blows that kill by what follows.
        ("Gunmen stabbed two guards to death in Baiji on Monday.", [2]),
        ("Gunmen stopped a bus in Baiji on Monday and shot eleven of them dead.", [11]),
        # Company, wholes and lists.
        ("The mayor was shot dead in Baiji on Monday, as well as two guards.", [3]),
        ("The mayor was shot dead in Baiji on Monday, as well as in Mosul.", [1]),
        ("Four soldiers were killed in a clash near Baiji on Monday, as were nine rebels.", [13]),
        ("A nurse and a driver were among the seven people killed in an attack on Baiji on Monday.", [7]),
        ("Those killed in an attack on Baiji on Monday were a tailor, a baker and two schoolgirls.", [4]),
        ("A bomb in Baiji on Monday killed nine people - two women, a child and six men.", [9]),
        ("A rocket hit a house in Baiji on Monday. There were no survivors among its nine occupants.", [9]),
        ("Twenty people as well as the bomber died in a blast in Baiji on Monday.", [21]),
        ("Twenty people, including the bomber, died in a blast in Baiji on Monday.", [20]),
        ("A gunman opened fire in Baiji on Monday, killing five before turning the gun on himself.", [6]),
        ("Ana Gil and Hugo Paz, leaders of a union, were murdered by gunmen in Baiji on Monday.", [2]),
        # Who heads a sentence, and whom a clause in it names.
        ("Two men who had shot at a patrol were killed in Baiji on Monday.", [2]),
        ("Two soldiers who refused to surrender were killed in an attack on Baiji on Monday.", [2]),
        ("A witness who saw an attack on Baiji on Monday said five people were killed.", [5]),
        ("It was not known how many were killed in an attack on Baiji on Monday.", [0]),
        # Things and animals.
        ("A rocket hit a house in Baiji on Monday, but only chickens died.", [0]),
        ("Rebels killed two men in Baiji on Monday and took 60 cows.", [2]),
        # No number of dead.
        ("Jets hit caves near Baiji on Monday. Seven rebels were neutralised.", [0]),
        ("A court in Baiji sentenced two men to death on Monday for an attack on a bus in Mosul on Sunday.", [0]),
    ],
)
def test_who_died(dead, text, numbers):
    assert dead(text) == numbers or (numbers == [0] and not any(dead(text)))


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        # Those of another side are added.
        ("Rebels attacked Baiji on Monday. Eight villagers were martyred. The bodies of twelve attackers were found.", [20]),
        ("The army said it lost two men and killed nine rebels in a clash near Baiji on Monday.", [11]),
        ("Our fighters attacked a post in Baiji on Monday. Thirty enemies fell. Two comrades attained martyrdom.", [32]),
        # Later deaths join the incident, and are not counted twice.
        ("A bomb in Baiji killed two men on Monday. A boy succumbed to his injuries on Tuesday.", [3]),
        ("A bomb in Baiji killed three men on Monday. Two died on the spot and one succumbed to his injuries.", [3]),
        ("The number of dead in an attack on Baiji on Monday rose to four when a nurse succumbed to her wounds.", [4]),
        ("The driver hurt in the explosion that killed a colonel in Baiji on Monday has died of his wounds.", [2]),
        # Totals.
        ("Rebels attacked a convoy in Baiji on Monday. The number of dead rose from 12 to 15.", [15]),
        ("Two soldiers were found dead in Baiji on Monday, bringing to four the number killed in an ambush.", [4]),
        ("A bomb in Baiji killed three men on Monday; a fourth body could not be named.", [4]),
        ("Rebels attacked a convoy in Baiji on Monday, killing six. Residents put the figure at ten.", [6]),
        # Other incidents.
        ("Police clashed with rebels in Baiji on Monday, where ten bodies had been found two days earlier. Two men died.", [2]),
        ("People marched in Baiji on Monday after the murder of three teachers.", [0]),
        # Those who were shot the day before are an incident of their own.
        ("Thousands sat down in Baiji on Tuesday beside the coffins of six men shot dead on Monday.", [0, 6]),
        # Who is buried was killed before.
        ("A bomb in Baiji killed nine men on Sunday. They buried nine men on Monday.", [9]),
    ],
)
def test_tolls_of_one_text(dead, text, numbers):
    assert sorted(dead(text)) == sorted(numbers)


def test_a_sum_of_several_incidents_is_taken_apart(code):
    text = (
        "Fourteen people died when bombs went off in Mosul and elsewhere on Monday. Eleven died in a "
        "market in Mosul. Three people died in an explosion in Kirkuk."
    )
    rows = {row["location_mention"]: row["fatalities"] for row in code(text).reports}
    assert rows == {"Mosul": 11, "Kirkuk": 3}


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("Soldiers fought rebels in Baiji on Monday. Two soldiers and five rebels died, the army said.", (7, 2, 7)),
        ("Soldiers fought rebels in Baiji on Monday. Two soldiers and five rebels died, doctors said.", (7, 7, 7)),
        ("Rebels said they killed 30 soldiers in Baiji on Monday. The army said seven soldiers died.", (7, 7, 30)),
        ("A bomb killed nine people in Baiji on Monday. An official put the number of dead at eleven.", (9, 9, 11)),
        ("Rebels inflicted heavy losses on the army in an attack on Baiji on Monday.", (10, 3, None)),
        ("Jets hit caves near Baiji on Monday. Seven rebels were neutralised.", (0, 0, 7)),
    ],
)
def test_the_lowest_and_the_highest_number(code, text, bounds):
    (row,) = code(text).reports
    assert tuple(row[name] for name in ("fatalities", "fatalities_low", "fatalities_high")) == bounds
