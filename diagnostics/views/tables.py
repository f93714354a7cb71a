"""Pages of tables that are put to the vote of a room."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from diagnostics import rules
from diagnostics.forms.pages import TableForm
from diagnostics.models import Questionnaire
from diagnostics.usecases import tables
from diagnostics.views.exercises import exercise_or_404
from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import page, refused


@require_http_methods(["GET", "POST"])
@member_required
def table_list(request: MemberRequest, pk: int) -> HttpResponse:
    held = exercise_or_404(request, pk)
    require(rules.can_see_exercise(request.member))
    can_prepare = rules.can_prepare(request.member)
    offered = tables.table_choices(held.administration) if can_prepare else []
    form = TableForm(request.POST or None, tables=offered) if can_prepare else None
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            tables.put_to_vote(held, by=request.member, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            messages.success(request, _("The rooms of this exercise vote on the rows from now on."))
            return redirect("diagnostics:tables", held.administration.slug, pk)
    votes = tables.table_votes(held)
    can_take = rules.can_take_over(request.member)
    context = {"exercise": held, "form": form, "votes": votes, "can_take": can_take}
    return page(request, "diagnostics/tables.html", context)


@require_POST
@member_required
def take_over(request: MemberRequest, pk: int, table: int) -> HttpResponse:
    held = exercise_or_404(request, pk)
    form = get_object_or_404(held.questionnaires.filter(kind=Questionnaire.Kind.TABLE), pk=table)
    try:
        n = tables.take_over(held, form, by=request.member)
    except ValidationError as refusal:
        refused(request, refusal)
    else:
        words = ngettext("%(n)d row was changed.", "%(n)d rows were changed.", n) % {"n": n}
        messages.success(request, words)
    return redirect("diagnostics:tables", held.administration.slug, pk)
