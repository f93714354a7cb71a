"""Frameworks of other systems come in whole, and what can't be read is refused in plain words."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from competencies.library import for_others, read
from competencies.library.from_esco import Narrowed
from competencies.library.incoming import Unsaid, plain
from hrplan.exchange.content import ContentError
from tests.competencies.make_incoming import (
    UNSAID,
    broader,
    case,
    child,
    dumped,
    item,
    moodle,
    occupations,
    package_of,
    relations,
    rubric,
    skills,
    taken,
)


def keys(found) -> set[str]:
    return {note.key for note in found.notes}


# ---- round trips ------------------------------------------------------------------------------

LETTERS = st.characters(codec="utf-8", categories=("L", "N", "P", "S"), exclude_characters="\ufffd")
WORD = st.text(LETTERS, min_size=1, max_size=8)


def words(most: int, *, empty: bool = False, without: str = "") -> st.SearchStrategy[str]:
    """Clean text on one line, as every text of ours is kept."""
    made = st.lists(WORD, max_size=6).map(lambda parts: plain(" ".join(parts))[:most].strip())
    fit = made.filter(lambda text: plain(text) == text and not set(without) & set(text))
    return fit if empty else fit.filter(bool)


CODES = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,6}", fullmatch=True)


@st.composite
def contents(draw, *, moodle: bool = False) -> read.FrameworkContent:
    """Frameworks with all a package carries; for Moodle with what its file carries."""
    free = "," if moodle else ""
    top = draw(st.integers(1, 5))
    detail = st.just("") if moodle else words(80, empty=True)
    scale = tuple(
        read.LevelContent(n, draw(words(40, without=free)), *(draw(detail) for _ in range(4)))
        for n in range(top + 1)
    )
    codes = draw(st.lists(CODES, min_size=2, max_size=8, unique=True))
    cut = draw(st.integers(1, len(codes) - 1))
    totals = st.just(True) if moodle else st.booleans()
    groups = tuple(
        read.GroupContent(code, draw(words(60)), draw(words(60, empty=True)), draw(totals))
        for code in codes[:cut]
    )
    homes = sorted(draw(st.lists(st.integers(0, cut - 1), min_size=len(codes) - cut,
                                 max_size=len(codes) - cut)))  # fmt: skip
    competencies = tuple(
        _competency(draw, code, groups[home].code, top, moodle)
        for code, home in zip(codes[cut:], homes, strict=True)
    )
    return read.FrameworkContent(_head(draw, moodle), scale, groups, competencies)


def _competency(draw, code: str, group: str, top: int, moodle: bool) -> read.CompetencyContent:
    levels = sorted(draw(st.sets(st.integers(1, top))))
    lines = st.lists(words(60), max_size=3).map("\n".join)
    said = st.lists(words(60), min_size=1, max_size=2).map("\n".join)
    texts = tuple(read.BehaviourContent(n, draw(said), draw(lines), draw(lines)) for n in levels)
    basis = "" if moodle else draw(words(60, empty=True))
    weight = 2 if moodle else draw(st.integers(1, 3))
    title = draw(words(60))
    definition = draw(lines.filter(lambda text: text != title))
    return read.CompetencyContent(code, group, title, definition, basis, weight, texts)


def _head(draw, moodle: bool) -> read.HeadContent:
    said = [st.just(part) for part in ("en", "", "")] if moodle else \
        [st.sampled_from(["en", "fr", "pt-BR"]), words(60), words(40)]  # fmt: skip
    language, provider, licence = map(draw, said)
    code = draw(st.from_regex(r"[a-z][a-z-]{0,20}[a-z]", fullmatch=True))
    version = f"{draw(st.integers(0, 99))}.{draw(st.integers(0, 99))}"
    return read.HeadContent(
        code, version, language, provider, licence, draw(words(60)), draw(words(60))
    )


EASY = settings(max_examples=60, suppress_health_check=list(HealthCheck))


@EASY
@given(contents())
def test_a_framework_comes_back_from_a_case_package_as_it_went(tmp_path_factory, content):
    for group in content.groups:
        if group.assessed_by == group.title:
            return
    found = taken(tmp_path_factory.mktemp("case"), ("f.json", package_of(content)))

    assert found.content == content
    assert found.notes == ()


@EASY
@given(contents(moodle=True))
def test_a_framework_comes_back_from_moodles_file_with_all_the_file_can_carry(
    tmp_path_factory, content
):
    text = for_others.moodle_csv(content).encode()
    found = taken(tmp_path_factory.mktemp("moodle"), ("f.csv", text))

    assert found.content == content
    assert found.notes == ()


def test_the_framework_that_is_shipped_comes_back_from_both(tmp_path):
    shipped = read.framework()
    package = taken(tmp_path, ("f.json", package_of(shipped)))
    assert package.content == shipped

    text = for_others.moodle_csv(shipped).encode()
    found = taken(tmp_path, ("f.csv", text)).content
    bare = replace(
        shipped,
        head=replace(shipped.head, provider="", licence=""),
        scale=tuple(read.LevelContent(s.level, s.name, "", "", "", "") for s in shipped.scale),
        groups=tuple(replace(g, in_gap_totals=True) for g in shipped.groups),
        competencies=tuple(replace(c, basis="", weight=2, title=c.title[:100])
                           for c in shipped.competencies),
    )  # fmt: skip
    assert found == bare


def test_a_group_and_a_competency_of_the_same_code_stay_two_in_a_package(tmp_path):
    shipped = read.framework()
    code = shipped.competencies[0].code
    odd = replace(
        shipped,
        groups=(replace(shipped.groups[0], code=code), *shipped.groups[1:]),
        competencies=tuple(
            replace(c, group=code if c.group == shipped.groups[0].code else c.group)
            for c in shipped.competencies
        ),
    )

    assert taken(tmp_path, ("f.json", package_of(odd))).content == odd


# ---- Moodle -----------------------------------------------------------------------------------


def test_a_file_of_any_moodle_gives_groups_competencies_and_its_scale(tmp_path):
    data = moodle(
        {"id": "T", "name": "Trade", "text": "<p>All of <b>trade</b></p>"},
        {"parent": "T", "id": "T1", "name": "Tariff", "text": "<p>Reads&nbsp;it</p><ul><li>a</li>"
         "<li>b</li></ul><script>alert(1)</script>"},
        {"parent": "T", "id": "T2", "name": "Origin", "text": "plain <b>", "format": "2",
         "related": "T1,X", "rule": "core_competency\\competency_rule_all"},
    )  # fmt: skip
    found = taken(tmp_path, ("export.csv", data))

    content = found.content
    assert (content.head.id, content.head.version, content.head.title) == (
        "sfia", "1.0", "Skills of elsewhere")  # fmt: skip
    assert [(s.level, s.name) for s in content.scale] == [
        (0, "Not yet"), (1, "Competent"), (2, "Expert")]  # fmt: skip
    assert [(g.code, g.title, g.assessed_by) for g in content.groups] == [
        ("T", "Trade", "All of trade")]  # fmt: skip
    assert [(c.code, c.group, c.definition) for c in content.competencies] == [
        ("T1", "T", "Reads\xa0it\n- a\n- b"), ("T2", "T", "plain <b>")]  # fmt: skip
    assert keys(found) == {"rules_out", "related_out", "markup_out"}


def test_knowledge_and_skill_stand_below_the_level_in_moodles_description(tmp_path):
    texts = (read.BehaviourContent(1, "Helps", "The law", "Reads <it>"),)
    shipped = read.framework()
    one = replace(shipped.competencies[0], levels=texts)
    text = for_others.moodle_csv(replace(shipped, competencies=(one,)))

    assert (
        "<li>1: Helps<ul><li>Knowledge: The law</li><li>Skill: Reads &lt;it&gt;</li></ul></li>"
    ) in text
    assert taken(tmp_path, ("f.csv", text.encode())).content.competencies[0].levels == texts


@pytest.mark.parametrize(
    "items",
    [
        "<li>Knowledge: first</li><li>1: then</li>",
        "<li>1: a</li><li>Skill: b</li><li>Skill: c</li>",
        "<li>1: a</li><li>Other: b</li>",
    ],
)
def test_a_list_that_is_none_of_level_texts_stays_in_the_definition(tmp_path, items):
    text = f"<p>Reads</p><ul>{items}</ul>"
    data = moodle(
        {"parent": "", "id": "T", "name": "Trade"},
        {"parent": "T", "id": "T1", "name": "Tariff", "text": text},
    )

    (one,) = taken(tmp_path, ("export.csv", data)).content.competencies
    assert one.levels == ()
    assert one.definition.startswith("Reads\n- ")


def test_a_file_of_a_moodle_in_another_language_is_read_in_the_order_of_its_columns(tmp_path):
    head = tuple(f"Spalte {n}" for n in range(14))
    found = taken(tmp_path, ("f.csv", moodle({"id": "A", "name": "Alone"}, head=head)))

    assert [(c.code, c.group) for c in found.content.competencies] == [("A", "OTHERS")]
    assert keys(found) == {"by_position", "group_made"}


def test_what_lies_deeper_than_two_is_flattened_and_each_item_named(tmp_path):
    rows = [{"id": "A", "name": "Top"}, {"parent": "A", "id": "B", "name": "Second"},
            {"parent": "B", "id": "C", "name": "Third"}]  # fmt: skip
    found = taken(tmp_path, ("f.csv", moodle(*rows)))

    assert [c.code for c in found.content.competencies] == ["B", "C"]
    (note,) = [note for note in found.notes if note.key == "flattened"]
    assert (note.place, dict(note.params)) == (
        "B5", {"title": "Third", "depth": 3, "group": "Top"})  # fmt: skip


def test_codes_that_do_not_fit_are_made_anew_each_once(tmp_path):
    rows = [{"id": "A", "name": "Top"}, *({"parent": "A", "id": f"a very long id number {n}",
            "name": str(n)} for n in range(3))]  # fmt: skip
    found = taken(tmp_path, ("f.csv", moodle(*rows)))

    codes = [c.code for c in found.content.competencies]
    assert codes == ["a-very-long-id-numbe", "a-very-long-id-num-2", "a-very-long-id-num-3"]
    assert keys(found) == {"code_made"}


def test_a_scale_whose_lowest_level_is_proficient_gets_a_level_below(tmp_path):
    marks = '[{"scaleid":1},{"id":1,"scaledefault":1,"proficient":1}]'
    found = taken(tmp_path, ("f.csv", moodle({"id": "A", "name": "A"}, marks=marks)))

    assert [s.name for s in found.content.scale] == ["0", "Not yet", "Competent", "Expert"]
    assert "zero_added" in keys(found)


# ---- CASE -------------------------------------------------------------------------------------


def test_a_package_of_elsewhere_gives_its_tree_scale_and_level_texts(tmp_path):
    found = taken(tmp_path, ("f.json", b"\xef\xbb\xbf" + dumped(case())))

    (one,) = found.content.competencies
    assert (one.code, one.group, one.title) == ("C1", "G1", "Classifies goods")
    assert [(t.level, t.text) for t in one.levels] == [(1, "helps"), (2, "does"), (3, "leads")]
    assert [s.name for s in found.content.scale] == ["0", "Level 1", "Level 2", "Level 3"]
    assert keys(found) == {"zero_added"}


def test_a_second_criterion_of_knowledge_gives_what_each_level_takes(tmp_path):
    takes = rubric("c1", {1: "the law", 4: "all of it"})
    takes["CFRubricCriteria"][0]["category"] = "knowledge"
    package = case()
    package["CFRubrics"].append(takes)
    found = taken(tmp_path, ("f.json", dumped(package)))

    (one,) = found.content.competencies
    assert [(t.level, t.knowledge) for t in one.levels] == [(1, "the law"), (2, ""), (3, "")]
    assert keys(found) == {"zero_added", "details_loose"}


def test_siblings_stand_in_the_order_of_their_sequence_numbers(tmp_path):
    items = [item("g1", "G1", "Trade"), item("a", "A", "a"), item("b", "B", "b")]
    links = [child("g1", "doc"), child("a", "g1", sequenceNumber=9),
             child("b", "g1", sequenceNumber=2)]  # fmt: skip
    package = case(CFItems=items, CFAssociations=links, CFRubrics=None)

    found = taken(tmp_path, ("f.json", dumped(package)))
    assert [one.code for one in found.content.competencies] == ["B", "A"]
    assert "scale_unsaid" in keys(found)


def test_a_long_statement_without_a_short_one_is_cut_as_name_and_kept_as_definition(tmp_path):
    long = "word " * 100
    package = case()
    package["CFItems"][1]["fullStatement"] = long
    found = taken(tmp_path, ("f.json", dumped(package)))

    (one,) = found.content.competencies
    assert len(one.title) <= 200
    assert one.title.endswith("…")
    assert one.definition == long.strip()
    assert "title_cut" in keys(found)


def test_scores_with_holes_become_levels_from_zero(tmp_path):
    package = case(CFRubrics=[rubric("c1", {0: "none", 10: "some", 25.5: "all"})])
    found = taken(tmp_path, ("f.json", dumped(package)))

    assert [(t.level, t.text) for t in found.content.competencies[0].levels] == [
        (1, "some"), (2, "all")]  # fmt: skip
    assert "level_off" in keys(found)


def test_other_links_and_second_parents_are_noted(tmp_path):
    links = [child("g1", "doc"), child("c1", "g1"), child("c1", "doc"),
             child("c1", "g1", "isRelatedTo"), child("c1", "zz", "exactMatchOf")]  # fmt: skip
    found = taken(tmp_path, ("f.json", dumped(case(CFAssociations=links))))

    assert keys(found) >= {"parents_many", "links_out"}


# ---- ESCO -------------------------------------------------------------------------------------


def test_skills_of_esco_are_grouped_by_what_is_broader_or_else_by_their_type(tmp_path):
    found = taken(tmp_path, ("skills_en.csv", skills()), ("broader.csv", broader()))

    content = found.content
    assert [g.title for g in content.groups] == ["inspecting goods", "Knowledge", "Skills"]
    assert [(c.code, c.title) for c in content.competencies] == [
        ("11111111", "inspect customs cargo"), ("22222222", "customs law"),
        ("33333333", "keep bees")]  # fmt: skip
    assert content.competencies[0].basis.startswith("http://data.europa.eu/esco/skill/")
    assert content.scale == UNSAID.scale
    assert keys(found) == {"esco_status", "esco_labels", "esco_broader", "scale_unsaid"}


def test_skills_of_esco_are_narrowed_by_words_whatever_their_accents(tmp_path):
    found = taken(tmp_path, ("skills_fr.csv", skills()), narrowed=Narrowed(words="FACADE bees"))

    assert [c.title for c in found.content.competencies] == ["keep bees"]
    assert found.content.head.language == "fr"
    assert "esco_left" in keys(found)


@pytest.mark.parametrize(
    ("essential", "titles"),
    [(False, ["inspect customs cargo", "customs law"]), (True, ["inspect customs cargo"])],
)
def test_skills_of_esco_are_narrowed_by_an_occupation(tmp_path, essential, titles):
    files = [("skills_en.csv", skills()), ("o.csv", occupations()), ("r.csv", relations())]
    narrowed = Narrowed(occupation="Customs officer", essential_only=essential)
    found = taken(tmp_path, *files, narrowed=narrowed)

    assert [c.title for c in found.content.competencies] == titles
    assert found.content.head.title == "ESCO: Customs officer"


def test_without_a_scale_of_ones_own_nothing_is_taken_from_esco(tmp_path):
    with pytest.raises(ContentError) as refused:
        taken(tmp_path, ("skills_en.csv", skills()), unsaid=Unsaid())
    assert [fault.key for fault in refused.value.faults] == ["scale_short"]
