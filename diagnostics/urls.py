"""Addresses of the pages of a diagnostic, below one administration."""

from collections.abc import Iterator

from django.urls import URLPattern, include, path

from diagnostics.views import (
    agenda,
    agreement,
    baseline,
    beginning,
    calling,
    drafts,
    evidence,
    exercises,
    findings,
    join,
    paper,
    papers,
    questionnaires,
    rooms,
    tables,
    transfer,
    workshops,
)

PERSON = "workshops/<int:pk>/participants/<int:participant>/"
DRAFT = [
    path("", drafts.draft, name="draft"),
    path("head/", drafts.head, name="draft_head"),
    path("scale/", drafts.scale, name="draft_scale"),
    path("content/", drafts.content, name="draft_content"),
    path("remove/", drafts.remove, name="draft_remove"),
    path("domain/", drafts.domain, name="draft_domain_new"),
    path("domain/<str:domain>/", drafts.domain, name="draft_domain"),
    path("domain/<str:domain>/question/", drafts.question_new, name="draft_question_new"),
    path("question/<str:question>/", drafts.question, name="draft_question"),
]


def evidence_forms() -> Iterator[URLPattern]:
    """The forms of every kind of evidence, below its exercise."""
    for kind in evidence.KINDS:
        base, extra = f"exercises/<int:pk>/{kind}", {"kind": kind}
        yield path(f"{base}/new/", evidence.add, extra, name=f"{kind}_add")
        yield path(f"{base}/<int:row>/", evidence.change, extra, name=f"{kind}_change")
        yield path(f"{base}/<int:row>/remove/", evidence.remove, extra, name=f"{kind}_remove")


app_name = "diagnostics"
urlpatterns = [
    path("exercises/", exercises.exercise_list, name="exercise_list"),
    path("exercises/new/", beginning.exercise_new, name="exercise_new"),
    path("exercises/<int:pk>/", exercises.exercise, name="exercise"),
    path("exercises/<int:pk>/edit/", beginning.exercise_edit, name="exercise_edit"),
    path("exercises/<int:pk>/steps/", beginning.steps, name="steps"),
    path("exercises/<int:pk>/advance/", exercises.advance, name="advance"),
    path("exercises/<int:pk>/results/", exercises.results_page, name="results"),
    path("exercises/<int:pk>/agreement/", agreement.agreement_page, name="agreement"),
    path("exercises/<int:pk>/compare/", agreement.compare, name="compare"),
    path("exercises/<int:pk>/tables/", tables.table_list, name="tables"),
    path("exercises/<int:pk>/tables/<int:table>/take/", tables.take_over, name="take_over"),
    path("exercises/<int:pk>/questions/", exercises.questions, name="questions"),
    path("exercises/<int:pk>/baseline/", baseline.baseline_page, name="baseline"),
    path("exercises/<int:pk>/baseline/<str:item>/", baseline.item_page, name="baseline_item"),
    path("exercises/<int:pk>/conclude/", findings.conclude, name="conclude"),
    path("exercises/<int:pk>/close-out/", papers.close_out, name="close_out"),
    path("exercises/<int:pk>/close-out/file/", papers.close_out_file, name="close_out_file"),
    path("workshops/<int:pk>/agenda/", agenda.agenda_page, name="agenda"),
    path("workshops/<int:pk>/agenda/new/", agenda.item_form, name="agenda_new"),
    path("workshops/<int:pk>/agenda/<int:item>/", agenda.item_form, name="agenda_item"),
    path("workshops/<int:pk>/agenda/<int:item>/remove/", agenda.item_remove, name="agenda_remove"),
    path("workshops/<int:pk>/minutes/", papers.minutes, name="minutes"),
    path("workshops/<int:pk>/minutes/file/", papers.minutes_file, name="minutes_file"),
    path("exercises/<int:pk>/evidence/", evidence.evidence_page, name="evidence"),
    *evidence_forms(),
    path("exercises/<int:pk>/workshops/new/", calling.workshop_new, name="workshop_new"),
    path("workshops/<int:pk>/", workshops.workshop, name="workshop"),
    path("workshops/<int:pk>/edit/", calling.workshop_edit, name="workshop_edit"),
    path("workshops/<int:pk>/remove/", calling.workshop_remove, name="workshop_remove"),
    path("workshops/<int:pk>/participants/", calling.people, name="people"),
    path(f"{PERSON}edit/", calling.person, name="person"),
    path(f"{PERSON}remove/", calling.person_remove, name="person_remove"),
    path("workshops/<int:pk>/close/", workshops.close, name="close"),
    path("workshops/<int:pk>/facilitator/", workshops.facilitator, name="facilitator"),
    path("workshops/<int:pk>/room/", workshops.set_up, name="set_up_room"),
    path("workshops/<int:pk>/joining/open/", workshops.open_joining, name="open_joining"),
    path("workshops/<int:pk>/joining/close/", workshops.close_joining, name="close_joining"),
    path(PERSON, workshops.link, name="link"),
    path("workshops/<int:pk>/open-all/", workshops.open_all, name="open_all"),
    path("workshops/<int:pk>/close-all/", workshops.close_all, name="close_all"),
    path("workshops/<int:pk>/ballots/", paper.ballots, name="ballots"),
    path("workshops/<int:pk>/paper/", paper.grid, name="paper"),
    path("workshops/<int:pk>/file/", transfer.download, name="workshop_file"),
    path("workshops/<int:pk>/merge/", transfer.merge, name="merge"),
    path("workshops/<int:pk>/projector/", rooms.projector, name="projector"),
    path("workshops/<int:pk>/questions/<int:question>/", rooms.question, name="question"),
    path("questionnaires/", questionnaires.questionnaire_list, name="questionnaire_list"),
    path("questionnaires/new/", questionnaires.begin, name="questionnaire_new"),
    path("questionnaires/adopt/", exercises.adopt, name="adopt"),
    path("questionnaires/<int:pk>/", questionnaires.questionnaire, name="questionnaire"),
    path("questionnaires/<int:pk>/file/", questionnaires.download, name="questionnaire_file"),
    path("questionnaires/<int:pk>/version/", questionnaires.version, name="version"),
    path("questionnaires/<int:pk>/take-back/", questionnaires.take_back, name="take_back"),
    path("questionnaires/<int:pk>/follow/", questionnaires.follow, name="follow"),
    path("questionnaires/drafts/<int:pk>/", include(DRAFT)),
    path("documents-register/", exercises.document_list, name="document_list"),
    path("documents-register/new/", exercises.document_form, name="document_new"),
    path("documents-register/<int:pk>/", exercises.document_form, name="document"),
    path("findings/", findings.finding_list, name="finding_list"),
    path("findings/<int:pk>/", findings.finding, name="finding"),
]

# Participants have no account and lie in no administration: the code or the pass leads them.
JOIN = [
    path("", join.code, name="code"),
    path("room/", join.room, name="room"),
    path("room/vote/", join.vote, name="vote"),
    path("room/submit/", join.submit, name="submit"),
    path("room/questions/<int:question>/", join.task, name="task"),
    path("me/<str:token>/", join.personal, name="personal"),
    path("<slug:code>/", join.place, name="place"),
]
