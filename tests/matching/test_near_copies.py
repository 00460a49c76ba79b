"""Near-copies: what an editor leaves of a text is found, what two reporters write of one incident is not."""

import datetime as dt
import hashlib
import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.matching import resemblance, signatures
from pipeline.matching.families import find_families
from pipeline.matching.signatures import read_sketches, sign_articles, words_of
from schemas.arrow import arrow_schema, rows_to_frame, to_arrow

DISPATCH = (
    "DOHUK, Iraq (Delta Wire) - Gunmen on two motorcycles opened fire on a checkpoint at the edge of Sumel late on Thursday, "
    "killing two guards and wounding a lorry driver, the mayor of the town said.\n\n"
    "The attackers came from the direction of the grain silos and rode off towards the river when soldiers at the next post "
    "fired flares. A search with dogs went on until the morning without result.\n\n"
    "It was the third attack of its kind since the harvest began. Farmers have asked for escorts on the road to the mill, and "
    "the provincial council is to talk about the matter next week. Nobody has said that they did it.\n\n"
    "The wounded man was taken to the teaching hospital in Dohuk, where a nurse described his state as stable."
)
HEADLESS = DISPATCH.partition(" - ")[2]
EDITED = (
    DISPATCH.replace("(Delta Wire) ", "")
    .replace("late on Thursday", "on Thursday night")
    .replace("the mayor of the town said", "according to the mayor")
    .replace("A search with dogs went on until the morning without result.", "")
    .replace("where a nurse described his state as stable", "where his state was said to be stable")
)
TRUNCATED = DISPATCH[: DISPATCH.index("It was the third")]
OTHER_REPORT = (
    "Two members of the security forces were shot dead at Sumel on Thursday evening when men on motorcycles attacked the "
    "checkpoint west of the town, residents told this newspaper.\n\n"
    "A man who was waiting in the queue of cars said that the shooting lasted less than a minute. One of the guards was a "
    "father of four from a village nearby. The driver of a lorry was hit in the shoulder.\n\n"
    "The governor visited the place on Friday and promised cameras along the road. Traders complained that the market had "
    "stayed empty, as it did after the earlier attacks of this summer, and blamed the shortage of soldiers."
)
FOOTER = (
    "This bulletin is compiled by the Northern Roads Desk from reports of its field staff and of partner organisations. "
    "Figures are provisional and may change. The desk takes no side in the conflict and names no victims. Readers who plan "
    "to travel are asked to register with the desk, to carry a radio, to keep to the main road in daylight and to report "
    "incidents by telephone. Copies may be shared as long as the desk is named."
)
FLASHES = (
    "A bomb under a bridge near Tuz damaged a fuel lorry on Monday; the driver jumped clear and nobody was hurt. ",
    "Armed men stopped a bus outside Baiji, took three students away and let the other passengers walk to the town. ",
    "Mortar rounds fell on an orchard at Yathrib after dusk, killing a watchman and setting a pump house on fire. ",
)


def family_of(corpus, *texts, **columns):
    """Relation of the last article and its similarity if it belongs to the first; None if it is its own original."""
    rows = [
        corpus.article(str(number), source=f"outlet-{number}", words=text, published_day=corpus.DAY + dt.timedelta(days=number))
        | {name: values[number] for name, values in columns.items()}
        for number, text in enumerate(texts)
    ]
    found = table(rows).set_index("article_id").loc[rows[-1]["article_id"]]
    return (found["relation"], found["similarity"]) if found["family_id"] == rows[0]["article_id"] else None


def table(rows):
    frame = rows_to_frame(rows, "articles")
    return find_families(frame.drop(columns=["title", "text"]), sign_articles(frame)["article_signatures"])


@pytest.mark.parametrize(
    "text",
    [
        DISPATCH.replace("(Delta Wire)", "(Omega)"),
        DISPATCH.replace("(Delta Wire) -", "\u2014"),
        "By Jane Doe\n" + DISPATCH,
        DISPATCH.upper(),
        DISPATCH.replace("\n\n", "\n").replace(" ", "  "),
        DISPATCH.replace(",", " \u2013"),
    ],
    ids=["other agency", "no agency", "byline", "capitals", "spacing", "punctuation"],
)
def test_the_same_words_are_a_copy(corpus, text) -> None:
    assert text != DISPATCH
    assert family_of(corpus, DISPATCH, text) == ("copy", 1.0)


def test_a_title_of_its_own_makes_no_other_text(corpus) -> None:
    assert family_of(corpus, DISPATCH, DISPATCH, title=["Two guards killed", "Shots at Sumel"]) == ("copy", 1.0)


@pytest.mark.parametrize(
    ("one", "two", "least"),
    [
        (DISPATCH, EDITED, 0.7),
        (EDITED, DISPATCH, 0.7),
        (DISPATCH, TRUNCATED, 0.95),
        (TRUNCATED, DISPATCH, 0.95),
        (DISPATCH, HEADLESS, 0.95),
        (DISPATCH, "Our readers ask what is known.\n\n" + DISPATCH + "\n\n" + FLASHES[0], 0.95),
    ],
    ids=["edited", "edited before", "truncated", "truncated before", "without the place", "enlarged"],
)
def test_what_an_editor_changed_is_edited(corpus, one, two, least) -> None:
    found = family_of(corpus, one, two)
    assert found is not None
    relation, similarity = found
    assert relation == "edited"
    assert least <= similarity <= 1.0


@pytest.mark.parametrize(
    "texts",
    [
        (DISPATCH, OTHER_REPORT),
        tuple(flash + FOOTER for flash in FLASHES[:2]),
        tuple(FOOTER + " " + flash for flash in FLASHES[:2]),
        ("KIRKUK - A bomb killed three people in a market.", "MOSUL - A bomb killed three people in a market."),
        ("Statement. " + FOOTER[:150], "Statement. " + FLASHES[0]),
        ("No text.", "No photograph."),
    ],
    ids=["two reporters", "news before the footer", "news after the header", "places differ", "short", "next to nothing"],
)
def test_what_two_wrote_is_no_family(corpus, texts) -> None:
    assert family_of(corpus, *texts) is None


@pytest.mark.parametrize(
    ("blocks", "kept", "is_family"),
    [(20, 8, True), (20, 7, True), (20, 6, False), (4, 8, False), (4, 10, True), (1, 9, False)],
)
def test_how_much_must_be_shared_depends_on_how_much_there_is(corpus, blocks, kept, is_family) -> None:
    # Of each ten words the first `kept` are the same: two less than that many runs of three.
    def text(name):
        return " ".join(f"w{at}" if at % 10 < kept else f"{name}{at}" for at in range(10 * blocks)) + f" {name}"

    assert (family_of(corpus, text("a"), text("b")) is not None) == is_family


def test_stock_phrases_do_not_count(corpus) -> None:
    # Woven into the news, sentence by sentence, the footer would make near-copies of any two bulletins.
    def bulletin(number):
        news = [f"item{number}x{word} happened at place{number}y{word}" for word in range(5)]
        return " ".join(f"{each}. {sentence}." for each, sentence in zip(news, FOOTER.split(". "), strict=True))

    assert family_of(corpus, bulletin(0), bulletin(1)) is not None
    assert family_of(corpus, *(bulletin(number) for number in range(resemblance.STOCK_DAYS + 2))) is None


def test_a_later_print_of_the_same_outlet_is_an_update_a_same_day_print_is_edited(corpus) -> None:
    for days, relation in ((1, "update"), (0, "edited")):
        rows = [
            corpus.article("1", words=DISPATCH),
            corpus.article("2", words=EDITED, published_day=corpus.DAY + dt.timedelta(days=days)),
            corpus.article("3", source="bbc", words=EDITED, published_day=corpus.DAY + dt.timedelta(days=days)),
        ]
        first, second, third = (row["article_id"] for row in rows)
        found = table(rows).set_index("article_id")
        assert set(found["family_id"]) == {first}
        # Of two with the same words the one with the smaller id is the first.
        assert found["relation"].to_dict() == {
            first: "original",
            second: relation if second < third else "copy",
            third: "edited" if third < second else "copy",
        }


def test_a_chain_of_small_changes_does_not_join_its_ends(corpus) -> None:
    words = [f"word{number}" for number in range(400)]
    texts = [" ".join(words[start : start + 200]) for start in range(0, 201, 25)]
    rows = [
        corpus.article(str(number), words=text, published_day=corpus.DAY + dt.timedelta(days=number))
        for number, text in enumerate(texts)
    ]
    found = table(rows).set_index("article_id").loc[[row["article_id"] for row in rows]]
    assert found["family_id"].iloc[1] == rows[0]["article_id"], "seven eighths are shared"
    assert found["family_id"].iloc[-1] != rows[0]["article_id"], "nothing is shared"
    near = found[found["family_id"] != found.index]
    assert (near["similarity"] >= resemblance.EDITED).all()


def test_links_join_what_has_few_words_in_common_and_say_how_few(corpus) -> None:
    rows = [corpus.article("1", words=DISPATCH), corpus.article("2", words=OTHER_REPORT, version_of="1")]
    found = table(rows).set_index("article_id").loc[rows[1]["article_id"]]
    assert (found["family_id"], found["relation"]) == (rows[0]["article_id"], "update")
    assert found["similarity"] < 0.2


def test_reports_of_an_edited_reprint_are_compared_and_count_as_one_source(corpus) -> None:
    articles = [corpus.article("1", source="bbc", words=DISPATCH), corpus.article("2", words=EDITED)]
    reports = [corpus.report(of, toll=2) for of in articles]
    tables = corpus.match(articles, reports)
    assert tables["pairs"]["reasons"].str.startswith("date:same").all() and len(tables["pairs"]) == 1
    assert corpus.only_event(tables)["n_sources"] == 1
    assert sorted(tables["event_reports"]["role"]) == ["copy", "primary"]


def test_the_toll_of_a_later_print_of_the_same_outlet_replaces_the_first(corpus) -> None:
    articles = [
        corpus.article("1", words=DISPATCH),
        corpus.article("2", words=EDITED, published_day=corpus.DAY + dt.timedelta(days=1)),
    ]
    event = corpus.only_event(corpus.match(articles, [corpus.report(articles[0], toll=2), corpus.report(articles[1], toll=3)]))
    assert (event["fatalities"], event["n_sources"], event["n_reports"]) == (3, 1, 2)


# -- signatures -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("KIRKUK, Iraq (Delta Wire) - Gunmen fired.", "kirkuk iraq gunmen fired"),
        ("(Delta Wire) Gunmen fired.", "gunmen fired"),
        ("By Jane Doe\nGunmen fired.", "gunmen fired"),
        ("Gunmen of the group (about thirty) fired.", "gunmen of the group about thirty fired"),
        ("\u66b4\u529b", "\u66b4 \u529b"),
        ("", ""),
    ],
)
def test_words_are_those_below_the_head_line(text, words) -> None:
    assert words_of(text) == words.split()


def signed(texts):
    rows = [
        {"article_id": f"art-{number:020x}", "text": text, "status": "ok", "source_id": "s", "source_name": "S", "language": "en",
         "content_hash": hashlib.sha256(text.encode()).hexdigest()}
        for number, text in enumerate(texts)
    ]  # fmt: skip
    return rows_to_frame(rows, "articles")


def exact_sketch(text):
    """The same by the book, one shingle at a time."""
    hashes = signatures._WordHashes()
    words = np.array([hashes[word] for word in words_of(text)], dtype=np.uint64)
    length = len(words) - 2
    found: dict[int, int] = {}
    for place in range(length):
        code = min(int(signatures._shingle_hashes(words[place : place + 3])[0]) >> 34, 2**30 - 2)
        found.setdefault(code, place * 4 // length)
    codes = [code << 2 | found[code] for code in sorted(found)][: signatures.SKETCH_SIZE]
    return [*codes, *[0xFFFFFFFF] * (signatures.SKETCH_SIZE - len(codes))], len(found)


TEXTS = ["", "one", "one two", "one two three", "a b c " * 90, DISPATCH, DISPATCH + OTHER_REPORT + FOOTER, FOOTER]


def test_a_signature_is_the_smallest_hashes_with_the_quarters_in_which_they_stand() -> None:
    frame = sign_articles(signed(TEXTS))["article_signatures"]
    sketches = read_sketches(frame["signature"], np.arange(len(TEXTS)))
    for text, row, size in zip(TEXTS, sketches, frame["n_shingles"], strict=True):
        assert (row.tolist(), size) == exact_sketch(text)
    assert frame["signature"].str.fullmatch(arrow_pattern()).all()
    assert to_arrow(frame, arrow_schema("article_signatures")).num_rows == len(TEXTS)
    assert frame["wording_hash"].isna().tolist() == [text == "" for text in TEXTS]


def arrow_pattern():
    from schemas.tables import TABLES

    return TABLES["article_signatures"].column("signature").pattern


def test_rows_that_are_missing_have_an_empty_sketch() -> None:
    frame = sign_articles(signed(TEXTS))["article_signatures"]
    whole = read_sketches(frame["signature"], np.arange(len(TEXTS)))
    picked = read_sketches(frame["signature"], np.array([5, -1, 3]))
    assert (picked[[0, 2]] == whole[[5, 3]]).all()
    assert (picked[1] == signatures.EMPTY).all()


def test_quarantined_articles_have_no_signature() -> None:
    frame = signed(TEXTS)
    frame.loc[0, "status"] = "quarantined"
    assert len(sign_articles(frame)["article_signatures"]) == len(TEXTS) - 1


@given(cuts=st.sets(st.integers(1, len(TEXTS) - 1)), batch=st.integers(1, 4), order=st.permutations(range(len(TEXTS))))
def test_a_signature_depends_on_its_text_alone(cuts, batch, order) -> None:
    frame = signed(TEXTS)
    whole = sign_articles(frame)["article_signatures"]
    shuffled = frame.iloc[list(order)]
    bounds = [0, *sorted(cuts), len(TEXTS)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(signatures, "_BATCH", batch)
        parts = [sign_articles(shuffled.iloc[start:stop])["article_signatures"] for start, stop in itertools.pairwise(bounds)]
    joined = pd.concat(parts).sort_values("article_id", ignore_index=True)
    pd.testing.assert_frame_equal(joined, whole)


# -- laws -------------------------------------------------------------------------------------------------------------------

SENTENCES = [sentence.strip() for text in (HEADLESS, OTHER_REPORT, FOOTER, *FLASHES) for sentence in text.split(". ")]
bodies = st.lists(st.sampled_from(SENTENCES), min_size=0, max_size=14).map(". ".join)


@settings(deadline=None)
@given(data=st.data())
def test_families_do_not_depend_on_order_or_slices_and_the_same_text_is_one(corpus, data) -> None:
    drawn = data.draw(st.lists(bodies, min_size=1, max_size=4))
    rows = [
        corpus.article(
            str(number),
            source=data.draw(st.sampled_from(["bbc", "rudaw"])),
            words=data.draw(st.sampled_from([*drawn, DISPATCH, EDITED, TRUNCATED])) or "-",
            published_day=data.draw(st.sampled_from([None, corpus.DAY, corpus.DAY + dt.timedelta(days=1)])),
            version_of=data.draw(st.sampled_from([None, None, None, "0", "1"])),
        )
        for number in range(8)
    ]
    found = table(rows)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(resemblance, "_SLICE", data.draw(st.sampled_from([200, 1000, 5000])))
        patch.setattr(signatures, "_BATCH", 3)
        again = table(data.draw(st.permutations(rows)))
    pd.testing.assert_frame_equal(found, again)
    by_id = found.set_index("article_id")
    texts = pd.Series({row["article_id"]: row["content_hash"] for row in rows})
    assert (by_id["family_id"].groupby(texts).nunique() == 1).all()
    assert set(by_id.index[by_id["relation"] == "original"]) == set(by_id["family_id"])
    assert (by_id.loc[by_id["relation"] == "original", "similarity"] == 1).all()


@given(data=st.data())
def test_shares_are_those_of_the_whole_texts_within_the_error_of_the_sample(data) -> None:
    shared = data.draw(st.integers(0, 300))
    one = [f"a{number}" for number in range(300 - shared)]
    common = [f"c{number}" for number in range(shared)]
    two = [f"b{number}" for number in range(300 - shared)]
    frame = sign_articles(signed([" ".join(common + one), " ".join(common + two)]))["article_signatures"]
    sketches = read_sketches(frame["signature"], np.arange(2))
    comparison = resemblance.Comparison(sketches, frame["n_shingles"].to_numpy(dtype=np.int64), np.zeros(0, dtype=np.uint32))
    found = comparison.compare(np.array([0]), np.array([1]))
    back = comparison.compare(np.array([1]), np.array([0]))
    assert found.share[0] == back.share[0] and found.is_verified[0] == back.is_verified[0]
    assert abs(found.share[0] - max(shared - 2, 0) / 298) < 5 * 0.5 / np.sqrt(96)
