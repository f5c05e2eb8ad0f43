"""Says what a file is by its first bytes, whatever its name says."""

from __future__ import annotations

SAVE_AS = "open it in Word or LibreOffice, save it as .docx and use that file"

# Reasons by kind of content or by suffix; each completes "<name> is ...; <remedy>."
REFUSALS = {
    "doc": f"is in the old Word format (.doc); {SAVE_AS}.",
    "docm": "is a Word file made to carry macros (.docm); save it in Word as .docx and use that file.",
    "rtf": f"is in Rich Text Format (.rtf); {SAVE_AS}.",
    "odt": "is an OpenDocument text (.odt); open it in LibreOffice, save it as .docx and use that file.",
    "pages": "is an Apple Pages document (.pages); export it from Pages as Word (.docx) and use that file.",
    "html": "is a web page (HTML); open it in a browser, print it to PDF or save its text as .txt, and use that file.",
    "picture": "is a picture, which has no text; run text recognition (OCR) on it and use the result.",
    "zip": "is a ZIP archive; take the agreement out of it and use that file.",
}
REFUSED_SUFFIXES = {
    **{kind: kind for kind in ("doc", "docm", "rtf", "odt", "pages", "html")},
    "htm": "html",
    **dict.fromkeys(("png", "jpg", "jpeg", "tif", "tiff"), "picture"),
    "zip": "zip",
}
# File signatures: https://www.iana.org/assignments/media-types, ISO 32000-1 7.5.2 (PDF), MS-CFB 2.2 (OLE).
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SIGNATURES = (
    (b"%PDF-", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"GIF8", "picture"),
)


def kind_of(data: bytes) -> str:
    """The format of `data`, named like a suffix, or "" where the bytes bear no signature (as plain text does)."""
    if data.startswith(b"PK\x03\x04"):
        return _kind_of_zip(data)
    if data.startswith(OLE_MAGIC):
        return "ole"
    head = data[:1024].removeprefix(b"\xef\xbb\xbf").lstrip()
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return kind
    return "html" if head[:15].lower().startswith((b"<!doctype html", b"<html")) else ""


def _kind_of_zip(data: bytes) -> str:
    """Names of parts stand uncompressed in a ZIP, so a search tells the families apart."""
    if b"application/vnd.oasis.opendocument" in data[:200]:
        return "odt"
    if b"Index/Document.iwa" in data:
        return "pages"
    return "docx" if b"[Content_Types].xml" in data else "zip"


def ole_refusal(data: bytes) -> str:
    """What an OLE compound file is: stream names stand in it in UTF-16LE (MS-OFFCRYPTO 2.3.4, MS-DOC 2.1.1)."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "is encrypted with a password; open it in Word, remove the password, save it and use that file."
    return REFUSALS["doc"]
