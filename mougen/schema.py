"""TOML text in, frozen dataclass out: strict, and every fault of the file named with its line at once.

The dataclass is the schema: its field names, types and defaults say what the file may hold. `json_schema` publishes the
same knowledge for editors.
"""

from __future__ import annotations

import dataclasses
import datetime
import re
import types
import typing
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

import tomli

from .errors import DataError, MougenError

T = TypeVar("T")
Path = tuple[str | int, ...]

LONGEST_WORD = 100  # characters of a word that are compared with known ones; the comparison is quadratic
NAMES = {str: "text", int: "a whole number", bool: "true or false", datetime.date: "a date (2026-01-31)"}


def load(kind: type[T], text: str, name: str, *, error: type[MougenError] = DataError) -> T:
    """Return `kind` built from TOML `text`; `name` is the file named in messages.

    Raises `error` with one sentence for each fault: `name:line: what is wrong; what to do`.
    """
    return build(kind, parse(text, name, error=error), text, name, error=error)


def parse(text: str, name: str, *, error: type[MougenError] = DataError) -> dict[str, Any]:
    """Return the tables of TOML `text`; raises `error` where it is not TOML."""
    try:
        return tomli.loads(text)
    except tomli.TOMLDecodeError as fault:
        found = re.search(r"\(at line (\d+), column \d+\)", str(fault))
        line = found[1] if found else text.rstrip().count("\n") + 1  # else it says "at end of document"
        said = str(fault).split(" (at ")[0]
        raise error(f"{name}:{line}: not valid TOML: {said[:1].lower() + said[1:]}") from None


def build(kind: type[T], table: Mapping[str, Any], text: str, name: str, *, error: type[MougenError] = DataError) -> T:
    """Return `kind` built from `table`, which came from `text`; raises `error` with all faults."""
    value, problems = attempt(kind, table, text, name)
    error.raise_if(problems)
    return typing.cast(T, value)


def attempt(kind: type[T], table: Mapping[str, Any], text: str, name: str) -> tuple[T | None, list[str]]:
    """Return `kind` built from `table`, or None, and all faults: for a caller who has more to find fault with."""
    reader = _Reader(text, name)
    return reader.record(kind, table, ()), reader.problems


def nearest(word: str, known: Iterable[str]) -> str:
    """Return a clause of a sentence that offers the nearest spelling, or the known ones where few."""
    import difflib

    options = sorted(known)
    close = difflib.get_close_matches(str(word)[:LONGEST_WORD], options, n=1, cutoff=0.6)
    if close:
        return f"did you mean `{close[0]}`?"
    return "known: " + ", ".join(options) if 0 < len(options) <= 12 else ""


def place(name: str, text: str, path: Path) -> str:
    """Return how a message names the value at `path`: file and line, or the name alone where there is no text."""
    return f"{name}:{line_of(text, path)}" if text else name


def line_of(text: str, path: Path) -> int:
    """Return the 1-based line of TOML `text` at which the value at `path` is written, as near as can be told."""
    best, depth = 1, 0
    for number, reached in _written(text):
        if len(reached) > depth and reached == path[: len(reached)]:
            best, depth = number, len(reached)
    return best


def _written(text: str) -> Iterator[tuple[int, Path]]:
    """Yield (line, path) for each table header and key of TOML `text`, leaving out what stands in long strings."""
    table: Path = ()
    seen: dict[Path, int] = {}
    quote = ""
    for number, line in enumerate(text.split("\n"), 1):
        inside, quote = quote, _quote_after(line, quote)
        if inside:
            continue
        if header := re.match(r"\s*(\[\[?)\s*([\w.\"-]+)\s*\]", line):
            table = _keys(header[2])
            if header[1] == "[[":
                seen[table] = seen.get(table, -1) + 1
                table = (*table, seen[table])
            yield number, table
        elif key := re.match(r"\s*([\w.\"-]+)\s*=", line):
            yield number, (*table, *_keys(key[1]))


def _keys(dotted: str) -> Path:
    return tuple(key.strip('"') for key in dotted.split("."))


def _quote_after(line: str, quote: str) -> str:
    """Return the long quote that is still open after `line`, if any."""
    for mark in re.findall(r'"""|\'\'\'', line):
        if not quote or mark == quote:
            quote = "" if quote else mark
    return quote


@cache
def _fields(kind: type) -> dict[str, tuple[Any, bool]]:
    """Return the type of each field that a file may set, and whether it must."""
    hints = get_type_hints(kind)  # which compiles each annotation, every time it is asked
    missing = dataclasses.MISSING
    return {f.name: (hints[f.name], f.default is missing and f.default_factory is missing) for f in _public(kind)}


class _Reader:
    """Builds values and gathers problems; a value with a problem comes back as None."""

    def __init__(self, text: str, name: str) -> None:
        self.text, self.name, self.problems = text, name, list[str]()

    def fault(self, path: Path, said: str) -> None:
        self.problems.append(f"{place(self.name, self.text, path)}: {said}")

    def record(self, kind: type, table: Any, path: Path) -> Any:
        if not isinstance(table, Mapping):
            self.fault(path, f"`{_dotted(path)}` must be a table, not {spoken(table)}")
            return None
        fields = _fields(kind)
        for key in table:
            if key not in fields:
                self.fault((*path, key), f"{spoken(key)} is not a known field; {nearest(key, fields)}".rstrip("; "))
        before, values = len(self.problems), {}
        for name, (hint, required) in fields.items():
            if name in table:
                values[name] = self.value(hint, table[name], (*path, name))
            elif required:
                self.fault(path, f"`{_dotted((*path, name))}` is missing")
        return kind(**values) if len(self.problems) == before else None

    def value(self, hint: Any, value: Any, path: Path) -> Any:
        if type(value) is hint:  # `type is`, because a bool is an int and a datetime is a date
            return value
        origin = get_origin(hint)
        if origin in (typing.Union, types.UnionType):
            hint = next(a for a in get_args(hint) if a is not types.NoneType)
            return self.value(hint, value, path)
        if origin is Literal:
            if not any(value == known and type(value) is type(known) for known in get_args(hint)):
                offer = nearest(str(value), map(str, get_args(hint)))
                self.fault(path, f"`{_dotted(path)}` cannot be {spoken(value)}; {offer}".rstrip("; "))
            return value
        if origin is tuple:
            return self.sequence(get_args(hint)[0], value, path)
        if origin is dict:
            return self.mapping(get_args(hint)[1], value, path)
        if dataclasses.is_dataclass(hint):
            return self.record(typing.cast(type, hint), value, path)
        if hint is Any:
            return value
        self.fault(path, f"`{_dotted(path)}` must be {NAMES[hint]}, not {spoken(value)}")
        return value

    def sequence(self, hint: Any, value: Any, path: Path) -> Any:
        if not isinstance(value, list | tuple):
            self.fault(path, f"`{_dotted(path)}` must be a list, not {spoken(value)}")
            return None
        return tuple(self.value(hint, item, (*path, index)) for index, item in enumerate(value))

    def mapping(self, hint: Any, value: Any, path: Path) -> Any:
        if not isinstance(value, Mapping):
            self.fault(path, f"`{_dotted(path)}` must be a table, not {spoken(value)}")
            return None
        return {key: self.value(hint, item, (*path, key)) for key, item in value.items()}


def _public(kind: type) -> list[dataclasses.Field[Any]]:
    """Return the fields of a dataclass that a file may set."""
    return [f for f in dataclasses.fields(kind) if not f.metadata.get("hidden")]


def _dotted(path: Path) -> str:
    text = ""
    for step in path:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def spoken(value: Any) -> str:
    """Return a value as messages quote it, shortened."""
    if isinstance(value, str):
        shown = " ".join(value.split())
        return f'"{shown[:40]}…"' if len(shown) > 40 else f'"{shown}"'
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "a table"
    if isinstance(value, list | tuple):
        return "a list"
    return f"{str(value)[:40]}…" if len(str(value)) > 40 else str(value)


def json_schema(kind: type, described: Mapping[str, str] = types.MappingProxyType({})) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of `kind`; `described` maps dotted paths to descriptions."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **_record_schema(kind, "", described),
    }


def _record_schema(kind: type, path: str, described: Mapping[str, str]) -> dict[str, Any]:
    properties, required = {}, []
    for name, (hint, must) in _fields(kind).items():
        inner = f"{path}.{name}".lstrip(".")
        properties[name] = _value_schema(hint, inner, described)
        if inner in described:
            properties[name]["description"] = described[inner]
        if must:
            required.append(name)
    schema: dict[str, Any] = {"type": "object", "additionalProperties": False, "properties": properties}
    return schema | ({"required": required} if required else {})


def _value_schema(hint: Any, path: str, described: Mapping[str, str]) -> dict[str, Any]:
    origin = get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        return _value_schema(next(a for a in get_args(hint) if a is not types.NoneType), path, described)
    if origin is Literal:
        return {"enum": list(get_args(hint))}
    if origin is tuple:
        return {"type": "array", "items": _value_schema(get_args(hint)[0], path, described)}
    if origin is dict:
        return {"type": "object", "additionalProperties": _value_schema(get_args(hint)[1], path, described)}
    if dataclasses.is_dataclass(hint):
        return _record_schema(typing.cast(type, hint), path, described)
    if hint is Any:
        return {}
    if hint is datetime.date:
        return {"type": "string", "format": "date"}
    return {"type": {str: "string", int: "integer", bool: "boolean"}[hint]}


def walk_text(record: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Yield (path, text) for every text inside a dataclass, list or mapping, the keys of mappings included."""
    if isinstance(record, str):
        yield path, record
    elif dataclasses.is_dataclass(record) and not isinstance(record, type):
        for field in _public(type(record)):
            yield from walk_text(getattr(record, field.name), (*path, field.name))
    elif isinstance(record, tuple | list):
        for index, item in enumerate(record):
            yield from walk_text(item, (*path, index))
    elif isinstance(record, Mapping):
        for key, item in record.items():
            yield from walk_text(item, (*path, str(key)))


def reworded(record: T, words: Mapping[str, str]) -> T:
    """Return `record` with each of its texts put as `words` has it, in nested records too."""
    return typing.cast(T, _reworded(record, words))


def _reworded(value: Any, words: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return words.get(value, value)
    if isinstance(value, tuple):
        return tuple(_reworded(item, words) for item in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changed = {
            f.name: _reworded(getattr(value, f.name), words) for f in dataclasses.fields(value) if f.name != "id"
        }
        return dataclasses.replace(value, **changed)
    return value
