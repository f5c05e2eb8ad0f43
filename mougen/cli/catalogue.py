"""The commands on the data itself: `explain`, `list` and `validate`."""

from __future__ import annotations

import click

from .options import format_option, library_of, library_option


@click.command()
@click.argument("id", metavar="ID")
@library_option
def explain(id: str, library: str | None) -> None:
    """Explain a requirement, clause, red flag, jurisdiction or work by its id."""
    from .explaining import explained

    click.echo(explained(id, library_of(library)))


@click.command("list")
@click.argument("kind", type=click.Choice(("requirements", "clauses", "forms", "jurisdictions", "red-flags")))
@format_option("text", "json", "markdown")
@library_option
def list_(kind: str, format: str, library: str | None) -> None:
    """List what mougen knows."""
    from .listing import listed

    click.echo(listed(kind, library_of(library), format), nl=False)


@click.command()
@click.argument("folder", metavar="[DIR]", required=False)
def validate(folder: str | None) -> None:
    """Check all data files: the bundled ones, and those of DIR where it is given."""
    from .validating import check

    library = library_of(folder)
    check(library)
    counts = (
        f"{len(library.requirements)} requirements",
        f"{len(library.red_flags)} red flags",
        f"{len(library.clauses)} clauses",
        f"{len(library.jurisdictions)} jurisdictions",
    )
    click.echo(f"{', '.join(counts)}: no fault found; library {library.digest[:12]}")
