"""The fields of D.0 that these transactions use: number and id, name, kind and length; and the segments they stand in."""

from billing.record import record


@record
class Field:
    """One field. kind: text, number, date, money (two decimals, the sign in the last digit), quantity (three decimals)."""
    id: str
    number: str
    name: str
    kind: str = "text"
    length: int = 0      # the most characters; 0: no bound kept here

    @property
    def label(self) -> str:
        """As payers' sheets print it: 402-D2."""
        return f"{self.number}-{self.id}"


def _fields(text: str) -> dict[str, Field]:
    """A line a field: number-id, kind, length, name."""
    found = {}
    for line in filter(None, (each.strip() for each in text.splitlines())):
        label, kind, length, name = line.split(maxsplit=3)
        number, _, id = label.partition("-")
        found[id] = Field(id, number, name, kind, int(length))
    return found


FIELDS: dict[str, Field] = _fields("""
    111-AM text 2 Segment
    302-C2 text 20 Cardholder id
    301-C1 text 15 Group
    303-C3 text 3 Person code
    306-C6 text 1 Relationship to the cardholder
    304-C4 date 8 Birth date
    305-C5 text 1 Sex (1 male, 2 female, 0 not given)
    310-CA text 12 Patient's first name
    311-CB text 15 Patient's last name
    455-EM text 1 What the number is of (1 a prescription)
    402-D2 number 12 Prescription number
    436-E1 text 2 What the product's number is (03 an NDC)
    407-D7 text 19 Product (NDC)
    442-E7 quantity 10 Quantity dispensed
    403-D3 number 2 Fill number
    405-D5 number 3 Days' supply
    406-D6 text 1 Compound (1 no)
    408-D8 text 1 Product selection (DAW)
    414-DE date 8 Date written
    415-DF number 2 Refills authorized
    419-DJ text 1 Origin of the prescription
    354-NX number 1 Count of clarification codes
    420-DK number 3 Submission clarification
    308-C8 number 2 Other coverage
    600-28 text 2 Unit of measure
    461-EU number 2 Kind of authorization (1 prior authorization)
    462-EV number 11 Authorization number
    466-EZ text 2 What the prescriber's number is (01 an NPI)
    411-DB text 15 Prescriber
    337-4C number 1 Count of other payers
    338-5C text 2 Place of the other payer (01 first)
    339-6C text 2 What the other payer's number is (03 a BIN)
    340-7C text 10 Other payer
    443-E8 date 8 Day of the other payer's answer
    341-HB number 1 Count of other payer's payments
    342-HC text 2 What the payment is for (07 drug benefit)
    431-DV money 8 Other payer paid
    471-5E number 2 Count of other payer's reject codes
    472-6E text 3 Other payer's reject code
    353-NR number 2 Count of amounts left to the patient
    351-NP text 2 What the amount is (06 patient pay)
    352-NQ money 10 Other payer left to the patient
    473-7E number 1 Place of the review
    439-E4 text 2 Reason of the review
    440-E5 text 2 What the pharmacist did
    441-E6 text 2 How it ended
    409-D9 money 8 Ingredient cost submitted
    412-DC money 8 Dispensing fee submitted
    426-DQ money 8 Usual and customary charge
    430-DU money 8 Gross amount due
    423-DN text 2 Basis of cost
    112-AN text 1 Answer (P paid, R rejected, A approved)
    503-F3 text 20 Payer's number of the claim
    510-FA number 2 Count of reject codes
    511-FB text 3 Reject code
    130-UF number 2 Count of messages
    132-UH text 2 Kind of message (01 free text)
    526-FQ text 40 Message
    131-UG text 1 The next message continues this one (+)
    505-F5 money 8 Patient pays
    506-F6 money 8 Ingredient cost paid
    507-F7 money 8 Dispensing fee paid
    566-J5 money 8 Other payer's amount recognized
    509-F9 money 8 Total paid
    522-FM number 2 Basis of reimbursement
    512-FC money 8 Deductible met
    513-FD money 8 Deductible left
    517-FH money 8 Of it, deductible
    518-FI money 8 Of it, copay
    572-4U money 8 Of it, coinsurance
    134-UK money 8 Of it, for the brand asked for
    567-J6 number 1 Place of the warning
    528-FS text 1 How grave (1 the gravest)
    544-FY text 30 Warning
""")
"""Every field by its id. Lengths are recalled from payers' sheets; the names are our own."""

SEGMENTS: dict[str, str] = {
    "01": "Patient", "03": "Prescriber", "04": "Insurance", "05": "Other payers", "07": "Claim", "08": "Drug review", "11": "Pricing",
    "20": "Message", "21": "Status", "22": "Claim answered", "23": "Pricing answered", "24": "Drug review answered",
}
"""The segments by their two digits."""

REQUEST_HEADER = (("101-A1", "BIN", 6), ("102-A2", "Version", 2), ("103-A3", "Transaction", 2), ("104-A4", "Processor control number", 10), ("109-A9", "Count of transactions", 1),
                  ("202-B2", "What the pharmacy's number is", 2), ("201-B1", "Pharmacy", 15), ("401-D1", "Day of the fill", 8), ("110-AK", "Software certification", 10))
RESPONSE_HEADER = (("102-A2", "Version", 2), ("103-A3", "Transaction", 2), ("109-A9", "Count of transactions", 1), ("501-F1", "Header answer (A accepted, R rejected)", 1),
                   ("202-B2", "What the pharmacy's number is", 2), ("201-B1", "Pharmacy", 15), ("401-D1", "Day of the fill", 8))
"""Headers have no separators: each part has its place and width."""
