"""Plan in, Word out: a shell, the body that our own writer makes, and what travels with it, put into one package."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from .. import __version__
from ..errors import DraftError
from ..writing import write_whole
from .body import write_body, write_notes
from .contents import contents_xml
from .package import check_parts, zipped
from .parts import add_blanks, add_comments, add_trace
from .plan import Plan
from .shell import MAIN_PART, Shell, house, values_of
from .wml import Heading, Writer

DISCLAIMER = (
    "Drafted with mougen, which informs and gives no legal advice. A lawyer admitted in the country must review this "
    "document before it is used."
)
# A table of contents without page numbers, which is always right; one that Word is asked to refresh, at which it puts
# a question to the reader; one with the page numbers that LibreOffice works out; or none.
Contents = Literal["plain", "ask", "pages", "none"]


@dataclass(frozen=True, slots=True)
class Memorandum:
    """A finished Word file and the plan that it was made from."""

    plan: Plan
    data: bytes = field(repr=False)

    def save(self, path: str | os.PathLike[str], *, force: bool = False) -> Path:
        """Write the file and return its path; raises DraftError rather than overwrite without `force`."""
        write_whole(path, self.data, force=force, error=DraftError)
        return Path(path)


@dataclass(frozen=True, slots=True)
class Options:
    """How a plan is made into a file.

    `verify` adds the last page, which lists what to verify; `comments` the drafting notes and sources as comments;
    `template` is a firm's own Word file as shell, which messages call `template_name`.
    """

    allow_blanks: bool = False
    verify: bool = True
    comments: bool = False
    contents: Contents = "plain"
    template: bytes | None = None
    template_name: str = "the template"


def compose(plan: Plan, options: Options | None = None) -> Memorandum:
    """Return the Word file for `plan`, the same bytes for the same plan and options.

    Raises DraftError where fields are missing and blanks are not allowed, where the template cannot be used, or where
    the finished package does not pass the package check.
    """
    options = options or Options()
    check_blanks(plan, options)
    if options.contents != "pages":
        return Memorandum(plan, _made(plan, options, None)[0])
    from .pages import page_numbers

    laid_out = _made(plan, options, {})
    return Memorandum(plan, _made(plan, options, page_numbers(*laid_out))[0])


def check_blanks(plan: Plan, options: Options) -> None:
    """Raise DraftError with the fields that are missing, unless blanks are allowed."""
    if plan.missing and not options.allow_blanks:
        raise DraftError(
            *(f"`{m.path}` is missing ({', '.join(m.clauses)}): {m.asks}".rstrip(": ") for m in plan.missing)
        )


def _made(plan: Plan, options: Options, pages: Mapping[str, int] | None) -> tuple[bytes, list[Heading]]:
    """Return the package and its headings; `pages` are those of the contents by bookmark, None for contents without."""
    shell = shell_of(values_of(plan, update=options.contents == "ask"), plan, options)
    writer = Writer(shell.styles, shell.width)
    write_body(writer, plan, comments=options.comments)
    if options.verify and len(plan.items) > 1:
        write_notes(writer, plan, plan.language.say(DISCLAIMER))
    body = "".join(writer.parts)
    if options.contents != "none" and len(plan.items) > 1:
        title = "".join(writer.parts[: writer.titled])
        body = title + contents_xml(writer, plan, pages) + body[len(title) :]
    parts = dict(shell.parts)
    parts[MAIN_PART] = f"{shell.before}{body}{shell.after}".encode()
    add_comments(parts, writer)
    add_blanks(parts, writer, plan.language)
    add_trace(parts, plan)
    DraftError.raise_if(f"the drafted file is not sound: {fault}; please report it" for fault in check_parts(parts))
    return zipped(parts), writer.headings


def shell_of(values: dict[str, Any], plan: Plan, options: Options) -> Shell:
    """Return the house shell or that of the template with `values`; raises DraftError where it cannot be used."""
    disclaimer = plan.language.say(DISCLAIMER)
    values["core"]["comments"] = f"{disclaimer} mougen {__version__}, library {plan.digest[:12]}."
    if options.template is None:
        return house(values)
    from .firm.template import firm

    return firm(options.template, values, options.template_name)
