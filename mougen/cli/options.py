"""What several commands share: options, reading the library and the facts, and writing a file whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ..errors import MougenError
from ..writing import check_free, write_whole

if TYPE_CHECKING:
    from ..library import Library

F = TypeVar("F", bound=Callable[..., Any])

library_option = click.option(
    "--library", metavar="DIR", type=click.Path(),
    help="Folder whose clauses/, jurisdictions/ and languages/ are added to the bundled ones or replace them.",
)  # fmt: skip
output_option = click.option("-o", "--output", metavar="OUT", type=click.Path(), help="Write to this file.")
force_option = click.option("--force", is_flag=True, help="Replace the file if it is there already.")


def format_option(*names: str) -> Callable[[F], F]:
    """Return `--format` with the choices `names`; text is the default."""
    choice = click.Choice(names)
    return click.option("--format", type=choice, default="text", show_default=True, help="Form of the output.")


def library_of(folder: str | None) -> Library:
    """Return the bundled library, or that of `--library`."""
    from ..library import bundled_library, load_library

    return load_library(folder) if folder else bundled_library()


def facts_of(options: Iterable[str]) -> dict[str, bool]:
    """Return the facts in `name=yes|no` options; raises MougenError with all faults."""
    from ..requirement import FACTS
    from ..schema import nearest

    facts: dict[str, bool] = {}
    faults = []
    for option in options:
        name, _, value = (part.strip() for part in option.partition("="))
        if name not in FACTS:
            faults.append(f"--fact {option}: `{name}` is not a fact; {nearest(name, FACTS)}".rstrip("; "))
        elif value not in ("yes", "no"):
            faults.append(f"--fact {option}: say {name}=yes or {name}=no")
        elif facts.setdefault(name, value == "yes") != (value == "yes"):
            faults.append(f"--fact {option}: `{name}` is given as yes and as no")
    MougenError.raise_if(faults)
    return facts


def deliver(data: bytes, output: str | None, *, force: bool) -> None:
    """Print `data`, or write it to `output`; raises MougenError rather than overwrite without `force`."""
    if output is None:
        click.echo(data, nl=False)
        return
    write_whole(output, data, force=force)


def check_output(output: str | None, *, force: bool, sources: Iterable[str] = ()) -> None:
    """Raise MougenError where `output` cannot be written or is one of `sources`, before any work is done for it."""
    if output is None:
        return
    if Path(output).resolve() in (Path(source).resolve() for source in sources):
        raise MougenError(f"{output}: this file is read by the same command; name another to write")
    check_free(output, force=force)
