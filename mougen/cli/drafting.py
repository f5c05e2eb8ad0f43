"""The commands that lead to a draft: `new`, `plan`, `draft`, and `schema` for editors of deal files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from .options import check_output, deliver, force_option, format_option, library_of, library_option, output_option


@click.command()
@click.argument("deal", metavar="DEAL")
@output_option
@click.option("--allow-blanks", is_flag=True, help="Turn missing fields into visible placeholders.")
@click.option("--annex", metavar="ID", default="", help="Draft that form or letter alone (`mougen list forms`).")
@click.option("--notes", is_flag=True, help="Put drafting notes and sources beside the clauses, as Word comments.")
@click.option("--no-verify", is_flag=True, help="Leave out the last page, which lists what to verify.")
@click.option(
    "--contents",
    type=click.Choice(["plain", "ask", "pages", "none"]),
    default="plain",
    help="Table of contents: without page numbers, refreshed by Word on opening, with page numbers (by LibreOffice).",
)
@click.option("--template", metavar="FILE", default=None, help="A Word file of your own as shell.")
@click.option(
    "--bilingual", metavar="LEFT,RIGHT", default="", help="Two languages side by side, such as fr,en, not that of DEAL."
)
@force_option
@library_option
def draft(deal: str, output: str | None, annex: str, force: bool, library: str | None, **options: Any) -> None:
    """Write the agreement for a deal file as Word.

    Without -o the file is named after DEAL and lies in the current folder. A bilingual draft has one numbering; the
    clauses of both languages are the same or the draft stops. Missing fields stop the draft with a list.
    """
    from ..api import compose, make_plan

    codes = [code.strip() for code in options["bilingual"].split(",")] if options["bilingual"] else []
    output = output or "-".join(filter(None, (Path(deal).stem, annex, *codes))) + ".docx"
    check_output(output, force=force, sources=[deal])
    plan = make_plan(deal, form=annex, library=library_of(library))
    memorandum = compose(
        plan,
        allow_blanks=options["allow_blanks"],
        verify=not options["no_verify"],
        comments=options["notes"],
        contents=options["contents"],
        template=options["template"],
        bilingual=codes,
        library=library_of(library),
    )
    memorandum.save(output, force=force)
    counts = f"{len(plan.items)} parts, {len(plan.missing)} blanks, {len(plan.notes)} facts to verify"
    click.echo(f"{output}: {counts}", err=True)
    if plan.unmet and not annex:
        click.echo(f"not covered, because a clause was left out: {', '.join(plan.unmet)}", err=True)


@click.command()
@click.argument("deal", metavar="DEAL")
@format_option("text", "json", "markdown")
@library_option
def plan(deal: str, format: str, library: str | None) -> None:
    """Show what a draft would hold: each clause, its number, why it is in, and the missing fields.

    Exit 1 if fields are missing or a requirement that applies is left without a clause.
    """
    from ..api import make_plan
    from .planning import render_plan

    planned = make_plan(deal, library=library_of(library))
    deliver(render_plan(planned, format), None, force=False)
    if planned.missing or planned.unmet:
        click.get_current_context().exit(1)


@click.command()
@library_option
def schema(library: str | None) -> None:
    """Print the JSON Schema of the deal file, by which editors complete and check it."""
    from ..asks import deal_schema

    click.echo(json.dumps(deal_schema(library_of(library).fields()), indent=2, ensure_ascii=False))


@click.group()
def new() -> None:
    """Start a new file."""


@new.command("deal")
@click.option("--jurisdiction", required=True, metavar="NAME", help="Country of the site, by name or code.")
@output_option
@force_option
@library_option
def new_deal(jurisdiction: str, output: str | None, force: bool, library: str | None) -> None:
    """Write a commented deal file for a country, ready to be filled in."""
    from ..draft import scaffold

    check_output(output, force=force)
    deliver(scaffold.new_deal(jurisdiction, library_of(library)).encode(), output, force=force)
