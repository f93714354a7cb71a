"""Tables that the tests of exchange read and write: a small administration with planning names."""

import datetime as dt
from decimal import Decimal

from hrplan.exchange.spec import Column, Kind, Table, Workbook


def code(name, **more):
    return Column(name=name, kind=Kind.CODE, max_length=40, **more)


UNITS = Table(
    name="units",
    title="Units",
    columns=(
        code("unit_id", key=True, meaning="Code of the unit."),
        Column(name="title", required=True, max_length=200),
        code("parent_id", reference="units.unit_id"),
    ),
)
STAFF = Table(
    name="staff",
    title="Staff list",
    columns=(
        code("staff_id", key=True),
        Column(name="name", required=True, max_length=200),
        code("unit_id", required=True, reference="units.unit_id"),
        Column(name="grade", kind=Kind.INTEGER, minimum=1, maximum=8),
        Column(name="hired", kind=Kind.DATE, maximum=dt.date(2030, 12, 31)),
        Column(name="salary", kind=Kind.DECIMAL, unit="BZD", minimum=Decimal(0)),
        Column(name="active", kind=Kind.BOOLEAN, default=True),
        Column(name="contract", kind=Kind.CHOICE, choices=("permanent", "fixed term")),
    ),
)
ASSESSMENTS = Table(
    name="assessments",
    columns=(
        code("staff_id", key=True, reference="staff.staff_id"),
        code("competency_id", key=True),
        Column(name="level", kind=Kind.INTEGER, required=True, minimum=0, maximum=5),
    ),
)
LEAVE = Table(
    name="leave",
    columns=(
        code("staff_id", required=True, reference="staff.staff_id"),
        Column(name="from_date", kind=Kind.DATE, required=True),
        Column(name="to_date", kind=Kind.DATE, required=True),
    ),
    periods=(("from_date", "to_date"),),
)
MODULES = Table(name="modules", columns=(code("module_id", key=True), Column(name="title")))
PREREQUISITES = Table(
    name="prerequisites",
    columns=(
        code("module_id", key=True, reference="modules.module_id"),
        code("requires_module_id", key=True, reference="modules.module_id"),
    ),
    acyclic=(("module_id", "requires_module_id"),),
)
CERTIFICATES = Table(
    name="certificates",
    columns=(code("number", key=True), code("staff_id", reference="staff.staff_id")),
    goes_out_only=True,
)
BOOK = Workbook(
    title="Customs of Westmark (invented)",
    tables=(UNITS, STAFF, ASSESSMENTS, LEAVE, MODULES, PREREQUISITES, CERTIFICATES),
)
ROWS = {
    "units": [
        {"unit_id": "HQ", "title": "Headquarters", "parent_id": None},
        {"unit_id": "007", "title": "Peña Blanca", "parent_id": "HQ"},
    ],
    "staff": [
        {
            "staff_id": "00123",
            "name": "Ana Peña",
            "unit_id": "007",
            "grade": 3,
            "hired": dt.date(2009, 2, 28),
            "salary": Decimal("1234.5"),
            "active": True,
            "contract": "fixed term",
        },
        {
            "staff_id": "124",
            "name": '-- = O\'Neil, "Bo"',
            "unit_id": "HQ",
            "grade": None,
            "hired": None,
            "salary": Decimal(0),
            "active": False,
            "contract": None,
        },
    ],
    "assessments": [
        {"staff_id": "00123", "competency_id": "C01", "level": 0},
        {"staff_id": "00123", "competency_id": "C02", "level": 5},
    ],
    "leave": [
        {
            "staff_id": "124",
            "from_date": dt.date(2016, 2, 12),
            "to_date": dt.date(2016, 2, 12),
        }
    ],
    "modules": [{"module_id": "M1", "title": "One"}, {"module_id": "M2", "title": None}],
    "prerequisites": [{"module_id": "M2", "requires_module_id": "M1"}],
}
