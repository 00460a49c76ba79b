"""The English words for people and the lists that they stand in."""

from __future__ import annotations

from pipeline.coding.people_words import PeopleWords
from pipeline.coding.word_sets import words

_ORDINALS = "second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"

ENGLISH_PEOPLE = PeopleWords(
    plural_persons=words("them they"),
    single_persons=words("he she him her himself herself another someone somebody"),
    pairs=words("both"),
    own=words("his her their its"),
    possessives=words("'s ’s '"),
    kin=words(
        "wife wives husband husbands son sons daughter daughters brother brothers sister sisters uncle aunt cousin cousins nephew "
        "niece child children baby babies infant infants toddler man men woman women boy boys girl girls people person persons "
        "newborn newborns orphan orphans bride brides groom grooms monk monks nun nuns clerk clerks cop cops chef chefs imam imams "
        "sheikh sheikhs sheik cleric clerics pilgrim pilgrims refugee refugees migrant migrants nomad nomads tribesman herdsman "
        "medic medics vet recruit recruits conscript conscripts cadet cadets captain captains colonel colonels general generals "
        "sergeant sergeants lieutenant lieutenants major majors corporal corporals king queen prince princess pope deacon "
        "rabbi rabbis hostage hostages captive captives inmate inmates convict convicts suspect suspects thug thugs rebel rebels "
        "militant militants insurgent insurgents combatant combatants commando commandos marine marines pilot pilots crew athlete "
        "athletes mason masons smith youth youths elder elders martyr martyrs victim victims patient patients resident residents "
        "peasant peasants servant servants assistant assistants accountant merchant merchants journalist journalists minor minors "
        "adult adults hero heroes deputy deputies vendor vendors twin twins "
        "enemy enemies comrade comrades "
        "guest guests nurse nurses maid maids cook friend friends relative relatives police chief chiefs guard guards guide guides "
        "spy spies colleague colleagues aide aides mayor judge judges priest priests student students civilian civilians"
    ),
    person_endings=(
        "er",
        "ers",
        "or",
        "ors",
        "ist",
        "ists",
        "man",
        "men",
        "woman",
        "women",
        "ian",
        "ians",
        "ee",
        "ees",
        "boy",
        "boys",
        "girl",
        "girls",
        "ager",
        "agers",
    ),
    plural_person_endings=("ers", "ors", "ists", "ants", "ents", "ians", "ees", "men", "boys", "girls", "aries"),
    groups=words("group groups family families team band convoy crowd total squad gang party crew patrol unit"),
    inside_nouns=words("- 's"),
    before_nouns=words(
        "also alone even then only just reportedly allegedly apparently later subsequently either instantly immediately all "
        "brutally each mostly mainly together mysteriously already eventually too not meanwhile however moreover furthermore "
        "elsewhere earlier finally separately nevertheless thus again"
    ),
    before_gerunds=words("for by of in after before without with from about on to"),
    before_numbers=words("another other all some only a an estimated further additional"),
    list_joints=frozenset(
        {
            ("and",),
            ("&",),
            ("plus",),
            ("and", "also"),
            ("and", "of"),
            ("and", "that", "of"),
            ("as", "well", "as"),
            ("along", "with"),
            ("together", "with"),
            ("besides",),
            ("and", "then"),
            ("then",),
        }
    ),
    accompanied=frozenset(
        {
            ("along", "with"),
            ("together", "with"),
            ("as", "well", "as"),
            ("in", "addition", "to"),
            ("as", "were"),
            ("as", "was"),
            ("as", "did"),
            ("so", "were"),
            ("so", "was"),
            ("so", "did"),
        }
    ),
    relatives=words("who whom whose which that"),
    content_openers=words("if whether how"),
    auxiliaries=words("can cannot could would will may might must should shall did does do"),
    adverbs_of_time=words(
        "today yesterday tonight tomorrow early late morning afternoon evening night midnight noon dawn last next "
        "instantly immediately"
    ),
    adding=words("also too later subsequently"),
    adding_people=words("another other others more further additional"),
    near_misses=words("almost nearly narrowly"),
    neutral_persons=words("people persons person men man others other victims individuals"),
    incident_nouns=words(
        "attacks bombings incidents clashes explosions blasts shootings raids ambushes strikes airstrikes assaults battles "
        "places towns townships villages cities provinces districts departments locations areas hamlets"
    ),
    aged_words=words("aged age"),
    additive=words("; while"),
    assailants=words(
        "attackers attacker assailants assailant raiders raider gunmen gunman bombers terrorists terrorist militants militant "
        "insurgents insurgent bandits bandit"
    ),
    ordinals={word: value for value, word in enumerate(_ORDINALS.split(), 2)},
    unknown=words("unknown undetermined unspecified unconfirmed undisclosed"),
    wholes=words("among of"),
    grievances=words("over against about protesting protest mourn mourning mourned condemn condemned condemning avenge avenging"),
    blows=words(
        "stab stabs stabbed stabbing hack hacks hacked hacking beat beats beaten beating club clubs clubbed clubbing bludgeon "
        "bludgeons bludgeoned bludgeoning kick kicks kicked kicking stone stones stoned stoning burn burns burned burnt burning "
        "shoot shoots shot shooting torture tortures tortured torturing crush crushes crushed crushing trample tramples trampled "
        "trampling batter batters battered battering choke chokes choked choking knife knifes knifed knifing whip whips whipped "
        "whipping "
        "machete machetes macheted spear spears speared bayonet bayonets bayoneted "
        "pummel pummeled flog flogs flogged flogging starve starves starved starving"
    ),
    dead=words("dead"),
    shots=words("shoot shoots shot shooting strike strikes struck"),
    costs=words("cost costs costing"),
    death="death",
    not_dying=words(
        "back from off out into to ill sick silent short apart asleep under over behind upon down through unconscious foul for "
        "away onto"
    ),
    foes=words("enemy enemies"),
    martyrdom=words("martyred martyrdom martyr martyrs"),
    officials=words(
        "army military ministry government governor governorate police gendarmerie command brigade battalion division security "
        "interior defence defense state official officials general colonel commander chief spokesman"
    ),
    narrators=words("my"),
    raising=words(
        "bring brings brought bringing raise raises raised raising take takes took taking push pushes pushed pushing lift lifts "
        "lifted lifting increase increases increased increasing"
    ),
    up_to=words("to"),
    estimating=words("put puts putting gave gives giving speak speaks spoke"),
)
