"""Compares a Word file that came back with the draft that left, by the trace that travelled in it.

It stands above drafting and reading, as the command line does; neither knows of it.
"""

from __future__ import annotations

import os
from pathlib import Path

from ..content import kind_of
from ..errors import ReadError
from ..library import Library
from ..opc import open_package
from ..reading import read_agreement
from .compare import compare
from .record import read_record
from .trace import Trace


def trace_file(path: str | os.PathLike[str], library: Library) -> Trace:
    """Return what became of the draft in the Word file at `path`, read with all tracked changes accepted.

    Raises ReadError, one sentence, where the file cannot be read, has no trace of a draft or a damaged one.
    """
    agreement = read_agreement(path)
    data = Path(path).read_bytes()
    if kind_of(data) != "docx":
        raise ReadError(
            f"{agreement.name} is no Word file (.docx), and only that carries the trace of a draft; "
            "give the Word file that came back."
        )
    return compare(read_record(open_package(data, agreement.name)), agreement, library)
