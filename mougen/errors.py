"""Every failure that mougen foresees, each a plain sentence for the person who can mend it."""

from __future__ import annotations

from collections.abc import Iterable


class MougenError(Exception):
    """Something the user can mend; the message names file, place, fault and remedy.

    `problems` holds all faults found in one pass, so that a file need not be mended one fault at a time.
    """

    def __init__(self, *problems: str) -> None:
        self.problems: tuple[str, ...] = problems
        super().__init__("\n".join(problems))

    @classmethod
    def raise_if(cls, problems: Iterable[str]) -> None:
        """Raise one error that carries all of `problems`, if there are any."""
        found = tuple(dict.fromkeys(problems))
        if found:
            raise cls(*found)


class DataError(MougenError):
    """Bundled or user-supplied data (catalogue, clauses, jurisdictions) is not as it must be."""


class DealError(MougenError):
    """A deal file cannot be used."""


class DraftError(MougenError):
    """A memorandum cannot be composed from a deal."""


class ReadError(MougenError):
    """A file cannot be read as an agreement."""


class ReviewError(MougenError):
    """A review cannot be made, for example because the language is not supported."""
