"""A firm's own Word file as shell: cover, header, footer and styles from the firm, the body from us."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from ...errors import DraftError
from ...language import load_language
from ...opc import W
from ..package import added, check_parts, zipped
from ..parts import HEAD, WML
from ..shell import MAIN_PART, Shell, house, words_of
from ..wml import MAIN, styled
from .fields import BODY, FIELDS, MARKER, fields_of, filled, used, words
from .gate import admitted, stories
from .lists import whole
from .styles import STYLES, Role, fit

SETTINGS, CORE_PART, ROOT = "word/settings.xml", "docProps/core.xml", "_rels/.rels"
_CORE_RELATION = b"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_FIRST_BOOKMARK = 1_000_000  # those of the body count from 1
_OURS = "_mou_"  # how bookmarks of a draft begin
_EMPTY = {W + tag for tag in ("pPr", "r", "rPr", "t", "proofErr", "bookmarkStart", "bookmarkEnd")}
_AFTER_UPDATE = (  # in the order of the settings (17.15.1.78)
    *("hdrShapeDefaults", "footnotePr", "endnotePr", "compat", "docVars", "rsids", "mathPr", "attachedSchema"),
    *("themeFontLang", "clrSchemeMapping", "shapeDefaults", "decimalSymbol", "listSeparator", "docId"),
)
_A4_WIDTH, _MARGIN = "11906", "1440"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A template ready for a body: the shell, who has which role, and the fields by the place that prints them."""

    shell: Shell
    roles: Sequence[Role]
    fields: Mapping[str, Sequence[str]]
    placed: bool


def firm(template: bytes, values: Mapping[str, Any], name: str = "the template") -> Shell:
    """Return the shell that `template` makes with `values`, those of a shell; messages call it `name`.

    Raises DraftError with the reason where it is hostile, damaged, or asks for what there is not.
    """
    return prepared(template, values, name).shell


def checked(template: bytes, name: str, language: str) -> Prepared:
    """Return what a draft in `language` would make of `template`, without any deal; raises DraftError as `firm` does.

    Each field holds its own name, after a trial in which all are empty.
    """
    values = {**words_of(load_language(language), "a4"), "update": False}
    prepared(template, {**values, **_named("")}, name)
    return prepared(template, {**values, **_named("{}")}, name)


def prepared(template: bytes, values: Mapping[str, Any], name: str) -> Prepared:
    """Return `template` ready for a body."""
    parts = admitted(template, name)
    if STYLES not in parts:
        raise DraftError(f"{name} has no styles; open it in Word, save it as .docx and use that file")
    fields, found, placed = fields_of(values), dict[str, Sequence[str]](), False
    _mend(parts)
    section = None
    for part, place in stories(parts).items():
        story = etree.fromstring(parts[part], etree.XMLParser(remove_comments=True, remove_pis=True))
        found[place] = sorted({*found.get(place, ()), *used(story)}, key=list(FIELDS).index)
        if part == MAIN_PART:
            placed = _place_body(story, name)
            section = next(iter(story.xpath("//comment()[1]/following::w:sectPr[1]", namespaces={"w": MAIN})), None)
            _part_bookmarks(story, name)
        try:
            parts[part] = (HEAD + filled(story, place, fields)).encode()
        except DraftError as fault:
            raise DraftError(f"{name}, {fault}") from None
    width = _width(section)
    styles, roles = fit(parts, values, width)
    _set(parts, values)
    if flaw := next(check_parts(parts), ""):
        raise DraftError(f"{name} is damaged ({flaw}); open it in Word, save it again and use that file")
    before, after = parts.pop(MAIN_PART).decode().split(MARKER)
    return Prepared(Shell(parts, before, after, styles, width), roles, found, placed)


def starter() -> bytes:
    """Return a Word file to start from: our styles and lists, and a cover, header and footer that show the fields."""
    values = {**words_of(load_language("en"), "a4"), **_named("{{{{ {} }}}}"), "update": False}
    shell = house({**values, "core": dict.fromkeys(("title", "subject", "author", "day", "comments"), "")})
    lines = [
        *(("TitleText", "{{ status }}"), ("Title", "{{ full_title }}"), ("Subtitle", "{{ company }}, {{ country }}")),
        *(("TitleText", "{{ date }}"), ("NoteText", "{#p Lines in these signs are not printed. Fields: #}")),
        *(("NoteText", f"{{#p {field}: {what} #}}") for field, what in FIELDS.items()),
    ]
    cover = "".join(styled(style, f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>') for style, text in lines)
    page = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
    body = styled("Normal", f"<w:r><w:t>{{{{ {BODY} }}}}</w:t></w:r>")
    return zipped({**shell.parts, MAIN_PART: f"{shell.before}{cover}{page}{body}{shell.after}".encode()})


def _named(form: str) -> dict[str, Any]:
    """Return values in which each field holds its own name in `form`."""
    named = {field: form.format(field) for field in FIELDS}
    core = {"title": named.pop("full_title"), "subject": "", "author": "", "day": "", "comments": ""}
    return {"words": {"page": named.pop("page"), "of": named.pop("of")}, "core": core, **named}


def _mend(parts: dict[str, bytes]) -> None:
    """Take out names of styles and lists that are not there, which Word passes over and our check does not."""
    styles = etree.fromstring(parts[STYLES])
    known = {style.get(f"{W}styleId") for style in styles.iter(f"{W}style")}
    numbering = etree.fromstring(parts.get("word/numbering.xml", b"<none/>"))
    lists = {number.get(f"{W}numId") for number in numbering.iter(f"{W}num")} | {"0"}
    for part in (STYLES, *stories(parts)):
        tree, stale = etree.fromstring(parts[part]), []
        for tag in ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link"):
            stale += [e for e in tree.iter(W + tag) if e.get(f"{W}val") not in known]
        stale += [e.getparent() for e in tree.iter(f"{W}numId") if e.get(f"{W}val") not in lists]
        for element in stale:
            element.getparent().remove(element)
        if stale:
            parts[part] = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def _place_body(document: etree._Element, name: str) -> bool:
    """Put the marker where the body goes; tell whether the template named the place, else it goes to the end."""
    body = document.find(f"{W}body")
    if body is None:
        raise DraftError(f"{name} has no body; open it in Word, save it as .docx and use that file")
    marker = etree.Comment(MARKER[4:-3])
    named = [p for p in body.iterchildren(f"{W}p") if words(p).replace(" ", "") == f"{{{{{BODY}}}}}"]
    if named:
        if named[0].find(f"{W}pPr/{W}sectPr") is not None:
            raise DraftError(f"{name}, body: `{{{{ {BODY} }}}}` ends a section; press Enter after it and save the file")
        body.replace(named[0], marker)
        return True
    blocks = [element for element in body if element.tag != f"{W}sectPr"]
    while blocks and blocks[-1].tag == f"{W}p" and not _holds(blocks[-1]):
        body.remove(blocks.pop())
    body.insert(len(blocks), marker)
    return False


def _holds(paragraph: etree._Element) -> bool:
    """Tell whether a paragraph is more than an empty line."""
    content = [*paragraph, *(child for run in paragraph.iter(f"{W}r") for child in run)]
    ends = paragraph.find(f"{W}pPr/{W}sectPr") is not None
    return ends or bool(words(paragraph).strip()) or any(child.tag not in _EMPTY for child in content)


def _part_bookmarks(document: etree._Element, name: str) -> None:
    """Number the bookmarks of the template apart from those of the body, and drop those that are not whole."""
    ends = {end.get(f"{W}id"): end for end in document.iter(f"{W}bookmarkEnd")}
    starts = {start.get(f"{W}id"): start for start in document.iter(f"{W}bookmarkStart")}
    if any(start.get(f"{W}name", "").startswith(_OURS) for start in starts.values()):
        raise DraftError(f"{name} is a draft already; delete what is not cover, header or footer and save it again")
    kept = [id for id in starts if id in ends]
    for number, id in enumerate(kept, _FIRST_BOOKMARK):
        starts[id].set(f"{W}id", str(number))
        ends[id].set(f"{W}id", str(number))
    whole = {*(starts[id] for id in kept), *(ends[id] for id in kept)}
    for mark in list(document.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")):
        if mark not in whole:
            mark.getparent().remove(mark)


def _width(section: etree._Element | None) -> int:
    """Return the width of the text in a section, less the gutter."""

    def number(tag: str, name: str, usual: str) -> int:
        found = None if section is None else section.find(W + tag)
        given = None if found is None else whole(found.get(W + name, usual))
        return int(usual) if given is None else given

    sides = (("left", _MARGIN), ("right", _MARGIN), ("gutter", "0"))
    margins = sum(number("pgMar", name, usual) for name, usual in sides)
    return max(number("pgSz", "w", _A4_WIDTH) - margins, 2 * int(_MARGIN))


def _set(parts: dict[str, bytes], values: Mapping[str, Any]) -> None:
    """Set properties, language and, if asked for, the refresh of fields."""
    kind = "application/vnd.openxmlformats-package.core-properties+xml"
    added(parts, CORE_PART, house(values).parts[CORE_PART], kind, "core-properties", ROOT)
    theirs = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/core-properties"
    parts[ROOT] = parts[ROOT].replace(theirs, _CORE_RELATION)
    styles = etree.fromstring(parts[STYLES])
    for language in styles.iterfind(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang"):
        language.set(f"{W}val", values["tag"])
    parts[STYLES] = etree.tostring(styles, xml_declaration=True, encoding="UTF-8", standalone=True)
    if values["update"]:
        _ask(parts)


def _ask(parts: dict[str, bytes]) -> None:
    """Have Word refresh the fields of the draft when it opens it."""
    if SETTINGS not in parts:
        empty = f'{HEAD}<w:settings xmlns:w="{MAIN}"></w:settings>'
        added(parts, SETTINGS, empty.encode(), f"{WML}.settings+xml", "settings")
    settings = etree.fromstring(parts[SETTINGS])
    if settings.find(f"{W}updateFields") is None:
        at = next((i for i, e in enumerate(settings) if etree.QName(e).localname in _AFTER_UPDATE), len(settings))
        settings.insert(at, etree.Element(f"{W}updateFields", {f"{W}val": "true"}))
    parts[SETTINGS] = etree.tostring(settings, xml_declaration=True, encoding="UTF-8", standalone=True)
