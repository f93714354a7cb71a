"""Links for the ministry's people without an account, and what they answered on paper."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from hrplan.core.models import Administration, AuditEntry, Member, Role
from hrplan.deliverables import rules
from hrplan.deliverables.contents.checklist import TESTS
from hrplan.deliverables.contents.documents import PARTS
from hrplan.deliverables.models import (
    ChainStep,
    Comment,
    LinkUse,
    Move,
    ReviewLink,
    Submission,
    Verdict,
)
from hrplan.deliverables.usecases import (
    checklist,
    comments,
    line_decisions,
    links,
    outside,
    papers,
    submissions,
    verdicts,
    versions,
)
from tests import make
from tests.deliverables import seats as chairs
from tests.deliverables.make_deliverables import house
from tests.deliverables.seats import TO_DECISION, go
from tests.once import once

pytestmark = [pytest.mark.whole]
State = Submission.State
PDF = b"%PDF-1.4\n1 0 obj"


def build() -> int:
    """A submission that Alice made."""
    customs = make.administration("customs")
    house(customs)
    alice = make.member(customs, Role.HR_OFFICER, "alice")
    versions.freeze(customs, by=alice)
    return submissions.make_submission(customs, by=alice).pk


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


@pytest.fixture
def sent(made_once, db):
    return Submission.objects.get(pk=made_once)


@pytest.fixture
def received(sent, seats):
    """Before the three bodies of the ministry."""
    return go(sent, seats, *TO_DECISION[:-1])


@pytest.fixture
def decision(sent, seats):
    """Before the head of the ministry."""
    return go(sent, seats, *TO_DECISION)


def step_of(submission, body):
    return submission.steps.get(body=body)


def link(submission, body="", name="Lena Long", **fields):
    """A link of a person for the step of a body, or for comments."""
    step = step_of(submission, body).pk if body else None
    by = Member.objects.get(user__email="alice@customs.example")
    return links.make_link(submission, name=name, step=step, by=by, **fields)


def said(made, move, note="", shown=None):
    told = submissions.shown_hash(made.link.submission) if shown is None else shown
    return links.say(made.link, move, note=note, shown=told)


def scan(data=PDF, name="page.pdf"):
    return SimpleUploadedFile(name, data)


def recorded(submission, alice, body="legal", move="clear", **fields):
    told = {"name": "Lea Law", "on": timezone.localdate(), "file": scan(), "by": alice}
    told |= {"shown": submissions.shown_hash(submission)}
    return papers.record(submission, step=step_of(submission, body).pk, move=move, **told | fields)


# --- The link ----------------------------------------------------------------------------------


def test_the_secret_of_a_link_is_kept_nowhere(received):
    made = link(received)

    assert made.secret not in str(ReviewLink.objects.values().get())
    assert links.live(made.secret) == made.link
    assert made.secret not in str(list(AuditEntry.objects.values()))


def test_a_link_ends_by_itself_and_at_once_when_it_is_revoked(received, carol):
    made, other = link(received), link(received, name="Otto Other")
    assert made.link.expires_on == timezone.localdate() + timedelta(days=21)

    links.revoke(made.link, by=carol)
    ReviewLink.objects.filter(pk=other.link.pk).update(
        expires_on=timezone.localdate() - timedelta(days=1)
    )

    assert links.live(made.secret) is links.live(other.secret) is None
    for gone in (made, other):
        with pytest.raises(ValidationError, match="only reads"):
            links.comment(
                gone.link, received.versions.first(), anchor="anywhere", text="I was here."
            )


@pytest.mark.parametrize("days", [-1, 91])
def test_a_link_lasts_ninety_days_at_most(received, days):
    with pytest.raises(ValidationError, match="at most 90 days"):
        link(received, expires_on=timezone.localdate() + timedelta(days=days))


def test_links_are_made_for_what_the_ministry_has_and_for_its_own_steps(sent, alice, seats):
    with pytest.raises(ValidationError, match="once it is submitted"):
        link(sent)
    received = go(sent, seats, *TO_DECISION[:-1])

    with pytest.raises(ValidationError, match="not the ministry's"):
        links.make_link(received, name="X", step=received.steps.get(stage="signing").pk, by=alice)
    for member in (seats.mona, seats.ministry["legal"]):
        with pytest.raises(PermissionDenied):
            links.make_link(received, name="X", by=member)


def test_one_step_is_taken_by_a_link_and_then_it_only_reads(received):
    made = link(received, "legal", function="Legal counsel")

    kept = said(made, Move.CLEAR)

    passage = received.passages.last()
    assert (kept.said_by, kept.link, kept.by) == ("Lena Long (Legal counsel)", made.link, None)
    assert (passage.move, passage.said_by, passage.by) == ("clear", kept.said_by, None)
    assert kept.digests == verdicts.digests_of(received)
    with pytest.raises(ValidationError, match="only reads"):
        said(made, Move.CLEAR)
    assert links.live(made.secret) is not None
    assert [use.what for use in LinkUse.objects.all()] == ["clear"]


def test_a_link_asks_and_returns_with_a_reason_like_an_account(decision):
    made = link(decision, "finance")
    with pytest.raises(ValidationError, match="Say why"):
        said(made, Move.RETURN)

    said(made, Move.RETURN, note="Line 43 is not explained.")

    decision.refresh_from_db()
    assert (decision.state, decision.passages.last().note) == (
        State.RETURNED, "Line 43 is not explained."
    )  # fmt: skip


def test_the_ministry_gets_by_without_any_account(customs, alice, mona, carol, sent):
    house = {"review": alice, "pass": mona, "sign": mona, "endorse": carol, "submit": carol}
    for step, member in house.items():
        sent = submissions.move(sent, step, by=member, shown=submissions.shown_hash(sent))
    budget = link(sent, "budget", name="Bea Budget")
    assert links.link_shown(budget.link).moves == (Move.RECEIVE,)
    said(budget, Move.RECEIVE)
    for body, name in (("budget", ""), ("public_service", "Pia"), ("legal", "Lea")):
        sent.refresh_from_db()
        said(link(sent, body, name=name) if name else budget, Move.CLEAR)
    sent.refresh_from_db()

    said(link(sent, "finance", name="Fay Finance"), Move.APPROVE)

    sent.refresh_from_db()
    assert sent.state == State.APPROVED


def test_who_decides_by_a_link_rules_on_the_lines_and_approves_in_part(decision):
    made = link(decision, "finance", name="Fay Finance")
    line = line_decisions.lines_of(decision)[0]
    wanted = {"kind": line.kind, "key": line.key}
    with pytest.raises(ValidationError, match="Say why"):
        links.rule(made.link, **wanted, ruling="cut")

    links.rule(made.link, **wanted, ruling="cut", condition="No money")

    row = decision.line_decisions.get()
    assert (row.ruling, row.by, row.said_by) == ("cut", None, "Fay Finance")
    assert Move.APPROVE not in links.link_shown(made.link).moves
    said(made, Move.APPROVE_PART)
    with pytest.raises(ValidationError, match="only reads"):
        links.rule(made.link, **wanted, ruling="accept")
    decision.refresh_from_db()
    assert decision.state == State.PARTLY


def test_a_link_that_does_not_decide_rules_on_no_line(received, seats, alice):
    line = line_decisions.lines_of(received)[0]
    wanted = {"kind": line.kind, "key": line.key, "ruling": "cut", "condition": "No"}
    for body in ("legal", "finance"):
        with pytest.raises(ValidationError, match="does not decide, or it is not its turn"):
            links.rule(link(received, body).link, **wanted)

    own = link(go(received, seats, "clear"), "finance", name=str(alice.user))
    with pytest.raises(ValidationError, match="put together themselves"):
        links.rule(own.link, **wanted)
    assert not received.line_decisions.exists()


def test_the_lines_are_decided_on_the_page_behind_the_link(decision):
    made = link(decision, "finance")
    client, address = Client(), f"/review/{made.secret}/"
    line = line_decisions.lines_of(decision)[0]
    asked = {"kind": line.kind, "key": line.key, "ruling": "condition", "condition": "By June"}

    kept = client.post(f"{address}lines/", asked, follow=True).content.decode()

    assert "Kept:" in kept
    assert "By June" in kept
    assert "Decide line by line" in client.get(address).content.decode()
    assert (
        "Decide line by line"
        not in client.get(f"/review/{link(decision).secret}/").content.decode()
    )


def test_a_decision_names_the_documents_that_were_shown(decision):
    made = link(decision, "finance")

    with pytest.raises(ValidationError, match="others than you were shown"):
        said(made, Move.APPROVE, shown="0" * 64)
    decision.refresh_from_db()
    assert (decision.state, made.link.verdicts.count()) == (State.DECISION, 0)


def test_nobody_speaks_twice_in_a_stage_whatever_the_link(received):
    said(link(received, "legal", name="Lena  LONG", function="Counsel"), Move.CLEAR)

    with pytest.raises(ValidationError, match="has spoken in this stage"):
        said(link(received, "budget", name="Lena Long"), Move.CLEAR)


def test_who_put_the_documents_together_takes_no_step_by_a_link(received, alice):
    with pytest.raises(ValidationError, match="put together themselves"):
        said(link(received, "legal", name=str(alice.user)), Move.CLEAR)


def test_an_account_does_not_speak_again_for_who_spoke_by_a_link(received, seats):
    other = seats.ministry["budget"]
    said(link(received, "legal", name=str(other.user)), Move.CLEAR)

    assert not verdicts.can_move(other, received, Move.CLEAR)


def test_a_link_says_nothing_where_it_is_not_its_turn_or_the_documents_were_taken_back(
    received, seats
):
    made = link(received, "finance")
    assert links.link_shown(made.link).moves == ()
    with pytest.raises(ValidationError, match="cannot be said now"):
        said(made, Move.APPROVE)

    received.state = State.DRAFT
    received.save()
    made = ReviewLink.objects.get()

    shown = links.link_shown(made)
    assert (shown.versions, shown.moves, shown.can_comment) == ((), (), False)


# --- The page behind it ------------------------------------------------------------------------


def test_the_page_behind_a_link_reads_comments_and_decides(decision):
    made = link(decision, "finance", name="Fay Finance")
    client, address = Client(), f"/review/{made.secret}/"
    version = decision.versions.get(kind="hr-strategy")

    page = client.get(address)
    read = client.get(f"{address}documents/{version.pk}/").content.decode()
    place = comments.places_of(version)[0].anchor
    client.post(f"{address}documents/{version.pk}/", {"anchor": place, "text": "Who pays?"})
    file = client.get(f"{address}documents/{version.pk}/file/?format=docx")
    client.post(f"{address}say/", {"move": "approve", "shown": submissions.shown_hash(decision)})

    decision.refresh_from_db()
    told = page.content.decode()
    assert (page["Cache-Control"], page["Referrer-Policy"]) == ("no-store", "same-origin")
    assert page["X-Robots-Tag"] == "noindex"
    assert "Approve in full" in told
    assert "Approve in part" not in told
    assert '<article class="document"' in read
    assert file.content[:2] == b"PK"
    row = Comment.objects.get()
    assert (row.said_by, row.author, row.is_from_ministry) == ("Fay Finance", None, True)
    assert decision.state == State.APPROVED
    assert [use.what for use in made.link.uses.order_by("pk")] == [
        "open", "read", "comment", "file", "approve",
    ]  # fmt: skip
    after = client.get(address).content.decode()
    assert "Who pays?" in after
    assert "This link only reads" in after


def test_a_comment_by_a_link_is_answered_and_not_withdrawn_by_the_office(decision, alice):
    made, version = link(decision), decision.versions.get(kind="hr-strategy")
    place = comments.places_of(version)[0].anchor
    row = links.comment(made.link, version, anchor=place, text="Who pays?")

    assert not rules.can_withdraw(alice, row)
    assert rules.can_answer(alice, row)
    with pytest.raises(ValidationError, match="no such place"):
        links.comment(made.link, version, anchor="nowhere", text="Who pays?")


def test_no_other_document_is_reached_by_a_link(decision, customs, alice):
    made = link(decision)
    internal = versions.freeze(customs, by=alice, internal=True)[0]
    make.staff_member(make.unit(customs))
    later = versions.freeze(customs, by=alice)[0]
    client = Client()

    for version in (internal, later):
        for end in ("", "file/"):
            address = f"/review/{made.secret}/documents/{version.pk}/{end}"
            assert client.get(address).status_code == 404
    own = decision.versions.first().pk
    assert client.get(f"/review/{made.secret}/documents/{own}/file/?format=html").status_code == 404


def test_a_wrong_secret_and_a_revoked_one_look_alike_and_guessing_is_slowed(received, alice):
    made = link(received)
    links.revoke(made.link, by=alice)
    client = Client()
    pages = [client.get(f"/review/{secret}/") for secret in (made.secret, "guess")]
    assert [page.status_code for page in pages] == [404, 404]

    statuses = {client.get("/review/guess/").status_code for _ in range(20)}

    assert statuses == {404, 429}


def test_the_office_makes_a_link_on_a_page_that_shows_it_once_and_revokes_it(
    received, as_, alice, ruth
):
    address = f"/customs/submissions/{received.pk}/links/"
    until = timezone.localdate() + timedelta(days=5)
    page = as_(alice).post(address, {"name": "Lena Long", "step": "", "expires_on": until})
    told = page.content.decode()
    row = ReviewLink.objects.get()

    for piece in ("http://testserver/review/", "<svg", "mailto:?subject="):
        assert piece in told
    assert "/review/" not in as_(alice).get(address).content.decode()
    assert "Lena Long" in as_(alice).get(received.get_absolute_url()).content.decode()
    assert as_(ruth).get(address).status_code == 403
    assert "Without an account" not in as_(ruth).get(received.get_absolute_url()).content.decode()
    as_(alice).post(f"/customs/submissions/links/{row.pk}/revoke/")
    row.refresh_from_db()
    assert row.revoked_at is not None


# --- Paper -------------------------------------------------------------------------------------


def test_a_signed_page_is_the_ministrys_word_with_the_scan_as_evidence(received, alice, as_, ruth):
    kept = recorded(received, alice, function="Counsel")

    passage = received.passages.last()
    assert (kept.by, kept.said_by, passage.by) == (None, "Lea Law (Counsel)", alice)
    assert "legal" not in {step.body for step in verdicts.open_steps(received)}
    address = f"/customs/submissions/papers/{kept.pk}/"
    answer = as_(alice).get(address)
    assert answer.content == PDF
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert as_(ruth).get(address).status_code == 403
    assert "page.pdf" not in kept.paper.name
    assert address in as_(alice).get(received.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"file": scan(b"MZ\x90 a program", "page.pdf")}, "no PDF, PNG or JPEG"),
        ({"file": scan(PDF + b" " * papers.MOST)}, "more than 10 MB"),
        ({"on": timezone.localdate() + timedelta(days=2)}, "not come yet"),
        ({"on": timezone.localdate() - timedelta(days=9)}, "did not have it yet"),
        ({"name": " "}, "Say who signed"),
        ({"move": "query"}, "Say why"),
        ({"move": "approve"}, "cannot be said now"),
        ({"shown": "0" * 64}, "others than you were shown"),
    ],
)
def test_a_page_that_cannot_stand_is_refused_and_nothing_is_kept(received, alice, fields, words):
    before = Verdict.objects.count(), received.passages.count()

    with pytest.raises(ValidationError, match=words):
        recorded(received, alice, **fields)

    assert (Verdict.objects.count(), received.passages.count()) == before
    assert not [one for one in Path(papers_folder()).rglob("*") if one.is_file()]


def papers_folder():
    from django.conf import settings  # noqa: PLC0415 -- the folder of this test

    return Path(settings.MEDIA_ROOT) / "signed"


def test_only_the_hr_officer_records_paper_and_on_the_page(received, as_, alice, carol):
    address = f"/customs/submissions/{received.pk}/papers/"
    with pytest.raises(PermissionDenied):
        recorded(received, carol)
    form = {
        "step": step_of(received, "budget").pk, "move": "query", "name": "Bea Budget",
        "on": timezone.localdate(), "note": "Who pays?", "file": scan(),
        "shown": submissions.shown_hash(received),
    }  # fmt: skip
    assert as_(carol).post(address, form).status_code == 403

    as_(alice).post(address, form | {"file": scan()})

    received.refresh_from_db()
    assert received.state == State.QUERIES
    assert "Bea Budget" in as_(alice).get(address).content.decode()


def test_a_body_that_answered_on_paper_is_not_asked_for_twice_by_the_same_hand(received, alice):
    recorded(received, alice)

    with pytest.raises(ValidationError, match="has spoken in this stage"):
        recorded(received, alice, body="budget")


# --- The tests ---------------------------------------------------------------------------------


def test_every_test_names_parts_that_the_documents_have():
    known = {(kind, part.key) for kind, parts in PARTS.items() for part in parts}

    assert len(TESTS) == 13
    assert {place for test in TESTS for place in test.answers} <= known


def test_the_tests_lead_to_the_sections_and_say_what_is_left_out(sent):
    found = {one.test.key: one for one in checklist.tested(sent.versions.all())}

    fit = {answer.anchor for answer in found["fit"].answers if answer.version}
    assert "objectives" in fit
    assert found["duplication"].found == 0
    assert all(answer.title for one in found.values() for answer in one.answers)


def test_the_tests_are_read_by_accounts_and_by_links(received, as_, ruth):
    made = link(received)

    for client, address in (
        (as_(ruth), f"/customs/submissions/{received.pk}/checklist/"),
        (Client(), f"/review/{made.secret}/checklist/"),
    ):
        page = client.get(address).content.decode()
        assert "Fiscal space" in page
        assert "#objectives" in page


def test_steps_left_are_those_of_the_ministry_alone(received, customs):
    assert ChainStep.objects.of(customs).count() == 0
    assert {one.body for one in outside.steps_left(received)} == set(chairs.MINISTRY)
