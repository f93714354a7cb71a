"""Addresses of the pages of a diagnostic, below one administration."""

from django.urls import path

from diagnostics.views import exercises, findings, workshops

app_name = "diagnostics"
urlpatterns = [
    path("exercises/", exercises.exercise_list, name="exercise_list"),
    path("exercises/<int:pk>/", exercises.exercise, name="exercise"),
    path("exercises/<int:pk>/advance/", exercises.advance, name="advance"),
    path("exercises/<int:pk>/results/", exercises.results_page, name="results"),
    path("exercises/<int:pk>/questions/", exercises.questions, name="questions"),
    path("exercises/<int:pk>/baseline/", exercises.baseline, name="baseline"),
    path("exercises/<int:pk>/conclude/", findings.conclude, name="conclude"),
    path("workshops/<int:pk>/", workshops.workshop, name="workshop"),
    path("workshops/<int:pk>/close/", workshops.close, name="close"),
    path("workshops/<int:pk>/facilitator/", workshops.facilitator, name="facilitator"),
    path("workshops/<int:pk>/questions/<int:question>/", workshops.question, name="question"),
    path("questionnaires/", exercises.questionnaire_list, name="questionnaire_list"),
    path("questionnaires/adopt/", exercises.adopt, name="adopt"),
    path("questionnaires/<int:pk>/", exercises.questionnaire, name="questionnaire"),
    path("documents-register/", exercises.document_list, name="document_list"),
    path("documents-register/new/", exercises.document_form, name="document_new"),
    path("documents-register/<int:pk>/", exercises.document_form, name="document"),
    path("findings/", findings.finding_list, name="finding_list"),
    path("findings/<int:pk>/", findings.finding, name="finding"),
]
