"""The command on agreements in two languages: `parity`."""

from __future__ import annotations

import click

from .options import check_output, deliver, force_option, format_option, output_option


@click.command()
@click.argument("file", metavar="FILE")
@format_option("text", "markdown", "json")
@output_option
@force_option
def parity(file: str, format: str, output: str | None, force: bool) -> None:
    """Compare the two languages of an agreement (.docx, .md, .txt, text .pdf) passage by passage.

    The languages stand side by side in a table, or one after the other. Listed is what only one of them says: duties
    that are permissions or softer, negations, parties, dates, time limits, references, numbers, missing passages. Exit
    1 if there is any. What it does not list a translator has still to read.
    """
    from ..api import parity as compared
    from ..parity.shown import shown

    check_output(output, force=force, sources=[file])
    found = compared(file)
    deliver(shown(found, format).encode(), output, force=force)
    if not found.ok:
        click.get_current_context().exit(1)
