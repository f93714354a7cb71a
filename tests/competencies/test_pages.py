import pytest
from django.urls import reverse

from competencies.models import Assessment
from competencies.usecases import frameworks, levels_ahead
from tests import make
from tests.competencies.make_gaps import Port, port

pytestmark = pytest.mark.whole


@pytest.fixture
def place(customs) -> Port:
    return port(customs)


def url(name, *args):
    return reverse(f"competencies:{name}", args=["customs", *args])


def routes(place):
    topic = place.framework.competencies.get(code="O1")
    return {
        "unit_list": url("unit_list"),
        "unit": url("unit", place.unit.pk),
        "framework": url("framework"),
        "competency": url("competency", topic.pk),
        "profile_list": url("profile_list"),
        "profile": url("profile", place.profile.pk),
        "requirement_form": url("requirement_form", place.profile.pk),
        "staff_list": url("staff_list"),
        "staff": url("staff", place.ann.pk),
        "assess": url("assess", place.ann.pk),
        "gaps": url("gaps"),
        "gaps_by_competency": url("gaps_by_competency"),
        "gaps_by_unit": url("gaps_by_unit"),
        "gaps_by_profile": url("gaps_by_profile"),
        "quality": url("quality"),
        "workforce": url("workforce"),
        "outlook": url("outlook"),
        "skills": url("skills"),
        "succession": url("succession"),
        "staffing": url("staffing"),
        "unit_staffing": url("unit_staffing", place.unit.pk),
        "equity": url("equity"),
    }


OPEN = {"framework", "competency", "profile_list", "profile"}
FIGURES = {
    *("unit_list", "unit", "gaps", "gaps_by_competency", "gaps_by_unit", "gaps_by_profile"),
    *("quality", "workforce", "outlook", "skills", "succession", "staffing"),
    *("unit_staffing", "equity"),
}
PEOPLE = {"staff_list", "staff", "assess"}


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("alice", OPEN | FIGURES | PEOPLE | {"requirement_form"}),
        ("carol", OPEN | FIGURES | PEOPLE - {"assess"}),
        ("mona", OPEN | FIGURES | PEOPLE),
        ("stan", OPEN | PEOPLE),
        ("bob", OPEN | FIGURES),
        ("ruth", OPEN | FIGURES),
        ("cora", set()),
    ],
)
def test_each_role_opens_its_pages_and_no_others(place, as_, request, name, allowed):
    member = request.getfixturevalue(name)
    make.scope(member, unit=place.unit, staff_member=place.ann)
    if name in {"alice", "carol"}:
        member.scope.delete()
    client = as_(member)

    statuses = {page: client.get(path).status_code for page, path in routes(place).items()}

    assert {page for page, status in statuses.items() if status == 200} == allowed
    assert {status for page, status in statuses.items() if page not in allowed} <= {403}


def test_outsiders_find_nothing(place, as_, mallory, client):
    for path in routes(place).values():
        assert as_(mallory).get(path).status_code == 404
        assert client.get(path).status_code == 302


def test_pages_of_an_empty_administration_say_what_to_do(customs, as_, alice):
    client = as_(alice)
    for name in ("unit_list", "framework", "profile_list", "staff_list", "gaps", "quality",
                 "workforce", "outlook", "skills", "succession", "equity", "retirements",
                 "promotion_list", "gaps_by_unit"):  # fmt: skip
        answer = client.get(url(name))
        assert answer.status_code == 200
        assert b'class="empty' in answer.content


def test_a_reviewer_reads_no_name_and_no_small_cell(place, as_, ruth):
    client = as_(ruth)
    for name, path in routes(place).items():
        if name in OPEN | FIGURES:
            text = client.get(path).content.decode()
            assert not any(f">{person}<" in text for person in ("Ann", "Ben", "Eve"))
    assert "withheld" in client.get(url("gaps")).content.decode()


def test_a_reviewer_cannot_ask_for_rows_of_persons(place, as_, ruth):
    text = as_(ruth).get(url("gaps") + "?rows=person").content.decode()

    assert "Ann" not in text


def test_a_manager_sees_rows_of_the_own_people_only(place, as_, mona, customs):
    make.scope(mona, unit=place.unit)
    other = make.unit(customs, "ELSE")
    make.staff_member(other, place.profile, name="Zoe")

    text = as_(mona).get(url("gaps") + "?rows=person").content.decode()

    assert "Ann" in text
    assert "Zoe" not in text


def test_not_assessed_is_never_shown_as_zero(place, as_, alice):
    text = as_(alice).get(url("staff", place.eve.pk)).content.decode()

    assert text.count("not assessed") >= 4
    assert "unknown" in text


def test_every_screen_of_assessment_says_what_it_is_for(place, as_, alice):
    for name in ("staff", "assess"):
        text = as_(alice).get(url(name, place.ann.pk)).content.decode()
        assert "What this is for, and who sees it" in text


def test_a_rating_is_recorded_by_the_form(place, as_, alice):
    topic = place.framework.competencies.get(code="O2")
    rating = {
        "competency": topic.pk, "source": "test", "level": "2.5", "rated_on": "2016-02-01",
        "evidence": "Ten entries checked",
    }  # fmt: skip

    answer = as_(alice).post(url("assess", place.eve.pk), rating)

    assert answer.status_code == 302
    assert Assessment.objects.get(staff_member=place.eve).level == 2.5


def test_after_a_rating_the_form_goes_on_to_the_next_competency(place, as_, alice):
    first, last = (place.framework.competencies.get(code=code) for code in ("O1", "O2"))
    rating = {"source": "test", "level": "2", "rated_on": "2016-02-01", "next": "1"}
    client, address = as_(alice), url("assess", place.eve.pk)

    on = client.post(address, {**rating, "competency": first.pk})
    back = client.post(address, {**rating, "competency": last.pk})

    assert on.url == f"{address}?competency={last.pk}&source=test"
    assert back.url == place.eve.get_absolute_url()


def test_the_form_of_a_rating_shows_what_each_level_means(place, as_, alice):
    topic = place.framework.competencies.get(code="O1")
    topic.level_texts.create(level=3, text="Classifies mixed consignments alone.")
    address = url("assess", place.eve.pk)

    shown = as_(alice).get(f"{address}?competency={topic.pk}").content.decode()
    plain = as_(alice).get(f"{address}?competency=nonsense").content.decode()

    assert "Classifies mixed consignments alone." in shown
    assert ("Classifies mixed" in plain, "level 3" in plain) == (False, True)


def test_a_rating_says_itself_who_rated(place, as_, alice):
    topic = place.framework.competencies.get(code="O1")
    rating = {"competency": topic.pk, "source": "", "level": "2", "rated_on": "2016-02-01"}

    answer = as_(alice).post(url("assess", place.eve.pk), rating)

    assert answer.context["form"].errors == {"source": ["This field is required."]}


def test_a_refused_rating_comes_back_with_its_words(place, as_, alice):
    topic = place.framework.competencies.get(code="O2")
    rating = {"competency": topic.pk, "source": "test", "level": "2", "rated_on": "2017-02-01"}

    answer = as_(alice).post(url("assess", place.eve.pk), rating)

    assert "The rating lies in the future." in answer.content.decode()
    assert not Assessment.objects.filter(staff_member=place.eve).exists()


def test_a_member_of_staff_is_offered_the_own_source_only(place, as_, stan):
    make.scope(stan, staff_member=place.ann)

    text = as_(stan).get(url("assess", place.ann.pk)).content.decode()

    assert 'value="self"' in text
    assert 'value="validated"' not in text
    assert as_(stan).get(url("assess", place.ben.pk)).status_code == 404


def test_a_requirement_is_changed_by_the_form(place, as_, alice):
    topic = place.framework.competencies.get(code="O2")

    as_(alice).post(
        url("requirement_form", place.profile.pk),
        {"competency": topic.pk, "level": 4, "weight": 3, "critical": "on"},
    )

    row = place.profile.requirements.get(competency=topic)
    assert (row.level, row.weight, row.critical) == (4, 3, True)


def test_changing_a_critical_requirement_keeps_it_critical(place, as_, alice):
    client = as_(alice)
    page = client.get(url("profile", place.profile.pk)).content.decode()
    topic = place.framework.competencies.get(code="O1")
    address = f"{url('requirement_form', place.profile.pk)}?competency={topic.pk}"

    link = next(part for part in page.split('"') if part.startswith(address.replace("&", "&amp;")))
    form = client.get(link.replace("&amp;", "&")).context["form"]

    assert [form[name].value() for name in ("level", "weight", "critical")] == ["3", "3", "on"]


def test_the_shipped_framework_is_taken_in_by_a_button(customs, as_, alice):
    answer = as_(alice).post(url("adopt"), follow=True)

    assert "Tariff classification" in answer.content.decode()
    assert frameworks.profile_lines(customs)[0].requirements > 20


def test_the_staff_list_narrows_by_its_filters(place, as_, alice):
    client = as_(alice)

    assert "Ben" not in client.get(url("staff_list") + "?q=ann").content.decode()
    assert "Ann" in client.get(url("staff_list") + "?unit=PORT&profile=R1").content.decode()
    assert "Nobody matches" in client.get(url("staff_list") + "?unit=NONE").content.decode()


def test_strange_addresses_are_no_fault_of_ours(place, as_, alice):
    client = as_(alice)
    for query in ("?rows=x&unit=no&group=zz", "?page=abc", "?rows=person&page=9999"):
        assert client.get(url("gaps") + query).status_code == 200
        assert client.get(url("staff_list") + query).status_code == 200


@pytest.mark.parametrize("name", ["staff_list", "gaps", "gaps_by_unit", "unit_list", "workforce"])
def test_lists_ask_as_often_for_many_as_for_few(
    place, as_, alice, name, django_assert_max_num_queries
):
    client = as_(alice)
    for _number in range(2):
        with django_assert_max_num_queries(15):
            client.get(url(name))
        for _more in range(4):
            make.staff_member(make.unit(place.administration), place.profile)


def test_a_manager_page_keeps_to_fifteen_queries(place, as_, mona, django_assert_max_num_queries):
    make.scope(mona, unit=place.unit, staff_member=place.ben)
    client = as_(mona)
    levels_ahead.work_out(place.administration)  # else three more, once, to work changed levels out
    for path in routes(place).values():
        with django_assert_max_num_queries(15):
            client.get(path)
