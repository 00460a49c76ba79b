"""English words that tell who acts and who suffers."""

from __future__ import annotations

from pipeline.coding.role_words import RoleWords


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ENGLISH_ROLES = RoleWords(
    owners=_words("their its his her"),
    posts=_words(
        "unit units patrol patrols convoy convoys column vehicle vehicles truck camp base post position positions checkpoint"
    ),
    declaratives=_words("that"),
    dying=_words("died die dies dying perished perish succumbed"),
    running_into=_words("hit hits struck strikes drove ran stepped triggered touched"),
    mines=_words("mine mines landmine landmines ied ieds"),
    suffered=_words(
        "death dead killed wounded injured hurt abducted kidnapped murdered slain massacred beheaded martyred slaughtered"
    ),
    after_suffering=_words("in at near during on by when after as while outside inside . ; :"),
)
