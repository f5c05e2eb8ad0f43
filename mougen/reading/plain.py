"""What all formats without structure share: numbers typed by hand, headings, and lines joined to paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_UNWRAPPED = 120  # nobody wraps by hand beyond this many characters
_SHORT = 0.6  # a line below this share of the widest one ends because its paragraph ends
_HEADING_LENGTH = 80
_SENTENCE_END = (".", ";", ":", "!", "?")

# Words that name a division in English, French, Spanish and Portuguese, the languages agreements were seen in.
_DIVISIONS = (
    r"articles?|art\.|clauses?|sections?|annex(?:e|ure)?|appendix|schedule|part|chapter|paragraph|exhibit|"
    r"chapitre|titre|partie|appendice|art[ií]culo|cl[aá]usula|secci[oó]n|anexo|ap[eé]ndice|cap[ií]tulo|t[ií]tulo|"
    r"parte|artigo|se[cç][aã]o"
)
_ORDINALS = (
    r"(?:vig[eé]simo?a?\s*|d[eé]cimo?a?\s*)?(?:primer[ao]|segund[ao]|tercer[ao]|cuart[ao]|quint[ao]|sext[ao]|"
    r"s[eé]ptim[ao]|octav[ao]|noven[ao])|und[eé]cim[ao]|duod[eé]cim[ao]|d[eé]cim[ao]|vig[eé]sim[ao]|premi[eè]re?"
)
_NUMBER = r"[A-Z]?\d{1,3}(?:[./]\d{1,3}){0,5}"
_NAMED = re.compile(
    rf"(?:{_DIVISIONS})\s+(?:n[°ºo]\.?\s*)?(?:\(?{_NUMBER}(?:er|[ªº°])?\)?|[IVXLC]{{1,7}}\b|[A-Z]\b|(?:{_ORDINALS})\b)"
    rf"|(?:{_ORDINALS})(?=\s*[.:(–—-]|\s*$)",
    re.IGNORECASE,
)
_TYPED = re.compile(
    rf"(?P<sure>\(?{_NUMBER}[.)]|\((?:[a-z]{{1,2}}|[ivxl]{{1,6}}|[IVXL]{{1,6}}|[A-Z])\)|[a-z][.)]|[ivxl]{{1,6}}[.)]"
    rf"|[IVXLC]{{1,6}}[.)]|[A-Z][.)]|§\s?{_NUMBER}\.?)(?=\s)"
    rf"|(?P<likely>[A-Z]\d{{1,2}}|\d{{1,3}}(?:[./]\d{{1,3}}){{1,5}})(?=\s)"
    r"|(?P<bare>\d{1,3})(?=\s)"
)
_BULLET = re.compile(r"[•▪●○◦‣–—*+-]\s")
_DASH_NEXT = re.compile(r"\s[–—-]\s")
# A line that ends in one of these goes on with a reference: "as set out in clause / 4.2 and ..."
_REFERENCES = """
    article articles art. clause clauses section sections paragraph paragraphs annex annexe appendix schedule
    part chapter no. n° nº artículo artículos cláusula cláusulas sección anexo párrafo alinéa paragraphe
    paragraphes in under to of with by from at than about dans à de du des aux en con del al sur selon sous per
"""
_REFERRING = frozenset(_REFERENCES.split())
_LISTING = frozenset(("and", "or", "et", "ou", "y", "o", "e"))
_COMPOUND = re.compile(r"\w{1,40}-\w{1,40}")
_LAST_WORD = re.compile(r"\w+\Z")
_FIRST_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Line:
    """One line as laid out on `page`; an empty `text` is a gap between paragraphs."""

    text: str
    page: int = 0


def literal_label(text: str) -> str:
    """The number that someone typed at the start of `text` ("4.2", "(a)", "Article 5"), or ""."""
    head = text[:120].lstrip()
    named = _named_label(head)
    if named:
        return named
    match = _TYPED.match(head)
    if match is None:
        return ""
    label, rest = match[0], head[match.end() :]
    if match["sure"]:
        return label
    if rest.startswith(("\t", "  ")) or (_DASH_NEXT.match(rest) and not rest[3:4].isdigit()):
        return label
    following = rest.lstrip()[:1]
    if match["likely"]:  # "2.5 million" is a quantity, "2.5 The Police" a clause
        return label if following.isupper() or following in ('"', "“", "«", "¿", "[") else ""
    return label if _is_capitals(text) else ""  # "4 TRAINING", but neither "30 days" nor "12 March"


def _named_label(head: str) -> str:
    """ "Article 5" opening a paragraph of its own, not a sentence such as "Article 5 applies"."""
    match = _NAMED.match(head) if head[:1].isupper() else None
    if match is None:
        return ""
    rest = head[match.end() :].lstrip()
    opens = not rest or rest[0] in ".:–—-(|" or (rest[0].isupper() and head[match.end()].isspace())
    return " ".join(match[0].split()) if opens else ""


def heading_level(text: str) -> int:
    """1 for a line that is typographically a heading (short, in capitals or "Article N - Title"), else 0."""
    if len(text) > _HEADING_LENGTH:
        return 0
    if _is_capitals(text):
        return 1
    return 1 if _named_label(text) and not text.rstrip().endswith((".", ";", ",")) else 0


def _is_capitals(text: str) -> bool:
    """In capitals, with at least one word of three letters (so that "A. B." is not)."""
    return len(text) <= _HEADING_LENGTH and text.isupper() and any(sum(map(str.isalpha, w)) > 2 for w in text.split())


def paragraphs(lines: Sequence[Line]) -> Iterator[Line]:
    """Join lines to paragraphs; no character but spaces and end-of-line hyphens is lost.

    A paragraph ends at a gap, before a clause number or bullet, around headings, and after a line that is short and
    ends a sentence. Where lines are too long to have been wrapped by hand, each line is a paragraph.
    """
    total = sum(len(line.text) for line in lines)
    long = sum(len(line.text) for line in lines if len(line.text) > _UNWRAPPED)
    width = max((len(line.text) for line in lines if len(line.text) <= _UNWRAPPED), default=0)
    wrapped = 2 * long < total
    compounds = {word.lower() for line in lines for word in _COMPOUND.findall(line.text)} if wrapped else set()
    block: list[Line] = []
    for line in lines:
        text = line.text.strip()
        if block and (not text or not wrapped or _breaks(block[0].text, block[-1].text, text, width)):
            yield Line(_joined(block, compounds), block[0].page)
            block = []
        if text:
            block.append(Line(text, line.page))
    if block:
        yield Line(_joined(block, compounds), block[0].page)


def _breaks(first: str, previous: str, line: str, width: int) -> bool:
    """Whether a new paragraph begins between two adjacent lines; `first` is the first line of the open one."""
    if opens_paragraph(previous, line):
        return True
    ended = previous.endswith(_SENTENCE_END)
    if heading_level(previous) and heading_level(first):
        return not (_is_capitals(previous) and _is_capitals(line))  # a title may take several lines
    if ended and (_is_capitals(line) or len(previous) < _SHORT * width):
        return True
    return len(previous) > _UNWRAPPED or (len(line) > _UNWRAPPED and ended)


def opens_paragraph(previous: str, line: str) -> bool:
    """Whether `line` opens with a clause number or bullet that is not a reference running on from `previous`."""
    if _BULLET.match(line):
        return True
    label = literal_label(line)
    if not label:
        return False
    last = previous.rpartition(" ")[2].lower()
    if last in _REFERRING:
        return False
    if line[len(label) :].lstrip()[:1].islower():  # "(b) applies" may go on, "; and (b) applies" may not
        return previous.endswith((*_SENTENCE_END, ",", "–", "—", "-")) or last in _LISTING
    return True


def _joined(block: Sequence[Line], compounds: set[str]) -> str:
    """Lines as one text; a word divided at the line end is made whole, a compound keeps its hyphen."""
    pieces = [block[0].text]
    for line in block[1:]:
        before, after = pieces[-1], line.text
        if before.endswith("\u00ad"):
            pieces[-1] = before.rstrip("\u00ad")
        elif before.endswith("-") and before[-2:-1].isalpha() and after[:1].isalpha():
            if after[0].islower() and not _is_compound(before, after, compounds):
                pieces[-1] = before[:-1]
        else:
            pieces.append(" ")
        pieces.append(after)
    return "".join(pieces)


def _is_compound(before: str, after: str, compounds: set[str]) -> bool:
    """Whether the file writes this word with its hyphen elsewhere, within a line."""
    last, first = _LAST_WORD.search(before[-41:-1]), _FIRST_WORD.match(after[:40])
    return bool(last and first and f"{last[0]}-{first[0]}".lower() in compounds)
