"""Two plans of one deal in, one Word file out: the agreement in two languages side by side, under one numbering."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ...deal import Deal
from ...errors import DraftError
from ...language import languages
from ...library import Library
from ..body import PARTS, comment_of, write_block, write_heading, write_notes, write_title
from ..contents import contents_xml
from ..document import DISCLAIMER, Memorandum, Options, check_blanks, shell_of
from ..package import check_parts, zipped
from ..parts import add_blanks, add_comments, add_trace
from ..plan import Plan, make_plan
from ..prose import Run
from ..shell import MAIN_PART
from ..signatures import signature_rows, write_approvals
from ..wml import Heading, Writer, bookmark_name
from .facing import APART, Facing, columns_of, turned
from .joint import joined, joint, joint_values
from .pairing import Pair, paired
from .twins import DEEPER, twinned

Plans = tuple[Plan, Plan]


def plans_of(deal: Deal | Plan, codes: Sequence[str], library: Library) -> Plans:
    """Return the plans of a deal in two languages, or of the form that a plan is for.

    Raises DraftError where `codes` are not two languages, and what making a plan raises.
    """
    if len(codes) != 2 or codes[0] == codes[1]:
        known = ", ".join(languages())
        given = ",".join(codes)
        raise DraftError(f"a bilingual draft is in two languages, such as fr,en, not “{given}”; known: {known}")
    form = ""
    if isinstance(deal, Plan):
        alone = len(deal.items) == 1 and deal.items[0].clause.kind in ("annex", "letter")
        form, deal = deal.items[0].id if alone else "", deal.deal
    for code in codes:
        library.language(code)
    first, second = (make_plan(dataclasses.replace(deal, language=code), library, form) for code in codes)
    return first, second


def compose(plans: Plans, options: Options | None = None) -> Memorandum:
    """Return the Word file for two plans of one deal, that of the first language on the left.

    Raises DraftError where the plans do not match clause by clause and paragraph by paragraph, where fields are missing
    and blanks are not allowed, where the template cannot be used, or where the package does not pass the check.
    """
    options = options or Options()
    check_blanks(plans[0], options)
    pairs = paired(*plans)
    if options.contents != "pages":
        return Memorandum(plans[0], _made(plans, pairs, options, None)[0])
    from ..pages import page_numbers

    laid_out = _made(plans, pairs, options, {})
    return Memorandum(plans[0], _made(plans, pairs, options, page_numbers(*laid_out))[0])


def _made(
    plans: Plans, pairs: Sequence[Pair], options: Options, pages: Mapping[str, int] | None
) -> tuple[bytes, list[Heading]]:
    """Return the package and its headings; `pages` are those of the contents by bookmark, None for contents without."""
    both, spoken = joint(*plans), [plan.language for plan in plans]
    values = joint_values(both, spoken[0], update=options.contents == "ask")
    shell, styles = twinned(shell_of(values, plans[0], options), spoken)
    columns = columns_of(spoken, styles, shell.width)
    page = Facing(columns, shell.width, both.title)
    whole = Writer(shell.styles, shell.width, parts=page.out, bookmarks=2 * APART)
    for shared in ("headings", "comments", "blanks", "controls"):
        setattr(whole, shared, getattr(columns[0], shared))
    _write(page, whole, pairs, (*plans, both), comments=options.comments)
    page.close()
    if options.verify and len(pairs) > 1:
        for column, plan in zip(columns, plans, strict=True):
            write_notes(column, plan, plan.language.say(DISCLAIMER))
            page.out.append(column.taken())
    if options.contents != "none" and len(pairs) > 1:
        _write_contents(page, plans, pages)
    parts = dict(shell.parts)
    parts[MAIN_PART] = f"{shell.before}{''.join(page.out)}{shell.after}".encode()
    add_comments(parts, whole)
    add_blanks(parts, whole, both.language)
    add_trace(parts, plans[0], plans[1].language.code)
    DraftError.raise_if(f"the drafted file is not sound: {fault}; please report it" for fault in check_parts(parts))
    return zipped(parts), columns[0].headings


def _write(
    page: Facing, whole: Writer, pairs: Iterable[Pair], plans: tuple[Plan, Plan, Plan], *, comments: bool
) -> None:
    """Write every clause as rows of the page; `plans` are the two and the joint one, which `whole` writes from."""
    part, both = "", plans[2]
    for pair in pairs:
        kind, category = pair.left.clause.kind, pair.left.clause.category
        if kind == "clause" and category != part and category in PARTS and both.deal.register != "letter":
            part = category
            for column, plan in zip(page.columns, plans, strict=False):
                said = plan.language.say(PARTS[part])
                column.heading("PartHeading", Heading(1, "", said, bookmark_name(f"part-{part}")))
            page.row(kept=True)
        if kind == "title":
            for column, item in zip(page.columns, (pair.left, pair.right), strict=True):
                write_title(column, item)
            page.row(kept=True)
            page.close(headed=False)
            page.titled = len(page.out)
        else:
            _write_clause(page, pair, comment_of(pair.left, plans[0]) if comments else ())
        if kind == "signature":
            for cells in signature_rows(whole, both):
                for column, cell in zip(page.columns, cells, strict=True):
                    column.parts.append(cell)
                page.row(kept=True)
            page.close()
            write_approvals(whole, both)


def _write_clause(page: Facing, pair: Pair, comment: Sequence[str]) -> None:
    items = (pair.left, pair.right)
    if pair.left.clause.kind == "annex":
        page.page_break()
    for column, item, notes in zip(page.columns, items, (comment, ()), strict=True):
        write_heading(column, item, notes)
    page.row(kept=True)
    for blocks, following in zip(pair.blocks, [*pair.blocks[1:], None], strict=True):
        if blocks[0].rows:
            rows = [list(zip(*row, strict=True)) for row in zip(blocks[0].rows, blocks[1].rows, strict=True)]
            page.stacked("ScheduleTable", joined(pair.left.title, pair.right.title), _even(rows))
            continue
        for index, (column, item) in enumerate(zip(page.columns, items, strict=True)):
            write_block(column, item, blocks[index], following[index] if following else None)
        page.row()


def _even(rows: list[list[tuple[Any, Any]]]) -> list[list[tuple[Any, Any]]]:
    """Return rows of which each has as many cells as the longest."""
    most = max(map(len, rows))
    return [[*row, *[((), ())] * (most - len(row))] for row in rows]


def _write_contents(page: Facing, plans: Plans, pages: Mapping[str, int] | None) -> None:
    """Put the contents of both languages after the title, side by side."""
    made = Facing(page.columns, page.width, joined(*(plan.language.say("Contents") for plan in plans)))
    for column, plan in zip(page.columns, plans, strict=True):
        column.paragraph("TOCHeading", [Run(plan.language.say("Contents"))])
    made.row(kept=True)
    for number, (column, plan) in enumerate(zip(page.columns, plans, strict=True), 1):
        own = [heading for heading in column.headings if (heading.level > DEEPER) == column.second]
        xml = contents_xml(dataclasses.replace(column, headings=own), plan, pages, column=number)
        column.parts.append(turned(xml) if column.backwards else xml)
        column.paragraph("TableGap", ())
    made.row()
    made.close(headed=False)
    page.out[page.titled : page.titled] = made.out
