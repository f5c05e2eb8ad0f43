"""Two columns of a document: a writer for each language, and the table in which their paragraphs face each other."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from ...language import Language
from ..columns import widths_of
from ..prose import Run
from ..wml import Heading, Writer, cell_style, styled, table_xml
from .twins import DEEPER, GAP

SECOND = "_mou2_"  # how the bookmarks of the second column begin, so that no id is in both
APART = 500_000  # from which its bookmarks are numbered
Runs = Sequence[Run]
LONG = 1500  # characters from which a table is likely to go on to another page
WHOLE = 420  # characters up to which a row is not divided between pages
TURNED = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe"  # letters of Hebrew, Arabic and their neighbours
LEFT_TO_RIGHT = re.compile(rf"[^\W\d_{TURNED}](?:[^{TURNED}]*[^\W_{TURNED}])?")


@dataclass(slots=True)
class Column(Writer):
    """A writer for one language; `second` tells the second column, whose bookmarks and outline levels are its own."""

    language: Language | None = None
    second: bool = False
    prompts: dict[str, str] = field(default_factory=dict)

    @property
    def backwards(self) -> bool:
        return self.language is not None and self.language.direction == "rtl"

    def taken(self) -> str:
        """Return what was written since it was last asked for."""
        xml = "".join(self.parts)
        self.parts.clear()
        return xml

    def mark(self, bookmark: str) -> str:
        """Return a bookmark of the first column as this one has it."""
        return f"{SECOND}{bookmark.removeprefix('_mou_')}"[:40] if self.second and bookmark else bookmark

    def heading(self, style: str, heading: Heading, shown: str = "", comment: Sequence[str] = ()) -> None:
        level = heading.level + (DEEPER if self.second else 0)
        there = dataclasses.replace(heading, level=level, bookmark=self.mark(heading.bookmark))
        self.headings.append(there)
        self.paragraph(style, [Run(shown or heading.text)], heading.bookmark, comment)

    def paragraph_xml(self, style: str, runs: Iterable[Run], bookmark: str = "", comment: Sequence[str] = ()) -> str:
        made = Writer.paragraph_xml(self, style, runs, self.mark(bookmark), comment)
        if not self.backwards:
            return made
        return _turned_marks(made)

    def run(self, run: Run) -> str:
        if self.backwards and run.kind in ("text", "term"):
            return "".join(self._directed(dataclasses.replace(run, text=t), back) for t, back in directions(run.text))
        made = Writer.run(self, run)
        if run.kind == "ref":
            made = re.sub(r"(?<= REF )\S+", lambda name: self.mark(name[0]), made)
        return _turned_runs(made) if self.backwards else made

    def _directed(self, run: Run, backwards: bool) -> str:
        made = Writer.run(self, run)
        return _turned_runs(made) if backwards else made

    def control(self, path: str, prompt: str) -> str:
        """Return a content control; emptied again, it asks in both languages, since filling one fills both."""
        made = Writer.control(self, path, prompt)
        self.prompts[path] = prompt
        if prompt not in self.blanks[path].split(" / "):
            self.blanks[path] += f" / {prompt}"
        return made


def directions(words: str) -> Iterator[tuple[str, bool]]:
    """Yield the stretches of a text written from right to left, each with whether it runs that way itself.

    What another script begins runs from left to right as far as its last letter or digit.
    """
    end = 0
    for stretch in LEFT_TO_RIGHT.finditer(words):
        if stretch.start() > end:
            yield words[end : stretch.start()], True
        yield stretch[0], False
        end = stretch.end()
    if words[end:]:
        yield words[end:], True


def _turned_runs(xml: str) -> str:
    """Return runs that Word sets from right to left."""
    xml = re.sub(r"<w:r>(?!<w:rPr>)", "<w:r><w:rPr><w:rtl/></w:rPr>", xml)
    return re.sub(r"(<w:rStyle w:val=\"[^\"]*\"/>)(?!<w:rtl/>)", r"\1<w:rtl/>", xml)


def _turned_marks(xml: str) -> str:
    return xml.replace("</w:pPr>", "<w:rPr><w:rtl/></w:rPr></w:pPr>")


def turned(xml: str) -> str:
    """Return paragraphs that Word sets from right to left."""
    return _turned_marks(_turned_runs(xml))


@dataclass(slots=True)
class Facing:
    """The body of a bilingual document: rows of two cells gathered into tables, and what stands between these.

    `titled` is the number of parts of `out` that make the title; `opens` tells that no table with text has ended yet in
    this part of the document.
    """

    columns: tuple[Column, Column]
    width: int
    caption: str
    out: list[str] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)
    titled: int = 0
    opens: bool = True

    def row(self, *, kept: bool = False) -> None:
        """Make a row of what the columns have written since the last; `kept` ones are never divided."""
        cells = [column.taken() for column in self.columns]
        if not any(cells):
            return
        whole = kept or max(map(_length, cells)) <= WHOLE
        self.rows.append(self._row(cells, "<w:cantSplit/>" if whole else ""))

    def _row(self, cells: Sequence[str], properties: str) -> str:
        made = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{cell or styled("TableGap", "")}</w:tc>'
            for cell, width in zip(cells, self._widths(), strict=True)
        )
        return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{made}</w:tr>"

    def _widths(self) -> tuple[int, int]:
        whole = self.width + 2 * GAP  # so that the text stands where that of the page does
        return whole // 2, whole - whole // 2

    def close(self, *, headed: bool | None = None) -> None:
        """End the table; with `headed` each of its pages begins with the names of the languages.

        Else it is headed where it is long or the first of its part.
        """
        if not self.rows:
            return
        if headed is None:
            headed = self.opens or sum(map(_length, self.rows)) > LONG
            self.opens = False
        style = self.columns[0].style
        head = ""
        if headed:
            for column in self.columns:
                column.paragraph("TableHeading", [Run(named(column.language))])
            head = self._row([column.taken() for column in self.columns], "<w:cantSplit/><w:tblHeader/>")
        widths = self._widths()
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        turned = "<w:bidiVisual/>" if self.columns[0].backwards else ""
        self.out.append(
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{style("FacingTable")}"/>{turned}'
            f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblInd w:w="{-GAP}" w:type="dxa"/>'
            f'<w:tblLayout w:type="fixed"/><w:tblLook w:val="{"0020" if headed else "0000"}" '
            f'w:firstRow="{int(headed)}"/><w:tblCaption w:val="{escape(self.caption)}"/></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>{head}{''.join(self.rows)}</w:tbl>"
        )
        self.out.append(styled(style("TableGap"), ""))  # a table must not touch the next one
        self.rows.clear()

    def page_break(self) -> None:
        self.close()
        self.out.append(styled(self.columns[0].style("FacingBreak"), ""))
        self.opens = True

    def stacked(self, style: str, caption: str, pairs: Sequence[Sequence[tuple[Runs, Runs]]]) -> None:
        """Add a table across both columns: each cell in one language above the other, once where they agree."""
        self.close()
        first = self.columns[0]
        cells, longest = [], []
        for index, row in enumerate(pairs):
            name = cell_style(index, len(pairs))
            cells.append([self._stack(name, left, right) for left, right in row])
            longest.append([max(pair, key=lambda runs: len(_text(runs))) for pair in row])
        made = table_xml(first.style(style), caption, cells, widths_of(longest, self.width), heading=True)
        self.out.append(made.replace("<w:tblW ", "<w:bidiVisual/><w:tblW ", 1) if first.backwards else made)
        self.out.append(styled(first.style("TableGap"), ""))

    def _stack(self, style: str, left: Runs, right: Runs) -> str:
        first, second = self.columns
        again = second.paragraph_xml(style, right) if _text(left) != _text(right) else ""
        return first.paragraph_xml(style, left) + again


def _length(xml: str) -> int:
    return len(re.sub(r"<[^>]*>", "", xml))


def _text(runs: Runs) -> str:
    return "".join(run.text for run in runs)


def named(language: Language | None) -> str:
    """Return the name of a language as a heading."""
    name = language.name if language else ""
    return name[:1].upper() + name[1:]


def columns_of(languages: Sequence[Language], styles: Sequence[Mapping[str, str]], width: int) -> tuple[Column, Column]:
    """Return the writers of both columns, which share what must be unique or one in a document."""
    first = Column(styles[0], width // 2 - GAP, language=languages[0])
    second = Column(styles[1], width // 2 - GAP, language=languages[1], second=True, bookmarks=APART)
    for shared in ("headings", "comments", "blanks", "controls"):
        setattr(second, shared, getattr(first, shared))
    return first, second
