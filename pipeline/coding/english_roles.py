"""English words that tell who acts and who suffers."""

from __future__ import annotations

from pipeline.coding.role_words import RoleWords
from pipeline.coding.word_sets import words

ENGLISH_ROLES = RoleWords(
    owners=words("their its his her"),
    posts=words(
        "unit units patrol patrols convoy convoys column vehicle vehicles truck camp base post position positions checkpoint"
    ),
    declaratives=words("that"),
    defending=words("repelled repel repels repelling repulsed repulse repulses repulsing withstood withstand fended warded"),
    dying=words("died die dies dying perished perish succumbed"),
    running_into=words("hit hits struck strikes drove ran stepped triggered touched"),
    mines=words("mine mines landmine landmines ied ieds"),
    suffered=words(
        "death dead killed wounded injured hurt abducted kidnapped murdered slain massacred beheaded martyred slaughtered"
    ),
    after_suffering=words("in at near during on by when after as while outside inside . ; :"),
)
