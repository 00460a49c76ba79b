"""The words of English."""

from __future__ import annotations

from pipeline.coding.english_people import ENGLISH_PEOPLE
from pipeline.coding.english_places import ENGLISH_PLACES
from pipeline.coding.english_roles import ENGLISH_ROLES
from pipeline.coding.english_times import (
    ANCHORED_DAYS,
    HOLIDAYS,
    RELATIVE_DAYS,
    RELATIVE_SPANS,
    TIME_UNITS,
    UNCODABLE_TIMES,
    VAGUE_TIMES,
)
from pipeline.coding.language import Language
from pipeline.coding.word_sets import words

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        ("monday mon", "tuesday tue tues", "wednesday wed", "thursday thu thur thurs", "friday fri", "saturday", "sunday")
    )
    for name in names.split()
}
_UNITS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
)
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth "
    "seventeenth eighteenth nineteenth twentieth"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"

ENGLISH = Language(
    code="en",
    weekdays=_WEEKDAYS,
    months=_MONTHS,
    numbers={
        **{word: value for value, word in enumerate(_UNITS.split(), 1)},
        **{word: value for value, word in zip(range(20, 100, 10), _TENS.split(), strict=True)},
    },
    multipliers={"hundred": 100, "thousand": 1000, "million": 1_000_000},
    # Codebook: few and several 3, many 10, tens and dozens and hundreds at the unit of the word.
    vague_numbers={
        "few": (3, 2, None),
        "several": (3, 2, None),
        "some": (3, 2, None),
        "multiple": (3, 2, None),
        "number": (3, 2, None),
        "many": (10, 3, None),
        "numerous": (10, 3, None),
        "tens": (10, 10, None),
        "dozens": (12, 12, None),
        "scores": (20, 20, None),
        "hundreds": (100, 100, None),
        "thousands": (1000, 1000, None),
    },
    abbreviations=words(
        "lt gen col maj brig sgt cpl capt cmdr adm mr mrs ms dr prof st sen rep gov hon rev fr pres msgr supt insp pvt vs "
        "messrs jr sr dept approx mt ft pfc gens cols e.g i.e"
    ),
    abbreviations_before_number=words("no nos art para pp vol ch sec fig rs") | frozenset(_MONTHS),
    openers=words(
        "the a an in on at it he she they we but and this that these those there his her their its after before when while "
        "however according also earlier later meanwhile since as i you if no some several two three police officials"
    ),
    be=words("be been being was were is are am get gets got getting"),
    present=words("is are am"),
    have_past=words("had"),
    by=words("by"),
    at=words(
        "in at near around outside inside from to of on into across through throughout within along toward towards against over"
    ),
    between=words("between"),
    conjunctions=words("and or & as"),
    clause_breaks=words("but while when after before as following amid because where which who although though whereas until"),
    aims=words("at into outside against onto near beside under hit struck targeting"),
    new_subject=words("when while where because until although though whereas"),
    articles=words("the a an its their his her this that these those"),
    relatives=words("that"),
    indefinite=words("a an another"),
    definite=words("the these those"),
    collectives={"dozen": 12, "score": 20, "couple": 2, "pair": 2, "duo": 2, "trio": 3},
    half=words("half"),
    one=words("a an"),
    of=words("of"),
    to=words("to - –"),
    vague_needing_article=words("number few"),
    qualifiers={
        **dict.fromkeys(
            (
                ("at", "least"),
                ("no", "fewer", "than"),
                ("no", "less", "than"),
                ("not", "less", "than"),
                ("more", "than"),
                ("over",),
            ),
            "at_least",
        ),
        **dict.fromkeys((("up", "to"), ("as", "many", "as"), ("at", "most")), "at_most"),
        **dict.fromkeys(
            (("about",), ("around",), ("nearly",), ("almost",), ("some",), ("approximately",), ("roughly",), ("an", "estimated")),
            "about",
        ),
    },
    or_more=frozenset({("or", "more")}),
    ambiguous_weekdays=words("sun sat"),
    before_month=words("on in last since until during of by early late mid"),
    month_parts={"early": -1, "mid": 0, "late": 1},
    month_part_nouns={"beginning": -1, "start": -1, "opening": -1, "middle": 0, "end": 1, "close": 1},
    ordinal_days={word: value for value, word in enumerate(_ORDINALS.split(), 1)},
    holidays=HOLIDAYS,
    week=words("week"),
    fortnight=words("fortnight"),
    weeks_back={"last week": 7, "the previous week": 7, "the week before": 7, "this week": 0, "the week before last": 14},
    overnight=words("overnight"),
    eve=words("eve"),
    into=words("into until through"),
    earlier=words("earlier before previously"),
    later=words("later afterwards afterward"),
    after_words=words("after following"),
    day_parts=words("morning afternoon evening night noon midnight at dawn"),
    day_prefixes=words("early late last"),
    last_words=words("last"),
    next_words=words("next coming"),
    relative_days=RELATIVE_DAYS,
    relative_spans=RELATIVE_SPANS,
    month_spans=frozenset(("earlier this month", "this month", "last month")),
    calendar_weeks=frozenset(
        ("last week", "this week", "earlier this week", "late last week", "last weekend", "the weekend", "this weekend")
    ),
    vague_times=VAGUE_TIMES,
    uncodable_times=UNCODABLE_TIMES,
    past_words=words("past last previous"),
    spanning=words("this past recent since over during between throughout so years months decades"),
    ago=words("ago"),
    time_units=TIME_UNITS,
    since=words("since"),
    active_endings=("ing",),
    participle_endings=("ed", "en", "slain"),
    participles=words("shot held hung caught kept sent brought burnt blown thrown torn struck hurt put led sold lost left made"),
    adverb_endings=("ly",),
    negations=words("not never also even still soon then again later ever only just"),
    befalling=words("took occurred happened carried committed perpetrated staged launched mounted conducted"),
    irregular_past=words(
        "began came went left met took gave broke rose fell ran stood made became got saw found held heard told said put set let "
        "led brought sent kept paid spoke wrote drew grew sat lost won sought fled"
    ),
    past_endings=("ed",),
    irregular_plurals=words("people men women children police personnel troops gunmen policemen servicemen civilians others"),
    plural_ending="s",
    singular_be=words("was is has"),
    finite_be=words("was were"),
    plural_be=words("were are have"),
    before_verbs=words("not n't never to cannot can could will would may might must shall should"),
    against=words("on against at of"),
    with_=words("with and"),
    not_people=words(
        "% $ percent per km kilometers kilometres kilometre miles mile meters metres hectares tons tonnes dollars euros pounds "
        "hours minutes years gmt am pm a.m p.m o'clock no article articles bombs shells rockets houses vehicles rounds attacks "
        "bullets vehicle trucks cars rifles weapons villages places grenades age aged "
        "shots animals chickens hens birds poultry pigs mules elephants lions crocodiles fish bees wildlife crops trees phones "
        "hopes lines batteries engines plants fields cattle sheep goats cows livestock dogs camels donkeys horses buffaloes mm"
    ),
    aged=words("boy girl man woman child youth teenager son daughter student mother father parent grandmother grandfather widow"),
    anchored_days=ANCHORED_DAYS,
    have_forms=words("has have had having"),
    words_like_acronyms=words("is us it who am"),
    nobody=words("nothing nobody none it them each off"),
    plural_selves=words("themselves their"),
    roles=ENGLISH_ROLES,
    people=ENGLISH_PEOPLE,
    places=ENGLISH_PLACES,
    complementizers=words("that how"),
    membership=words("of from in belonging loyal linked allied affiliated aligned sympathetic tied close to with"),
    groups=words("group groups organisation organization movement faction militia gang outfit network party force cell known as"),
    collectives_of_people=words(
        "group groups column columns band bands number unit units members member elements squad squads dozens hundreds scores "
        "thousands party team teams convoy crowd crowds gang gangs force forces wave waves patrol detachment detachments "
        "contingent handful remnants rest most some all one two three four five six seven eight nine ten dozen"
    ),
    hedges=words("alleged suspected presumed other more another some any all both nearly"),
    leaving=words(
        "withdrew withdraw withdrawn withdrawing withdraws pulled pulls pulling retreated retreat retreats retreating handed hands "
        "ceded evacuated abandoned abandons left leaves leaving vacated vacate quit quits gave relinquished surrendered withdrawal "
        "pullout handover retreat"
    ),
    onsets=words(
        "ambushed attacked stormed assaulted overran launched mounted carried began pressed advancing advanced pushed pushing "
        "thrust surged broke breached encircled encircling besieging laid tightened staged"
    ),
    said=words("said says that reported reports stated announced added told confirmed indicated"),
    selves=words("it its they their he to we our"),
    from_=words("from"),
    under=words("under"),
    pronouns=words("they it he she we who"),
    joins={("and",): "both", ("or",): "either", ("and", "/", "or"): "either", ("/",): "either"},
)
