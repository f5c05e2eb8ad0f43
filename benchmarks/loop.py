"""The closed loop: what mougen drafts, and what it leaves out or softens, read back in each language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from mougen.api import compose
from mougen.draft.plan import make_plan
from mougen.library import Library, bundled_library
from mougen.reading import from_docx
from mougen.requirement import FACTS
from mougen.review.engine import review_agreement
from mougen.review.finding import Review

from .texts import full

Share = tuple[int, int]  # so many of so many


def loop(language: str) -> dict[str, Share]:
    """Return for one language how many verdicts on drafts are as they must be, and how many false alarms there are."""
    library = bundled_library()
    carriers = _carriers(library)
    whole = _reviewed(language, library)
    dropped = sorted({next(iter(c)) for c in carriers.values() if len(c) == 1})
    seen = false = kept = gone = 0
    for half in (dropped[::2], dropped[1::2]):
        review = _reviewed(language, library, drop=half)
        out = {id for id, clauses in carriers.items() if clauses <= set(half)}
        inside = {f.requirement for f in review.findings} - {i for i, c in carriers.items() if c & set(half)}
        seen, gone = seen + len(out - _met(review)), gone + len(out)
        false, kept = false + len(inside - _met(review)), kept + len(inside)
    found = {
        "drafted and met": (len(_met(whole)), len(whole.findings)),
        "left out and missed": (seen, gone),
        "kept and not met": (false, kept),
    }
    for rung in ("fallback", "weak"):
        ids = [id for id in library.clauses if library.clause(id, language="en", rung=rung)]
        met = _met(_reviewed(language, library, **{rung: ids}))
        softened = [library.clauses[id][0].meets for id in ids]
        # A fallback still meets all that the clause met, a weak wording no longer meets some of it.
        right = sum(met.issuperset(meets) == (rung == "fallback") for meets in softened)
        found[f"{rung} wordings judged rightly"] = (right, len(softened))
    return found


def _carriers(library: Library) -> dict[str, set[str]]:
    """Return the clauses that meet each requirement."""
    found: dict[str, set[str]] = {}
    for clause in (clause for variants in library.clauses.values() for clause in variants):
        for requirement in clause.meets:
            found.setdefault(requirement, set()).add(clause.id)
    return found


def _reviewed(language: str, library: Library, **arranged: Iterable[str]) -> Review:
    deal = full(language)
    otherwise = {name: tuple(ids) for name, ids in arranged.items()}
    plan = make_plan(replace(deal, clauses=replace(deal.clauses, **otherwise)), library)
    read = from_docx.read(compose(plan, allow_blanks=True).data, "draft.docx")
    return review_agreement(read, facts=dict.fromkeys(FACTS, True), library=library)


def _met(review: Review) -> set[str]:
    return {f.requirement for f in review.findings if f.verdict == "met"}
