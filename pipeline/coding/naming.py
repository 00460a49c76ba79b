"""Who is named together: an acronym after a name, fighters of a group, a description before a name are one actor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.coding.classes import ARMED, NONSTATE, STATES
from pipeline.coding.document import Document
from pipeline.resources.actors import ActorMention

PERSON = "generic:person"
"""Key of the row for people of whom nothing else is said: men, persons, individuals."""
_OWN = frozenset((PERSON, "generic:army", "generic:army-post", "generic:aircraft"))
"""Keys of words for people and things that are a group's own if its name stands before them."""
_OPENING, _CLOSING = frozenset("(["), frozenset(")]")
_QUOTES = frozenset("\"'“”‘’«»")
_LINKED_REACH = 4
"""Tokens between a name and another that tells whose it is."""
_LONGEST_LINK = 5
"""Tokens between fighters and the name of their group."""


def join_names(document: Document, actors: Sequence[ActorMention]) -> list[ActorMention]:
    """Actors of a text with those that are told in several words put together.

    `Islamic State (IS) militants`, `fighters of the outlawed PKK`, `RSF men` and `the rebel group M23` are each one actor, which
    the registry's name decides.
    """
    return _with_groups(document, _without_descriptions(document, _without_repeats(document.text, actors)))


def _without_descriptions(document: Document, actors: Sequence[ActorMention]) -> list[ActorMention]:
    """Actors without those that only tell whose another one is: `al-Qaeda-linked Shabaab`, `Shabaab, an al-Qaeda affiliate,`."""
    language, tokens = document.language, document.tokens
    kept: list[ActorMention] = []
    for number, actor in enumerate(actors):
        after = document.token_at(actor.end)
        following = tokens[after].word if after < len(tokens) else ""
        if actor.kind == "registry" and following.startswith("-") and number + 1 < len(actors):
            heir = actors[number + 1]
            if heir.kind == "registry" and document.token_at(heir.start) - after <= _LINKED_REACH:
                continue
        is_description = following in language.roles.kin and document.token_at(actor.start) > 0
        if actor.kind == "registry" and kept and kept[-1].kind == "registry" and is_description:
            words = document.words(kept[-1].end, actor.start)
            if len(words) <= _LINKED_REACH and words[:1] == [","]:
                continue
        kept.append(actor)
    return kept


def _without_repeats(text: str, actors: Sequence[ActorMention]) -> list[ActorMention]:
    """Actors without the acronym in brackets after a name, and without the fighters after that: `Islamic State (IS) militants`."""
    kept: list[ActorMention] = []
    bracket_end: int | None = None
    for actor in actors:
        if bracket_end is not None and text[bracket_end : actor.start].strip() in _CLOSING and _are_fighters(actor):
            bracket_end = None
            continue
        bracket_end = None
        gap = text[kept[-1].end : actor.start].strip() if kept else ""
        if gap in _OPENING and kept[-1].kind == "registry" and text[actor.end : actor.end + 1] in _CLOSING:
            bracket_end = actor.end
            # What follows the bracket follows the name.
            kept[-1] = replace(kept[-1], end=actor.end + 1)
            continue
        kept.append(actor)
    return kept


def _are_fighters(actor: ActorMention) -> bool:
    return actor.kind == "generic" and (actor.inter in ARMED or PERSON in actor.actor_ids)


def _with_groups(document: Document, actors: Sequence[ActorMention]) -> list[ActorMention]:
    """Actors with fighters and the group that they belong to made one."""
    kept: list[ActorMention] = []
    for actor in actors:
        kept.append(actor)
        # `the separatist terrorist organisation PKK` is joined from its end.
        while len(kept) > 1 and (joined := _joined(document, kept[-2], kept[-1])):
            kept[-2:] = [joined]
    return kept


def _joined(document: Document, first: ActorMention, second: ActorMention) -> ActorMention | None:
    """Two mentions as one if they name one actor: the name is that of the registry."""
    if document.token_at(second.start) - document.token_at(first.end) > _LONGEST_LINK:
        return None
    language = document.language
    words = [word for word in document.words(first.end, second.start) if word not in _QUOTES]
    if first.kind == "registry":
        # `RSF men`, but not `RSF, men`; `a rebel movement's artillery` and its checkpoints are no army's.
        is_own = _are_state(first, second) or (len(second.actor_ids) == 1 and second.actor_ids[0] in _OWN)
        is_member = second.kind == "generic" and not words and is_own
        return _span(document, first, second, first) if is_member and first.inter in ARMED else None
    if (
        _are_state(first, second)
        and not _nations(first)
        and _nations(second)
        and words
        and set(words) <= language.of | language.articles
    ):
        # `jets of the Turkish army`
        return _span(document, first, second, second)
    is_member = first.kind == "generic" and document.words(first.start, first.end)[-1] in language.roles.members
    if second.kind != "registry" or second.inter not in ARMED or not (_are_fighters(first) or is_member):
        return None
    if not words or all(word in language.groups for word in words):
        return _span(document, first, second, second) if {first.inter, second.inter} <= NONSTATE else None
    head = next((index for index, word in enumerate(words) if word not in language.membership), len(words))
    is_membership = words[0] in language.membership and all(
        word in language.articles | language.groups or word.endswith(language.participle_endings) for word in words[head:]
    )
    return _span(document, first, second, second) if is_membership else None


def _are_state(first: ActorMention, second: ActorMention) -> bool:
    return {first.inter, second.inter} <= STATES and second.kind == "generic"


def _nations(actor: ActorMention) -> list[str]:
    return [key for key in actor.actor_ids if key.startswith("country:")]


def _span(document: Document, first: ActorMention, second: ActorMention, named: ActorMention) -> ActorMention:
    return replace(named, start=first.start, end=second.end, phrase=document.text[first.start : second.end])
