"""The text of a page is the text of the article, and each mark covers the words of its span."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.explaining.words import Span, literal, mark_id, marked

VOID = {"meta", "br", "hr", "img", "input", "link"}


class Reader(HTMLParser):
    """Reads HTML strictly: every element is closed where it must be. Knows the text, and the text of each marked span."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.spans: dict[str, str] = {}
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.close()
        assert not self.open, self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(attrs) == len(dict(attrs)), f"{tag} has an attribute twice"
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        self.text += data
        for tag, attributes in self.open:
            if tag == "mark" and (name := attributes.get("data-span")):
                self.spans[name] = self.spans.get(name, "") + data


def span(start: int, end: int, name: str = "1") -> Span:
    return Span(start=start, end=end, name=name, theme="what", style="asserted", label="what", title="Report 1, sub_event_type")


# Line ends and control characters are shown by other signs; everything else must come back as it was.
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("<>&\"'\n"), max_size=60)


@given(text=TEXTS, bounds=st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30)), max_size=8))
@example(text="<script>alert('x')</script>", bounds=[(0, 8), (3, 20)])
@example(text='say "&amp;" \U0001f480 \u202eabc\u202c \u0627\u0644\u0639', bounds=[(4, 9), (12, 1), (14, 3)])
def test_the_words_come_back_and_each_mark_holds_its_own(text: str, bounds: list[tuple[int, int]]) -> None:
    spans = [span(start, start + length, str(number)) for number, (start, length) in enumerate(bounds)]
    read = Reader(marked(text, spans))
    assert read.text == text
    assert read.spans == {each.name: text[each.start : each.end] for each in spans if text[each.start : each.end]}


def test_a_span_begins_once_and_has_one_label() -> None:
    read = Reader(marked("one two three", [span(0, 13, "1"), span(4, 7, "2"), span(4, 13, "3")]))
    marks = [attributes["id"] for tag, attributes in read.elements if tag == "mark" and "id" in attributes]
    labels = [attributes["data-span"] for tag, attributes in read.elements if attributes.get("class") == "label what"]
    assert sorted(marks) == [mark_id(span(0, 1, name)) for name in "123"]
    assert sorted(labels) == ["1", "2", "3"]


def test_words_of_several_spans_lead_to_the_shortest() -> None:
    links = [
        attributes["href"]
        for tag, attributes in Reader(marked("one two three", [span(0, 13, "1"), span(4, 7, "2")])).elements
        if attributes.get("class") == "words"
    ]
    assert links == ["#n1", "#n2", "#n1"]


def test_overlapping_spans_are_underlined_at_different_heights() -> None:
    html = marked("one two three", [span(0, 7, "1"), span(4, 13, "2"), span(8, 13, "3")])
    lanes = {attributes["data-span"]: attributes["class"] for tag, attributes in Reader(html).elements if tag == "mark"}
    assert lanes["1"] != lanes["2"] != lanes["3"]
    assert lanes["1"] == lanes["3"], "a lane is free again where its span has ended"


def test_control_characters_keep_their_place() -> None:
    assert literal("a\x01b\x7f") == "a\u2401b\u2421"
    assert Reader(marked("a\rb", [])).text == "a\rb"
