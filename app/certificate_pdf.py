"""A certificate as a PDF file: one page that prints well, with the results by domain and how the credential that goes with it is verified."""

from io import BytesIO

from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import landscape, letter
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import inch
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from app.exam_pdf import BODY, INK, RULE, SMALL, TITLE, safe, safe_text
from app.session import told
from records import Certificate, Completion

CENTRED = ParagraphStyle("centred", BODY, alignment=TA_CENTER, fontSize=12, leading=17)
NAME = ParagraphStyle("name", TITLE, alignment=TA_CENTER, fontSize=30, leading=40, spaceAfter=6)
WHAT = ParagraphStyle("what", TITLE, alignment=TA_CENTER, fontSize=19, leading=26, spaceAfter=6)
SAYS = {"passed": "has passed", "completed": "has completed"}


def written(done: Completion, held: Certificate, issuer: str, wording: tuple[str, str]) -> bytes:
    """The file."""
    out = BytesIO()
    document = SimpleDocTemplate(out, pagesize=landscape(letter), title=safe(f"Certificate: {done.title}"), author="Clean Claim", lang="en-US",
                                 leftMargin=1.1 * inch, rightMargin=1.1 * inch, topMargin=0.7 * inch, bottomMargin=0.6 * inch)
    crowded = len(done.results) > 8
    document.build([
        Spacer(1, 6 if crowded else 40), Paragraph(safe_text(f"{issuer}: certificate of training"), CENTRED), Spacer(1, 6 if crowded else 24), Paragraph(safe_text(done.name), NAME), Paragraph(SAYS[done.outcome], CENTRED), Paragraph(safe_text(done.title), WHAT),
        Paragraph(safe_text(f"on {told(done.at).split(',')[0]}. {wording[1]}"), CENTRED), Spacer(1, 8 if crowded else 26), results(done), Spacer(1, 10 if crowded else 40), Paragraph(safe_text(wording[0]), SMALL),
        Paragraph(safe_text(f"Content {done.content_hash}. Certificate {held.id}, issued {told(held.at).split(',')[0]} by {held.issuer}. This page alone proves nothing: the signed credential "
                            "(the .json file that goes with it) is Open Badges 3.0 and can be verified by anyone, without asking us."), SMALL)], onFirstPage=frame)
    return out.getvalue()


def results(done: Completion) -> Table:
    """The results, two columns of them where there are many."""
    cells = [[Paragraph(safe_text(name), BODY), value] for name, value in done.results]
    half = -(-len(cells) // 2) if len(cells) > 8 else len(cells)
    left, right = cells[:half], cells[half:] + [["", ""]] * (half - len(cells[half:]))
    rows = [one + other for one, other in zip(left, right, strict=True)] if len(cells) > 8 else left
    style = TableStyle([("FONT", (0, 0), (-1, -1), "Helvetica", 9), ("TEXTCOLOR", (0, 0), (-1, -1), INK), ("VALIGN", (0, 0), (-1, -1), "MIDDLE"), ("LINEBELOW", (0, 0), (-1, -1), 0.4, RULE),
                        ("TOPPADDING", (0, 0), (-1, -1), 1), ("BOTTOMPADDING", (0, 0), (-1, -1), 1), ("ALIGN", (1, 0), (1, -1), "RIGHT"), ("ALIGN", (-1, 0), (-1, -1), "RIGHT")])
    return Table(rows, colWidths=[3.3 * inch, 0.9 * inch] * (2 if len(cells) > 8 else 1), style=style)


def frame(canvas, document) -> None:
    """A thin line around the page."""
    width, height = document.pagesize
    canvas.setStrokeColor(RULE)
    canvas.setLineWidth(1.5)
    canvas.rect(0.45 * inch, 0.4 * inch, width - 0.9 * inch, height - 0.8 * inch)
