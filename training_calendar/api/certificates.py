"""REST resource of certificates, as data, as Open Badge, and revoked."""

from typing import Any

from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from competencies.rules import can_see_people
from hrplan.core.access import require
from hrplan.core.lan import base_address
from hrplan.core.models import Member
from training_calendar import rules
from training_calendar.api.planning import Reading, asked
from training_calendar.forms import certificates as shapes
from training_calendar.models import Certificate
from training_calendar.usecases import certificates


class CertificateViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, Reading):
    """Certificates of people whom the member may see."""

    model, related = Certificate, ("staff_member__administration", "module")
    serializer_class = shapes.CertificateSerializer

    def allows(self, member: Member) -> bool:
        return can_see_people(member)

    @extend_schema(request=shapes.RevokeAsked, responses=shapes.CertificateSerializer)
    @action(detail=True, methods=["post"])
    def revoke(self, request: Request, **kwargs: Any) -> Response:
        """Revoke a certificate for good, with the reason."""
        found = self.get_object()
        require(rules.can_revoke(self.request.member, found))
        said = asked(shapes.RevokeAsked, request.data)
        done = certificates.revoke(found, by=self.request.member, **said)
        return Response(shapes.CertificateSerializer(done).data)

    @extend_schema(responses={200: dict[str, Any]})
    @action(detail=True)
    def badge(self, request: Request, **kwargs: Any) -> Response:
        """The certificate as an Open Badges 3.0 credential, not signed."""
        found, base = self.get_object(), base_address(request)
        address = base + reverse("verify", args=[found.token])
        return Response(certificates.badge(found, address=address, base=base))


ROUTES: tuple[tuple[str, type[viewsets.ViewSetMixin], str], ...] = (
    ("certificates", CertificateViewSet, "certificate"),
)
