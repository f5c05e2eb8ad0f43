"""Whether the two languages of an agreement say the same: passages side by side, and what they say differently."""

from __future__ import annotations

from ..agreement import Agreement
from ..language import load_language
from .align import aligned
from .compare import differences
from .finding import Difference, Parity, Side
from .words import tongue_of

__all__ = ["Difference", "Parity", "Side", "compare_languages"]


def compare_languages(agreement: Agreement) -> Parity:
    """Return what the two languages of `agreement` say differently.

    Raises ReviewError where it is not in two languages that can be compared.
    """
    found = aligned(agreement)
    tongues = tuple(tongue_of(code, texts) for code, texts in zip(found.languages, found.texts, strict=True))
    differing = list[Difference]()
    for left, right in found.pairs:
        where = " / ".join(dict.fromkeys(filter(None, (left.where, right.where))))
        if not left.text or not right.text:
            language = found.languages[0 if not left.text else 1]
            differing.append(
                Difference("missing", where, f"there is no such passage in {load_language(language).name}", left, right)
            )
            continue
        for kind, why in differences((left.text, right.text), (tongues[0], tongues[1])):
            differing.append(Difference(kind, where, why, left, right))
    return Parity(agreement.name, found.languages, len(found.pairs), tuple(differing), found.notes)
