"""Files by name, read when they are asked for: one record a file, or a clause with its variants."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any, TypeVar

from . import schema
from .clause import Clause, overlaid, read_clause
from .data import Lazy
from .errors import DataError

T = TypeVar("T")


class Records(Lazy[T]):
    """Records of one kind by id, which is the name of the file; raises DataError when a faulty one is asked for."""

    def __init__(self, kind: type[T], folder: str, files: Mapping[str, str]) -> None:
        super().__init__({path.removesuffix(".toml"): path for path in files})
        self.kind, self.folder, self.files = kind, folder, files
        self.read: dict[str, T] = {}

    def __getitem__(self, id: str) -> T:
        if id not in self.read:
            text, name = self.files[self.entries[id]], f"{self.folder}/{id}.toml"
            self.read[id] = schema.build(self.kind, {**schema.parse(text, name), "id": id}, text, name)
        return self.read[id]


class Clauses(Lazy[tuple[Clause, ...]]):
    """The variants of each clause by id, the general one first."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self.files = files
        paths: dict[str, list[str]] = {}
        self.named: dict[tuple[str, frozenset[str]], str] = {}
        self.read: dict[str, tuple[Clause, dict[str, Any]]] = {}
        for path in sorted(files, key=lambda path: (path.count("."), path)):
            id, *qualifiers = path.rpartition("/")[2].removesuffix(".md").split(".")
            paths.setdefault(id, []).append(path)
            self.named.setdefault((id, frozenset(qualifiers)), path)
        super().__init__(dict(sorted(paths.items())))

    def __getitem__(self, id: str) -> tuple[Clause, ...]:
        return tuple(self.at(path) for path in self.entries[id])

    def at(self, path: str) -> Clause:
        """Return the clause in the file at `path`; raises DataError with its faults."""
        return self._read(path)[0]

    def of(self, id: str, *qualifiers: str) -> Clause | None:
        """Return the variant of `id` with exactly these qualifiers (empty ones do not count), or None."""
        path = self.named.get((id, frozenset(filter(None, qualifiers))))
        return self.at(path) if path else None

    def faults(self) -> Iterator[str]:
        """Yield every fault of every file, and where two files have one id."""
        for id, paths in self.entries.items():
            general = [path for path in paths if path.rpartition("/")[2] == f"{id}.md"]
            for path in general[1:]:
                yield f"clauses/{path}:1: `{id}` is already the id of clauses/{general[0]}"
            for path in paths:
                try:
                    self.at(path)
                except DataError as error:
                    yield from error.problems

    def _read(self, path: str) -> tuple[Clause, dict[str, Any]]:
        if path not in self.read:
            self.read[path] = read_clause(path, self.files[path], self._base(path))
        return self.read[path]

    def _base(self, path: str) -> dict[str, Any]:
        """Return what the front matter of a variant takes over: from the general clause, then from nearer variants."""
        id, *qualifiers = path.rpartition("/")[2].removesuffix(".md").split(".")
        merged: dict[str, Any] = {}
        for size in range(len(qualifiers)):
            for some in combinations(qualifiers, size):
                nearer = self.named.get((id, frozenset(some)))
                if nearer and nearer != path:
                    merged = overlaid(merged, self._read(nearer)[1])
        return merged
