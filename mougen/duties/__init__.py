"""Lists the obligations of a deal or of any agreement: who must do what by when, from which clause.

It stands above drafting and reviewing, as the command line does: it takes the plan from the one, how a sentence binds
from the other, and neither knows of it.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..agreement import Agreement
from ..deal import Deal, read_deal
from ..draft.plan import Plan, make_plan
from ..errors import MougenError
from ..library import Library
from ..reading import read_agreement
from .duty import Duties
from .listing import of_agreement, of_plan

DEAL = ".toml"


def list_duties(
    source: str | os.PathLike[str] | Mapping[str, Any] | Deal | Plan | Agreement,
    signed: datetime.date | None,
    library: Library,
) -> Duties:
    """Return the obligations of a deal (a path that ends in .toml, a mapping, a `Deal`), a plan or an agreement.

    `signed` is the date of signature of an agreement; a deal has its own. Raises MougenError where the source cannot be
    read, or a deal is given a date.
    """
    if isinstance(source, Agreement):
        return of_agreement(source, signed)
    if isinstance(source, str | os.PathLike) and Path(source).suffix.lower() != DEAL:
        return of_agreement(read_agreement(source), signed)
    plan = source if isinstance(source, Plan) else make_plan(read_deal(source), library)
    if signed is not None:
        raise MougenError(f"{plan.deal.origin.name}: a deal has its date in it; write `date = {signed}` there")
    return of_plan(plan, library)
