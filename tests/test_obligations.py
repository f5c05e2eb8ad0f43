"""Who must do what by when: from a deal, from any agreement, in four languages, as a table and as a calendar."""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from deals import complete
from hypothesis import given
from hypothesis import strategies as st

import mougen
from mougen.agreement import Agreement, Paragraph
from mougen.cli import main
from mougen.cli.obliged import render_duties
from mougen.duties.calendar import as_ics, folded, later
from mougen.duties.deadlines import load_deadlines
from mougen.duties.duty import Duties, Duty, Interval
from mougen.duties.frames import sentences_of
from mougen.language import languages

ROOT = Path(__file__).resolve().parent.parent
DEAL = ROOT / "samples" / "deals" / "ghana-gold.toml"
POOR = ROOT / "samples" / "agreements" / "bad-neighbour.md"
SIGNED = datetime.date(2026, 11, 30)


@pytest.fixture(scope="module")
def duties() -> Duties:
    return mougen.obligations(DEAL)


def found(duties: Duties, *words: str) -> list[Duty]:
    return [duty for duty in duties.rows if all(word in duty.what for word in words)]


def of_text(*lines: str, date: datetime.date | None = SIGNED) -> Duties:
    """Return the obligations of an agreement that has these paragraphs."""
    paragraphs, offset = [], 0
    for line in lines:
        paragraphs.append(Paragraph(line, offset))
        offset += len(line) + 1
    return mougen.obligations(Agreement("agreement", tuple(paragraphs)), date=date)


def test_a_deal_has_each_kind(duties: Duties) -> None:
    (publish,) = found(duties, "publish it with its annexes")
    assert (publish.where, publish.clause, publish.who) == ("clause 37.1", "disclosure", "Company")
    assert (publish.kind, publish.when) == ("once", "within 30 days after signature")
    assert publish.date == datetime.date(2026, 12, 30)
    (report,) = found(duties, "send each report to the Competent Authority")
    assert (report.who, report.kind, report.when) == ("Force", "event", "within 24 hours after the event")
    assert report.date is None
    (yearly,) = found(duties, "check once a year whether the rules")
    assert (yearly.kind, yearly.every, yearly.date) == ("recurring", Interval(1, "year"), datetime.date(2027, 11, 30))
    assert yearly.who == "other"  # the Joint Committee
    (life,) = found(duties, "preserve human life")
    assert (life.kind, life.when, life.who) == ("standing", "", "Force")
    assert duties.ends == datetime.date(2029, 11, 30)


def test_a_list_is_one_obligation_and_its_items_with_a_time_are_apart(duties: Duties) -> None:
    (force,) = found(duties, "non-violent means first", "use force only when strictly necessary")
    assert force.clause == "use-of-force"
    meetings = found(duties, "The Parties will meet, on the calendar")
    assert [(m.where, m.when) for m in meetings] == [
        ("clause 36.2(a)", "at least once a month"),
        ("clause 36.2(b)", "at least once every quarter"),
        ("clause 36.2(c)", "at least twice a year"),
    ]
    assert {m.who for m in meetings} == {"both"}
    assert [str(m.every) for m in meetings] == ["month", "quarter", "6 months"]


def test_a_sentence_with_two_times_is_two_rows(duties: Duties) -> None:
    review = found(duties, "The Parties will review this Agreement every 12 months")
    assert [(r.kind, r.when) for r in review] == [("recurring", "every 12 months"), ("event", "within 30 days after …")]


def test_what_only_permits_binds_nobody(duties: Duties) -> None:
    assert not found(duties, "The Company may suspend or terminate")
    assert not found(duties, "This Agreement is made on")
    assert not {"title", "parties", "recitals", "definitions", "signature"} & {duty.clause for duty in duties.rows}


def test_the_word_file_tells_the_same_as_the_deal(duties: Duties, tmp_path: Path) -> None:
    mougen.compose(DEAL, allow_blanks=True).save(tmp_path / "draft.docx")
    read = mougen.obligations(tmp_path / "draft.docx", date=SIGNED)
    timed = [(d.where, d.who, d.when, d.kind, d.date) for d in duties.rows if d.when]
    assert [(d.where, d.who, d.when, d.kind, d.date) for d in read.rows if d.when] == timed


def test_an_agreement_that_somebody_else_wrote() -> None:
    duties = mougen.obligations(POOR, date=SIGNED)
    (paid,) = found(duties, "daily allowance of 12 US dollars")
    assert (paid.where, paid.who, paid.kind) == ("clause 5.2", "Company", "recurring")
    assert (paid.when, paid.date) == ("at the end of each week", datetime.date(2026, 12, 7))
    (crowd,) = found(duties, "disperse any gathering")
    assert (crowd.who, crowd.kind, crowd.when) == ("Force", "event", "without delay")
    assert len(found(duties, "assign the daily tasks")) == 1
    assert found(duties, "assign the daily tasks")[0].kind == "standing"
    assert not duties.rows[0].what.startswith("1.1")


def test_without_a_date_of_signature_nothing_is_counted_and_that_is_said() -> None:
    duties = mougen.obligations(POOR)
    assert all(duty.date is None for duty in duties.rows)
    assert any("no date of signature" in note for note in duties.notes)


@pytest.mark.parametrize(
    ("sentence", "who", "when", "kind"),
    [
        ("The Company shall pay the fee within thirty (30) days of signature.", "Company",
         "within thirty (30) days of signature", "once"),
        ("Within thirty days of signature the Company shall pay the fee.", "Company",
         "within thirty days of signature", "once"),
        ("The Police shall send a list by 31 March 2027.", "Force", "by 31 March 2027", "once"),
        ("The Police shall send a list within ten days after the end of each month.", "Force",
         "within ten days after the end of each month", "recurring"),
        ("The Parties shall meet at least once a quarter.", "both", "at least once a quarter", "recurring"),
        ("The Police shall inform the Company immediately.", "Force", "immediately", "event"),
        ("The Police shall keep the records for 5 years from that day.", "Force", "", "standing"),
        ("La Gendarmerie doit remettre un rapport dans un délai de 24 heures à compter de l’événement.", "Force",
         "dans un délai de 24 heures à compter de l’événement", "event"),
        ("La Société doit publier le présent Accord dans les trente jours suivant la signature.", "Company",
         "dans les trente jours suivant la signature", "once"),
        ("Les Parties doivent se réunir tous les trois mois.", "both", "tous les trois mois", "recurring"),
        ("La Gendarmerie doit informer la Société sans délai.", "Force", "sans délai", "event"),
        ("La Policía deberá enviar el informe dentro de las 24 horas siguientes al hecho.", "Force",
         "dentro de las 24 horas siguientes al hecho", "event"),
        ("La Empresa deberá publicar este Acuerdo dentro de los 30 días siguientes a la firma.", "Company",
         "dentro de los 30 días siguientes a la firma", "once"),
        ("Las Partes deberán reunirse al menos una vez por trimestre.", "both",
         "al menos una vez por trimestre", "recurring"),
        ("La Policía deberá informar a la Empresa en un plazo de cinco días hábiles contados desde la notificación.",
         "Force", "en un plazo de cinco días hábiles contados desde la notificación", "event"),
        ("A Polícia deve enviar o relatório no prazo de 24 horas a contar do acontecimento.", "Force",
         "no prazo de 24 horas a contar do acontecimento", "event"),
        ("A Empresa deve publicar o presente Acordo no prazo de 30 dias a contar da assinatura.", "Company",
         "no prazo de 30 dias a contar da assinatura", "once"),
        ("As Partes devem reunir-se todos os meses.", "both", "todos os meses", "recurring"),
    ],
)  # fmt: skip
def test_sentences(sentence: str, who: str, when: str, kind: str) -> None:
    (duty,) = of_text(sentence).rows
    assert (duty.who, duty.when, duty.kind) == (who, when, kind)
    assert duty.what == sentence
    assert (duty.date is not None) == (kind in ("once", "recurring"))


@pytest.mark.parametrize(
    ("language", "text", "interval"),
    [
        ("en", "every six months", Interval(6, "month")),
        ("en", "twice a year", Interval(6, "month")),
        ("en", "fortnightly", Interval(2, "week")),
        ("en", "by day 7 of the following month", Interval(1, "month", 7)),
        ("fr", "une fois par an", Interval(1, "year")),
        ("fr", "chaque semaine", Interval(1, "week")),
        ("fr", "trimestrielle", Interval(3, "month")),
        ("fr", "au plus tard le 7 du mois suivant", Interval(1, "month", 7)),
        ("es", "cada 3 meses", Interval(3, "month")),
        ("es", "mensualmente", Interval(1, "month")),
        ("es", "dos veces al año", Interval(6, "month")),
        ("es", "a más tardar el día 7 del mes siguiente", Interval(1, "month", 7)),
        ("pt", "a cada 3 meses", Interval(3, "month")),
        ("pt", "de seis em seis meses", Interval(6, "month")),
        ("pt", "anualmente", Interval(1, "year")),
        ("pt", "até ao dia 7 do mês seguinte", Interval(1, "month", 7)),
    ],
)
def test_intervals(language: str, text: str, interval: Interval) -> None:
    (time,) = load_deadlines(language).times(f"x {text} y")
    assert time.every == interval


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "by 1 March 2027"), ("fr", "avant le 1er mars 2027"), ("es", "antes del 1 de marzo de 2027"),
     ("pt", "até 1 de março de 2027")],
)  # fmt: skip
def test_dates(language: str, text: str) -> None:
    (time,) = load_deadlines(language).times(f"x {text}.")
    assert time.date == datetime.date(2027, 3, 1)


def test_every_language_has_its_words_and_no_accent_is_needed() -> None:
    assert {load_deadlines(code).months for code in languages()}
    assert load_deadlines("es").times("en un plazo de diez dias habiles")
    assert not load_deadlines("en").times("by 31 February 2027")


def test_sentences_end_where_they_end() -> None:
    text = "The Police shall act under No. 5 and Art. 7. They shall report (see annex). Dr. Mensah shall sign."
    assert list(sentences_of(text)) == [
        "The Police shall act under No. 5 and Art. 7.",
        "They shall report (see annex).",
        "Dr. Mensah shall sign.",
    ]


def test_a_pronoun_carries_the_subject_on() -> None:
    duties = of_text("The Police shall keep a register. It shall send a copy every month to the Company.")
    assert [duty.who for duty in duties.rows] == ["Force", "Force"]
    spanish = of_text("La Empresa deberá llevar un registro de las quejas. Deberá enviar una copia cada mes.")
    assert [duty.who for duty in spanish.rows] == ["Company", "Company"]


def unfolded(data: bytes) -> list[str]:
    """Return the content lines of a calendar after checking how they are folded (RFC 5545, 3.1)."""
    text = data.decode()
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    return text.replace("\r\n ", "").split("\r\n")[:-1]


def events(data: bytes) -> list[dict[str, str]]:
    read: list[dict[str, str]] = []
    for line in unfolded(data):
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            read.append({})
        elif read and not line.startswith(("BEGIN", "END")):
            assert name.partition(";")[0] not in read[-1]
            read[-1][name.partition(";")[0]] = re.sub(r"\\(.)", lambda m: "\n" if m[1] == "n" else m[1], value)
    return read


def test_the_calendar_reads_back(duties: Duties) -> None:
    data = as_ics(duties)
    lines, read = unfolded(data), events(data)
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    assert "VERSION:2.0" in lines
    dated = [duty for duty in duties.rows if duty.date]
    assert [event["DTSTART"] for event in read] == [f"{duty.date:%Y%m%d}" for duty in dated]
    assert [event["DESCRIPTION"].split("\n")[0] for event in read] == [duty.what for duty in dated]
    assert {event["DTSTAMP"] for event in read} == {"20261130T000000Z"}
    assert len({event["UID"] for event in read}) == len(read)
    rules = {event["DESCRIPTION"].split("\n")[1]: event.get("RRULE", "") for event in read}
    assert rules["within 30 days after signature"] == ""
    assert rules["once a year"] == "FREQ=YEARLY;INTERVAL=1;UNTIL=20291130"
    assert rules["by day 7 of the following month"] == "FREQ=MONTHLY;INTERVAL=1;UNTIL=20291130"
    assert rules["every month"] == "FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=28,29,30;BYSETPOS=-1;UNTIL=20291130"


def test_the_same_deal_gives_the_same_bytes_and_a_new_clause_leaves_other_uids(duties: Duties) -> None:
    assert as_ics(duties) == as_ics(mougen.obligations(DEAL))
    fewer = Duties(duties.name, duties.rows[40:], duties.signed, duties.ends)
    assert {e["UID"] for e in events(as_ics(fewer))} <= {e["UID"] for e in events(as_ics(duties))}


@given(st.text(max_size=200))
def test_folded_lines_unfold_to_what_they_were(text: str) -> None:
    line = "".join(c for c in text if c not in "\r\n")
    parts = folded(line).split("\r\n")
    assert all(len(part.encode("utf-8", "surrogatepass")) <= 75 for part in parts)
    assert parts[0] + "".join(part[1:] for part in parts[1:]) == line


@pytest.mark.parametrize(
    ("start", "interval", "end"),
    [
        ("2027-01-31", Interval(1, "month"), "2027-02-28"),
        ("2026-11-30", Interval(1, "quarter"), "2027-02-28"),
        ("2028-02-29", Interval(1, "year"), "2029-02-28"),
        ("2026-11-27", Interval(3, "workday"), "2026-12-02"),
        ("2026-11-30", Interval(36, "hour"), "2026-12-02"),
        ("2026-11-30", Interval(2, "week"), "2026-12-14"),
    ],
)
def test_days_are_counted(start: str, interval: Interval, end: str) -> None:
    assert later(datetime.date.fromisoformat(start), interval) == datetime.date.fromisoformat(end)


def command(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["obligations", *map(str, arguments)], catch_exceptions=False)


def test_a_table_is_safe_in_a_spreadsheet() -> None:
    names = ("=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "  =1")
    rows = tuple(Duty(where=name, title="t", who="Force", what=f"{name} shall\nreport") for name in names)
    table = list(csv.reader(io.StringIO(render_duties(Duties("deal", rows), "csv").decode(), newline="")))
    assert table[0][:5] == ["place", "title", "clause", "who", "what"]
    assert len(table) == len(names) + 1
    for row in table[1:]:
        assert all(cell[:1] not in ("=", "+", "-", "@") for cell in row)
        assert row[0].startswith("'")
        assert "\n" not in row[4]


@pytest.mark.parametrize("format", ["text", "markdown", "csv", "json", "ics"])
def test_command_writes_every_format(format: str, duties: Duties, tmp_path: Path) -> None:
    out = tmp_path / f"list.{format}"
    assert command(DEAL, "--format", format, "-o", out).exit_code == 0
    printed = command(DEAL, "--format", format)
    assert printed.exit_code == 0
    assert out.read_bytes() == printed.stdout_bytes
    again = command(DEAL, "--format", format, "-o", out)
    assert (again.exit_code, "--force" in again.stderr) == (2, True)
    if format == "csv":
        rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8"), newline="")))
        assert [row["what"] for row in rows] == [duty.what for duty in duties.rows]
    elif format == "json":
        read = json.loads(out.read_text(encoding="utf-8"))
        assert (read["version"], read["signed"], len(read["obligations"])) == (1, "2026-11-30", len(duties.rows))
    elif format == "ics":
        assert len(events(out.read_bytes())) == sum(duty.date is not None for duty in duties.rows)
    else:
        assert "within 24 hours after the event" in out.read_text(encoding="utf-8")


def test_command_says_what_is_missing_for_a_calendar() -> None:
    result = command(POOR, "--format", "ics")
    assert result.exit_code == 2
    assert "--date" in result.stderr
    assert command(POOR, "--format", "ics", "--date", "2026-11-30").exit_code == 0


def test_command_refuses_what_it_cannot_read(tmp_path: Path) -> None:
    german = tmp_path / "vertrag.txt"
    german.write_text("Die Polizei wird die Gesellschaft binnen einer Woche nach der Unterschrift unterrichten.\n" * 9)
    for arguments, said in (
        ((german,), "none that mougen reads"),
        ((tmp_path / "none.toml",), "no such file"),
        ((tmp_path / "none.docx",), "does not exist"),
        ((DEAL, "--date", "2026-01-01"), "a deal has its date in it"),
    ):
        result = command(*arguments)
        assert result.exit_code == 2
        assert said in result.stderr
        assert len(result.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(("country", "language"), [("cameroon", "fr"), ("peru", "es"), ("mozambique", "pt")])
def test_deals_in_other_languages_have_as_many_times(country: str, language: str) -> None:
    english = mougen.obligations(complete(country))
    other = mougen.obligations({**complete(country), "language": language})
    assert {duty.language for duty in other.rows} == {language}
    for kind in ("once", "recurring", "event"):
        one, two = (sum(duty.kind == kind for duty in listed.rows) for listed in (english, other))
        assert abs(one - two) <= max(2, one // 8), kind
    assert {duty.who for duty in other.rows} == {"Force", "Company", "both", "other"}


def test_a_file_in_two_languages_has_both() -> None:
    english = "The Police shall send a written report to the Company every month about all that happened at the site. "
    french = "La Gendarmerie doit remettre chaque mois à la Société un rapport écrit sur tout ce qui s’est passé. "
    duties = of_text(english, english, english, french, french, french)
    assert {duty.language for duty in duties.rows} == {"en", "fr"}
    assert {duty.when for duty in duties.rows} == {"every month", "chaque mois"}
    assert any("several languages" in note for note in duties.notes)
