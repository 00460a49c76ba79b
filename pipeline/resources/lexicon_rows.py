"""One row of the lexicon and a place in a text where a form of it stands."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from schemas.taxonomy import SUB_EVENT_TYPES

TESTS = ("needs", "not", "after", "before", "not_after", "not_before", "object", "text", "not_text", "two_of")
"""Conditions that ask for a cue."""
KINDS = ("cue", "gate", "attribution", "set")
"""What stands before the colon of a trigger that is no act."""


class Condition(NamedTuple):
    """One condition: its name and argument (empty for a flag)."""

    name: str
    argument: str


@dataclass(frozen=True)
class LexiconRow:
    """One row of the lexicon.

    Attributes:
        rule_id: Name of the rule, as it stands beside every value that it gives.
        trigger: What the forms are; see the module.
        forms: Words or phrases, folded.
        conditions: What must hold where a form occurs.
        sub_event_type: Type that the act proposes; None for cues, gates and attributions.
        weight: How sure the form is, from 0 to 1.
    """

    rule_id: str
    trigger: str
    forms: tuple[str, ...]
    conditions: tuple[Condition, ...]
    sub_event_type: str | None
    weight: float

    @cached_property
    def kind(self) -> str:
        """`cue`, `gate`, `attribution`, `set` or `act`."""
        head = self.trigger.partition(":")[0]
        return head if head in KINDS and ":" in self.trigger else "act"

    @cached_property
    def name(self) -> str:
        """The trigger without its kind: `planned` of `gate:planned`."""
        return self.trigger.partition(":")[2] if self.kind != "act" else self.trigger

    @cached_property
    def heading(self) -> str:
        """What its words are sought by in a text: the kind, of cues the whole trigger."""
        return self.trigger if self.kind == "cue" else self.kind

    @cached_property
    def tests(self) -> tuple[Condition, ...]:
        """Conditions that ask for a cue."""
        return tuple(condition for condition in self.conditions if condition.name in TESTS)

    @cached_property
    def _flags(self) -> frozenset[str]:
        return frozenset(name for name, argument in self.conditions if not argument)

    def has(self, flag: str) -> bool:
        """Whether a flag such as `generic` is set."""
        return flag in self._flags

    @cached_property
    def scope(self) -> str:
        """Where a gate or attribution reaches: before the trigger if nothing else is said."""
        return next((condition.argument for condition in self.conditions if condition.name == "scope"), "before")


class LexiconMatch(NamedTuple):
    """A form in a text, and the rows that have it: the one that asks for most cues first, then the one with most conditions."""

    start: int
    end: int
    rows: tuple[LexiconRow, ...]


def order_of(row: LexiconRow) -> tuple[int, int, int, str]:
    """Where a row stands among those of one form: those that ask for most cues first."""
    precedence = SUB_EVENT_TYPES[row.sub_event_type].precedence if row.sub_event_type else 0
    asked = sum(not condition.name.startswith("not") for condition in row.tests)
    return (-asked, -len(row.tests), precedence, row.rule_id)
