"""Translate by machine what no person has: `python -m training.machine FROM TO`.

It writes exemplars as `*.machine.jsonl`, and agreements that the other language lacks, marked `machine: true`.

It needs Apertium (Debian: apertium, apertium-es-pt, apertium-fr-es; GPL, a tool that is not shipped). What comes out is
rough and teaches all the same: a passage is told by its terms and verbs, and those come out right. Read a sample of it
before you commit it.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from .agreements import ANCHOR

ROOT = Path(__file__).resolve().parent
MACHINE = "machine: true"
BREAK = " ¶ "  # a line break that comes back from the translator


def translated(texts: list[str], source: str, target: str) -> list[str]:
    """Return `texts` in `target`, in order; raises CalledProcessError where Apertium has no such pair."""
    lines = "\n".join(text.replace("\n", BREAK) for text in texts) + "\n"
    command = ["apertium", "-u", f"{source}-{target}"]
    done = subprocess.run(command, input=lines, capture_output=True, text=True, check=True).stdout
    found = [line.replace(BREAK.strip(), "\n").strip() for line in done.split("\n")[: len(texts)]]
    return ["\n".join(part.strip() for part in text.split("\n")) for text in found]


def translate_agreements(source: str, target: str) -> None:
    """Translate each agreement of `source` that people wrote, and that `target` has not, paragraph by paragraph."""
    for path in sorted((ROOT / "agreements" / source).glob("*.md")):
        made = ROOT / "agreements" / target / path.name
        front, body = path.read_text("utf-8").split("\n---\n", 1)
        if MACHINE in front or (made.exists() and MACHINE not in made.read_text("utf-8")):
            continue
        lines = [ANCHOR.match(line) for line in body.splitlines() if line.strip()]
        texts = translated([line[2] for line in lines if line], source, target)
        anchors = [line[1] for line in lines if line]
        made.parent.mkdir(parents=True, exist_ok=True)
        head = front.replace("\n", f"\n{MACHINE}\n", 1)
        written = "\n".join(f"[{anchor}] {text}" for anchor, text in zip(anchors, texts, strict=True))
        made.write_text(f"{head}\n---\n{written}\n", "utf-8")


def translate(source: str, target: str) -> None:
    """Translate each file of exemplars of `source` that people wrote into `target`."""
    for path in sorted((ROOT / "exemplars" / source).rglob("*.jsonl")):
        if ".machine." in path.name:
            continue
        items = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
        texts = translated([item["text"] for item in items], source, target)
        made = ROOT / "exemplars" / target / path.relative_to(ROOT / "exemplars" / source).with_suffix(".machine.jsonl")
        made.parent.mkdir(parents=True, exist_ok=True)
        lines = [json.dumps({**i, "text": t}, ensure_ascii=False) for i, t in zip(items, texts, strict=True) if t]
        made.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    translate(*sys.argv[1:3])
    translate_agreements(*sys.argv[1:3])
