"""The public interface: nineteen names, typed, nothing heavy until it is needed, nothing printed."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

import mougen

DEAL = Path(__file__).resolve().parent.parent / "samples" / "deals" / "ghana-gold.toml"
TEXT = "MEMORANDUM OF UNDERSTANDING\n\n1. Force\n\n1.1 The Police shall use force only when strictly necessary.\n"
HEAVY = ("spacy", "docx", "docxtpl", "jinja2", "lxml", "numpy", "click", "pypdfium2")


def loaded_after(code: str) -> set[str]:
    """Return which heavy packages are loaded after `code` in a fresh interpreter."""
    script = f"{code}\nimport sys\nprint(*[name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split())


def test_names_are_these() -> None:
    assert len(mougen.__all__) == 19
    for name in mougen.__all__:
        assert getattr(mougen, name).__doc__
        assert name in dir(mougen)


def test_no_public_name_is_the_name_of_a_module() -> None:
    assert not [name for name in mougen.__all__ if find_spec(f"mougen.{name}")]


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute `chek`"):
        mougen.chek  # noqa: B018


def test_import_loads_nothing_heavy() -> None:
    assert not loaded_after("import mougen")
    assert not loaded_after("import mougen; mougen.load_library(); mougen.MougenError")


def test_a_draft_never_loads_spacy_or_numpy() -> None:
    loaded = loaded_after(f"import mougen; mougen.compose({str(DEAL)!r}, allow_blanks=True)")
    assert "lxml" in loaded
    assert not loaded & {"spacy", "numpy", "click"}


def test_compose_takes_path_deal_and_plan_alike(capsys: pytest.CaptureFixture[str]) -> None:
    deal = mougen.read_deal(DEAL)
    from_path = mougen.compose(DEAL, allow_blanks=True)
    assert from_path.data == mougen.compose(deal, allow_blanks=True).data
    assert from_path.data == mougen.compose(mougen.make_plan(deal), allow_blanks=True).data
    assert capsys.readouterr().out == ""


def test_compose_takes_a_mapping() -> None:
    plan = mougen.make_plan({"jurisdiction": "kenya", "forces": [{"institution": "national-police-service"}]})
    assert plan.missing
    with pytest.raises(mougen.MougenError, match=r"company\.name"):
        mougen.compose(plan)


def test_review_takes_text_path_and_agreement_alike(tmp_path: Path) -> None:
    file = tmp_path / "agreement.txt"
    file.write_text(TEXT, encoding="utf-8")
    facts = {"firearms": False}
    reviews = [mougen.review_agreement(source, facts=facts) for source in (TEXT, file, mougen.read_agreement(file))]
    assert reviews[0].findings == reviews[1].findings == reviews[2].findings
    assert reviews[0].facts["firearms"].basis == "given"
    assert mougen.render_report(reviews[1], "json").startswith(b"{")


def test_review_refuses_a_fact_that_does_not_exist() -> None:
    with pytest.raises(mougen.MougenError, match="`guns` is not a fact"):
        mougen.review_agreement(TEXT, facts={"guns": True})
