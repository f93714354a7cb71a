"""Decision by line: the lines as frozen, the ruling on each, and versions without what is cut."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from hrplan.core.models import Administration, Member, Role
from hrplan.deliverables.models import LineDecision, Move, Submission
from hrplan.deliverables.usecases import carrying, line_decisions, submissions, versions
from hrplan.deliverables.usecases.drafts import draft_document
from hrplan.documents.nodes import Table
from hrplan.documents.stored import from_json
from hrplan.strategy.models import Initiative, Objective, Strategy, StrategyCost, TargetChange
from tests import make
from tests.deliverables import seats as chairs
from tests.deliverables.make_deliverables import house
from tests.deliverables.seats import TO_DECISION, go
from tests.once import once
from training_calendar.models import Plan, TrainingSession

pytestmark = [pytest.mark.whole, pytest.mark.both]


def build() -> int:
    """A submission that Alice made, with an initiative of two cost lines."""
    customs = make.administration("customs")
    house(customs)
    objective = Objective.objects.get()
    initiative = Initiative.objects.create(
        administration=customs, strategy=Strategy.objects.get(), objective=objective, code="A1",
        theme="learning", title="A training unit", action="Found it", owner="HR",
        starts_on="2016-04-01", ends_on="2017-03-31",
    )  # fmt: skip
    for line, amount in (("31", 800), ("40", 200)):
        StrategyCost.objects.create(
            administration=customs, initiative=initiative, fiscal_year="2016/17",
            budget_line=line, title=f"Item {line}", quantity=1, unit="piece", rate=amount,
            amount=amount, funding="within", source="Vote",
        )  # fmt: skip
    alice = make.member(customs, Role.HR_OFFICER, "alice")
    versions.freeze(customs, by=alice)
    return submissions.make_submission(customs, by=alice).pk


made_once = once(build)


@pytest.fixture
def customs(made_once, db):
    return Administration.objects.get(slug="customs")


@pytest.fixture
def alice(customs):
    return Member.objects.get(user__email="alice@customs.example")


@pytest.fixture
def seats(customs, alice, mona, carol):
    return chairs.seats(customs, alice, mona, carol)


@pytest.fixture
def deciding(made_once, customs, seats):
    return go(Submission.objects.get(pk=made_once), seats, *TO_DECISION)


def ruled(submission, seats, kind, key, ruling, why="Too dear"):
    return line_decisions.rule(
        submission, kind=kind, key=key, ruling=ruling, condition=why, by=seats.ministry["finance"]
    )


def keys(submission, kind):
    lines = line_decisions.narrowed(line_decisions.lines_of(submission), kind=kind)
    return [line.key for line in lines]


def test_the_lines_are_those_that_the_frozen_documents_have(deciding):
    codes = list(TrainingSession.objects.order_by("starts_on").values_list("code", flat=True))
    assert sorted(keys(deciding, "session")) == sorted(codes)
    assert keys(deciding, "initiative") == ["A1"]
    assert keys(deciding, "cost") == ["A1 2016/17 31 Item 31", "A1 2016/17 40 Item 40"]
    assert len(keys(deciding, "target")) == 1

    TrainingSession.objects.filter(code=codes[0]).update(code="other")

    assert "other" not in keys(deciding, "session")


def test_a_cut_and_a_condition_need_words_and_a_line_that_stands(deciding, seats):
    session = keys(deciding, "session")[0]
    for kind, key, ruling, why, words in (
        ("session", session, "cut", " ", "Say why"),
        ("session", "nothing", "cut", "Too dear", "no such line"),
        ("session", session, "perhaps", "", "Accept it, cut it"),
    ):
        with pytest.raises(ValidationError, match=words):
            ruled(deciding, seats, kind, key, ruling, why)

    assert not LineDecision.objects.exists()


def test_only_whoever_decides_rules_on_lines_and_only_until_it_is_decided(deciding, alice, seats):
    session = keys(deciding, "session")[0]
    for member in (alice, seats.carol, seats.ministry["legal"]):
        with pytest.raises(PermissionDenied):
            line_decisions.rule(
                deciding, kind="session", key=session, ruling="cut", condition="No", by=member
            )
    ruled(deciding, seats, "session", session, "cut")
    partly = go(deciding, seats, "approve_part")

    with pytest.raises(PermissionDenied):
        ruled(partly, seats, "session", session, "accept")


def test_an_initiative_that_is_cut_counts_its_money_once(deciding, seats):
    ruled(deciding, seats, "initiative", "A1", "cut")
    ruled(deciding, seats, "cost", "A1 2016/17 31 Item 31", "cut")

    assert line_decisions.decided(line_decisions.lines_of(deciding)).cut_amount == 1000


def test_new_versions_are_without_what_was_cut_and_say_what_it_does(deciding, alice, seats):
    session = TrainingSession.objects.order_by("starts_on").last()
    before = Plan.objects.get().closed_gap
    ruled(deciding, seats, "session", session.code, "cut")
    ruled(deciding, seats, "cost", "A1 2016/17 40 Item 40", "cut")
    target = keys(deciding, "target")[0]
    ruled(deciding, seats, "target", target, "cut")
    ruled(deciding, seats, "initiative", "A1", "condition", "Report by June")
    digests = dict(deciding.versions.values_list("kind", "digest"))
    partly = go(deciding, seats, "approve_part")

    done = carrying.carry_out(partly, by=alice)

    assert dict(done.versions.values_list("kind", "digest")) == digests  # what was approved stays
    assert done.carried.count() == 3
    closed = done.effect["closed"]
    assert closed == [pytest.approx(before), pytest.approx(Plan.objects.get().closed_gap)]
    assert done.effect["measures"] == [1000, 800]
    assert done.effect["targets"] == [1, 0]
    assert StrategyCost.objects.standing().get().title == "Item 31"
    assert TargetChange.objects.get().after is None
    for version in done.carried.all():
        annex = next(one for one in from_json(version.tree).sections if one.key == "ruled")
        told = str(annex)
        assert session.code in told
        assert "Report by June" in told
        assert "As approved" in told
    kept = {line["key"] for one in done.carried.all() for line in one.snapshot["lines"]}
    assert not {session.code, "A1 2016/17 40 Item 40", target} & kept


def test_lines_ruled_on_since_and_those_accepted_are_not_behind_the_annex(deciding, alice, seats):
    session, other = keys(deciding, "session")
    ruled(deciding, seats, "session", session, "condition", "In May")
    ruled(deciding, seats, "session", other, "accept", "")
    carrying.carry_out(go(deciding, seats, "approve_part"), by=alice)
    waiting = Submission.objects.create(
        administration=deciding.administration, number=9, author=alice, state="decision"
    )
    LineDecision.objects.create(
        submission=waiting, administration=deciding.administration, kind="session", key=session,
        ruling="cut",
    )  # fmt: skip

    document = draft_document(deciding.administration, "training-calendar")

    annex = next(one for one in document.sections if one.key == "ruled")
    lines = next(one for one in annex.blocks if isinstance(one, Table))
    assert [(one.table, one.n) for one in lines.sources] == [("line_decisions", 1)]
    assert len(lines.rows) == 1


def test_it_is_carried_out_once_and_then_put_in_force(deciding, alice, seats):
    ruled(deciding, seats, "session", keys(deciding, "session")[0], "condition", "In May")
    with pytest.raises(ValidationError, match="no decision that waits"):
        carrying.carry_out(deciding, by=alice)
    partly = go(deciding, seats, "approve_part")
    with pytest.raises(PermissionDenied):
        carrying.carry_out(partly, by=seats.carol)
    done = carrying.carry_out(partly, by=alice)

    with pytest.raises(ValidationError, match="no decision that waits"):
        carrying.carry_out(done, by=alice)
    assert go(done, seats, "enforce").state == Submission.State.IN_FORCE


def test_the_page_rules_on_a_line_and_shows_what_was_decided(deciding, as_, alice, seats):
    address = f"/customs/submissions/{deciding.pk}/lines/"
    decider = as_(seats.ministry["finance"])
    session = keys(deciding, "session")[0]
    asked = {"kind": "session", "key": session, "ruling": "cut", "condition": "Held in 2015"}

    answer = decider.post(f"{address}?kind=session", asked)

    assert answer.url == f"{address}?kind=session"
    page = as_(alice).get(f"{address}?ruling=cut").content.decode()
    assert "Held in 2015" in page
    assert session in page
    assert "A1 2016/17 31 Item 31" not in page
    assert as_(alice).post(address, asked).status_code == 403
    shown = as_(alice).get(deciding.get_absolute_url()).content.decode()
    assert "Decided on: 1; cut: 1; on a condition: 0." in shown


def test_what_was_decided_is_carried_out_as_long_work(deciding, as_, alice, seats):
    ruled(deciding, seats, "session", keys(deciding, "session")[0], "cut")
    go(deciding, seats, Move.APPROVE_PART)

    answer = as_(alice).post(f"/customs/submissions/{deciding.pk}/carry-out/")

    assert answer.url.startswith("/customs/runs/")
