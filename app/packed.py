"""The questions of a form, kept small while nobody looks at them: of each what differs from the same question in another learner's form.

Hundreds sit at once, each before a form of their own; whole, a form is a megabyte of objects of which a screen shows one. What they are asked comes from one stock of questions.
"""

import json
import sys
import zlib
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any
from weakref import WeakValueDictionary

from curriculum.variants import PublicQuestion, QuestionVariant

LEVEL, RAW = 6, -zlib.MAX_WBITS


class Like:
    """A question's text as a form had it that came before; kept for as long as any form leans on it."""
    __slots__ = ("text", "__weakref__")

    def __init__(self, text: bytes):
        self.text = text


_likes: WeakValueDictionary[tuple[str, str], Like] = WeakValueDictionary()
"""By side and id. Two forms that come at the same moment may each lean on their own."""


def shared(plain: Any) -> Any:
    """Plain JSON with the words of any other form that has them: an id, a title, a domain is there once, whoever is asked."""
    if isinstance(plain, str):
        return sys.intern(plain)
    if isinstance(plain, dict):
        return {sys.intern(name): shared(value) for name, value in plain.items()}
    return list(map(shared, plain)) if isinstance(plain, list) else plain


class Side:
    """The same side of each."""

    def __init__(self, side: str, ids: Iterable[str], plain: Iterable[Mapping[str, Any]]):
        texts = [json.dumps(one, separators=(",", ":")).encode() for one in plain]
        self._likes = tuple(_likes.setdefault((side, id), Like(text)) for id, text in zip(ids, texts, strict=True))
        pieces = [self._packed(text, like.text) for text, like in zip(texts, self._likes)]
        self._ends = array("L", accumulate(map(len, pieces), initial=0))
        self._kept = b"".join(pieces)

    @staticmethod
    def _packed(text: bytes, like: bytes) -> bytes:
        packer = zlib.compressobj(LEVEL, wbits=RAW, zdict=like)
        return packer.compress(text) + packer.flush()

    def __getitem__(self, place: int) -> dict[str, Any]:
        unpacker = zlib.decompressobj(wbits=RAW, zdict=self._likes[place].text)
        return json.loads(unpacker.decompress(self._kept[self._ends[place]:self._ends[place + 1]]) + unpacker.flush())


class Packed(Sequence):
    """The questions as the attempt's form keeps them, in their order: plain JSON, made anew at each reading. `ids` costs nothing."""

    def __init__(self, questions: Iterable[Mapping[str, Any]]):
        whole = tuple(questions)
        self.ids = tuple(sys.intern(question["public"]["id"]) for question in whole)
        self._sides = {side: Side(side, self.ids, (question[side] for question in whole)) for side in (whole[0] if whole else ())}

    def side(self, id: str, side: str) -> dict[str, Any]:
        """One side of one question: `public`, or `keyed` where it is kept. KeyError where it is not asked."""
        if id not in self.ids:
            raise KeyError(id)
        return self._sides[side][self.ids.index(id)]

    def whole(self, id: str) -> dict[str, Any]:
        """Every side of one question that is kept."""
        return {side: self.side(id, side) for side in self._sides}

    def __len__(self) -> int:
        return len(self.ids)

    def __getitem__(self, place):
        return [self.whole(id) for id in self.ids[place]] if isinstance(place, slice) else self.whole(self.ids[place])


class Questions(Sequence):
    """Their public sides, in the order asked."""

    def __init__(self, packed: Packed):
        self._packed, self.ids = packed, packed.ids

    def of(self, id: str) -> PublicQuestion:
        """The question of that id; KeyError where it is not asked."""
        return PublicQuestion.model_validate(self._packed.side(id, "public"))

    def __len__(self) -> int:
        return len(self.ids)

    def __getitem__(self, place):
        return tuple(map(self.of, self.ids[place])) if isinstance(place, slice) else self.of(self.ids[place])

    def __eq__(self, other) -> bool:
        return isinstance(other, Questions) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(self.ids)


class Variants(Mapping):
    """Id to the question with its key, in the order asked. For the modules of app/, never for a page."""

    def __init__(self, packed: Packed):
        self._packed = packed

    def __getitem__(self, id: str) -> QuestionVariant:
        return QuestionVariant.from_plain(self._packed.whole(id))

    def __iter__(self) -> Iterator[str]:
        return iter(self._packed.ids)

    def __len__(self) -> int:
        return len(self._packed.ids)
