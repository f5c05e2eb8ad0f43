"""The Word package as a zip: written the same way each time, and checked before anybody receives it."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache

from lxml import etree

REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES, RELATIONS = "[Content_Types].xml", "word/_rels/document.xml.rels"

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL, NAME, ID = f"{W}val", f"{W}name", f"{W}id"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATED = etree.XPath("//@r:*", namespaces={"r": R})
LEVEL = 2  # of compression: a third of the time of level 6, for a file of 93 kB where that gives 80
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time a zip can hold
FIRST = ("[Content_Types].xml", "_rels/.rels")  # readers look for these first


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """Return a zip of `parts` in a fixed order with fixed times, so that equal parts give equal bytes."""
    buffer = io.BytesIO()
    names = [n for n in FIRST if n in parts] + sorted(n for n in parts if n not in FIRST)
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name in names:
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type, info.external_attr, info.create_system = zipfile.ZIP_DEFLATED, 0o600 << 16, 3
            package.writestr(info, parts[name], compresslevel=LEVEL)
    return buffer.getvalue()


def added(parts: dict[str, bytes], name: str, content: bytes, kind: str, relation: str, owner: str = RELATIONS) -> str:
    """Add part `name` of content type `kind` to `parts`, related from the owner of the `owner` part; return the id."""
    parts[name] = content
    declared = f'<Override PartName="/{name}" ContentType="{kind}"/></Types>'.encode()
    parts[TYPES] = parts[TYPES].replace(b"</Types>", declared)
    empty = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    relations = parts.get(owner, empty)
    taken = set(re.findall(rb'Id="([^"]+)"', relations))
    id = next(f"rIdM{n}" for n in range(1, len(taken) + 2) if f"rIdM{n}".encode() not in taken)
    target = posixpath.relpath(name, posixpath.dirname(posixpath.dirname(owner)) or ".")
    related = f'<Relationship Id="{id}" Type="{REL}/{relation}" Target="{target}"/></Relationships>'.encode()
    parts[owner] = relations.replace(b"</Relationships>", related)
    return id


def unzipped(data: bytes) -> dict[str, bytes]:
    """Return the parts of a package by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def check_package(data: bytes) -> Iterator[str]:
    """Yield what is wrong with a .docx that Word might refuse or repair."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = package.namelist()
    yield from (f"part {name} is there twice" for name, count in Counter(n.lower() for n in names).items() if count > 1)
    yield from check_parts(unzipped(data))


def check_parts(parts: Mapping[str, bytes]) -> Iterator[str]:
    """Yield what is wrong with the parts of a package.

    Covers what neither the schemas nor LibreOffice catch: parts, relationships, ids, pairs, references, styles, lists.
    """
    trees = {}
    for name, content in parts.items():
        if name.endswith((".xml", ".rels")):
            try:
                trees[name] = tree_of(content)
            except etree.XMLSyntaxError as fault:
                yield f"{name} is not XML: {fault.msg}"
    names = list(parts)
    yield from _content_types(names, trees)
    yield from _relationships(names, trees)
    yield from _markup(trees)
    if "word/document.xml" in trees:
        yield from _stories(trees)


@lru_cache(maxsize=32)  # the parts that are the same in every draft, and those of the last draft or two
def tree_of(content: bytes) -> etree._Element:
    """Return the tree of a part, to be read and not changed: the trace and the check of a draft share it.

    Raises etree.XMLSyntaxError where `content` is not XML.
    """
    return etree.fromstring(content)


def _content_types(names: list[str], trees: Mapping[str, etree._Element]) -> Iterator[str]:
    root = trees.get("[Content_Types].xml")
    if root is None:
        yield "[Content_Types].xml is missing"
        return
    defaults = {e.get("Extension", "").lower() for e in root if e.tag.endswith("}Default")}
    overrides = {e.get("PartName", "").lstrip("/") for e in root if e.tag.endswith("}Override")}
    for name in names:
        if name != "[Content_Types].xml" and name not in overrides and name.rsplit(".", 1)[-1].lower() not in defaults:
            yield f"{name} has no content type"
    yield from (f"content type for {name}, which is not there" for name in sorted(overrides - set(names)))


def _relationships(names: list[str], trees: Mapping[str, etree._Element]) -> Iterator[str]:
    reached = {"[Content_Types].xml"} | {n for n in names if n.endswith(".rels")}
    for name, root in trees.items():
        if not name.endswith(".rels"):
            continue
        folder, _, file = name.rpartition("/")
        base = folder.removesuffix("_rels").rstrip("/")
        ids = [e.get("Id") for e in root]
        yield from (f"{name}: relationship {id} is there twice" for id, n in Counter(ids).items() if n > 1)
        for relation in root:
            if relation.get("TargetMode") == "External":
                continue
            target = relation.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(base, target))
            reached.add(path)
            if path not in names:
                yield f"{name}: {relation.get('Id')} leads to {path}, which is not there"
        owner = trees.get(f"{base}/{file.removesuffix('.rels')}".lstrip("/"))
        if owner is not None:
            used = set(map(str, RELATED(owner)))
            yield from (f"{name}: {id} is used and not defined" for id in sorted(used - set(map(str, ids))))
    yield from (f"{name} is reached by no relationship" for name in names if name not in reached)


def _markup(trees: Mapping[str, etree._Element]) -> Iterator[str]:
    """Yield prefixes that are ignorable and not declared, properties that are there twice, and deleted text as text."""
    for name, root in trees.items():
        for prefix in root.get(f"{MC}Ignorable", "").split():
            if prefix not in root.nsmap:
                yield f"{name}: mc:Ignorable names {prefix}, which is not declared"
        if any(deleted.find(f".//{W}t") is not None for deleted in root.iter(f"{W}del")):
            yield f"{name}: w:t inside w:del"
    core = trees.get("docProps/core.xml", ())
    for tag, count in Counter(property.tag for property in core).items():
        if count > 1:
            yield f"docProps/core.xml: dc:{etree.QName(tag).localname} is there twice"


def _stories(trees: Mapping[str, etree._Element]) -> Iterator[str]:
    stories = {
        n: t
        for n, t in trees.items()
        if n.startswith("word/") and t.tag in {f"{W}{s}" for s in ("document", "hdr", "ftr")}
    }
    document = trees["word/document.xml"]
    bookmarks = [b.get(NAME, "") for b in document.iter(f"{W}bookmarkStart")]
    yield from (f"bookmark {name} is there twice" for name, n in Counter(bookmarks).items() if n > 1)
    opened = [b.get(ID) for b in document.iter(f"{W}bookmarkStart")]
    closed = [b.get(ID) for b in document.iter(f"{W}bookmarkEnd")]
    if sorted(map(str, opened)) != sorted(map(str, closed)) or len(set(opened)) != len(opened):
        yield "bookmarks do not open and close in pairs"
    controls = [e.get(VAL) for t in stories.values() for e in t.iterfind(f".//{W}sdtPr/{W}id")]
    yield from (f"content control id {id} is there twice" for id, n in Counter(controls).items() if n > 1)
    yield from (f"content control id {id} is out of range" for id in controls if not _signed(id))
    for name, story in stories.items():
        yield from _fields(name, story, set(bookmarks))
        for cell in story.iter(f"{W}tc"):
            if len(cell) == 0 or cell[-1].tag != f"{W}p":
                yield f"{name}: a table cell does not end in a paragraph"
    yield from _styles_and_lists(stories, trees)


def _signed(number: str | None) -> bool:
    """Tell whether `number` is a signed 32-bit number, as Word wants of a content control."""
    return bool(re.fullmatch(r"-?\d{1,10}", number or "")) and -(2**31) <= int(number or 0) < 2**31


def _fields(name: str, story: etree._Element, bookmarks: set[str]) -> Iterator[str]:
    depth = 0
    for char in story.iter(f"{W}fldChar"):
        depth += {"begin": 1, "end": -1}.get(char.get(f"{W}fldCharType", ""), 0)
        if depth < 0:
            break
    if depth:
        yield f"{name}: a field does not begin and end in pairs"
    for code in story.iter(f"{W}instrText"):
        words = (code.text or "").split()
        if words[:1] in (["REF"], ["PAGEREF"]) and words[1] not in bookmarks:
            yield f"{name}: a cross-reference leads to {words[1]}, which is not there"


def _styles_and_lists(stories: Mapping[str, etree._Element], trees: Mapping[str, etree._Element]) -> Iterator[str]:
    styles, numbering = trees.get("word/styles.xml"), trees.get("word/numbering.xml")
    known = {s.get(f"{W}styleId") for s in styles.iter(f"{W}style")} if styles is not None else set()
    lists = {n.get(f"{W}numId") for n in numbering.iter(f"{W}num")} if numbering is not None else set()
    places = {**stories, **({"word/styles.xml": styles} if styles is not None else {})}
    for name, tree in places.items():
        for tag in ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link"):
            used = {e.get(VAL) for e in tree.iter(f"{W}{tag}")}
            yield from (f"{name}: style {style} is not defined" for style in sorted(map(str, used - known)))
        used = {e.get(VAL) for e in tree.iter(f"{W}numId")} - {"0"}
        yield from (f"{name}: list {id} is not defined" for id in sorted(map(str, used - lists)))
