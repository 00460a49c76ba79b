"""What the rules can tell apart: types by their words, texts that tell of nothing, lists, anchors, tolls, blame, crowds."""

import datetime as dt

import pytest

from pipeline.coding.coder import code_article
from pipeline.settings import Settings

from .conftest import make_article


def coded(resources, text, published="2017-10-18"):
    return code_article(make_article(text, published=published), resources, Settings()).reports


@pytest.mark.parametrize(
    "text",
    [
        "A lorry overturned on the highway near Kirkuk on Monday, killing four people.",
        "Floods killed eleven people in Basra on Sunday.",
        "A fire in a garment factory in Dhaka killed 20 workers on Monday.",
        "The defence minister vowed on Monday to strike back at the rebels.",
        "Lawyers for two men accused of killing a policeman in Kirkuk asked for more time on Tuesday.",
        "A court in Mosul on Monday handed two men death sentences for a bombing in 2015.",
        "Villagers lit candles on Monday to mark ten years since gunmen killed their imam in Kirkuk.",
        "The army held a live-fire exercise with tanks and rockets near Kirkuk on Monday.",
        "Kirkuk's striker shot wide before the captain fired home the winner on Sunday.",
        "The opposition plans to march on Baghdad on Friday.",
        "The mayor said on Monday that no protest had been held in Kirkuk.",
        "The governor denied on Monday that soldiers had fired on the crowd in Basra.",
        "A man killed his wife in Basra on Monday after a quarrel over money.",
        "Thieves stole 30 sheep from a farm outside Kirkuk on Monday night.",
        "Police in Basra arrested a man on Sunday for selling counterfeit medicine.",
        "Customs officers seized 12 tons of cigarettes at Basra port on Monday.",
        "A gas cylinder exploded in a restaurant in Erbil on Monday, injuring six.",
        "The United Nations said on Monday that attacks on schools had doubled since January.",
        "More than 400 people have been killed in Diyala this year, the governor said on Monday.",
        "The two governments discussed a possible ceasefire in Doha on Monday.",
        "Analysts fear that the rebels may attack Kirkuk before the vote.",
        "The general said that if the ceasefire collapsed his troops would retake Kirkuk.",
        "An exhibition of photographs of the 1988 bombing opened in Halabja on Monday.",
        "A dog attacked two children in Basra on Monday.",
        "Two teachers died in Kirkuk on Monday when a school wall collapsed.",
        "Share prices in Baghdad hit a record on Monday after a bank raided its reserves.",
        "The prime minister came under fire in parliament on Monday over fuel prices.",
        "Doctors in Erbil are battling an outbreak of cholera that killed nine last week.",
        "The film, shot in Mosul, tells how militants captured the city in 2014.",
        "A soldier was killed in Kirkuk on Monday when his vehicle skidded off the road.",
        "The rebels' spokesman said on Monday that the group would never lay down its arms.",
        "Parliament on Monday condemned the shelling of villages along the border.",
        "Police on Monday warned of suicide attacks in Baghdad during the feast.",
        "The trial of five men charged with the murder of a priest began in Mosul on Monday.",
        "A kidnapped engineer's family appealed for his release on Monday.",
        "The ministry will open a new barracks in Kirkuk next year.",
        "Firefighters put out a blaze that burned 40 hectares of wheat near Kirkuk on Monday.",
        "Kirkuk crushed Erbil 4-0 on Monday in a one-sided battle at the stadium.",
        "The two sides accused each other on Monday of planning to break the truce.",
        "A hunter was shot by accident near Duhok on Sunday.",
        "Health workers vaccinated 2,000 children against polio in Kirkuk on Monday.",
        "Fishermen found an old shell from the 1980s war in their nets on Monday.",
        "Workers' leaders called for a strike on Thursday in protest at unpaid wages.",
        "The rally in oil prices ended on Monday.",
        "A drunk soldier stabbed a waiter in a bar brawl in Erbil on Monday.",
        "Archaeologists opened a grave from the third century near Mosul on Monday.",
        "Two smugglers were caught with 40 kilogrammes of hashish near Basra on Monday.",
        "Rebels from the back benches attacked the minister's budget on Monday in Baghdad.",
        "A battle of the bands drew 300 people to a park in Erbil on Monday.",
        "The striker exploded into life on Monday and bombarded the Basra goal.",
        "The central bank intervened on Monday to defend the dinar.",
        "A suspect in the 2014 killing of a priest was extradited from Turkey on Monday.",
        "Two men were hanged in Baghdad on Monday for the murder of five soldiers in 2009.",
        "A father shot his son dead in Mosul on Monday during a dispute over land.",
        "Two brothers were killed in Basra on Monday in a feud between neighbours over water.",
        "A gang that robbed jewellers was broken up in Basra on Monday.",
        "The army will deploy 2,000 soldiers to Mosul next week, the minister said on Monday.",
        "Drills simulating a gas attack were held at a school in Erbil on Monday.",
        "An earthquake shook Duhok on Monday and killed two people.",
        "Police chased a stolen car through Basra on Monday until it hit a wall.",
        "The party held a rally in Basra on Monday to open its election campaign.",
        "A bus carrying pilgrims caught fire near Kirkuk on Monday, killing 12.",
        "A crane fell on a market in Basra on Monday, leaving six dead.",
        "A wedding guest firing into the air killed a girl in Basra on Monday.",
        "Fans celebrated in the streets of Baghdad on Monday after the team won the cup.",
        "Tourists flocked to Erbil on Monday for the spring festival.",
        "A new museum of the 1991 uprising opened in Basra on Monday.",
        "The ambassador called on Monday for an end to the fighting in Kirkuk.",
        "An old bomb from the Second World War was found in Basra on Monday.",
        "The airline resumed flights to Mosul on Monday.",
        "A poll found on Monday that most people in Basra fear kidnapping.",
        "The peace talks in Doha broke up on Monday without result.",
        "Children planted trees in Kirkuk on Monday in memory of those killed in the war.",
        "A nurse was arrested in Basra on Monday over the theft of medicine.",
        "The actor who plays a rebel leader was shot at by critics on Monday.",
        "The general retired on Monday after 30 years in which he fought two wars.",
        "The human rights commission said on Monday that 1,200 people had disappeared since 2014.",
    ],
)
def test_texts_that_tell_of_no_incident(resources, text):
    reports = coded(resources, text)
    assert [each for each in reports if not each["is_background"] or each["event_date"]] == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Gunmen raked a minibus with bullets near Kirkuk on Monday and nine passengers died.", "Attack"),
        ("Militants slaughtered seven farmers in a field near Kirkuk on Monday.", "Attack"),
        ("A land activist was shot in the head outside her house in Kirkuk on Monday.", "Attack"),
        ("A mayor was found with his throat cut in Kirkuk on Monday.", "Attack"),
        ("Assailants hacked a bishop to death in Mosul on Monday.", "Attack"),
        ("Soldiers whipped three herders at a roadblock near Mosul on Monday.", "Attack"),
        ("Twenty soldiers were slain when rebels attacked their post near Mosul on Monday.", "Armed clash"),
        ("Rebels laid an ambush for an army column near Mosul on Monday; six troopers fell.", "Armed clash"),
        ("Police exchanged shots with militants holed up in a house in Mosul on Monday.", "Armed clash"),
        ("Government forces beat back an assault by rebels on Mosul airport on Monday.", "Armed clash"),
        ("Two militias slugged it out with machine guns in Basra on Monday, leaving five dead.", "Armed clash"),
        ("The army recovered the town of Tal Afar from rebels on Monday.", "Government regains territory"),
        ("Rebels were chased out of Tal Afar by government troops on Monday.", "Government regains territory"),
        ("Tal Afar fell to the rebels on Monday after a week of fighting.", "Non-state actor overtakes territory"),
        ("Rebels stormed and seized Tal Afar on Monday, routing the garrison.", "Non-state actor overtakes territory"),
        ("Rebels marched into Tal Afar on Monday after the army left without a shot.", "Non-violent transfer of territory"),
        ("The army handed Tal Afar to the Peshmerga on Monday under a deal.", "Non-violent transfer of territory"),
        ("Government jets rocketed a market in Tal Afar on Monday and killed ten people.", "Air/drone strike"),
        ("A helicopter gunship raked a village near Mosul on Monday.", "Air/drone strike"),
        ("An unmanned aircraft fired a missile at a car in Mosul on Monday, killing two militants.", "Air/drone strike"),
        ("A rocket fell on a house in Mosul on Monday, killing a family of five.", "Shelling/artillery/missile attack"),
        ("Tank fire destroyed a school in Mosul on Monday.", "Shelling/artillery/missile attack"),
        ("Shells crashed into a market in Mosul on Monday.", "Shelling/artillery/missile attack"),
        ("A bomb left in a rubbish bin wounded three people in Mosul on Monday.", "Remote explosive/landmine/IED"),
        ("A booby-trapped house blew up in Mosul on Monday, killing two soldiers.", "Remote explosive/landmine/IED"),
        ("A farmer lost both legs when he trod on a mine near Mosul on Monday.", "Remote explosive/landmine/IED"),
        ("An explosive-laden truck was set off by remote control in Mosul on Monday.", "Remote explosive/landmine/IED"),
        ("A bomber wearing an explosive vest killed six worshippers in Mosul on Monday.", "Suicide bomb"),
        ("A man drove a car bomb into an army base in Mosul on Monday, killing himself and four soldiers.", "Suicide bomb"),
        ("Attackers on a motorbike hurled a grenade into a cafe in Mosul on Monday.", "Grenade"),
        ("A grenade exploded in the yard of a judge's house in Mosul on Monday.", "Grenade"),
        ("Chlorine shells hit a village near Mosul on Monday; 20 people were treated for breathing trouble.", "Chemical weapon"),
        ("Militiamen raped four women in a village near Mosul on Monday.", "Sexual violence"),
        ("A girl was gang-raped by soldiers in Mosul on Monday.", "Sexual violence"),
        ("Gunmen seized three aid workers on the road to Mosul on Monday.", "Abduction/forced disappearance"),
        ("Armed men dragged a judge from his house in Mosul on Monday and drove off with him.", "Abduction/forced disappearance"),
        (
            "Security men picked up a lawyer in Mosul on Monday and have not said where he is held.",
            "Abduction/forced disappearance",
        ),
        ("Militants abducted a priest in Mosul on Monday.", "Abduction/forced disappearance"),
        ("A vigilante mob burned a suspected thief alive in Basra on Monday.", "Mob violence"),
        ("A mob attacked the homes of Christian families in Basra on Monday.", "Mob violence"),
        ("Teachers demonstrated outside the ministry in Baghdad on Monday over unpaid salaries.", "Peaceful protest"),
        ("Students boycotted classes and marched to the governor's office in Basra on Monday.", "Peaceful protest"),
        ("About 50 mothers staged a silent sit-in in Basra on Monday.", "Peaceful protest"),
        ("Residents blocked the main road in Basra on Monday to demand clean water.", "Peaceful protest"),
        ("Farmers drove their tractors into Basra on Monday to protest against low prices.", "Peaceful protest"),
        ("Police used batons to clear students from a square in Basra on Monday.", "Protest with intervention"),
        ("Security forces arrested 30 people at a demonstration in Basra on Monday.", "Protest with intervention"),
        ("Soldiers shot dead three demonstrators in Basra on Monday.", "Excessive force against protesters"),
        (
            "Four people were killed when police fired live rounds at a march in Basra on Monday.",
            "Excessive force against protesters",
        ),
        ("Protesters set the provincial council building on fire in Basra on Monday.", "Violent demonstration"),
        ("Youths burned tyres and hurled stones at police in Basra on Monday.", "Violent demonstration"),
        ("Demonstrators clashed with riot police in Basra on Monday.", "Violent demonstration"),
        ("The government and the rebels agreed a truce in Doha on Monday.", "Agreement"),
        ("Rebels freed 12 captured soldiers in Mosul on Monday.", "Agreement"),
        ("Forty rebels surrendered to the army in Mosul on Monday.", "Agreement"),
        ("The army and the rebels swapped prisoners near Mosul on Monday.", "Agreement"),
        ("Police arrested an opposition leader at his home in Basra on Monday.", "Arrests"),
        ("Intelligence agents captured a senior rebel commander in Mosul on Monday.", "Arrests"),
        ("Forty members of the party were rounded up in Basra on Monday.", "Arrests"),
        ("Two rebel groups announced their merger in Mosul on Monday.", "Change to group/activity"),
        ("The army sent 500 more soldiers to Mosul on Monday.", "Change to group/activity"),
        ("A new militia was founded in Sinjar on Monday.", "Change to group/activity"),
        ("The governor imposed a curfew on Mosul on Monday.", "Change to group/activity"),
        ("Police found an arms cache in Mosul on Monday.", "Disrupted weapons use"),
        ("Air defences shot down two drones over Erbil on Monday.", "Disrupted weapons use"),
        ("Sappers made a car bomb safe in Mosul on Monday.", "Disrupted weapons use"),
        ("Troops set up a new outpost near Mosul on Monday.", "Headquarters or base established"),
        ("The Turkish army opened a base near Duhok on Monday.", "Headquarters or base established"),
        ("Militants burned down a clinic in a village near Mosul on Monday; nobody was inside.", "Looting/property destruction"),
        ("Armed men plundered the stores of an aid agency in Mosul on Monday.", "Looting/property destruction"),
        ("Gunmen drove off with 200 cattle from a village near Mosul on Monday.", "Looting/property destruction"),
        ("Thousands of people fled Tal Afar on Monday because of fighting.", "Other"),
        ("Soldiers seized power in Bamako on Monday and arrested the president.", "Other"),
        ("A mass grave with 30 bodies was found near Mosul on Monday.", "Other"),
    ],
)
def test_types_in_other_words(resources, text, kind):
    assert [report["sub_event_type"] for report in coded(resources, text)] == [kind]


@pytest.mark.parametrize(
    ("text", "dead"),
    [
        ("Gunmen killed a mayor and his driver in Mosul on Monday.", 2),
        ("Gunmen killed a priest, a nun and a cook in Mosul on Monday.", 3),
        ("A bomb killed three soldiers and wounded nine in Mosul on Monday.", 3),
        ("At least 12 people were killed and 30 wounded when a car bomb exploded in Mosul on Monday.", 12),
        ("Rebels attacked an army post in Mosul on Monday, leaving four soldiers and two rebels dead.", 6),
        ("An air strike on Mosul on Monday left seven dead.", 7),
        ("An air strike on Mosul on Monday claimed the lives of seven people.", 7),
        ("A mortar shell hit a house in Mosul on Monday, and a woman died.", 1),
        ("A mortar shell hit a house in Mosul on Monday. A mother and her two sons were killed.", 3),
        ("Gunmen shot dead two teachers in Mosul on Monday.", 2),
        ("Two teachers were shot dead by gunmen in Mosul on Monday.", 2),
        ("Clashes broke out in Mosul on Monday; casualties are not known.", 0),
        ("Between 10 and 15 rebels were killed in clashes with soldiers in Mosul on Monday.", 10),
        ("Ten to 15 rebels were killed in clashes with soldiers in Mosul on Monday.", 10),
        ("Some 20 rebels died in fighting with the army in Mosul on Monday.", 20),
        ("More than 20 villagers, including five children, were massacred by militants in Mosul on Monday.", 20),
        ("Militants massacred villagers in Mosul on Monday.", 10),
        ("Eight people, three of them children, were killed by a roadside bomb in Mosul on Monday.", 8),
        ("A roadside bomb killed eight people in Mosul on Monday, among them three children.", 8),
        ("The bodies of six farmers whom militants had shot were found near Mosul on Monday.", 6),
        ("Seven policemen lost their lives when rebels attacked their post in Mosul on Monday.", 7),
        ("A suicide bomber killed himself and six worshippers in Mosul on Monday.", 7),
        ("Up to 30 people are feared dead after an air strike on Mosul on Monday.", 3),
        ("Militants attacked a village near Mosul on Monday, killing and wounding 20 people.", 1),
        ("Ten people were killed or wounded in a rocket attack on Mosul on Monday.", 0),
        ("The death toll from Monday's bombing in Mosul has risen to 14 from nine.", 14),
        ("A bomb exploded in Mosul on Monday. Nobody was hurt.", 0),
        ("Soldiers clashed with rebels in Mosul on Monday. The army said 15 rebels and one soldier had been killed.", 16),
        ("One soldier and several rebels were killed in clashes in Mosul on Monday.", 4),
        ("Police shot and killed a protester and injured 12 others in Basra on Monday.", 1),
        ("A rocket killed Ali Hassan, 34, and his brother in Mosul on Monday.", 2),
        ("Gunmen murdered Ana Gil, a lawyer, in Mosul on Monday.", 1),
        ("A policeman was killed and two others were wounded by a bomb in Mosul on Monday.", 1),
        ("A grenade thrown at a shop in Mosul on Monday killed one person and injured three.", 1),
        ("An airstrike on a market in Mosul on Monday killed scores of people.", 20),
        ("Fighting between the army and rebels in Mosul on Monday claimed 17 lives.", 17),
        ("Two militants and a soldier were killed in a gun battle in Mosul on Monday.", 3),
    ],
)
def test_the_dead(resources, text, dead):
    assert [report["fatalities"] for report in coded(resources, text)] == [dead]


@pytest.mark.parametrize(
    ("text", "actor1", "actor2"),
    [
        (
            "Gunmen killed a farmer in Mosul on Monday. Islamic State claimed responsibility for the attack.",
            "Islamic State",
            "farmer",
        ),
        ("A bomb killed two soldiers in Mosul on Monday. Officials blamed Islamic State.", "Islamic State", "soldiers"),
        (
            "A bomb killed two soldiers in Mosul on Monday, and the army blamed the Islamic State for it.",
            "Islamic State",
            "soldiers",
        ),
        ("Two soldiers were killed in Mosul on Monday in an attack that police attributed to the PKK.", "PKK", "soldiers"),
        ("A farmer was shot dead in Mosul on Monday by gunmen believed to belong to the PKK.", "PKK", "farmer"),
        ("A Turkish warplane struck a village near Mosul on Monday.", "Turkish warplane", ""),
        (
            "Warplanes of the Turkish army bombed a village near Mosul on Monday, killing two villagers.",
            "Turkish army",
            "villagers",
        ),
        ("Turkish artillery shelled a village near Mosul on Monday, killing two villagers.", "Turkish", "villagers"),
        ("Rockets fired by the PKK hit an army base in Mosul on Monday.", "PKK", "army base"),
        ("A rocket hit a police station in Mosul on Monday.", "", "police station"),
        ("A convoy of soldiers was ambushed by the PKK in Mosul on Monday.", "PKK", "soldiers"),
        ("Police in Mosul arrested a PKK commander on Monday.", "Police", "PKK"),
        ("A PKK commander was arrested in Mosul by police on Monday.", "police", "PKK"),
        ("A group of villagers was fired on by soldiers in Mosul on Monday and a farmer was killed.", "soldiers", "villagers"),
        ("Soldiers of the Iraqi army killed four Islamic State fighters in Mosul on Monday.", "Iraqi army", "Islamic State"),
        ("The army and the police fought Islamic State in Mosul on Monday.", "army", "Islamic State"),
        ("PKK fighters and Peshmerga forces clashed near Mosul on Monday.", "PKK", "Peshmerga"),
        ("Clashes erupted in Mosul on Monday between the army and Islamic State militants.", "army", "Islamic State"),
        ("Islamic State militants were driven out of Tal Afar by the army on Monday.", "army", "Islamic State"),
        ("The army drove Islamic State out of Tal Afar on Monday.", "army", "Islamic State"),
        ("Islamic State captured Tal Afar from the army on Monday.", "Islamic State", "army"),
        ("Gunmen abducted the mayor of Mosul on Monday.", "Gunmen", "mayor"),
        ("The mayor of Mosul was abducted by gunmen on Monday.", "gunmen", "mayor"),
        ("Soldiers found a cache of PKK weapons near Mosul on Monday.", "Soldiers", "PKK"),
        ("A bomb planted by the PKK killed two soldiers near Mosul on Monday.", "PKK", "soldiers"),
        ("Students protesting in Basra on Monday were dispersed by police.", "Students", "police"),
        ("Police fired tear gas at students who were protesting in Basra on Monday.", "students", "Police"),
    ],
)
def test_who_acts_and_whom_it_meets(resources, text, actor1, actor2):
    (report,) = coded(resources, text)
    assert (actor1 in (report["actor1_mention"] or ""), actor2 in (report["actor2_mention"] or "")) == (True, True)


def test_a_figure_that_only_a_side_claims_comes_last_and_may_be_nothing(resources):
    text = "Islamic State said its men had killed 20 soldiers near Mosul on Monday."
    (alone,) = coded(resources, text)
    assert (alone["fatalities"], alone["fatalities_low"]) == (20, 0)
    assert "belligerent_claim" in alone["needs_review"]
    (both,) = coded(resources, f"{text} Doctors said nine soldiers were killed.")
    assert (both["fatalities"], both["fatalities_low"]) == (9, 9)


BULLETIN = """WEEKLY REPORT

- Mosul (9 October): gunmen killed two farmers on their way home.

- Kirkuk (10 October): rebels attacked a police post. Three policemen died.

- Basra (11 October): about 300 teachers marched through the centre to demand their wages."""


def test_every_item_of_a_list_has_its_own_place_and_day(resources):
    reports = coded(resources, BULLETIN)
    assert [(each["location_mention"], each["event_date"].day, each["sub_event_type"], each["fatalities"]) for each in reports] == [
        ("Mosul", 9, "Attack", 2),
        ("Kirkuk", 10, "Armed clash", 3),
        ("Basra", 11, "Peaceful protest", 0),
    ]


@pytest.mark.parametrize(
    ("words", "day"),
    [("A day earlier", 15), ("The night before", 15), ("The next day", 17), ("Two days earlier", 14), ("The same day", 16)],
)
def test_days_are_counted_from_the_incident_told_before(resources, words, day):
    reports = coded(resources, f"Gunmen killed a farmer in Mosul on Monday. {words}, a bomb killed two soldiers in Kirkuk.")
    assert [report["event_date"] for report in reports] == [dt.date(2017, 10, 16), dt.date(2017, 10, day)]


def test_a_day_of_the_month_alone_is_the_latest_such_day(resources):
    (report,) = coded(resources, "Gunmen killed a farmer in Mosul on the 12th.")
    assert report["event_date"] == dt.date(2017, 10, 12)


@pytest.mark.parametrize(
    ("text", "size", "tag"),
    [
        ("About 120 teachers demonstrated in Basra on Monday.", 120, "crowd size=about 120"),
        ("Thousands of people marched through Basra on Monday.", 1000, "crowd size=thousands of"),
        ("Teachers demonstrated in Basra on Monday.", None, "crowd size=no report"),
        ("Police detained 30 people at a demonstration in Basra on Monday.", None, "crowd size=no report"),
    ],
)
def test_the_size_of_a_crowd_in_the_words_of_the_report(resources, text, size, tag):
    (report,) = coded(resources, text)
    assert (report["crowd_size"], report["tags"]) == (size, tag)


def test_only_crowds_have_a_size(resources):
    (report,) = coded(resources, "Gunmen killed 12 farmers in Mosul on Monday.")
    assert (report["crowd_size"], report["tags"]) == (None, None)


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Gunmen killed a farmer in Nowhereville on Monday. The Nigerian army denied it.", "Nigeria"),
        ("The Kenyan army killed two rebels in Nowhereville on Monday.", "Kenya"),
    ],
)
def test_without_a_known_place_those_who_act_tell_the_country(resources, text, country):
    assert coded(resources, text)[0]["country"] == country
