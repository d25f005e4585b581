"""A score report as a PDF file: the score, the domains, and every question with its reasons, on plain pages that print well."""

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from html import escape
from io import BytesIO

from reportlab.lib import colors
from reportlab.lib.pagesizes import letter
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.lib.units import inch
from reportlab.platypus import KeepTogether, ListFlowable, ListItem, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from app.exam_reports import STATES, Report, Reviewed
from app.session import told

INK, SOFT, RULE = colors.HexColor("#20282B"), colors.HexColor("#5A5851"), colors.HexColor("#D8D1C3")
_BASE = getSampleStyleSheet()
BODY = ParagraphStyle("body", _BASE["BodyText"], fontName="Helvetica", fontSize=9.5, leading=13, textColor=INK, spaceAfter=4)
SMALL = ParagraphStyle("small", BODY, fontSize=8, leading=11, textColor=SOFT)
TITLE = ParagraphStyle("title", BODY, fontName="Helvetica-Bold", fontSize=16, leading=20, spaceAfter=8)
HEAD = ParagraphStyle("head", BODY, fontName="Helvetica-Bold", fontSize=12, leading=16, spaceBefore=12)
PLAIN = {"≥": ">=", "≤": "<=", "→": "->", "−": "-", "Ł": "L", "ł": "l", "Đ": "D", "đ": "d", "ı": "i"}
BOLD = re.compile(r"\*\*(.+?)\*\*")


def written(made: Report, reviewed: Iterable[Reviewed], learner: str, verdict: str) -> bytes:
    """The file. `verdict`: the sentence in which the page says the score."""
    out = BytesIO()
    document = SimpleDocTemplate(out, pagesize=letter, title=safe(f"Score report: {made.title}"), author="Clean Claim", lang="en-US",
                                 leftMargin=0.9 * inch, rightMargin=0.9 * inch, topMargin=0.8 * inch, bottomMargin=0.8 * inch)
    document.build([*_first(made, learner, verdict), _domains(made), Paragraph("Every question", HEAD), *(part for one in reviewed for part in _question(one))],
                   onFirstPage=_foot, onLaterPages=_foot)
    return out.getvalue()


def _first(made: Report, learner: str, verdict: str) -> list:
    lines = [f"{learner}. Begun {told(made.started)}, ended {told(made.finished)}.", verdict, made.verdict_note]
    if made.shortfalls:
        lines.append(f"This form was shorter than the exam: there were not enough questions for {'; '.join(made.shortfalls)}.")
    note = f"{made.known} Clean Claim is not affiliated with or endorsed by {made.body}."
    return [Paragraph(safe_text(f"Score report: {made.title}"), TITLE), *(Paragraph(safe_text(line), BODY) for line in lines), Paragraph(safe_text(note), SMALL), Spacer(1, 6)]


def _domains(made: Report) -> Table:
    heads = ["Domain", "Questions", "Points", "Share", "No answer", "Not reached"]
    rows = [[Paragraph(safe_text(line.name), BODY), str(line.total.asked), f"{_number(line.total.earned)} of {_number(line.total.possible)}",
             "" if line.total.share is None else f"{line.total.share:.0%}", str(line.total.omitted), str(line.total.unreached)] for line in made.lines]
    style = TableStyle([("FONT", (0, 0), (-1, 0), "Helvetica-Bold", 8), ("FONT", (1, 1), (-1, -1), "Helvetica", 9), ("TEXTCOLOR", (0, 0), (-1, -1), INK),
                        ("ALIGN", (1, 0), (-1, -1), "RIGHT"), ("VALIGN", (0, 0), (-1, -1), "MIDDLE"), ("LINEBELOW", (0, 0), (-1, -1), 0.5, RULE)])
    return Table([heads, *rows], colWidths=[2.6 * inch, *[0.82 * inch] * 5], style=style, repeatRows=1)


def _question(one: Reviewed) -> list:
    """The stem and what it came to kept together; then every option with its reason, the rule and where it is written."""
    said = one.feedback
    head = f"{one.number}. {one.domain}: {STATES[one.outcome.state]}" + ("" if one.outcome.scored else " (does not count)")
    stem = [Paragraph(safe_text(head), HEAD), *_prose(one.question.stem), *_prose(one.question.exhibit)]
    parts = [ListItem(Paragraph(f"<b>{safe_text(part.heading)}</b>{' [your answer]' if part.chosen else ''}{_mark(part.right)}<br/>{safe_text(part.why)}", BODY), leftIndent=14) for part in said.parts]
    key = f"You answered {said.yours}; the answer is {said.key}." if said.key and said.yours else f"The answer is {said.key}." if said.key else ""
    where = "; ".join(f"{title}, {at}" for title, at, _ in said.sources)
    return [KeepTogether(stem), *([ListFlowable(parts, bulletType="bullet", bulletFontSize=5)] if parts else []), *_prose(key), *_prose(said.rationale),
            Paragraph(safe_text(f"Where it is written: {where}"), SMALL)]


def _mark(right: bool | None) -> str:
    return {True: " (correct)", False: " (not correct)", None: ""}[right]


def _prose(text: str) -> list:
    """Content's small Markdown as paragraphs: bold stays, a table's rows become lines."""
    rows = [line for line in text.splitlines() if not re.fullmatch(r"\s*\|?[\s:|-]+\|?\s*", line) or not line.strip()]
    blocks = re.split(r"\n\s*\n", "\n".join(rows))
    return [Paragraph("<br/>".join(safe_text(" \u2013 ".join(cell.strip() for cell in line.strip().strip("|").split("|")) if line.strip().startswith("|") else line)
                                   for line in block.splitlines()), BODY) for block in blocks if block.strip()]


def safe_text(words: str) -> str:
    """Words as the library's markup takes them, with their bold."""
    return BOLD.sub(r"<b>\1</b>", escape(safe(words), quote=False))


def safe(words: str) -> str:
    """What the built-in fonts can write: a letter with a sign they lack loses the sign; what is left over is a question mark."""
    def letter_(one: str) -> str:
        try:
            one.encode("cp1252")
            return one
        except UnicodeEncodeError:
            return unicodedata.normalize("NFKD", one).encode("cp1252", "ignore").decode("cp1252") or PLAIN.get(one, "?")
    return "".join(map(letter_, words))


def _number(value: Decimal) -> str:
    return f"{value.quantize(Decimal('0.01')).normalize():f}"


def _foot(canvas, document) -> None:
    canvas.setFont("Helvetica", 8)
    canvas.setFillColor(SOFT)
    canvas.drawString(0.9 * inch, 0.5 * inch, "Clean Claim practice exam. Not an official score report.")
    canvas.drawRightString(letter[0] - 0.9 * inch, 0.5 * inch, f"Page {document.page}")
