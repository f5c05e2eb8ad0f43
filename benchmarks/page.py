"""docs/judgement.md: what was measured on what, how well, what changed, and what the figures cannot tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from . import tables
from .corpus import KEPT_OUT, LABELLED, NAMES, TUNED
from .figures import sets
from .overlap import LENGTH
from .result import Result
from .tables import figures_table, table

TRIED = "taught nothing; the lexicon was tried on them, and they were looked at when thresholds were set"


def text(run: Mapping[str, Any], results: Sequence[Result]) -> str:
    """Return the page."""
    return "\n".join(_page(run, results)).rstrip() + "\n"


def _page(run: Mapping[str, Any], results: Sequence[Result]) -> Iterator[str]:
    yield OPENING.format(rules=run["rules"], corpus=run["corpus"])
    yield from _models(run["models"])
    yield from _texts(results)
    yield "## Figures\n"
    for result in results:
        yield f"### {LABELLED[result.language]}\n"
        yield figures_table(run["languages"][result.language]["figures"]) + "\n"
    yield EXPLAINED
    yield "## Against the target\n\nAgreements that set nothing; what falls short is bold.\n"
    yield tables.against(run["languages"]) + "\n"
    yield "A second careful reader of such agreements gave the same verdict for 98 to 99 % of labels.\n"
    yield "## Gained and lost\n"
    yield from tables.changed(run["languages"])
    yield "## What was said for what\n"
    for result in results:
        yield from _said(result)
    yield "## The worst requirements\n\nBy the share of labels judged wrongly; a false met counts three times.\n"
    for result in results:
        yield f"### {LABELLED[result.language]}, the worst {tables.WORST}\n"
        yield tables.worst_requirements(result.judged) + "\n"
    yield "## Every false met in the agreements\n"
    yield "\n".join(tables.false_met(results)) + "\n"
    yield "## Red flags, agreements that set nothing\n"
    yield tables.flags(results, TUNED) + "\n"
    yield "## By kind of passage\n"
    yield tables.kinds(results) + "\n"
    yield from _calibration(results)
    yield from _unlabelled(run)
    yield LIMITS


OPENING = """# How well the review judges

<!-- Written by `make bench-judgement`; changes by hand are lost. -->

Every verdict of `mougen review` on labelled texts that it was not taught, against the label, one language at a time.
Rules `{rules}`, corpus `{corpus}`. The verdicts behind the figures are in `benchmarks/judgement.json`, by id and
without texts. **Portuguese has no labelled texts**: nothing here says how well it is judged on agreements that others
wrote.
"""


def _models(models: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    yield "## Which models\n"
    rows = []
    for code, told in models.items():
        exemplars = f"{told['exemplars']} ({told['machine_exemplars']})"
        agreements = f"{told['agreements']} ({told['machine_agreements']})"
        name = f"{NAMES[code]}, `{code}.npz`"
        rows.append([name, f"`{told['model']}`", f"`{told['taught_by']}`", exemplars, agreements, told["passages"]])
    head = ("model", "digest", "taught by", "exemplars (by machine)", "agreements (by machine)", "passages in all")
    yield table(head, rows, left=3) + "\n"
    yield (
        "`taught by` is the digest of the training texts and of the code that turns them into a model; the same texts "
        "give the same\nbytes (`make model`). `by machine` are those among them that were translated by machine, and "
        "read in samples only.\nThe clauses of the library taught each model how its own clauses read.\n"
    )
    if stale := [code for code, told in models.items() if not told["current"]]:
        yield f"**Older than the texts in `training/`: {', '.join(stale)}. Run `make model` and measure again.**\n"


def _texts(results: Sequence[Result]) -> Iterator[str]:
    yield "## Which texts\n"
    rows = [
        ["agreements " + ", ".join(TUNED), "English", "taught nothing; **thresholds and cues were set on them**"],
        ["agreements " + ", ".join(KEPT_OUT), "English", "taught and set nothing: **kept out**, chosen beforehand"],
    ]
    for result in results:
        language = LABELLED[result.language]
        sizes = Counter(j.text.partition("-")[0] for j in result.judged if j.kind)
        passages = "passages " + ", ".join(f"{name} ({count})" for name, count in sorted(sizes.items()))
        if result.language == "en":
            rows.append([passages, language, "taught nothing; thresholds were compared on a random 500 of them too"])
        else:
            rows.append(["agreements " + ", ".join(f.text for f in result.flags), language, TRIED])
            rows.append([passages, language, TRIED])
    yield table(("texts", "language", "what they did"), rows, left=3) + "\n"
    yield (
        "They lie outside the repository (`../shared/corpus`). Agreements are written as Word and read by the real "
        "reader, with the\nfacts of their labels; passages are reviewed alone as text, with every fact true. "
        "The review is not told the language. Read\nin another language than their own: "
        f"{', '.join(map(_misread, results))}.\n"
    )
    for result in results:
        yield _overlap(result)
    yield ALIKE


def _misread(result: Result) -> str:
    read = {j.text: j.read for j in result.judged}
    return f"{LABELLED[result.language]} {sum(code != result.language for code in read.values())} of {len(read)} texts"


def _overlap(result: Result) -> str:
    least = LENGTH + 5
    longest = [s.text for s in result.shared if s.words >= least]
    which = f" ({', '.join(longest)})" if longest else ""
    return (
        f"- {LABELLED[result.language]}: of {result.compared} paragraphs and passages, {len(result.shared)} share "
        f"{LENGTH} words in a row with a training text,\n  {len(longest)}{which} share {least} or more, titles of "
        "instruments apart."
    )


ALIKE = """
(`python -m benchmarks.overlap` lists them.) Most are phrases that any contract has. Some are nearer: the
beginning of xa-0012 was an example given to the writers of exemplars, and one exemplar of `violations-investigation`
reads much like a paragraph of db5. The texts that teach and the texts that test follow the same definitions and were
written by similar means, so that they are more alike than two agreements out of two offices would be.
"""
EXPLAINED = """`exact`: the verdict is right. `macro_f1`: mean F1 of the four verdicts. `met_precision`: of all that is
said to be met, how much is. `false_met`: of all that is absent or contradicted, how much was said to be met; the worst
error. `gap_recall`: of all gaps, how many were shown as a gap of any kind. `evidence_hit`: a quoted passage is one
that the label cites. `flag_f1`: red flags. They are counted by `../shared/tools/score.py`. In brackets: the 95 %
interval after Wilson. It takes the labels as independent; those of one agreement are not, so that it is too narrow for
agreements. `make bench-judgement` and the tests fail where `false_met` over all texts of a language grows by more than
a point.
"""


def _said(result: Result) -> Iterator[str]:
    groups = sets(result.language, result.judged)
    names = ["agreements, kept out", "agreements, thresholds"] if result.language == "en" else ["agreements"]
    for name in (*names, "passages"):
        yield tables.said(f"{LABELLED[result.language]} {name}", groups[name])


def _calibration(results: Sequence[Result]) -> Iterator[str]:
    yield "## Calibration\n"
    yield "The probability that the model gives to a passage before any rule, how often it was true, of how many.\n"
    for kind, says in HEADS.items():
        yield f"`{kind}`: {says}.\n"
        yield tables.calibration(results, kind) + "\n"


HEADS = {
    "relevant": "the passage bears on its requirement (the label is not “missing”)",
    "contrary": "the passage speaks against its requirement (the label is “contradicted”)",
    "whole": "the passage alone meets its requirement (the label is “met”)",
}


def _unlabelled(run: Mapping[str, Any]) -> Iterator[str]:
    yield "## Without labels: Portuguese, and the others beside it\n"
    yield LOOP
    yield tables.shares(run["loop"]) + "\n"
    yield MUTATIONS
    yield tables.shares(run["mutations"]) + "\n"


LOOP = """What can be measured without labels is whether mougen reads what it writes itself. The library taught the
models, so this is a **lower bar than any figure above**: a language that fails it is not fit to use, one that passes
it may still judge the wording of others poorly. For one deal a language with every fact true: the requirements of its
draft that are met; of clauses left out, half of them at a time, the requirements that are then missed, and those kept
that are not met (false alarms); of the clauses with a softer wording that still suffices (`fallback`) or no longer
does (`weak`), how many were judged so.
"""
MUTATIONS = """Clauses of the library, each alone in an agreement, were spoilt by machine. A mutant is seen through if
its requirement is not met any more; clauses that are not met unspoilt are left out. `negated`: every duty is lifted
and what was forbidden is allowed. `softened`: every duty is an endeavour. `of the company alone`: what bound the force
binds the company's guards. `in a recital`: the clause stands in the recitals. `overridden`: another clause takes it
back. `cut`: only the first sub-clause is left. `without times`: no time by which something is due, where the
requirement asks for one. Some mutants still say what is asked, so that not all of the rest is wrong. `python -m
benchmarks.mutations` lists what survives. The sets differ, so that the last row compares no languages.
"""
LIMITS = """## What these figures cannot tell

- The texts are invented, those that taught the models as well as those they are measured on. Few real agreements
  between companies and public security forces are published, and none is among them.
- Each label was given by one person after the definitions in this project's catalogue, and by annotators, not lawyers.
  A second reading agreed on 98 % of them; about ten labels are debatable.
- The samples are small. Three agreements in French and three in Spanish tell little about French and Spanish
  agreements in general; labels of one agreement are wrong together, and the intervals above do not count that.
  Differences between languages of a few points mean nothing.
- The exemplars that taught the French and Spanish models were in part translated by machine, those of the Portuguese
  model altogether (the table at the top counts them). What is idiomatic there is known less well.
- No labelled text is Portuguese. What the French and Spanish models reach says little of it.
- Whoever mends the review by looking at the tables above has used the texts up, the kept-out ones too, and has to name
  others. It happened once: a stricter threshold for the harms that raise flags was given up after the kept-out six had
  shown that it missed true ones. Their flag_f1 is therefore no longer that of texts which set nothing.
- The beginnings of da1 and db4 were shown to the writers of the training agreements, for their form. Both are among
  the agreements on which thresholds were set. What the English passages showed to be weak (above all another sense of
  a word) decided which kinds of exemplars were written; the writers were told not to open the corpus.
- A passage that is reviewed alone lacks the definitions and parties of its agreement.
- Scans, poor conversions and agreements in two languages are hardly represented.
- A verdict is about words. What happens at the site is in no file.
"""
