"""A small review made by hand, with every verdict, severity and oddity that a report has to show."""

from __future__ import annotations

from mougen.agreement import Agreement, Paragraph
from mougen.review.finding import Evidence, FactUsed, Finding, FlagRaised, Nearest, Review, Suggestion

TEXTS = (
    "1 Conduct",
    "1.1 The Police shall use force only when strictly necessary, and in proportion to the threat that they meet.",
    "1.2 The Police should give medical aid <b>where possible</b> & report *promptly* | monthly.",
    "2.1 The Company shall hold officers harmless from any claim.",
    "3.1 The parties may meet.",
)


def made_agreement(name: str = "ridge.docx") -> Agreement:
    paragraphs, start = [], 0
    for text in TEXTS:
        paragraphs.append(Paragraph(text, start))
        start += len(text) + 1
    return Agreement(name, tuple(paragraphs), ("A tracked insertion was read as agreed.",))


def passage(index: int, where: str, deciding: str = "", doubts: tuple[str, ...] = ()) -> Evidence:
    """Return paragraph `index` as evidence; `deciding` are words of it."""
    paragraph = made_agreement().paragraphs[index]
    at = paragraph.start + paragraph.text.index(deciding)
    spans = ((at, at + len(deciding)),) if deciding else ()
    return Evidence(paragraph.text, where, paragraph.start, paragraph.end, ("limb-one",), doubts, spans)


def finding(requirement: str, verdict: str, severity: str = "required", **more: object) -> Finding:
    title = requirement.partition("-")[2].replace("-", " ").capitalize()
    known = {"core": False, "message": f"It is {verdict}.", "clause": "" if verdict == "met" else "made-clause", **more}
    category = requirement.partition("-")[0]
    return Finding(requirement, title, category, verdict, severity, **known)  # type: ignore[arg-type]


def made_review(name: str = "ridge.docx", *, clean: bool = False) -> Review:
    met = finding("conduct-made-force", "met", core=True, evidence=(passage(1, "clause 1.1"),), has=("limb-one",))
    gaps = (
        finding(
            "conduct-made-aid",
            "partial",
            evidence=(passage(2, "clause 1.2", "should", ("soft verb: should",)),),
            has=("limb-one",),
            lacks=("limb-two",),
            cites=("BPUFF: 5", "VPs: 4 (recalled, verify)"),
        ),
        finding(
            "governing-made-law", "contradicted", core=True, evidence=(passage(3, "clause 2.1"),), contrary=("harm",)
        ),
        finding(
            "training-made-rights",
            "missing",
            lacks=("limb-one",),
            nearest=(Nearest(passage(4, "clause 3.1"), "it touches the subject and states nothing of it"),),
        ),
        finding("monitoring-made-visits", "missing", "recommended"),
        finding("remedy-made-channel", "undetermined", evidence=(passage(4, "clause 3.1"),)),
    )
    not_asked = finding("deployment-made-army", "not-applicable", clause="")
    flag = FlagRaised(
        "made-immunity",
        "Immunity",
        "high",
        "Personnel receive immunity.",
        "Nobody would answer for abuse.",
        (passage(3, "clause 2.1", "hold officers harmless"),),
        ("governing-made-law",),
    )
    return Review(
        agreement=made_agreement(name),
        language="en",
        facts={
            "firearms": FactUsed(True, "given"),
            "private_security": FactUsed(True, "inferred", TEXTS[4]),
            "army_deployed": FactUsed(False, "assumed"),
        },
        findings=(met, not_asked) if clean else (met, *gaps, not_asked),
        red_flags=() if clean else (flag,),
        suggestions={}
        if clean
        else {"made-clause": Suggestion("made-clause", "Made clause", "The [Force] shall:\n- act.")},
        notes=("A tracked insertion was read as agreed.",),
        digest="0123456789abcdef",
    )
