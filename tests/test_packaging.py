"""Wheel, wheel from the sdist, and editable install all find their data, from another directory."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DATA = ("clauses/conduct/use-of-force.md", "jurisdictions/ghana.toml", "samples/deals/ghana-gold.toml")
PACKAGED = ("catalogue/works.toml", "report/page.html", "template/house/word/document.xml", "model/en.npz", "py.typed")


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    done = subprocess.run(
        list(map(str, command)), cwd=cwd, env={**os.environ, **environment}, capture_output=True, text=True
    )
    assert done.returncode == 0, f"{' '.join(map(str, command))}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def build(kind: str, source: Path, into: Path) -> Path:
    """Return the wheel or sdist built from `source`, without a network."""
    run(sys.executable, "-m", "build", "--no-isolation", f"--{kind}", "--outdir", into, source, cwd=into)
    (built,) = into.glob("*.whl" if kind == "wheel" else "*.tar.gz")
    return built


def installed(what: Path, into: Path, *options: str) -> Path:
    """Return `mougen` of a fresh environment with `what`, which borrows its dependencies from this one."""
    run(sys.executable, "-m", "venv", "--without-pip", into, cwd=ROOT)
    (site,) = into.glob("lib/python*/site-packages")
    theirs = [path for path in sys.path if path.endswith("site-packages")]
    # Folders that a .pth file names are searched last, and .pth files in them are not read: no other mougen gets in.
    (site / "dependencies.pth").write_text("\n".join(theirs) + "\n", encoding="utf-8")
    pip = (sys.executable, "-m", "pip", f"--python={into / 'bin' / 'python'}", "install", "--quiet", "--no-deps")
    run(*pip, "--disable-pip-version-check", "--no-build-isolation", "--ignore-installed", *options, what, cwd=into)
    return into / "bin" / "mougen"


def works(mougen: Path, elsewhere: Path) -> None:
    """Check that `mougen` lists, validates and drafts from a directory that holds nothing."""
    assert "conduct-force-necessity" in run(mougen, "list", "requirements", cwd=elsewhere)
    assert "no fault found" in run(mougen, "validate", cwd=elsewhere)
    run(mougen, "demo", "made", cwd=elsewhere)
    deal = elsewhere / "made" / "deal.toml"
    run(mougen, "draft", deal, "-o", "agreement.docx", "--allow-blanks", cwd=elsewhere)
    assert (elsewhere / "agreement.docx").read_bytes() == (elsewhere / "made" / "draft.docx").read_bytes()


def home(mougen: Path, elsewhere: Path) -> Path:
    """Return the folder from which an installed `mougen` is imported."""
    python = mougen.with_name("python")
    return Path(run(python, "-c", "import mougen; print(mougen.__file__)", cwd=elsewhere).strip()).parent


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("sdist", ROOT, tmp_path_factory.mktemp("sdist"))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", ROOT, tmp_path_factory.mktemp("wheel"))


def test_wheel_holds_data_and_licences_and_no_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for name in (*DATA, *PACKAGED):
        assert f"mougen/{name}" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert any(name.endswith("licenses/NOTICE") for name in names)
    assert not [name for name in names if name.split("/")[0] not in ("mougen",) and ".dist-info/" not in name]


def test_sdist_holds_what_tests_need(sdist: Path) -> None:
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    for name in (*DATA, "LICENSE", "NOTICE", "Makefile", "tests/test_packaging.py", "docs/generate.py"):
        assert name in names


def test_wheel_works(wheel: Path, tmp_path: Path) -> None:
    mougen = installed(wheel, tmp_path / "env")
    assert (tmp_path / "env") in home(mougen, tmp_path).parents
    works(mougen, tmp_path)


def test_wheel_from_sdist_is_the_same_and_works(sdist: Path, wheel: Path, tmp_path: Path) -> None:
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    (source,) = tmp_path.glob("mougen-*")
    (tmp_path / "built").mkdir()
    second = build("wheel", source, tmp_path / "built")
    assert sorted(zipfile.ZipFile(second).namelist()) == sorted(zipfile.ZipFile(wheel).namelist())
    works(installed(second, tmp_path / "env"), tmp_path)


def test_editable_works(tmp_path: Path) -> None:
    mougen = installed(ROOT, tmp_path / "env", "--editable")
    assert home(mougen, tmp_path) == ROOT / "mougen"
    works(mougen, tmp_path)
