"""The loops of a remittance (835): what stands before the claims, a claim with its services, and what may follow."""

from billing.x12.reading import Loop, Use

GUIDE = "005010X221A1"

PAYER = Loop("1000A", Use("N1", only=("PR",)), (Use("N3", required=True), Use("N4", required=True), Use("REF", most=4), Use("PER", only=("CX",)), Use("PER", required=True, most=9, only=("BL",)), Use("PER", only=("IC",))),
             required=True, most=1)
PAYEE = Loop("1000B", Use("N1", only=("PE",)), (Use("N3"), Use("N4"), Use("REF", most=9), Use("RDM")), required=True, most=1)

SERVICE = Loop("2110", Use("SVC"), (Use("DTM", most=2), Use("CAS", most=99), Use("REF", most=24), Use("AMT", most=9), Use("QTY", most=6), Use("LQ", most=99)), most=999)
CLAIM = Loop("2100", Use("CLP"), (Use("CAS", most=99), Use("NM1", required=True, only=("QC",)), Use("NM1", most=6), Use("MIA"), Use("MOA"), Use("REF", most=15), Use("DTM", most=5), Use("PER", most=2),
                                  Use("AMT", most=13), Use("QTY", most=14)), (SERVICE,))
GROUP = Loop("2000", Use("LX"), (Use("TS3"), Use("TS2")), (CLAIM,))

_BEFORE = (Use("BPR", required=True), Use("TRN", required=True), Use("CUR"), Use("REF", only=("EV",)), Use("REF", only=("F2",)), Use("DTM", only=("405",)))

HEADER = Loop("835", Use("ST"), _BEFORE, (PAYER, PAYEE))
"""Everything before the first claim."""

BODY = Loop("835", Use("ST"), (Use("PLB", most=999), Use("SE")), (GROUP, CLAIM))
"""What ends the header and each claim."""

WHOLE = Loop("835", Use("ST"), (*_BEFORE, Use("PLB", most=999)), (PAYER, PAYEE, GROUP), required=True)
"""A transaction set from end to end."""
