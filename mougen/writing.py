"""A file written whole or not at all, and never over another one unasked."""

from __future__ import annotations

import os
from pathlib import Path

from .errors import MougenError


def check_free(path: str | os.PathLike[str], *, force: bool, error: type[MougenError] = MougenError) -> None:
    """Raise `error` where `path` cannot be written, or is there and `force` is false."""
    target = Path(path)
    if target.is_dir():
        raise error(f"{target}: this is a folder; name the file to write")
    if target.exists() and not target.is_file():
        raise error(f"{target}: this is not a regular file; name another")
    if target.exists() and not force:
        raise error(f"{target}: the file exists; name another or use --force to replace it")
    if not target.parent.is_dir():
        raise error(f"{target.parent}: there is no such folder; make it first")


def write_whole(
    path: str | os.PathLike[str], data: bytes, *, force: bool, error: type[MougenError] = MougenError
) -> None:
    """Write `data` to `path`; raises `error` as `check_free` does, or where the disk refuses, leaving nothing."""
    check_free(path, force=force, error=error)
    target = Path(path).resolve()  # what a link points to is written, not the link replaced
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        beside.write_bytes(data)
        beside.replace(target)
    except OSError as fault:
        beside.unlink(missing_ok=True)
        raise error(f"{path}: cannot be written ({fault.strerror or fault})") from None
