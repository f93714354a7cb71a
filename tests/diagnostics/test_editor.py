"""The questionnaire editor in the browser, and by REST."""

import pytest
import yaml
from django.core.files.uploadedfile import SimpleUploadedFile

from diagnostics.library import read
from diagnostics.models import Question, Questionnaire
from diagnostics.tables import adoption, stored
from diagnostics.usecases import questionnaires
from tests.diagnostics import make_diagnostics as make
from tests.diagnostics.test_content_files import SMALL

pytestmark = pytest.mark.django_db
LIST = "/customs/questionnaires/"
QUESTION = {
    **{"text": "Is there a plan?", "subject": "the plan", "weight": "1.5", "code": "D1.1"},
    **{f"anchor_{n}": f"Seen at {n}." for n in range(1, 6)},
    **{"evidence": "The plan\nIts minutes", "tags": ["integrity"], "earlier": "", "value": ""},
}


@pytest.fixture
def client(as_, bob):
    return as_(bob)


@pytest.fixture
def draft(customs, bob):
    return questionnaires.begin_version(make.questionnaire(customs), by=bob)


def page_of(draft, path=""):
    return f"{LIST}drafts/{draft.pk}/{path}"


def html(response):
    return response.content.decode()


def test_a_questionnaire_is_written_from_nothing_to_publication_by_plain_forms(client):
    begun = client.post(
        f"{LIST}new/", {"act": "blank", "title": "Our own", "code": "own", "language": "en"}
    )
    base = begun.url
    assert "No domain yet" in html(client.get(base))
    added = client.post(f"{base}domain/", {"title": "Planning", "purpose": "Why."})
    assert added.url == f"{base}#D1"
    faulty = html(client.get(base))
    assert "The list has 0 entries" in faulty
    assert f'<a href="{base}domain/D1/">D1, questions</a>' in faulty
    first = client.post(f"{base}domain/D1/question/", QUESTION)
    assert first.url == f"{base}#D1.1"
    second = {**QUESTION, "code": "D1.2", "earlier": "D1.1", "test": "level at_least", "value": "3"}
    client.post(f"{base}domain/D1/question/", second)
    assert "Nothing is missing" in html(client.get(base))
    client.post(base, {"publish": "yes"})

    made = Questionnaire.objects.get()
    row = made.domains.get().questions.get(code="D1.2")
    assert (made.is_draft, float(row.weight), row.evidence) == (
        False,
        1.5,
        ["The plan", "Its minutes"],
    )
    assert row.relevant == {"question": "D1.1", "of": "level", "test": "at_least", "value": 3}
    assert "Asked only if D1.1 stands at level 3" in html(client.get(f"{LIST}{made.pk}/"))


def test_the_list_tells_drafts_published_and_frozen_ones_apart(client, as_, customs, mona, draft):
    make.exercise(customs, form=draft.replaces)

    page = html(client.get(LIST))

    assert ("in use, frozen" in page, ">draft<" in page) == (True, True)
    assert page_of(draft) in page
    assert ">draft<" not in html(as_(mona).get(LIST))
    assert as_(mona).get(f"{LIST}{draft.pk}/").status_code == 404
    assert as_(mona).get(page_of(draft)).status_code == 404


def test_every_page_of_the_editor_sends_one_of_a_frozen_questionnaire_to_a_new_version(
    client, customs
):
    form = make.questionnaire(customs)
    make.exercise(customs, form=form)
    for path in ("", "head/", "scale/", "content/", "remove/", "domain/", "domain/D1/",
                 "domain/D1/question/", "question/D1.1/"):  # fmt: skip
        for call in (client.get, client.post):
            answer = call(page_of(form, path), follow=True)
            assert answer.redirect_chain[0][0] == f"{LIST}{form.pk}/", path
            assert "Begin a new version of it" in html(answer)


def test_parts_are_moved_changed_and_taken_out(client, draft):
    assert client.post(page_of(draft), {"move": "down D1.1"}).url == f"{page_of(draft)}#D1.1"
    client.post(page_of(draft, "domain/D1/"), {"title": "Renamed"})
    client.post(page_of(draft, "head/"), {
        "title": "New title", "version": "2.1", "provider": "P", "licence": "L",
        "provenance": "Written in a test."})  # fmt: skip
    assert "Its question goes with it" in html(client.get(page_of(draft, "remove/?code=D2")))
    client.post(page_of(draft, "remove/?code=D2"))

    held = Questionnaire.objects.get(pk=draft.pk)
    asked = Question.objects.filter(domain__questionnaire=held).order_by("position")
    assert [question.code for question in asked] == ["D1.2", "D1.1"]
    assert (str(held), held.domains.get().title) == ("New title 2.1", "Renamed")
    assert client.post(page_of(draft), {"move": "sideways D1"}).status_code == 400
    client.post(page_of(draft, "remove/"))
    assert not Questionnaire.objects.filter(pk=draft.pk).exists()


def test_a_fault_is_shown_at_its_field_and_nothing_typed_is_lost(client, draft):
    page = page_of(draft, "question/D1.2/")
    sent = {**QUESTION, "code": "D1.1", "text": "Typed words?"}

    taken = html(client.post(page, sent))
    wrong = html(client.post(page, {**sent, "earlier": "D1.1", "test": "use is", "value": "3"}))

    assert ("another question has this code" in taken, "Typed words?" in taken) == (True, True)
    assert "Choose one of these: never, sometimes, routine." in wrong


def test_levels_are_named_added_and_taken_out_on_one_page(client, draft):
    page = page_of(draft, "scale/")
    form = client.get(page).context["form"]
    sent = {name: bound.value() or "" for name, bound in ((b.name, b) for b in form)}

    client.post(page, {**sent, "lowest": "0", "name_2": "", "name_new1": "beyond"})

    held = stored.content_of(Questionnaire.objects.get(pk=draft.pk))
    assert [(row.level, row.name) for row in held.scale] == [
        *((0, "ad hoc"), (1, "defined"), (2, "managed"), (3, "improving"), (4, "beyond")),
    ]
    assert [anchor.level for anchor in held.questions[0].anchors] == [0, 1, 2, 3]
    assert held.existence[0].caps_at == 0


def test_a_new_version_is_begun_and_its_mapping_edited_in_the_browser(client, customs):
    form = make.questionnaire(customs)
    begun = client.post(f"{LIST}{form.pk}/version/", {"version": "1.5"})
    made = Questionnaire.objects.get(version="1.5")
    assert begun.url == page_of(made)
    page = f"{LIST}{made.pk}/follow/"
    client.post(page_of(made, "question/D1.2/"), {**QUESTION, "code": "D1.9", "tags": []})

    shown = client.get(page).context["form"]
    assert [bound.value() for _one, bound in shown.lines()] == ["D1.1", "D1.2", "D2.1"]
    client.post(page, {"before_0": "D1.1", "before_1": "", "before_2": "D1.2"})

    made.refresh_from_db()
    assert made.mapping == {"D1.9": "", "D2.1": "D1.2"}
    assert "Followed by none" in html(client.get(page))


@pytest.mark.parametrize(
    ("kind", "name"), [("yaml", "x.yaml"), ("xlsx", "x.xlsx"), ("xlsform", "x.xlsx")]
)
def test_what_is_downloaded_is_taken_in_again_as_it_was(client, customs, kind, name):
    content = read.from_data({**SMALL, "guides": []}, "x")
    made = adoption.adopt(customs, content)
    file = client.get(f"{LIST}{made.pk}/file/", {"kind": kind})
    made.delete()

    taken = client.post(
        f"{LIST}new/", {"act": "file", "file": SimpleUploadedFile(name, file.content)}
    )

    assert taken.status_code == 302, html(taken)
    assert stored.content_of(Questionnaire.objects.get()) == content


def test_a_file_with_faults_is_refused_with_all_of_them(client):
    broken = {**SMALL, "title": "", "scale": SMALL["scale"][:1]}
    sent = SimpleUploadedFile("x.yaml", yaml.safe_dump(broken).encode())

    page = html(client.post(f"{LIST}new/", {"act": "file", "file": sent}))

    assert page.count("scale") >= 1
    assert "title" in page
    assert not Questionnaire.objects.exists()


def test_a_file_takes_the_place_of_a_draft_of_the_same_short_name(client, draft):
    data = yaml.safe_load(client.get(f"{LIST}{draft.pk}/file/").content)
    data["title"] = "Edited outside"
    data["existence"], data["use"] = SMALL["existence"], SMALL["use"]
    for row in (*data["existence"], *data["use"]):
        row["caps_at"] = None
    data |= {"provider": "P", "licence": "L", "provenance": "Written in a spreadsheet."}
    for domain in data["domains"]:
        for question in domain["questions"]:
            for one in question["anchors"]:
                one["text"] += f" {one['level']}" * one["level"]
    sent = SimpleUploadedFile("x.yaml", yaml.safe_dump(data).encode())

    answer = client.post(page_of(draft, "content/"), {"file": sent})

    assert answer.status_code == 302, html(answer)
    draft.refresh_from_db()
    assert draft.title == "Edited outside"


def test_a_baseline_form_is_edited_by_its_texts(client, customs, bob):
    shipped, _rated = adoption.adopt_shipped(customs)
    made = questionnaires.begin_version(shipped, by=bob)
    code = made.domains.get().questions.first().code
    assert "the fields to fill in are changed in a file" in html(client.get(page_of(made)))

    client.post(
        page_of(made, f"question/{code}/"), {"title": "Name", "prompt": "How are you called?"}
    )

    row = Question.objects.get(domain__questionnaire=made, code=code)
    assert (row.subject, row.text, bool(row.fields)) == ("Name", "How are you called?", True)
    assert client.get(page_of(made, "scale/")).status_code == 404


# --- REST -----------------------------------------------------------------------------------------

REST = "/api/v1/customs/"
PUT = {
    **{"text": "Is there a plan?", "subject": "the plan", "weight": 1.5, "evidence": ["The plan"]},
    "anchors": [{"level": n, "text": f"Seen at {n}."} for n in range(1, 6)],
}


@pytest.fixture
def call(client):
    def send(how, path, data=None):
        return getattr(client, how)(f"{REST}{path}", data, content_type="application/json")

    return send


def test_rest_writes_a_questionnaire_from_nothing_to_publication(call):
    made = call("post", "questionnaires/", {"title": "Our own", "code": "own"})
    draft = f"drafts/{made.json()['id']}/"
    assert (made.status_code, made.json()["is_draft"]) == (201, True)
    assert call("post", f"{draft}domain/", {"title": "Planning"}).status_code == 200
    assert "at least 1" in call("get", f"{draft}faults/").json()[0]["reason"]
    for n in (1, 2):
        condition = {"question": "D1.1", "of": "level", "test": "at_least", "value": "3"}
        more = {"relevant": condition} if n == 2 else {}
        assert call("post", f"{draft}domain/D1/question/", {**PUT, **more}).status_code == 200
    call("put", f"{draft}question/D1.1/", {**PUT, "code": "D1.7"})
    call("put", f"{draft}domain/D1/", {"title": "Plans"})
    call("put", f"{draft}scale/", {
        "lowest": 0, "levels": [{"was": n, "name": f"l{n}"} for n in (1, 3, 5)]})  # fmt: skip
    head = {"title": "T", "version": "3.0", "provider": "P", "licence": "L", "provenance": "N" * 20}
    call("put", f"{draft}head/", head)
    assert call("post", f"{draft}move/", {"code": "D1.7", "steps": 1}).status_code == 200
    assert "not asked before" in str(call("post", f"{draft}publish/").json())
    call("post", f"{draft}move/", {"code": "D1.7", "steps": -1})
    published = call("post", f"{draft}publish/")

    content = call("get", f"questionnaires/{made.json()['id']}/content/").json()
    assert (published.status_code, published.json()["is_draft"]) == (200, False)
    assert [q["code"] for q in content["domains"][0]["questions"]] == ["D1.7", "D1.2"]
    assert content["domains"][0]["questions"][1]["relevant"]["value"] == 1
    assert (content["title"], [row["level"] for row in content["scale"]]) == ("T", [0, 1, 2])


def test_rest_refuses_what_the_pages_refuse_in_the_same_words(call, as_, customs, mona, draft):
    form = draft.replaces
    make.exercise(customs, form=form)
    for how, path, data in (
        ("post", "publish/", {}),
        ("post", "domain/", {"title": "X"}),
        ("put", "question/D1.1/", PUT),
        ("post", "remove/", {"code": "D1"}),
        ("delete", "", {}),
    ):
        refused = call(how, f"drafts/{form.pk}/{path}", data)
        assert (refused.status_code, "Begin a new version of it" in str(refused.json())) == (
            400,
            True,
        )
    assert call("post", f"questionnaires/{form.pk}/take-back/").status_code == 400
    assert as_(mona).get(f"{REST}drafts/{draft.pk}/").status_code == 404
    versions = f"{REST}questionnaires/{form.pk}/versions/"
    assert as_(mona).post(versions, {}, content_type="application/json").status_code == 403


def test_rest_refuses_a_part_that_the_kind_of_questionnaire_has_not(call, customs, bob, draft):
    shipped, _rated = adoption.adopt_shipped(customs)
    form = questionnaires.begin_version(shipped, by=bob)
    item = {"title": "Name", "prompt": "How are you called?"}
    levels = {"lowest": 0, "levels": [{"name": "a"}, {"name": "b"}]}

    answers = [
        call("put", f"drafts/{draft.pk}/item/B01/", item),
        call("post", f"drafts/{form.pk}/domain/", {"title": "X"}),
        call("put", f"drafts/{form.pk}/question/B01.1/", PUT),
        call("put", f"drafts/{form.pk}/scale/", levels),
        call("post", f"drafts/{form.pk}/remove/", {"code": "B"}),
    ]

    assert {answer.status_code for answer in answers} == {400}
    assert call("put", f"drafts/{form.pk}/item/B01/", item).status_code == 200


def test_rest_begins_versions_says_what_they_follow_and_takes_whole_contents(call, customs):
    form = adoption.adopt(customs, read.from_data({**SMALL, "guides": []}, "x"))
    made = call("post", f"questionnaires/{form.pk}/versions/").json()
    path = f"questionnaires/{made['id']}/follow/"
    told = call("put", path, [{"code": "D1.1", "before": "D1.2"}])
    wrong = call("put", path, [{"code": "D1.1", "before": "D9.9"}])
    content = call("get", f"questionnaires/{made['id']}/content/").json()
    file = call("get", f"questionnaires/{made['id']}/file/")
    assert yaml.safe_load(file.content) == content
    assert call("get", f"questionnaires/{made['id']}/file/?kind=doc").status_code == 400
    put = call("put", f"drafts/{made['id']}/content/", {"content": {**content, "title": "Put"}})
    taken = call("post", "questionnaires/take-in/", {"content": {**content, "id": "other"}})
    broken = call("post", "questionnaires/take-in/", {"content": {**content, "scale": [], "x": 1}})

    assert (made["version"], made["replaces"]) == ("2.0", form.pk)
    assert {one["code"]: one["before"] for one in told.json()} == {"D1.1": "D1.2", "D1.2": "D1.2"}
    assert (wrong.status_code, put.json()["title"]) == (400, "Put")
    assert (taken.status_code, broken.status_code, len(broken.json())) == (201, 400, 1)
    assert len(broken.json()["non_field_errors"]) == 2
