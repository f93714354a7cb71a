"""Units, posts, staff members and job profiles are kept in the browser; nothing is lost by it."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from competencies.models import (
    Assessment,
    IndividualPlan,
    JobProfile,
    MemberScope,
    Post,
    StaffMember,
    Unit,
)
from competencies.usecases import organisation, people
from hrplan.core.models import AuditEntry
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def profile(customs):
    return make.profile(make.framework(customs), code="R1", O1=2, O2=3)


@pytest.fixture
def port(customs):
    return make.unit(customs, "port")


@pytest.fixture
def ann(port, profile):
    return make.staff_member(port, profile, name="Ann Ash")


def url(name, *args):
    return reverse(f"competencies:{name}", args=["customs", *args])


def person(port, **fields):
    return {"code": "77", "name": "Ben Bay", "kind": "officer", "unit": port.pk, "grade": 3,
            **fields}  # fmt: skip


def test_a_unit_is_added_below_another_moved_and_taken_away(customs, port, alice, as_):
    client = as_(alice)
    new = {"code": "gate", "title": "Gate", "region": "north", "shifts": 2, "parent": port.pk,
           "max_away_share": "0.2", "duty_weekdays": [0, 1, 4], "peak_months": [12]}  # fmt: skip

    added = client.post(url("units_add"), new)
    gate = Unit.objects.get(code="gate")
    assert (added.url, gate.parent, gate.duty_weekdays) == (url("unit", gate.pk), port, [0, 1, 4])
    form = client.get(url("units_add") + f"?parent={gate.pk}").context["form"]
    assert form["parent"].value() == str(gate.pk)
    client.post(url("units_change", gate.pk), {**new, "parent": "", "title": "Main gate"})
    assert Unit.objects.get(code="gate").parent is None
    client.post(url("units_remove", gate.pk))

    assert not Unit.objects.filter(code="gate").exists()


def test_a_unit_cannot_stand_below_itself_or_its_own(customs, port, alice):
    gate = make.unit(customs, "gate", parent=port)

    for parent in (port, gate):
        with pytest.raises(ValidationError, match="below itself"):
            organisation.change_unit(port, by=alice, parent=parent)

    assert Unit.objects.get(pk=port.pk).parent is None


def test_a_unit_stays_while_anything_hangs_on_it(ann, alice, as_):
    answer = as_(alice).post(url("units_remove", ann.unit_id), follow=True)

    assert "hang on" in answer.content.decode()
    assert Unit.objects.filter(pk=ann.unit_id).exists()


def test_a_post_is_vacant_or_held_and_abolished_without_its_holder(ann, profile, alice, as_):
    client, owner = as_(alice), ann.administration
    sent = {"code": "P1", "unit": ann.unit_id, "profile": profile.pk, "vacant_since": ""}
    client.post(url("posts_add"), sent)
    post = Post.objects.get(code="P1")
    people.change_person(ann, by=alice, post=post)

    assert url("posts_change", post.pk) in client.get(url("unit", ann.unit_id)).content.decode()
    held = client.post(url("posts_change", post.pk), {**sent, "vacant_since": "2016-01-04"})
    assert "Ann Ash holds this post" in held.content.decode()
    with pytest.raises(ValidationError, match="future"):
        organisation.add_post(
            owner, by=alice, code="P2", unit=ann.unit, profile=profile
        ) and organisation.change_post(post, by=alice, vacant_since=date(2999, 1, 1))
    client.post(url("posts_remove", post.pk))

    assert StaffMember.objects.get(pk=ann.pk).post is None


def test_a_person_is_added_changed_and_let_go(port, profile, alice, as_):
    client = as_(alice)
    made = client.post(url("staff_add"), person(port, profile=profile.pk, joined_on="2010-05-01"))
    ben = StaffMember.objects.get(code="77")
    assert made.url == ben.get_absolute_url()

    sent = person(port, profile=profile.pk, joined_on="2010-05-01", left_on="2009-01-01")
    turned = client.post(url("staff_change", ben.pk), sent).content.decode()
    client.post(url("staff_change", ben.pk), {**sent, "left_on": "2015-12-31"})

    assert "The last day lies before the first." in turned
    assert StaffMember.objects.get(code="77").left_on == date(2015, 12, 31)
    assert "Ben Bay" not in client.get(url("staff_list")).content.decode()


def test_what_a_person_cannot_have_is_refused_at_its_field(customs, ann, profile, alice, as_):
    other = make.unit(customs, "other")
    post = Post.objects.create(administration=customs, code="X", unit=other, profile=profile)
    second = [make.profile(profile.framework, code=f"S{n}", O1=1) for n in range(3)]
    JobProfile.objects.filter(code="S2").update(state="draft")
    draft = JobProfile.objects.get(code="S2")
    second[2] = draft

    for fields, words in (
        ({"post": post}, "lies in another unit"),
        ({"secondary_profiles": [profile]}, "no secondary one"),
        ({"secondary_profiles": second}, "is a draft"),
        ({"profile": draft}, "is a draft"),
        ({"born_on": date(2999, 1, 1)}, "future"),
        ({"code": ""}, "blank"),
    ):
        with pytest.raises(ValidationError, match=words):
            people.change_person(StaffMember.objects.get(pk=ann.pk), by=alice, **fields)
    JobProfile.objects.update(state="approved")
    second[2] = JobProfile.objects.get(code="S2")
    with pytest.raises(ValidationError, match="two at most"):
        people.change_person(ann, by=alice, secondary_profiles=second)
    taken = as_(alice).post(url("staff_add"), person(ann.unit, code=ann.code)).content.decode()
    assert "Ben Bay" in taken, "what was typed is not lost"
    assert StaffMember.objects.count() == 1


def test_two_further_profiles_are_kept_and_ask_the_higher_level(ann, profile, alice, as_):
    sea = make.profile(profile.framework, code="R2", O1=4)
    client = as_(alice)

    client.post(
        url("staff_change", ann.pk),
        person(ann.unit, code=ann.code, profile=profile.pk, secondary_profiles=[sea.pk]),
    )

    assert list(ann.secondary_profiles.all()) == [sea]
    lines = client.get(ann.get_absolute_url()).context["lines"]
    asked = {one["line"].competency: (one["line"].required, one["line"].origin) for one in lines}
    assert asked == {"O1": (4, sea.title), "O2": (3, profile.title)}


def test_a_profile_is_begun_like_another_named_anew_and_taken_away(ann, profile, alice, as_):
    client = as_(alice)
    sent = {"code": "R9", "title": "Sea officer", "staff_level": "officers", "like": profile.pk}

    begun = client.post(url("profiles_add"), sent)
    made = JobProfile.objects.get(code="R9")
    assert begun.url == made.get_absolute_url()
    assert dict(made.requirements.values_list("competency__code", "level")) == {"O1": 2, "O2": 3}
    assert made.state == "draft"
    client.post(url("profiles_change", made.pk), {**sent, "title": "Sea and river officer"})
    assert JobProfile.objects.get(code="R9").title == "Sea and river officer"
    client.post(url("profiles_remove", made.pk))
    kept = client.post(url("profiles_remove", profile.pk), follow=True).content.decode()

    assert "give them another first" in kept
    assert [one.code for one in JobProfile.objects.all()] == ["R1"]


def test_what_looks_wrong_with_a_profile_is_said_on_its_page(ann, profile, alice, as_):
    profile.requirements.update(level=4)

    shown = as_(alice).get(profile.get_absolute_url()).content.decode()

    assert "Every demand is of level 4" in shown


def test_a_copy_of_all_that_is_held_goes_to_the_person_and_to_hr(ann, stan, mona, alice, as_):
    MemberScope.objects.create(member=stan, staff_member=ann)
    MemberScope.objects.create(member=mona, unit=ann.unit)
    topic = ann.profile.framework.competencies.first()
    Assessment.objects.create(
        administration=ann.administration, staff_member=ann, competency=topic, source="self",
        level=2, rated_on=date(2016, 1, 5), evidence="A seizure report",
    )  # fmt: skip

    answer = as_(stan).get(url("staff_data", ann.pk))

    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.json()["staff member"][0]["name"] == "Ann Ash"
    assert "A seizure report" in answer.content.decode()
    assert as_(alice).get(url("staff_data", ann.pk)).status_code == 200
    assert as_(mona).get(url("staff_data", ann.pk)).status_code == 403
    assert AuditEntry.objects.filter(action="take data").count() == 2


def test_who_has_left_is_forgotten_and_the_figures_stay(ann, stan, alice, as_):
    MemberScope.objects.create(member=stan, staff_member=ann)
    topic = ann.profile.framework.competencies.first()
    Assessment.objects.create(
        administration=ann.administration, staff_member=ann, competency=topic, source="self",
        level=2, rated_on=date(2016, 1, 5), evidence="Ann's seizure report",
    )  # fmt: skip
    IndividualPlan.objects.create(
        administration=ann.administration, staff_member=ann, agreed_on=date(2016, 1, 5), text="Ann"
    )
    with pytest.raises(ValidationError, match="has left"):
        people.forget_person(ann, by=alice)
    people.change_person(ann, by=alice, left_on=date(2016, 1, 31))

    as_(alice).post(url("staff_forget", ann.pk))

    gone = StaffMember.objects.get(pk=ann.pk)
    told = str(people.person_data(gone, by=alice))
    assert (gone.name, gone.code, gone.born_on) == ("", f"gone-{ann.pk}", None)
    assert "Ann" not in told
    assert Assessment.objects.get().level == 2
    assert not MemberScope.objects.filter(staff_member=ann).exists()


def test_only_the_hr_officer_keeps_them(ann, profile, carol, mona, stan, as_):
    for member in (carol, mona, stan):
        client = as_(member)
        pages = [url(f"{kind}_add") for kind in ("units", "posts", "staff", "profiles")]
        pages += [url("staff_change", ann.pk), url("units_change", ann.unit_id)]
        assert {client.get(page).status_code for page in pages} <= {403, 404}
        with pytest.raises(PermissionDenied):
            people.change_person(ann, by=member, name="x")
        with pytest.raises(PermissionDenied):
            organisation.remove_profile(profile, by=member)


def test_nothing_points_into_another_administration(ann, port, elsewhere, alice):
    foreign = make.unit(elsewhere, "foreign")

    with pytest.raises(ValidationError, match="another administration"):
        people.change_person(ann, by=alice, unit=foreign)
    with pytest.raises(ValidationError, match="another administration"):
        organisation.change_unit(port, by=alice, parent=foreign)


def test_rest_keeps_them_by_the_same_use_cases(customs, elsewhere, port, profile, alice, mona, as_):
    foreign = make.unit(elsewhere, "foreign")

    def call(method, path, body=None, member=alice):
        sent = getattr(as_(member), method)
        return sent(f"/api/v1/customs/{path}", body, content_type="application/json")

    gate = call("post", "units/", {"code": "g", "title": "Gate", "region": "n", "parent": port.pk})
    assert gate.status_code == 201, gate.json()
    post = call("post", "posts/", {"code": "P1", "unit": gate.json()["id"], "profile": profile.pk})
    ben = {"code": "7", "name": "Ben", "unit": gate.json()["id"], "post": post.json()["id"]}
    made = call("post", "staff/", ben)
    assert made.status_code == 201, made.json()
    here = f"staff/{made.json()['id']}/"
    assert call("patch", here, {"unit": foreign.pk}).status_code == 400
    assert call("patch", here, {"left_on": "2015-12-31"}).json()["left_on"] == "2015-12-31"
    assert call("get", f"{here}data/").json()["staff member"][0]["name"] == "Ben"
    assert call("post", f"{here}forget/").json()["name"] == ""
    assert call("delete", f"units/{gate.json()['id']}/").status_code == 400
    begun = call(
        "post", "profiles/",
        {"code": "R2", "title": "Two", "staff_level": "officers", "like": profile.pk},
    )  # fmt: skip
    assert JobProfile.objects.get(pk=begun.json()["id"]).requirements.count() == 2
    assert call("delete", f"profiles/{begun.json()['id']}/").status_code == 204
    assert call("post", "units/", {"code": "h"}, member=mona).status_code == 403


def test_nobody_supervises_the_one_they_report_to(port, alice, as_):
    ann, ben, cy = (make.staff_member(port, code=code) for code in ("1", "2", "3"))
    people.change_person(ann, by=alice, supervisor=ben)
    people.change_person(ben, by=alice, supervisor=cy)

    for supervisor in (cy, ann, ben):
        with pytest.raises(ValidationError) as refusal:
            people.change_person(cy, by=alice, supervisor=supervisor)
        assert "ring" in refusal.value.message_dict["supervisor"][0]
    assert "3 > 1 > 2 > 3" in str(_refused_ring(cy, ann, alice))
    page = as_(alice).get(url("staff", ann.pk)).content.decode()
    assert ben.name in page


def _refused_ring(person, supervisor, by):
    with pytest.raises(ValidationError) as refusal:
        people.change_person(person, by=by, supervisor=supervisor)
    return refusal.value


def test_a_copy_of_what_is_held_on_a_supervisor_tells_nothing_of_those_who_report(port, alice):
    boss = make.staff_member(port, name="Ben Bay")
    make.staff_member(port, name="Ann Ash", supervisor=boss)

    assert "Ann Ash" not in str(people.person_data(boss, by=alice))
