"""The command line: parse, call, print, exit. What a command needs is imported when it runs."""

from __future__ import annotations

import gc
import sys
from importlib import import_module
from typing import Any

import click

from ..errors import MougenError

__all__ = ["main"]

# A command runs once and ends: most of what it makes lives as long as it does and need not be looked at many times.
COLLECT = 200_000
# The module of each command, in the order in which they are used.
HOMES = {
    "new": "drafting",
    "plan": "drafting",
    "brief": "briefing",
    "draft": "drafting",
    "template": "templating",
    "review": "reviewing",
    "parity": "paralleling",
    "trace": "tracing",
    "obligations": "obliging",
    "read": "reviewing",
    "explain": "catalogue",
    "list": "catalogue",
    "jurisdictions": "freshness",
    "validate": "catalogue",
    "schema": "drafting",
    "demo": "demonstration",
}


class _Group(click.Group):
    """Turns a foreseen failure into its sentences on stderr and exit 2; the unforeseen is not hidden.

    A command is imported when it is asked for.
    """

    def main(self, *args: Any, **kwargs: Any) -> Any:
        gc.set_threshold(COLLECT)
        try:
            return super().main(*args, **kwargs)
        except MougenError as error:
            for problem in error.problems:
                click.echo(problem, err=True)
            sys.exit(2)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(HOMES)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in HOMES:
            return None
        there = vars(import_module(f".{HOMES[name]}", __package__)).values()
        return next(found for found in there if isinstance(found, click.Command) and found.name == name)


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
