"""Where bundled data lies, installed or in a checkout: the only module that knows."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from .errors import DataError

PACKAGED = ("catalogue", "languages", "model", "template")
TOP_LEVEL = ("clauses", "jurisdictions", "samples")


def data_root(name: str) -> Traversable:
    """Return the folder of bundled data called `name`; raises DataError where it is not there."""
    packaged = files("mougen") / name
    if packaged.is_dir():
        return packaged
    checkout = Path(__file__).resolve().parent.parent
    if (checkout / "pyproject.toml").is_file():  # never read a stranger's folder beside site-packages
        return checkout / name
    raise DataError(f"bundled data `{name}` is missing; reinstall mougen")


def walk(folder: Traversable, suffix: str, inside: str = "") -> Iterator[tuple[str, str]]:
    """Yield (path inside `folder`, text) for each file with `suffix`, in sorted order; no folder yields nothing."""
    if not folder.is_dir():
        return
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        name = f"{inside}/{entry.name}".lstrip("/")
        if entry.is_dir():
            yield from walk(entry, suffix, name)
        elif entry.name.endswith(suffix):
            yield name, entry.read_text(encoding="utf-8")
