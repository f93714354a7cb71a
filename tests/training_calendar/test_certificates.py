"""Certificates: who gets one, what a stranger is told of it, how it is revoked, and the badge."""

import hashlib
import re
from datetime import date, timedelta
from decimal import Decimal

import jsonschema
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from competencies.models import StaffMember
from competencies.usecases import framework_files, people
from tests import make
from tests.training_calendar import make_training
from training_calendar.analysis.certificates import is_same_name, next_number, standing
from training_calendar.models import Certificate, Enrolment
from training_calendar.usecases import certificates
from training_calendar.usecases.attendance import record_attendance
from training_calendar.usecases.attending import Said, record_list

JSON = {"content_type": "application/json"}
MOMENT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"}
URI = {"type": "string", "pattern": "^(urn:uuid:|https?://)"}


def shape(required: dict, **more: dict) -> dict:
    return {
        "type": "object",
        "properties": {**required, **more},
        "required": list(required),
        "additionalProperties": False,
    }


def only(*words: str) -> dict:
    return {"type": "array", "prefixItems": [{"const": word} for word in words], "items": False,
            "minItems": len(words)}  # fmt: skip


TEXT = {"type": "string", "minLength": 1}
BADGE = shape(
    {
        "@context": only(
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ),
        "id": URI,
        "type": only("VerifiableCredential", "OpenBadgeCredential"),
        "name": TEXT,
        "issuer": shape({"id": URI, "type": only("Profile"), "name": TEXT}),
        "validFrom": MOMENT,
        "credentialSubject": shape(
            {
                "type": only("AchievementSubject"),
                "identifier": {
                    "type": "array",
                    "minItems": 1,
                    "items": shape(
                        {
                            "type": {"const": "IdentityObject"},
                            "hashed": {"const": True},
                            "identityHash": {
                                "type": "string",
                                "pattern": r"^sha256\$[0-9a-f]{64}$",
                            },
                            "identityType": {"const": "ext:name"},
                            "salt": TEXT,
                        }
                    ),
                },
                "licenseNumber": TEXT,
                "activityStartDate": MOMENT,
                "activityEndDate": MOMENT,
                "achievement": shape(
                    {
                        "id": URI,
                        "type": only("Achievement"),
                        "achievementType": {"const": "Course"},
                        "humanCode": TEXT,
                        "inLanguage": {"type": "string", "pattern": "^[a-z]{2,4}(-[A-Z]{2})?$"},
                        "name": TEXT,
                        "description": TEXT,
                        "criteria": shape({"narrative": TEXT}),
                    },
                    alignment={
                        "type": "array",
                        "minItems": 1,
                        "items": shape(
                            {
                                "type": only("Alignment"),
                                "targetType": {"const": "CFItem"},
                                "targetName": TEXT,
                                "targetCode": TEXT,
                                "targetUrl": URI,
                                "targetFramework": TEXT,
                            },
                            targetDescription=TEXT,
                        ),
                    },
                ),
            }
        ),
        "credentialSchema": {
            "type": "array",
            "minItems": 1,
            "items": shape({"id": URI, "type": TEXT}),
        },
    },
    validUntil=MOMENT,
)
"""What a credential of ours has to look like: the required parts of Open Badges 3.0, no proof."""


def test_a_number_follows_the_highest_of_its_year_and_fills_no_gap():
    assert next_number(2016, []) == "2016-0001"
    assert next_number(2016, ["2016-0001", "2016-0009", "2015-0100"]) == "2016-0010"
    assert next_number(2016, ["2016-9999"]) == "2016-10000"


@pytest.mark.parametrize(
    ("until", "revoked", "found"),
    [
        (None, None, "valid"),
        (date(2016, 5, 1), None, "valid"),
        (date(2016, 4, 30), None, "expired"),
        (date(2016, 4, 30), date(2016, 4, 1), "revoked"),
    ],
)
def test_a_certificate_holds_to_its_last_day_and_not_once_it_is_revoked(until, revoked, found):
    assert standing(until, revoked, date(2016, 5, 1)) == found


@pytest.mark.parametrize(
    ("said", "held", "same"),
    [
        ("Ana Núñez", "Ana Núñez", True),
        ("  NUNEZ, ana ", "Ana Núñez", True),
        ("Ana", "Ana Núñez", False),
        ("", "", False),
        ("", " ", False),
    ],
)
def test_a_name_is_compared_whole_whatever_its_case_accents_and_order(said, held, same):
    assert is_same_name(said, held) is same


@pytest.fixture
def session(customs):
    calendar = make_training.plan(customs)
    held = calendar.sessions.select_related("administration", "calendar").get()
    first = held.enrolments.get().staff_member
    make_training.enrol(held, make.staff_member(first.unit, first.profile, code="Q1", name="Pat Q"))
    customs.as_of_fixed = held.ends_on
    customs.save()
    held.refresh_from_db()
    return held


@pytest.fixture
def completed(session, alice):
    first, second = session.enrolments.order_by("staff_member__code")
    said = {first.pk: Said(Decimal(12), True), second.pk: Said(Decimal(6), False)}
    record_list(session, said, by=alice)
    return Enrolment.objects.select_related("calendar__administration").get(pk=first.pk)


@pytest.fixture
def issued(completed, alice):
    return certificates.issue(completed, by=alice)


def verify(token, **data):
    address = reverse("verify", args=[token])
    return Client().post(address, data) if data else Client().get(address)


def words(response):
    return " ".join(response.content.decode().split())


@pytest.mark.whole
@pytest.mark.both
class TestCertificates:
    def test_who_completed_gets_one_with_a_number_and_nobody_else(self, session, completed, alice):
        assert certificates.issue_all(session, by=alice) == 1
        assert certificates.issue_all(session, by=alice) == 0

        made = Certificate.objects.get()
        assert (made.number, made.staff_member.code, made.hours) == ("2016-0001", "P0", 12)
        assert [(one["code"], one["level"]) for one in made.lifts] == [("O1", 2)]
        with pytest.raises(ValidationError, match="already"):
            certificates.issue(completed, by=alice)
        other = session.enrolments.get(staff_member__code="Q1")
        with pytest.raises(ValidationError, match="Only who completed"):
            certificates.issue(other, by=alice)

    def test_nobody_certifies_themselves_or_what_others_do(self, completed, alice, carol, mona):
        for member in (carol, mona):
            with pytest.raises(PermissionDenied):
                certificates.issue(completed, by=member)
        make.scope(alice, staff_member=completed.staff_member)
        with pytest.raises(PermissionDenied):
            certificates.issue(completed, by=alice)

    def test_it_says_what_it_said_whatever_becomes_of_the_module(self, issued):
        issued.module.title = "Something else"
        issued.module.save()
        issued.module.outcomes.all().delete()

        issued.refresh_from_db()
        assert issued.title == "Module T01"
        assert issued.lifts[0]["title"] == "Competency O1"

    def test_a_stranger_is_told_that_it_holds_and_no_name(self, issued):
        answer = verify(issued.token)

        assert "it holds" in words(answer)
        assert issued.title in words(answer)
        assert not re.search("Nominee|P0|Port station", words(answer))
        assert answer["X-Robots-Tag"] == "noindex"
        assert verify(issued.token[:-1] + "~").status_code == 404

    def test_a_stranger_may_compare_the_name_on_it_ten_times(self, issued):
        assert "This is the name" in words(verify(issued.token, name="nominee 0"))
        for _time in range(9):
            assert "not the name on it" in words(verify(issued.token, name="Nominee 1"))

        assert verify(issued.token, name="Nominee 0").status_code == 429

    def test_the_name_of_who_is_forgotten_is_compared_no_more(self, issued, alice):
        person = StaffMember.objects.get(code="P0")
        person.left_on = issued.administration.as_of
        person.save()
        people.forget_person(person, by=alice)

        assert "has been erased" in words(verify(issued.token, name="Nominee 0"))

    def test_it_is_revoked_for_good_with_the_reason_and_another_one_can_follow(
        self, issued, completed, alice, carol, mona
    ):
        with pytest.raises(PermissionDenied):
            certificates.revoke(issued, ground="error", by=mona)
        certificates.revoke(issued, ground="error", by=carol)

        told = words(verify(issued.token))
        assert "issued in error" in told
        assert "does not hold" in told
        with pytest.raises(ValidationError, match="is revoked"):
            certificates.revoke(issued, ground="misused", by=carol)
        assert certificates.issue(completed, by=alice).number == "2016-0002"

    def test_a_completion_that_a_certificate_says_is_not_taken_back(self, issued, completed, alice):
        with pytest.raises(ValidationError, match="revoke that first"):
            record_attendance(completed, hours=Decimal(6), is_completed=False, by=alice)

        certificates.revoke(issued, ground="taken_back", by=alice)
        record_attendance(completed, hours=Decimal(6), is_completed=False, by=alice)

    def test_the_badge_has_the_shape_of_open_badges_and_leads_to_the_item_of_our_package(
        self, issued
    ):
        address = f"https://hr.example/verify/{issued.token}/"

        made = certificates.badge(issued, address=address, base="https://hr.example")

        jsonschema.validate(made, BADGE)
        package = framework_files.package_of(
            issued.module.outcomes.get().competency.framework, "https://hr.example"
        )
        item = next(i for i in package["CFItems"] if i["humanCodingScheme"] == "O1")
        (aligned,) = made["credentialSubject"]["achievement"]["alignment"]
        assert (aligned["targetUrl"], aligned["targetCode"]) == (item["uri"], "O1")
        (who,) = made["credentialSubject"]["identifier"]
        digest = hashlib.sha256(("Nominee 0" + who["salt"]).encode()).hexdigest()
        assert who["identityHash"] == f"sha256${digest}"
        assert "Nominee" not in str(made)
        assert "proof" not in made

    def test_the_badge_of_a_module_that_runs_out_says_until_when(self, completed, alice):
        completed.module.validity_months = 24
        completed.module.save()
        made = certificates.issue(Enrolment.objects.get(pk=completed.pk), by=alice)

        data = certificates.badge(made, address="https://x.example/", base="https://x.example")

        jsonschema.validate(data, BADGE)
        assert made.valid_until == completed.ends_on + timedelta(days=730)
        assert data["validUntil"].startswith(made.valid_until.isoformat())

    def test_pages_show_it_to_the_office_to_the_unit_and_to_the_person(
        self, issued, alice, mona, stan, bob, ruth, as_
    ):
        page = reverse("training_calendar:certificate", args=["customs", issued.pk])
        listed = reverse("training_calendar:certificate_list", args=["customs"])
        assert as_(mona).get(page).status_code == as_(stan).get(page).status_code == 404
        make.scope(mona, unit=issued.staff_member.unit)
        make.scope(stan, staff_member=issued.staff_member)

        for member in (alice, mona, stan):
            assert "Nominee 0" in words(as_(member).get(page))
            assert "2016-0001" in words(as_(member).get(f"{listed}?state=valid"))
            assert "No certificate fits" in words(as_(member).get(f"{listed}?state=revoked"))
        assert {as_(one).get(page).status_code for one in (bob, ruth)} == {403}
        made = as_(stan).get(f"{page}pdf/").content
        assert made.startswith(b"%PDF-")
        assert as_(stan).get(f"{page}badge/").json()["name"] == "Module T01"

    def test_pages_issue_and_revoke(self, session, completed, alice, as_):
        outcome = reverse("training_calendar:outcome", args=["customs", session.pk])
        assert "1 person completed it and has no certificate" in words(as_(alice).get(outcome))

        as_(alice).post(reverse("training_calendar:issue_all", args=["customs", session.pk]))

        made = Certificate.objects.get()
        assert "All who completed it have theirs" in words(as_(alice).get(outcome))
        revoke = reverse("training_calendar:certificate_revoke", args=["customs", made.pk])
        as_(alice).post(revoke, {"ground": "replaced"})
        as_(alice).post(reverse("training_calendar:issue", args=["customs", completed.pk]))
        assert list(Certificate.objects.values_list("number", "ground")) == [
            ("2016-0002", ""),
            ("2016-0001", "replaced"),
        ]

    def test_rest_issues_reads_and_revokes(self, session, completed, alice, mona, as_):
        root = "/api/v1/customs"
        sent = as_(alice).post(f"{root}/sessions/{session.pk}/certificates/", **JSON)
        (row,) = as_(alice).get(f"{root}/certificates/").json()
        one = f"{root}/certificates/{row['id']}"

        assert (sent.json(), row["standing"]) == ({"issued": 1}, "valid")
        assert as_(mona).get(f"{root}/certificates/").json() == []
        assert as_(alice).get(f"{one}/badge/").json()["type"][1] == "OpenBadgeCredential"
        done = as_(alice).post(f"{one}/revoke/", {"ground": "error"}, **JSON)
        again = as_(alice).post(f"{root}/enrolments/{completed.pk}/certificate/", **JSON)
        assert (done.json()["standing"], again.status_code) == ("revoked", 201)
