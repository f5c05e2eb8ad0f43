"""The commands on a firm's own Word template: `template check` and `template new`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .options import check_output, deliver, force_option

if TYPE_CHECKING:
    from ..draft.firm.template import Prepared

PLACES = {"body": "cover", "header": "header", "footer": "footer", "footnotes": "footnotes", "endnotes": "endnotes"}


@click.group()
def template() -> None:
    """Check or start a Word file of your own as shell of drafts (`mougen draft --template`)."""


@template.command()
@click.argument("file", metavar="FILE")
@click.option("--language", metavar="CODE", default="en", show_default=True, help="Language of the drafts: en, fr ….")
def check(file: str, language: str) -> None:
    """Print which style and list level of FILE each part of a draft will have, and what is missing in it.

    What is missing is added to the draft and takes its looks from FILE. Exit 2 if FILE cannot be used as a template.
    """
    from ..api import read_template
    from ..draft.firm.template import checked

    for line in _lines(checked(read_template(file), Path(file).name, language)):
        click.echo(line)


@template.command()
@click.argument("file", metavar="FILE")
@force_option
def new(file: str, force: bool) -> None:
    """Write a Word file to start from: restyle it in Word, keep the names of its styles."""
    from ..draft.firm.template import starter

    check_output(file, force=force)
    deliver(starter(), file, force=force)


def _lines(made: Prepared) -> Iterator[str]:
    rows = [(role.says, role.style if role.own else f"({role.style})", role.level, role.note) for role in made.roles]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, (*widths, 0), strict=True)).rstrip()
    yield ""
    yield f"Body: {'at {{ body }}' if made.placed else 'after the last line; {{ body }} alone in a line moves it'}."
    printed = [f"{PLACES[place]}: {', '.join(fields)}" for place, fields in made.fields.items() if fields]
    yield f"Fields: {'; '.join(printed) or 'none'}."
    missing = [role.says for role in made.roles if not role.own]
    yield f"Missing, so added to each draft: {', '.join(missing) or 'nothing'}."
