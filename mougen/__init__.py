"""Draft and review agreements between companies and public security forces.

What can be imported from here is the public interface; all else may change. Importing `mougen` loads nothing heavy:
each name loads what it needs when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .agreement import Agreement
    from .api import brief, compose, make_plan, obligations, review_agreement, trace
    from .deal import Deal, read_deal
    from .draft.brief import Brief
    from .draft.document import Memorandum
    from .draft.plan import Plan
    from .errors import MougenError
    from .library import Library, load_library
    from .reading import read_agreement
    from .report import render_report
    from .review.finding import Finding, Review

__version__ = "0.1.0"
__all__ = [
    "Agreement",
    "Brief",
    "Deal",
    "Finding",
    "Library",
    "Memorandum",
    "MougenError",
    "Plan",
    "Review",
    "brief",
    "compose",
    "load_library",
    "make_plan",
    "obligations",
    "read_agreement",
    "read_deal",
    "render_report",
    "review_agreement",
    "trace",
]
_HOMES = {
    "Agreement": "agreement",
    "Brief": "draft.brief",
    "Deal": "deal",
    "Finding": "review.finding",
    "Library": "library",
    "Memorandum": "draft.document",
    "MougenError": "errors",
    "Plan": "draft.plan",
    "Review": "review.finding",
    "brief": "api",
    "compose": "api",
    "load_library": "library",
    "make_plan": "api",
    "obligations": "api",
    "read_agreement": "reading",
    "read_deal": "deal",
    "render_report": "report",
    "review_agreement": "api",
    "trace": "api",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module `mougen` has no attribute `{name}`")
    return getattr(import_module(f".{_HOMES[name]}", __name__), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
