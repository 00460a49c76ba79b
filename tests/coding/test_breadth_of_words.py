"""Classes of verbs and of what they act on: words that no row lists together make an incident of the right kind."""

import pytest


def _kinds(coding):
    return [row["sub_event_type"] for row in coding.reports if not row["is_background"]]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Some 300 midwives knelt before the ministry in Mosul on Monday, calling for better pay.", "Peaceful protest"),
        ("Pensioners banged saucepans and filed past the bank in Mosul on Monday to ask for their money.", "Peaceful protest"),
        ("Water cannon drenched a procession of nurses in Mosul on Monday.", "Protest with intervention"),
        ("Soldiers fired into a cortege in Mosul on Monday, felling six mourners.", "Excessive force against protesters"),
        ("A march of miners in Mosul on Monday degenerated and bricks were flung at shops.", "Violent demonstration"),
        ("Rebels chased the governor out of Mosul on Monday.", "Non-state actor overtakes territory"),
        ("Taliban militants ran up their banner in Mosul on Monday.", "Non-state actor overtakes territory"),
        ("Mosul was once more in government hands on Monday after the rebels fled the army.", "Government regains territory"),
        ("Sixty rebels piled their rifles in a schoolyard near Mosul on Monday.", "Agreement"),
        ("The army and the rebels put their signatures to a protocol in Mosul on Monday.", "Agreement"),
        ("Police fetched the opposition leader from his flat in Mosul on Monday on a warrant.", "Arrests"),
        ("A curfew took effect in Mosul on Monday.", "Change to group/activity"),
        ("Rebels in Mosul on Monday named a new commander.", "Change to group/activity"),
        ("Soldiers have turned a school in Mosul into a garrison since Monday.", "Headquarters or base established"),
        ("A destroyer knocked a rebel missile out of the sky off Mosul on Monday.", "Disrupted weapons use"),
        ("Policemen stopped two trucks near Mosul on Monday and found rifles under sacks of onions.", "Disrupted weapons use"),
        ("Militiamen carted off generators and flour in Mosul on Monday.", "Looting/property destruction"),
        ("Workers laid open a trench near Mosul on Monday and brought up 30 skeletons.", "Other"),
        ("Colonels suspended the constitution in Mosul on Monday.", "Other"),
        ("A man drove a lorry laden with explosives at a hotel in Mosul on Monday.", "Suicide bomb"),
        ("A gunman slung a grenade at a bar in Mosul on Monday.", "Grenade"),
        ("Residents were retching after a yellowish gas spread in Mosul on Monday.", "Chemical weapon"),
    ],
)
def test_kinds_by_classes_of_words(code, text, kind):
    assert _kinds(code(text)) == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "Teachers sat in a restaurant in Mosul on Monday.",
        "The company and the union put their signatures to a loan contract in Mosul on Monday.",
        "Archaeologists laid open a medieval grave in Mosul on Monday and brought up three skeletons.",
        "The national flag was raised at a school in Mosul on Monday.",
        "Firemen used water cannon on a blaze at a warehouse in Mosul on Monday.",
    ],
)
def test_ordinary_life_in_the_same_words_is_no_incident(code, text):
    assert _kinds(code(text)) == []
