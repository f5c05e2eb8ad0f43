"""The command `obligations`: who must do what by when, from a deal or any agreement."""

from __future__ import annotations

import datetime

import click

from .options import check_output, deliver, force_option, format_option, library_option, output_option


@click.command()
@click.argument("source", metavar="DEAL|FILE")
@format_option("text", "markdown", "csv", "json", "ics")
@output_option
@click.option(
    "--date", "signed", metavar="DATE", type=click.DateTime(["%Y-%m-%d"]),
    help="Day on which the agreement in FILE was signed (2026-11-30); a deal has its own.",
)  # fmt: skip
@force_option
@library_option
def obligations(
    source: str, format: str, output: str | None, signed: datetime.datetime | None, force: bool, library: str | None
) -> None:
    """List the obligations in a deal (.toml) or an agreement (.docx, .md, .pdf, .txt): who, what, when, which clause.

    Each is due once (after signature or by a date), recurring, within a time after an event, or standing. The format
    ics is a calendar of those with a date: write it to a file and open that in a calendar program.
    """
    from ..api import obligations as listed
    from .obliged import render_duties
    from .options import library_of

    check_output(output, force=force, sources=[source])
    duties = listed(source, date=signed.date() if signed else None, library=library_of(library))
    deliver(render_duties(duties, format), output, force=force)
    if format in ("csv", "ics") or output:
        for note in duties.notes:
            click.echo(note, err=True)
