"""What the coder makes of titles: they give what a text lacks, and never a second report."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.coding.document import Document, join_title
from pipeline.coding.english import ENGLISH

LONG = "The governor spoke to reporters. " * 5


def test_title_tells_what_a_brief_text_does_not(code):
    coding = code("The office of the mayor closed its doors for the day.", title="Gunman kills six farmers in Hawija")
    (report,) = coding.reports
    assert (report["sub_event_type"], report["fatalities"], report["location_mention"]) == ("Attack", 6, "Hawija")
    evidence = {(row["field"], row["part"], row["start"]) for row in coding.evidence}
    assert ("sub_event_type", "title", 7) in evidence
    assert ("location", "title", 28) in evidence


def test_a_report_of_the_title_alone_is_anchored_in_the_text(code):
    text = "The office of the mayor closed its doors. Schools were shut too."
    (report,) = code(text, title="Gunman kills six farmers in Hawija").reports
    assert text[report["anchor_start"] : report["anchor_end"]] == "The office of the mayor closed its doors."


def test_title_gives_what_the_text_lacks(code):
    coding = code("Gunmen attacked a convoy of farmers on Tuesday.", title="Gunman kills six farmers in Hawija")
    (report,) = coding.reports
    assert (report["fatalities"], report["location_mention"]) == (6, "Hawija")
    assert report["anchor_start"] == 0


def test_what_the_text_says_goes_before_its_title(code):
    coding = code("Gunmen killed four farmers in Daquq on Tuesday.", title="Gunman kills six farmers in Hawija")
    assert [(each["fatalities"], each["location_mention"]) for each in coding.reports] == [(4, "Daquq")]


def test_title_makes_no_second_report(code):
    coding = code("Gunmen killed four farmers in Daquq on Tuesday.", title="Protest in Basra over salaries")
    assert len(coding.reports) == 1
    assert ("headline", "title") in {(row["gate"], row["part"]) for row in coding.rejected}


def test_title_over_a_long_text_that_tells_nothing_is_no_report(code):
    assert not code(LONG, title="Gunman kills six farmers in Hawija").reports


def test_a_text_that_opens_with_its_title_is_read_once():
    assert join_title("Gunmen Kill Six\n\nThe text.", "Gunmen kill six") == "Gunmen Kill Six\n\nThe text."


def test_title_is_no_dateline_and_no_item_of_a_list(code):
    coding = code("Gunmen killed four farmers in Daquq on Tuesday.", title="IRAQ: What happened in Hawija")
    assert coding.reports[0]["location_mention"] == "Daquq"


@given(st.text(max_size=60), st.text(max_size=30))
def test_every_token_lies_in_one_part_where_its_words_stand(text, title):
    joined = join_title(text, title)
    document = Document(joined, ENGLISH, len(text) if len(joined) > len(text) else None)
    parts = {"text": text, "title": title}
    for token in document.tokens:
        part, start, end = document.origin(token.start, token.end)
        assert parts[part][start:end] == joined[token.start : token.end]
    assert document.sentences[: document.title_sentence] == Document(text, ENGLISH).sentences
