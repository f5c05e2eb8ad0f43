"""The commands on agreements that are there already: `review` and `read`."""

from __future__ import annotations

import dataclasses
import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import click

from ..errors import MougenError
from ..report import Unread, concatenable, formats, render_reports
from .options import (
    check_output,
    deliver,
    facts_of,
    force_option,
    format_option,
    library_of,
    library_option,
    output_option,
)

if TYPE_CHECKING:
    from ..agreement import Agreement, Paragraph
    from ..library import Library
    from ..review.finding import Review


@click.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--fact", "facts", multiple=True, metavar="NAME=yes|no", help="A fact that decides what applies.")
@format_option(*formats())
@output_option
@click.option("--color/--no-color", default=None, help="Colour the text report (default: on a terminal).")
@click.option(
    "--lang", metavar="CODE", default="en", show_default=True, help="Language of the report (en, es, fr, pt)."
)
@click.option("--exit-zero", is_flag=True, help="Exit 0 even if there are gaps.")
@force_option
@library_option
def review(
    files: tuple[str, ...],
    facts: tuple[str, ...],
    format: str,
    output: str | None,
    color: bool | None,
    lang: str,
    exit_zero: bool,
    force: bool,
    library: str | None,
) -> None:
    """Review agreements (.docx, .md, .txt, text .pdf; - reads text from stdin).

    Facts that are not given are inferred from the text where it settles them, else assumed to hold; the report says
    which. Facts: armed_conflict, army_deployed, in_kind_support, equipment_transfer, payments_to_personnel, firearms,
    gbv_risk, private_security, vulnerable_groups, personnel_rights_risk, investment_contract.
    """
    check_output(output, force=force, sources=files)
    outcomes = _outcomes(files, facts_of(facts), lang, library_of(library))
    streams = output is None and concatenable(format)  # print each report as soon as it is there
    batches: Iterable[tuple[Review | Unread, ...]] = ((o,) for o in outcomes) if streams else (tuple(outcomes),)
    code = 0
    for batch in batches:
        code = max(code, *(_exit_code(outcome, exit_zero) for outcome in batch))
        if format in ("json", "jsonl") or not all(isinstance(outcome, Unread) for outcome in batch):
            deliver(render_reports(batch, format, color=_painted(color, output)), output, force=force)
    click.get_current_context().exit(code)


def _outcomes(
    files: Iterable[str], facts: Mapping[str, bool], lang: str, library: Library
) -> Iterator[Review | Unread]:
    """Yield a review for each file in order; what cannot be reviewed is told on stderr and yields an `Unread`."""
    from ..language import load_language
    from ..review.engine import review_agreement

    load_language(lang)  # one that is not known ends the command, and is not said of each file
    for file in files:
        name = click.format_filename(file)
        try:
            agreement = dataclasses.replace(_agreement(file), name=name)
            yield review_agreement(agreement, facts=facts, library=library, language=lang)
        except MougenError as error:
            click.echo(_named(name, str(error)), err=True)
            yield Unread(name, str(error))


def _agreement(file: str) -> Agreement:
    from .. import reading

    if file != "-":
        return reading.read_agreement(file)
    from ..reading import from_txt

    return from_txt.read(sys.stdin.buffer.read(reading.MAX_BYTES), "-")


def _named(name: str, message: str) -> str:
    """Return `message` with the file before it, unless the message names it already."""
    return message if os.path.basename(name) in message else f"{name}: {message}"  # noqa: PTH119


def _exit_code(outcome: Review | Unread, exit_zero: bool) -> int:
    if isinstance(outcome, Unread):
        return 2
    return 0 if outcome.ok or exit_zero else 1


def _painted(color: bool | None, output: str | None) -> bool:
    if color is not None:
        return color
    return output is None and sys.stdout.isatty() and not os.environ.get("NO_COLOR")


@click.command()
@click.argument("file", metavar="FILE")
@format_option("text", "json")
def read(file: str, format: str) -> None:
    """Print what a review reads: each visible paragraph once, with its number and place (- reads stdin)."""
    agreement = _agreement(file)
    if format == "json":
        shown = json.dumps(_wire(agreement), ensure_ascii=False, indent=2) + "\n"
    else:
        shown = "".join(f"{line}\n" for line in _lines(agreement))
    deliver(shown.encode(), None, force=False)


def _lines(agreement: Agreement) -> Iterator[str]:
    """Yield one line for each paragraph, so that it can be searched; what is not body text says its place."""
    from ..report.terminal import plain

    for note in agreement.notes:
        click.echo(note, err=True)
    for number, paragraph in enumerate(agreement.paragraphs, 1):
        label = "" if paragraph.text.startswith(paragraph.label) else f"{paragraph.label} "
        place = "".join(f"[{word}] " for word in _places(paragraph))
        yield f"{number:>5}  {place}{label}{plain(paragraph.text)}"


def _places(paragraph: Paragraph) -> Iterator[str]:
    if paragraph.row:
        yield f"table {paragraph.row[0]}, row {paragraph.row[1]}"
    elif paragraph.place != "body":
        yield paragraph.place
    if paragraph.page:
        yield f"page {paragraph.page}"
    yield from paragraph.marks


def _wire(agreement: Agreement) -> dict[str, object]:
    return {
        "version": 1,
        "file": agreement.name,
        "notes": list(agreement.notes),
        "paragraphs": [{**dataclasses.asdict(p), "end": p.end} for p in agreement.paragraphs],
    }
