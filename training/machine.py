"""Translate exemplars by machine, where no person has: `python -m training.machine FROM TO` writes `*.machine.jsonl`.

It needs Apertium (Debian: apertium, apertium-es-pt, apertium-fr-es; GPL, a tool that is not shipped). What comes out is
rough and teaches all the same: a passage is told by its terms and verbs, and those come out right. Read a sample of it
before you commit it.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent / "exemplars"
BREAK = " ¶ "  # a line break that comes back from the translator


def translated(texts: list[str], source: str, target: str) -> list[str]:
    """Return `texts` in `target`, in order; raises CalledProcessError where Apertium has no such pair."""
    lines = "\n".join(text.replace("\n", BREAK) for text in texts) + "\n"
    command = ["apertium", "-u", f"{source}-{target}"]
    done = subprocess.run(command, input=lines, capture_output=True, text=True, check=True).stdout
    found = [line.replace(BREAK.strip(), "\n").strip() for line in done.split("\n")[: len(texts)]]
    return ["\n".join(part.strip() for part in text.split("\n")) for text in found]


def translate(source: str, target: str) -> None:
    """Translate each file of `source` that people wrote into `target`."""
    for path in sorted((ROOT / source).rglob("*.jsonl")):
        if ".machine." in path.name:
            continue
        items = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
        texts = translated([item["text"] for item in items], source, target)
        made = ROOT / target / path.relative_to(ROOT / source).with_suffix(".machine.jsonl")
        made.parent.mkdir(parents=True, exist_ok=True)
        lines = [json.dumps({**i, "text": t}, ensure_ascii=False) for i, t in zip(items, texts, strict=True) if t]
        made.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    translate(*sys.argv[1:3])
