"""Reviews as JSON lines: one line for each file, in order."""

from __future__ import annotations

import json
from collections.abc import Sequence

from ..review.finding import Review
from .wire import Unread, wire

CONCATENABLE = True


def render(outcomes: Sequence[Review | Unread], *, color: bool = False) -> bytes:
    """Return a line in the form of docs/wire-schema.md for each file."""
    # ASCII only, because some readers also end a line at U+2028 or U+0085, which a quote may hold.
    return "".join(f"{json.dumps(wire(outcome))}\n" for outcome in outcomes).encode()
