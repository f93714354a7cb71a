import re
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from competencies.library.read import (
    FRAMEWORK,
    PROFILES,
    FrameworkContent,
    GroupContent,
    ManyCritical,
    ProfilesContent,
    RequirementContent,
    StaffLevelContent,
    WeightRule,
    framework,
    profiles,
)
from hrplan.exchange.content import ContentError, Fault

# Required level by competency (row) and profile R1 to R20 (column); * critical, . not asked for.
MATRIX = """
V1  4* 4* 3* 3* 1* 2* 2* 2* 2* 3* 3* 3* 3* 3* 2* 2* 3  3* 3* 2*
V2  4  4  3  3  1  2  3* 2  2  3  3  3  3  3  2  2  3* 3  3  2
V3  4  4  3  3  1  2  2  2  2  3  3  3  3  3  2  2  3  3  3  2
V4  4  4  3  3  1  2  2  2  2  3  3  3  3  3  2  2  3  3  3  2
C1  3  3  3  3  1  2  3* 2  2  2  2  2  3  2  2  2  3  3* 2  2
C2  3  3  3  3  1  2  2  2  2  3  2  3* 3* 3* 2  2  3  3  2  2
C3  4  3  3  3  1  2  2  2  3* 3* 3* 3* 3  3* 2  2  2  2  3  2
C4  4  4  3  3  1  2  2  2  2  2  2  3  2  2  2  3  2  2  2  2
C5  3  3  3  3* 1  2  3* 2  2  2  2  2  3* 2  2  2  2  2  2  2
C6  3  3  3  3  1  2  2  2  3* 2  3* 2  2  3  2  2  2  2  4* 3*
C7  3  3  3  3  1  2  2  2  2  2  2  2  2  2  2  2  2  2  2  3
C8  3  3  3  3  1  2  2  2  2  2  2  2  2  2  2  2  2  2  2  2
C9  3  3  3* 3* 1* 2* 2  2  3* 3* 2  2  3* 3  2  2  2  2  2  2
O1  4  4  3  3  1* 2  2  2  3  3  3  2  2  3  2  2  3  2  2  2
O2  .  2  2  2  1  2  1  2  3* 4* 2  .  1  3  2  .  2  .  1  1
O3  .  2  2  2  1  2  1  1  3* 4* 2  .  1  3* 2  .  2  .  .  1
O4  .  .  2  .  1  1  .  1  2* 4* 1  .  .  2  .  .  2  .  .  .
O5  .  2  3  3  1  2* 1  2  3* 3  2  .  .  2  2  .  3  .  2* 2*
O6  .  2  2  2  1  1  .  1  2  2  .  .  .  2  3* .  2  .  .  1
O7  .  2  3  2  1  2* .  2  2  .  2  1  1  .  .  3* .  .  1  .
O8  .  .  2  2  1  2* 3* .  .  .  .  .  .  .  .  2  .  .  .  .
O9  .  .  2  3  1  2* 2  3* .  .  1  .  3  .  .  3* .  .  .  .
O10 2  3  3* 2  1  1  2  2* 2  2  4* 3* 2  3* 2  2  2  .  2  .
O11 .  2  2  .  .  1  1  1  .  .  3* 4* 3  .  .  2  .  .  .  .
O12 .  2  .  .  .  .  .  .  .  .  1  2  4* 1  .  .  .  .  .  .
O13 .  2  3  3  1  2  2* 2* .  .  .  2  4* .  2  3* .  .  .  .
O14 2  2  .  .  .  .  .  .  1  2  2  .  .  4* 2  .  2  .  .  .
O15 .  2  .  .  .  1  .  .  .  .  .  .  .  1  4* .  .  .  .  1
O16 2  2  2  2  1  2  1  .  2  .  .  .  1  3* 3* .  .  .  1  3*
O17 .  2  2  2  1  2* 2* 3* 2  2  2  1  2  .  1  2* 2  .  .  .
O18 .  .  2  2  1  2  .  .  .  .  .  .  .  .  .  4* .  .  .  .
O19 2  2  2  .  .  1  .  1  2  2  2  .  .  2  .  .  4* .  2  .
O20 2  2  3* 3* 1* 2* 2* 2* .  .  .  2  3* .  1  3* .  1  .  .
M1  4* 4* 3* 2* .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
M2  3  3* 3* 2* .  .  .  .  .  .  .  .  .  .  .  .  .  3* .  .
M3  2  3  3* 2* .  .  .  .  .  .  .  .  .  .  .  .  .  2  .  .
M4  4* 3* 2  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
M5  4* 3* 2  1  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
M6  4* 3  2  1  .  .  .  .  .  .  .  .  .  .  .  .  2* 1  .  .
M7  3* 3* 2* 1  .  .  .  .  .  .  .  .  .  .  .  .  .  1  .  1
M8  4* 3* 3* 2  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
M9  3  3  2  .  .  .  .  .  .  .  .  .  .  .  .  .  2  2  2  .
S1  2  2  2  .  .  .  .  .  .  .  .  .  .  .  .  .  .  3* .  .
S2  .  .  .  2  .  .  .  .  .  2  .  .  .  .  .  .  .  4* .  .
S3  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  4* .
S4  2  2  .  .  .  .  .  .  .  .  3* 2  .  2  .  .  2  2  4* 1
S5  2  2  .  .  .  .  .  .  .  2  .  .  2* .  .  .  .  .  .  .
S6  2  2  2  .  .  .  .  .  .  .  .  .  .  .  .  .  .  1  1  2"""

# A behaviour text names a thing or an act of customs work: it holds at least one of these stems.
CUSTOMS = re.compile(
    r"\b(advance-cargo|allowance|audit|baggage|bill|boarding|bond|border|broker|cargo|certificate|"
    r"channel|commodity|concession|consignment|container|controlled goods|counter|courier|customs|"
    r"declar|delegation order|detain|detention|distiller|duty|duties|entr(y|ies)|examin(er|ation)|"
    r"excise|exempt|exhibit|facilitation|forfeited|forwarder|free-zone|gauge|gift|hold tag|import|"
    r"inspect|invoice|manifest|occurrence book|origin|parcel|passenger|patrol|penalt|permit|"
    r"port users|refund|release|revenue|roster|scanner|seal|seiz|selectivity|ship|smuggl|"
    r"subheading|targeting|tariff|trader|traveller|trusted|undervaluation|valuation|vat\b|vessel|"
    r"warehouse|wharf|yacht)",
)
TEMPLATES = re.compile(
    r"^(demonstrates|understands|knows|has|is|can|able|possesses|displays|exhibits|applies)\b"
    r"|\b(knowledge of|understanding of|ability to|familiar with|proficien|competent in|"
    r"best practice|as required|as appropriate)\b"
)
SMALL_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "by",
        "for",
        "from",
        "in",
        "is",
        "it",
        "of",
        "on",
        "or",
        "that",
        "the",
        "to",
        "with",
    ]
)


@pytest.fixture(scope="module")
def shipped() -> FrameworkContent:
    return framework()


@pytest.fixture(scope="module")
def jobs(shipped: FrameworkContent) -> ProfilesContent:
    return profiles(PROFILES, shipped)


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+(?:['-][a-z0-9]+)*", text.lower())


def texts(content: FrameworkContent) -> dict[tuple[str, int], str]:
    return {(c.code, b.level): b.text for c in content.competencies for b in c.levels}


def shared_runs(named: dict[Any, str], length: int) -> dict[tuple[str, ...], set[Any]]:
    found: dict[tuple[str, ...], set[Any]] = defaultdict(set)
    for name, text in named.items():
        row = words(text)
        for start in range(len(row) - length + 1):
            found[tuple(row[start : start + length])].add(name)
    return {run: names for run, names in found.items() if len(names) > 1}


def drawn_requirements() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {f"R{number}": {} for number in range(1, 21)}
    for line in MATRIX.split("\n"):
        code, *cells = line.split() or [""]
        for profile, cell in zip(found, cells, strict=bool(cells)):
            if cell != ".":
                found[profile][code] = cell
    return found


def spoiled(tmp_path: Path, source: Path, spoil: Any) -> Path:
    data = yaml.safe_load(source.read_text(encoding="utf-8"))
    spoil(data)
    path = tmp_path / source.name
    path.write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")
    return path


def framework_faults(tmp_path: Path, spoil: Any) -> tuple[Fault, ...]:
    with pytest.raises(ContentError) as caught:
        framework(spoiled(tmp_path, FRAMEWORK, spoil))
    return caught.value.faults


def profile_faults(tmp_path: Path, of: FrameworkContent, spoil: Any) -> tuple[Fault, ...]:
    with pytest.raises(ContentError) as caught:
        profiles(spoiled(tmp_path, PROFILES, spoil), of)
    return caught.value.faults


# The shipped framework


def test_the_scale_runs_from_0_to_4(shipped: FrameworkContent) -> None:
    assert [(step.level, step.name) for step in shipped.scale] == [
        (0, "Not yet"),
        (1, "Aware"),
        (2, "Trained"),
        (3, "Advanced"),
        (4, "Expert"),
    ]
    assert shipped.top == 4


def test_values_alone_stay_out_of_gap_totals(shipped: FrameworkContent) -> None:
    assert {group.code: group.in_gap_totals for group in shipped.groups} == {
        "V": False,
        "C": True,
        "O": True,
        "M": True,
        "S": True,
    }


def test_48_competencies_stand_in_five_groups(shipped: FrameworkContent) -> None:
    counted = Counter(competency.group for competency in shipped.competencies)

    assert counted == {"V": 4, "C": 9, "O": 20, "M": 9, "S": 6}
    assert len(shipped.codes) == 48
    assert all(c.code.startswith(c.group) for c in shipped.competencies)


def test_every_competency_has_a_text_for_each_level_above_0(shipped: FrameworkContent) -> None:
    assert len(texts(shipped)) == 192
    for competency in shipped.competencies:
        assert [behaviour.level for behaviour in competency.levels] == [1, 2, 3, 4]


def test_behaviour_texts_have_15_to_35_words(shipped: FrameworkContent) -> None:
    odd = {key: text for key, text in texts(shipped).items() if not 15 <= len(text.split()) <= 35}

    assert odd == {}


def test_no_two_texts_share_six_words_in_a_row(shipped: FrameworkContent) -> None:
    assert shared_runs(dict(texts(shipped)), 6) == {}


def test_definitions_and_scale_repeat_nothing_either(
    shipped: FrameworkContent, jobs: ProfilesContent
) -> None:
    prose: dict[Any, str] = dict(texts(shipped))
    prose |= {c.code: c.definition for c in shipped.competencies}
    prose |= {step.name: step.can_do for step in shipped.scale}
    prose |= {profile.code: profile.purpose for profile in jobs.profiles}

    assert shared_runs(prose, 6) == {}


def test_a_shared_run_would_be_found() -> None:
    named = {"a": "Seals the store after inspection, always.", "b": "He seals the store after it"}

    assert shared_runs(named, 4) == {("seals", "the", "store", "after"): {"a", "b"}}


def test_levels_of_a_competency_describe_different_acts(shipped: FrameworkContent) -> None:
    alike = []
    for competency in shipped.competencies:
        said = {
            behaviour.level: {
                word
                for word in words(behaviour.text)
                if word not in SMALL_WORDS and not word.endswith("ly")
            }
            for behaviour in competency.levels
        }
        for low, high in combinations(said, 2):
            share = len(said[low] & said[high]) / len(said[low] | said[high])
            if share > 0.2:
                alike.append((competency.code, low, high, round(share, 2)))

    assert alike == []


def test_every_text_names_a_thing_or_act_of_customs_work(shipped: FrameworkContent) -> None:
    vague = {key: text for key, text in texts(shipped).items() if not CUSTOMS.search(text.lower())}

    assert vague == {}


def test_no_text_fills_a_template(shipped: FrameworkContent) -> None:
    filled = {key: text for key, text in texts(shipped).items() if TEMPLATES.search(text.lower())}

    assert filled == {}


def test_openings_vary(shipped: FrameworkContent) -> None:
    first = Counter(words(text)[0] for text in texts(shipped).values())

    assert {word: count for word, count in first.items() if count > 8} == {}
    for competency in shipped.competencies:
        assert len({words(behaviour.text)[0] for behaviour in competency.levels}) == 4


def test_weights_single_out_few_competencies(shipped: FrameworkContent) -> None:
    weights = {c.code: c.weight for c in shipped.competencies if c.weight != 2}

    assert weights == {
        "V1": 3,
        "C7": 1,
        "C8": 1,
        "C9": 3,
        "O2": 3,
        "O3": 3,
        "O5": 3,
        "O10": 3,
        "O14": 3,
        "M1": 3,
        "M8": 3,
        "S5": 1,
        "S6": 1,
    }


# The shipped profiles


def test_requirements_are_those_of_the_table(jobs: ProfilesContent) -> None:
    read = {
        profile.code: {
            row.competency: f"{row.level}{'*' if row.critical else ''}"
            for row in profile.requirements
        }
        for profile in jobs.profiles
    }

    assert read == drawn_requirements()


def test_20_profiles_ask_for_22_to_42_competencies(jobs: ProfilesContent) -> None:
    sizes = {profile.code: len(profile.requirements) for profile in jobs.profiles}

    assert len(sizes) == 20
    assert (min(sizes.values()), max(sizes.values())) == (22, 42)
    assert (sizes["R12"], sizes["R2"]) == (22, 42)


def test_a_requirement_weighs_3_if_critical_1_if_plain_level_1_and_else_2(
    jobs: ProfilesContent,
) -> None:
    recruit = next(profile for profile in jobs.profiles if profile.code == "R5")
    intelligence = next(profile for profile in jobs.profiles if profile.code == "R12")

    assert recruit.requirements[:2] == (
        RequirementContent("V1", level=1, critical=True, weight=3),
        RequirementContent("V2", level=1, critical=False, weight=1),
    )
    assert intelligence.requirements[-1] == RequirementContent(
        "S4", level=2, critical=False, weight=2
    )


def test_a_profile_with_more_than_eight_critical_cells_is_warned_of(jobs: ProfilesContent) -> None:
    assert jobs.warnings == (ManyCritical("R3", critical=9, most=8),)


def test_profiles_cover_every_staff_level(jobs: ProfilesContent) -> None:
    by_level = {
        level.code: [p.code for p in jobs.profiles if p.staff_level == level.code]
        for level in jobs.staff_levels
    }

    assert by_level == {
        "recruits": ["R5"],
        "officers": ["R6", "R7", "R8", "R9", "R15", "R16"],
        "specialists": ["R10", "R11", "R12", "R13", "R14", "R17"],
        "supervisors": ["R4"],
        "managers": ["R3"],
        "executives": ["R1", "R2"],
        "support": ["R18", "R19", "R20"],
    }


def test_every_competency_is_asked_for_somewhere(
    shipped: FrameworkContent, jobs: ProfilesContent
) -> None:
    asked = {row.competency for profile in jobs.profiles for row in profile.requirements}

    assert shipped.codes - asked == set()


@given(level=st.integers(2, 9), critical=st.booleans())
def test_a_critical_requirement_never_weighs_less(level: int, critical: bool) -> None:
    rule = WeightRule(critical=3, usual=2, awareness=1)

    assert rule.weight(level, critical=True) >= rule.weight(level, critical=critical)
    assert rule.weight(level, critical=critical) >= rule.weight(1, critical=critical)


# Spoiled files


def test_all_contradictions_of_a_framework_are_named_at_once(tmp_path: Path) -> None:
    def spoil(data: dict[str, Any]) -> None:
        data["groups"][4]["code"] = "M"
        data["competencies"][1]["code"] = "V1"
        data["competencies"][4]["group"] = "Z"
        del data["competencies"][5]["levels"][3]
        data["competencies"][6]["levels"][5] = "Writes the customs act."

    assert [str(fault) for fault in framework_faults(tmp_path, spoil)][:5] == [
        "groups.4.code: 'M' is the code of groups.3 already; give each its own",
        "competencies.1.code: 'V1' is the code of competencies.0 already; give each its own",
        "competencies.4.group: 'Z' isn't a group; use one of C, M, O, V",
        "competencies.5.levels.3: C2 has no text for level 3; write one",
        "competencies.6.levels.5: C3 describes level 5, not on the scale; use [1, 2, 3, 4]",
    ]


def test_a_scale_with_a_hole_is_refused(tmp_path: Path) -> None:
    def spoil(data: dict[str, Any]) -> None:
        data["scale"][4]["level"] = 5

    faults = framework_faults(tmp_path, spoil)

    assert faults[0] == Fault(
        "scale", "levels are [0, 1, 2, 3, 5]; list them from 0 upwards without a hole"
    )


def test_a_longer_scale_asks_for_a_text_of_each_competency(tmp_path: Path) -> None:
    def spoil(data: dict[str, Any]) -> None:
        data["scale"].append({**data["scale"][4], "level": 5})

    faults = framework_faults(tmp_path, spoil)

    assert len(faults) == 48
    assert str(faults[0]) == "competencies.0.levels.5: V1 has no text for level 5; write one"


def test_shape_faults_of_a_framework_are_named_at_once(tmp_path: Path) -> None:
    def spoil(data: dict[str, Any]) -> None:
        del data["licence"]
        data["competencies"][0]["weight"] = 4
        data["competencies"][1]["levels"][2] = "  "
        data["competencies"][2]["levels"]["two"] = "Seals a store."

    places = [fault.place for fault in framework_faults(tmp_path, spoil)]

    assert sorted(places) == [
        "competencies.0.weight",
        "competencies.1.levels.2",
        "competencies.2.levels",
        "file",
    ]


def test_all_contradictions_of_profiles_are_named_at_once(
    tmp_path: Path, shipped: FrameworkContent
) -> None:
    def spoil(data: dict[str, Any]) -> None:
        data["framework"]["version"] = "0.9"
        data["profiles"][1]["code"] = "R1"
        data["profiles"][2]["staff_level"] = "pirates"
        data["profiles"][3]["requirements"] |= {"V1": "5**", "V2": "5*", "V3": 0, "X9": "2"}

    assert [str(fault) for fault in profile_faults(tmp_path, shipped, spoil)] == [
        "framework.version: made for '0.9', read with '1.0'; "
        "review the profiles and name the framework they are for",
        "profiles.1.code: 'R1' is the code of profiles.0 already; give each its own",
        "profiles.2.staff_level: 'pirates' isn't a staff level; use one of recruits, officers, "
        "specialists, supervisors, managers, executives, support",
        "profiles.3.requirements.V1: '5**' isn't a requirement; "
        "write a level, with one * if critical",
        "profiles.3.requirements.V2: '5*' is above the top of the scale, 4",
        "profiles.3.requirements.V3: '0' asks for nothing; leave the competency out",
        "profiles.3.requirements.X9: 'X9' isn't a competency of customs-framework; "
        "correct the code",
    ]


def test_only_a_level_with_one_star_is_a_requirement(
    tmp_path: Path, shipped: FrameworkContent
) -> None:
    wrong = ["", "*", "*4", "4 *", "-1", "2.5", "four", "٣", "4*\n", "9999"]

    def spoil(data: dict[str, Any]) -> None:
        data["profiles"][1]["requirements"] = {
            f"O{number}": text for number, text in enumerate(wrong, start=1)
        }

    assert profile_faults(tmp_path, shipped, spoil) == tuple(
        Fault(
            f"profiles.1.requirements.O{number}",
            f"{text!r} isn't a requirement; write a level, with one * if critical",
        )
        for number, text in enumerate(wrong, start=1)
    )


def test_a_competency_or_level_given_twice_is_not_overwritten_in_silence(tmp_path: Path) -> None:
    text = FRAMEWORK.read_text(encoding="utf-8")
    text = text.replace("    weight: 3\n", "    weight: 3\n    weight: 2\n", 1)
    text += "      4: A second fourth text.\n"
    path = tmp_path / "twice.yaml"
    path.write_text(text, encoding="utf-8")
    lines = text.split("\n")
    weight = lines.index("    weight: 2") + 1

    with pytest.raises(ContentError) as caught:
        framework(path)

    assert caught.value.faults == (
        Fault(f"line {weight}", f"'weight' stands on line {weight - 1} already; keep one"),
        Fault(f"line {len(lines) - 1}", f"'4' stands on line {len(lines) - 2} already; keep one"),
    )


def test_a_requirement_given_twice_on_one_line_is_found(
    tmp_path: Path, shipped: FrameworkContent
) -> None:
    text = PROFILES.read_text(encoding="utf-8").replace('{V1: "4*",', '{V1: "4*", V1: "2",', 1)
    path = tmp_path / "twice.yaml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(ContentError, match="'V1' stands on line .* already; keep one"):
        profiles(path, shipped)


def test_a_level_may_be_written_as_a_number(tmp_path: Path, shipped: FrameworkContent) -> None:
    def spoil(data: dict[str, Any]) -> None:
        data["profiles"][0]["requirements"]["V2"] = 3

    read = profiles(spoiled(tmp_path, PROFILES, spoil), shipped)

    assert read.profiles[0].requirements[1] == RequirementContent(
        "V2", level=3, critical=False, weight=2
    )


def test_a_profile_that_asks_for_nothing_is_refused(
    tmp_path: Path, shipped: FrameworkContent
) -> None:
    def spoil(data: dict[str, Any]) -> None:
        data["profiles"][7]["requirements"] = {}

    faults = profile_faults(tmp_path, shipped, spoil)

    assert [fault.place for fault in faults] == ["profiles.7.requirements"]


def test_an_administration_may_read_its_own_small_framework(tmp_path: Path) -> None:
    def spoil(data: dict[str, Any]) -> None:
        data["scale"] = data["scale"][:3]
        data["competencies"] = data["competencies"][:1]
        data["competencies"][0]["levels"] = {2: "Second.", 1: "First."}

    own = framework(spoiled(tmp_path, FRAMEWORK, spoil))

    assert own.top == 2
    assert [b.text for b in own.competencies[0].levels] == ["First.", "Second."]
    assert own.groups[0] == GroupContent(
        "V", "Values", "Examples of behaviour, from the supervisor and from a peer", False
    )


def test_staff_levels_are_read_with_their_titles(jobs: ProfilesContent) -> None:
    assert jobs.staff_levels[0] == StaffLevelContent("recruits", "Recruits")
    assert jobs.staff_levels[-1] == StaffLevelContent("support", "Support staff")
