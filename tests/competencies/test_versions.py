"""A framework changes by versions; ratings stay with theirs, and count on where they still can."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from competencies.analysis import crosswalks, steps
from competencies.models import (
    Assessment,
    Competency,
    CompetencyGroup,
    Crosswalk,
    Framework,
    JobProfile,
    LevelText,
    Requirement,
)
from competencies.usecases import framework_rows, gaps, profiles, staff, versions
from competencies.usecases.version_report import version_report
from tests.competencies.make_gaps import Port, port, rate
from tests.training_calendar import make_training


@pytest.fixture
def place(customs) -> Port:
    return port(customs)


@pytest.fixture
def draft(place, alice):
    return versions.begin_version(alice.administration, version="2.0", title="Test", by=alice)


def url(name, *args):
    return reverse(f"competencies:{name}", args=["customs", *args])


def of(framework, code):
    return framework.competencies.get(code=code)


def test_a_new_version_begins_with_all_that_the_one_in_force_says(place, draft):
    LevelText.objects.create(competency=of(place.framework, "O1"), level=1, text="Sees it done")

    assert (draft.state, draft.version, draft.levels.count()) == ("draft", "2.0", 5)
    assert list(draft.competencies.values_list("code", flat=True)) == ["O1", "O2"]
    assert set(Crosswalk.objects.values_list("relation", flat=True)) == {"equal"}
    before = Requirement.objects.filter(competency__framework=place.framework)
    after = Requirement.objects.filter(competency__framework=draft)
    demands = ("profile", "competency__code", "level", "weight", "critical")
    assert set(before.values_list(*demands)) == set(after.values_list(*demands))


def test_demands_above_a_shorter_scale_are_not_carried_over(place, draft, alice):
    draft.levels.filter(level__gt=2).delete()
    demands = Requirement.objects.filter(competency__framework=draft)
    highest = max(demands.values_list("level", flat=True))
    demands.delete()

    carried = versions.carry_demands(draft, by=alice)

    assert highest > 2
    assert set(demands.values_list("level", flat=True)) <= {1, 2}
    assert carried == demands.count() > 0


def test_a_draft_changes_no_figure(place, draft, customs):
    before = gaps.gap_analysis(customs).overall
    Requirement.objects.filter(competency__framework=draft).update(level=4)

    assert gaps.gap_analysis(customs).overall == before


def test_ratings_stay_with_their_version_and_count_on_where_nothing_changed(
    place, draft, customs, alice
):
    rate(place.ann, "O1", 2)
    before = gaps.gap_analysis(customs)

    rated = Assessment.objects.count()
    report = versions.put_in_force(draft, by=alice)

    after = gaps.gap_analysis(customs)
    assert (after.framework, after.overall) == (draft, before.overall)
    assert report.carried == report.ratings == rated
    old = Assessment.objects.get(
        competency=of(place.framework, "O1"), staff_member=place.ann, source="supervisor"
    )
    new = old.carried_to.get()
    kept = ("staff_member_id", "source", "level", "rated_on", "by_id", "evidence")
    assert [getattr(new, name) for name in kept] == [getattr(old, name) for name in kept]
    place.framework.refresh_from_db()
    assert (place.framework.state, place.framework.retired_on) == ("retired", customs.as_of)
    assert JobProfile.objects.get(pk=place.profile.pk).framework == draft


@pytest.mark.parametrize(
    ("relation", "counts"), [("equal", 1), ("wider", 1), ("part", 0), ("overlaps", 0)]
)
def test_only_the_same_or_a_wider_competency_says_enough(
    place, draft, customs, alice, relation, counts
):
    Assessment.objects.all().delete()
    rate(place.ann, "O1", 2)
    Crosswalk.objects.filter(source__code="O1").update(relation=relation)

    report = versions.put_in_force(draft, by=alice)

    assert (report.carried, report.left) == (counts, 1 - counts)
    assert Assessment.objects.filter(competency__framework=draft).count() == counts
    assert Assessment.objects.filter(competency__framework=place.framework).count() == 1


def test_of_two_that_become_one_only_the_lower_level_is_held(place, draft, customs, alice):
    Assessment.objects.all().delete()
    rate(place.ann, "O1", 3)
    rate(place.ann, "O2", 1)
    joined = of(draft, "O1")
    Crosswalk.objects.filter(source__code="O2").update(relation="wider", target=joined)
    Crosswalk.objects.filter(source__code="O1").update(relation="wider")

    versions.put_in_force(draft, by=alice)

    assert [row.level for row in Assessment.objects.filter(competency=joined)] == [1]


def test_a_switch_can_be_turned_back_and_asked_for_again(place, draft, customs, alice):
    before = gaps.gap_analysis(customs).overall
    versions.put_in_force(draft, by=alice)
    ratings = Assessment.objects.count()
    rate(place.eve, "O1", 2, source="test")

    old = Framework.objects.get(pk=place.framework.pk)
    versions.put_in_force(old, by=alice)

    assert gaps.gap_analysis(customs).overall != before
    assert Assessment.objects.filter(competency__framework=old, source="test").count() == 1
    assert Assessment.objects.count() == ratings + 2
    with pytest.raises(ValidationError, match="in force already"):
        versions.put_in_force(Framework.objects.get(pk=old.pk), by=alice)


def test_a_switch_stopped_half_way_is_made_good_by_asking_again(
    place, draft, customs, alice, monkeypatch
):
    Assessment.objects.all().delete()
    for code in ("O1", "O2"):
        rate(place.ann, code, 2)
    monkeypatch.setattr(versions, "CHUNK", 1)
    monkeypatch.setattr(versions, "_follow", lambda same: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        versions.put_in_force(draft, by=alice)
    assert Assessment.objects.filter(competency__framework=draft).count() == 2
    assert gaps.gap_analysis(customs).framework == place.framework
    monkeypatch.undo()

    versions.put_in_force(draft, by=alice)

    assert Assessment.objects.filter(competency__framework=draft).count() == 2
    assert gaps.gap_analysis(customs).framework == draft


def test_a_profile_that_would_ask_for_nothing_holds_the_switch_up(place, draft, alice):
    Requirement.objects.filter(competency__framework=draft).delete()

    with pytest.raises(ValidationError, match=place.profile.title):
        versions.put_in_force(draft, by=alice)

    versions.carry_demands(draft, by=alice)
    assert not version_report(draft).obstacles


def test_the_report_names_what_is_new_and_what_is_dropped(place, draft, alice):
    group = draft.groups.get()
    fields = {"code": "O9", "title": "New one"}
    framework_rows.add_competency(alice.administration, group=group, by=alice, **fields)
    framework_rows.remove_competency(of(draft, "O2"), by=alice)

    counts = version_report(draft).counts

    assert counts == {"equal": 1, "dropped": 1, "new": 1}


def test_outcomes_of_modules_follow_to_the_same_competency(place, draft, customs, alice):
    module = make_training.module(customs)
    module.outcomes.update(competency=of(place.framework, "O1"))

    versions.put_in_force(draft, by=alice)

    assert module.outcomes.get().competency == of(draft, "O1")


def test_codes_and_places_change_only_in_a_draft_and_a_retired_version_stays(place, draft, alice):
    now = of(place.framework, "O1")
    framework_rows.change_competency(now, title="Better words", by=alice)
    with pytest.raises(ValidationError, match="begin a new version"):
        framework_rows.change_competency(Competency.objects.get(pk=now.pk), code="X", by=alice)
    with pytest.raises(ValidationError, match="begin a new version"):
        framework_rows.remove_competency(now, by=alice)
    framework_rows.change_competency(of(draft, "O1"), code="X1", by=alice)

    versions.put_in_force(draft, by=alice)

    with pytest.raises(ValidationError, match="retired"):
        framework_rows.change_competency(Competency.objects.get(pk=now.pk), title="No", by=alice)


def test_only_a_draft_is_dropped_and_its_ratings_stay(place, draft, alice):
    ratings = Assessment.objects.count()
    with pytest.raises(ValidationError, match="Only a draft"):
        versions.remove_version(place.framework, by=alice)

    versions.remove_version(draft, by=alice)

    assert Assessment.objects.count() == ratings
    assert list(Framework.objects.all()) == [place.framework]


def test_one_competency_cannot_be_the_same_as_two(place, draft, alice):
    ends = {"source": of(place.framework, "O1"), "target": of(draft, "O2")}

    with pytest.raises(ValidationError, match="the same as"):
        framework_rows.add_pair(alice.administration, relation="equal", by=alice, **ends)

    made = framework_rows.add_pair(alice.administration, relation="part", by=alice, **ends)
    framework_rows.remove_pair(made, by=alice)
    assert Crosswalk.objects.count() == 2


def test_level_texts_say_what_is_seen_known_and_mastered(draft, alice, as_):
    topic = of(draft, "O1")
    client = as_(alice)
    page = client.get(url("competencies_change", topic.pk))
    sent = {
        "group": topic.group_id, "code": "O1", "title": "Tariff", "weight": 2,
        "text_1": "Finds the heading", "knowledge_1": "The chapters", "skill_1": "Reading notes",
    }  # fmt: skip

    client.post(url("competencies_change", topic.pk), sent)

    assert b"What has to be mastered" in page.content
    said = topic.level_texts.get()
    assert (said.text, said.knowledge, said.skill) == (
        "Finds the heading", "The chapters", "Reading notes",
    )  # fmt: skip
    answer = client.post(url("competencies_change", topic.pk), {**sent, "skill_2": "Alone"})
    assert "Say what is seen at level 2" in answer.content.decode()


def test_the_officer_begins_a_version_looks_at_the_report_and_switches(place, alice, as_, customs):
    client = as_(alice)
    client.post(url("frameworks_add"), {"version": "3.0", "title": "Third"})
    draft = Framework.objects.get(version="3.0")

    report = client.get(url("version_report", draft.pk)).content.decode()
    client.post(url("put_in_force", draft.pk))

    assert "Put this version in force" in report
    draft.refresh_from_db()
    assert draft.state == "in_force"
    assert "3 of 3" in client.get(url("version_list")).content.decode()


def test_demands_of_a_draft_are_set_beside_those_of_today(place, draft, alice, as_):
    topic = of(draft, "O1")
    sent = {"competency": topic.pk, "level": 4, "weight": 3, "steps": "2016:2; 2017:3"}
    address = url("requirement_form", place.profile.pk) + f"?version={draft.pk}"

    answer = as_(alice).post(address, sent)

    assert answer.url.endswith(f"?version={draft.pk}")
    row = Requirement.objects.get(competency=topic, profile=place.profile)
    assert (row.level, row.steps) == (4, ["2016:2", "2017:3"])
    today = place.profile.requirements.get(competency=of(place.framework, "O1"))
    assert (today.level, today.steps) == (3, [])


def test_a_profile_may_ask_for_less_in_its_first_years(place, customs, alice):
    topic = of(place.framework, "O1")
    profiles.change_requirement(place.profile, topic, level=3, steps=["2016:1", "2018:2"], by=alice)

    asked = {
        year: int(
            gaps.gap_analysis(customs, as_of=date(year, 6, 1))
            .required.query("competency == 'O1'")["required"]
            .iloc[0]
        )
        for year in (2016, 2017, 2018, 2019)
    }

    assert asked == {2016: 1, 2017: 2, 2018: 2, 2019: 3}


@pytest.mark.parametrize("wrong", [["2016"], ["16:2"], ["2016:3"], ["2016:2", "2017:1"],
                                   ["2016:1", "2016:2"]])  # fmt: skip
def test_steps_rise_to_the_level(wrong):
    with pytest.raises(steps.StepError):
        steps.read_steps(wrong, 3)


def test_a_pair_turned_twice_is_itself():
    for relation in crosswalks.TURNED:
        pair = crosswalks.Pair(1, 2, relation)
        assert pair.turned().turned() == pair


def test_nobody_but_the_officer_changes_a_version(place, draft, carol, mallory):
    for other in (carol, mallory):
        with pytest.raises(PermissionDenied):
            versions.put_in_force(draft, by=other)
        with pytest.raises(PermissionDenied):
            framework_rows.change_competency(of(draft, "O1"), title="No", by=other)


def test_the_same_by_rest(place, alice, as_):
    client, base = as_(alice), "/api/v1/customs"
    began = client.post(
        f"{base}/frameworks/", {"version": "2.1", "title": "Two"}, "application/json"
    )
    pk = began.json()["id"]
    group = CompetencyGroup.objects.get(framework=pk)
    added = client.post(
        f"{base}/competencies/",
        {"group": group.pk, "code": "N1", "title": "New", "weight": 1},
        "application/json",
    )
    topic = added.json()["id"]
    texts = {"texts": [{"level": 1, "text": "Sees"}]}
    changed = client.patch(f"{base}/competencies/{topic}/", texts, "application/json")
    report = client.get(f"{base}/frameworks/{pk}/report/").json()
    switched = client.post(f"{base}/frameworks/{pk}/put-in-force/")

    assert (began.status_code, added.status_code, switched.status_code) == (201, 201, 200)
    assert changed.json()["level_texts"][0]["text"] == "Sees"
    assert report["counts"] == {"equal": 2, "new": 1}


def test_a_rating_in_a_retired_version_is_refused(place, draft, alice, customs):
    versions.put_in_force(draft, by=alice)

    with pytest.raises(ValidationError, match="framework in force"):
        staff.record_assessment(
            place.ann, of(place.framework, "O1"), source="test", level=2, rated_on=customs.as_of,
            by=alice,
        )  # fmt: skip
