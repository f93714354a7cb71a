import numpy as np
import pandas as pd
import pytest

from tests.training_calendar.solver.instances import PARAMS, frame, small, tables
from training_calendar.solver.instance import instance_from_tables, read_instance
from training_calendar.solver.tables import Fault, InstanceError


def faults_of(params: dict | None = None, **changed: str) -> list[Fault]:
    with pytest.raises(InstanceError) as caught:
        small(params, **changed)
    return list(caught.value.faults)


def test_not_assessed_is_unknown_and_no_gap():
    instance = small()

    b1 = instance.staff.ids.index("b1")
    assert instance.staff.level[b1].tolist() == [1, -1]
    assert instance.gap[b1].tolist() == [2, 0]


def test_a_role_without_profile_has_no_gap():
    instance = small()

    assert instance.gap[instance.staff.ids.index("b2")].tolist() == [0, 0]


def test_the_total_weighs_each_gap_by_profile_and_competency():
    assert small().total_weighted_gap == 4 * 2 * 2 + 2 * 1 * 2


def test_spans_are_clipped_to_the_horizon():
    instance = small(
        leave="staff_id from_date to_date\na1 2026-12-20 2027-01-05\na2 2027-02-27 2027-09-01"
    )

    assert np.flatnonzero(instance.staff.leave[0]).tolist() == [0, 1]
    assert np.flatnonzero(instance.staff.leave[1]).tolist() == [54, 55]


def test_offers_outside_the_horizon_are_left_out():
    head = "offer_id module_id start_date end_date seats region_id"
    instance = small(external_offers=f"{head}\nX1 M4 2028-02-01 2028-02-02 1 R1")

    assert instance.offers.ids == ()


def test_the_minimum_on_duty_narrows_the_room():
    duty = (
        "station_id from_date to_date minimum rostered\n"
        "A 2027-01-11 2027-01-12 2 -\nA 2027-01-12 2027-01-12 2 5"
    )

    room = small(duty=duty).room

    assert room[0, 6:11].tolist() == [2, 0, 2, 2, 2]  # Monday: 3 rostered - 1 on leave - 2


def test_every_fault_is_named_at_once():
    found = faults_of(
        {"per_diem": -1},
        leave="staff_id from_date to_date\nzz 2027-01-11 2027-01-15\na1 soon 2027-01-15",
        venues="venue_id region_id kind capacity cost_day\nV1 R1 room some 15\nV1 R1 room 3 -2",
        budget="quarter\nQ1",
    )

    assert set(found) == {
        Fault("params", 0, "per_diem", "-1", "out-of-range"),
        Fault("leave", 2, "staff_id", "zz", "unknown-reference"),
        Fault("leave", 3, "from_date", "soon", "not-date"),
        Fault("venues", 2, "capacity", "some", "not-whole"),
        Fault("venues", 3, "cost_day", "-2", "out-of-range"),
        Fault("budget", 1, "amount", "", "missing-column"),
    }


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        (
            {
                "staff": "staff_id station_id role_id\na1 A P\na1 B P",
                "leave": "staff_id from_date to_date",
                "assessments": "staff_id competency_id level",
            },
            Fault("staff", 3, "staff_id", "a1", "given-twice"),
        ),
        (
            {"prerequisites": "module_id requires_module_id\nM2 M1\nM1 M2"},
            Fault("prerequisites", 2, "module_id", "M2", "circle"),
        ),
        (
            {"travel": "from_region to_region trip_cost\nR2 R1 40"},
            Fault("travel", 0, "to_region", "R1, R2", "no-trip"),
        ),
        (
            {"leave": "staff_id from_date to_date\na1 2027-01-15 2027-01-11"},
            Fault("leave", 2, "to_date", "2027-01-11", "ends-before-start"),
        ),
        (
            {"blackouts": "from_date to_date scope scope_id\n2027-01-11 2027-01-11 STATION Z"},
            Fault("blackouts", 2, "scope_id", "Z", "unknown-reference"),
        ),
        (
            {"assessments": "staff_id competency_id level\na1 C1 6"},
            Fault("assessments", 2, "level", "6", "out-of-range"),
        ),
    ],
)
def test_a_fault_says_where_it_is(changed, fault):
    assert fault in faults_of(**changed)


def test_a_calendar_with_a_day_left_out_is_refused():
    given = tables()
    given["calendar"] = given["calendar"].drop(index=3)

    with pytest.raises(InstanceError) as caught:
        instance_from_tables(given, PARAMS)

    assert caught.value.faults[0] == Fault("calendar", 5, "date", "2027-01-08", "not-next-day")


def test_typed_cells_are_as_good_as_text():
    given = tables()
    given["assessments"]["level"] = given["assessments"]["level"].astype(int)
    given["leave"]["from_date"] = pd.to_datetime(given["leave"]["from_date"])

    instance = instance_from_tables(given, PARAMS)

    assert instance.total_weighted_gap == small().total_weighted_gap
    assert (instance.staff.leave == small().staff.leave).all()


def test_pinned_sessions_come_with_their_people():
    head = "session_id module_id start_date end_date venue_id instructor_id"
    instance = small(
        pinned_sessions=f"{head}\np1 M3 2027-01-04 2027-01-04 - I2",
        pinned_seats="session_id staff_id\np1 a1\np1 a2",
    )

    (pin,) = instance.pins
    assert (pin.session_id, pin.staff_ids, pin.pinned, pin.open) == ("p1", ("a1", "a2"), True, True)


def test_a_folder_is_read_with_all_its_faults(tmp_path):
    for name, table in tables().items():
        if name != "venues":
            table.to_csv(tmp_path / f"{name}.csv", index=False)
    (tmp_path / "params.toml").write_text("horizon_start = soon")
    (tmp_path / "leave.csv").write_bytes(b"staff_id,from_date,to_date\n\xff,\xfe,x\n")

    with pytest.raises(InstanceError) as caught:
        read_instance(tmp_path)

    assert [(f.table, f.reason) for f in caught.value.faults][:3] == [
        ("params", "unreadable-file"),
        ("leave", "unreadable-file"),
        ("venues", "missing-file"),
    ]


def test_the_drawing_keeps_empty_cells():
    assert frame("a b\n1 -").to_dict("records") == [{"a": "1", "b": ""}]
