"""WordprocessingML as strings: paragraphs by style, fields, bookmarks, placeholders, tables; no direct formatting."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape

from .prose import Run

TEXT_WIDTH = 9070  # twentieths of a point between the margins of the house shell
SHORT = 8  # rows of a table that is not divided between pages
DATA = "urn:mougen:deal:1"  # the data part to which blanks are bound
DATA_ID = "{6D6F7567-656E-4465-616C-000000000001}"
MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CHARACTERS = {"term": "DefinedTerm", "blank": "PlaceholderText"}  # the character style of a kind of run
# XML 1.0 allows no other control characters (production 2, Char).
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def bookmark_name(id: str) -> str:
    """Return the hidden bookmark of a clause; Word allows 40 characters, letters, digits and underscores."""
    return "_mou_" + re.sub(r"\W", "_", id)[:35]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading for the table of contents; `level` is 1 for a part or annex, 2 for a clause."""

    level: int
    number: str
    text: str
    bookmark: str


@dataclass(slots=True)
class Writer:
    """Gathers the body of one document; counts ids so that none is used twice.

    `styles` maps our styles to those of the shell, `width` is that of its text; `titled` is the number of parts that
    make the title.
    """

    styles: Mapping[str, str] = field(default_factory=dict)
    width: int = TEXT_WIDTH
    parts: list[str] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    comments: list[tuple[str, ...]] = field(default_factory=list)
    blanks: dict[str, str] = field(default_factory=dict)
    titled: int = 0
    bookmarks: int = 0
    controls: set[int] = field(default_factory=set)

    def style(self, id: str) -> str:
        return self.styles.get(id, id)

    def paragraph(self, style: str, runs: Iterable[Run], bookmark: str = "", comment: Sequence[str] = ()) -> None:
        self.parts.append(self.paragraph_xml(style, runs, bookmark, comment))

    def heading(self, style: str, heading: Heading, shown: str = "", comment: Sequence[str] = ()) -> None:
        """Add a heading and note it for the table of contents; `shown` is its text where that differs."""
        self.headings.append(heading)
        self.paragraph(style, [Run(shown or heading.text)], heading.bookmark, comment)

    def table(self, style: str, caption: str, rows: Sequence[Sequence[Sequence[Run]]], widths: Sequence[int]) -> None:
        """Add a table whose first row is a heading that repeats; `widths` in twentieths of a point."""
        cells = [
            [self.paragraph_xml(cell_style(index, len(rows)), cell) for cell in row] for index, row in enumerate(rows)
        ]
        self.parts.append(table_xml(self.style(style), caption, cells, widths, heading=True))
        # A table must not touch the next one, and Word wants a paragraph after the last.
        self.paragraph("TableGap", ())

    def paragraph_xml(self, style: str, runs: Iterable[Run], bookmark: str = "", comment: Sequence[str] = ()) -> str:
        inner = "".join([self.run(run) for run in runs])
        if bookmark:
            self.bookmarks += 1
            start = f'<w:bookmarkStart w:id="{self.bookmarks}" w:name="{escape(bookmark)}"/>'
            inner = f'{start}{inner}<w:bookmarkEnd w:id="{self.bookmarks}"/>'
        if comment:
            inner = self.commented(inner, comment)
        return styled(self.style(style), inner)

    def commented(self, inner: str, lines: Sequence[str]) -> str:
        """Return runs with a comment on them."""
        id = len(self.comments)
        self.comments.append(tuple(lines))
        style = f'<w:rPr><w:rStyle w:val="{self.style("CommentReference")}"/></w:rPr>'
        mark = f'<w:r>{style}<w:commentReference w:id="{id}"/></w:r>'
        return f'<w:commentRangeStart w:id="{id}"/>{inner}<w:commentRangeEnd w:id="{id}"/>{mark}'

    def run(self, run: Run) -> str:
        if run.kind == "ref":
            return reference(bookmark_name(run.target), run.text)
        if run.kind == "blank" and run.target:
            return self.control(run.target, run.text)
        named = CHARACTERS.get(run.kind)
        style = f'<w:rPr><w:rStyle w:val="{self.style(named)}"/></w:rPr>' if named else ""
        return f"<w:r>{style}{text(run.text)}</w:r>"

    def control(self, path: str, prompt: str) -> str:
        """Return a content control that shows `prompt` until somebody fills it; `path` is the field of the deal.

        All controls of one field are bound to one place of the data part, so that filling one fills all.
        """
        self.blanks.setdefault(path, prompt)
        place = list(self.blanks).index(path) + 1
        id = zlib.crc32(f"{path}/{len(self.controls)}".encode()) & 0x7FFFFFFF or 1
        while id in self.controls:
            id += 1
        self.controls.add(id)
        name = escape(path[:64])
        return (
            f'<w:sdt><w:sdtPr><w:alias w:val="{name}"/><w:tag w:val="{name}"/><w:id w:val="{id}"/>'
            f'<w:placeholder><w:docPart w:val="mougen{place}"/></w:placeholder><w:showingPlcHdr/>'
            f'<w:dataBinding w:prefixMappings="xmlns:m=\'{DATA}\'" w:xpath="/m:deal[1]/m:field[{place}]" '
            f'w:storeItemID="{DATA_ID}"/><w:text/></w:sdtPr><w:sdtContent><w:r><w:rPr><w:rStyle '
            f'w:val="{self.style("PlaceholderText")}"/></w:rPr>{text(prompt)}</w:r></w:sdtContent></w:sdt>'
        )


def cell_style(index: int, rows: int) -> str:
    """Return the style of the cells in row `index`: a short table stays on one page."""
    if index == 0:
        return "TableHeading"
    return "TableTextKept" if rows <= SHORT and index < rows - 1 else "TableText"


@lru_cache(maxsize=4096)  # one clause is much the same in every draft
def text(words: str) -> str:
    if UNPRINTABLE.search(words):
        words = UNPRINTABLE.sub("", words)
    kept = "" if words == words.strip() else ' xml:space="preserve"'
    return f"<w:t{kept}>{escape(words, quote=False)}</w:t>"


def styled(style: str, inner: str) -> str:
    """Return a paragraph in `style`."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{inner}</w:p>'


def reference(bookmark: str, number: str) -> str:
    """Return a live cross-reference to the number of a bookmarked paragraph, with `number` as what is shown now.

    Word leaves out the closing period of a number in the result of the field, so `number` has none.
    """
    return complex_field(rf" REF {bookmark} \r \h ", number)


def complex_field(code: str, shown: str) -> str:
    """Return a field with what it shows until it is refreshed."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f"<w:r>{text(shown)}</w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def table_xml(style: str, caption: str, rows: Sequence[Sequence[str]], widths: Sequence[int], *, heading: bool) -> str:
    """Return a table of cells that are paragraphs already; rows do not break over pages."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    look = f'<w:tblLook w:val="{"0020" if heading else "0000"}" w:firstRow="{int(heading)}"/>'
    named = f'<w:tblCaption w:val="{escape(caption)}"/>' if caption else ""
    body = ""
    for index, row in enumerate(rows):
        head = "<w:tblHeader/>" if heading and index == 0 else ""
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{cell}</w:tc>'
            for cell, width in zip(row, widths, strict=True)
        )
        body += f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{cells}</w:tr>"
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/>{look}{named}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>'
    )
