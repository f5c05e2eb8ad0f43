"""Documents say what the program does: generated parts are fresh, every command is described, links lead somewhere."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import click
import pytest

from mougen.cli import main
from mougen.library import bundled_library

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def commands(group: click.Group, name: str = "mougen") -> Iterator[tuple[str, click.Command]]:
    for word, command in ((w, group.get_command(None, w)) for w in group.list_commands(None)):
        if isinstance(command, click.Group):
            yield from commands(command, f"{name} {word}")
        else:
            yield f"{name} {word}", command


def test_generated_parts_are_fresh() -> None:
    pages = generator().pages(bundled_library())
    stale = [path.name for path, text in pages.items() if path.read_text(encoding="utf-8") != text]
    assert not stale, "run `make docs`"


@pytest.mark.parametrize(("name", "command"), list(commands(main)))
def test_command_has_help_and_is_in_the_readme(name: str, command: click.Command) -> None:
    assert command.help
    assert f"`{name}" in README
    for parameter in command.params:
        assert isinstance(parameter, click.Argument) or parameter.help, parameter.name  # type: ignore[attr-defined]


def test_readme_names_both_commands_and_the_limits() -> None:
    for words in ("make demo", "make test", "gives no legal advice and certifies nothing", "not a legal duty"):
        assert words in README


def test_every_target_of_the_readme_is_in_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    texts = README + (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    for target in set(re.findall(r"\bmake ([a-z]+)", texts)) - {"a", "sure"}:
        assert re.search(rf"^{target}:", makefile, re.M), target


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_links_lead_to_files(page: str) -> None:
    for link in re.findall(r"\]\(([^)#]+)\)", (ROOT / page).read_text(encoding="utf-8")):
        assert link.startswith("https://") or (ROOT / link).exists(), link


def test_notice_names_every_dependency() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8").lower()
    for requirement in [*project["dependencies"], *project["optional-dependencies"]["dev"]]:
        assert re.split(r"[<>=~ ]", requirement)[0] in notice
