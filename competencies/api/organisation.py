"""REST resources of units and posts."""

from rest_framework import mixins

from competencies import rules
from competencies.api.base import Kept, Removable
from competencies.forms import rest
from competencies.models import (
    Post,
    Unit,
)
from competencies.usecases import (
    organisation,
)
from hrplan.core.models import Member


class UnitViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, Removable, Kept):
    """Units and stations."""

    kept = rest.UnitKept
    add, change = organisation.add_unit, organisation.change_unit
    remove = organisation.remove_unit
    model = Unit
    serializer_class = rest.UnitSerializer

    def allowed(self, member: Member) -> bool:
        return rules.can_see_figures(member)


class PostViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, Removable, Kept):
    """Established posts."""

    kept = rest.PostKept
    add, change = organisation.add_post, organisation.change_post
    remove = organisation.remove_post
    model = Post
    related = ("administration",)
    serializer_class = rest.PostKept

    def allowed(self, member: Member) -> bool:
        return rules.can_see_figures(member)
