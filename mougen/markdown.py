"""Text as Markdown prints it: what a person wrote comes out as it was written, whatever marks are in it."""

from __future__ import annotations

import re

# Characters that Markdown or HTML inside it would act on.
ACTIVE = re.compile(r"([\\`*_\[\]<>#|~&$@])")
OPENING = re.compile(r"^(\s*)([-+]|\d+(?=[.)]))")


def escaped(text: str) -> str:
    """Return `text` such that Markdown prints it as it is; line breaks are left to the caller."""
    active = ACTIVE.sub(r"\\\1", text)
    return OPENING.sub(lambda m: f"{m[1]}{m[2]}\\" if m[2].isdigit() else f"{m[1]}\\{m[2]}", active)
