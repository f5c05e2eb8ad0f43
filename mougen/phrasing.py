"""Text with values, `if` and `for` in it, as in Jinja, of which it is the part that a clause body may use.

No code is made of a text, and what has no rule here cannot be said. The marks are found by one expression; what stands
between them is read by the parser of Python, whose grammar for names, comparisons and `|` is that of Jinja. That takes
a tenth of the time in which Jinja compiles the texts of a draft, and tests hold the outcome against Jinja's.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

Scope = Mapping[str, Any]
Step = tuple[Any, ...]  # what it is, and what it needs

# A mark of `if` or `for` takes with it the space before it, if it opens its line, and the end of the line after it.
MARK = re.compile(r"\{%\s*(?P<block>.*?)\s*%\}\n?|\{\{\s*(?P<value>.*?)\s*\}\}", re.DOTALL)
OPENING = re.compile(r"\{[{%#]")
LOOP = re.compile(r"(\w+)\s+in\s+(.+?)(?:\s+if\s+(.+))?", re.DOTALL)
ONLY = "a body may hold values, if and for, and no other code"


class Unsayable(Exception):
    """What is wrong with a text, and on which of its lines (0 where that is not known)."""

    def __init__(self, said: str, line: int = 0) -> None:
        super().__init__(said)
        self.said, self.line = said, line


def parsed(text: str, applied: Iterable[str] = ()) -> tuple[Step, ...]:
    """Return the steps that say `text`; `applied` names the filters and functions that it may use.

    Raises Unsayable where it holds more than values, `if` and `for`, or where one of these is not closed.
    """
    reader = _Reader(text, frozenset(applied))
    return reader.steps()[0]


class _Reader:
    """Makes steps of the marks of a text, from the first to the last."""

    def __init__(self, text: str, applied: frozenset[str]) -> None:
        self.text, self.applied = text, applied
        self.at = 0  # where the text that is not read yet begins
        self.marks = MARK.finditer(text)

    def fault(self, said: str) -> Unsayable:
        return Unsayable(said, self.text.count("\n", 0, self.at) + 1)

    def steps(self, *ends: str) -> tuple[tuple[Step, ...], str, str]:
        """Return the steps up to one of `ends`, which of them it was, and what stands after it in its mark."""
        found: list[Step] = []
        for mark in self.marks:
            found += self.literal(mark.start(), block=mark["block"] is not None)
            self.at = mark.end()
            if mark["block"] is None:
                found.append(("print", self.value(mark["value"])))
                continue
            word, _, rest = mark["block"].partition(" ")
            if word in ends:
                return tuple(found), word, rest
            if word not in ("if", "for"):
                raise self.fault(f"`{word}` has no place here; {ONLY}")
            found.append(self.condition(rest) if word == "if" else self.loop(rest))
        if ends:
            raise self.fault(f"`{ends[-1]}` is missing")
        return (*found, *self.literal(len(self.text))), "", ""

    def literal(self, end: int, *, block: bool = False) -> Iterator[Step]:
        words = self.text[self.at : end]
        if block:
            bare = words.rstrip(" \t")
            before = self.at + len(bare)
            words = bare if before == 0 or self.text[before - 1] == "\n" else words
        if OPENING.search(words):
            raise self.fault(f"a mark is opened and not closed; {ONLY}")
        if words:
            yield "text", words

    def condition(self, test: str) -> Step:
        branches: list[tuple[Step, tuple[Step, ...]]] = []
        word, asked = "elif", test
        while word == "elif":
            wanted = self.value(asked)
            body, word, asked = self.steps("elif", "else", "endif")
            branches.append((wanted, body))
        return "if", tuple(branches), self.steps("endif")[0] if word == "else" else ()

    def loop(self, words: str) -> Step:
        found = LOOP.fullmatch(words)
        if found is None:
            raise self.fault(f"`for {words}` is not a loop over values; {ONLY}")
        values, test = self.value(found[2]), self.value(found[3]) if found[3] else ()
        body, word, _ = self.steps("else", "endfor")
        return "for", found[1], values, test, body, self.steps("endfor")[0] if word == "else" else ()

    def value(self, words: str) -> Step:
        try:
            return expression(words, self.applied)
        except (SyntaxError, ValueError, RecursionError, MemoryError):  # the last two where it is nested very deeply
            raise self.fault(f"`{words[:60]}` cannot be read; {ONLY}") from None


@lru_cache(maxsize=4096)  # the name of the company is said often
def expression(words: str, applied: frozenset[str]) -> Step:
    """Return the step that gives the value of `words`; raises SyntaxError where it is more than a text may ask."""
    return _step(ast.parse(words, mode="eval").body, applied)


def _step(node: ast.expr, applied: frozenset[str]) -> Step:
    rule = RULES.get(type(node))
    step = rule(node, lambda inner: _step(inner, applied)) if rule else ()
    if not step or (step[0] == "apply" and step[1] not in applied):
        raise SyntaxError(ONLY)
    return step


Read = Callable[[ast.expr], Step]


def _constant(node: Any, read: Read) -> Step:
    return ("constant", node.value) if type(node.value) in (str, int) else ()


def _index(node: Any, read: Read) -> Step:
    return ("field", read(node.value), node.slice.value) if isinstance(node.slice, ast.Constant) else ()


def _unlike(node: Any, read: Read) -> Step:
    return ("not", read(node.operand)) if isinstance(node.op, ast.Not) else ()


def _comparison(node: Any, read: Read) -> Step:
    kinds = [type(op) for op in node.ops]
    if not all(kind in COMPARED for kind in kinds):
        return ()
    return "compare", read(node.left), tuple(zip(kinds, map(read, node.comparators), strict=True))


def _filter(node: Any, read: Read) -> Step:
    piped = isinstance(node.op, ast.BitOr) and isinstance(node.right, ast.Name)
    return ("apply", node.right.id, read(node.left)) if piped else ()


def _call(node: Any, read: Read) -> Step:
    plain = isinstance(node.func, ast.Name) and len(node.args) == 1 and not node.keywords
    return ("apply", node.func.id, read(node.args[0])) if plain else ()


RULES: Mapping[type[ast.expr], Callable[[Any, Read], Step]] = {
    ast.Constant: _constant,
    ast.Name: lambda node, read: ("name", node.id),
    ast.Attribute: lambda node, read: ("field", read(node.value), node.attr),
    ast.Subscript: _index,
    ast.UnaryOp: _unlike,
    ast.BoolOp: lambda node, read: ("and" if isinstance(node.op, ast.And) else "or", *map(read, node.values)),
    ast.Compare: _comparison,
    ast.BinOp: _filter,
    ast.Call: _call,
}
COMPARED: Mapping[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}


def said(steps: Iterable[Step], scope: Scope, finish: Callable[[Any], str]) -> Iterator[str]:
    """Yield the pieces of a text with the values of `scope`, each put by `finish`.

    Filters and functions are in `scope` too, by name. Raises Unsayable where a value is not there.
    """
    for step in steps:
        kind = step[0]
        if kind == "text":
            yield step[1]
        elif kind == "print":
            yield finish(_value(step[1], scope))
        elif kind == "if":
            chosen = (body for test, body in step[1] if _value(test, scope))
            yield from said(next(chosen, step[2]), scope, finish)
        else:
            _, target, values, test, body, none = step
            items = [item for item in _value(values, scope) if not test or _value(test, {**scope, target: item})]
            if not items:
                yield from said(none, scope, finish)
            for index, item in enumerate(items, 1):
                loop = {"index": index, "first": index == 1, "last": index == len(items)}
                yield from said(body, {**scope, target: item, "loop": loop}, finish)


def _value(step: Step, scope: Scope) -> Any:
    return VALUES[step[0]](step, scope)


def _name(step: Step, scope: Scope) -> Any:
    try:
        return scope[step[1]]
    except KeyError:
        raise Unsayable(f"`{step[1]}` is not among the values that a text may use") from None


def _field(step: Step, scope: Scope) -> Any:
    """Return an entry of a table or list, or a field of a record, and nothing else that an object may have."""
    owner, key = _value(step[1], scope), step[2]
    try:
        return getattr(owner, key) if key in getattr(owner, "__dataclass_fields__", ()) else owner[key]
    except (KeyError, IndexError, TypeError):
        raise Unsayable(f"a value has no `{key}`") from None


def _all(step: Step, scope: Scope) -> Any:
    value: Any = True
    for part in step[1:]:
        if not (value := _value(part, scope)):
            break
    return value


def _any(step: Step, scope: Scope) -> Any:
    value: Any = False
    for part in step[1:]:
        if value := _value(part, scope):
            break
    return value


def _compare(step: Step, scope: Scope) -> bool:
    left = _value(step[1], scope)
    for kind, other in step[2]:
        right = _value(other, scope)
        if not COMPARED[kind](left, right):
            return False
        left = right
    return True


VALUES: Mapping[str, Callable[[Step, Scope], Any]] = {
    "constant": lambda step, _: step[1],
    "name": _name,
    "field": _field,
    "not": lambda step, scope: not _value(step[1], scope),
    "and": _all,
    "or": _any,
    "compare": _compare,
    "apply": lambda step, scope: _name(step, scope)(_value(step[2], scope)),
}
