"""The public verbs that take what users have at hand: a path, a mapping, a text, or the object itself."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from .agreement import Agreement
from .deal import Deal, read_deal
from .errors import DraftError
from .library import Library, bundled_library

if TYPE_CHECKING:
    from .draft.document import Memorandum
    from .draft.plan import Plan
    from .review.finding import Review


def make_plan(
    deal: str | os.PathLike[str] | Mapping[str, Any] | Deal, *, form: str = "", library: Library | None = None
) -> Plan:
    """Return the plan for a deal: each clause, its number, why it is in, and the fields that are still missing.

    `deal` is the path of a deal file, the same as a mapping, or a `Deal`. With `form`, the id of an annex or letter,
    the plan is for that form alone. `library` is the bundled one unless given. Raises MougenError with every fault of
    the deal at once.
    """
    from .draft import plan

    return plan.make_plan(read_deal(deal), library or bundled_library(), form)


def compose(
    deal: str | os.PathLike[str] | Mapping[str, Any] | Deal | Plan,
    *,
    allow_blanks: bool = False,
    verify: bool = True,
    comments: bool = False,
    contents: Literal["plain", "ask", "pages", "none"] = "plain",
    template: str | os.PathLike[str] | bytes | None = None,
    library: Library | None = None,
) -> Memorandum:
    """Return the Word file for a deal or its plan; write it with `.save(path)`, or take its bytes from `.data`.

    With `allow_blanks` missing fields become visible placeholders. With `verify` a last page lists what a lawyer has to
    verify, with `comments` drafting notes and sources stand beside the clauses. The table of `contents` is `plain`
    (without page numbers), `ask` (Word asks to refresh it), `pages` (with the page numbers that LibreOffice works out)
    or `none`. `template` is a firm's own Word file. The same input gives the same bytes. Raises MougenError where the
    deal or the template is at fault, or fields are missing.
    """
    from .draft import document, plan

    planned = deal if isinstance(deal, plan.Plan) else make_plan(deal, library=library)
    shell = template if template is None or isinstance(template, bytes) else read_template(template)
    return document.compose(planned, document.Options(allow_blanks, verify, comments, contents, shell))


def read_template(path: str | os.PathLike[str]) -> bytes:
    """Return the bytes of a template; raises DraftError where there is no such file."""
    try:
        return Path(path).read_bytes()
    except OSError as fault:
        raise DraftError(f"{os.fspath(path)}: cannot be read ({fault.strerror}); name a Word file") from None


def review_agreement(
    agreement: str | os.PathLike[str] | Agreement,
    *,
    facts: Mapping[str, bool] | None = None,
    lang: str = "en",
    library: Library | None = None,
) -> Review:
    """Return the review of an agreement: a finding for each requirement, and the red flags.

    `agreement` is the path of a file, an `Agreement`, or a text, which is told from a path by its line breaks. `facts`,
    such as `{"army_deployed": True}`, are inferred from the text or else assumed to hold where they are not given.
    `lang` is the language in which the review speaks to its reader; the agreement may be in another. A language that
    is not supported makes every verdict undetermined. Raises MougenError where the file cannot be read or a fact is
    unknown.
    """
    from .reading import from_txt, read_agreement
    from .review import engine

    if isinstance(agreement, str) and "\n" in agreement:
        agreement = from_txt.read(agreement.encode(), "text")
    elif not isinstance(agreement, Agreement):
        agreement = read_agreement(agreement)
    return engine.review_agreement(agreement, facts=facts or {}, library=library or bundled_library(), language=lang)
