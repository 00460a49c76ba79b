"""The words of English around the names of places."""

from __future__ import annotations

from pipeline.coding.place_words import PlaceWords
from pipeline.coding.word_sets import words

_UNIT_NOUNS = words("province governorate state region department county oblast prefecture division district intendancy")

ENGLISH_PLACES = PlaceWords(
    strictly_in=words("in at inside within"),
    direction=words("to from toward towards into"),
    near=words(
        "near around outside surrounding south north east west southeast southwest northeast northwest km kilometers "
        "kilometres miles slopes foot banks edge close above below southern northern eastern western outskirts vicinity"
    ),
    sites=words("market fair port base airport camp mine bridge outskirts suburbs centre center junction crossroads"),
    onto=words("into onto through across"),
    flight_to=words("to for toward towards into"),
    settlements=words(
        "town village hamlet municipality settlement city camp township commune locality suburb parish canton jurisdiction "
        "neighborhood neighbourhood district subdistrict quarter sector ward barrio borough barangay sitio"
    ),
    unit_nouns=_UNIT_NOUNS,
    units=_UNIT_NOUNS
    | words(
        "area part central northeastern "
        "northwestern southeastern southwestern restive remote rural coastal upper lower downtown residential exclusive small "
        "large largest second third commercial administrative entire whole populous poor wealthy main urban popular same other "
        "several nearby neighboring neighbouring densely populated capital historic old new big biggest"
    ),
    streets=words("street avenue boulevard streets avenues boulevards"),
    quarters=words("neighborhood neighbourhood district quarter sector ward barrio borough suburb"),
    districts=words("district sector ward"),
    before_names=words("barangay sitio barrio"),
    ways=words(
        "road highway motorway street avenue boulevard route railway pipeline river roads highways motorways streets avenues "
        "boulevards routes railways pipelines rivers"
    ),
    origins=words("based born backed bound bred trained installed appointed led controlled"),
    people_of=words(
        "resident residents native natives farmer farmers man woman people villagers inhabitants mayor governor prefect bishop "
        "archbishop minister chief commander head leader university bank youth youths refugees migrants traders sheikh emir "
        "citizen citizens journalist reporter spokesman spokeswoman administrator member members deputy"
    ),
    care=words("hospital hospitals clinic clinics court courts morgue mortuary prison jail courthouse"),
    care_prepositions=words("to at from in by before"),
    happening=frozenset(
        {
            ("took", "place"),
            ("takes", "place"),
            ("taken", "place"),
            ("taking", "place"),
            ("occurred",),
            ("happened",),
            ("unfolded",),
            ("is", "located"),
            ("are", "located"),
            ("was", "located"),
            ("located",),
        }
    ),
    here=frozenset({("here",), ("this", "city"), ("this", "capital"), ("this", "town"), ("the", "capital"), ("this", "village")}),
    governs=words(
        "gives give gave puts put speaks speak spoke denies deny denied accuses accuse accused blames blame blamed claims "
        "claim claimed insists insist insisted wants want wanted sees see saw views view viewed considers consider "
        "considered backs back backed supports support supported arms armed sends send sent condemns condemn condemned "
        "rejects reject rejected calls call called regards regard regarded recognises recognise recognised recognizes "
        "recognize recognized refuses refuse refused hopes hope hoped fears fear feared vows vow vowed has had is was will "
        "would must may might could should does did"
    ),
    governed=words(
        "discredit discredits discredited discrediting accuse accuses accused accusing blame blames blamed blaming urge "
        "urges urged urging warn warns warned warning condemn condemns condemned condemning pressure pressures pressured "
        "pressuring press presses pressed pressing back backs backed backing support supports supported supporting sanction "
        "sanctions sanctioned anger angers angered angering help helps helped helping isolate isolates isolated isolating "
        "tell tells told telling ask asks asked asking persuade persuades persuaded persuading embarrass embarrasses "
        "embarrassed embarrassing provoke provokes provoked provoking irk irks irked irking arm arms armed arming"
    ),
    guests=words(
        "embassy embassies consulate consulates mission ambassador ambassadors envoy envoys consul consuls diplomat diplomats "
        "tourist tourists expatriate expatriates missionary missionaries"
    ),
    borders=words("border borders frontier frontiers boundary crossing crossings"),
    not_places=words(
        "parliament congress senate ramadan eid christmas easter english arabic french spanish islam god twitter facebook "
        "telegram whatsapp instagram youtube google covid chief president minister general governor mayor judge justice king "
        "prince sheikh colonel captain major"
    ),
)
