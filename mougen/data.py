"""Where bundled data lies, installed or in a checkout: the only module that knows."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Generic, TypeVar

from .errors import DataError

T = TypeVar("T")

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


class Lazy(Mapping[str, T], Generic[T]):
    """A mapping whose values are made when they are asked for; `entries` has its keys, which are told without that."""

    def __init__(self, entries: Mapping[str, Any]) -> None:
        self.entries = entries

    def __contains__(self, key: object) -> bool:
        return key in self.entries

    def __iter__(self) -> Iterator[str]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)


class Texts(Lazy[str]):
    """The texts of the files of `folder` by their paths in it; raises DataError for one that is not UTF-8.

    They are decoded when they are asked for, because a draft needs few of the hundreds there are.
    """

    def __init__(self, folder: str, contents: Mapping[str, bytes]) -> None:
        super().__init__(contents)
        self.folder = folder

    def __getitem__(self, path: str) -> str:
        try:
            text: str = self.entries[path].decode("utf-8-sig")
            return text
        except UnicodeDecodeError:
            raise DataError(f"{self.folder}/{path}: not UTF-8 text; save it as UTF-8") from None


def walk(folder: str | os.PathLike[str], suffix: str, inside: str = "") -> Iterator[tuple[str, bytes]]:
    """Yield (path inside `folder`, content) for each file with `suffix`, in sorted order; no folder yields nothing."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except (FileNotFoundError, NotADirectoryError):
        return
    for entry in entries:
        name = f"{inside}/{entry.name}".lstrip("/")
        if entry.is_dir():
            yield from walk(entry, suffix, name)
        elif entry.name.endswith(suffix):
            yield name, read(entry)


def read(file: str | os.PathLike[str]) -> bytes:
    """Return the content of a text file, with the line ends of Unix wherever it was saved."""
    with open(file, "rb", buffering=0) as stream:  # noqa: PTH123 (a Path for each of hundreds takes twice the time)
        return stream.read().replace(b"\r\n", b"\n")
