"""The minutes of a workshop: what they tell, what they keep quiet, the same bytes each time."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from diagnostics.models import ReferenceDocument, Vote
from diagnostics.report import papers
from diagnostics.report.minutes import minutes_sections
from diagnostics.usecases import workshops
from diagnostics.usecases.minutes import minutes
from hrplan.core.models import AuditEntry, RunState
from hrplan.documents.nodes import Bullets, Callout, Paragraph, Table, leaves, plain
from tests.diagnostics import make_diagnostics as make

pytestmark = [pytest.mark.django_db, pytest.mark.whole, pytest.mark.both]


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def workshop(customs, bob):
    return make.workshop(make.exercise(customs), people=5, facilitator=bob, place="Belize City")


@pytest.fixture
def settled(workshop):
    """D1.1 voted on twice and settled with dissent, D1.2 only revealed, D2.1 still blind."""
    make.round_of(workshop, "D1.1", 1, 1, 2, 5, None)
    make.round_of(workshop, "D1.1", 2, 2, 2, 5, None)
    make.round_of(workshop, "D1.2", 3, 3)
    make.round_of(workshop, "D2.1", 4, 4, 4, open=True)
    ReferenceDocument.objects.create(
        administration=workshop.administration,
        exercise=workshop.exercise,
        code="RD1",
        title="Strategic plan",
        status="approved",
        dated_on=date(2014, 4, 1),
    )
    make.agreement(
        workshop,
        "D1.1",
        2,
        existence="draft",
        use="never",
        rationale="One page without money.",
        cited=["document:RD1", "document:GONE"],
        dissent="Person 4 holds 5.",
        follow_up="Who may approve it?",
    )
    return workshop


def words(workshop) -> str:
    """All words of the minutes as a reader meets them."""
    said = []
    for section in minutes_sections(minutes(workshop)):
        said.append(section.title)
        for leaf in leaves(section.blocks):
            match leaf:
                case Paragraph() | Callout():
                    said.append(plain(leaf.text))
                case Bullets():
                    said += [plain(item) for item in leaf.items]
                case Table():
                    said += [" | ".join(row) for row in leaf.rows]
    return "\n".join(said)


def test_the_minutes_tell_votes_by_round_and_what_was_settled_on_what_grounds(settled):
    told = words(settled)

    assert "D1.1 The practice D1.1 | 1 | 2 | 1 | – | – | 1 | 1 | – | 1–2 | too few" in told
    assert "D1.1, voted on again | 2 | – | 3 | – | – | 1 | 1 | – | 2 | too few" in told
    assert "Agreed: level 2, started; exists as a draft, is never used." in told
    assert "Vote 2: 2 of 4 moved (2 up, 0 down)." in told
    assert "Why: One page without money." in told
    assert "Cited: RD1 Strategic plan (approved, 1 April 2014)" in told
    assert "Dissent: Person 4 holds 5." in told
    assert "D1.1 | The practice D1.1 | Who may approve it?" in told
    assert "D1.2 The practice D1.2. The room did not settle this question." in told


def test_an_unrevealed_round_leaves_no_trace_in_the_minutes(settled):
    before = words(settled)
    Vote.objects.filter(round__revealed_at=None).update(level=1, note="zebra")

    assert words(settled) == before
    assert "No vote was revealed on these questions:\nD2.1 The practice D2.1" in before
    assert "zebra" not in before


@pytest.mark.parametrize(
    ("attribution", "shown", "hidden"),
    [
        ("named", "1 | Person 1 | Manager 1", "nobody is told"),
        ("role", "1 | Manager 1", "Person 1"),
        ("anonymous", "nobody is told by name", "Manager 1"),
    ],
)
def test_people_are_told_as_the_room_was_promised(settled, attribution, shown, hidden):
    settled.attribution = attribution
    settled.save()

    told = words(settled)

    assert shown in told
    assert hidden not in told


def test_nobody_who_stands_apart_is_named_unless_the_workshop_says_so(settled):
    quiet = words(settled)
    settled.names_outliers = True
    loud = words(settled)
    settled.attribution = "role"
    by_function = words(settled)

    line = "Voted 2 levels or more from the median: Person 4 (5)"
    assert (line in quiet, line in loud, line in by_function) == (False, True, False)


def test_the_promise_not_to_name_is_kept_once_somebody_has_joined(workshop, bob):
    with pytest.raises(ValidationError, match="by name"):
        workshops.set_up_room(workshop, by=bob, attribution="role", names_outliers=True)
    workshop.refresh_from_db()
    workshops.set_up_room(workshop, by=bob, names_outliers=True)
    workshops.set_up_room(workshop, by=bob, names_outliers=False)
    workshop.participants.update(joined_at=timezone.now())

    with pytest.raises(ValidationError, match="promise that nobody"):
        workshops.set_up_room(workshop, by=bob, names_outliers=True)


def test_a_workshop_without_votes_has_minutes_that_say_how_far_it_is(workshop):
    told = words(workshop)

    assert "Of 3 questions 0 were put to a blind vote and revealed" in told
    assert "The workshop is open." in told
    assert "Votes and agreed ratings" not in told
    assert "Signatures" not in told


def test_the_minutes_of_a_closed_workshop_are_for_signature(settled):
    settled.closed_on = date(2016, 2, 12)

    told = words(settled)

    assert "5 people met at Belize City, 8 February 2016 to" in told
    assert "Person 1 | Manager 1 |" in told.partition("Signatures")[2]


def test_the_same_rows_give_the_same_bytes_in_every_format(
    settled, bob, django_capture_on_commit_callbacks
):
    made = []
    for _time in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            run = papers.ask_for_minutes(settled, by=bob)
        run.refresh_from_db()
        paper = papers.paper_of(settled)
        made.append([papers.file_of(paper, format) for format in papers.TYPES])
        for path in papers._file(
            settled.administration, run.result["digest"], "x"
        ).parent.iterdir():
            path.unlink()

    assert run.state == RunState.DONE
    assert made[0] == made[1]
    assert [data[:4] for data in made[0]][:2] == [b"PK\x03\x04", b"%PDF"]


def test_minutes_are_drawn_up_by_who_leads_or_the_hr_officer(settled, alice, mona, mallory):
    for outsider in (mona, mallory):
        with pytest.raises(PermissionDenied):
            papers.ask_for_minutes(settled, by=outsider)
    papers.ask_for_minutes(settled, by=alice)

    entries = AuditEntry.objects.filter(action="draw up minutes")
    assert [(one.table, one.by) for one in entries] == [("diagnostics.workshop", alice)]


def test_the_page_shows_minutes_once_they_are_drawn_up_and_hands_them_out(
    settled, bob, mona, ruth, as_, django_capture_on_commit_callbacks
):
    address = f"/customs/workshops/{settled.pk}/minutes/"
    client, reader = as_(bob), as_(mona)
    empty = client.get(address).content.decode()
    early = client.get(f"{address}file/")
    refused = reader.post(address).status_code
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address)

    page = reader.get(address).content.decode()
    file = reader.get(f"{address}file/?format=pdf")

    assert "Not drawn up yet" in empty
    assert (early.status_code, refused) == (302, 403)
    assert "One page without money." in page
    assert file["Content-Disposition"] == 'attachment; filename="minutes-w1.pdf"'
    assert file.content.startswith(b"%PDF")
    assert reader.get(f"{address}file/?format=exe").status_code == 404
    assert as_(ruth).get(address).status_code == 403


def test_rest_draws_up_minutes_and_tells_where_their_files_are(
    settled, bob, as_, django_capture_on_commit_callbacks
):
    client = as_(bob)
    address = f"/api/v1/customs/workshops/{settled.pk}/minutes/"
    before = client.get(address).json()
    with django_capture_on_commit_callbacks(execute=True):
        asked = client.post(address)

    after = client.get(address).json()

    assert before == {"asked": None, "made": None, "files": {}}
    assert (asked.status_code, after["made"]["state"]) == (202, "done")
    assert sorted(after["files"]) == ["docx", "html", "pdf"]
    assert client.get(after["files"]["docx"]).content.startswith(b"PK")
