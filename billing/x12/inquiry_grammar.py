"""The loops of what is asked of a payer and answered at once: eligibility (270, 271) and claim status (276, 277)."""

from billing.x12.reading import Loop, Use

ELIGIBILITY, STATUS = "005010X279A1", "005010X212"


def _level(name: str, code: str, uses: tuple[Use, ...], loops: tuple[Loop, ...], required: bool = False) -> Loop:
    return Loop(name, Use("HL", only=(code,), at=3), uses, loops, required=required)


def _person(name: str, codes: tuple[str, ...]) -> Loop:
    uses = (Use("REF", most=9), Use("N3"), Use("N4"), Use("PER", most=3), Use("AAA", most=9), Use("PRV"), Use("DMG"), Use("INS"), Use("HI"), Use("DTP", most=9), Use("MPI"))
    return Loop(name, Use("NM1", only=codes), uses, required=True, most=1)


BENEFIT = Loop("2110", Use("EB"), (Use("HSD", most=9), Use("REF", most=9), Use("DTP", most=20), Use("AAA", most=9), Use("MSG", most=10)), (
    Loop("2115", Use("III"), most=10),
    Loop("2120", Use("LS"), (Use("NM1", most=23), Use("N3"), Use("N4"), Use("PER"), Use("PRV"), Use("LE", required=True)))))
QUESTION = Loop("2110", Use("EQ"), (Use("AMT", most=2), Use("III", most=10), Use("REF"), Use("DTP")), most=99)


def _eligibility(transaction: str, asked: Loop) -> Loop:
    dependent = _level("2000D", "23", (Use("TRN", most=3),), (_person("2100D", ("03",)), asked))
    subscriber = _level("2000C", "22", (Use("TRN", most=3),), (_person("2100C", ("IL",)), asked, dependent))
    receiver = _level("2000B", "21", (), (_person("2100B", ("1P", "2B", "36", "80", "FA", "GP", "P5", "PR")), subscriber))
    source = _level("2000A", "20", (Use("AAA", most=9),), (_person("2100A", ("PR", "2B", "36", "GP", "P5")), receiver), required=True)
    return Loop(transaction, Use("ST"), (Use("BHT", required=True),), (source,), required=True)


def _claim_status(transaction: str) -> Loop:
    answers = transaction == "277"
    said = (Use("STC", required=True, most=99),) if answers else ()
    line = Loop("2220", Use("SVC"), (*said, Use("REF", most=2), Use("DTP")))
    after = (*said, Use("REF", most=9), Use("AMT"), Use("DTP"))
    claim = Loop("2200", Use("TRN"), after, (line,))
    name = lambda loop, *codes: Loop(loop, Use("NM1", only=codes), (Use("PER"),), required=True, most=1)  # noqa: E731
    dependent = _level("2000E", "23", (Use("DMG"),), (name("2100E", "QC"), claim))
    subscriber = _level("2000D", "22", (Use("DMG"),), (name("2100D", "IL"), claim, dependent))
    provider = _level("2000C", "19", (), (name("2100C", "1P"), Loop("2200C", Use("TRN"), said), subscriber))
    receiver = _level("2000B", "21", (), (name("2100B", "41"), Loop("2200B", Use("TRN"), said), provider), required=True)
    return Loop(transaction, Use("ST"), (Use("BHT", required=True),), (_level("2000A", "20", (), (name("2100A", "PR"), receiver), required=True),), required=True)


GRAMMARS = {("270", ELIGIBILITY): _eligibility("270", QUESTION), ("271", ELIGIBILITY): _eligibility("271", BENEFIT), ("276", STATUS): _claim_status("276"), ("277", STATUS): _claim_status("277")}
"""The grammar of each by its ST01 and its guide."""
