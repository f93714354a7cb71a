"""Rows as lines: what is read is what was written, and nothing else is taken for a row."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import models
from hypothesis import given
from hypothesis import strategies as st

from hrplan.backup import rows

NAMED = {
    "name": models.CharField(max_length=20),
    "note": models.TextField(),
    "lines": models.JSONField(),
    "is_open": models.BooleanField(),
    "at": models.DateTimeField(),
    "day": models.DateField(),
    "amount": models.DecimalField(max_digits=8, decimal_places=2),
    "share": models.FloatField(),
    "places": models.PositiveSmallIntegerField(null=True),
    "key": models.UUIDField(),
}
for name, field in NAMED.items():
    field.set_attributes_from_name(name)
SHAPE = rows.Shape(list(NAMED.values()))
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)
ROW = st.tuples(
    TEXT,
    TEXT,
    PLAIN.filter(lambda value: value is not None),
    st.booleans(),
    st.datetimes(timezones=st.just(UTC)),
    st.dates(),
    st.decimals("-999999.99", "999999.99", places=2),
    st.floats(allow_nan=False),
    st.none() | st.integers(-(2**63), 2**63 - 1),
    st.uuids(),
)
WHOLE = [
    "Ana Peña",
    "",
    {"a": [1, 2.5, None]},
    True,
    "2016-02-12T09:00:00+00:00",
    "2016-02-12",
    "12.50",
    0.5,
    3,
    "6ba7b811-9dad-11d1-80b4-00c04fd430c8",
]


@given(ROW)
def test_a_row_that_is_written_is_read_again_as_it_was(row):
    assert SHAPE.values(SHAPE.line(row)) == list(row)


def test_a_line_holds_plain_json():
    line = json.dumps(WHOLE).encode()

    assert SHAPE.values(line) == [
        "Ana Peña",
        "",
        {"a": [1, 2.5, None]},
        True,
        datetime(2016, 2, 12, 9, tzinfo=UTC),
        date(2016, 2, 12),
        Decimal("12.50"),
        0.5,
        3,
        UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8"),
    ]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("name", None),
        ("name", 5),
        ("name", "\ud800"),
        ("is_open", 1),
        ("is_open", "yes"),
        ("at", "2016-02-12T09:00:00"),
        ("at", "yesterday"),
        ("day", 736000),
        ("day", "2016-02-30"),
        ("amount", 12.5),
        ("amount", "1e999999999"),
        ("amount", "NaN"),
        ("amount", "0.001"),
        ("share", True),
        ("share", "wide"),
        ("share", 10**400),
        ("places", 2**63),
        ("places", 1.5),
        ("places", "__import__('os')"),
        ("key", "none"),
        ("key", 7),
    ],
)
def test_a_value_its_column_can_not_hold_is_refused_by_name(column, value):
    spoiled = dict(zip(NAMED, WHOLE, strict=True)) | {column: value}

    with pytest.raises(rows.BadRow, match=column):
        SHAPE.values(json.dumps(list(spoiled.values())).encode())


@pytest.mark.parametrize(
    "line",
    [b"", b"null", b"{}", b"[1]", b"\xff\xfe", b"[" * 100_000, b"[" + b"9" * 9_000 + b"]"],
    ids=["nothing", "null", "object", "short", "no text", "deep", "long number"],
)
def test_what_is_no_row_is_refused(line):
    with pytest.raises(rows.BadRow):
        SHAPE.values(line)


def test_a_kind_of_column_that_no_table_has_is_noticed_before_it_is_lost():
    with pytest.raises(TypeError, match="backups know no BinaryField"):
        rows.codec_of(models.BinaryField())
