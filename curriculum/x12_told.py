"""Any file of transactions told in words, by the teller of its kind."""

from collections.abc import Callable, Iterable

from billing.x12.placing import placed
from billing.x12.wire import Delimiters, NotX12, Reader
from curriculum.x12_glossary import Books, Glossary
from curriculum.x12_reading import Notes, Reading
from curriculum.x12_remittance_reading import tell_remittance
from curriculum.x12_tellers import TELLERS


def read_transaction(source: Callable[[], str | Iterable[str]], terms: Glossary, books: Books) -> Reading:
    """The reading of a file. source: a function that gives its chunks anew. It stops where the file cannot be read on."""
    notes = Notes(terms, books, Delimiters())
    try:
        notes.delimiters = Reader(source()).delimiters
        first = next((each for each in placed(source(), []) if each.segment.id in ("ST", "TA1")), None)
        if first is None:
            notes.say("There is no transaction in it.")
        elif first.transaction == "835":
            tell_remittance(source(), notes)
        else:
            teller = TELLERS[first.segment.id if first.segment.id == "TA1" else "277CA" if first.guide.startswith("005010X214") else first.transaction](notes)
            for each in placed(source(), []):
                teller.hear(each)
                if notes.full:
                    break
            else:
                teller.close()
    except KeyError:
        notes.say(f"This kind of transaction ({first.transaction}) is not told in words here; the wire below says what its segments are.")
    except NotX12 as error:
        notes.say(str(error))
    return notes.done()
