"""The public verbs that take what users have at hand: a path, a mapping, a text, or the object itself."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from .deal import Deal, read_deal
from .errors import DraftError
from .library import Library, bundled_library

if TYPE_CHECKING:
    import datetime

    from .agreement import Agreement
    from .draft.brief import Brief
    from .draft.document import Memorandum
    from .draft.plan import Plan
    from .duties.duty import Duties
    from .parity.finding import Parity
    from .review.finding import Review
    from .tracing.trace import Trace


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
    bilingual: Sequence[str] = (),
    library: Library | None = None,
) -> Memorandum:
    """Return the Word file for a deal or its plan; write it with `.save(path)`, or take its bytes from `.data`.

    With `allow_blanks` missing fields become visible placeholders. With `verify` a last page lists what a lawyer has to
    verify, with `comments` drafting notes and sources stand beside the clauses. The table of `contents` is `plain`
    (without page numbers), `ask` (Word asks to refresh it), `pages` (with the page numbers that LibreOffice works out)
    or `none`. `template` is a firm's own Word file. `bilingual` names two languages, such as `("fr", "en")`, whose
    texts then stand side by side, the first on the left. The same input gives the same bytes. Raises MougenError where
    the deal or the template is at fault, or fields are missing.
    """
    from .draft import document, plan

    shell = template if template is None or isinstance(template, bytes) else read_template(template)
    options = document.Options(allow_blanks, verify, comments, contents, shell)
    if template is not None and not isinstance(template, bytes):
        options = replace(options, template_name=Path(template).name)
    if bilingual:
        from .draft.bilingual import document as facing

        given = deal if isinstance(deal, plan.Plan) else read_deal(deal)
        return facing.compose(facing.plans_of(given, bilingual, library or bundled_library()), options)
    planned = deal if isinstance(deal, plan.Plan) else make_plan(deal, library=library)
    return document.compose(planned, options)


def brief(deal: str | os.PathLike[str] | Mapping[str, Any] | Deal | Plan, *, library: Library | None = None) -> Brief:
    """Return the negotiation brief for a deal or its plan, confidential and for the company's own team.

    It says what the deal as it stands gives up, the ladder of each contested clause, the red lines, and what is still
    open; print it with `.markdown()`, `.docx()` or `.json()`. `library` is the one that the plan was made from. The
    same input gives the same bytes. Raises MougenError with every fault of the deal at once.
    """
    from .draft import brief as briefs
    from .draft import plan

    library = library or bundled_library()
    planned = deal if isinstance(deal, plan.Plan) else make_plan(deal, library=library)
    return briefs.make_brief(planned, library)


def parity(agreement: str | os.PathLike[str] | Agreement) -> Parity:
    """Return what the two languages of an agreement say differently, passage by passage.

    `agreement` is the path of a file or an `Agreement`, its languages side by side in a table or one after the other.
    Raises MougenError where the file cannot be read or is not in two languages that can be compared.
    """
    from .agreement import Agreement
    from .parity import compare_languages
    from .reading import read_agreement

    return compare_languages(agreement if isinstance(agreement, Agreement) else read_agreement(agreement))


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
    from .agreement import Agreement
    from .reading import from_txt, read_agreement
    from .review import engine

    if isinstance(agreement, str) and "\n" in agreement:
        agreement = from_txt.read(agreement.encode(), "text")
    elif not isinstance(agreement, Agreement):
        agreement = read_agreement(agreement)
    return engine.review_agreement(agreement, facts=facts or {}, library=library or bundled_library(), language=lang)


def trace(path: str | os.PathLike[str], *, library: Library | None = None) -> Trace:
    """Return what became of a draft in the Word file at `path` that came back: clause by clause, and foreign text.

    Tracked changes are read as accepted. Raises MougenError where the file cannot be read, or has no trace of a draft
    or a damaged one.
    """
    from .tracing import trace_file

    return trace_file(path, library or bundled_library())


def obligations(
    source: str | os.PathLike[str] | Mapping[str, Any] | Deal | Plan | Agreement,
    *,
    date: datetime.date | None = None,
    library: Library | None = None,
) -> Duties:
    """Return the obligations of a deal or of an agreement: who must do what by when, from which clause.

    `source` is the path of a deal file (.toml) or of an agreement, or one of these read already. `date` is when an
    agreement was signed, from which days are counted; a deal has its own. Raises MougenError where the source cannot be
    read.
    """
    from .duties import list_duties

    return list_duties(source, date, library or bundled_library())
