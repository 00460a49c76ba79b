"""The column `notes`, written from the coded values and from nothing else.

`On|Around D Month YYYY, <actor1> <did what to> <actor2> in <location> (<admin2>, <admin1>). <deaths>. <remarks>.` by codebook
1.17: strategic developments name their kind first, and the first date is event_date. No word comes from an article but the
names that were coded.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pipeline.matching.voters import Row

# Spelled out: strftime would follow the locale of whoever builds.
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True)
class Wording:
    """How notes tell a sub-event type.

    Attributes:
        did: What actor1 did.
        target: Added where there is a second actor, `{actor2}`.
        both: Said instead of the two where a second actor changes the sentence.
        after: A sentence on what came of it.
        kind: First words of a strategic development.
    """

    did: str
    target: str = ""
    both: str = ""
    after: str = ""
    kind: str = ""

    def tell(self, actor2: str | None) -> str:
        """What actor1 did, with the second actor if there is one."""
        if actor2 is None:
            return self.did
        return (self.both or f"{self.did} {self.target}").format(actor2=actor2)


WORDINGS: Final[dict[str, Wording]] = {
    "Violent demonstration": Wording("held a demonstration that turned violent", "towards {actor2}"),
    "Excessive force against protesters": Wording("demonstrated and met grave or lethal force", "from {actor2}"),
    "Protest with intervention": Wording("demonstrated and were dispersed or held back", "by {actor2}"),
    "Peaceful protest": Wording("demonstrated peacefully", both="and {actor2} demonstrated peacefully"),
    "Government regains territory": Wording("fought", "{actor2}", after="The government side regained the place."),
    "Non-state actor overtakes territory": Wording("fought", "{actor2}", after="The place was taken from those who held it."),
    "Armed clash": Wording("clashed with others", both="clashed with {actor2}"),
    "Chemical weapon": Wording("used a chemical weapon", "against {actor2}"),
    "Air/drone strike": Wording("carried out an air or drone strike", "on {actor2}"),
    "Suicide bomb": Wording("carried out a suicide bombing", "against {actor2}"),
    "Shelling/artillery/missile attack": Wording("fired artillery, rockets or missiles", "at {actor2}"),
    "Remote explosive/landmine/IED": Wording("laid a mine or device that exploded", "and hit {actor2}"),
    "Grenade": Wording("threw a grenade", "at {actor2}"),
    "Sexual violence": Wording("committed sexual violence", "against {actor2}"),
    "Attack": Wording("attacked people", both="attacked {actor2}"),
    "Abduction/forced disappearance": Wording("took people away by force", both="took {actor2} away by force"),
    "Mob violence": Wording("used mob violence", "against {actor2}"),
    "Agreement": Wording("came to an agreement", "with {actor2}", kind="Agreement"),
    "Arrests": Wording("made arrests", both="arrested {actor2}", kind="Arrests"),
    "Change to group/activity": Wording(
        "formed, moved or changed forces", "with regard to {actor2}", kind="Change to group or activity"
    ),
    "Disrupted weapons use": Wording(
        "kept a weapon from its use", both="kept a weapon of {actor2} from its use", kind="Disrupted weapons use"
    ),
    "Headquarters or base established": Wording("set up a base", "with regard to {actor2}", kind="Base established"),
    "Looting/property destruction": Wording("looted or destroyed property", "of {actor2}", kind="Looting or property destruction"),
    "Non-violent transfer of territory": Wording(
        "took part in a change of control without a fight",
        both="took control from {actor2} without a fight",
        kind="Non-violent transfer of territory",
    ),
    "Other": Wording("were part of a pivotal event", both="and {actor2} were part of a pivotal event", kind="Other development"),
}
"""One wording for each of the 25 sub-event types."""


def write_notes(event: Row) -> str:
    """The notes of an event.

    Args:
        event: Its values; sub_event_type, date, actors, place, toll and is_retrospective are used.
    """
    wording = WORDINGS[event["sub_event_type"]]
    when = f"{'On' if event['time_precision'] == 1 else 'Around'} {_day(event['event_date'])}"
    opening = f"{wording.kind}: {when}" if wording.kind else when
    first = f"{opening}, {event['actor1']} {wording.tell(event['actor2'])} in {_where(event)}."
    return " ".join([first, *filter(None, [wording.after]), _deaths(event["fatalities"]), *_remarks(event)])


def _day(day: dt.date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _where(event: Row) -> str:
    units = [event["admin2"], event["admin1"]]
    named = list(dict.fromkeys(unit for unit in units if unit is not None and unit != event["location"]))
    return f"{event['location']} ({', '.join(named)})" if named else str(event["location"])


def _deaths(fatalities: int) -> str:
    if fatalities == 0:
        return "No fatalities were reported."
    return f"{fatalities} {'person was' if fatalities == 1 else 'people were'} reported killed."


def _remarks(event: Row) -> Iterator[str]:
    if event["fatalities_basis"] == "shared_total":
        yield "Coding: share of a total over several places or days."
    if event["fatalities_basis"] == "word_estimate":
        yield "Coding: number of dead estimated from words."
    if event["time_precision"] == 2:
        yield "Coding: day known to about a week."
    if event["time_precision"] == 3:
        yield "Coding: only the month known."
    if event["geo_precision"] == 2:
        yield "Coding: place stands for its surroundings."
    if event["geo_precision"] == 3:
        yield "Coding: point stands for a large area."
    if event["is_retrospective"]:
        yield "Coding: told in retrospect only."
