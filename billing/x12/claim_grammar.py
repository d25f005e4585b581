"""The loops of a claim transaction (837), as far as its three forms share them, and each form's own."""

from billing.x12.reading import Loop, Use


def _name(loop: str, *codes: str, uses: tuple[Use, ...] = (), required: bool = False, most: int = 0) -> Loop:
    return Loop(loop, Use("NM1", only=codes), (Use("N2"), Use("N3", most=2), Use("N4"), Use("PRV"), Use("DMG"), *uses, Use("DTP", most=2), Use("REF", most=12), Use("PER", most=2)), required=required, most=most)


def _other(form_uses: tuple[Use, ...]) -> Loop:
    """2320: what another payer did with the claim, and who that payer is."""
    people = (_name("2330A", "IL", required=True), _name("2330B", "PR", required=True), *(_name(f"2330{letter}", *codes) for letter, codes in (
        ("C", ("DN", "P3", "71")), ("D", ("82", "72")), ("E", ("77", "ZZ")), ("F", ("DQ",)), ("G", ("85",)))))
    return Loop("2320", Use("SBR"), (Use("CAS", most=5), Use("AMT", most=15), Use("OI"), *form_uses), people, most=10)


def _line(code: str, uses: tuple[Use, ...]) -> Loop:
    """2400: a service line, and what an earlier payer did with it (2430)."""
    drug = Loop("2410", Use("LIN"), (Use("CTP"), Use("REF")))
    people = tuple(_name(f"2420{letter}", *codes) for letter, codes in (("A", ("82", "72")), ("B", ("QB", "ZZ")), ("C", ("77",)), ("D", ("DQ", "DD")), ("E", ("DK",)), ("F", ("DN", "P3")), ("G", ("PW",)), ("H", ("45",))))
    decided = Loop("2430", Use("SVD"), (Use("CAS", most=5), Use("DTP", only=("573",), required=True), Use("AMT", only=("EAF",))), most=15)
    common = (Use("PWK", most=10), Use("CR1"), Use("CR3"), Use("CRC", most=5), Use("DTP", most=15), Use("QTY", most=5), Use("MEA", most=5), Use("CN1"), Use("REF", most=20), Use("AMT", most=3), Use("K3", most=10),
              Use("NTE", most=5), Use("PS1"), Use("HCP"))
    return Loop("2400", Use("LX"), (Use(code, required=True), *uses, *common), (drug, *people, decided, Loop("2440", Use("LQ"), (Use("FRM", most=99),))), required=True, most=999)


def _claim(code: str, before: tuple[Use, ...], people: tuple[Loop, ...], line_uses: tuple[Use, ...] = (), other_uses: tuple[Use, ...] = ()) -> Loop:
    uses = (*before, Use("DTP", most=40), Use("CL1"), Use("DN1"), Use("DN2", most=35), Use("PWK", most=10), Use("CN1"), Use("AMT", most=3), Use("REF", most=25), Use("K3", most=10), Use("NTE", most=20), Use("CR1"), Use("CR2"),
            Use("CRC", most=8), Use("HI", most=40), Use("HCP"))
    return Loop("2300", Use("CLM"), uses, (*people, _other(other_uses), _line(code, line_uses)), most=100)


def _whole(claim: Loop) -> Loop:
    """From the header down: submitter, receiver, billing provider, subscriber, patient, claim."""
    patient = Loop("2000C", Use("HL", only=("23",), at=3), (Use("PAT", required=True),), (_name("2010CA", "QC", required=True, most=1), claim))
    subscriber = Loop("2000B", Use("HL", only=("22",), at=3), (Use("SBR", required=True), Use("PAT")), (_name("2010BA", "IL", required=True, most=1), _name("2010BB", "PR", required=True, most=1), claim, patient), required=True)
    biller = Loop("2000A", Use("HL", only=("20",), at=3), (Use("PRV"), Use("CUR")), (_name("2010AA", "85", required=True, most=1), _name("2010AB", "87", most=1), _name("2010AC", "PE", most=1), subscriber), required=True)
    return Loop("837", Use("ST"), (Use("BHT", required=True), Use("REF")), (_name("1000A", "41", required=True, most=1), _name("1000B", "40", required=True, most=1), biller), required=True)


_PROFESSIONAL = (_name("2310A", "DN", "P3", most=2), _name("2310B", "82", most=1), _name("2310C", "77", most=1), _name("2310D", "DQ", most=1), _name("2310E", "PW", most=1), _name("2310F", "45", most=1))
_INSTITUTIONAL = (_name("2310A", "71", most=1), _name("2310B", "72", most=1), _name("2310C", "ZZ", most=1), _name("2310D", "82", most=1), _name("2310E", "77", most=1), _name("2310F", "DN", most=1))
_DENTAL = (_name("2310A", "DN", "P3", most=2), _name("2310B", "82", most=1), _name("2310C", "77", most=1), _name("2310D", "DD", most=1), _name("2310E", "DQ", most=1))

GRAMMARS = {
    "005010X222A1": _whole(_claim("SV1", (), _PROFESSIONAL, (Use("SV5"),), (Use("MOA"),))),
    "005010X223A2": _whole(_claim("SV2", (), _INSTITUTIONAL, (), (Use("MIA"), Use("MOA")))),
    "005010X224A2": _whole(_claim("SV3", (), _DENTAL, (Use("TOO", most=32),), (Use("MOA"),)))}
"""The grammar of each form by its guide."""
