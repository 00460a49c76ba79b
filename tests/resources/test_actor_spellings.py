"""Actors as texts spell them, in a country on a day: the name of the registry, or the name as written for one that it lacks."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

import pytest

from pipeline.resources.bundle import Resources
from pipeline.resources.seeds import Seeds, shipped_seeds

REGISTRY = Resources(Seeds((shipped_seeds(),))).actors

# Country and day, then lines of: words = name | class; `?` before a name: the registry lacks it, and it stays as it is written.
SPELLINGS = """
# El Salvador 1989-11-16
FMLN = FMLN: Farabundo Marti National Liberation Front | 2
the Farabundo Marti Front = FMLN: Farabundo Marti National Liberation Front | 2
FARABUNDO MARTI NATIONAL LIBERATION FRONT = FMLN: Farabundo Marti National Liberation Front | 2
Popular Liberation Forces = FPL: Popular Liberation Forces | 2
ERP = ERP: People's Revolutionary Army | 2
National Resistance Armed Forces = RN: National Resistance | 2
Armed Forces of Liberation = FAL: Armed Forces of Liberation | 2
Revolutionary Party of Central American Workers = PRTC: Revolutionary Party of Central American Workers | 2
Secret Anticommunist Army = ESA: Secret Anti-Communist Army | 3
death squads = Death Squads (El Salvador) | 3
Atlacatl Battalion = Military Forces of El Salvador (1989-1994) Atlacatl Battalion | 1
the Belloso Battalion = Military Forces of El Salvador (1989-1994) Belloso Battalion | 1
Treasury Police = Police Forces of El Salvador (1989-1994) Treasury Police | 1
Salvadoran soldiers = Military Forces of El Salvador (1989-1994) | 1
government troops = Military Forces of El Salvador (1989-1994) | 1
Clara Elizabeth Ramirez Front = CERF: Clara Elizabeth Ramirez Front | 2
# Guatemala 1990-05-05
URNG = URNG: Guatemalan National Revolutionary Unity | 2
Guerrilla Army of the Poor = EGP: Guerrilla Army of the Poor | 2
Rebel Armed Forces = FAR: Rebel Armed Forces | 2
Revolutionary Organization of the People in Arms = ORPA: Revolutionary Organization of the People in Arms | 2
Civil Self-Defense Patrols = PAC: Civil Self-Defense Patrols | 3
the army = Military Forces of Guatemala (1986-1991) | 1
# Nicaragua 1986-03-01
contra rebels = Contras | 2
FDN = FDN: Nicaraguan Democratic Force | 2
Nicaraguan Democratic Force = FDN: Nicaraguan Democratic Force | 2
Democratic Revolutionary Alliance = ARDE: Democratic Revolutionary Alliance | 2
Sandinista soldiers = Military Forces of Nicaragua (1979-1990) | 1
Sandinista troops = Military Forces of Nicaragua (1979-1990) | 1
Miskito rebels = MISURA | 2
# Nicaragua 1978-09-10
FSLN = FSLN: Sandinista National Liberation Front | 2
# Honduras 1989-06-01
Lorenzo Zelaya Popular Revolutionary Forces = FPR: Lorenzo Zelaya Popular Revolutionary Forces | 2
Cinchoneros = Cinchoneros: Popular Liberation Movement | 2
Morazanist Patriotic Front = FMLH: Morazanist Front for the Liberation of Honduras | 2
# Peru 1989-08-10
Shining Path = Shining Path | 2
Sendero Luminoso = Shining Path | 2
Tupac Amaru Revolutionary Movement = MRTA: Tupac Amaru Revolutionary Movement | 2
MRTA rebels = MRTA: Tupac Amaru Revolutionary Movement | 2
Rodrigo Franco Command = Rodrigo Franco Command | 3
ronderos = Rondas Campesinas | 4
police = Police Forces of Peru (1985-1990) | 1
Sinchis = Police Forces of Peru (1985-1990) Sinchis | 1
# Colombia 1988-02-20
ELN = ELN: National Liberation Army | 2
Ejército de Liberación Nacional = ELN: National Liberation Army | 2
EPL = EPL: People's Liberation Army | 2
People's Liberation Army = EPL: People's Liberation Army | 2
M-19 = M-19: April 19 Movement | 2
Movimiento 19 de Abril = M-19: April 19 Movement | 2
Quintin Lame = MAQL: Quintin Lame Armed Movement | 4
Ricardo Franco Front = Ricardo Franco Front | 2
Extraditables = Medellin Cartel | 3
Medellin drug cartel = Medellin Cartel | 3
Revolutionary Armed Forces of Colombia = FARC: Revolutionary Armed Forces of Colombia | 2
Fuerzas Armadas Revolucionarias de Colombia = FARC: Revolutionary Armed Forces of Colombia | 2
Death to Kidnappers = MAS: Death to Kidnappers | 3
# Colombia 2021-07-01
FARC dissidents = FARC Dissidents | 3
Segunda Marquetalia = Segunda Marquetalia | 3
Clan del Golfo = Gulf Clan | 3
Black Eagles = Black Eagles | 3
Los Rastrojos = Los Rastrojos | 3
# Mexico 2018-06-01
Jalisco New Generation Cartel = CJNG: Jalisco New Generation Cartel | 3
Los Zetas = Los Zetas | 3
Cartel del Noreste = CDN: Northeast Cartel | 3
Popular Revolutionary Army = EPR: Popular Revolutionary Army | 2
Knights Templar cartel = Knights Templar Cartel | 3
Zapatistas = EZLN: Zapatista Army of National Liberation | 2
# Haiti 2024-03-01
400 Mawozo = 400 Mawozo | 3
Viv Ansanm = Viv Ansanm | 3
gang members = Unidentified Gang (Haiti) | 3
# Iraq 2007-03-01
Mahdi Army = Mahdi Army | 3
al-Qaeda in Iraq = Islamic State of Iraq | 2
Islamic Army in Iraq = IAI: Islamic Army in Iraq | 2
Badr Organisation = Badr Organization | 3
Sons of Iraq = Awakening Councils | 3
US troops = Military Forces of the United States (2001-2009) | 8
British forces = Military Forces of the United Kingdom (1997-2007) | 8
the Iraqi army = Military Forces of Iraq (2006-2014) | 1
Blackwater guards = Blackwater | 8
# Iraq 2005-02-01
al-Qaida in Iraq = AQI: Al Qaeda in Iraq | 2
# Iraq 2016-05-01
ISF = Military Forces of Iraq (2014-2018) | 1
federal police = Police Forces of Iraq (2014-2018) Federal Police | 1
ISIS = IS: Islamic State (Iraq) | 2
ISIL militants = IS: Islamic State (Iraq) | 2
Daesh = IS: Islamic State (Iraq) | 2
Kataib Hezbollah = Kataib Hezbollah | 3
PKK fighters = PKK: Kurdistan Workers Party | 2
Turkish jets = Military Forces of Turkey (2002-2016) | 8
Kurdish forces = Military Forces of Iraq (2014-2018) Peshmerga | 1
# Iraq 2002-01-15
Republican Guard = Military Forces of Iraq (1979-2003) Republican Guard | 1
Ansar al-Islam = Ansar al-Islam | 2
# Syria 2018-05-01
Nusra Front = HTS: Hayat Tahrir al-Sham | 2
HTS = HTS: Hayat Tahrir al-Sham | 2
Hay'at Tahrir al-Sham = HTS: Hayat Tahrir al-Sham | 2
YPG = YPG: People's Protection Units | 2
Kurdish forces = SDF: Syrian Democratic Forces | 2
Turkish-backed rebels = SNA: Syrian National Army | 2
regime forces = Military Forces of Syria (2000-2024) | 1
Tiger Forces = Military Forces of Syria (2000-2024) Tiger Forces | 1
Hezbollah = Hezbollah | 3
Iranian forces = Military Forces of Iran (1989-) | 8
Jaish al-Islam = Jaysh al-Islam | 2
# Syria 2019-05-01
National Liberation Front = NLF: National Front for Liberation | 2
# Syria 2013-06-01
Jabhat al-Nusra = Jabhat al-Nusra | 2
Free Syrian Army = FSA: Free Syrian Army | 2
Farouq Brigades = ? Farouq Brigades | 3
Liwa al-Islam = Liwa al-Islam | 2
Syrian Revolutionaries Front = Syrian Revolutionaries Front | 2
# Lebanon 1984-02-10
Amal militia = Amal Movement | 3
Lebanese Forces = LF: Lebanese Forces | 3
Phalangist militiamen = LF: Lebanese Forces | 3
South Lebanon Army = SLA: South Lebanon Army | 3
UNIFIL = UNIFIL: United Nations Interim Force in Lebanon (1978-) | 8
Druze militia = PLA: People's Liberation Army (Lebanon) | 3
Islamic Jihad Organization = Islamic Jihad Organization (Lebanon) | 3
# Palestine 2023-11-01
Hamas = Hamas Movement | 2
al-Qassam Brigades = Al-Qassam Brigades | 2
Islamic Jihad = PIJ: Palestinian Islamic Jihad | 2
IDF = Military Forces of Israel (2022-) | 8
Israeli forces = Military Forces of Israel (2022-) | 8
Lions' Den = Lions Den | 2
# Yemen 2016-08-01
Houthis = Military Forces of Yemen (2012-2022) Houthi Forces | 1
AQAP = AQAP: Al Qaeda in the Arabian Peninsula | 2
Saudi-led coalition = Operation Restoring Hope | 8
Popular Resistance = Popular Resistance (Yemen) | 3
# Afghanistan 1988-10-01
Afghan mujahideen = Mujahideen (Afghanistan) | 2
Soviet troops = Military Forces of Russia (1985-1991) | 8
Hezb-i-Islami = Hizb-i Islami | 2
# Afghanistan 2010-04-01
Taliban = Taliban | 2
Haqqani network = Haqqani Network | 2
ISAF = NATO: International Security Assistance Force | 8
NATO troops = NATO: International Security Assistance Force | 8
Afghan National Army = Military Forces of Afghanistan (2004-2014) Afghan National Army | 1
# Afghanistan 2022-02-01
Taliban fighters = Military Forces of Afghanistan (2021-) | 1
National Resistance Front = NRF: National Resistance Front | 2
ISIS-K = ISKP: Islamic State Khorasan Province | 2
# Pakistan 2015-01-10
Pakistani Taliban = TTP: Tehreek-i-Taliban Pakistan | 2
Jamaat-ul-Ahrar = JuA: Jamaat-ul-Ahrar | 2
Baloch Liberation Army = BLA: Balochistan Liberation Army | 2
Lashkar-i-Jhangvi = LeJ: Lashkar-e-Jhangvi | 3
Frontier Corps = Military Forces of Pakistan (2013-2018) Frontier Corps | 1
Rangers = Military Forces of Pakistan (2013-2018) Rangers | 1
PTI workers = Civilians (Pakistan) | 7
# India 2016-02-01
Naxalites = CPI (Maoist): Communist Party of India (Maoist) | 2
CPI (Maoist) = CPI (Maoist): Communist Party of India (Maoist) | 2
CRPF = Police Forces of India (2014-) Central Reserve Police Force | 1
Hizbul Mujahideen = Hizbul Mujahideen | 2
NSCN-K = NSCN-K: National Socialist Council of Nagaland (Khaplang) | 2
ULFA-I = ULFA-I: United Liberation Front of Assam-Independent | 2
People's Liberation Army = PLA: People's Liberation Army (Manipur) | 2
BJP workers = Civilians (India) | 7
Bodo rebels = NDFB: National Democratic Front of Bodoland | 2
Kuki militants = Kuki-Zo Ethnic Militia (India) | 4
# India 1999-02-01
People's War Group = PWG: People's War Group | 2
# India 2010-02-01
People's War Group = CPI (Maoist): Communist Party of India (Maoist) | 2
# Sri Lanka 1988-12-01
LTTE = LTTE: Liberation Tigers of Tamil Eelam | 2
Tamil Tigers = LTTE: Liberation Tigers of Tamil Eelam | 2
Indian Peace Keeping Force = Military Forces of India Indian Peace Keeping Force | 8
JVP = JVP: People's Liberation Front | 2
# Nepal 2003-04-01
Maoists = CPN-M: Communist Party of Nepal (Maoist) | 2
# Bangladesh 2019-05-01
Rapid Action Battalion = Police Forces of Bangladesh (2009-2024) Rapid Action Battalion | 1
Awami League activists = Civilians (Bangladesh) | 7
# Myanmar 2022-03-01
Arakan Army = ULA/AA: United League of Arakan/Arakan Army | 2
KNLA = KNU/KNLA: Karen National Union/Karen National Liberation Army | 2
Kachin Independence Army = KIO/KIA: Kachin Independence Organization/Kachin Independence Army | 2
People's Defence Force = People's Defense Force (Myanmar) | 2
Pyusawhti = Pyu Saw Htee | 3
junta troops = Military Forces of Myanmar (2021-) | 1
Tatmadaw = Military Forces of Myanmar (2021-) | 1
Chinland Defence Force = CDF: Chinland Defense Force | 2
# Myanmar 2019-03-01
the army = Military Forces of Myanmar (2016-2021) | 1
# Indonesia 2001-05-01
Free Aceh Movement = GAM: Free Aceh Movement | 2
Gerakan Aceh Merdeka = GAM: Free Aceh Movement | 2
Laskar Jihad = Laskar Jihad | 4
Free Papua Movement = TPNPB: West Papua National Liberation Army | 2
# East Timor 1999-09-20
Aitarak militia = Aitarak | 3
pro-Indonesia militiamen = Pro-Indonesia Militia (East Timor) | 3
INTERFET = INTERFET: International Force East Timor (1999-2000) | 8
# Philippines 2000-05-01
MILF = MILF: Moro Islamic Liberation Front | 2
Abu Sayyaf Group = Abu Sayyaf | 2
NPA rebels = NPA: New People's Army | 2
# Philippines 1989-05-01
Alex Boncayao Brigade = ABB: Alex Boncayao Brigade | 2
Alsa Masa = Alsa Masa | 3
# Thailand 2010-01-01
Barisan Revolusi Nasional = BRN: National Revolutionary Front | 2
# Cambodia 1990-06-01
Khmer Rouge = PDK: Khmer Rouge | 2
# Nigeria 2015-01-05
Boko Haram = Boko Haram | 2
Civilian JTF = CJTF: Civilian Joint Task Force | 3
Fulani herdsmen = Fulani Ethnic Militia (Nigeria) | 4
MASSOB = MASSOB: Movement for the Actualization of the Sovereign State of Biafra | 3
Bakassi Boys = Bakassi Boys | 4
Black Axe = Black Axe | 3
# Nigeria 2022-01-05
ISWAP = ISWAP: Islamic State West Africa Province | 2
Boko Haram or ISWAP fighters = Boko Haram and/or ISWAP: Islamic State West Africa Province | 2
bandits = Unidentified Armed Group (Nigeria) | 3
Yan Sakai = Yan Sakai | 4
# Mali 2013-01-15
MUJAO = MUJAO: Movement for Unity and Jihad in West Africa | 2
Ansar Dine = Ansar Dine | 2
MNLA = MNLA: National Movement for the Liberation of Azawad | 2
French forces = Military Forces of France (2012-2017) | 8
# Mali 2019-01-15
Ansar Dine = JNIM: Group for Support of Islam and Muslims | 2
Katiba Macina = Katiba Macina | 2
MINUSMA = MINUSMA: United Nations Multidimensional Integrated Stabilization Mission in Mali (2013-2023) | 8
Dogon hunters = Dogon Ethnic Militia (Mali) | 4
# Burkina Faso 2023-05-01
VDP = VDP: Volunteers for the Defense of the Homeland | 3
soldiers = Military Forces of Burkina Faso (2022-) | 1
# Niger 2023-09-01
the military = Military Forces of Niger (2023-) | 1
# Ivory Coast 2003-01-01
New Forces rebels = FN: New Forces | 2
# Sierra Leone 1999-01-10
RUF = RUF: Revolutionary United Front | 2
Kamajors = Kamajors | 4
ECOMOG = ECOMOG: Economic Community of West African States Monitoring Group | 8
West Side Boys = West Side Boys | 3
# Liberia 1990-07-01
NPFL = NPFL: National Patriotic Front of Liberia | 2
National Patriotic Front of Liberia = NPFL: National Patriotic Front of Liberia | 2
# Democratic Republic of Congo 2012-11-20
M23 = M23: March 23 Movement | 2
FDLR = FDLR: Democratic Forces for the Liberation of Rwanda | 2
Raia Mutomboki militia = Raia Mutomboki | 4
Mai-Mai Yakutumba = Mayi Mayi Militia (Yakutumba) | 4
FARDC = Military Forces of the Democratic Republic of Congo (2001-2019) | 1
MONUSCO = MONUSCO: United Nations Organization Stabilization Mission in the Democratic Republic of Congo (2010-) | 8
Bukama Liberation Front = ? Bukama Liberation Front | 2
# Democratic Republic of Congo 2008-10-20
CNDP = CNDP: National Congress for the Defence of the People | 2
# Democratic Republic of Congo 1998-09-01
RCD rebels = RCD: Congolese Rally for Democracy | 2
# Rwanda 1994-05-01
Interahamwe = Interahamwe | 3
Rwandan Patriotic Front = RPF: Rwandan Patriotic Front | 2
# Burundi 2000-05-01
FNL = Palipehutu-FNL: Party for the Liberation of the Hutu People-National Liberation Forces | 2
# Uganda 2002-07-01
LRA = LRA: Lord's Resistance Army | 2
UPDF = Military Forces of Uganda (1986-) | 1
Karamojong warriors = Karamojong Ethnic Militia (Uganda) | 4
# Sudan 2004-08-01
Janjaweed = Janjaweed | 3
SLA = SLM/A: Sudan Liberation Movement/Army | 2
JEM = JEM: Justice and Equality Movement | 2
# Sudan 1995-08-01
SPLA = SPLA: Sudan People's Liberation Army | 2
# Sudan 2023-06-01
RSF = RSF: Rapid Support Forces | 2
Sudanese Armed Forces = Military Forces of Sudan (2019-) | 1
# South Sudan 2014-01-01
SPLA = Military Forces of South Sudan (2011-) | 1
SPLA-IO = SPLM-IO: Sudan People's Liberation Movement-in-Opposition | 2
White Army = White Army | 4
# Somalia 2012-08-01
al-Shabab = Al Shabaab | 2
AMISOM = AMISOM: African Union Mission in Somalia (2007-2022) | 8
Ahlu Sunna Waljama'a = ASWJ: Ahlu Sunna Wal Jamaa | 3
Kenyan troops = Military Forces of Kenya (2002-2013) | 8
Jubaland forces = Military Forces of Jubaland (2013-) | 1
# Somalia 2006-09-01
Islamic Courts Union = UIC: Islamic Courts Union | 2
# Ethiopia 2021-06-01
TPLF = TPLF: Tigray People's Liberation Front | 2
Shene = OLA: Oromo Liberation Army | 2
Eritrean troops = Military Forces of Eritrea (1993-) | 8
Gumuz militia = Gumuz Ethnic Militia (Ethiopia) | 4
# Angola 1992-11-01
UNITA rebels = UNITA: National Union for the Total Independence of Angola | 2
FLEC = FLEC: Front for the Liberation of the Enclave of Cabinda | 2
# Mozambique 2021-04-01
Al-Shabab in Mozambique = ISMP: Islamic State Mozambique | 2
Renamo Military Junta = Renamo Military Junta | 2
Dyck Advisory Group = DAG: Dyck Advisory Group | 8
# South Africa 1991-05-01
ANC supporters = Civilians (South Africa) | 7
Umkhonto we Sizwe = MK: Umkhonto we Sizwe | 2
# Zimbabwe 1985-05-01
Fifth Brigade = Military Forces of Zimbabwe (1980-2017) Fifth Brigade | 1
# Libya 2015-06-01
Libya Dawn = Libya Dawn | 3
Haftar's forces = Military Forces of Libya (2014-2016) Libyan National Army | 1
Zintan Brigades = Zintan Brigades | 3
# Libya 2011-05-01
Libyan rebels = National Transitional Council Forces | 2
forces loyal to Gaddafi = Military Forces of Libya (1969-2011) | 1
# Algeria 1996-05-01
GIA = GIA: Armed Islamic Group | 2
Groupe islamique armé = GIA: Armed Islamic Group | 2
# Algeria 2008-05-01
GSPC = AQIM: Al Qaeda in the Islamic Maghreb | 2
# Egypt 2013-08-14
Muslim Brotherhood supporters = Civilians (Egypt) | 7
security forces = Military Forces of Egypt (2013-2014) | 1
Ansar Beit al-Maqdis = ABM: Ansar Bayt al-Maqdis | 2
# Egypt 2016-08-14
Ansar Beit al-Maqdis = IS: Islamic State (Egypt) | 2
# Turkey 2016-03-01
Kurdistan Freedom Falcons = TAK: Kurdistan Freedom Falcons | 2
DHKP-C = DHKP-C: Revolutionary People's Liberation Party-Front | 2
village guards = Military Forces of Turkey (2002-2016) Village Guards | 1
# United Kingdom 1988-03-01
IRA = PIRA: Provisional Irish Republican Army | 2
Ulster Volunteer Force = UVF: Ulster Volunteer Force | 3
Royal Ulster Constabulary = Police Forces of the United Kingdom (1979-1990) Royal Ulster Constabulary | 1
# Spain 1987-06-01
ETA = ETA: Basque Fatherland and Liberty | 2
Euskadi Ta Askatasuna = ETA: Basque Fatherland and Liberty | 2
GRAPO = GRAPO: First of October Anti-Fascist Resistance Groups | 2
# Germany 1977-09-05
Red Army Faction = RAF: Red Army Faction | 2
Rote Armee Fraktion = RAF: Red Army Faction | 2
# Italy 1978-03-16
Red Brigades = BR: Red Brigades | 2
# Kosovo 1999-02-01
Kosovo Liberation Army = KLA: Kosovo Liberation Army | 2
# Bosnia and Herzegovina 1993-07-01
Bosnian Serb army = VRS: Army of Republika Srpska | 2
Croatian Defence Council = HVO: Croatian Defence Council | 2
UNPROFOR = UNPROFOR: United Nations Protection Force (1992-1995) | 8
# Russia 2000-02-01
Chechen rebels = ChRI: Chechen Republic of Ichkeria | 2
OMON = Police Forces of Russia (2000-) Special Purpose Mobile Unit | 1
# Ukraine 2015-01-20
Donetsk separatists = Donetsk People's Republic | 2
Right Sector = Right Sector | 3
Russian troops = Military Forces of Russia (2000-) | 8
# Georgia 1993-09-01
Abkhaz separatists = Military Forces of Abkhazia (1992-) | 1
# Japan 1995-03-20
Aum Supreme Truth = Aum Shinrikyo | 3
# Papua New Guinea 1996-02-01
Bougainville Revolutionary Army = BRA: Bougainville Revolutionary Army | 2
# Kenya 2014-07-01
Sabaot Land Defence Force = SLDF: Sabaot Land Defence Force | 4
Mungiki sect = Mungiki | 3
Kilifi Liberation Movement = ? Kilifi Liberation Movement | 2
the Talamat militia = ? Talamat Militia | 3
the Wayuk rebels = ? Wayuk | 2
Vanguard Martyrs Brigade = ? Vanguard Martyrs Brigade | 2
Front for the Salvation of Marsabit = ? Front for the Salvation of Marsabit | 2
Kwale Vigilantes = ? Kwale Vigilantes | 4
People's Army for the Liberation of Lamu = ? People's Army for the Liberation of Lamu | 2
Jaysh al-Nasiriyin = ? Jaysh al-Nasiriyin | 2
General Service Unit = Police Forces of Kenya (2013-2022) General Service Unit | 1
"""


class Spelling(NamedTuple):
    """One line of the table above, and where and when it is read."""

    words: str
    country: str
    day: dt.date
    name: str
    inter: int


def spellings() -> list[Spelling]:
    found: list[Spelling] = []
    country, day = "", dt.date.min
    for line in SPELLINGS.strip().splitlines():
        if line.startswith("# "):
            country, _, written = line[2:].rpartition(" ")
            day = dt.date.fromisoformat(written)
        else:
            words, _, rest = line.partition(" = ")
            name, _, inter = rest.rpartition(" | ")
            found.append(Spelling(words, country, day, name, int(inter)))
    return found


@pytest.mark.parametrize("given", spellings(), ids=lambda given: f"{given.words}, {given.country} {given.day.year}")
def test_spelling(given: Spelling) -> None:
    found = REGISTRY.resolve(given.words, country=given.country, day=given.day, is_armed=True)
    assert found is not None
    assert (found.name, found.inter) == (given.name.removeprefix("? "), given.inter)
    assert ("unregistered" in found.reasons) is given.name.startswith("? ")


def test_there_are_many() -> None:
    assert len(spellings()) >= 250
