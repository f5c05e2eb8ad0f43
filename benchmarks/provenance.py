"""Which models are measured, what taught them, and who wrote it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from mougen.data import data_root
from mougen.review.model import load_model
from training.build_model import digest_of
from training.machine import MACHINE

from .corpus import digest
from .measure import ROOT

TRAINING = ROOT / "training"


@dataclass(frozen=True, slots=True)
class Provenance:
    """A model: digests of its file and of what taught it, whether that is what lies in training/ now, and how much.

    `exemplars` and `agreements` are all of them, `machine_…` those that were translated by machine.
    """

    model: str
    taught_by: str
    current: bool
    passages: int
    exemplars: int
    machine_exemplars: int
    agreements: int
    machine_agreements: int


def provenance(language: str) -> Provenance:
    """Return what is known of the model of one language."""
    about = load_model(data_root("model"), language).about
    folder = TRAINING / "exemplars" / language
    files = {path: _lines(path) for path in folder.rglob("*.jsonl")}
    agreements = list((TRAINING / "agreements" / language).glob("*.md"))
    return Provenance(
        model=digest([ROOT / "mougen" / "model" / f"{language}.npz"]),
        taught_by=about["digest"][:12],
        current=about["digest"] == digest_of(folder),
        passages=about["exemplars"],
        exemplars=sum(files.values()),
        machine_exemplars=sum(count for path, count in files.items() if ".machine." in path.name),
        agreements=len(agreements),
        machine_agreements=sum(MACHINE in path.read_text("utf-8") for path in agreements),
    )


def _lines(path: Path) -> int:
    return sum(bool(line.strip()) for line in path.read_text("utf-8").splitlines())
