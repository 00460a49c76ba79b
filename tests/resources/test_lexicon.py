"""The lexicon: what is refused, what is found where, and that its digest moves with nothing but the forms in a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import SeedError
from pipeline.resources.lexicon import Lexicon, fold
from pipeline.resources.seeds import Seeds, shipped_seeds
from schemas.taxonomy import SUB_EVENT_TYPES


def row(rule_id="attack", trigger="attack", forms="attacked", conditions="", sub_event_type="Attack", weight="0.8"):
    return {
        "rule_id": rule_id,
        "trigger": trigger,
        "forms": forms,
        "conditions": conditions,
        "sub_event_type": sub_event_type,
        "weight": weight,
        "note": "",
    }


def cue(rule_id, name, forms):
    return row(rule_id, f"cue:{name}", forms, sub_event_type="", weight="")


@pytest.fixture(scope="module")
def shipped():
    return Lexicon.from_rows(Seeds((shipped_seeds(),)).rows("lexicon"))


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([row(sub_event_type="Ambush")], "attack: sub_event_type 'Ambush' is not in the taxonomy"),
        ([row(sub_event_type="")], "not in the taxonomy"),
        ([row(weight="much")], "weight 'much' is no number"),
        ([row(weight="1.5")], "not above 0 and at most 1"),
        ([row(forms=" ; ")], "must be given"),
        ([row(rule_id="")], r"\(no rule_id\): rule_id, trigger and forms must be given"),
        ([row(conditions="needs")], "condition 'needs' is unknown"),
        ([row(conditions="noun:yes")], "condition 'noun:yes' is unknown"),
        ([row(conditions="scope:everywhere")], "condition 'scope:everywhere' is unknown"),
        ([row(conditions="needs:weapon=air")], "no row is the cue 'weapon=air' that needs asks for"),
        ([row(conditions="text:weapon=air+x")], "no row is the cue 'weapon=air' that text asks for"),
        ([row(forms="@harm")], "no row is the set 'harm'"),
        ([row("a"), row("b")], "b: 'attacked' stands under the same conditions in a already"),
        ([row("a"), row("b", conditions="noun")], "stands under the same conditions"),
        ([row(forms="Attacked; attacked")], "stands under the same conditions"),
        ([row(trigger="cue:x")], "a cue has no sub_event_type"),
        ([row(trigger="attribution:perhaps", sub_event_type="")], "attribution 'perhaps' is none of"),
    ],
)
def test_refuses_what_is_wrong_and_names_the_rule(rows, message):
    with pytest.raises(SeedError, match=message):
        Lexicon.from_rows(rows)


def test_one_form_may_serve_several_rows_under_different_conditions():
    lexicon = Lexicon.from_rows([row("plain"), row("air", conditions="needs:weapon=air"), cue("jets", "weapon=air", "jets")])
    (match,) = lexicon.mentions("They attacked.")
    assert [each.rule_id for each in match.rows] == ["air", "plain"]


@pytest.mark.parametrize("text", ["They ATTACKED it", "they attacked\nit", "«Attacked»", "re-attacked"])
def test_finds_forms_in_any_case_between_word_borders(text):
    assert len(Lexicon.from_rows([row()]).mentions(text)) == 1


@pytest.mark.parametrize("text", ["counterattacked", "attackeds", "attacke d", ""])
def test_finds_no_part_of_a_word(text):
    assert Lexicon.from_rows([row()]).mentions(text) == []


def test_of_overlapping_forms_the_longest_stands():
    lexicon = Lexicon.from_rows([row("a", forms="attack"), row("b", "gate:metaphor", "heart attack", "scope:near", "", "")])
    assert [each.rows[0].rule_id for each in lexicon.mentions("a heart attack, an attack")] == ["b", "a"]


@pytest.mark.parametrize(("text", "cues"), [("It was bombed today", 1), ("It was not bombed", 1), ("the bombed out joke", 0)])
def test_a_cue_that_stands_everywhere_counts_within_the_form_of_an_act_but_not_of_a_gate(text, cues):
    joke = row("c", "gate:metaphor", "bombed out joke", "scope:near", "", "")
    lexicon = Lexicon.from_rows([row("a", forms="was bombed"), row("b", "cue:hurt", "bombed", "everywhere", "", ""), joke])
    assert sum(each.rows[0].rule_id == "b" for each in lexicon.mentions(text)) == cues


def test_a_row_takes_the_forms_of_the_sets_that_it_names():
    harm = row("s", "set:harm", "~wreck; bombed", "", "", "")
    lexicon = Lexicon.from_rows([row("a", forms="@harm; bombed; hit"), harm])
    assert {form for each in lexicon.rows if each.rule_id == "a" for form in each.forms} == {
        *("wreck", "wrecks", "wrecked", "wrecking"),
        *("bombed", "hit"),
    }
    assert [each.rows[0].rule_id for each in lexicon.mentions("It wrecked one and bombed two")] == ["a", "a"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("police officers", ["b", "a"]),
        ("police officers attacked", ["b", "a", "act"]),
        ("an air force base", ["c"]),
        ("a car bomb", ["d", "f"]),
    ],
)
def test_classes_of_words_stand_beside_each_other_but_within_nothing_that_hides(text, found):
    rows = [
        cue("a", "police", "police"),
        cue("b", "ranks", "police officers"),
        row("c", "cue:base", "air force base", "hides", "", ""),
    ]
    rows += [cue("d", "weapon=device", "car bomb"), cue("e", "weapon=shell", "bomb"), cue("f", "vehicle", "car"), row("act")]
    assert [each.rows[0].rule_id for each in Lexicon.from_rows([*rows, cue("g", "force", "air force")]).mentions(text)] == found


def test_only_a_brief_text_is_told_by_acts_that_are_brief():
    lexicon = Lexicon.from_rows(
        [row("a", forms="was taken"), row("b", forms="taken", conditions="brief; text:men"), cue("c", "men", "men")]
    )
    assert [[each.rule_id for each in match.rows] for match in lexicon.mentions("was taken, taken")] == [["a"]]
    assert [[each.rule_id for each in match.rows] for match in lexicon.brief_mentions("was taken, taken")] == [["b", "a"], ["b"]]


def test_a_longer_form_that_is_no_whole_word_hides_nothing():
    lexicon = Lexicon.from_rows([row("a", forms="air raid"), row("b", forms="air raid shelter")])
    assert [each.rows[0].rule_id for each in lexicon.mentions("an air raid sheltered them")] == ["a"]


def test_spaces_of_any_kind_join_the_words_of_a_form():
    lexicon = Lexicon.from_rows([row(forms="opened fire")])
    assert [(each.start, each.end) for each in lexicon.mentions("İ opened\u00a0fire")] == [(2, 13)]


@given(st.text(max_size=60))
def test_folding_keeps_every_offset(text):
    assert len(fold(text)) == len(text)


def test_digest_is_that_of_the_forms_that_occur():
    rows = [row("a"), row("b", forms="shelled; shelling")]
    before = Lexicon.from_rows(rows)
    with_more = Lexicon.from_rows([*rows, row("c", forms="bombed"), cue("d", "x", "jets")])
    changed = Lexicon.from_rows([row("a"), row("b", forms="shelled; shelling; under shellfire")])
    for text in ("They attacked.", "It was shelled.", "Nothing."):
        assert before.digest_of(text) == with_more.digest_of(text) == changed.digest_of(text)
    heavier = Lexicon.from_rows([row("a", weight="0.9"), rows[1]])
    assert before.digest_of("They attacked.") != heavier.digest_of("They attacked.")
    assert before.digest_of("It was shelled.") == heavier.digest_of("It was shelled.")
    assert before.digest_of("under shellfire") != changed.digest_of("under shellfire")


def test_digest_does_not_depend_on_the_order_of_rows(shipped):
    rows = Seeds((shipped_seeds(),)).rows("lexicon")
    text = "Gunmen attacked and killed people, then shelled the town and clashed with police."
    assert Lexicon.from_rows(reversed(rows)).mentions_and_digest(text) == shipped.mentions_and_digest(text)


def test_the_shipped_lexicon_can_propose_every_type(shipped):
    proposed = {each.sub_event_type for each in shipped.rows} - {None}
    assert proposed == set(SUB_EVENT_TYPES)


def test_shipped_forms_are_plain_words(shipped):
    odd = [form for each in shipped.rows for form in each.forms if set(form) & set("*+?[](){}|\\^$")]
    assert odd == []
