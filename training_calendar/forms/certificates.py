"""What comes in about certificates: a filter, why one is revoked, a name to compare; and REST."""

from django import forms
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from hrplan.core.filters import Filter
from training_calendar.models import Certificate


class CertificateFilter(Filter):
    """Narrows the list of certificates."""

    state = forms.ChoiceField(label=_("State"), required=False)
    module = forms.ChoiceField(label=_("Module"), required=False)


class RevokeForm(forms.Form):
    """Why a certificate is revoked."""

    ground = forms.ChoiceField(
        label=_("Why it is revoked"),
        choices=Certificate.Ground.choices,
        widget=forms.RadioSelect,
        help_text=_("The page that verifies it says so to whoever holds the certificate."),
    )


class NameForm(forms.Form):
    """The name that stands on a certificate in somebody's hand."""

    name = forms.CharField(
        label=_("Name on the certificate"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("We do not show whose it is; type the name, and we say whether it is that."),
    )


class CertificateSerializer(serializers.ModelSerializer):
    """A certificate as it was issued; `standing` is whether it holds today."""

    standing = serializers.SerializerMethodField()

    class Meta:
        model = Certificate
        fields = (
            *("id", "number", "staff_member", "module", "title", "provider", "hours"),
            *("starts_on", "ends_on", "lifts", "valid_until", "issued_on", "revoked_on"),
            *("ground", "standing"),
        )

    def get_standing(self, found: Certificate) -> str:
        return found.standing_on(found.administration.as_of)


class RevokeAsked(serializers.Serializer):
    ground = serializers.ChoiceField(choices=Certificate.Ground.choices)


class IssuedAnswer(serializers.Serializer):
    issued = serializers.IntegerField()
