"""The table of contents: a live field with its entries written out, so that it is right before anybody refreshes it."""

from __future__ import annotations

from collections.abc import Mapping

from .plan import Plan
from .wml import Heading, Writer, complex_field, styled, text

GALLERY_ID = 1297044033  # of the content control; that of the second language is one more
GALLERY = (
    '<w:sdtPr><w:id w:val="{id}"/><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
    "<w:docPartUnique/></w:docPartObj></w:sdtPr>"
)
END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def contents_xml(writer: Writer, plan: Plan, pages: Mapping[str, int] | None, *, column: int = 0) -> str:
    """Return the table of contents of what `writer` has written.

    `pages` maps a bookmark to its page; None leaves page numbers out, which needs no refresh to be right. `column` 1
    and 2 are the two languages of one document, without title; headings of the second stand two levels deeper.
    """
    switches = rf"\o &quot;{'3-4' if column == 2 else '1-2'}&quot; \h \z \u" + ("" if pages is not None else r" \n")
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> TOC {switches} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    entries = [_entry(heading, pages) for heading in writer.headings]
    entries[0], entries[-1] = begin + entries[0], entries[-1] + END
    lines = (styled(writer.style(f"TOC{h.level}"), e) for h, e in zip(writer.headings, entries, strict=True))
    title = styled(writer.style("TOCHeading"), f"<w:r>{text(plan.language.say('Contents'))}</w:r>")
    gallery = GALLERY.format(id=GALLERY_ID + max(column - 1, 0))
    return f"<w:sdt>{gallery}<w:sdtContent>{'' if column else title}{''.join(lines)}</w:sdtContent></w:sdt>"


def _entry(heading: Heading, pages: Mapping[str, int] | None) -> str:
    tabbed = heading.level % 2 == 0 and heading.number[:1].isdigit()  # a short number stands in a column of its own
    number = f"<w:r>{text(heading.number)}</w:r><w:r><w:tab/></w:r>" if tabbed else ""
    named = heading.text if tabbed else f"{heading.number} {heading.text}".strip()
    page = ""
    if pages is not None:
        shown = complex_field(f" PAGEREF {heading.bookmark} \\h ", str(pages.get(heading.bookmark, "")))
        page = f"<w:r><w:tab/></w:r>{shown}"
    entry = f"{number}<w:r>{text(named)}</w:r>{page}"
    return f'<w:hyperlink w:anchor="{heading.bookmark}" w:history="1">{entry}</w:hyperlink>'
