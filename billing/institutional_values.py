"""What the values of a payer of hospital claims: bills it takes and what they must carry, groups and rates, days, outpatient rates, a contract."""

from decimal import Decimal
from functools import cached_property

from billing.edit_values import Reason
from billing.record import record


@record
class BillType:
    """A type of bill without its frequency, as 011; setting: inpatient or outpatient."""
    code: str
    setting: str
    name: str


@record
class InstitutionalBills:
    """The bills this payer takes and their frequencies. claim_changes, void_changes: condition codes of which an adjustment, or a void, carries exactly one.

    late_lines: the reason when lines and statement disagree. not_covered: the reason for what the biller itself calls not covered.
    """
    types: tuple[BillType, ...]
    frequencies: tuple[str, ...]
    adjustments: tuple[str, ...]      # frequencies that adjust an earlier claim
    void: str                         # the one that takes it back
    claim_changes: tuple[str, ...]
    void_changes: tuple[str, ...]
    claim_change_missing: Reason
    admission_missing: Reason
    statement: Reason
    not_covered: Reason

    @cached_property
    def setting(self) -> dict[str, str]:
        """Inpatient or outpatient by type of bill."""
        return {each.code: each.setting for each in self.types}


@record
class BillItem:
    """A code the bill must carry. kind: condition, occurrence or value; codes: any one of them will do.

    Only in the setting, and only under one of the discharge statuses where any are named.
    """
    kind: str
    codes: tuple[str, ...]
    setting: str
    name: str
    reason: Reason
    discharge_statuses: tuple[str, ...] = ()


@record
class BillItems:
    """All such codes."""
    items: tuple[BillItem, ...]


@record
class PresentOnAdmission:
    """The indicators each diagnosis of an inpatient bill must carry one of."""
    reason: Reason
    indicators: tuple[str, ...]


@record
class CoveredDays:
    """Value codes of covered and non-covered days, which together are the days of the statement; still_patient: the status that adds a day."""
    reason: Reason
    covered: str
    non_covered: str
    still_patient: str


@record
class RevenueCode:
    """One revenue code. procedure: whether an outpatient line needs a HCPCS code (yes) or not. accommodation: its units are days. diagnostic: a test."""
    code: str
    name: str
    procedure: bool = False
    accommodation: bool = False
    diagnostic: bool = False


@record
class RevenueCodes:
    """Every revenue code the payer knows, and the reason where a procedure is missing."""
    codes: tuple[RevenueCode, ...]
    procedure_missing: Reason

    @cached_property
    def of(self) -> dict[str, RevenueCode]:
        return {each.code: each for each in self.codes}


@record
class CodeEditor:
    """Complaints of the code editor that send a bill back, by the editor's own names, with what each says; ungrouped: what is said where no group fits."""
    reason: Reason
    ungrouped: str
    complaints: tuple["EditorComplaint", ...]


@record
class EditorComplaint:
    name: str
    says: str


@record
class PaymentWindow:
    """Days before an admission whose outpatient services at the same hospital belong to the stay; unrelated: the condition code that says they do not."""
    reason: Reason
    days: int
    unrelated: str


@record
class StayAuthorization:
    """Settings whose bills this payer authorizes beforehand; `service` is what its authorizations name them."""
    reason: Reason
    settings: tuple[str, ...]
    service: str
    exempt_admission_types: tuple[str, ...] = ()


@record
class DrgWeight:
    """One group: relative weight, geometric mean length of stay in days, whether a discharge to further care is paid as a transfer, and by the special method."""
    drg: str
    weight: Decimal
    days: Decimal
    post_acute: bool = False
    special: bool = False


@record
class DrgWeights:
    """A year's groups."""
    groups: tuple[DrgWeight, ...]

    @cached_property
    def of(self) -> dict[str, DrgWeight]:
        return {each.drg: each for each in self.groups}


@record
class DrgRates:
    """Standardised amounts in dollars; labor share in per cent where the wage index is above 1, and where it is not; outlier threshold in dollars and the per cent paid over it."""
    operating: Decimal
    capital: Decimal
    labor_percent: Decimal
    low_labor_percent: Decimal
    fixed_loss: Decimal
    outlier_percent: Decimal


@record
class Hospital:
    """What a payer's file holds of one hospital, under its NPI; an empty NPI stands for every other."""
    npi: str
    wage_index: Decimal
    capital_factor: Decimal
    operating_cost_ratio: Decimal
    capital_cost_ratio: Decimal


@record
class Hospitals:
    """The payer's file of hospitals."""
    hospitals: tuple[Hospital, ...]

    def of(self, npi: str) -> Hospital:
        """That hospital's row, or the one for all others."""
        rows = {each.npi: each for each in self.hospitals}
        return rows.get(npi) or rows[""]


@record
class Transfers:
    """Discharge statuses paid by the day: always (to another acute hospital), and in groups marked so (to further care)."""
    acute: tuple[str, ...]
    post_acute: tuple[str, ...]


@record
class HospitalBenefits:
    """Hospital days of a benefit period: full ones, those with a daily amount, and the lifetime reserve with its own; dollars. exhausted: the reason when none are left."""
    deductible: Decimal
    full_days: int
    coinsurance_days: int
    coinsurance: Decimal
    reserve_days: int
    reserve_coinsurance: Decimal
    nursing_days_full: int
    nursing_coinsurance: Decimal
    exhausted: Reason


@record
class OutpatientRate:
    """A procedure's national rate. status: T discounted when several, S and V not, J takes in the whole claim, N packaged,
    A paid by a schedule without the patient's share, K (drugs) by the unit and not wage-adjusted.
    """
    procedure: str
    status: str
    rate: Decimal = Decimal("0.00")


@record
class OutpatientRates:
    """All rates; per cent of a rate that the wage index moves, per cent left of a further T procedure, and the reason of what is packaged."""
    rates: tuple[OutpatientRate, ...]
    labor_percent: Decimal
    further_percent: Decimal
    packaged: Reason

    @cached_property
    def of(self) -> dict[str, OutpatientRate]:
        return {each.procedure: each for each in self.rates}


@record
class OutpatientBenefits:
    """Yearly deductible, coinsurance per cent, and the most the coinsurance of one procedure may be; dollars."""
    deductible: Decimal
    coinsurance_percent: Decimal
    coinsurance_limit: Decimal


@record
class PerDiem:
    """Dollars for each day under these revenue codes."""
    revenue_codes: tuple[str, ...]
    dollars: Decimal


@record
class HospitalContract:
    """Inpatient: a day's rate by accommodation, and per cent of charges of the revenue codes carved out; outpatient: per cent of charges."""
    per_diems: tuple[PerDiem, ...]
    carved_out: tuple[str, ...]
    carved_out_percent: Decimal
    outpatient_percent: Decimal


KINDS: dict[str, type] = {
    "institutional-bills": InstitutionalBills,
    "institutional-items": BillItems,
    "institutional-present-on-admission": PresentOnAdmission,
    "institutional-covered-days": CoveredDays,
    "institutional-revenue-codes": RevenueCodes,
    "institutional-code-editor": CodeEditor,
    "institutional-payment-window": PaymentWindow,
    "institutional-stay-authorization": StayAuthorization,
    "institutional-group-weights": DrgWeights,
    "institutional-group-rates": DrgRates,
    "institutional-hospitals": Hospitals,
    "institutional-transfers": Transfers,
    "institutional-benefits": HospitalBenefits,
    "institutional-outpatient-rates": OutpatientRates,
    "institutional-outpatient-benefits": OutpatientBenefits,
    "institutional-contract": HospitalContract,
}
"""The kinds of rule of this module and the type of their values."""
