"""Page numbers for the table of contents, worked out by LibreOffice on this machine."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from ..errors import DraftError
from .wml import Heading

PROGRAMS = ("soffice", "libreoffice")
PATIENCE = 180  # seconds


def page_numbers(data: bytes, headings: Sequence[Heading]) -> Mapping[str, int]:
    """Return the page of each of `headings`, which are those of the Word file `data` in their order, by bookmark.

    Raises DraftError where LibreOffice is not there or fails.
    """
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        raise DraftError("page numbers need LibreOffice, which is not on this machine; choose `--contents plain`")
    import pypdfium2

    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "draft.docx")
        source.write_bytes(data)
        command = [program, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
        made = subprocess.run(
            [*command, "--outdir", folder, source], capture_output=True, timeout=PATIENCE, check=False
        )
        pdf = source.with_suffix(".pdf")
        if made.returncode or not pdf.is_file():
            raise DraftError("LibreOffice could not lay out the draft; choose `--contents plain`")
        document = pypdfium2.PdfDocument(pdf)
        try:
            # LibreOffice makes the outline of the file from the headings.
            pages = [dest.get_index() + 1 for mark in document.get_toc() if (dest := mark.get_dest())]
        finally:
            document.close()
    if len(pages) != len(headings):
        raise DraftError("LibreOffice did not find all headings of the draft; choose `--contents plain`")
    return {heading.bookmark: page for heading, page in zip(headings, pages, strict=True)}
