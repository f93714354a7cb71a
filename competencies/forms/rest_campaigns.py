"""What comes in and goes out by REST of campaigns and of what is said beside ratings."""

from typing import Any

from rest_framework import serializers

from competencies.forms.campaigns import CampaignForm, SheetFilter
from competencies.models import Appeal, Assessment, Campaign, Exemption, Proposal
from hrplan.core.rest import RowSerializer

MOST = 2**31
NARROW = tuple(SheetFilter.base_fields)


class CampaignKept(RowSerializer):
    class Meta:
        model = Campaign
        fields = ("id", *CampaignForm.Meta.fields)
        validators: tuple[Any, ...] = ()


class CampaignSerializer(CampaignKept):
    class Meta(CampaignKept.Meta):
        fields = (*CampaignKept.Meta.fields, "state", "reminded_on")


class SourceProgressSerializer(serializers.Serializer):
    source = serializers.ChoiceField(choices=Assessment.Source.choices)
    asked = serializers.IntegerField()
    done = serializers.IntegerField()
    people = serializers.IntegerField()
    people_done = serializers.IntegerField()


class CampaignProgressSerializer(serializers.Serializer):
    people = serializers.IntegerField()
    sources = SourceProgressSerializer(many=True)


class TaskSerializer(serializers.Serializer):
    staff = serializers.IntegerField(source="pk")
    source = serializers.ChoiceField(choices=Assessment.Source.choices)
    asked = serializers.IntegerField()
    done = serializers.IntegerField()


class EntrySerializer(serializers.Serializer):
    competency = serializers.IntegerField(min_value=1, max_value=MOST)
    level = serializers.DecimalField(max_digits=3, decimal_places=2, min_value=0)
    evidence = serializers.CharField(max_length=300, allow_blank=True, default="")


class SheetEntries(serializers.Serializer):
    staff = serializers.IntegerField(min_value=1, max_value=MOST)
    source = serializers.ChoiceField(choices=Assessment.Source.choices)
    entries = EntrySerializer(many=True)


class RatingsWritten(serializers.Serializer):
    written = serializers.IntegerField()


class Reason(serializers.Serializer):
    reason = serializers.CharField(max_length=300)


class AppealText(serializers.Serializer):
    text = serializers.CharField(max_length=4000)


class Decision(serializers.Serializer):
    outcome = serializers.ChoiceField(choices=Appeal.Outcome.choices)
    level = serializers.DecimalField(
        max_digits=3, decimal_places=2, min_value=0, allow_null=True, default=None
    )
    answer = serializers.CharField(max_length=4000)


class AppealSerializer(serializers.ModelSerializer):
    class Meta:
        model = Appeal
        fields = ("id", "assessment", "filed_on", "text", "decided_on", "outcome", "answer")


class ProposalMade(serializers.Serializer):
    competency = serializers.IntegerField(min_value=1, max_value=MOST)
    level = serializers.IntegerField(min_value=1, max_value=9)
    ground = serializers.ChoiceField(choices=Proposal.Ground.choices)
    evidence = serializers.CharField(max_length=300)
    valid_until = serializers.DateField(allow_null=True, default=None)


class ProposalSerializer(serializers.ModelSerializer):
    class Meta:
        model = Proposal
        fields = (
            *("id", "staff_member", "competency", "level", "ground", "evidence", "proposed_on"),
            *("valid_until", "state", "decided_on", "reason"),
        )


class ProposalDecision(serializers.Serializer):
    accept = serializers.BooleanField()
    reason = serializers.CharField(max_length=300, allow_blank=True, default="")


class ExemptionMade(serializers.Serializer):
    competency = serializers.IntegerField(min_value=1, max_value=MOST)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(allow_null=True, default=None)
    reason = serializers.CharField(max_length=300)


class ExemptionSerializer(serializers.ModelSerializer):
    class Meta:
        model = Exemption
        fields = (
            *("id", "staff_member", "competency", "starts_on", "ends_on", "reason", "revoked_for"),
        )
