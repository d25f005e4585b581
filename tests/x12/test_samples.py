"""Every file written by others: read to its end and written back to the byte, or refused with the sentence that says what it lacks."""

import pytest

from billing.x12.wire import Reader, write
from tests.x12.made import SAMPLES, sample

NO_ENVELOPE = "imsweb/x12_no_isa_line.txt"
NAMES = [path.relative_to(SAMPLES).as_posix() for path in sorted(SAMPLES.glob("*/*.*")) if path.suffix != ".md"]


@pytest.mark.parametrize("name", [name for name in NAMES if name != NO_ENVELOPE] or ["absent"])
def test_a_sample_is_written_back_to_the_byte(name):
    text = sample(name)
    reader = Reader(text)
    assert write(list(reader), reader.delimiters, tail=reader.tail) == text
