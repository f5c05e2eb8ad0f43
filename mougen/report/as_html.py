"""Reviews as one self-contained page: no script, nothing fetched, fit for print and for screen readers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, partial

import jinja2

from ..data import data_root
from ..language import SOURCE, load_language
from ..requirement import TITLES
from ..review.finding import Finding, Review
from .summary import DISCLAIMER, SPOKEN, Summary, by_basis, segments, told
from .terminal import plain
from .wire import Unread

CONCATENABLE = False


def render(outcomes: Sequence[Review | Unread], *, color: bool = False) -> bytes:
    """Return one page with a part for each file."""
    parts = [_Part(number, outcome) for number, outcome in enumerate(outcomes, 1)]
    language = next((o.spoken for o in outcomes if isinstance(o, Review)), load_language(SOURCE))
    words = {"language": language, "say": language.say, "told": partial(told, language=language)}
    return _template().render(parts=parts, disclaimer=DISCLAIMER, **words).encode()


class _Part:
    """What the page asks about one file; `key` keeps the anchors of several files apart."""

    def __init__(self, number: int, outcome: Review | Unread) -> None:
        self.key, self.unread, self.review = f"r{number}", None, None
        if isinstance(outcome, Unread):
            self.unread, self.name = outcome, outcome.file
        else:
            self.review, self.name = outcome, outcome.agreement.name
            self.summary, self.facts = Summary.of(outcome), by_basis(outcome)

    @property
    def categories(self) -> Iterable[tuple[str, str, list[Finding]]]:
        """Yield (id, title, findings) of each category, gaps before what is met."""
        assert self.review is not None
        worst = {finding.requirement: place for place, finding in enumerate(self.review.gaps)}
        calm = {"met": 1_000, "not-applicable": 2_000}
        for category, title in TITLES.items():
            found = [finding for finding in self.review.findings if finding.category == category]
            found.sort(key=lambda f: worst.get(f.requirement, calm.get(f.verdict, 0)))
            if found:
                yield category, title, found


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"plain": plain, "spoken": SPOKEN.__getitem__}
    environment.globals["segments"] = segments
    return environment.from_string((data_root("report") / "page.html").read_text(encoding="utf-8"))
