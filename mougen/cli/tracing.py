"""The command `trace`: what became of a draft that comes back after negotiation."""

from __future__ import annotations

import click

from .options import deliver, format_option, library_option


@click.command()
@click.argument("file", metavar="FILE")
@format_option("text", "json", "markdown")
@library_option
def trace(file: str, format: str, library: str | None) -> None:
    """Say what became of each clause of a draft in the Word FILE that came back.

    Each clause is untouched, edited, moved or deleted; text that was not in the draft is listed with its place. Tracked
    changes are read as accepted. Each clause has the version of the library text that it was drafted from, and whether
    the library has changed it since. Exit 1 if anything is otherwise than it was drafted.
    """
    from ..api import trace as traced
    from .options import library_of
    from .traced import render_trace

    found = traced(file, library=library_of(library))
    deliver(render_trace(found, format), None, force=False)
    if not found.untouched:
        click.get_current_context().exit(1)
