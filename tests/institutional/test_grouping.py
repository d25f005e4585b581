"""The groups of made stays agree between two independent groupers, and the version is that of the day of discharge."""

from datetime import date

import pytest

from billing.codes import OutsideKnownDates
from billing.institutional.grouping import Stay, stay_of
from curriculum.grouping import version_on
from tests.institutional.made import dx, grouper, stay

drgpy = pytest.importorskip("drgpy.msdrg", reason="drgpy is a requirement of the tests alone")
MAY = date(2026, 5, 4)
# principal, others, procedures, sex, discharge status
STAYS = [
    ("J18.9", (), (), "F", "01"), ("J18.9", ("J96.01",), (), "F", "01"), ("J18.9", ("I50.22",), (), "M", "01"), ("I50.23", (), (), "M", "01"), ("I50.23", ("N17.9",), (), "F", "03"),
    ("I21.4", (), (), "M", "01"), ("I21.4", ("I50.21",), (), "M", "20"), ("I63.9", (), (), "F", "62"), ("I63.9", ("G81.91",), (), "F", "62"), ("A41.9", (), (), "M", "01"),
    ("A41.9", ("R65.20", "J96.01"), (), "M", "01"), ("K35.80", (), ("0DTJ4ZZ",), "F", "01"), ("K80.00", (), ("0FT44ZZ",), "F", "01"), ("M17.11", (), ("0SRC0J9",), "F", "06"),
    ("M16.11", (), ("0SR90JZ",), "M", "01"), ("S72.001A", (), ("0SR90JZ",), "F", "03"), ("S72.141A", (), ("0QS604Z",), "F", "03"), ("N17.9", (), (), "M", "01"), ("N39.0", (), (), "F", "01"),
    ("K92.2", (), (), "M", "01"), ("R07.9", (), (), "F", "01"), ("E11.10", (), (), "M", "01"), ("J44.1", (), (), "F", "01"), ("L03.115", (), (), "M", "01"), ("O80", (), ("10E0XZZ",), "F", "01"),
    ("Z38.00", (), (), "F", "01"), ("F32.9", (), (), "F", "01"), ("T40.1X1A", (), (), "M", "01"),
]


@pytest.fixture(scope="module")
def other():
    return drgpy.DRGEngine()


@pytest.mark.parametrize("principal, others, procedures, sex, status", STAYS, ids=lambda part: str(part))
def test_two_groupers_agree(other, principal, others, procedures, sex, status):
    age = 0 if principal == "Z38.00" else 30 if principal == "O80" else 70
    mine = grouper().group(Stay(MAY, age, sex, status, dx(principal), tuple(map(dx, others)), procedures))
    codes = [code.replace(".", "") for code in (principal, *others)]
    assert mine.drg == other.get_drg(codes, list(procedures), gender=sex, is_alive=status != "20", discharge_status=status)


@pytest.mark.parametrize("day, version", [(date(2025, 9, 30), 421), (date(2025, 10, 1), 430), (date(2026, 3, 31), 430), (date(2026, 4, 1), 431), (date(2026, 9, 30), 431), (date(2026, 10, 1), 440)])
def test_the_version_goes_by_the_day_of_discharge(day, version):
    assert version_on(day) == version


def test_a_year_that_is_not_held_is_refused_with_a_sentence():
    with pytest.raises(OutsideKnownDates, match="2020-05-04"):
        grouper().group(Stay(date(2020, 5, 4), 70, "F", "01", dx("J18.9"), (), ()))


def test_a_code_that_is_none_falls_into_no_group():
    assert not grouper().group(Stay(MAY, 70, "F", "01", dx("ZZZ"), (), ())).grouped


def test_the_age_is_that_of_the_day_of_admission():
    assert stay_of(stay()).age == 76   # born 1950-02-09, admitted 2026-03-10


def test_the_editor_names_what_is_wrong():
    assert grouper().complaints(Stay(MAY, 70, "F", "01", dx("V00.01XA"), (), ())) == ("E_CODE_AS_PDX",)
    assert grouper().complaints(Stay(MAY, 70, "F", "01", dx("J18.9"), (), ())) == ()
