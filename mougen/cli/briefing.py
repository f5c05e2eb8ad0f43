"""The command for the team that negotiates: `brief`."""

from __future__ import annotations

from pathlib import Path

import click

from .options import check_output, deliver, force_option, library_of, library_option, output_option


@click.command()
@click.argument("deal", metavar="DEAL")
@click.option(
    "--format",
    type=click.Choice(["markdown", "docx", "json"]),
    default="markdown",
    show_default=True,
    help="Form of the brief; docx is written to a file named after DEAL unless -o says otherwise.",
)
@output_option
@force_option
@library_option
def brief(deal: str, format: str, output: str | None, force: bool, library: str | None) -> None:
    """Write the negotiation brief for a deal: what it gives up, the ladder of each contested clause, red lines.

    It is confidential, for the company's own team, and no legal advice. Exit 1 if a required item is no longer met.
    """
    from ..api import brief as made

    if output is None and format == "docx":
        output = f"{Path(deal).stem}-brief.docx"
    check_output(output, force=force, sources=[deal])
    written = made(deal, library=library_of(library))
    data = written.docx() if format == "docx" else (written.json() if format == "json" else written.markdown()).encode()
    deliver(data, output, force=force)
    if output is not None:
        counts = f"{len(written.concessions)} concessions, {len(written.contested)} contested clauses"
        click.echo(f"{output}: {counts}; confidential, do not send it to the force", err=True)
    required = [asked.id for asked in written.lost if asked.severity == "required"]
    if required:
        click.echo(f"no longer met: {', '.join(required)}", err=True)
        click.get_current_context().exit(1)
