"""How many objectives there are, what each is tied to, and which areas of work have a rule."""

import pytest

from diagnostics.models import CorporateObjective
from hrplan.documents.nodes import Section
from hrplan.strategy.models import PolicyRule
from hrplan.strategy.report.work import arrangements_section
from hrplan.strategy.usecases import contents, read, ties
from tests.strategy import make_strategy

AREAS = ["approval", "office", "monitoring", "improvement"]


def tied(strategy, code, *, corporate=True, findings=("D1.1",), indicator=True):
    row = make_strategy.objective(strategy, code, findings=list(findings))
    if corporate:
        made, _new = CorporateObjective.objects.get_or_create(
            administration=strategy.administration, code="CO1", defaults={"title": "Trade"}
        )
        row.corporate_objectives.add(made)
    if indicator:
        make_strategy.indicator(row, f"K-{code}")
    return row


def loose(customs):
    """The loose ends of the lines, which are those of the rows."""
    found = ties.loose_ends(read.strategy_overview(customs).objectives)
    assert found == ties.loose_ends_of(customs)
    return found


@pytest.mark.parametrize(("n", "few", "many"), [
    (0, False, False), (3, True, False), (4, False, False), (6, False, False), (7, False, True),
])  # fmt: skip
def test_four_to_six_objectives_are_advised(n, few, many, customs):
    made = make_strategy.strategy(customs)
    for number in range(n):
        tied(made, f"SO{number}")
    found = loose(customs)
    assert (found.is_few, found.is_many, found.has_any) == (few, many, few or many)


def test_an_objective_is_told_what_it_is_not_tied_to(customs, ruth, as_):
    made = make_strategy.strategy(customs)
    tied(made, "SO1")
    row = tied(made, "SO2", corporate=False, findings=(), indicator=False)
    (line,) = loose(customs).untied
    assert line.code == "SO2"
    assert line.missing == (
        "serves no corporate objective",
        "answers no finding",
        "has no indicator",
    )
    page = as_(ruth).get("/customs/strategy/").content.decode()
    assert "2 objectives stand here; 4 to 6 are advised." in page
    assert "serves no corporate objective, answers no finding, has no indicator" in page
    own = as_(ruth).get(row.get_absolute_url()).content.decode()
    assert "Serves no corporate objective, answers no finding, has no indicator." in own


def test_a_strategy_whose_objectives_are_few_and_tied_is_left_in_peace(customs, ruth, as_):
    made = make_strategy.strategy(customs)
    for number in range(5):
        tied(made, f"SO{number}")
    page = as_(ruth).get("/customs/strategy/").content.decode()
    assert "Objectives to look at again" not in page


def rule(customs, kind):
    PolicyRule.objects.create(
        administration=customs, kind=kind, title=f"On {kind}", text="So it is."
    )


def test_the_document_tells_the_four_areas_in_their_order_under_their_own_titles(customs):
    make_strategy.strategy(customs)
    for kind in reversed(AREAS):
        rule(customs, kind)
    section = arrangements_section(contents.strategy_contents(customs))
    assert [one.title for one in section.blocks if isinstance(one, Section)] == [
        "Budget approval",
        "Project management office",
        "Monitoring",
        "Continuous improvement",
    ]


def test_an_area_without_a_rule_is_left_out_of_the_document_and_told_on_the_page(
    customs, ruth, as_
):
    make_strategy.strategy(customs)
    rule(customs, "office")
    section = arrangements_section(contents.strategy_contents(customs))
    assert [one.title for one in section.blocks] == ["Project management office"]
    page = as_(ruth).get("/customs/strategy/decisions/").content.decode()
    assert "Nothing is said on budget approval." in page
    assert "Nothing is said on the project management office." not in page


def test_rules_stand_by_kind_in_the_order_of_the_documents(customs):
    for kind in reversed(PolicyRule.Kind.values):
        rule(customs, kind)
    assert [one.kind for one in contents.policy_rules(customs)] == PolicyRule.Kind.values


def test_whoever_gets_the_documents_ready_reads_of_loose_ends_beside_the_checks(
    customs, alice, as_
):
    client = as_(alice)
    before = client.get("/customs/checks/").content.decode()
    assert "Areas of implementation without a rule" not in before
    tied(make_strategy.strategy(customs), "SO1", corporate=False)
    page = client.get("/customs/checks/").content.decode()
    assert "1 objective stands here; 4 to 6 are advised." in page
    assert "serves no corporate objective" in page
    assert "Nothing is said on continuous improvement." in page
