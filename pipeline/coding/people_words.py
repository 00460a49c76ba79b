"""What one language calls people, and the small words of the lists that they stand in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PeopleWords:
    """Words of one language, lower case, as tokens.

    Attributes:
        plural_persons: Pronouns for several who were named before.
        single_persons: Words that stand for one person without a noun.
        pairs: Words that stand for two who were named before.
        own: Words before a noun that tell whose it is.
        possessives: Endings that do the same.
        kin: Nouns for the family, and other people that no ending shows.
        person_endings: Endings of nouns for a person or several.
        plural_person_endings: Endings that only nouns for several people have, also where all is in capitals.
        groups: Nouns after which `of` and a number count people.
        inside_nouns: Signs and small words within a noun.
        before_nouns: Adverbs that may stand between a verb and its people.
        before_gerunds: Prepositions before a verb form that has no subject.
        before_numbers: Words that may stand before a number of people and leave it as it is.
        list_joints: Words between the members of a list.
        accompanied: Words after a passive verb that add to those who suffered.
        relatives: Words that begin a clause on the noun before them.
        content_openers: Words that begin what is said.
        auxiliaries: Verbs before another verb, beside `be` and `have`.
        adverbs_of_time: Words for a time that are no part of a noun.
        adding: Words beside a verb of dying that add its dead to those told before.
        adding_people: Words before people that do the same.
        near_misses: Words before a verb of dying that say that nobody did.
        neutral_persons: Nouns that do not say on which side people stand.
        incident_nouns: Plurals of incidents and of the places that they happen at.
        aged_words: Words that tell the age, and no other person, after a comma.
        additive: Signs and words beside `and` that join two tolls of one sentence.
        assailants: Nouns for those who attack, whatever side they are on.
        ordinals: Words such as `third`, which tell how many there have been.
        unknown: Words before `number` that say that nobody knows it.
        wholes: Words before `the` and a number of which only some are told: `two are among the nine`.
        grievances: Words before a death that people protest against or mourn.
        blows: Verbs that kill where `to death` follows those whom they meet.
        dead: Words such as `dead`, which tell the same after the verbs of `shots`.
        shots: Forms of `shoot` and their like.
        costs: Forms of `cost`, between which and the dead stands whom they were lost by.
        death: The noun of these words.
        not_dying: Words after `fell` that say that somebody did not die.
        foes: Nouns that only the other side is called by.
        martyrdom: Words for a death by which people call that of their own side alone.
        officials: Words for those who speak for a state that fights.
        narrators: Possessives of those who tell of themselves.
        raising: Verbs that tell what a number comes to.
        up_to: Words between them and the number.
        estimating: Verbs by which somebody gives a number of his own beside that of others.
    """

    plural_persons: frozenset[str]
    single_persons: frozenset[str]
    pairs: frozenset[str]
    own: frozenset[str]
    possessives: frozenset[str]
    kin: frozenset[str]
    person_endings: tuple[str, ...]
    plural_person_endings: tuple[str, ...]
    groups: frozenset[str]
    inside_nouns: frozenset[str]
    before_nouns: frozenset[str]
    before_gerunds: frozenset[str]
    before_numbers: frozenset[str]
    list_joints: frozenset[tuple[str, ...]]
    accompanied: frozenset[tuple[str, ...]]
    relatives: frozenset[str]
    content_openers: frozenset[str]
    auxiliaries: frozenset[str]
    adverbs_of_time: frozenset[str]
    adding: frozenset[str]
    adding_people: frozenset[str]
    near_misses: frozenset[str]
    neutral_persons: frozenset[str]
    incident_nouns: frozenset[str]
    aged_words: frozenset[str]
    additive: frozenset[str]
    assailants: frozenset[str]
    ordinals: dict[str, int]
    unknown: frozenset[str]
    wholes: frozenset[str]
    grievances: frozenset[str]
    blows: frozenset[str]
    dead: frozenset[str]
    shots: frozenset[str]
    costs: frozenset[str]
    death: str
    not_dying: frozenset[str]
    foes: frozenset[str]
    martyrdom: frozenset[str]
    officials: frozenset[str]
    narrators: frozenset[str]
    raising: frozenset[str]
    up_to: frozenset[str]
    estimating: frozenset[str]
