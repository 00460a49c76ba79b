"""Spellings of places as the press writes them: each is found where the atlas has it, or not at all, and never in another country.

The points were written down before the gazetteer was asked.
"""

from __future__ import annotations

from math import cos, hypot, radians

import pytest

from pipeline.resources.bundle import Resources
from pipeline.resources.gazetteer import Place
from pipeline.resources.seeds import Seeds, shipped_seeds

GAZETTEER = Resources(Seeds((shipped_seeds(),))).gazetteer
NEAR_KM = 15

SPELLINGS = """
Iraq|Hawija;Al-Hawija;al Hawijah;Hawijah;Haweeja;El Hawija|35.32|43.77
Iraq|Daquq;Daqouq;Dakuk;Daqoq|35.14|44.45
Iraq|Makhmour;Makhmur;Makhmoor|35.78|43.58
Iraq|Tuz Khurmatu;Tuz Khormato;Tuz Khurmato;Tuz Khormatu;Tuzkhurmatu|34.88|44.63
Iraq|Altun Kupri;Altun Kopri;Altoun Kopri;Pirde|35.75|44.14
Iraq|Sinjar;Shingal;Shengal|36.32|41.87
Iraq|Tal Afar;Tel Afar;Telafar;Talafar|36.38|42.45
Iraq|Mosul;Al-Mawsil|36.34|43.13
Iraq|Sulaymaniyah;Sulaimaniya;Sulaymaniya;Slemani;Suleimaniyah|35.56|45.43
Iraq|Erbil;Arbil;Irbil;Hewler|36.19|44.01
Iraq|Fallujah;Falluja;Al-Fallujah|33.35|43.78
Iraq|Baqubah;Baquba;Ba'quba|33.75|44.64
Iraq|Khanaqin;Khanaqeen|34.35|45.39
Iraq|Jalawla;Jalula;Jalawla'|34.27|45.17
Iraq|Baiji;Bayji;Beiji|34.93|43.49
Iraq|Qayyarah;Qayara;Qayyara;Al-Qayyarah|35.80|43.29
Iraq|Nasiriyah;Nasiriya;Nassiriya;An Nasiriyah|31.05|46.26
Iraq|Basra;Basrah;Al-Basrah|30.51|47.78
Iraq|Abu Ghraib;Abu Ghurayb|33.31|44.18
Syria|Deir ez-Zor;Dayr az Zawr;Deir al-Zor;Deir Ezzor;Deir al-Zour|35.34|40.14
Syria|Raqqa;Ar-Raqqah;Raqqah;al-Raqqa|35.95|39.01
Syria|Idlib;Idleb|35.93|36.63
Syria|Hasakah;Al-Hasakah;Hassakeh;Hasaka;al-Hasaka|36.50|40.75
Syria|Qamishli;Kamishli;Al-Qamishli;Qamishly|37.05|41.23
Syria|Daraa;Deraa;Dar'a|32.62|36.10
Syria|Homs;Hims|34.73|36.71
Syria|Aleppo;Halab|36.20|37.16
Syria|Khan Sheikhoun;Khan Shaykhun;Khan Sheikhun|35.44|36.65
Syria|Manbij;Menbij|36.53|37.95
Syria|Kobani;Ayn al-Arab;Kobane|36.89|38.35
Syria|Maarat al-Numan;Maarrat al-Nu'man;Ma'arrat an Nu'man|35.65|36.68
Yemen|Sanaa;Sana'a;Sana|15.35|44.21
Yemen|Hodeidah;Hudaydah;Al Hudaydah;Hodeida;al-Hodeidah|14.80|42.95
Yemen|Taiz;Taizz;Ta'izz|13.58|44.02
Yemen|Marib;Ma'rib|15.46|45.33
Yemen|Saada;Sa'dah;Sadah|16.94|43.76
Yemen|Mukalla;Al Mukalla;al-Mukalla|14.54|49.12
Libya|Benghazi;Binghazi;Bengasi|32.12|20.07
Libya|Misrata;Misratah;Misurata|32.38|15.09
Libya|Derna;Darnah|32.76|22.64
Libya|Sirte;Surt|31.21|16.59
Libya|Sabha;Sebha|27.04|14.43
Lebanon|Tripoli;Tarabulus|34.43|35.84
Lebanon|Sidon;Saida|33.56|35.37
Lebanon|Tyre;Sour|33.27|35.20
Lebanon|Baalbek;Baalbeck|34.01|36.21
Palestine|Khan Younis;Khan Yunis;Khan Yunus|31.35|34.30
Palestine|Rafah|31.29|34.25
Palestine|Nablus;Nabulus|32.22|35.26
Palestine|Hebron;Al-Khalil|31.53|35.10
Palestine|Jenin;Janin|32.46|35.30
Palestine|Jabalia;Jabaliya;Jabalya|31.53|34.48
Egypt|El Arish;Al-Arish;Arish;el-Arish|31.13|33.80
Egypt|Sheikh Zuweid;Sheikh Zuwayed;Ash Shaykh Zuwayd|31.22|34.11
Egypt|Assiut;Asyut|27.18|31.18
Tunisia|Sidi Bouzid;Sidi Bou Zid|35.04|9.48
Tunisia|Kasserine;Al-Qasrayn|35.17|8.83
Algeria|Tizi Ouzou;Tizi-Ouzou|36.71|4.05
Algeria|Bejaia;Béjaïa;Bougie|36.75|5.08
Sudan|El Fasher;Al-Fashir;al-Fasher;El-Fashir|13.63|25.35
Sudan|El Geneina;Al-Junaynah;Geneina;al-Geneina|13.45|22.45
Sudan|Nyala|12.05|24.88
Sudan|Omdurman;Umm Durman|15.64|32.48
Sudan|El Obeid;Al-Ubayyid;al-Obeid|13.18|30.22
Sudan|Wad Madani;Wad Medani|14.40|33.52
South Sudan|Malakal|9.53|31.66
South Sudan|Bentiu|9.23|29.83
South Sudan|Juba|4.85|31.58
Somalia|Mogadishu;Muqdisho|2.04|45.34
Somalia|Kismayo;Kismaayo;Chisimayu|-0.36|42.54
Somalia|Baidoa;Baydhabo|3.11|43.65
Somalia|Beledweyne;Belet Weyne;Beletweyne|4.74|45.20
Somalia|Bosaso;Boosaaso;Bossaso|11.28|49.18
Somalia|Garowe;Garoowe|8.41|48.48
Ethiopia|Mekelle;Mek'ele;Mekele|13.50|39.47
Ethiopia|Addis Ababa;Addis Abeba|9.02|38.75
Ethiopia|Axum;Aksum|14.12|38.72
Ethiopia|Bahir Dar;Bahr Dar|11.60|37.38
Mali|Timbuktu;Tombouctou|16.77|-3.01
Mali|Gao|16.27|-0.04
Mali|Menaka;Ménaka|15.92|2.40
Mali|Segou;Ségou|13.44|-6.26
Burkina Faso|Djibo|14.10|-1.63
Burkina Faso|Ouahigouya|13.58|-2.42
Burkina Faso|Fada N'Gourma;Fada Ngourma|12.06|0.36
Niger|Diffa|13.32|12.61
Niger|Tillaberi;Tillabéri|14.21|1.45
Niger|Agadez|16.97|7.99
Nigeria|Maiduguri|11.85|13.16
Nigeria|Damaturu|11.75|11.96
Nigeria|Jos|9.93|8.89
Nigeria|Makurdi|7.73|8.54
Chad|N'Djamena;Ndjamena;N'djamena|12.11|15.04
Chad|Abeche;Abéché|13.83|20.83
Cameroon|Bamenda|5.96|10.15
Cameroon|Maroua|10.59|14.32
Central African Republic|Bambari|5.76|20.67
Central African Republic|Bangassou|4.74|22.82
Central African Republic|Ndele;Ndélé|8.41|20.65
Democratic Republic of Congo|Goma|-1.67|29.23
Democratic Republic of Congo|Bukavu|-2.51|28.86
Democratic Republic of Congo|Beni|0.49|29.47
Democratic Republic of Congo|Butembo|0.14|29.29
Mozambique|Mocimboa da Praia;Mocímboa da Praia|-11.35|40.35
Mozambique|Pemba|-12.97|40.52
Afghanistan|Kandahar;Qandahar|31.61|65.71
Afghanistan|Lashkar Gah;Lashkargah;Lashkar-Gah|31.59|64.36
Afghanistan|Mazar-i-Sharif;Mazar-e Sharif;Mazar-e-Sharif;Mazari Sharif|36.71|67.11
Afghanistan|Jalalabad;Jalal-abad|34.43|70.45
Afghanistan|Kunduz;Qunduz;Kundoz|36.73|68.86
Afghanistan|Pul-e Khumri;Pul-i-Khumri;Pol-e Khomri|35.94|68.71
Pakistan|Peshawar|34.01|71.57
Pakistan|Quetta|30.18|66.99
Pakistan|Dera Ismail Khan;D.I. Khan;D I Khan|31.83|70.90
Pakistan|Miranshah;Miram Shah;Miran Shah|33.00|70.07
India|Srinagar|34.09|74.80
India|Kolkata;Calcutta|22.57|88.36
India|Bengaluru;Bangalore|12.97|77.59
India|Imphal|24.81|93.94
Myanmar|Yangon;Rangoon|16.84|96.17
Myanmar|Sittwe;Akyab|20.14|92.90
Myanmar|Lashio|22.94|97.75
Myanmar|Myitkyina|25.38|97.40
Myanmar|Naypyidaw;Nay Pyi Taw;Naypyitaw|19.75|96.10
Sri Lanka|Jaffna;Yazhpanam|9.67|80.02
Sri Lanka|Batticaloa|7.72|81.70
Philippines|Marawi;Marawi City|8.00|124.29
Philippines|Jolo|6.05|121.00
Philippines|Cotabato City;Cotabato|7.22|124.25
Indonesia|Jayapura|-2.53|140.70
Indonesia|Banda Aceh|5.55|95.32
Thailand|Narathiwat|6.43|101.82
Thailand|Yala|6.54|101.28
Ukraine|Kyiv;Kiev;Kyyiv|50.45|30.52
Ukraine|Kharkiv;Kharkov|49.99|36.23
Ukraine|Bakhmut;Artemivsk;Artyomovsk|48.59|38.00
Ukraine|Zaporizhzhia;Zaporozhye;Zaporizhia;Zaporizhzhya|47.84|35.14
Ukraine|Odesa;Odessa|46.48|30.73
Ukraine|Mykolaiv;Nikolaev;Mykolayiv|46.97|32.00
Ukraine|Luhansk;Lugansk|48.57|39.31
Ukraine|Sievierodonetsk;Severodonetsk;Sievierodonets'k|48.95|38.49
Russia|Grozny;Groznyy|43.31|45.69
Russia|Makhachkala|42.98|47.50
Turkey|Diyarbakir;Diyarbakır;Diyarbekir|37.91|40.22
Turkey|Sirnak;Şırnak|37.52|42.46
Turkey|Nusaybin|37.07|41.22
Azerbaijan|Stepanakert;Khankendi;Xankendi|39.82|46.75
Azerbaijan|Shusha;Shushi|39.76|46.75
Colombia|Cali|3.44|-76.52
Colombia|Cucuta;Cúcuta|7.89|-72.50
Colombia|Tumaco|1.80|-78.76
Colombia|Medellin;Medellín|6.25|-75.57
Peru|Ayacucho;Huamanga|-13.16|-74.22
Peru|Cusco;Cuzco|-13.52|-71.97
Peru|Huanuco;Huánuco|-9.93|-76.24
El Salvador|Chalatenango|14.04|-88.94
El Salvador|San Miguel|13.48|-88.18
El Salvador|Usulutan;Usulután|13.35|-88.44
El Salvador|San Francisco Gotera|13.70|-88.10
Guatemala|Quetzaltenango;Xela|14.84|-91.52
Guatemala|Nebaj;Santa María Nebaj|15.41|-91.15
Honduras|Tegucigalpa|14.08|-87.21
Honduras|San Pedro Sula|15.50|-88.03
Nicaragua|Esteli;Estelí|13.09|-86.35
Nicaragua|Bluefields|12.01|-83.76
Mexico|Ciudad Juarez;Ciudad Juárez;Juárez|31.69|-106.42
Mexico|Culiacan;Culiacán|24.81|-107.39
Haiti|Port-au-Prince;Port au Prince|18.54|-72.34
Haiti|Gonaives;Gonaïves;Les Gonaives|19.45|-72.69
Iran|Zahedan|29.50|60.86
Iran|Sanandaj;Sinne|35.31|47.00
Iran|Mahabad|36.76|45.72
Kenya|Mandera|3.94|41.86
Kenya|Lamu|-2.27|40.90
Bangladesh|Cox's Bazar;Coxs Bazar|21.44|91.98
Bangladesh|Chittagong;Chattogram|22.34|91.83
"""
ROWS = [(name, row.split("|")) for row in SPELLINGS.split("\n") if row for name in row.split("|")[1].split(";")]
CASES = [(name, country, float(latitude), float(longitude)) for name, (country, _, latitude, longitude) in ROWS]

UNITS = """
Chalatenango department|El Salvador|admin1
Kirkuk province|Iraq|admin1
Salahaddin province|Iraq|admin1
Salah al-Din governorate|Iraq|admin1
Helmand province|Afghanistan|admin1
Cabo Delgado province|Mozambique|admin1
North Kivu province|Democratic Republic of Congo|admin1
Nord-Kivu|Democratic Republic of Congo|admin1
Borno State|Nigeria|admin1
Rakhine State|Myanmar|admin1
Donetsk region|Ukraine|admin1
Tigray region|Ethiopia|admin1
Mopti region|Mali|admin1
Antioquia department|Colombia|admin1
Sinaloa state|Mexico|admin1
Oregon|United States|admin1
British Columbia|Canada|admin1
"""


def kilometres(place: Place, latitude: float, longitude: float) -> float:
    assert place.latitude is not None and place.longitude is not None
    return 111.2 * hypot(place.latitude - latitude, (place.longitude - longitude) * cos(radians(latitude)))


def test_there_are_spellings_enough() -> None:
    assert len(CASES) >= 300
    assert len({country for _, country, _, _ in CASES}) >= 30


@pytest.mark.parametrize(("name", "country", "latitude", "longitude"), CASES)
@pytest.mark.parametrize("is_stated", [True, False], ids=["stated", "hinted"])
def test_a_spelling_is_found_where_it_is_or_not_at_all(
    name: str, country: str, latitude: float, longitude: float, is_stated: bool
) -> None:
    found = GAZETTEER.resolve(name, country=country) if is_stated else GAZETTEER.resolve(name, focus=(country,))
    if found is not None:
        assert found.place.country == country
        assert kilometres(found.place, latitude, longitude) <= NEAR_KM


def test_nearly_all_spellings_are_found() -> None:
    missing = [name for name, country, _, _ in CASES if GAZETTEER.resolve(name, country=country) is None]
    assert len(missing) <= 0.04 * len(CASES), missing


@pytest.mark.parametrize("row", [row.split("|") for row in UNITS.split("\n") if row], ids=lambda row: str(row[0]))
def test_units_are_found_as_units(row: list[str]) -> None:
    name, country, kind = row
    found = GAZETTEER.resolve(name, focus=(country,))
    assert found is not None
    assert (found.place.country, found.place.kind) == (country, kind)
