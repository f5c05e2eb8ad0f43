"""The gate: bytes of an untrusted .docx in, a `Package` of bounded, safely parsed parts out, or one sentence why not.

Reading uses it for agreements, drafting for the template of a firm; each names the error that it raises.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from lxml import etree

from .content import OLE_MAGIC, REFUSALS, ole_refusal
from .errors import MougenError, ReadError

Element = Any  # lxml ships no types

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
# Strict Open XML (ISO/IEC 29500-1) differs from Transitional (29500-4), for what is read here, in namespaces only.
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W.strip("{}").encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R.strip("{}").encode()),
)
_CENTRAL_HEADER = b"PK\x01\x02"  # APPNOTE.TXT 4.3.12
_ENTITIES = "declares XML entities, which Word never does and attacks do; ask the sender for a clean copy."
_MB = 1024 * 1024
MAX_BYTES = 50 * _MB
MAX_ENTRIES = 5_000
MAX_PART = 32 * _MB
MAX_TOTAL = 128 * _MB
MAX_RATIO, RATIO_FROM = 200, 4 * _MB  # a very repetitive 108-page agreement inflates 33 times


@dataclass(frozen=True, slots=True)
class Relationship:
    """A link from one part; `kind` is the last word of its type, `target` a part name unless `external`."""

    kind: str
    target: str
    external: bool


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of a .docx, inflated, by case-folded name; `entries` gives every name, inflated or not, as spelled."""

    name: str
    parts: Mapping[str, bytes]
    entries: Mapping[str, str]
    error: type[MougenError]

    def xml(self, part: str) -> Element | None:
        """The root element of `part`, or None where there is no such part (dangling links are common)."""
        data = self.parts.get(part.casefold())
        return None if data is None else _parse(data, self.name, self.error)

    def related(self, part: str) -> dict[str, Relationship]:
        """Relationships of `part` ("" is the package) by id."""
        folder, base = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", base + ".rels"))
        links: dict[str, Relationship] = {}
        for item in () if root is None else root:
            external = item.get("TargetMode") == "External"
            target = item.get("Target", "")
            kind = item.get("Type", "").rpartition("/")[2]
            links[item.get("Id", "")] = Relationship(kind, target if external else _resolve(folder, target), external)
        return links


def open_package(data: bytes, name: str, *, error: type[MougenError] = ReadError, everything: bool = False) -> Package:
    """Check `data` as hostile input and inflate its XML parts, or `everything`; raises `error`, and nothing else."""
    if len(data) > MAX_BYTES:
        raise error(f"{name} is larger than 50 MB; remove pictures or attachments and try again.")
    if data.startswith(OLE_MAGIC):
        raise error(f"{name} {ole_refusal(data)}")
    if not data.startswith(b"PK\x03\x04"):
        raise error(f"{name} is not a Word file, although its name says so; save it in Word as .docx.")
    # zipfile reads the whole directory before it can be asked how long it is
    if data.count(_CENTRAL_HEADER) > MAX_ENTRIES:
        raise error(f"{name} has more than {MAX_ENTRIES:,} entries, which no Word file has; ask for a clean copy.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            _check_names(infos, name, error)
            return _inflate(archive, infos, name, error, everything)
    except error:
        raise
    except Exception as fault:  # zipfile raises a dozen types on damaged input, none of them documented
        raise error(f"{name} is damaged or incomplete; fetch or save it again.") from fault


def _check_names(infos: list[zipfile.ZipInfo], name: str, error: type[MougenError]) -> None:
    """Refuse what no word processor writes and what readers interpret differently."""
    seen: set[str] = set()
    for info in infos:
        entry = info.orig_filename
        if entry.startswith("/") or ".." in entry.split("/") or any(c in entry for c in "\\:\x00"):
            raise error(f"{name} has an entry with an unsafe name ({entry[:60]!r}); ask for a clean copy.")
        if entry.casefold() in seen:
            raise error(f"{name} holds {entry[:60]!r} twice, so readers may differ; ask for a clean copy.")
        seen.add(entry.casefold())
        if info.flag_bits & 0x1:
            raise error(f"{name} has encrypted entries; ask the sender for a copy without a password.")
    if "[content_types].xml" not in seen:
        raise error(f"{name} {REFUSALS['zip']}")


def _inflate(
    archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo], name: str, error: type[MougenError], everything: bool
) -> Package:
    """Inflate XML parts only, unless `everything` is wanted: what is not inflated cannot do harm."""
    parts: dict[str, bytes] = {}
    total = 0
    for info in infos:
        if not everything and not info.orig_filename.casefold().endswith((".xml", ".rels")):
            continue
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise error(f"{name} is compressed in a way Word does not use; save it again in Word.")
        part = b"" if info.file_size > MAX_PART else _bounded(archive, info)
        total += len(part)
        swollen = len(part) > RATIO_FROM and len(part) > MAX_RATIO * info.compress_size
        if info.file_size > MAX_PART or len(part) > MAX_PART or total > MAX_TOTAL or swollen:
            raise error(f"{name} unpacks to far more than an agreement can hold (a ZIP bomb?); ask for a clean copy.")
        parts[info.orig_filename.casefold()] = part
    return Package(name, parts, {info.orig_filename.casefold(): info.orig_filename for info in infos}, error)


def _bounded(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """One part, never more than the cap: sizes in ZIP headers are claims, not facts."""
    with archive.open(info) as stream:
        return stream.read(MAX_PART + 1)


def _parse(data: bytes, name: str, error: type[MougenError]) -> Element:
    """Parse without entities, DTD or network; a document type is refused because Word never writes one."""
    for strict, transitional in _STRICT:
        data = data.replace(strict, transitional)
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as damage:
        if b"<!ENTITY" in data:  # libxml2 stops by itself where entities multiply
            raise error(f"{name} {_ENTITIES}") from damage
        fault = "is nested too deeply" if "depth" in str(damage) else "contains damaged XML"
        raise error(f"{name} {fault}; open it in Word, save it again and try the new file.") from damage
    # docinfo sees the type in every encoding, where a search for bytes would miss UTF-16
    info = root.getroottree().docinfo
    if info.doctype or info.internalDTD is not None:
        raise error(f"{name} {_ENTITIES}")
    return root


def _resolve(folder: str, target: str) -> str:
    """The part that a relationship target names; targets may be absolute, relative or percent-encoded."""
    target = unquote(target.partition("#")[0])
    path = target if target.startswith("/") else posixpath.join(folder, target)
    return posixpath.normpath(path).lstrip("/")
