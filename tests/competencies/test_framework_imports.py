"""An officer brings a framework of another system: sees it, narrows it, takes it in or drops it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from competencies.library import read
from competencies.models import Framework, FrameworkImport
from competencies.tables import DOORS
from competencies.usecases import framework_files, framework_imports, frameworks, matching
from hrplan.core.models import AuditEntry
from tests.competencies.make_incoming import (
    broader,
    case,
    dumped,
    moodle,
    package_of,
    skills,
)

MOODLE = moodle({"id": "T", "name": "Trade"}, {"id": "T1", "name": "Tariff", "parent": "T"})
HEAD = {"id": "sfia", "version": "1.0", "title": "Skills", "language": "en"}
State = FrameworkImport.State


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def sent(*files: tuple[str, bytes]) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(name, data) for name, data in files]


def bring(client, *files: tuple[str, bytes], **more: str) -> FrameworkImport:
    page = reverse("competencies:framework_imports", args=["customs"])
    answer = client.post(page, {"file": sent(*files), **more})
    assert answer.status_code == 302, answer.context["form"].errors
    return FrameworkImport.objects.get(pk=int(answer.url.rstrip("/").rsplit("/", 1)[1]))


def decide(client, row: FrameworkImport, **what: str):
    page = reverse("competencies:framework_import_decide", args=["customs", row.pk])
    return client.post(page, what, follow=True)


def shown(client, row: FrameworkImport) -> str:
    return client.get(row.get_absolute_url()).content.decode()


def test_a_framework_is_seen_first_and_then_taken_in_beside_the_one_in_force(
    customs, alice, as_, django_assert_max_num_queries
):
    held = frameworks.adopt_framework(customs, by=None)
    client = as_(alice)
    row = bring(client, ("export.csv", MOODLE))

    assert (row.state, row.form, Framework.objects.count()) == (State.PREVIEWED, "moodle", 1)
    with django_assert_max_num_queries(15):
        page = shown(client, row)
    assert "Tariff" in page
    assert "Not yet" in page
    answer = decide(client, row, **HEAD)

    row.refresh_from_db()
    made = row.framework
    assert (row.state, made.title, made.state) == (State.APPLIED, "Skills", "draft")
    assert framework_imports.stored_paths(row)[0].exists() is False
    assert [one.title for one in made.competencies.all()] == ["Tariff"]
    held.refresh_from_db()
    assert held.state == "in_force"
    assert "Nothing is measured by it yet" in answer.content.decode()
    assert AuditEntry.objects.filter(action="take in", row=str(made.pk)).count() == 1


def test_what_is_taken_in_changes_no_table_of_the_framework_in_force(customs, alice):
    frameworks.adopt_framework(customs, by=None)
    tables = {door.name: door.rows(customs) for door in DOORS if door.name != "frameworks"}
    row = framework_imports.receive(sent(("f.csv", MOODLE)), by=alice)
    framework_imports.confirm(row, HEAD, by=alice)

    assert {door.name: door.rows(customs) for door in DOORS if door.name in tables} == tables


def test_our_own_package_comes_in_as_it_went(customs, alice):
    shipped = read.framework()
    row = framework_imports.receive(sent(("f.json", package_of(shipped))), by=alice)
    made = framework_imports.confirm(row, {}, by=alice)

    assert framework_files.content_of(made) == shipped


def test_faults_are_shown_with_place_reason_and_advice_and_nothing_is_taken_in(alice, as_):
    client = as_(alice)
    row = bring(client, ("f.csv", moodle({"id": "A", "name": "a", "parent": "Z"})))

    page = shown(client, row)
    assert row.state == State.REFUSED
    assert "A lies below Z, which isn&#x27;t in the file." in page
    assert "Name a row of the file" in page
    decide(client, row, **HEAD)
    assert Framework.objects.count() == 0


def test_skills_are_narrowed_after_they_were_sent(customs, alice, as_):
    client = as_(alice)
    row = bring(client, ("skills_en.csv", skills()), ("b.csv", broader()), words="zeppelin")
    assert row.state == State.REFUSED
    assert "Narrow the skills" in shown(client, row)

    page = reverse("competencies:framework_import_narrow", args=["customs", row.pk])
    client.post(page, {"words": "customs"})

    row.refresh_from_db()
    assert (row.state, row.words) == (State.PREVIEWED, "customs")
    titles = [one.title for one in framework_imports.content_of(row).competencies]
    assert titles == ["inspect customs cargo", "customs law"]


def test_a_dropped_file_is_gone_and_can_not_be_taken_in(alice, as_):
    client = as_(alice)
    row = bring(client, ("f.json", dumped(case())))
    decide(client, row, drop="1")

    row.refresh_from_db()
    assert (row.state, row.content) == (State.DROPPED, {})
    assert not framework_imports.stored_paths(row)[0].exists()
    assert "dropped already" in decide(client, row, **HEAD).content.decode()


def test_a_version_that_is_here_is_refused_until_it_gets_another_number(alice, as_):
    client = as_(alice)
    decide(client, bring(client, ("f.csv", MOODLE)), **HEAD)
    again = bring(client, ("f.csv", MOODLE))

    assert "is here already" in decide(client, again, **HEAD).content.decode()
    decide(client, again, **(HEAD | {"version": "1.1"}))
    assert sorted(Framework.objects.values_list("version", flat=True)) == ["1.0", "1.1"]


@pytest.mark.parametrize("given", [{"id": "Not So"}, {"version": "one"}, {"language": "EN_"}])
def test_a_name_that_does_not_fit_is_told_on_the_form(alice, as_, given):
    client = as_(alice)
    row = bring(client, ("f.csv", MOODLE))

    answer = decide(client, row, **(HEAD | given))
    assert answer.context["head_form"].errors.keys() == given.keys()


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ([("f.exe", b"MZ")], "end with .csv or .json"),
        ([("f.csv", b"x")] * 5, "at most 4 files"),
        ([("f.csv", b"x" * 40_000_001)], "too large"),
    ],
)
def test_files_of_the_wrong_kind_number_or_size_are_not_kept(alice, as_, files, words):
    page = reverse("competencies:framework_imports", args=["customs"])

    answer = as_(alice).post(page, {"file": sent(*files)})
    assert words in answer.content.decode()
    assert FrameworkImport.objects.count() == 0


def test_only_the_officer_brings_frameworks(customs, alice, carol, mona, stan, ruth, as_):
    row = framework_imports.receive(sent(("f.csv", MOODLE)), by=alice)
    for member in (carol, mona, stan, ruth):
        client = as_(member)
        assert client.get(row.get_absolute_url()).status_code == 403
        assert decide(client, row, **HEAD).status_code == 403
        assert client.get("/api/v1/customs/framework-imports/").status_code == 403


def test_nobody_of_another_administration_finds_a_framework_on_its_way_in(alice, mallory, as_):
    row = framework_imports.receive(sent(("f.csv", MOODLE)), by=alice)
    framework = framework_imports.confirm(row, HEAD, by=alice)
    client = as_(mallory)

    for path in (f"framework/incoming/{row.pk}/", f"framework/{framework.pk}/matches/"):
        assert client.get(f"/elsewhere/{path}").status_code == 404
        assert client.get(f"/customs/{path}").status_code == 404
    assert client.get(f"/api/v1/elsewhere/framework-imports/{row.pk}/").status_code == 404
    with pytest.raises(PermissionDenied):
        framework_imports.take_in(alice.administration, read.framework(), by=mallory)


def test_the_same_goes_by_rest(alice, as_):
    client, root = as_(alice), "/api/v1/customs/framework-imports/"
    files = sent(("skills_en.csv", skills()))

    made = client.post(root, {"files": files, "words": "customs"})
    assert made.status_code == 201
    row = made.json()
    assert (row["form"], row["state"], row["groups"], row["competencies"]) == (
        "esco", "previewed", 2, 2)  # fmt: skip
    assert row["content"]["competencies"][1]["title"] == "customs law"
    assert {"esco_left", "scale_unsaid"} <= {note["key"] for note in row["notes"]}

    kind = "application/json"
    narrowed = client.post(f"{root}{row['id']}/narrow/", {"words": "bees"}, kind).json()
    assert narrowed["competencies"] == 1
    wrong = client.post(f"{root}{row['id']}/confirm/", {"id": "A b"}, kind)
    taken = client.post(f"{root}{row['id']}/confirm/", {"version": "2.1"}, kind)

    assert wrong.status_code == 400
    assert (taken.json()["version"], taken.json()["state"]) == ("2.1", "in_force")
    assert client.post(f"{root}{row['id']}/drop/").status_code == 400
    assert len(client.get(root).json()["results"]) == 1


def test_refused_files_are_told_by_rest_with_place_and_advice(alice, as_):
    made = as_(alice).post("/api/v1/customs/framework-imports/", {"files": sent(("f.json", b"{"))})

    (fault,) = made.json()["faults"]
    assert (fault["key"], fault["place"]) == ("json_unread", "the file")
    assert fault["advice"]


def test_each_competency_is_shown_with_its_nearest_of_another_framework(
    customs, alice, stan, as_, django_assert_max_num_queries
):
    held = frameworks.adopt_framework(customs, by=None)
    row = framework_imports.receive(sent(("skills_en.csv", skills())), by=alice)
    made = framework_imports.confirm(row, HEAD, by=alice)
    page = reverse("competencies:matches", args=["customs", made.pk])

    client = as_(alice)
    with django_assert_max_num_queries(15):
        answer = client.get(page, {"to": held.pk})
    assert answer.status_code == 200
    lines = {line.source.title: line for line in answer.context["page_obj"]}
    first = lines["inspect customs cargo"].suggestions
    assert 1 <= len(first) <= 3
    assert first[0].competency.framework_id == held.pk
    assert as_(stan).get(page).status_code == 403
    by_rest = as_(alice).get(f"/api/v1/customs/frameworks/{made.pk}/matches/?to={held.pk}").json()
    assert by_rest[0]["suggestions"][0]["score"] == first[0].score
    lost = as_(alice).get(f"/api/v1/customs/frameworks/{made.pk}/matches/?to=0")
    assert lost.status_code == 404


def test_a_framework_alone_has_nothing_to_match(customs, alice, as_):
    held = frameworks.adopt_framework(customs, by=None)

    page = as_(alice).get(reverse("competencies:matches", args=["customs", held.pk]))
    assert "No other framework" in page.content.decode()


def test_every_competency_of_a_framework_is_nearest_to_itself(customs):
    held = frameworks.adopt_framework(customs, by=None)

    for line in matching.suggested_matches(held, held):
        assert line.suggestions[0].competency == line.source
