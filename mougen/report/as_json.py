"""Reviews as indented JSON: an object for one file, a list for several."""

from __future__ import annotations

import json
from collections.abc import Sequence

from ..review.finding import Review
from .wire import Unread, wire

CONCATENABLE = False


def render(outcomes: Sequence[Review | Unread], *, color: bool = False) -> bytes:
    """Return one JSON document in the form of docs/wire-schema.md."""
    forms = [wire(outcome) for outcome in outcomes]
    document = forms[0] if len(forms) == 1 else forms
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()
