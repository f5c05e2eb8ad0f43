"""Draft and review agreements between companies and public security forces.

What can be imported from here is the public interface; all else may change. Importing `mougen` loads nothing heavy:
each name loads what it needs when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .agreement import Agreement
    from .api import compose, make_plan, review_agreement
    from .deal import Deal, read_deal
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
    "Deal",
    "Finding",
    "Library",
    "Memorandum",
    "MougenError",
    "Plan",
    "Review",
    "compose",
    "load_library",
    "make_plan",
    "read_agreement",
    "read_deal",
    "render_report",
    "review_agreement",
]
_HOMES = {
    "Agreement": "agreement",
    "Deal": "deal",
    "Finding": "review.finding",
    "Library": "library",
    "Memorandum": "draft.document",
    "MougenError": "errors",
    "Plan": "draft.plan",
    "Review": "review.finding",
    "compose": "api",
    "load_library": "library",
    "make_plan": "api",
    "read_agreement": "reading",
    "read_deal": "deal",
    "render_report": "report",
    "review_agreement": "api",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module `mougen` has no attribute `{name}`")
    return getattr(import_module(f".{_HOMES[name]}", __name__), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
