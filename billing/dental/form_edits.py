"""The edits on what a dental line says: tooth, surfaces and area where the procedure asks for them, and only such as the procedure fits."""

from billing.adjudication.review import Review
from billing.answer import Finding
from billing.dental import mouth
from billing.dental.claim import DentalLine
from billing.dental_values import DentalService, DentalServices

SERVICES = "dental-services"
ON_A_TOOTH = ("tooth", "surfaces")
ORTHODONTIC = "orthodontic"


def services(review: Review, line: DentalLine) -> DentalServices:
    """The payer's procedures on the line's day."""
    return review.value(SERVICES, line)


def service(review: Review, line: DentalLine) -> DentalService:
    """What the payer knows of the line's procedure."""
    return services(review, line).of[line.procedure]


def tooth_stated(review: Review) -> list[Finding]:
    """A procedure on a tooth names a tooth of the numbering."""
    return [review.found("tooth_stated", SERVICES, services(review, line).tooth_missing, f"{line.procedure} needs a tooth (item 27); {line.tooth or 'nothing'} stands there.", number)
            for number, line in review.numbered() if service(review, line).needs in ON_A_TOOTH and not mouth.known(line.tooth)]


def tooth_fits(review: Review) -> list[Finding]:
    """The tooth is of a kind the procedure is for, as a molar for a root canal of a molar."""
    found = []
    for number, line in review.numbered():
        wanted = service(review, line).teeth
        if mouth.known(line.tooth) and not set(wanted) <= mouth.described(line.tooth):
            found.append(review.found("tooth_fits", SERVICES, services(review, line).tooth_unfit,
                                      f"{line.procedure} is for a tooth that is {' and '.join(wanted)}; tooth {line.tooth} is not (item 27).", number))
    return found


def surfaces_stated(review: Review) -> list[Finding]:
    """A procedure counted by surfaces names surfaces."""
    return [review.found("surfaces_stated", SERVICES, services(review, line).surfaces_missing, f"{line.procedure} needs its surfaces (item 28).", number)
            for number, line in review.numbered() if service(review, line).needs == "surfaces" and not line.surfaces]


def surfaces_fit(review: Review) -> list[Finding]:
    """As many surfaces as the procedure counts, each once, and each one that the tooth has."""
    found = []
    for number, line in review.numbered():
        asked = service(review, line)
        if asked.needs != "surfaces" or not line.surfaces or not mouth.known(line.tooth):
            continue
        count = len(set(line.surfaces))
        right = count == len(line.surfaces) and (count >= asked.surfaces if asked.many else count == asked.surfaces)
        if not right or not set(line.surfaces) <= mouth.surfaces_of(line.tooth):
            found.append(review.found("surfaces_fit", SERVICES, services(review, line).surfaces_unfit,
                                      f"{line.procedure} is for {asked.surfaces}{' or more' if asked.many else ''} surface(s) that tooth {line.tooth} has; {''.join(line.surfaces)} stands there (item 28).", number))
    return found


def area_stated(review: Review) -> list[Finding]:
    """A procedure by the quadrant or the arch names one."""
    areas = {"quadrant": mouth.QUADRANTS, "arch": (mouth.UPPER, mouth.LOWER)}
    found = []
    for number, line in review.numbered():
        needs = service(review, line).needs
        if line.area not in areas.get(needs, (line.area,)):
            found.append(review.found("area_stated", SERVICES, services(review, line).area_missing, f"{line.procedure} needs the {needs} (item 25); {line.area or 'nothing'} stands there.", number))
    return found


def gap_stated(review: Review) -> list[Finding]:
    """A tooth that is replaced is crossed out as missing, or removed on the same claim."""
    gone = set(review.claim.missing_teeth) | {line.tooth for line in review.claim.lines if "removal" in service(review, line).family}
    return [review.found("gap_stated", SERVICES, services(review, line).gap_unstated, f"{line.procedure} replaces tooth {line.tooth}, which is not crossed out as missing (item 33).", number)
            for number, line in review.numbered() if "replaces-tooth" in service(review, line).family and mouth.known(line.tooth) and line.tooth not in gone]


def braces_stated(review: Review) -> list[Finding]:
    """Braces that are on tell the day they were placed and the months of the treatment; a question beforehand cannot."""
    claim = review.claim
    return [review.found("braces_stated", SERVICES, services(review, line).braces_unstated, f"{line.procedure} needs the day of placement and the months of treatment (items 40 to 42).", number)
            for number, line in review.numbered() if service(review, line).category == ORTHODONTIC and not claim.predetermination and not (claim.orthodontics and claim.orthodontics.months)]


EDITS = (tooth_stated, tooth_fits, surfaces_stated, surfaces_fit, area_stated, gap_stated, braces_stated)
