"""Reviews in, bytes out: one `as_<format>` module for each report format."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Sequence
from types import ModuleType

from ..errors import MougenError
from ..review.finding import Review
from .wire import Unread

__all__ = ["Unread", "concatenable", "formats", "render_report", "render_reports"]


def formats() -> tuple[str, ...]:
    """Return the names of all report formats: one for each module `as_<format>` in this package."""
    names = (module.name for module in pkgutil.iter_modules(__path__))
    return tuple(sorted(name.removeprefix("as_") for name in names if name.startswith("as_")))


def render_report(review: Review, format: str = "text") -> bytes:
    """Return the report on one agreement, in UTF-8.

    `format` is one of `formats()`: "html", "json", "jsonl", "markdown" or "text". The same review gives the same bytes.
    Raises MougenError where there is no such format.
    """
    return render_reports((review,), format)


def render_reports(outcomes: Sequence[Review | Unread], format: str, *, color: bool = False) -> bytes:
    """Return one report on several files in order; `color` paints the text report for a terminal."""
    rendered: bytes = _module(format).render(outcomes, color=color)
    return rendered


def concatenable(format: str) -> bool:
    """Tell whether reports in `format` may be printed one after the other as they are finished."""
    return bool(_module(format).CONCATENABLE)


def _module(format: str) -> ModuleType:
    if format not in formats():
        raise MougenError(f"`{format}` is not a report format; known: {', '.join(formats())}")
    return importlib.import_module(f".as_{format}", __package__)
