"""English words that tell who acts and who suffers."""

from __future__ import annotations

from pipeline.coding.role_words import RoleWords
from pipeline.coding.word_sets import words

ENGLISH_ROLES = RoleWords(
    owners=words("their its his her"),
    posts=words(
        "unit units patrol patrols convoy convoys column vehicle vehicles truck camp base post position positions checkpoint "
        "checkpoints outpost outposts car cars van vans bus jeep jeeps lorry lorries pickup motorcycle boat headquarters barracks"
    ),
    declaratives=words("that"),
    attackers=words(
        "attackers attacker assailants assailant gunmen gunman killers killer raiders raider perpetrators perpetrator bombers "
        "bomber kidnappers kidnapper abductors abductor captors captor assassins assassin hijackers ambushers men militants "
        "militant fighters insurgents terrorists extremists culprits murderers murderer aggressors assaulters invaders intruders"
    ),
    being=words("were was are is belong belongs belonged belonging hailed came identified described said believed called"),
    members=words("volunteer volunteers vigilante vigilantes recruit recruits youths supporters loyalists elements cadres"),
    sent=words("planted laid placed set detonated triggered thrown hurled lobbed tossed flung left buried hidden rigged sown"),
    assaulting=words(
        "ambush ambushed ambushes ambushing attack attacked attacks attacking assault assaulted assaults assaulting storm stormed "
        "storms storming raid raided raids raiding overrun overran overruns overrunning fired fires firing fell falls waylaid "
        "waylay besieged besieges besieging surprised surprises set sets setting pounced pounce charged struck strikes"
    ),
    stores=words(
        "depot depots dump dumps arsenal arsenals headquarters airbase airbases airfield airfields warship warships frigate "
        "frigates destroyer cruiser fleet tank radar radars launcher launchers armour armor hangar hangars "
        "barracks infantry unit units column columns battalion brigade regiment garrison"
    ),
    holding=words("hold holds held holding"),
    things=words(
        "blast blasts explosion explosions bomb bombs mine mines landmine landmines ied ieds device devices shell shells rocket "
        "rockets missile missiles grenade grenades mortar mortars drone drones strike strikes airstrike airstrikes "
        "gunfire bullet bullets projectile projectiles shelling shrapnel"
    ),
    bursting=words("exploded explode explodes exploding went goes going rocked rocks ripped tore"),
    laden=words("packed loaded laden filled rigged stuffed wired parked carrying containing exploded blew detonated"),
    kin=words("affiliate affiliates offshoot branch wing ally allies franchise splinter subsidiary proxy arm partner outgrowth"),
    origins=words(
        "positions position lines trenches batteries battery artillery guns gunners gunboats tanks jets planes warplanes aircraft "
        "helicopters mortars snipers troops forces soldiers fighters militia base bases post posts outpost outposts"
    ),
    defending=words("repelled repel repels repelling repulsed repulse repulses repulsing withstood withstand fended warded"),
    dying=words("died die dies dying perished perish succumbed"),
    running_into=words("hit hits struck strikes drove ran stepped triggered touched"),
    mines=words("mine mines landmine landmines ied ieds bomb bombs device devices explosive explosives booby-trap boobytrap"),
    suffered=words(
        "death dead killed wounded injured hurt abducted kidnapped murdered slain massacred beheaded martyred slaughtered"
    ),
    after_suffering=words("in at near during on by when after as while outside inside . ; :"),
)
