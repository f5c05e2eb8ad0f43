"""The page: self-contained, escaped, and sound for readers who do not see colours."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise

from made_review import made_review

from mougen.report import Unread, render_report, render_reports

VOID = {"meta", "br", "link", "img", "hr", "input"}


class Outline(HTMLParser):
    """Gathers what a test asks: ids, links, headings, tags, and whether every element is closed in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.levels: list[int] = []
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        named = dict(attributes)
        self.tags.append(tag)
        if named.get("id"):
            self.ids.append(str(named["id"]))
        if tag == "a":
            self.links.append(str(named["href"]))
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def page() -> str:
    return render_report(made_review(), "html").decode()


def test_page_is_well_formed_and_its_links_lead_somewhere() -> None:
    outline = Outline(page())
    assert not outline.open
    assert len(outline.ids) == len(set(outline.ids))
    assert {link.removeprefix("#") for link in outline.links} <= set(outline.ids)


def test_page_needs_nothing_from_elsewhere() -> None:
    assert not {"script", "link", "img", "iframe", "object", "form"} & set(Outline(page()).tags)
    assert not re.search(r"url\(|@import|https?://", page())
    assert "default-src 'none'" in page()


def test_verdicts_are_words_and_headings_have_an_order() -> None:
    for word in ("Contradicted", "Missing", "Partial", "Undetermined", "Met", "Not applicable", "High"):
        assert re.search(rf'class="chip [a-z-]+">{word}<', page())
    levels = Outline(page()).levels
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_words_of_the_file_are_text_and_the_deciding_ones_are_marked() -> None:
    assert "The Police <mark>should</mark> give medical aid &lt;b&gt;where possible&lt;/b&gt; &amp; report" in page()
    hostile = render_report(made_review('"><script>alert(1)</script>.docx'), "html").decode()
    assert "<script" not in hostile


def test_several_files_share_one_page() -> None:
    outcomes = (made_review("a.docx"), made_review("b.docx", clean=True), Unread("c.docx", "c.docx is empty."))
    text = render_reports(outcomes, "html").decode()
    outline = Outline(text)
    assert len(outline.ids) == len(set(outline.ids))
    assert {"#r1", "#r2", "#r3"} <= set(outline.links)
    assert "c.docx is empty." in text
