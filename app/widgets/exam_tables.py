"""The tables of a score report, each with its words; nothing here decides anything."""

from decimal import Decimal

from app.exam_desk import LEVELS
from app.session import told
from app.widgets.feedback import notice
from app.widgets.markup import table, text

TENTH = Decimal("0.1")
SLOW = 5


def banner(passed: bool, says: str, more: str) -> str:
    """The verdict; read aloud like any other."""
    return notice(says, more).replace("cc-still", "cc-good" if passed else "cc-bad")


def points(total) -> str:
    """Points in words."""
    return f"{number(total.earned)} of {number(total.possible)}"


def number(value: Decimal) -> str:
    return f"{value.quantize(Decimal('0.01')).normalize():f}"


def clock(seconds: int) -> str:
    """A time as it is said: 1 min 20 s."""
    if seconds >= 3600:
        return f"{seconds // 3600} h {seconds % 3600 // 60} min"
    return f"{seconds // 60} min {seconds % 60} s" if seconds >= 60 else f"{seconds} s"


def _paper(caption: str, heads, rows) -> str:
    return f'<div class="cc-paper">{table(caption, heads, rows)}</div>'


def domains(made) -> str:
    """A row a domain; blanks apart from wrong ones."""
    heads = [("Domain", False), ("Questions", True), ("Points", True), ("Share", True), ("No answer", True), ("Not reached", True), ("Time", True)]
    spent = {line.id: sum(made.seconds.get(one.item, 0) for one in made.outcomes if one.domain == line.id) for line in made.lines}
    rows = [(text(line.name), str(line.total.asked), text(points(line.total)), "" if line.total.share is None else f"{line.total.share:.0%}",
             str(line.total.omitted), str(line.total.unreached), text(clock(spent[line.id]))) for line in made.lines]
    return _paper("Points by domain", heads, rows)


def times(made) -> str:
    """The whole time and the questions that took longest."""
    whole = sum(made.seconds.values())
    seen = [one for one in made.outcomes if made.seconds.get(one.item)]
    mean = f", {clock(whole // len(seen))} a question" if seen else ""
    allowed = f" of {clock(made.allowed)}" if made.allowed else ""
    numbers = {one.item: at for at, one in enumerate(made.outcomes, 1)}
    slow = sorted(seen, key=lambda one: -made.seconds[one.item])[:SLOW]
    rows = [(f"Question {numbers[one.item]}", text(clock(made.seconds[one.item])), text(one.state if one.state in ("right", "wrong") else {"partly": "partly right", "omit": "no answer"}.get(one.state, "")))
            for one in slow]
    return f"<p>{text(clock(whole))}{text(allowed)} with the questions{text(mean)}.</p>" + (_paper("Where the time went: the longest ones", [("Question", False), ("Time", True), ("Result", False)], rows) if rows else "")


def sure(made) -> str:
    """Confidence against truth."""
    rows = [(text(LEVELS[level]), str(many), str(right), f"{right / many:.0%}") for level, (many, right) in made.sure.items()]
    return _paper("Sure and right", [("You said", False), ("Answers", True), ("Right", True), ("Share", True)], rows)


def timeline(made, others) -> str:
    """This attempt among the others at the same exam, oldest first."""
    rows = [(one.finished, one.title.split(", ", 1)[-1], one.score, one.possible, "") for one in others]
    rows.append((made.finished, made.title.split(", ", 1)[-1], made.total.earned, made.total.possible, " (this one)"))
    cells = [(text(told(at) + mark), text(size), text(f"{number(earned)} of {number(possible)}"), f"{earned / possible:.0%}" if possible else "")
             for at, size, earned, possible, mark in sorted(rows, key=lambda row: row[0])]
    return _paper("All of them, oldest first", [("Ended", False), ("Form", False), ("Points", True), ("Share", True)], cells)
