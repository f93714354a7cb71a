"""Addresses of the pages of floor 5."""

from django.urls import path

from hrplan.core.row_pages import row_paths
from hrplan.deliverables.views import (
    chain,
    comments,
    comparing,
    documents,
    lines,
    links,
    passages,
    review,
    submissions,
    word_templates,
)

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
    path("documents/<str:kind>/outline/", passages.outline, name="outline"),
    path("documents/<str:kind>/outline/move/", passages.move_section, name="move_section"),
    path("documents/<str:kind>/outline/turn/", passages.turn_section, name="turn_section"),
    path("documents/<str:kind>/passage/", passages.passage, name="passage"),
    path("documents/<str:kind>/passage/confirm/", passages.confirm, name="confirm_passage"),
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
    path("checks/<int:number>/override/", chain.override, name="override"),
    path("submissions/chain/", chain.chain, name="chain"),
    path("submissions/chain/usual/", chain.usual, name="chain_usual"),
    path("submissions/voices/<int:pk>/", chain.voice, name="voice"),
    path("submissions/delegations/<int:pk>/end/", chain.end_delegation, name="end_delegation"),
    *row_paths("deliverables", chain.STEPS, under="submissions/"),
    path("submissions/", submissions.submission_list, name="submission_list"),
    path("submissions/new/", submissions.new_submission, name="new_submission"),
    path("submissions/<int:pk>/", submissions.submission, name="submission"),
    path("submissions/<int:pk>/lines/", lines.lines, name="lines"),
    path("submissions/<int:pk>/carry-out/", lines.carry_out, name="carry_out"),
    path("submissions/<int:pk>/move/", submissions.move, name="move"),
    path("submissions/<int:pk>/renew/", submissions.renew, name="renew"),
    path("submissions/<int:pk>/links/", links.link_list, name="link_list"),
    path("submissions/<int:pk>/papers/", links.paper_list, name="paper_list"),
    path("submissions/<int:pk>/checklist/", links.checklist, name="checklist"),
    path("submissions/links/<int:pk>/revoke/", links.revoke, name="revoke_link"),
    path("submissions/papers/<int:pk>/", links.paper, name="paper"),
]
REVIEW = [
    path("", review.show, name="show"),
    path("say/", review.say, name="say"),
    path("lines/", review.lines, name="lines"),
    path("checklist/", review.checklist, name="checklist"),
    path("documents/<int:pk>/", review.document, name="document"),
    path("documents/<int:pk>/file/", review.document_file, name="file"),
]
"""What is behind a link, outside of any administration: its secret is the door."""
