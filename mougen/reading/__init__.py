"""Turns a file that holds an agreement into an `Agreement`; one `from_<suffix>` module for each format."""

from __future__ import annotations

import importlib
import os
import pkgutil
from dataclasses import replace
from pathlib import Path

from ..agreement import Agreement
from ..content import REFUSALS, REFUSED_SUFFIXES, kind_of, ole_refusal
from ..errors import ReadError

MAX_BYTES = 50 * 1024 * 1024


def formats() -> tuple[str, ...]:
    """Suffixes that can be read, such as ".docx": one for each module `from_<suffix>` in this package."""
    names = (module.name for module in pkgutil.iter_modules(__path__))
    return tuple(sorted("." + name.removeprefix("from_") for name in names if name.startswith("from_")))


def read_agreement(path: str | os.PathLike[str]) -> Agreement:
    """Read the file at `path`; raises ReadError, one sentence that names the file, the fault and the remedy."""
    file = Path(path)
    data = _load(file)
    suffix = file.suffix.lower().removeprefix(".")
    kind = _format_for(file.name, suffix, data)
    module = importlib.import_module(f".from_{kind}", __package__)
    agreement: Agreement = module.read(data, file.name)
    if kind == suffix:
        return agreement
    note = f"The name ends in .{suffix}, but the content is .{kind}; it was read as .{kind}."
    return replace(agreement, notes=(note, *agreement.notes))


def _load(file: Path) -> bytes:
    """The bytes of a regular file of acceptable size."""
    try:
        if file.is_dir():
            raise ReadError(f"{file} is a folder; give one file ({', '.join(formats())}).")
        if not file.exists():
            raise ReadError(f"{file} does not exist; check the path and the spelling.")
        if not file.is_file():
            raise ReadError(f"{file} is not a regular file; give a file on disk.")
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise ReadError(f"{file} cannot be opened ({error.strerror}); check its permissions.") from error
    if not data:
        raise ReadError(f"{file.name} is empty; check that it was saved or downloaded completely.")
    if len(data) > MAX_BYTES:
        raise ReadError(f"{file.name} is larger than 50 MB; remove pictures or attachments and try again.")
    return data


def _format_for(name: str, suffix: str, data: bytes) -> str:
    """The suffix of the module that shall read `data`: content decides over the name."""
    known = {known.removeprefix(".") for known in formats()}
    if suffix not in known and suffix not in REFUSED_SUFFIXES:
        ending = f"ends in .{suffix}" if suffix else "has no suffix"
        raise ReadError(f"{name} {ending}, which cannot be read; save it as {', '.join(sorted(formats()))}.")
    kind = kind_of(data)
    if kind == "docx" and suffix == "docm":
        raise ReadError(f"{name} {REFUSALS['docm']}")
    if kind in known:
        return kind
    if kind == "ole":
        raise ReadError(f"{name} {ole_refusal(data)}")
    if kind in REFUSALS:
        raise ReadError(f"{name} {REFUSALS[kind]}")
    if suffix in REFUSED_SUFFIXES:
        raise ReadError(f"{name} {REFUSALS[REFUSED_SUFFIXES[suffix]]}")
    return suffix
