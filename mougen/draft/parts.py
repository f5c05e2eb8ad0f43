"""What travels with the body: comments, the values of blanks, and the trace of what each clause was when it left."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from html import escape

from lxml import etree

from ..clause import Clause
from ..language import Language
from .package import RELATIONS, added, tree_of
from .plan import Plan, PlannedClause
from .wml import DATA, DATA_ID, MAIN, Writer, bookmark_name, styled, text

TRACE = "urn:mougen:trace:1"
TRACE_ID = "{6D6F7567-656E-4472-6163-650000000001}"
WML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
PROPERTIES = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
PARAGRAPH, PIECES = f"{{{MAIN}}}p", tuple(f"{{{MAIN}}}{tag}" for tag in ("t", "tab", "br", "cr"))
TEXT_BOX = f"{{{MAIN}}}txbxContent"  # the one place where a paragraph lies in a paragraph
STORY = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml")
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def add_comments(parts: dict[str, bytes], writer: Writer) -> None:
    """Add the comments that `writer` has anchored; they carry no date, so that the same draft has the same bytes."""
    if not writer.comments:
        return
    comments = "".join(
        f'<w:comment w:id="{id}" w:author="mougen" w:initials="mg">'
        + "".join(styled(writer.style("CommentText"), f"<w:r>{text(line)}</w:r>") for line in lines)
        + "</w:comment>"
        for id, lines in enumerate(writer.comments)
    )
    content = f'{HEAD}<w:comments xmlns:w="{MAIN}">{comments}</w:comments>'
    added(parts, "word/comments.xml", content.encode(), f"{WML}.comments+xml", "comments")


def add_blanks(parts: dict[str, bytes], writer: Writer, language: Language) -> None:
    """Add the data part to which content controls are bound, and the prompts that they show while it is empty."""
    if not writer.blanks:
        return
    fields = "".join(f'<field path="{escape(path)}"/>' for path in writer.blanks)
    _stored(parts, 1, f'{HEAD}<deal xmlns="{DATA}">{fields}</deal>', DATA_ID, DATA)
    prompts = "".join(
        f'<w:docPart><w:docPartPr><w:name w:val="mougen{index}"/><w:category><w:name w:val="General"/>'
        '<w:gallery w:val="placeholder"/></w:category><w:types><w:type w:val="bbPlcHdr"/></w:types>'
        '<w:behaviors><w:behavior w:val="content"/></w:behaviors></w:docPartPr><w:docPartBody>'
        f"<w:p><w:r>{text(prompt)}</w:r></w:p></w:docPartBody></w:docPart>"
        for index, prompt in enumerate(writer.blanks.values(), 1)
    )
    content = f'{HEAD}<w:glossaryDocument xmlns:w="{MAIN}"><w:docParts>{prompts}</w:docParts></w:glossaryDocument>'
    added(
        parts,
        "word/glossary/document.xml",
        content.encode(),
        f"{WML}.document.glossary+xml",
        "glossaryDocument",
    )


def add_trace(parts: dict[str, bytes], plan: Plan, facing: str = "") -> None:
    """Add the trace: for each clause its id, version, bookmark, hash and words, by which it is known again.

    `frame` holds what else stands in the document: contents, headings of parts, signature blocks, notes, headers, and
    the text in the language `facing` where there is a second one.
    """
    clauses = "".join(
        f'<clause id="{escape(item.id)}" version="{version_of(item.clause)}" bookmark="{bookmark_name(item.id)}" '
        f'sha256="{hashlib.sha256(words.encode()).hexdigest()}" number="{escape(item.number)}">{escape(words)}</clause>'
        for item in plan.items
        for words in (words_of(item),)
    )
    about = {
        "library": plan.digest,
        "jurisdiction": plan.country.id,
        "language": plan.language.code,
        "register": plan.deal.register,
        "facing": facing,
        "facts": json.dumps(sorted(plan.deal.facts.true)),
    }
    named = "".join(f' {name}="{escape(value)}"' for name, value in about.items())
    lines = [line for name in sorted(filter(STORY.fullmatch, parts)) for line in _lines(tree_of(parts[name]))]
    frame = f"<frame>{escape(chr(10).join(dict.fromkeys(_beyond(plan.items, lines))))}</frame>"
    _stored(parts, 2, f'{HEAD}<trace xmlns="{TRACE}"{named}>{clauses}{frame}</trace>', TRACE_ID, TRACE)


def words_of(item: PlannedClause) -> str:
    """Return the words of a clause as they are printed: title, then a line for each paragraph or table row."""
    title = [] if item.clause.kind == "title" else [item.title]  # of the title only the blocks are printed
    return "\n".join([*title, *(line for block in item.blocks for line in block.text.split("\n"))])


def version_of(clause: Clause) -> str:
    """Return the version of a clause text of the library: the beginning of its hash."""
    return hashlib.sha256(f"{clause.title}\n{clause.body}".encode()).hexdigest()[:12]


def _beyond(items: Iterable[PlannedClause], lines: Iterable[str]) -> Iterator[str]:
    """Yield those of `lines`, each a paragraph of body, header, footer or note, that are beyond those of `items`."""
    known = Counter(re.split("[\n\t]", "\n".join(map(words_of, items))))
    strange = []
    for line in lines:
        if known[line] > 0:
            known[line] -= 1
        elif line:
            strange.append(line)
    # Titles are set off from their numbers, and spaces may differ.
    bare = Counter(map(_bare, known.elements()))
    for line in strange:
        bare[_bare(line)] -= 1
        if bare[_bare(line)] < 0:
            yield " ".join(line.split())


def _lines(story: etree._Element) -> Iterator[str]:
    """Yield the text of each paragraph; that of one in a text box is not that of the paragraph that holds the box."""
    if next(story.iter(TEXT_BOX), None) is not None:
        for paragraph in story.iter(PARAGRAPH):
            own = (p for p in paragraph.iter(*PIECES) if next(p.iterancestors(PARAGRAPH), None) is paragraph)
            yield "".join(piece.text or " " for piece in own)
        return
    pieces: list[str] = []
    for element in story.iter(PARAGRAPH, *PIECES):
        words = element.text
        if words and not words.isspace():  # of the tags asked for, w:t alone has text
            pieces.append(words)
        elif element.tag == PARAGRAPH:
            yield "".join(pieces)
            pieces = []
        else:
            pieces.append(" ")  # a space, a tab or a break
    yield "".join(pieces)


def _bare(line: str) -> str:
    """Return a line without spaces and without the dash that sets a title off from a number."""
    return "".join(line.removeprefix("–").split())


def _stored(parts: dict[str, bytes], number: int, content: str, id: str, namespace: str) -> None:
    """Add custom XML part `number` with its properties, by which Word knows the store `id`."""
    name = f"customXml/item{number}.xml"
    while name in parts:  # a firm's template may have stores of its own
        number += 1
        name = f"customXml/item{number}.xml"
    parts[name] = content.encode()
    added(parts, name, content.encode(), "application/xml", "customXml", RELATIONS)
    properties = (
        f'{HEAD}<ds:datastoreItem xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml" '
        f'ds:itemID="{id}"><ds:schemaRefs><ds:schemaRef ds:uri="{namespace}"/></ds:schemaRefs></ds:datastoreItem>'
    )
    owner = f"customXml/_rels/item{number}.xml.rels"
    added(parts, f"customXml/itemProps{number}.xml", properties.encode(), PROPERTIES, "customXmlProps", owner)
