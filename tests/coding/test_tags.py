"""Tags that the words of a report support (codebook 1.18)."""

import pytest


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("Militants abducted 20 schoolgirls in Hawija on Monday.", "women targeted: girls"),
        ("Gunmen shot dead the mayor of Hawija on Monday.", "local administrators"),
        ("Gunmen shot dead a woman mayor in Hawija on Monday.", "local administrators; women targeted: government officials"),
        ("Gunmen killed a women's rights activist in Hawija on Monday.",
         "women targeted: activists/human rights defenders/social leaders"),
        ("Gunmen killed a farmer in Hawija on Monday.", None),
        ("Police arrested the mayor of Hawija, a rebel leader, on Monday.", None),
        ("About 200 protesters marched in Basra on Monday.", "crowd size=about 200"),
    ],
)  # fmt: skip
def test_tags(code, text, tags):
    (report,) = code(text).reports
    assert report["tags"] == tags


def test_sexual_violence_within_another_event(code):
    (report,) = code("Soldiers and rebels clashed in Hawija on Monday. Rebels raped three women and burned houses.").reports
    assert report["sub_event_type"] == "Armed clash"
    assert report["tags"] == "sexual violence"


def test_every_label_has_its_words(resources):
    from pipeline.coding.tags import WOMEN

    names = {row.name for row in resources.lexicon.rows if row.kind == "cue"}
    assert {f"women={label}" for label in WOMEN} <= names
