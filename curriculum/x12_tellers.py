"""Every transaction but the remittance told in words: a teller hears the segments one by one and notes what they say."""

from decimal import Decimal, InvalidOperation

from billing.x12.placing import Placed
from billing.x12.wire import Segment
from curriculum.x12_reading import Notes, dollars

LINES = "Line|Procedure|#Units|#Charge"
QUALIFIER_OF = {"SV1": 1, "SV2": 2, "SV3": 1}
CHARGE_OF = {"SV1": 2, "SV2": 3, "SV3": 2}
UNITS_OF = {"SV1": 4, "SV2": 5, "SV3": 6}


def money(text: str) -> str:
    """Dollars for reading; the text itself where it is no amount."""
    try:
        return dollars(Decimal(text or "0"))
    except InvalidOperation:
        return text


def days(text: str) -> str:
    """CCYYMMDD, or two of them, for reading."""
    return " to ".join(f"{each[:4]}-{each[4:6]}-{each[6:8]}" if len(each) >= 8 and each.isdigit() else each for each in text.split("-"))


def named(nm1: Segment) -> str:
    """Last and first name, or the organization."""
    return ", ".join(filter(None, (nm1.get(3), nm1.get(4))))


class Teller:
    """Hears segments; `_ID` methods note what they say, named by the segment's id in small letters."""
    title = ""

    def __init__(self, notes: Notes):
        self.notes, self.people, self.patient, self.loop = notes, {}, "", ""
        notes.title = self.title

    def hear(self, each: Placed) -> None:
        """One more segment."""
        self.loop = each.loop
        if method := getattr(self, f"hear_{each.segment.id.lower()}", None):
            method(each.segment)

    def close(self) -> None:
        """After the last one."""

    def hear_nm1(self, nm1: Segment) -> None:
        """Someone's name: boxes for the first of each part; the patient of what follows."""
        part = self.notes.term("NM1", 1, nm1.get(1)) or "someone whose part is not said"
        self.people[nm1.get(1)] = named(nm1)
        self.notes.box(part[0].upper() + part[1:], " · ".join(filter(None, (named(nm1), nm1.get(9)))), nm1.number)
        if nm1.get(1) in ("IL", "QC", "03"):
            self.patient = named(nm1)


class Claims(Teller):
    """837."""
    title = "Claims (837)"

    def __init__(self, notes: Notes):
        super().__init__(notes)
        self.account, self.line, self.claims = "", 0, 0

    def hear_clm(self, clm: Segment) -> None:
        """A claim begins."""
        self.notes.issuer = self.people.get("85", "")
        self.account, self.line, self.claims = clm.get(1), 0, self.claims + 1
        place, kind, frequency = (*clm.parts(5, self.notes.delimiters), "", "", "")[:3]
        where = f", place of service {self.notes.means('places-of-service', place)}" if kind == "B" else f", type of bill {place}{frequency}" if place else ""
        again = {"7": " It replaces an earlier claim.", "8": " It voids an earlier claim."}.get(frequency, "")
        self.notes.box("Account", clm.get(1), clm.number)
        self.notes.box("Charge", money(clm.get(2)), clm.number)
        self.notes.say(f"{self.people.get('85', 'A provider')} bills {self.people.get('PR', 'a payer')} {money(clm.get(2))} for {self.patient or 'a patient not named'}, account {clm.get(1)}{where}.{again}", clm.number)

    def hear_hi(self, hi: Segment) -> None:
        """Codes of the claim."""
        for text in hi.elements:
            kind, code, *rest = (*text.split(self.notes.delimiters.component), "")
            if code:
                said = self.notes.terms.value(self.notes.terms.segments["HI"].at(1).parts[0], kind, self.notes.books) or kind or "a code whose list is not said"
                self.notes.say(f"{said[0].upper() + said[1:]}: {code}.", hi.number)

    def _service(self, segment: Segment) -> None:
        self.line += 1
        parts = segment.parts(QUALIFIER_OF[segment.id], self.notes.delimiters)
        procedure = " ".join(parts[1:5]) if len(parts) > 1 else f"revenue code {segment.get(1)}"
        charge, units = money(segment.get(CHARGE_OF[segment.id])), segment.get(UNITS_OF[segment.id]) or "1"
        self.notes.row(f"Services of account {self.account}", LINES, str(self.line), procedure, units, charge, segment=segment.number)
        self.notes.say(f"Line {self.line}: {procedure}, {units} {'unit' if units == '1' else 'units'}, {charge}.", segment.number)

    hear_sv1 = hear_sv2 = hear_sv3 = _service

    def hear_svd(self, svd: Segment) -> None:
        """What another payer paid for the line."""
        self.notes.say(f"An earlier payer ({svd.get(1)}) paid {money(svd.get(2))} for it.", svd.number)

    def hear_cas(self, cas: Segment) -> None:
        """What another payer adjusted."""
        for at in range(2, 20, 3):
            if cas.get(at):
                self.notes.say(f"It adjusted {money(cas.get(at + 1))} under {cas.get(1)} {self.notes.means('carc', cas.get(at))}.", cas.number)

    def close(self) -> None:
        """How many claims."""
        self.notes.say(f"In all {self.claims} {'claim' if self.claims == 1 else 'claims'}.")


class Inquiry(Teller):
    """270."""
    title = "Eligibility question (270)"

    def hear_eq(self, eq: Segment) -> None:
        """What is asked."""
        self.notes.issuer = self.people.get("1P", "")
        self.notes.say(f"{self.people.get('1P', 'A provider')} asks {self.people.get('PR', 'a payer')} about {self.patient or 'a member'}: {self.notes.name('service-type', eq.get(1)).lower()}.", eq.number)


class Benefits(Teller):
    """271."""
    title = "Eligibility response (271)"
    HEADS = "Answer|Kind of service|Over what time|#Dollars|Share|Words"

    def hear_nm1(self, nm1: Segment) -> None:
        """The payer issues it."""
        super().hear_nm1(nm1)
        self.notes.issuer = self.people.get("PR", "") if "IL" not in self.people else self.notes.issuer
        if self.loop.startswith("2120"):
            self.notes.say(f"It names {named(nm1)}.", nm1.number)

    def hear_eb(self, eb: Segment) -> None:
        """One statement of the coverage."""
        answer, kinds = self.notes.name("eligibility-answer", eb.get(1)), ", ".join(self.notes.name("service-type", each) for each in eb.repeated(3, self.notes.delimiters))
        period, share = self.notes.name("benefit-period", eb.get(6)) if eb.get(6) else "", f"{Decimal(eb.get(8)) * 100:f}".rstrip("0").rstrip(".") + " %" if eb.get(8).replace(".", "").isdigit() else ""
        amount = money(eb.get(7)) if eb.get(7) else ""
        self.notes.row("Benefits", self.HEADS, answer, kinds, period, amount, share, eb.get(5), segment=eb.number)
        told = " ".join(filter(None, (answer, f"for {kinds.lower()}" if kinds else "", f"({period.lower()})" if period else "")))
        self.notes.say(f"{self.patient or 'The member'}: {told}" + (f": {amount or share}" if amount or share else "") + (f"; plan {eb.get(5)}" if eb.get(5) else "") + ".", eb.number)

    def hear_msg(self, msg: Segment) -> None:
        """Words of the payer."""
        self.notes.say(f"The payer adds: {msg.get(1)}.", msg.number)

    def hear_dtp(self, dtp: Segment) -> None:
        """Days of the coverage."""
        what = self.notes.term("DTP", 1, dtp.get(1)) or "days of what is not said"
        self.notes.box(what[0].upper() + what[1:], days(dtp.get(3)), dtp.number)

    def hear_aaa(self, aaa: Segment) -> None:
        """A refusal."""
        entry = self.notes.books.entry("inquiry-rejection", aaa.get(3))
        self.notes.say(f"Refused: {self.notes.means('inquiry-rejection', aaa.get(3))}." + (f" {entry.asks}" if entry and entry.asks else ""), aaa.number)


class StatusQuestion(Teller):
    """276."""
    title = "Claim status question (276)"

    def hear_trn(self, trn: Segment) -> None:
        """A claim asked about."""
        self.notes.say(f"{self.people.get('1P', 'A provider')} asks {self.people.get('PR', 'a payer')} what became of claim {trn.get(2)} of {self.patient or 'a patient'}.", trn.number)


class Statuses(Teller):
    """277 and 277CA: statuses of claims, and of what they came in."""
    title = "Claim status (277)"

    def __init__(self, notes: Notes):
        super().__init__(notes)
        self.about = ""

    def hear_hl(self, hl: Segment) -> None:
        """A new level speaks of somebody else."""
        self.about = {"20": "The payer's batch", "21": "The file", "19": "The provider's claims"}.get(hl.get(3), "")

    def hear_trn(self, trn: Segment) -> None:
        """What is spoken of."""
        if trn.get(1) == "2" and self.about not in ("The file", "The payer's batch"):
            self.about = f"Claim {trn.get(2)} of {self.patient or 'a patient'}"

    def hear_stc(self, stc: Segment) -> None:
        """A status."""
        self.notes.issuer = self.people.get("PR", "")
        for place in (1, 10, 11):
            if parts := stc.parts(place, self.notes.delimiters):
                category, status, entity = (*parts, "", "", "")[:3]
                known = self.notes.books.entry("claim-status-category", category)
                whom = f" ({self.notes.name('entity', entity).lower()})" if entity else ""
                paid = f" Charged {money(stc.get(4))}" + (f", paid {money(stc.get(5))}" if stc.get(5) else "") + "." if stc.get(4) else ""
                self.notes.say(f"{self.about or 'This'}: {self.notes.means('claim-status-category', category)}; {self.notes.means('claim-status-code', status)}{whom}.{paid}" + (f" {known.asks}" if known and known.asks else ""), stc.number)
                self.notes.row("Statuses", "About|Category|Status|#Charge", self.about, self.notes.means("claim-status-category", category), self.notes.means("claim-status-code", status) + whom, money(stc.get(4)) if stc.get(4) else "", segment=stc.number)


class ClaimAcknowledgement(Statuses):
    """277CA."""
    title = "Claim acknowledgement (277CA)"


class FileAcknowledgement(Teller):
    """999."""
    title = "Acknowledgement of a file (999)"

    def hear_ak1(self, ak1: Segment) -> None:
        """Which group."""
        self.notes.box("Group answered", ak1.get(2), ak1.number)
        self.notes.say(f"This answers group {ak1.get(2)}: {self.notes.term('AK1', 1, ak1.get(1))}.", ak1.number)

    def hear_ik3(self, ik3: Segment) -> None:
        """A wrong segment."""
        entry = self.notes.books.entry("segment-error", ik3.get(4))
        self.notes.say(f"Segment {ik3.get(1)}, number {ik3.get(2)} counted from ST" + (f" in loop {ik3.get(3)}" if ik3.get(3) else "") + f": {self.notes.name('segment-error', ik3.get(4)).lower()}." + (f" {entry.asks}" if entry and entry.asks else ""), ik3.number)

    def hear_ik4(self, ik4: Segment) -> None:
        """A wrong element."""
        entry = self.notes.books.entry("element-error", ik4.get(3))
        self.notes.say(f"Its element {ik4.get(1)}: {self.notes.name('element-error', ik4.get(3)).lower()}" + (f' ("{ik4.get(4)}" stood there).' if ik4.get(4) else ".") + (f" {entry.asks}" if entry and entry.asks else ""), ik4.number)

    def hear_ik5(self, ik5: Segment) -> None:
        """The verdict on a set."""
        why = "; ".join(self.notes.name("set-error", ik5.get(at)).lower() for at in range(2, 7) if ik5.get(at))
        self.notes.say(f"The transaction set was {self.notes.term('IK5', 1, ik5.get(1))}" + (f": {why}." if why else "."), ik5.number)

    def hear_ak9(self, ak9: Segment) -> None:
        """The verdict on the group."""
        self.notes.box("Verdict", self.notes.term("AK9", 1, ak9.get(1)), ak9.number)
        self.notes.say(f"The group was {self.notes.term('AK9', 1, ak9.get(1))}: of {ak9.get(3)} sets, {ak9.get(4)} taken.", ak9.number)


class InterchangeAnswer(Teller):
    """TA1."""
    title = "Answer to an interchange (TA1)"

    def hear_ta1(self, ta1: Segment) -> None:
        """The verdict on the envelope."""
        entry = self.notes.books.entry("interchange-error", ta1.get(5))
        self.notes.say(f"Interchange {ta1.get(1)} was {self.notes.term('TA1', 4, ta1.get(4))}" + (f": {entry.name[0].lower()}{entry.name[1:]}. {entry.asks}" if entry and ta1.get(4) != "A" else "."), ta1.number)


TELLERS = {"837": Claims, "270": Inquiry, "271": Benefits, "276": StatusQuestion, "277": Statuses, "277CA": ClaimAcknowledgement, "999": FileAcknowledgement, "TA1": InterchangeAnswer}
