"""The questions of a form, kept small while nobody looks at them: each side of each packed for itself, and unpacked when it is read.

Hundreds sit at once, each before a form of their own; whole, a form is a megabyte of objects of which a screen shows one.
"""

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from curriculum.variants import PublicQuestion, QuestionVariant

LEVEL = 6


class Side:
    """The same side of each."""

    def __init__(self, plain: Iterable[Mapping[str, Any]]):
        texts = [json.dumps(one, separators=(",", ":")).encode() for one in plain]
        self._like = texts[0]      # what they have in common, the names of their fields above all, is kept once
        self._kept = tuple(map(self._pack, texts))

    def _pack(self, text: bytes) -> bytes:
        packer = zlib.compressobj(LEVEL, zdict=self._like)
        return packer.compress(text) + packer.flush()

    def __getitem__(self, place: int) -> dict[str, Any]:
        unpacker = zlib.decompressobj(zdict=self._like)
        return json.loads(unpacker.decompress(self._kept[place]) + unpacker.flush())


class Packed(Sequence):
    """The questions as the attempt's form keeps them, in their order: plain JSON, made anew at each reading. `ids` costs nothing."""

    def __init__(self, questions: Iterable[Mapping[str, Any]]):
        whole = tuple(questions)
        self.ids = tuple(question["public"]["id"] for question in whole)
        self._at = {id: place for place, id in enumerate(self.ids)}
        self._sides = {side: Side(question[side] for question in whole) for side in (whole[0] if whole else ())}

    def side(self, id: str, side: str) -> dict[str, Any]:
        """One side of one question: `public`, or `keyed` where it is kept."""
        return self._sides[side][self._at[id]]

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
