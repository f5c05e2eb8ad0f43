"""A firm's Word file in, the parts of it that a draft may keep out, or one sentence why it is refused.

A template is untrusted: it may have come by mail. Nothing of it runs, calls elsewhere or hides in the draft.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from lxml import etree

from ...errors import DraftError
from ...opc import Package, W, open_package
from ..package import RELATIONS, TYPES
from ..parts import HEAD, WML
from ..shell import MAIN_PART

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_AGAIN = "open it in Word, save it as .docx and use that file"
_MACROS = "carries macros", "save it in Word as .docx, which drops them, and use that file"
_OBJECT = "holds an embedded file or control", "delete the object in Word and save the file again"
_OTHER = "pulls in another document", "paste its text in Word and save the file again"
_ADD_IN = "brings an add-in along", "open it in Word, remove the add-in and save the file again"
_COMMENTS = "has comments, which a draft cannot keep", "delete them in Word and save the file again"
_ATTACHED = "is attached to another template", "attach Normal in Word (Developer, Document Template) and save it again"
REFUSED: Mapping[str, tuple[str, str]] = {
    **dict.fromkeys(("vbaproject", "wordvbadata", "keymapcustomizations", "attachedtoolbars"), _MACROS),
    **dict.fromkeys(("control", "activexcontrolbinary", "oleobject", "package"), _OBJECT),
    **dict.fromkeys(("afchunk", "subdocument", "frame"), _OTHER),
    **dict.fromkeys(("extensibility", "webextension", "webextensiontaskpanes", "taskpanes"), _ADD_IN),
    "comments": _COMMENTS,
    "attachedtemplate": _ATTACHED,
}
# Prompts of building blocks, for which the draft has a part of its own; a picture of the first page as it was; the
# signature of a file that is about to change; properties, which the draft writes anew.
DROPPED = ("glossarydocument", "thumbnail", "origin", "core-properties")
# Fields by which Word fetches or starts something when it opens or prints a file (ISO/IEC 29500-1, 17.16.5).
_FETCHING = (
    "DDE", "DDEAUTO", "LINK", "INCLUDE", "INCLUDETEXT", "INCLUDEPICTURE", "IMPORT", "DATABASE", "RD", "MACROBUTTON"
)  # fmt: skip
_TRACKED = tuple(W + tag for tag in ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel"))
_VML, _OFFICE = "{urn:schemas-microsoft-com:vml}", "{urn:schemas-microsoft-com:office:office}"
_LIVE = tuple(W + tag for tag in ("object", "control", "altChunk", "subDoc"))
_LAID_OUT = {"styles": "word/styles.xml", "numbering": "word/numbering.xml", "settings": "word/settings.xml"}
STORIES = ("header", "footer", "footnotes", "endnotes")
MAX_STORY = 2_000_000  # bytes; what docxtpl does with a story is not quick


def admitted(data: bytes, name: str) -> dict[str, bytes]:
    """Return the parts of the template `data` by name, with content types and relationships written anew.

    Raises DraftError, naming the file `name`, the place, and what to do.
    """
    package = open_package(data, name, error=DraftError, everything=True)
    kinds = _content_types(package)
    parts: dict[str, bytes] = {}
    for owner in _reached(package, parts):
        if owner.casefold().endswith(".xml"):
            package.xml(owner)  # raises where it is damaged or declares entities
    if MAIN_PART not in parts or b"purl.oclc.org/ooxml/wordprocessingml" in parts[MAIN_PART]:
        raise DraftError(f"{name} is not laid out as Word saves a .docx; {_AGAIN}")
    parts[TYPES] = _types_xml(parts, kinds, name)
    DraftError.raise_if(f"{name}, {place}: {fault}" for place, fault in _story_faults(package, parts))
    return parts


def stories(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Return the places in which the template may have fields: part by part, "body", "header" and so on."""
    found = {MAIN_PART: "body"}
    for relation in etree.fromstring(parts.get(RELATIONS, b"<none/>")):
        kind = relation.get("Type", "").rpartition("/")[2]
        if kind in STORIES:
            found[posixpath.normpath(posixpath.join("word", relation.get("Target", "")))] = kind
    return {part: place for part, place in found.items() if part in parts}


def _content_types(package: Package) -> Mapping[str, str]:
    """Return content types by part name or by extension with a dot, all in lower case; refuses a file with macros."""
    kinds: dict[str, str] = {}
    types: Any = package.xml(TYPES)
    for item in types:
        key = item.get("PartName", "").lstrip("/") or f".{item.get('Extension', '')}"
        kinds[key.casefold()] = item.get("ContentType", "")
    for part in package.entries:
        kind = _kind_of(part, kinds).casefold()
        if "macroenabled" in kind or "vba" in kind:
            raise DraftError(f"{package.name} {_MACROS[0]} ({part}); {_MACROS[1]}")
        if "activex" in kind or "oleobject" in kind:
            raise DraftError(f"{package.name} {_OBJECT[0]} ({part}); {_OBJECT[1]}")
    return kinds


def _kind_of(part: str, kinds: Mapping[str, str]) -> str:
    return kinds.get(part.casefold()) or kinds.get(f".{part.rpartition('.')[2]}".casefold(), "")


def _types_xml(parts: Mapping[str, bytes], kinds: Mapping[str, str], name: str) -> bytes:
    """Return the content types of `parts`; a template of Word (.dotx) becomes a document."""
    main = _kind_of(MAIN_PART, kinds).replace(".template.main+xml", ".document.main+xml")
    if main != f"{WML}.document.main+xml":
        raise DraftError(f"{name} is not a Word document by its own account; {_AGAIN}")
    known = {part: _kind_of(part, kinds) for part in parts if not part.endswith(".rels")} | {MAIN_PART: main}
    DraftError.raise_if(f"{name} does not say what {part} is; {_AGAIN}" for part, kind in known.items() if not kind)
    listed = "".join(
        f'<Override PartName="/{escape(part)}" ContentType="{escape(kind)}"/>' for part, kind in sorted(known.items())
    )
    defaults = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
    )
    return f'{HEAD}<Types xmlns="{_PACKAGE}/content-types">{defaults}{listed}</Types>'.encode()


def _reached(package: Package, parts: dict[str, bytes]) -> Iterator[str]:
    """Fill `parts` with what relationships lead to, and yield each name; what nothing leads to stays behind."""
    waiting, seen = [""], {""}
    for owner in waiting:
        folder, base = posixpath.split(owner)
        links = posixpath.join(folder, "_rels", f"{base}.rels")
        root = package.xml(links)
        related, kept = package.related(owner), []
        for item in () if root is None else root:
            link = related[item.get("Id", "")]
            kind = link.kind.casefold()
            _refuse(package.name, owner or "the package", kind, link.target, external=link.external)
            if kind in DROPPED:
                continue
            target = link.target if link.external else package.entries.get(link.target.casefold(), link.target)
            if _LAID_OUT.get(kind, target) != target and owner == MAIN_PART:
                raise DraftError(f"{package.name} is not laid out as Word saves a .docx ({target}); {_AGAIN}")
            kept.append(_relation_xml(item, target, folder, external=link.external))
            if not link.external and target not in seen and target.casefold() in package.parts:
                seen.add(target)
                waiting.append(target)
        if kept:
            head = f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
            parts[links] = f"{head}{''.join(kept)}</Relationships>".encode()
        if owner:
            parts[owner] = package.parts[owner.casefold()]
            yield owner


def _relation_xml(item: etree._Element, target: str, folder: str, *, external: bool) -> str:
    shown = target if external else posixpath.relpath(target, folder or ".")
    mode = ' TargetMode="External"' if external else ""
    named = f'Id="{escape(item.get("Id", ""))}" Type="{escape(item.get("Type", ""))}"'
    return f'<Relationship {named} Target="{escape(shown)}"{mode}/>'


def _refuse(name: str, owner: str, kind: str, target: str, *, external: bool) -> None:
    """Raise DraftError where a relationship is one that a template may not have; links to click on are harmless."""
    if kind in REFUSED:
        fault, remedy = REFUSED[kind]
        raise DraftError(f"{name} {fault} ({owner}: {target[:80]}); {remedy}")
    if external and not (kind == "hyperlink" and re.match(r"(https?://|mailto:)", target, re.I)):
        remedy = "embed or remove it in Word (File, Info, Edit Links to Files) and save the file again"
        raise DraftError(f"{name} fetches something from outside ({owner}: {kind} {target[:80]}); {remedy}")


def _story_faults(package: Package, parts: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """Yield (place, fault) for what a story of the template may not hold."""
    for part, place in stories(parts).items():
        if len(parts[part]) > MAX_STORY:
            yield place, "it is larger than a cover can be; keep cover, header and footer and delete the rest"
            continue
        story: Any = package.xml(part)
        if story.prefix != "w":
            yield place, f"it was not written by Word; {_AGAIN}"
        if next(story.iter(*_TRACKED), None) is not None:
            yield place, "it has tracked changes; accept or reject them in Word and save the file again"
        if (live := next(story.iter(*_LIVE), None)) is not None:
            yield place, f"it holds an embedded file or control (w:{etree.QName(live).localname}); delete it in Word"
        for word in _field_names(story):
            if word in _FETCHING:
                yield place, f"it has a field {word}, which fetches or starts something; delete it in Word"
        if source := next(filter(None, map(_remote, story.iter(f"{_VML}*"))), ""):
            yield place, f"it shows a picture from {source[:80]}; delete the picture in Word or insert the file itself"


def _field_names(story: etree._Element) -> Iterator[str]:
    """Yield the first word of each field, which says what it does; a field may stand inside another."""
    yield from ((field.get(f"{W}instr", "").split() or [""])[0].upper() for field in story.iter(f"{W}fldSimple"))
    codes: list[str] = []
    for element in story.iter(f"{W}fldChar", f"{W}instrText"):
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            codes.append("")
        elif kind is None and codes:
            codes[-1] += element.text or ""
        elif kind == "end" and codes:
            yield (codes.pop().split() or [""])[0].upper()
    yield from ((code.split() or [""])[0].upper() for code in codes)


def _remote(drawn: etree._Element) -> str:
    """Return the address from which an old drawing (VML) takes its picture, "" where it is in the file."""
    sources = (drawn.get("src", ""), drawn.get(f"{_OFFICE}href", ""))
    return next((source for source in sources if re.match(r"\w+:|\\\\|//", source)), "")
