"""The pages of methods say what the code does: sections exist, constants are those in force."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from competencies.analysis.held_levels import HeldLevelConstants
from competencies.analysis.staffing import WorkingTime
from diagnostics.analysis.findings import FindingConstants
from diagnostics.analysis.scoring import ScoringConstants
from diagnostics.analysis.spread import CampConstants
from training_calendar.analysis.costs import TimeRates
from training_calendar.analysis.priorities import PriorityConstants

HOUSE = Path(__file__).parent.parent
METHODS = HOUSE / "docs" / "methods"
PURE = sorted(
    path
    for folder in ("competencies", "diagnostics", "training_calendar")
    for path in (HOUSE / folder / "analysis").glob("*.py")
)
QUOTED = re.compile(r'docs/methods/([a-z-]+\.md)(?:,\s+"([^"]+)")?')
ROW = re.compile(r"^\| `(\w+)` \| (\S+) \|$", re.MULTILINE)
PAGES = {
    "held-level.md": HeldLevelConstants(),
    "maturity-score.md": ScoringConstants(),
    "findings.md": FindingConstants(),
    "agreement.md": CampConstants(),
    "priorities.md": PriorityConstants(),
    "costs.md": TimeRates(),
    "staffing.md": WorkingTime(),
}


@pytest.mark.parametrize("path", PURE, ids=lambda path: path.stem)
def test_every_source_that_is_quoted_exists(path):
    for page, section in QUOTED.findall(path.read_text(encoding="utf-8")):
        text = (METHODS / page).read_text(encoding="utf-8")
        assert not section or f"\n## {section}\n" in text, f"{page} has no section {section}"


@pytest.mark.parametrize("page", PAGES)
def test_a_page_states_the_constants_in_force(page):
    constants = PAGES[page]
    in_force = {item.name: getattr(constants, item.name) for item in fields(constants)}
    plain = {name: value for name, value in in_force.items() if not hasattr(value, "keys")}

    stated = dict(ROW.findall((METHODS / page).read_text(encoding="utf-8")))

    assert stated.keys() == plain.keys()
    assert {name: None if text == "None" else float(text) for name, text in stated.items()} == plain


FORMULAS = sorted(
    path.name for path in METHODS.glob("*.md") if "**Question.**" in path.read_text("utf-8")
)


@pytest.mark.parametrize("page", FORMULAS)
def test_a_page_of_a_formula_has_an_example_and_its_limits(page):
    text = (METHODS / page).read_text(encoding="utf-8")

    assert "\n## Worked example\n" in text
    assert "\n## Limits\n" in text
