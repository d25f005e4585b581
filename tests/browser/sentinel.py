"""All that comes to a browser, by any way, searched for what it may not know yet: frames of the websocket, bodies of answers to requests, downloads."""

import re
from html import unescape
from pathlib import Path

from playwright.sync_api import Error

from curriculum.variants import KeyedQuestion, QuestionVariant
from scoring.marks import key_of

MARKS = re.compile(r"\\(?=[\\`*_{}\[\]<>#+\-!|~$:])")
STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)
"""The style sheet tells nothing, and among its lengths stands every short number: `left: 18%` is not the reason code 18."""
LONG = re.compile(r"\\u([0-9a-fA-F]{4})")
OF_THE_PROGRAM = re.compile(r"/static/|\.(js|css|woff2?)(\?|$)")
BARE = re.compile(r"[*`\\]")


def flat(text: str) -> str:
    """The words alone: without the marks that Markdown, HTML and JSON put between them, so that a text is found however it was written down."""
    text = LONG.sub(lambda found: chr(int(found[1], 16)), text)
    return re.sub(r"\s+", " ", BARE.sub("", unescape(unescape(MARKS.sub("", text.replace("\\n", " "))))))


class Sentinel:
    """Watches a page from its making on. `told()`: the words of everything that has come since the last `forget()`."""

    def __init__(self, page):
        self.frames: list[bytes] = []
        self.bodies: list[bytes] = []
        self.lost: list[str] = []
        self.files: list[bytes] = []
        self.page = page
        page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: self.frames.append(frame if isinstance(frame, bytes) else frame.encode())))
        page.on("requestfinished", self._keep)

    def _keep(self, request) -> None:
        """The body at once, since the page may go on; the program's own files are nobody's secret."""
        if OF_THE_PROGRAM.search(request.url):
            return
        try:
            self.bodies.append(request.response().body())
        except Error:
            if request.resource_type != "document":       # a page that led on at once; what is a page's own comes over its socket
                self.lost.append(request.url)

    def download(self, name: str) -> None:
        """Presses a button that gives a file, and keeps the file."""
        with self.page.expect_download(timeout=60_000) as waiting:
            self.page.get_by_role("button", name=name).first.click()
        self.files.append(Path(waiting.value.path()).read_bytes())
        self.page.wait_for_timeout(500)       # its body is told after it

    def told(self) -> str:
        assert self.frames and not self.lost, f"no frame was seen, so nothing was watched, or a body was not: {self.lost}"
        return flat(STYLE.sub(" ", b"\n".join([*self.frames, *self.bodies, *self.files]).decode(errors="replace")))

    def forget(self) -> None:
        self.frames.clear(), self.bodies.clear(), self.files.clear()

    def finds(self, secrets) -> list[str]:
        """Those that have come."""
        whole = self.told()
        return [secret for secret in secrets if sought(secret).search(whole)]


def sought(secret: str) -> re.Pattern:
    """An amount or a code by itself and not inside of another; prose anywhere."""
    word = re.escape(flat(secret).strip())
    return re.compile(rf"(?<![\w.,]){word}(?![\w])" if re.fullmatch(r"[\w.,$-]{1,16}", secret) else word)


def secrets(variant: QuestionVariant) -> list[str]:
    """What is said of a question only once it is answered: reasons, rule, way to find it, hints; and its key where that can be told from what is public."""
    keyed, asked = variant.keyed, variant.keyed.question
    public = flat(" ".join(map(str, public_texts(variant))))
    texts = [asked.rationale, asked.find_it, *asked.hints, *(option.why for option in asked.options), *(prompt.why for prompt in asked.prompts), *(code.why for code in asked.accepted)]
    texts = [keyed.tell(text) for text in texts if text] + keys(keyed)
    return [text for text in texts if not sought(text).search(public)]


def after(variant: QuestionVariant) -> list[str]:
    """Those that the page says once the answer is in: all but hints nobody took."""
    hints = {flat(variant.keyed.tell(hint)) for hint in variant.keyed.question.hints}
    return [text for text in secrets(variant) if flat(text) not in hints]


def keys(keyed: KeyedQuestion) -> list[str]:
    """The right answer where it is a number, a date or a code, in the ways in which it might be written."""
    asked = keyed.question
    if asked.kind == "code-entry":
        return [code.code for code in asked.accepted if code.credit == 1][:1]
    if asked.kind in ("money", "numeric", "number"):
        value = key_of(asked, keyed.drawn)
        return [f"{value:,.2f}"] if asked.kind == "money" else [f"{value.normalize():,f}"]
    return [key_of(asked, keyed.drawn).strftime("%B %-d, %Y")] if asked.kind == "date" else []


def public_texts(variant: QuestionVariant):
    yield from _texts(variant.plain()["public"])


def _texts(value, leave: tuple[str, ...] = ()):
    if isinstance(value, dict):
        for name, each in value.items():
            yield from () if name in leave else _texts(each, leave)
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from _texts(each, leave)
    else:
        yield value


def words(variants) -> str:
    """All that may be read of the questions: their public texts, without ids."""
    return flat(" ".join(str(text) for variant in variants for text in _texts(variant.plain()["public"], ("id",))))


def ids_apart(told: str, variant: QuestionVariant, read: str) -> list[str]:
    """Right options whose ids came while those of wrong ones did not, or the other way: by them the key could be told. read: an id that is a word of it, as `association`, tells nothing."""
    options = variant.keyed.question.options
    watched = {option.id for option in options if len(option.id) > 8 and option.id not in read}
    came = {id for id in watched if id in told}
    right = {option.id for option in options if option.correct}
    return sorted(came) if came and came != watched and {id in came for id in right & watched} != {id in came for id in watched - right} else []
