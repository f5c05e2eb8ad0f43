"""The command `demo`: a draft and a review, from samples that ship with mougen."""

from __future__ import annotations

from pathlib import Path

import click

from .options import check_output, deliver, force_option

DEAL, POOR = "deals/ghana-gold.toml", "agreements/bad-neighbour.md"


@click.command()
@click.argument("folder", metavar="[DIR]", default="mougen-demo")
@force_option
def demo(folder: str, force: bool) -> None:
    """Draft a sample agreement and review a poor one, in DIR, and print what came out."""
    from ..api import compose, make_plan, review_agreement
    from ..data import data_root
    from ..report import render_report
    from .planning import render_plan

    made = Path(folder)
    deal, poor, word, page = (str(made / name) for name in ("deal.toml", "agreement.md", "draft.docx", "review.html"))
    check_output(str(made) if made.is_file() else None, force=False)
    made.mkdir(parents=True, exist_ok=True)
    for path in (deal, poor, word, page):
        check_output(path, force=force)
    for sample, path in ((DEAL, deal), (POOR, poor)):
        deliver((data_root("samples") / sample).read_bytes(), path, force=force)
    plan = make_plan(deal)
    deliver(compose(plan).data, word, force=force)
    review = review_agreement(poor)
    deliver(render_report(review, "html"), page, force=force)
    click.echo(render_plan(plan, "text"))
    click.echo(render_report(review, "text"), nl=False)
    click.echo(f"Written: {word} (from {deal}) and {page} (of {poor}).")
