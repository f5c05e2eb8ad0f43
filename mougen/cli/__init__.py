"""The command line: parse, call, print, exit. Commands import what they need when they run, so that help is quick."""

from __future__ import annotations

import sys
from typing import Any

import click

from ..errors import MougenError
from .briefing import brief
from .catalogue import explain, list_, validate
from .demonstration import demo
from .drafting import draft, new, plan, schema
from .freshness import jurisdictions
from .obliging import obligations
from .paralleling import parity
from .reviewing import read, review
from .templating import template
from .tracing import trace

__all__ = ["main"]


class _Group(click.Group):
    """Turns a foreseen failure into its sentences on stderr and exit 2; the unforeseen is not hidden."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().main(*args, **kwargs)
        except MougenError as error:
            for problem in error.problems:
                click.echo(problem, err=True)
            sys.exit(2)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)  # in the order in which they are used


def _version(ctx: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from .. import __version__
        from ..library import bundled_library

        click.echo(f"mougen {__version__}, library {bundled_library().digest[:12]}")
        ctx.exit()


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version,
    help="Print the version and the digest of the library.",
)  # fmt: skip
def main() -> None:
    """Draft and review agreements between companies and public security forces.

    mougen informs; it gives no legal advice and certifies nothing.

    Exit codes: 0 clean, 1 gaps in required items, 2 could not do it.
    """


COMMANDS = (
    new,
    plan,
    brief,
    draft,
    template,
    review,
    parity,
    trace,
    obligations,
    read,
    explain,
    list_,
    jurisdictions,
    validate,
    schema,
    demo,
)
for command in COMMANDS:
    main.add_command(command)
