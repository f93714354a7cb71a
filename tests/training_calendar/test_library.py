from copy import deepcopy
from datetime import date
from decimal import Decimal
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import pytest
import yaml

from competencies.library import read
from hrplan.exchange.content import ContentError
from training_calendar.library import CostContent, ModuleContent, OutcomeContent, catalogue

FRAMEWORK = read.framework(read.FRAMEWORK)
PROFILES = read.profiles(read.PROFILES, FRAMEWORK).profiles
SHIPPED = catalogue({c.code for c in FRAMEWORK.competencies}, {p.code for p in PROFILES})
BY_CODE = {module.code: module for module in SHIPPED.modules}


def steps(competency: str) -> set[tuple[int, int]]:
    return {
        (outcome.from_level, outcome.to_level)
        for module in SHIPPED.modules
        for outcome in module.outcomes
        if outcome.competency == competency
    }


def ladder(competency: str) -> tuple[int, ...]:
    """The longest chain in which every step starts where the one before it ends."""
    chains: list[tuple[int, ...]] = list(steps(competency))
    longest: tuple[int, ...] = ()
    while chains:
        longest = max(chains, key=len)
        chains = [
            (*chain, high)
            for chain in chains
            for low, high in steps(competency)
            if low == chain[-1]
        ]
    return longest


def reachable(competency: str, modules: tuple[ModuleContent, ...]) -> int:
    """The highest level somebody at level 0 gets to with these modules."""
    held = 0
    for _ in range(4):
        held = max(
            (
                outcome.to_level
                for module in modules
                for outcome in module.outcomes
                if outcome.competency == competency
                and outcome.from_level <= held < outcome.to_level
            ),
            default=held,
        )
    return held


def test_the_catalogue_holds_95_modules_and_the_eleven_units_of_two_programmes():
    units = [module.code for module in SHIPPED.modules if module.unit_of]

    assert len(SHIPPED.modules) - len(units) == 95
    assert units == [
        *("T65.1", "T65.2", "T65.3", "T65.4", "T65.5"),
        *("T66.1", "T66.2", "T66.3", "T66.4", "T66.5", "T66.6"),
    ]


def test_modules_stand_in_the_order_of_their_codes():
    codes = [module.code for module in SHIPPED.modules]

    assert codes[:8] == ["T01", "T02", "T03", "T04", "T05", "T06", "T07", "T08"]
    assert codes[-2:] == ["T112", "T113"]
    assert codes.index("T66") == codes.index("T65.5") + 1


def test_prices_have_a_currency_a_date_and_a_source():
    costs = [c for m in SHIPPED.modules for c in (m.cost_session, m.cost_person)]

    assert (SHIPPED.currency, SHIPPED.price_date) == ("BZD", date(2016, 2, 1))
    assert all(cost.source for cost in costs)
    assert BY_CODE["T72"].cost_person == CostContent(
        Decimal(500), "sourced", "US$25 a day for ten tuition days, at BZD 2 to the US dollar"
    )


def test_a_module_says_whom_it_lifts_from_where_to_where():
    assert BY_CODE["T97"].outcomes == (
        OutcomeContent("O13", 1, 2),
        OutcomeContent("O12", 1, 2),
        OutcomeContent("S5", 0, 1),
        OutcomeContent("C2", 2, 3),
        OutcomeContent("C1", 2, 3),
        OutcomeContent("C5", 2, 3),
    )


@pytest.mark.parametrize(
    ("competency", "levels"),
    [
        ("O2", (0, 1, 2, 3, 4)),
        ("O3", (0, 1, 2, 3, 4)),
        ("O10", (0, 1, 2, 3, 4)),
        ("O12", (0, 1, 2, 3, 4)),
        ("O14", (0, 1, 2, 3, 4)),
        ("M1", (0, 1, 2, 3, 4)),
        ("M4", (0, 1, 2, 3, 4)),
        ("O15", (0, 1, 2, 3)),
        ("S2", (0, 1, 2, 3)),
        ("S6", (0, 1, 2)),
    ],
)
def test_modules_make_a_ladder(competency, levels):
    assert ladder(competency) == levels


def test_every_competency_has_a_ladder_of_two_steps_or_more():
    short = [c.code for c in FRAMEWORK.competencies if len(ladder(c.code)) < 3]

    assert short == []


def test_every_competency_leads_to_level_2_and_to_3_where_a_profile_asks_for_it():
    asked = {
        c.code: max(r.level for p in PROFILES for r in p.requirements if r.competency == c.code)
        for c in FRAMEWORK.competencies
    }

    missing = {
        code for code, level in asked.items() if reachable(code, SHIPPED.modules) < min(level, 3)
    }

    assert len(asked) == 48
    assert missing == set()
    assert min(reachable(code, SHIPPED.modules) for code in asked) == 2


def test_sessions_and_offers_lead_officers_to_level_2_in_all_but_values():
    closed = [
        (profile.code, requirement.competency)
        for profile in PROFILES
        if profile.staff_level == "officers"
        for requirement in profile.requirements
        if not requirement.competency.startswith("V")
        and reachable(
            requirement.competency,
            tuple(m for m in SHIPPED.modules if m.is_session and m.is_open_to(profile.code)),
        )
        < min(requirement.level, 2)
    ]

    assert closed == []


def test_prerequisites_can_be_taken_in_an_order():
    order = list(
        TopologicalSorter({m.code: m.prerequisites for m in SHIPPED.modules}).static_order()
    )

    assert len(order) == 106
    assert order.index("T12") < order.index("T26") < order.index("T45")


def test_learning_paths_are_those_of_the_profiles_a_module_is_open_to():
    levels = {profile.code: profile.staff_level for profile in PROFILES}

    for module in SHIPPED.modules:
        open_to = {levels[code] for code in levels if module.is_open_to(code)}
        assert set(module.audience_staff_levels) == open_to, module.code


def test_a_programme_is_the_sum_of_its_units():
    certificate, diploma = SHIPPED.programmes
    module = BY_CODE["T65"]

    assert (certificate.years, certificate.requires) == (1, ("T01",))
    assert (diploma.units[0], diploma.requires) == ("T66.1", ("T65",))
    assert (module.mode, module.hours + module.self_study_hours) == ("provider_run", 300)
    assert module.cost_person == CostContent(Decimal(3000), "estimate", "Sum of the units")
    assert [part.title for part in module.parts] == [BY_CODE[c].title for c in certificate.units]
    assert module.outcomes == tuple(
        outcome for code in certificate.units for outcome in BY_CODE[code].outcomes
    )


def test_units_that_follow_each_other_make_one_outcome_of_the_programme():
    leading = [o for o in BY_CODE["T66"].outcomes if o.competency == "M1"]

    assert leading == [OutcomeContent("M1", 1, 3)]


HEAD: dict[str, Any] = {
    "id": "modules-invented",
    "version": "1.0",
    "language": "en",
    "provider": "hrplan",
    "licence": "CC BY 4.0",
    "title": "Invented modules",
    "provenance": "Invented for a test of the catalogue.",
    "currency": "BZD",
    "price_date": "2016-02-01",
    "defaults": {
        "language": "en",
        "status": "offered",
        "checked": "2026-11-22",
        "prerequisites": [],
        "parts": [],
        "entry": "",
        "minimum_service_years": 0,
        "maximum_service_years": None,
        "validity_months": None,
        "delivery_months": [],
        "nomination": "",
        "rights": "",
        "evidence": "",
        "note": "",
    },
}
PRICE = {"amount": 100, "basis": "estimate", "source": "Invented"}
MODULE: dict[str, Any] = {
    "code": "A1",
    "title": "Reading a manifest",
    "provider": "Training unit",
    "mode": "classroom",
    "hours": 16,
    "hours_basis": "estimate",
    "self_study_hours": 0,
    "days": 2,
    "venue_kind": "classroom",
    "min_group": 4,
    "max_group": 12,
    "cost_session": PRICE,
    "cost_person": PRICE,
    "travel": "local",
    "lead_days": 14,
    "certificate": "None",
    "evaluation": "Test",
    "audience": {"staff_levels": [], "profiles": []},
    "outcomes": [{"competency": "O7", "from": 0, "to": 1}],
}
UNIT: dict[str, Any] = {
    "code": "P1.1",
    "title": "First unit",
    "hours": 10,
    "self_study_hours": 20,
    "days": 1,
    "cost_person": PRICE,
    "evaluation": "Essay",
    "outcomes": [{"competency": "O7", "from": 0, "to": 1}],
}
PROGRAMME: dict[str, Any] = {
    key: MODULE[key] for key in MODULE if key not in (*UNIT, "cost_session") or key == "evaluation"
} | {
    "code": "P1",
    "title": "Diploma",
    "mode": "provider_run",
    "venue_kind": None,
    "years": 1,
    "award": "Diploma",
    "award_by": "A college",
    "tutors": "Regional tutors",
}


def written(folder: Path, name: str = "own.yaml", **entries: Any) -> Path:
    text = yaml.safe_dump({**HEAD, **deepcopy(entries)}, sort_keys=False)
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def faults(folder: Path, **known: Any) -> list[str]:
    with pytest.raises(ContentError) as refused:
        catalogue(folder=folder, **known)
    return [str(fault) for fault in refused.value.faults]


def test_a_sound_catalogue_of_one_s_own_is_read(tmp_path):
    found = catalogue({"O7"}, set(), folder=written(tmp_path, modules=[MODULE]))

    assert [(m.code, m.days, m.unit_of) for m in found.modules] == [("A1", 2, None)]
    assert found.programmes == ()
    assert [f.title for f in found.files] == ["Invented modules"]


def test_one_spoiled_module_reports_every_fault_at_once(tmp_path):
    spoiled = MODULE | {
        "hours": 60,
        "days": 6,
        "venue_kind": None,
        "min_group": 13,
        "cost_session": {"amount": 100, "source": "Invented"},
        "cost_person": {"amount": 100, "basis": "sourced"},
        "minimum_service_years": 5,
        "maximum_service_years": 4,
        "prerequisites": ["A1", "A9"],
        "audience": {"staff_levels": [], "profiles": ["R77"]},
        "parts": [{"title": "First week", "hours": 40}],
        "outcomes": [
            {"competency": "O7", "from": 2, "to": 2},
            {"competency": "O7", "from": 1, "to": 5},
            {"competency": "X1", "from": 0, "to": 1},
        ],
    }

    assert faults(written(tmp_path, modules=[spoiled]), competencies={"O7"}, profiles={"R1"}) == [
        "A1.days: 6: a training session lasts 1 to 5 days",
        "A1.hours: 60 hours do not fit into 6 days of 8",
        "A1.venue_kind: a classroom module needs a kind of venue",
        "A1.parts: 40 hours in parts, 60 stated",
        "A1.min_group: 13 is more than the largest group 12",
        "A1.cost_session: a cost says whether it is an estimate or sourced",
        "A1.cost_person: a cost says where it comes from",
        "A1.minimum_service_years: 5 is more than 4",
        "A1.outcomes.O7: from 2 to 2 lifts nobody",
        "A1.outcomes.O7: level 5 is not on the scale 0 to 4",
        "A1.outcomes.O7: stated 2 times",
        "A1.outcomes.X1: is not in the framework",
        "A1.audience.R77: is not in the framework",
        "A1.prerequisites.A9: is not in the catalogue",
        "A1.prerequisites: run in a circle: it would have to precede itself",
    ]


def test_a_course_of_a_provider_has_parts_and_no_venue_or_session_cost_of_ours(tmp_path):
    spoiled = MODULE | {"mode": "provider_run", "hours": 0, "days": 30}

    assert faults(written(tmp_path, modules=[spoiled])) == [
        "A1.hours: neither contact nor self-study hours",
        "A1.venue_kind: a module in mode provider_run takes no venue of ours",
        "A1.parts: a course run by its provider states its parts",
        "A1.cost_session: mode provider_run has no session of ours: put it in cost_person",
    ]


def test_only_the_modules_of_a_circle_are_named_not_those_that_hang_on_it(tmp_path):
    needs = {"A1": ["A3"], "A2": ["A1"], "A3": ["A2"], "A4": ["A3"], "A5": []}
    modules = [MODULE | {"code": code, "prerequisites": of} for code, of in needs.items()]

    assert faults(written(tmp_path, modules=modules)) == [
        f"{code}.prerequisites: run in a circle: it would have to precede itself"
        for code in ("A1", "A2", "A3")
    ]


def test_a_code_given_twice_and_files_of_two_price_dates_are_told(tmp_path):
    written(tmp_path, "one.yaml", modules=[MODULE])
    written(tmp_path, "two.yaml", modules=[MODULE], id="modules-two", price_date="2017-01-01")

    assert faults(tmp_path) == [
        "modules-two: price_date 2017-01-01 differs from 2016-02-01 of modules-invented",
        "A1: stands 2 times in the catalogue",
    ]


def test_faults_of_shape_and_of_sense_come_together(tmp_path):
    written(tmp_path, "one.yaml", modules=[MODULE | {"mode": "seminar", "lead_days": -1}])
    written(tmp_path, "two.yaml", modules=[MODULE | {"days": 0, "prerequisites": ["A7"]}])

    assert faults(tmp_path) == [
        "one.yaml modules.0.lead_days: -1 is less than the minimum of 0",
        "one.yaml modules.0.mode: 'seminar' is not one of ['classroom', 'online', 'external', "
        "'self_paced', 'on_the_job', 'provider_run']",
        "A1.days: 0: a training session lasts 1 to 5 days",
        "A1.hours: 16 hours do not fit into 0 days of 8",
    ]


@pytest.mark.parametrize("day", ["2016-02-30", "2016-13-01", "1 February 2016"])
def test_a_date_that_no_calendar_has_is_refused(tmp_path, day):
    found = faults(written(tmp_path, modules=[MODULE | {"checked": day}]))

    assert [f.split(" does not")[0] for f in found] == [f"own.yaml modules.0.checked: '{day}'"]


def test_a_folder_without_files_is_refused(tmp_path):
    assert faults(tmp_path) == [f"{tmp_path.name}: holds no catalogue file (*.yaml)"]


def test_units_of_a_programme_leave_no_step_out(tmp_path):
    second = UNIT | {"code": "P1.2", "outcomes": [{"competency": "O7", "from": 2, "to": 3}]}
    programme = PROGRAMME | {"units": [UNIT, second]}

    assert faults(written(tmp_path, "programmes.yaml", programmes=[programme])) == [
        "P1.2.outcomes.O7: starts at 2, the unit before ends at 1"
    ]


def test_a_programme_of_one_s_own_sums_its_units(tmp_path):
    second = UNIT | {"code": "P1.2", "outcomes": [{"competency": "O7", "from": 1, "to": 2}]}
    written(tmp_path, "programmes.yaml", programmes=[PROGRAMME | {"units": [UNIT, second]}])

    whole, first, last = catalogue(folder=tmp_path).modules

    assert (whole.hours, whole.self_study_hours, whole.days) == (20, 40, 2)
    assert whole.cost_person.amount == 200
    assert whole.outcomes == (OutcomeContent("O7", 0, 2),)
    assert (whole.unit_of, first.unit_of, last.unit_of) == (None, "P1", "P1")
