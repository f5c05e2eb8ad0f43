"""Reads a Word file (.docx) as a person would see it with all tracked changes accepted."""

from __future__ import annotations

from collections.abc import Iterator

from ..agreement import Agreement, Place
from ..errors import ReadError
from ..opc import Element, Package, R, Relationship, W, open_package
from .numbering import read_numbering
from .sheet import Sheet
from .story import Story
from .styles import is_on, read_styles

_DOCUMENT = W + "document"
_WATCHED = tuple(W + tag for tag in ("vanish", "strike", "dstrike"))
_EMBEDDED = frozenset(("oleObject", "package", "aFChunk", "subDocument", "control"))
_CHARACTERS_PER_PICTURE = 20  # fewer, and the pictures are the pages: a scan pasted into Word


def read(data: bytes, name: str) -> Agreement:
    """Read the bytes of a .docx; raises ReadError only."""
    package = open_package(data, name)
    try:
        return _read(package)
    except RecursionError as error:  # depth is bounded by the parser; this is the net below it
        raise ReadError(f"{name} is nested too deeply; ask the sender for a clean copy.") from error


def _read(package: Package) -> Agreement:
    main = _main_part(package)
    document = package.xml(main)
    if document is None or document.tag != _DOCUMENT:
        raise ReadError(f"{package.name} is not a Word document inside; open the right file in Word, save it as .docx.")
    links = package.related(main)
    styles = read_styles(_part(package, links, "styles"))
    numbering = read_numbering(_part(package, links, "numbering"), styles)
    notes = {
        (kind, item.get(W + "id", "")): item
        for kind in ("footnote", "endnote")
        for item in _children(_part(package, links, kind + "s"), W + kind)
        if item.get(W + "type", "normal") == "normal"  # the others are separator lines
    }
    furniture = list(_furniture(package, document, links))
    stories = (document, *notes.values(), *(root for _, root in furniture))
    watch = styles.any_hidden_or_struck() or any(next(root.iter(*_WATCHED), None) is not None for root in stories)
    sheet = Sheet(package.name)
    story = Story(sheet, numbering, notes, watch)
    for body in document.iterchildren(W + "body"):
        story.read(body, "body")
    _refuse_scan(sheet, story)
    for place, root in furniture:
        story.read(root, place)
    comments = _read_comments(story, _part(package, links, "comments"))
    return sheet.agreement(_notes(package, story, comments))


def _main_part(package: Package) -> str:
    """The part that the package names as its document; nearly always word/document.xml, but not by rule."""
    named = (link.target for link in package.related("").values() if link.kind == "officeDocument")
    return next((part for part in named if part.casefold() in package.parts), "word/document.xml")


def _part(package: Package, links: dict[str, Relationship], kind: str) -> Element | None:
    target = next((link.target for link in links.values() if link.kind == kind and not link.external), None)
    return None if target is None else package.xml(target)


def _children(root: Element | None, tag: str) -> Iterator[Element]:
    return iter(()) if root is None else root.iterchildren(tag)


def _furniture(package: Package, document: Element, links: dict[str, Relationship]) -> Iterator[tuple[Place, Element]]:
    """Headers, then footers, each part once; first-page and even-page ones only where they are switched on."""
    settings = _part(package, links, "settings")
    even = any(is_on(item.get(W + "val", "1")) for item in _children(settings, W + "evenAndOddHeaders"))
    first = any(is_on(item.get(W + "val", "1")) for item in document.iter(W + "titlePg"))
    done: set[str] = set()
    places: tuple[Place, Place] = ("header", "footer")
    for place in places:
        for reference in document.iter(W + place + "Reference"):
            link = links.get(reference.get(R + "id", ""))
            kind = reference.get(W + "type", "default")
            if link is None or link.target in done or (kind == "first" and not first) or (kind == "even" and not even):
                continue
            done.add(link.target)
            root = package.xml(link.target)
            if root is not None:
                yield place, root


def _read_comments(story: Story, root: Element | None) -> int:
    """Read all comments, each opened by its author, and say how many there are."""
    count = 0
    for comment in _children(root, W + "comment"):
        author = " ".join(comment.get(W + "author", "").split())
        story.read(comment, "comment", f"{author}: " if author else "")
        count += 1
    return count


def _refuse_scan(sheet: Sheet, story: Story) -> None:
    pictures = story.seen["pictures"]
    if pictures and sheet.visible_characters() < _CHARACTERS_PER_PICTURE * pictures:
        raise ReadError(
            f"{sheet.name} holds pictures and almost no text, as a scan does; it has no text layer and needs OCR."
        )


def _notes(package: Package, story: Story, comments: int) -> Iterator[str]:
    """One sentence for each thing that a reviewer must know about how the file was read."""
    seen = story.seen
    if seen["tracked"]:
        yield (
            "The file has tracked changes; it was read as if all were accepted: insertions are in, deletions are out."
        )
    if comments:
        yield f"The file has {_count(comments, 'comment')}; comments are listed last and are no part of the agreement."
    if seen["hidden"]:
        yield "The file has hidden text, which Word does not print; it was read and is marked."
    if seen["pictures"]:
        yield f"The file has {_count(seen['pictures'], 'picture')}; text in pictures was not read."
    if seen["charts"]:
        yield "The file has charts or diagrams; text in them was not read."
    yield from _package_notes(package, seen["chunks"])


def _package_notes(package: Package, chunks: int) -> Iterator[str]:
    if any(entry.endswith("vbaproject.bin") for entry in package.entries):
        yield "The file carries macros; they were ignored."
    rels = (part for part in package.parts if part.endswith(".rels"))
    links = [link for part in rels for link in package.related(_owner(part)).values()]
    if chunks or any(link.kind in _EMBEDDED and not link.external for link in links):
        yield "The file has other files embedded in it; they were not read."
    external = len({link.target for link in links if link.external})
    if external:
        yield f"The file has {_count(external, 'link')} to places outside it; none was followed."


def _owner(rels: str) -> str:
    """The part whose relationships `rels` holds: word/_rels/document.xml.rels belongs to word/document.xml."""
    folder, _, base = rels.rpartition("_rels/")
    return folder + base.removesuffix(".rels")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
