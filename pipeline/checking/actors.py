"""Rules on actors: their classes, the interaction, which classes a type allows, and the grammar of names."""

from __future__ import annotations

import pandas as pd

from pipeline.checking.check import ACLED, BOTH, EVENTS, in_row, is_true
from schemas.taxonomy import ACTOR_CLASSES, INTERACTIONS

STATE, REBELS, POLITICAL, IDENTITY, RIOTERS, PROTESTERS, CIVILIANS, EXTERNAL = (ACTOR_CLASSES[code].label for code in range(1, 9))
ARMED = (STATE, REBELS, POLITICAL, IDENTITY, EXTERNAL)
_ARMED_TEXT = "state forces, rebels, militias or external forces"

_INTER = {each.label: each.inter for each in ACTOR_CLASSES.values()}
_LABEL_OF_CLASSES = {(each.inter1, each.inter2 or 0): each.label for each in INTERACTIONS.values()}
_NAME_COLUMNS = ("actor1", "actor2", "assoc_actor_1", "assoc_actor_2")

_YEARS = r"(?P<name>[^;]*\((?P<first>\d{4})-(?P<last>\d{4})?\)[^;]*)"
_STATE_FORCE = r"(?:Mutiny of )?(?:Military|Police) Forces\b"
_STATE_FORCE_FORM = r"(?:Mutiny of )?(?:Military|Police) Forces of .+ \([0-9]{4}-(?:[0-9]{4})?\)(?: .+)?"
_CLASSES_OF_FORMS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"Protesters \(", (PROTESTERS,)),
    (r"Rioters \(", (RIOTERS,)),
    (r"Civilians \(", (CIVILIANS,)),
    (r"(?:Mutiny of )?(?:Military|Police) Forces of ", (STATE, EXTERNAL)),
    (r"Unidentified (?:Armed Group|Gang) \(", (POLITICAL,)),
    (r"Unidentified (?:Communal|Ethnic|Tribal|Clan)\b.* Militia \(", (IDENTITY,)),
    (r"Private Security Forces \(", (EXTERNAL,)),
)


def _first(found: list[pd.Series]) -> pd.Series:
    """The first text that is not null in each row."""
    joined = found[0]
    for more in found[1:]:
        joined = joined.fillna(more)
    return joined


@in_row(
    "interaction_not_of_classes",
    "hard",
    BOTH,
    "interaction names the classes of actor1 and actor2 in class order, or `<class> only` where there is no actor2.",
    "interaction is {interaction}, inter1 {inter1} and inter2 {inter2}: correct the classes or the interaction.",
    source=ACLED,
)
def interaction_not_of_classes(frame: pd.DataFrame) -> pd.Series:
    """Rows whose interaction does not follow from inter1 and inter2."""
    first, second = frame["inter1"].map(_INTER).astype("Int64"), frame["inter2"].map(_INTER).astype("Int64").fillna(0)
    swapped = is_true((second > 0) & (second < first))
    low, high = first.mask(swapped, second), second.mask(swapped, first)
    codes = {smaller * 10 + larger: label for (smaller, larger), label in _LABEL_OF_CLASSES.items()}
    return frame["interaction"] != (low * 10 + high).map(codes)


@in_row(
    "actor2_without_class",
    "hard",
    EVENTS,
    "actor2 and inter2 are both given or both null.",
    "actor2 is {actor2}, inter2 {inter2}: give both or neither.",
    source=ACLED,
)
def actor2_without_class(frame: pd.DataFrame) -> pd.Series:
    """Events of which only one of actor2 and its class is given."""
    return frame["actor2"].isna() != frame["inter2"].isna()


@in_row(
    "battle_without_two_actors",
    "hard",
    EVENTS,
    "Battles have two actors.",
    "A Battle between {actor1} and {actor2}: name both sides, or correct the type.",
    source=ACLED,
)
def battle_without_two_actors(frame: pd.DataFrame) -> pd.Series:
    """Battles that lack an actor."""
    return (frame["event_type"] == "Battles") & (frame["actor1"].isna() | frame["actor2"].isna())


@in_row(
    "battle_of_unarmed",
    "hard",
    BOTH,
    f"Both sides of a Battle are {_ARMED_TEXT}.",
    "A Battle of {inter1} with {inter2}: crowds and civilians do not fight battles; correct the type or the class.",
    source=ACLED,
)
def battle_of_unarmed(frame: pd.DataFrame) -> pd.Series:
    """Battles in which a side is a crowd or civilians."""
    unarmed = [RIOTERS, PROTESTERS, CIVILIANS]
    return (frame["event_type"] == "Battles") & (frame["inter1"].isin(unarmed) | frame["inter2"].isin(unarmed))


@in_row(
    "violence_against_civilians_by_unarmed",
    "hard",
    BOTH,
    f"In Violence against civilians, actor1 are {_ARMED_TEXT}.",
    "Violence against civilians by {actor1} ({inter1}): a crowd's violence is a Riot; correct the type or the class.",
    source=ACLED,
)
def violence_against_civilians_by_unarmed(frame: pd.DataFrame) -> pd.Series:
    """Attacks on civilians whose perpetrator is no armed actor."""
    return (frame["event_type"] == "Violence against civilians") & frame["inter1"].notna() & ~frame["inter1"].isin(ARMED)


@in_row(
    "violence_against_civilians_without_civilians",
    "hard",
    EVENTS,
    "In Violence against civilians, actor2 are civilians.",
    "Violence against civilians whose actor2 is {actor2} ({inter2}): name the civilians as actor2, or correct the type.",
    source=ACLED,
)
def violence_against_civilians_without_civilians(frame: pd.DataFrame) -> pd.Series:
    """Attacks on civilians without civilians as their target."""
    return (frame["event_type"] == "Violence against civilians") & ~is_true(frame["inter2"] == CIVILIANS)


def _is_crowd(frame: pd.DataFrame, name: str, label: str) -> pd.Series:
    return is_true(frame["actor1"].str.startswith(f"{name} (")) & is_true(frame["inter1"] == label)


@in_row(
    "protest_without_protesters",
    "hard",
    EVENTS,
    "actor1 of a Protest is `Protesters (<country>)` of that class.",
    "A Protest whose actor1 is {actor1} ({inter1}): name the protesters first, or correct the type.",
)
def protest_without_protesters(frame: pd.DataFrame) -> pd.Series:
    """Protests of anybody else."""
    return (frame["event_type"] == "Protests") & ~_is_crowd(frame, "Protesters", PROTESTERS)


@in_row(
    "riot_without_rioters",
    "hard",
    EVENTS,
    "actor1 of a Riot is `Rioters (<country>)` of that class.",
    "A Riot whose actor1 is {actor1} ({inter1}): name the rioters first, or correct the type.",
)
def riot_without_rioters(frame: pd.DataFrame) -> pd.Series:
    """Riots of anybody else."""
    return (frame["event_type"] == "Riots") & ~_is_crowd(frame, "Rioters", RIOTERS)


@in_row(
    "remote_violence_by_unarmed",
    "hard",
    BOTH,
    f"In Explosions/Remote violence, actor1 are {_ARMED_TEXT}.",
    "Remote violence by {actor1} ({inter1}): correct the actor, its class or the type.",
)
def remote_violence_by_unarmed(frame: pd.DataFrame) -> pd.Series:
    """Remote violence of crowds or civilians."""
    return (frame["event_type"] == "Explosions/Remote violence") & frame["inter1"].notna() & ~frame["inter1"].isin(ARMED)


@in_row(
    "civilians_as_actor1",
    "hard",
    BOTH,
    "Civilians are actor1 only in Strategic developments.",
    "actor1 is {actor1} in an event of type {event_type}: name who acted first and the civilians as actor2.",
)
def civilians_as_actor1(frame: pd.DataFrame) -> pd.Series:
    """Rows in which civilians act, outside Strategic developments."""
    return (frame["inter1"] == CIVILIANS) & (frame["event_type"] != "Strategic developments")


@in_row(
    "actor_class_not_of_name",
    "hard",
    BOTH,
    "Names of a fixed form have the class of that form: `Protesters (`, `Rioters (`, `Civilians (`, state forces (at home or "
    "abroad), unidentified groups and private security.",
    "{found}: correct the name or the class.",
    source=ACLED,
)
def actor_class_not_of_name(frame: pd.DataFrame) -> pd.Series:
    """Names whose form belongs to another class than the one coded."""
    found = []
    for name, label in (("actor1", "inter1"), ("actor2", "inter2")):
        wrong = pd.Series(False, index=frame.index)
        for form, classes in _CLASSES_OF_FORMS:
            wrong |= is_true(frame[name].str.match(form)) & frame[label].notna() & ~frame[label].isin(classes)
        found.append((name + " " + frame[name] + " is coded as " + frame[label]).where(wrong))
    return _first(found)


@in_row(
    "state_force_name_malformed",
    "hard",
    BOTH,
    "State forces are named `Military Forces of X (YYYY-)` or `Police Forces of X (YYYY-YYYY)`; `Mutiny of` may stand before, "
    "a unit after it.",
    "{found} lacks the country or the years of the regime: write it as `Military Forces of X (YYYY-)`.",
    source=ACLED,
)
def state_force_name_malformed(frame: pd.DataFrame) -> pd.Series:
    """Names of state forces that do not have the form of one."""
    found = []
    for column in _NAME_COLUMNS:
        names = frame[column].str.split("; ").explode()
        wrong = is_true(names.str.match(_STATE_FORCE)) & ~is_true(names.str.fullmatch(_STATE_FORCE_FORM))
        bad = column + " " + names[wrong]
        found.append(bad[~bad.index.duplicated()].reindex(frame.index))
    return _first(found)


@in_row(
    "actor_years_not_of_event_date",
    "hard",
    BOTH,
    "Years in an actor's name cover the year of the event.",
    "{found} did not exist under that name on {event_date}: take the name of that time, or correct the date.",
    source=ACLED,
)
def actor_years_not_of_event_date(frame: pd.DataFrame) -> pd.Series:
    """Actors named by years that the event lies outside of."""
    year = frame["event_date"].dt.year.astype("Int64")
    found = []
    for column in _NAME_COLUMNS:
        names = frame[column].str.extractall(_YEARS).reset_index(level=1, drop=True)
        on = year.reindex(names.index)
        wrong = is_true(names["first"].astype("Int64") > on) | is_true(names["last"].astype("Int64") < on)
        bad = column + " " + names["name"][wrong].str.strip()
        found.append(bad[~bad.index.duplicated()].reindex(frame.index))
    return _first(found)


@in_row(
    "associates_not_sorted",
    "soft",
    BOTH,
    "Associated actors are sorted, and none is named twice.",
    "{found}: sort the names and drop repetitions.",
)
def associates_not_sorted(frame: pd.DataFrame) -> pd.Series:
    """Lists of associates out of order."""
    found = []
    for column in ("assoc_actor_1", "assoc_actor_2"):
        lists = frame[column][is_true(frame[column].str.contains("; ", regex=False))]
        wrong = pd.Series([_is_out_of_order(names.split("; ")) for names in lists], index=lists.index, dtype=bool)
        found.append((column + " is " + lists)[wrong].reindex(frame.index))
    return _first(found)


def _is_out_of_order(names: list[str]) -> bool:
    distinct = sorted(set(names))
    return names not in (distinct, sorted(distinct, key=str.casefold))
