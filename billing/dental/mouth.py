"""The mouth as a claim form names it: permanent teeth 1 to 32, primary teeth A to T, their arch, quadrant, kind, and the surfaces each has.

Both numberings run from the upper right round to the upper left, then from the lower left round to the lower right, as one looks at the
patient. Supernumerary teeth (51 to 82, AS to TS) and the numbering of the ISO (tooth system JO) are not modelled.
"""

from string import ascii_uppercase

PERMANENT = tuple(str(number) for number in range(1, 33))
PRIMARY = tuple(ascii_uppercase[:20])
WHOLE, UPPER, LOWER = "00", "01", "02"
QUADRANTS = ("10", "20", "30", "40")
"""Upper right, upper left, lower left, lower right."""
FRONT_SURFACES, BACK_SURFACES = frozenset("MDILF"), frozenset("MODBL")
SURFACES = FRONT_SURFACES | BACK_SURFACES


def known(tooth: str) -> bool:
    """It is a tooth of either numbering."""
    return tooth in PERMANENT or tooth in PRIMARY


def quadrant(tooth: str) -> str:
    """10, 20, 30 or 40."""
    teeth = PERMANENT if tooth in PERMANENT else PRIMARY
    return QUADRANTS[teeth.index(tooth) * len(QUADRANTS) // len(teeth)]


def arch(tooth: str) -> str:
    """01 upper or 02 lower."""
    return UPPER if quadrant(tooth) in QUADRANTS[:2] else LOWER


def from_midline(tooth: str) -> int:
    """How many teeth from the middle of the jaw: 1 is the central incisor."""
    teeth = PERMANENT if tooth in PERMANENT else PRIMARY
    size = len(teeth) // len(QUADRANTS)
    number, place = divmod(teeth.index(tooth), size)
    return place + 1 if number % 2 else size - place


def described(tooth: str) -> frozenset[str]:
    """What the tooth is: permanent or primary; incisor, canine, premolar or molar; anterior or posterior."""
    place, permanent = from_midline(tooth), tooth in PERMANENT
    front = place <= 3
    kind = ("incisor" if place < 3 else "canine") if front else "premolar" if permanent and place < 6 else "molar"
    return frozenset((kind, "permanent" if permanent else "primary", "anterior" if front else "posterior"))


def surfaces_of(tooth: str) -> frozenset[str]:
    """The surfaces the tooth has: a front tooth has an incisal edge and a facial side, a back tooth an occlusal face and a buccal side."""
    return FRONT_SURFACES if "anterior" in described(tooth) else BACK_SURFACES
