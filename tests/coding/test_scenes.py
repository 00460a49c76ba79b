"""Where and when: which place of a text is an incident's, in which country it lies, and which day is its."""

import datetime as dt

import pytest


def only(coding):
    assert len(coding.reports) == 1, coding.reports
    return coding.reports[0]


def place(code, text, published="2021-06-16"):
    report = only(code(text, published))
    return report["location_mention"], report["location_relation"]


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        # The finest place of a chain.
        ("Gunmen killed a shepherd in the village of Tel Marj in Nineveh province on Monday.", "Tel Marj"),
        ("Gunmen killed a shepherd in Daquq, Kirkuk province, on Monday.", "Daquq"),
        ("Gunmen killed a shepherd in Daquq, in the province of Kirkuk, on Monday.", "Daquq"),
        ("GUNMEN KILLED A SHEPHERD IN TEL MARJ, KIRKUK PROVINCE, ON MONDAY.", "TEL MARJ"),
        ("GUNMEN KILLED A SHEPHERD NEAR TEL MARJ MUNICIPALITY ON MONDAY.", "TEL MARJ MUNICIPALITY"),
        # Parts of a city.
        ("A bomb exploded in Baghdad's Karkuliya district on Monday.", "Baghdad - Karkuliya"),
        ("A bomb exploded in the Karkuliya district of Baghdad on Monday.", "Baghdad - Karkuliya"),
        ("A bomb exploded in the Karkuliya neighbourhood, in western Baghdad, on Monday.", "Baghdad - Karkuliya"),
        # Names that the gazetteer lacks.
        ("Soldiers shelled barangay Tinagong on Monday.", "Tinagong"),
        ("Gunmen stormed the cattle fair of Wadi Sarim on Monday and shot dead two butchers.", "Wadi Sarim"),
        ("Gunmen killed a shepherd in downtown Marjiya on Monday.", "Marjiya"),
    ],
)
def test_the_finest_place_is_taken_also_if_the_gazetteer_lacks_it(code, text, phrase):
    assert place(code, text)[0] == phrase


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen killed a farmer from Basra in Mosul on Monday.",
        "Gunmen killed two residents of Basra in Mosul on Monday.",
        "A bomb exploded in Mosul on Monday and doctors treated eight wounded at a hospital in Erbil.",
        "A bomb exploded in Mosul on Monday, an officer told reporters in Baghdad.",
        "A Basra-based militia attacked a checkpoint in Mosul on Monday.",
        "Gunmen killed a trader in Mosul on Monday and fled on the Kirkuk road.",
        "Gunmen on Monday killed a trader. The attack took place in Mosul, and the governor spoke in Baghdad.",
        "Gunmen killed a trader on Monday. His shop in Mosul was burnt years before.",
    ],
)
def test_where_somebody_comes_from_is_brought_to_or_speaks_is_no_scene(code, text):
    assert place(code, text)[0] == "Mosul"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gunmen killed a trader on the road from Kirkuk to Erbil on Monday.", ("Kirkuk", "near")),
        ("Gunmen killed a trader close to Kirkuk on Monday.", ("Kirkuk", "near")),
        ("Gunmen killed a trader 20 km south of Kirkuk on Monday.", ("Kirkuk", "near")),
        ("Clashes between the army and militants broke out in Kirkuk on Monday.", ("Kirkuk", "in")),
    ],
)
def test_what_lies_about_a_place_is_near_it(code, text, expected):
    assert place(code, text) == expected


def test_a_place_of_a_sentence_beside_the_act_is_marked_and_lowers_confidence(code):
    beside = only(code("Gunmen killed a trader on Monday. It happened in Mosul.", "2021-06-16"))
    told = only(code("Gunmen killed a trader in Mosul on Monday.", "2021-06-16"))
    assert beside["location_mention"] == told["location_mention"] == "Mosul"
    assert "place_assumed" in beside["needs_review"]
    assert beside["confidence"] < told["confidence"]


def test_the_place_of_another_country_is_not_taken_from_beside(code):
    report = only(code("Gunmen killed three Iraqi policemen in Iraq on Monday. The minister was in Amman for talks.", "2021-06-16"))
    assert (report["country"], report["location_mention"]) == ("Iraq", None)


def test_a_place_within_an_item_goes_before_its_heading(code):
    text = (
        "1. LOWER JUBA. Troops took back Jamaame from al-Shabaab on 14 June after six hours of fighting.\n\n"
        "2. HIRAAN. A roadside bomb killed two soldiers near Beledweyne on 15 June.\n"
    )
    places = {report["location_mention"] for report in code(text, "2021-06-16").reports}
    assert places == {"Jamaame", "Beledweyne"}


def test_somebody_with_the_name_of_a_town_is_no_place(code):
    text = "Gunmen on Monday shot dead the journalist James Basra. Colleagues of James Basra mourned. Basra was 40."
    assert place(code, text)[0] is None


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Nigerian troops killed two herders on Monday.", "Nigeria"),
        ("A bomb exploded near the U.S. embassy in La Paz on Monday. Bolivian police blamed rebels.", "Bolivia"),
        ("Gunmen shot a Dutch reporter in Colombia on Monday.", "Colombia"),
        # The only place of that name in the world, though nothing else points to its country.
        ("A device exploded in Debre Markos on Monday and killed three pilgrims.", "Ethiopia"),
        # The unit beside it says in which country a place lies.
        ("Rebels clashed with troops in Berlin, Usulutan department, El Salvador, on Monday.", "El Salvador"),
    ],
)
def test_the_country_is_the_one_that_most_words_speak_for(code, text, country):
    assert only(code(text, "2021-06-16"))["country"] == country


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Police reported that on 12 June gunmen killed a trader in Mosul.", "2021-06-12"),
        ("Hospitals were full after this morning's attack on a market in Mosul.", "2021-06-16"),
        ("A bomb exploded in Mosul last night. The attack came at 22:30 [0230 GMT on 16 June], police said.", "2021-06-15"),
        ("Unions called a strike for 20 June over the attack that gunmen carried out today in Mosul.", "2021-06-16"),
        ("Gunmen killed a trader in Mosul. It was late on Monday when neighbours found the shop open.", "2021-06-14"),
        ("A bomb exploded a few minutes ago in Mosul.", "2021-06-16"),
        ("In a statement spread on Tuesday evening, rebels said that they had killed a guard on 11 June in Mosul.", "2021-06-11"),
    ],
)
def test_the_day_is_that_of_the_act_and_not_of_what_is_said_of_it(code, text, day):
    assert code(text, "2021-06-16").reports[0]["event_date"] == dt.date.fromisoformat(day)


def test_a_dateline_with_a_day_needs_no_agency_and_dates_no_act(code):
    report = only(code("Mosul, June 16: A vendor was beaten to death by a mob in Daquq on Monday, police said.", "2021-06-16"))
    assert (report["location_mention"], report["event_date"]) == ("Daquq", dt.date(2021, 6, 14))


def test_a_number_of_a_floor_or_brigade_is_no_day(code):
    report = only(code("Gunmen killed a trader on the 4th floor of a hotel in Mosul on Monday.", "2021-06-16"))
    assert report["event_date"] == dt.date(2021, 6, 14)


@pytest.mark.parametrize("unit", ["in the village of Foo Bar ", "Foo ", "In Foo, ", "the Foo district of ", "-Foo", "' "])
def test_names_without_end_take_time_linear_in_the_text(code, unit):
    text = "Gunmen killed a trader in Mosul on Monday. " + unit * (200_000 // len(unit)) + ". Police came."
    assert code(text, "2021-06-16").reports


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        # A place whose first word is also one for somebody.
        ("Two recruits were killed at a checkpoint at Sheikh Zuweid, North Sinai, on Monday.", "Sheikh Zuweid"),
        # A town in a province, and the province as a heading.
        ("Gunmen killed a baker in Ashkasham, in the mountains of Badakhshan, on Monday.", "Ashkasham"),
        ("MAGWAY. Soldiers shot dead two farmers in Yesagyo on Monday.", "Yesagyo"),
        # Neither the dateline nor a car or a people is a place that something was done to.
        ("MOSUL, June 15 - Gunmen killed a baker in Tikrit, the Mosul-appointed governor said.", "Tikrit"),
        ("A suicide bomber drove an Opel into a crowd at Tikrit on Monday and killed two people.", "Tikrit"),
        ("Thousands rallied on Monday in the South Ossetian capital.", None),
    ],
)
def test_what_is_no_place_of_its_own_gives_way_to_the_place(code, text, phrase):
    assert {report["location_mention"] for report in code(text, "2021-06-16").reports} == {phrase}


@pytest.mark.parametrize(
    ("text", "country"),
    [
        # Whence something comes does not say where it falls.
        ("Two rockets were fired at Sderot from Gaza on Monday.", "Israel"),
        # A small place of the dataset gives way to all that the text says of another country.
        ("TYRE, Lebanon, June 15 - Hezbollah fighters attacked a post at Blida in Lebanon's south on Monday.", "Lebanon"),
        ("TYRE, Lebanon, June 15 - Hezbollah fighters attacked a post in Aleppo on Monday.", "Syria"),
    ],
)
def test_a_country_is_not_that_of_the_last_place_named(code, text, country):
    assert only(code(text, "2021-06-16"))["country"] == country
