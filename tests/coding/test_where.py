"""Where, mechanism by mechanism: which name is the scene, which country is meant, and what says nothing of either."""

import pytest


def only(coding):
    assert len(coding.reports) == 1, coding.reports
    return coding.reports[0]


@pytest.mark.parametrize(
    ("text", "country"),
    [
        # A place that a person reviewed holds against the home of those who act there, not against all places of the text.
        ("Pakistani officials and Pakistani Taliban leaders agreed in Khost on Monday to extend a ceasefire.", "Afghanistan"),
        (
            "SAN SALVADOR, June 15 - Rebels in Colon shot dead a soldier on Monday, the first in El Salvador this month.",
            "El Salvador",
        ),
        # A unit right after a place says where it lies, whatever other place has its name.
        ("Gunmen killed a teacher in San Francisco, Usulutan department, on Monday.", "El Salvador"),
        # The other side of a border.
        ("BAMAKO - Gunmen killed ten men in the village of Dorogani, near the border with Burkina Faso, on Monday.", "Mali"),
        ("Gunmen killed ten men in the village of Dorogani, in Burkina Faso, on Monday.", "Burkina Faso"),
        # The town of the dateline, not the agency after it; of several towns of its name the capital.
        ("SAN SALVADOR, 15 June (Radio Sonora) - Two bombs exploded on Monday.", "El Salvador"),
        ("LA PAZ, June 15 - A bomb exploded near the U.S. embassy on Monday.", "Bolivia"),
        # A dateline that the gazetteer leaves out of texts.
        ("NEPALGUNJ: Three policemen were killed in an ambush at Bhalupur, Dhorpur district, on Monday.", "Nepal"),
        # A country that a unit is named like.
        ("Gunmen from Nigerien villages killed ten men in Niger on Monday.", "Niger"),
        ("Nigerian bandits from Zamfara killed ten men in Niger on Monday.", "Nigeria"),
    ],
)
def test_the_country_is_weighed_from_all_that_speaks_for_one(code, text, country):
    assert {report["country"] for report in code(text, "2021-06-16").reports} == {country}


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        # Capitals as governments, and as cities.
        ("Troops killed three men in Mosul on Monday. Kabul gives the number as seven.", "Mosul"),
        ("Ukraine shelled its own people on Monday to discredit Moscow.", None),
        ("Kabul was shelled on Monday.", "Kabul"),
        # The name of a company, and that of a town beside a noun.
        ("Gunmen shot at a Mombasa Royale bus near Gambani on Monday and killed two passengers.", "Gambani"),
        ("Gunmen shot at a Mombasa bus on Monday and killed two passengers.", "Mombasa"),
        # Short words within names, a particle with a capital at their end.
        ("Gunmen killed two guards in Kot-i-Zarin on Monday.", "Kot-i-Zarin"),
        ("Gunmen killed two guards in Sorame Da on Monday.", "Sorame Da"),
        ("Gunmen killed two guards in Sorame on Monday.", "Sorame"),
        # An acronym is no place of its own.
        ("Shells aimed at the UN camp killed two men on Monday. The camp lies in Bangassou.", "Bangassou"),
        # The noun of a known name before a longer one.
        ("Gunmen killed two men in the town of San Francisco Javier, Usulutan, on Monday.", "town of San Francisco Javier"),
        # Streets, singular and plural.
        ("A bomb exploded at the corner of Tarapaca and Santa Rosa Streets in Buenos Aires on Monday.", "Buenos Aires"),
        # In capitals: a town after an act that is done to places, or after its noun.
        ("TROOPS TOOK BACK JAMAAME ON MONDAY AFTER STREET FIGHTING.", "JAMAAME"),
        ("SIX BOMBS EXPLODED LAST NIGHT IN THE ANDEAN CITY OF AYACUCHO.", "CITY OF AYACUCHO"),
        # A part of a city that a later sentence names.
        ("A bomb exploded in a Lima bar on Monday. It is located in the district of Miraflores.", "Lima - Miraflores"),
        # The only town of a brief text.
        ("The people of Marawi mourn. Militants killed two shopkeepers on Monday.", "Marawi"),
        ("The people of Marawi and the people of Jolo mourn. Militants killed two shopkeepers on Monday.", None),
    ],
)
def test_the_scene_is_where_something_happened(code, text, phrase):
    assert {report["location_mention"] for report in code(text, "2021-06-16").reports} == {phrase}


@pytest.mark.parametrize(
    ("text", "phrase", "country"),
    [
        ("(Nairobi) – Rwandan police detained ten men on Monday, a rights group said.", None, "Rwanda"),
        ("KAMPALA/NAIROBI－Rwandan police detained ten men on Monday in Huye, a rights group said.", "Huye", "Rwanda"),
        ("NAIROBI - Police detained ten protesters on Monday.", "NAIROBI", "Kenya"),
    ],
)
def test_where_a_text_was_written_is_no_scene_in_another_country(code, text, phrase, country):
    report = code(text, "2021-06-16").reports[0]
    assert (report["location_mention"], report["country"]) == (phrase, country)


def test_a_name_that_is_a_persons_anywhere_in_the_text_is_no_place(code):
    text = "Militants seized the reporter James Foley. They announced the execution of Foley on Monday."
    assert all(report["location_mention"] is None for report in code(text, "2021-06-16").reports)


def test_words_and_acronyms_that_towns_are_named_like_are_no_places(code):
    assert only(code("A TEACHER WAS FORCED INTO A VAN BY ARMED MEN ON MONDAY.", "2021-06-16"))["country"] is None
    assert only(code("Gunmen shot dead two policemen of a SWAT team on Monday.", "2021-06-16"))["location_mention"] is None
    assert only(code("Soldiers shot dead two men in Swat on Monday.", "2021-06-16"))["location_mention"] == "Swat"
