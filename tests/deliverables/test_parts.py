"""Submissions of one or two of the three documents, side by side."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from hrplan.core.models import Administration, Member, Role
from hrplan.deliverables.analysis.checks import Outcome
from hrplan.deliverables.analysis.facts import Fault
from hrplan.deliverables.analysis.sending import Sent, stopping
from hrplan.deliverables.models import DocumentVersion, Move, Submission
from hrplan.deliverables.rules import RULES, STOPS
from hrplan.deliverables.usecases import (
    carrying,
    chain,
    checklist,
    comments,
    documents,
    files,
    line_decisions,
    links,
    papers,
    submissions,
    verdicts,
    versions,
)
from hrplan.deliverables.usecases.in_force import in_force
from hrplan.documents.stored import from_json
from hrplan.strategy.models import Indicator
from tests import make
from tests.deliverables import seats as chairs
from tests.deliverables.make_deliverables import house
from tests.deliverables.seats import TO_DECISION, go
from tests.once import once
from training_calendar.models import Intervention, Plan, TrainingSession

pytestmark = [pytest.mark.whole, pytest.mark.both]
State = Submission.State
STRATEGY, PLAN, CALENDAR = KINDS = ("hr-strategy", "hr-development-plan", "training-calendar")
JSON = "application/json"
NEW = "/customs/submissions/new/"
REST = "/api/v1/customs/submissions/"


def build() -> None:
    """Versions of all three documents, made by Alice."""
    customs = make.administration("customs")
    house(customs)
    versions.freeze(customs, by=make.member(customs, Role.HR_OFFICER, "alice"))


made_once = once(build)


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def customs(made_once, db):
    return Administration.objects.get(slug="customs")


@pytest.fixture
def alice(customs):
    return Member.objects.get(user__email="alice@customs.example")


@pytest.fixture
def seats(customs, alice, mona, carol):
    return chairs.seats(customs, alice, mona, carol)


def of(*kinds, by):
    return submissions.make_submission(by.administration, kinds, by=by)


def held(submission):
    return set(submission.versions.values_list("kind", flat=True))


def ruled(submission, seats, kind, key, ruling="cut", why="Too dear"):
    return line_decisions.rule(
        submission, kind=kind, key=key, ruling=ruling, condition=why, by=seats.ministry["finance"]
    )


# --- Chosen ------------------------------------------------------------------------------------


def test_the_page_offers_all_three_and_sends_those_that_are_chosen(as_, alice):
    page = as_(alice).get(NEW).content.decode()
    assert page.count("checked") == 3
    assert "HR Strategy, version 1" in page

    none = as_(alice).post(NEW, {})
    as_(alice).post(NEW, {"documents": [STRATEGY, CALENDAR]})

    assert "Choose at least one" in none.content.decode()
    assert held(Submission.objects.get()) == {STRATEGY, CALENDAR}


def test_rest_takes_all_three_or_those_that_are_named(as_, alice):
    client = as_(alice)
    wrong = client.post(REST, {"documents": ["minutes"]}, JSON)
    none = client.post(REST, {"documents": []}, JSON)
    some = client.post(REST, {"documents": [PLAN]}, JSON)
    held_already = client.post(REST, {}, JSON)
    narrowed = client.post(
        f"{REST}{some.json()['id']}/renew/", {"documents": [PLAN, STRATEGY]}, JSON
    )

    assert [one.status_code for one in (wrong, none, some, held_already)] == [400, 400, 201, 400]
    assert some.json()["documents"] == [PLAN]
    assert "submission 1 (draft)" in held_already.content.decode()
    assert narrowed.json()["documents"] == [STRATEGY, PLAN]


def test_a_document_is_in_one_open_submission_which_the_refusal_names(as_, alice, seats):
    first = of(STRATEGY, by=alice)
    go(first, seats, "review")
    words = r"HR Strategy is in submission 1 \(internal review\) already"
    with pytest.raises(ValidationError, match=words):
        of(STRATEGY, PLAN, by=alice)

    page = as_(alice).get(NEW).content.decode()
    asked = as_(alice).post(NEW, {"documents": [STRATEGY]}).content.decode()
    second = of(PLAN, by=alice)

    assert "HR Strategy: in submission 1 (internal review)" in page
    assert page.count("checked") == 2
    assert "is in submission 1 (internal review) already" in asked
    with pytest.raises(ValidationError, match=words):
        submissions.renew_versions(second, KINDS, by=alice)
    assert held(second) == {PLAN}


def test_once_in_force_a_document_is_free_for_the_next_submission(alice, seats):
    first = of(STRATEGY, by=alice)
    go(first, seats, *TO_DECISION, "approve")
    with pytest.raises(ValidationError, match="approved in full"):
        of(STRATEGY, by=alice)

    go(first, seats, "enforce")

    assert of(STRATEGY, by=alice).number == 2


def test_a_draft_changes_its_documents_and_later_only_their_versions(as_, alice, seats):
    draft = of(STRATEGY, PLAN, by=alice)
    address = f"/customs/submissions/{draft.pk}/renew/"

    as_(alice).post(address, {"choose": "1", "documents": [CALENDAR]})
    assert held(draft) == {CALENDAR}
    as_(alice).post(address, {"choose": "1"})
    assert held(draft) == {CALENDAR}  # a submission of nothing is refused

    asked = go(draft, seats, *TO_DECISION, "query")
    with pytest.raises(ValidationError, match="asked about Training Calendar"):
        submissions.renew_versions(asked, KINDS, by=alice)
    with pytest.raises(PermissionDenied):
        submissions.renew_versions(asked, by=seats.carol)


def test_the_list_tells_the_documents_of_each_submission_the_last_first(as_, alice):
    of(STRATEGY, by=alice)
    of(CALENDAR, by=alice)

    rows = documents.submissions(alice.administration, by=alice)
    page = as_(alice).get("/customs/submissions/").content.decode()

    assert [one.number for one in rows] == [2, 1]
    assert "HR Strategy" in page
    assert "HR Development Plan" not in page


def test_others_than_the_hr_officer_choose_nothing(as_, seats):
    for member in (seats.carol, seats.mona, seats.ministry["finance"]):
        assert as_(member).get(NEW).status_code == 403
        assert as_(member).post(NEW, {"documents": [PLAN]}).status_code == 403
        assert as_(member).post(REST, {"documents": [PLAN]}, JSON).status_code == 403

    assert not Submission.objects.exists()


# --- Rules -------------------------------------------------------------------------------------


def test_every_rule_stops_some_document():
    assert sorted(STOPS) == list(range(1, RULES + 1))
    assert all(STOPS.values())


@pytest.mark.parametrize("kinds", [(STRATEGY,), (PLAN,), (CALENDAR,), (PLAN, CALENDAR)])
def test_a_broken_rule_stops_the_documents_that_it_is_about(customs, alice, kinds):
    Indicator.objects.update(owner="")  # rule 2, of the strategy
    TrainingSession.objects.update(cost=9_000)  # rule 4, of the calendar against the plan
    versions.freeze(customs, by=alice)
    made = of(*kinds, by=alice)

    def review():
        return submissions.move(made, Move.REVIEW, by=alice)

    expected = {STRATEGY: "Rule 2", CALENDAR: "Rule 4"}
    stopped = [words for kind, words in expected.items() if kind in kinds]
    if not stopped:
        with pytest.raises(ValidationError, match="asked for"):  # only the empty seats
            review()
        return
    with pytest.raises(ValidationError) as refusal:
        review()
    assert [one[:6] for one in refusal.value.messages] == stopped


def sent(kind, headcount, *outcomes):
    return Sent(kind, kind.upper(), "2016-02-12", headcount, outcomes)


def test_the_same_people_are_counted_by_the_documents_sent_together():
    fault = Fault(STRATEGY, "headcount_differs")
    broken = Outcome(11, 3, (fault,))
    reason = Outcome(11, 3, (fault,), "One left on the day.")

    assert stopping([sent(PLAN, 9, broken), sent(CALENDAR, 9, broken)], STOPS) == ()
    assert stopping([sent(PLAN, 9, broken), sent(STRATEGY, 8, broken)], STOPS) == (11,)
    assert stopping([sent(PLAN, 9), sent(STRATEGY, 8)], STOPS) == (11,)
    assert stopping([sent(PLAN, 9, reason), sent(STRATEGY, 8, reason)], STOPS) == ()


def test_a_name_stops_the_document_that_it_stands_in():
    found = Outcome(12, 3, (Fault(PLAN.upper(), "person_named"),))

    assert stopping([sent(STRATEGY, 9, found), sent(CALENDAR, 9, found)], STOPS) == ()
    assert stopping([sent(STRATEGY, 9, found), sent(PLAN, 9, found)], STOPS) == (12,)


# --- Decided -----------------------------------------------------------------------------------


def test_two_submissions_go_their_ways_and_stand_beside_each_other(customs, as_, alice, seats):
    first, second = of(STRATEGY, by=alice), of(PLAN, CALENDAR, by=alice)
    go(first, seats, *TO_DECISION, "approve", "enforce")
    approved = dict(first.versions.values_list("kind", "digest"))
    go(second, seats, *TO_DECISION, "return", "revise")
    make.staff_member(make.unit(customs))
    versions.freeze(customs, by=alice)
    submissions.renew_versions(second, by=alice)
    go(second, seats, *TO_DECISION, "approve", "enforce")

    first.refresh_from_db()
    assert first.state == State.IN_FORCE
    assert dict(first.versions.values_list("kind", "digest")) == approved
    assert all(one.digests == approved for one in verdicts.counted(first))
    standing = in_force(customs)
    numbers = {kind: one.version.number for kind, one in standing.items()}
    assert numbers == {STRATEGY: 1, PLAN: 2, CALENDAR: 2}
    assert [standing[kind].submission for kind in KINDS] == [first, second, second]
    page = as_(alice).get("/customs/documents/").content.decode()
    assert page.count(first.get_absolute_url()) == 1
    assert page.count(second.get_absolute_url()) == 2
    rest = as_(alice).get("/api/v1/customs/documents/").json()
    assert [one["in_force"]["submission"] for one in rest] == [first.pk, second.pk, second.pk]


def test_a_later_submission_puts_its_own_documents_in_force_and_leaves_the_others(
    customs, as_, alice, seats
):
    whole = go(of(*KINDS, by=alice), seats, *TO_DECISION, "approve", "enforce")
    make.staff_member(make.unit(customs))
    versions.freeze(customs, by=alice)
    later = go(of(PLAN, by=alice), seats, *TO_DECISION, "approve", "enforce")

    standing = {kind: one.submission.number for kind, one in in_force(customs).items()}
    assert standing == {STRATEGY: 1, PLAN: 2, CALENDAR: 1}
    page = as_(alice).get(whole.get_absolute_url()).content.decode()
    assert later.get_absolute_url() in page

    go(later, seats, "report", "close")
    assert set(in_force(customs)) == {STRATEGY, CALENDAR}


def test_the_lines_of_a_part_are_those_of_its_documents(as_, alice, seats):
    deciding = go(of(CALENDAR, by=alice), seats, *TO_DECISION)
    line = Intervention.objects.first().code

    assert {one.kind for one in line_decisions.lines_of(deciding)} == {"session"}
    with pytest.raises(ValidationError, match="no such line"):
        ruled(deciding, seats, "intervention", line)
    page = as_(alice).get(f"/customs/submissions/{deciding.pk}/lines/").content.decode()
    assert 'value="session"' in page
    assert 'value="target"' not in page


def test_a_cut_calendar_is_carried_out_in_the_calendar(customs, alice, seats):
    deciding = go(of(CALENDAR, by=alice), seats, *TO_DECISION)
    session = TrainingSession.objects.order_by("starts_on").last()
    ruled(deciding, seats, "session", session.code)
    partly = go(deciding, seats, "approve_part")
    with pytest.raises(ValidationError, match="Carry out"):
        submissions.move(partly, Move.ENFORCE, by=seats.carol)

    done = carrying.carry_out(partly, by=alice)

    session.refresh_from_db()
    assert session.status == TrainingSession.Status.CANCELLED
    carried = done.carried.get()
    assert (carried.kind, carried.number) == (CALENDAR, 2)
    assert any(one.key == "ruled" for one in from_json(carried.tree).sections)
    assert set(done.effect) == {"closed", "people", "places", "sessions", "unmet", "cost"}
    assert go(done, seats, "enforce").state == State.IN_FORCE
    assert {kind: one.version for kind, one in in_force(customs).items()} == {CALENDAR: carried}


def test_a_calendar_of_another_plan_than_todays_is_not_carried_out(customs, alice, seats):
    deciding = go(of(CALENDAR, by=alice), seats, *TO_DECISION)
    ruled(deciding, seats, "session", TrainingSession.objects.first().code)
    partly = go(deciding, seats, "approve_part")
    other = Plan.objects.create(
        administration=customs, title="Last", as_of=customs.as_of, is_current=False
    )
    DocumentVersion.objects.filter(kind=CALENDAR).update(plan=other)

    with pytest.raises(ValidationError, match="Another plan has taken the place"):
        carrying.carry_out(partly, by=alice)

    assert not partly.carried.exists()
    assert not TrainingSession.objects.filter(status="cancelled").exists()


def test_a_strategy_cut_in_part_asks_for_no_plan_and_only_its_documents_say_so(
    customs, alice, seats
):
    DocumentVersion.objects.exclude(kind=STRATEGY).delete()
    deciding = go(of(STRATEGY, by=alice), seats, *TO_DECISION)
    ruled(deciding, seats, "target", Indicator.objects.get().code)

    done = carrying.carry_out(go(deciding, seats, "approve_part"), by=alice)

    assert [one.kind for one in done.carried.all()] == [STRATEGY]
    assert set(done.effect) == {"measures", "targets"}
    assert not DocumentVersion.objects.exclude(kind=STRATEGY).exists()  # nobody asked for them


def test_each_document_prints_the_last_decision_on_itself(customs, alice, seats):
    first = go(of(STRATEGY, by=alice), seats, *TO_DECISION)
    second = go(of(PLAN, CALENDAR, by=alice), seats, *TO_DECISION)
    code = TrainingSession.objects.order_by("starts_on").last().code
    ruled(first, seats, "target", Indicator.objects.get().code, "condition", "Twice a year")
    ruled(second, seats, "session", code, "condition", "Held at home")
    carrying.carry_out(go(first, seats, "approve_part"), by=alice)
    carrying.carry_out(go(second, seats, "approve_part"), by=alice)

    told = {}
    for one in versions.freeze(customs, by=alice):
        annex = next(part for part in from_json(one.tree).sections if part.key == "ruled")
        told[one.kind] = str(annex)
        table = next(block for block in annex.blocks if getattr(block, "key", "") == "ruled-lines")
        assert [source.n for source in table.sources] == [1]
    assert "Twice a year" in told[STRATEGY]
    assert "Held at home" not in told[STRATEGY]
    for kind in (PLAN, CALENDAR):
        assert "Held at home" in told[kind]
        assert "Twice a year" not in told[kind]


def test_a_plan_cut_first_and_its_calendar_cut_later_are_both_carried_out(customs, alice, seats):
    plan, calendar = of(PLAN, by=alice), of(CALENDAR, by=alice)
    line = Intervention.objects.order_by("rank").last()
    gone = TrainingSession.objects.get(intervention=line).code
    for deciding, kind, key in ((plan, "intervention", line.code), (calendar, "session", gone)):
        ruled(go(deciding, seats, *TO_DECISION), seats, kind, key)
        carrying.carry_out(go(deciding, seats, "approve_part"), by=alice)

    standing = TrainingSession.objects.exclude(status=TrainingSession.Status.CANCELLED)
    assert gone not in set(standing.values_list("code", flat=True))
    assert standing.count() == 1
    assert [one.kind for one in calendar.carried.all()] == [CALENDAR]


# --- Read by the ministry ----------------------------------------------------------------------


def test_a_link_and_the_ministrys_seat_read_the_documents_sent_and_no_others(
    as_, client, alice, seats
):
    part = go(of(PLAN, by=alice), seats, *TO_DECISION[:-1])
    made = links.make_link(part, name="Lena Long", by=alice)
    shown = links.link_shown(made.link)

    assert [one.kind for one in shown.versions] == [PLAN]
    page = client.get(f"/review/{made.secret}/").content.decode()
    assert "HR Development Plan, version 1" in page
    assert "HR Strategy, version 1" not in page
    strategy = DocumentVersion.objects.get(kind=STRATEGY)
    assert client.get(f"/review/{made.secret}/documents/{strategy.pk}/").status_code == 404
    reader = seats.ministry["legal"]
    assert as_(reader).get(strategy.get_absolute_url()).status_code == 404
    assert {one.kind for one in DocumentVersion.objects.visible_to(reader)} == {PLAN}


def test_tests_of_a_reviewer_say_what_other_documents_answer(as_, alice):
    part = of(CALENDAR, by=alice)
    found = {one.test.key: one for one in checklist.tested(part.versions.all())}

    assert found["posts"].answers == ()
    assert found["posts"].elsewhere == ("HR Strategy",)
    assert {one.document for one in found["cost"].answers} <= {"Training Calendar"}
    page = as_(alice).get(f"/customs/submissions/{part.pk}/checklist/").content.decode()
    assert "HR Strategy: not in this submission" in page
    rest = as_(alice).get(f"{REST}{part.pk}/tests/").json()
    assert next(one for one in rest if one["key"] == "posts")["elsewhere"] == ["HR Strategy"]


def test_remarks_of_two_submissions_stand_in_the_matrix_of_their_document(as_, alice, seats):
    reviewer = seats.ministry["legal"]
    for kind in (STRATEGY, PLAN):
        go(of(kind, by=alice), seats, *TO_DECISION)
        version = DocumentVersion.objects.get(kind=kind)
        place = comments.places_of(version)[0].anchor
        comments.comment(version, anchor=place, text=f"On {kind}.", by=reviewer)

    for kind in (STRATEGY, PLAN):
        rows = comments.responses(alice.administration, kind, by=alice)
        assert [one.text for one in rows] == [f"On {kind}."]
        page = as_(reviewer).get(f"/customs/documents/{kind}/responses/").content.decode()
        assert f"On {kind}." in page


def test_a_file_of_a_part_is_recognised_and_a_paper_decides_on_it(alice, seats):
    part = go(of(PLAN, by=alice), seats, *TO_DECISION)
    version = part.versions.get()
    assert versions.verify(files.render(version, "docx")).state == "unchanged"
    scan = SimpleUploadedFile("signed.pdf", b"%PDF-1.4 signed")

    papers.record(
        part, step=part.steps.get(stage="decision").pk, move="approve", name="Petra Paper",
        on=timezone.localdate(), file=scan, by=alice, shown=submissions.shown_hash(part),
    )  # fmt: skip

    part.refresh_from_db()
    assert part.state == State.APPROVED


# --- Four eyes ---------------------------------------------------------------------------------


@pytest.mark.parametrize("door", ["page", "rest"])
def test_who_made_a_document_of_the_part_takes_no_step_of_it(as_, alice, seats, door):
    part = go(of(PLAN, by=alice), seats, "review", "pass", "sign")
    head = Member.objects.get(pk=seats.carol.pk)
    DocumentVersion.objects.filter(kind=PLAN).update(made_by=head)

    def endorse():
        told = {"move": "endorse", "shown": submissions.shown_hash(part)}
        if door == "page":
            return as_(head).post(f"{part.get_absolute_url()}move/", told).status_code
        return as_(head).post(f"{REST}{part.pk}/move/", told, JSON).status_code

    assert endorse() == 403
    part.refresh_from_db()
    assert part.state == State.ENDORSING
    DocumentVersion.objects.update(made_by=alice)
    DocumentVersion.objects.filter(kind=STRATEGY).update(made_by=head)  # one that is not in it

    assert endorse() in {200, 302}
    part.refresh_from_db()
    assert part.state == State.ENDORSED


def test_a_delegate_who_made_a_document_of_another_part_acts_for_the_head(customs, alice, seats):
    second = make.member(customs, Role.HR_OFFICER, "second")
    DocumentVersion.objects.filter(kind=STRATEGY).update(made_by=second)
    today = timezone.localdate()
    to = {"to": second, "starts_on": today, "ends_on": today + timedelta(days=1)}
    chain.delegate(by=seats.carol, **to)
    parts = [go(of(kind, by=alice), seats, "review", "pass", "sign") for kind in (STRATEGY, PLAN)]

    assert [verdicts.can_move(second, one, Move.ENDORSE) for one in parts] == [False, True]
