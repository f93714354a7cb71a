"""A version on a page with its comments at their places, and the way to another one at each."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from hrplan.core.access import MemberRequest
from hrplan.core.templatetags.ui import icon
from hrplan.deliverables import rules
from hrplan.deliverables.models import Comment, DocumentVersion
from hrplan.documents import slots

SAYING = "say"
"""What the address of a preview asks for, to comment on its passages."""


def comments_on(request: MemberRequest, version: DocumentVersion) -> list[Comment]:
    """The comments that the member reads on a version."""
    seen = Comment.objects.visible_to(request.member).filter(version=version)
    return list(seen.select_related("author__user"))


def with_comments(
    fragment: str, version: DocumentVersion, rows: Sequence[Comment], request: MemberRequest
) -> tuple[SafeString, int]:
    """The fragment with its slots filled, and how many comments stand at none of its places.

    The way to a comment at each of a thousand places stands there only where it is asked for.
    """
    owner = request.member.administration.slug
    form = reverse("deliverables:comments", args=[owner, version.pk])
    asked = SAYING in request.GET and rules.can_comment(request.member, version)
    return placed(fragment, version, rows, form if asked else "")


def placed(
    fragment: str, version: DocumentVersion, rows: Sequence[Comment], form: str
) -> tuple[SafeString, int]:
    """The same for a form at an address, `?at=` the place chosen; empty: nothing can be said."""
    at: defaultdict[str, list[Comment]] = defaultdict(list)
    for row in rows:
        at[row.anchor].append(row)
    link = _link(form) if form else ""
    left = set(at)

    def fill(anchor: str, called: str) -> str:
        left.discard(anchor)
        said = _said(at[anchor], version) if anchor in at else ""
        if not said and not link:
            return ""
        return f'<div class="place-said">{said}{link.format(anchor=anchor, called=called)}</div>'

    html = slots.filled(fragment, fill)
    missing = sum(len(at[anchor]) for anchor in left)
    return mark_safe(html), missing  # noqa: S308 -- every text was escaped by the renderer


def _link(address: str) -> str:
    """A link to the form with the place chosen; names of places are put into it as they stand."""
    label = escape(_("Comment on %(place)s")) % {"place": "{called}"}
    return (
        f'<a class="place-link" href="{address}?at={{anchor}}" title="{escape(_("Comment"))}" '
        f'aria-label="{label}">{icon("message")}</a>'
    )


def _said(rows: Sequence[Comment], version: DocumentVersion) -> str:
    """The comments at one place, folded."""
    context: dict[str, Any] = {"rows": rows, "version": version}
    return render_to_string("deliverables/remarks.html", context)
