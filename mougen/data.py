"""Where bundled data lies, installed or in a checkout: the only module that knows."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from .errors import DataError

PACKAGED = ("catalogue", "languages", "model", "template")
TOP_LEVEL = ("clauses", "jurisdictions", "samples")
PACKAGE = Path(__file__).resolve().parent


def data_root(name: str) -> Path:
    """Return the folder of bundled data called `name`; raises DataError where it is not there."""
    packaged = PACKAGE / name
    if packaged.is_dir():
        return packaged
    checkout = PACKAGE.parent
    if (checkout / "pyproject.toml").is_file():  # never read a stranger's folder beside site-packages
        return checkout / name
    raise DataError(f"bundled data `{name}` is missing; reinstall mougen")


def walk(folder: str | os.PathLike[str], suffix: str, inside: str = "") -> Iterator[tuple[str, str]]:
    """Yield (path inside `folder`, text) for each file with `suffix`, in sorted order; no folder yields nothing."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except (FileNotFoundError, NotADirectoryError):
        return
    for entry in entries:
        name = f"{inside}/{entry.name}".lstrip("/")
        if entry.is_dir():
            yield from walk(entry, suffix, name)
        elif entry.name.endswith(suffix):
            with open(entry, encoding="utf-8") as file:  # noqa: PTH123 (a Path for each of hundreds takes twice the time)
                yield name, file.read()
