"""TOML to dataclass: strict, and each fault with its line."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Literal

import pytest

from mougen import schema
from mougen.errors import DataError


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class Record:
    title: str
    day: datetime.date | None = None
    kind: Literal["a", "b"] = "a"
    version: Literal[1] = 1
    on: bool = False
    rows: tuple[Row, ...] = ()
    table: Row = Row("")
    more: dict[str, int] = field(default_factory=dict)
    kept: str = field(default="", metadata={"hidden": True})


def faults_of(text: str) -> tuple[str, ...]:
    with pytest.raises(DataError) as caught:
        schema.load(Record, text, "f.toml")
    return caught.value.problems


def test_a_good_file_becomes_a_record() -> None:
    text = 'title = "T"\nday = 2026-01-31\n[[rows]]\nname = "r"\ncount = 2\n[more]\nx = 1\n'
    assert schema.load(Record, text, "f.toml") == Record(
        "T", datetime.date(2026, 1, 31), rows=(Row("r", 2),), more={"x": 1}
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('titel = "T"\ntitle = "T"', 'f.toml:1: "titel" is not a known field; did you mean `title`?'),
        ("on = true", "f.toml:1: `title` is missing"),
        ("title = 1", "f.toml:1: `title` must be text, not 1"),
        ('title = "T"\non = 1', "f.toml:2: `on` must be true or false, not 1"),
        (
            'title = "T"\nday = 2026-01-31T10:00:00',
            "f.toml:2: `day` must be a date (2026-01-31), not 2026-01-31 10:00:00",
        ),
        ('title = "T"\nkind = "c"', 'f.toml:2: `kind` cannot be "c"; known: a, b'),
        ('title = "T"\nversion = true', "f.toml:2: `version` cannot be true; known: 1"),
        ('title = "T"\nrows = "r"', 'f.toml:2: `rows` must be a list, not "r"'),
        ('title = "T"\nmore = []', "f.toml:2: `more` must be a table, not a list"),
        ('title = "T"\ntable = 3', "f.toml:2: `table` must be a table, not 3"),
        ('title = "T"\nkept = "x"', 'f.toml:2: "kept" is not a known field'),
        ('title = "T"\n[[rows]]\nname = "a"\n[[rows]]\nname = 5', "f.toml:5: `rows[2].name` must be text, not 5"),
        ('title = "T"\n[[rows]]\nname = "a"\n[[rows]]\ncount = 5', "f.toml:4: `rows[2].name` is missing"),
        ('title = "T"\ntable.name = 5', "f.toml:2: `table.name` must be text, not 5"),
        ('title = """\non = 1\n"""\non = 2', "f.toml:4: `on` must be true or false, not 2"),
        ("title = 'T'\n[more]\nx = 'long " + "y" * 60 + "'", 'f.toml:3: `more.x` must be a whole number, not "long'),
    ],
)
def test_a_fault_is_one_sentence_with_its_line(text: str, said: str) -> None:
    (problem,) = faults_of(text)
    assert problem.startswith(said)


def test_all_faults_come_at_once() -> None:
    assert len(faults_of('titel = "T"\non = 1\nday = "x"')) == 4


def test_what_is_not_toml_is_said_with_its_line() -> None:
    (problem,) = faults_of('title = "T"\ntitle = "U"')
    assert problem.startswith("f.toml:2: not valid TOML: ")


def test_the_published_schema_says_the_same() -> None:
    published = schema.json_schema(Record, {"title": "What it is called."})
    assert published["required"] == ["title"]
    assert published["additionalProperties"] is False
    assert published["properties"]["title"] == {"type": "string", "description": "What it is called."}
    assert published["properties"]["day"] == {"type": "string", "format": "date"}
    assert published["properties"]["kind"] == {"enum": ["a", "b"]}
    assert published["properties"]["rows"]["items"]["required"] == ["name"]
    assert published["properties"]["more"]["additionalProperties"] == {"type": "integer"}
    assert "kept" not in published["properties"]


def test_the_nearest_spelling_of_a_very_long_word_is_found_in_time() -> None:
    assert schema.nearest("x" * 1_000_000, ["a", "b"]) == "known: a, b"


def test_every_text_is_walked_with_its_path() -> None:
    record = Record("T", rows=(Row("r"),), more={"k": 1})
    assert dict(schema.walk_text(record)) == {
        ("title",): "T",
        ("kind",): "a",
        ("rows", 0, "name"): "r",
        ("table", "name"): "",
    }
    assert dict(schema.walk_text({"a": ["b", {"c": "d"}]})) == {("a", 0): "b", ("a", 1, "c"): "d"}
