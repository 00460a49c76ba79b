import pytest

from pipeline.resources.verb_forms import inflections, written_out


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("torch", "torch torches torched torching"),
        ("seize", "seize seizes seized seizing"),
        ("carry", "carry carries carried carrying"),
        ("stop", "stop stops stopped stopping"),
        ("kidnap", "kidnap kidnaps kidnapped kidnapping"),
        ("throw", "throw throws threw thrown throwing"),
        ("burn", "burn burns burned burnt burning"),
    ],
)
def test_inflections(verb, forms):
    assert inflections(verb) == tuple(forms.split())


def test_a_short_form_stands_for_every_alternative():
    assert written_out("~set fire to homes/shops") == tuple(
        f"{verb} fire to {what}" for verb in ("set", "sets", "setting") for what in ("homes", "shops")
    )


def test_a_form_without_signs_stands_for_itself():
    assert written_out("opened fire") == ("opened fire",)


@pytest.mark.parametrize("form", ["a//b", "~hit a/b/c/d/e/f/g/h/i/j a/b/c/d/e/f/g/h/i/j a/b"])
def test_a_short_form_that_says_nothing_or_too_much_is_refused(form):
    with pytest.raises(ValueError, match=r"empty alternative|more than"):
        written_out(form)
