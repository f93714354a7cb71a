"""Pages of succession: key posts with their bench, and one post with its candidates."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from competencies import rules, wording
from competencies.analysis.succession import NEAR, READY
from competencies.forms.outlook import CandidateFilter
from competencies.models import Post, StaffMember
from competencies.usecases import gaps, succession
from competencies.views.showing import tabs
from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import page

POSTS, PEOPLE = 50, 25


@require_GET
@member_required
def key_posts(request: MemberRequest) -> HttpResponse:
    require(rules.can_see_figures(request.member))
    owner = request.member.administration
    seen = succession.succession(owner, gaps.gap_analysis(owner))
    bare_first = sorted(seen.posts, key=lambda post: (post.ready_now, post.one_to_two_years))
    context = {
        "seen": seen,
        "page_obj": Paginator(bare_first, POSTS).get_page(request.GET.get("page")),
        "can_keep": rules.can_keep_people(request.member),
        "tabs": tabs(request),
        "limit": rules.small_cell_limit(request.member),
    }
    return page(request, "competencies/succession.html", context)


@require_GET
@member_required
def key_post(request: MemberRequest, pk: int) -> HttpResponse:
    require(rules.can_see_figures(request.member))
    rows = Post.objects.visible_to(request.member).filter(is_key=True)
    post = get_object_or_404(rows.select_related("unit", "profile", "staff_member"), pk=pk)
    owner = request.member.administration
    analysis = gaps.gap_analysis(owner)
    line = next(one for one in succession.key_posts(owner, analysis) if one.pk == post.pk)
    context = {
        "post": post,
        "line": line,
        "as_of": analysis.as_of,
        "tabs": tabs(request),
        "limit": rules.small_cell_limit(request.member),
        "sees_names": rules.can_see_candidates(request.member, post),
    }
    if context["sees_names"]:
        context |= _candidates(request, post, analysis)
    return page(request, "competencies/key_post.html", context)


def _candidates(
    request: MemberRequest, post: Post, analysis: gaps.GapAnalysis
) -> dict[str, object]:
    """A page of candidates; what somebody lacks is told to those who may open their page."""
    form = CandidateFilter(request.GET)
    wanted = form.chosen()["readiness"]
    kinds = {wanted} if wanted else {READY, NEAR}
    found = succession.candidates(post, analysis, kinds=kinds)
    shown = Paginator(found, PEOPLE).get_page(request.GET.get("page"))
    people = succession.described(post, analysis, shown.object_list)
    seen = StaffMember.objects.visible_to(request.member).filter(pk__in=[x.pk for x in people])
    return {
        "form": form,
        "page_obj": shown,
        "candidates": [(one, wording.readiness_words(one.readiness)) for one in people],
        "opened": set(seen.values_list("pk", flat=True)),
    }
