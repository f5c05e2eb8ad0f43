"""What the labelled texts of one language told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from .corpus import Flags, Judgement
from .figures import Bin
from .overlap import Shared


@dataclass(slots=True)
class Result:
    """Everything that the page says of one language; `shared` of `compared` texts share words with training texts."""

    language: str
    judged: list[Judgement] = field(default_factory=list)
    flags: list[Flags] = field(default_factory=list)
    calibration: dict[str, list[Bin]] = field(default_factory=dict)
    shared: Sequence[Shared] = ()
    compared: int = 0
