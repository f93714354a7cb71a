"""Addresses of the pages of floor 5."""

from django.urls import path

from hrplan.deliverables.views import comments, comparing, documents, submissions, word_templates

app_name = "deliverables"
urlpatterns = [
    path("documents/", documents.document_list, name="document_list"),
    path("documents/freeze/", documents.freeze, name="freeze"),
    path("documents/templates/", word_templates.template_list, name="word_templates"),
    path("documents/templates/ours/", word_templates.ours, name="word_templates_ours"),
    path("documents/templates/<int:pk>/", word_templates.template, name="word_template"),
    path("documents/templates/<int:pk>/file/", word_templates.file, name="word_template_file"),
    path(
        "documents/templates/<int:pk>/sample/", word_templates.sample, name="word_template_sample"
    ),
    path("documents/templates/<int:pk>/use/", word_templates.use, name="word_template_use"),
    path(
        "documents/templates/<int:pk>/remove/", word_templates.remove, name="word_template_remove"
    ),
    path("documents/<str:kind>/", documents.document, name="document"),
    path("documents/<str:kind>/outline/", documents.outline, name="outline"),
    path("documents/<str:kind>/passage/", documents.passage, name="passage"),
    path("versions/<int:pk>/", documents.version, name="version"),
    path("versions/<int:pk>/file/", documents.version_file, name="file"),
    path("versions/<int:pk>/compare/", comparing.compare, name="compare"),
    path("versions/<int:pk>/compare/file/", comparing.compare_file, name="compare_file"),
    path("versions/<int:pk>/comments/", comments.comments, name="comments"),
    path("versions/<int:pk>/returned/", comments.take_in, name="take_in"),
    path("comments/<int:pk>/answer/", comments.answer, name="answer"),
    path("comments/<int:pk>/withdraw/", comments.withdraw, name="withdraw"),
    path("documents/<str:kind>/responses/", comments.responses, name="responses"),
    path("checks/", documents.checks, name="checks"),
    path("checks/again/", documents.check_again, name="check_again"),
    path("submissions/", submissions.submission_list, name="submission_list"),
    path("submissions/new/", submissions.new_submission, name="new_submission"),
    path("submissions/<int:pk>/", submissions.submission, name="submission"),
    path("submissions/<int:pk>/move/", submissions.move, name="move"),
    path("submissions/<int:pk>/renew/", submissions.renew, name="renew"),
]
