"""Rules on texts: blanks, tags, notes, sources."""

from __future__ import annotations

from itertools import permutations

import pandas as pd

from pipeline.checking.check import ACLED, BOTH, EVENTS, in_row, is_true
from schemas.columns import LIST_OF_NAMES
from schemas.tables import TABLES
from schemas.taxonomy import SOURCE_SCALES

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_DATE = rf"\b0?(\d{{1,2}} (?:{'|'.join(_MONTHS)}) \d{{4}})\b"
_NUMBER_WORDS = (
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
_NUMBERS = {word: number for number, word in enumerate(_NUMBER_WORDS, 1)} | dict.fromkeys(("no", "none", "nobody"), 0)
_NUMBER = rf"(\b\d[\d,]*\b|\b(?:{'|'.join(_NUMBERS)})\b)"
_DEATH = r"(?:killed|killing|dead|died|deaths?|fatalit(?:y|ies))\b"
_DEATHS = rf"{_NUMBER}(?:\s+[^\s.;:\d]+){{0,3}}\s+{_DEATH}|\b{_DEATH}(?:\s+(?:of|was|were|toll|is|are|at))*:?\s+{_NUMBER}"
# Not left to the pattern of the column alone: it lets a semicolon begin a part, as in `a; ; b`.
_BAD_SEPARATOR = r"^;|;[^ ]|;$| ;|;  "
_SCALES = frozenset(SOURCE_SCALES) | {f"{one}-{other}" for one, other in permutations(SOURCE_SCALES, 2)}


@in_row(
    "text_not_trimmed",
    "hard",
    BOTH,
    "No text begins or ends with a blank, and none is empty: what is missing is null.",
    "{found} begins or ends with a blank, or is empty: remove the blank; leave a missing value null.",
)
def text_not_trimmed(frame: pd.DataFrame) -> pd.Series:
    """Rows with a text that is empty or has blanks at an end, with the column."""
    table = "reports" if "report_id" in frame.columns else "events"
    found = pd.Series(pd.NA, index=frame.index, dtype="string")
    for column in TABLES[table].columns:
        if column.type == "string":
            text = frame[column.name]
            wrong = is_true(text != text.str.strip()) | is_true(text == "")
            found = found.mask(wrong & found.isna(), column.name)
    return found


@in_row(
    "separator_malformed",
    "hard",
    BOTH,
    "The parts of a list are joined by exactly `; `, and none is empty.",
    "{found}: join the parts by one semicolon and one blank, and leave out empty ones.",
    source=ACLED,
)
def separator_malformed(frame: pd.DataFrame) -> pd.Series:
    """Rows with a list whose separators are others, with the list."""
    table = "reports" if "report_id" in frame.columns else "events"
    found = pd.Series(pd.NA, index=frame.index, dtype="string")
    for column in TABLES[table].columns:
        if column.pattern == LIST_OF_NAMES:
            wrong = is_true(frame[column.name].str.contains(_BAD_SEPARATOR, regex=True))
            found = found.mask(wrong & found.isna(), column.name + " is " + frame[column.name])
    return found


@in_row(
    "crowd_size_elsewhere",
    "hard",
    BOTH,
    "The tag `crowd size=` stands only on Protests and Riots.",
    "{event_type} with the tags {tags}: remove `crowd size=`, or correct the type.",
)
def crowd_size_elsewhere(frame: pd.DataFrame) -> pd.Series:
    """Rows with a crowd that are no demonstration or riot."""
    has_tag = is_true(frame["tags"].str.contains("crowd size=", regex=False))
    return has_tag & ~frame["event_type"].isin(["Protests", "Riots"])


@in_row(
    "crowd_size_missing",
    "soft",
    EVENTS,
    "Every Protests and Riots event has the tag `crowd size=`, with `no report` after it if none is given.",
    "{event_type} without the tag `crowd size=`: add the words of the report, or `crowd size=no report`.",
)
def crowd_size_missing(frame: pd.DataFrame) -> pd.Series:
    """Demonstrations and riots that do not tell how many took part."""
    has_tag = is_true(frame["tags"].str.contains("crowd size=", regex=False))
    return frame["event_type"].isin(["Protests", "Riots"]) & ~has_tag


@in_row(
    "source_scale_unknown",
    "hard",
    EVENTS,
    "source_scale is one scale, or two different ones joined by a hyphen.",
    f"source_scale is {{source_scale}}: take one or two of {', '.join(SOURCE_SCALES)}.",
    source=ACLED,
)
def source_scale_unknown(frame: pd.DataFrame) -> pd.Series:
    """Events with a scale that is none of the list."""
    return ~frame["source_scale"].isin(sorted(_SCALES))


@in_row(
    "notes_date_not_event_date",
    "soft",
    BOTH,
    "The first date in notes is event_date, written as `4 June 2018`.",
    "event_date is {event_date}, the first date in notes {found}: correct one of the two.",
)
def notes_date_not_event_date(frame: pd.DataFrame) -> pd.Series:
    """Rows whose notes begin with another day, or with none; with what they say."""
    dates = frame["event_date"]
    month = dates.dt.month.astype("Int64").map(dict(enumerate(_MONTHS, 1))).astype("string")
    expected = dates.dt.day.astype("string") + " " + month + " " + dates.dt.year.astype("string")
    told = frame["notes"].str.extract(_DATE, expand=False).astype("string").fillna("is missing")
    return told.where(frame["notes"].notna() & is_true(told != expected))


@in_row(
    "notes_precision_not_of_row",
    "soft",
    BOTH,
    "Notes begin with `On` where the day is known and with `Around` where it is not.",
    "time_precision is {time_precision}, but notes begin otherwise: write `On` for 1, `Around` for 2 and 3.",
)
def notes_precision_not_of_row(frame: pd.DataFrame) -> pd.Series:
    """Rows whose notes claim more or less than their precision of time."""
    on, around = (is_true(frame["notes"].str.startswith(f"{word} ")) for word in ("On", "Around"))
    exact = frame["time_precision"] == 1
    return exact & around | (frame["time_precision"] > 1) & on


@in_row(
    "notes_deaths_not_fatalities",
    "soft",
    BOTH,
    "A number of deaths in notes is fatalities.",
    "fatalities is {fatalities}, but notes speak of {found}: correct one of the two.",
)
def notes_deaths_not_fatalities(frame: pd.DataFrame) -> pd.Series:
    """Rows whose notes give deaths, none of them the number coded; with the first that they give."""
    groups = frame["notes"].str.lower().str.extractall(_DEATHS)
    words = groups[0].fillna(groups[1]).str.replace(",", "", regex=False)
    numbers = words.replace({word: str(number) for word, number in _NUMBERS.items()}).astype("Int64")
    rows = numbers.index.get_level_values(0)
    agrees = (numbers == frame["fatalities"].reindex(rows).set_axis(numbers.index)).groupby(level=0).any()
    first = numbers.groupby(level=0).first()
    return first[~agrees].astype("string").reindex(frame.index)
