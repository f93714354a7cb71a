"""Questionnaires drawn at random, in the normal form in which they are kept."""

from hypothesis import strategies as st

from diagnostics.library.content import (
    EXISTENCE,
    USE,
    Anchor,
    ArushaPractice,
    BaselineContent,
    BaselineItem,
    Choice,
    Condition,
    Domain,
    Field,
    FrameworkSection,
    GuideQuestion,
    Head,
    InterviewGuide,
    Level,
    Question,
    QuestionnaireContent,
    ReferencePoint,
    Stage,
)
from hrplan.exchange.clean import clean_text

LANGUAGES = ("ar", "es", "fr", "pt-BR")
SIGNS = "abcZ éßøب漢🙂 .,;:=+-@#'\"{}[]|<>&%$\\/*?!_~^`0123456789\n\t"


def _clean(text: str) -> str:
    return clean_text(text, lambda key: None)


texts = st.text(SIGNS, min_size=1, max_size=30).map(_clean).filter(bool)
notes = st.text(SIGNS, max_size=20).map(_clean)
lines = texts.map(lambda text: " ".join(text.split()))
several = st.lists(lines, max_size=3).map(tuple)
slugs = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True).filter(
    lambda slug: slug not in {"total", "totals", "sum", "subtotal", "grand_total"}
)


@st.composite
def translated(draw, own, **names):
    """Translations that say something, and something else than the text itself."""
    found = {}
    for language in draw(st.lists(st.sampled_from(LANGUAGES), unique=True, max_size=2)):
        words = {}
        for name, strategy in names.items():
            said = draw(strategy)
            if said and said != own[name] and draw(st.booleans()):
                words[name] = list(said) if isinstance(said, tuple) else said
        if words:
            found[language] = words
    return dict(sorted(found.items()))


@st.composite
def heads(draw):
    said = {"title": draw(texts), "provenance": draw(texts)}
    return Head(
        id=draw(st.from_regex(r"[a-z][a-z0-9-]{0,9}", fullmatch=True)),
        version=f"{draw(st.integers(0, 30))}.{draw(st.integers(0, 30))}",
        language="en",
        provider=draw(texts),
        licence=draw(texts),
        translations=draw(translated(said, title=texts, provenance=texts)),
        **said,
    )


@st.composite
def _named(draw, make, first, **fields):
    said = {first: draw(texts), "meaning": draw(notes)}
    words = draw(translated(said, **{first: texts, "meaning": texts}))
    return make(**fields, **said, translations=words)


@st.composite
def _stages(draw, codes, levels):
    caps = st.none() | st.sampled_from(levels)
    return tuple(draw(_named(Stage, "label", code=code, caps_at=draw(caps))) for code in codes)


@st.composite
def _conditions(draw, earlier, levels):
    of = draw(st.sampled_from(("existence", "use", "level")))
    tests = ("is", "is_not", "at_least", "at_most") if of == "level" else ("is", "is_not")
    values = {"existence": EXISTENCE, "use": USE}.get(of, levels)
    return Condition(
        draw(st.sampled_from(earlier)),
        of,
        draw(st.sampled_from(tests)),
        draw(st.sampled_from(values)),
    )


@st.composite
def _questions(draw, code, earlier, levels, tags):
    said = {
        "text": draw(texts),
        "subject": draw(texts),
        "help": draw(notes),
        "evidence": draw(several),
    }
    anchors = {str(level): f"{draw(texts)} {level}" for level in levels}
    words = draw(translated(said, text=texts, subject=texts, help=texts, evidence=several))
    for language in words:
        level = draw(st.sampled_from(levels))
        words[language]["anchors"] = {str(level): f"{draw(texts)} autre {level}"}
    return Question(
        code=code,
        anchors=tuple(Anchor(level, anchors[str(level)]) for level in levels),
        probe=draw(st.sampled_from(("", "exists", "approved", "used", "measured", "evidence"))),
        tags=tuple(draw(st.lists(st.sampled_from(tags), unique=True))) if tags else (),
        weight=draw(st.integers(1, 9900)) / 100,
        relevant=draw(st.none() | _conditions(earlier, levels)) if earlier else None,
        translations=words,
        **said,
    )


@st.composite
def _domains(draw, number, earlier, levels, tags, sections, practices):
    said = {"title": draw(texts), "purpose": draw(notes), "documents": draw(several)}
    questions = []
    for place in range(1, draw(st.integers(1, 3)) + 1):
        code = f"D{number}.{place}"
        questions.append(draw(_questions(code, tuple(earlier), levels, tags)))
        earlier.append(code)
    some = st.sampled_from
    return Domain(
        code=f"D{number}",
        questions=tuple(questions),
        cross_cutting=draw(st.booleans()),
        framework_sections=tuple(draw(st.lists(some(sections), unique=True))) if sections else (),
        arusha_8=tuple(draw(st.lists(some(practices), unique=True))) if practices else (),
        translations=draw(translated(said, title=texts, purpose=texts, documents=several)),
        **said,
    )


@st.composite
def _guides(draw, code, number, domains):
    questions = tuple(
        GuideQuestion(
            f"G{number}{n}",
            draw(texts),
            tuple(draw(st.lists(st.sampled_from(domains), unique=True, min_size=1))),
        )
        for n in range(1, draw(st.integers(1, 2)) + 1)
    )
    minutes = draw(st.integers(5, 480))
    return InterviewGuide(code, draw(texts), draw(texts), minutes, draw(texts), questions)


@st.composite
def questionnaires(draw):
    lowest = draw(st.integers(0, 1))
    levels = tuple(range(lowest, lowest + draw(st.integers(2, 10))))
    points = tuple(draw(st.lists(slugs, unique=True, max_size=2)))
    practices = tuple(draw(st.lists(slugs, unique=True, max_size=2)))
    sections = tuple(draw(st.lists(st.integers(1, 99), unique=True, max_size=2)))
    earlier: list[str] = []
    domains = tuple(
        draw(_domains(number, earlier, levels, points, sections, practices))
        for number in range(1, draw(st.integers(1, 3)) + 1)
    )
    codes = tuple(domain.code for domain in domains)
    guides = tuple(draw(st.lists(slugs, unique=True, max_size=2)))
    return QuestionnaireContent(
        head=draw(heads()),
        scale=tuple(draw(_named(Level, "name", level=level)) for level in levels),
        existence=draw(_stages(EXISTENCE, levels)),
        use=draw(_stages(USE, levels)),
        reference_points=tuple(ReferencePoint(c, draw(texts), draw(notes)) for c in points),
        framework_sections=tuple(FrameworkSection(n, draw(texts)) for n in sections),
        arusha_practices=tuple(ArushaPractice(code, draw(texts)) for code in practices),
        domains=domains,
        guides=tuple(draw(_guides(c, n, codes)) for n, c in enumerate(guides, 1)),
    )


@st.composite
def _choices(draw):
    codes = draw(st.lists(slugs, unique=True, min_size=2, max_size=3))
    found = []
    for code in codes:
        label = draw(lines)
        words = draw(translated({"label": label}, label=lines))
        found.append(Choice(code, label, words))
    return tuple(found)


@st.composite
def _fields(draw, code, deep=True):
    kinds = ["text", "long_text", "date", "integer", "number", "money", "boolean", "choice"]
    kind = draw(st.sampled_from([*kinds, "table"] if deep else kinds))
    label = draw(lines)
    limits = sorted(draw(st.tuples(st.integers(-99, 9999), st.integers(-99, 9999))))
    bounded = kind in {"integer", "number", "money"} and draw(st.booleans())
    columns = draw(st.lists(slugs, unique=True, min_size=2, max_size=3)) if kind == "table" else []
    return Field(
        code=code,
        label=label,
        kind=kind,
        required=draw(st.booleans()),
        unit=draw(st.none() | lines),
        minimum=limits[0] if bounded else None,
        maximum=limits[1] if bounded else None,
        choices=draw(_choices()) if kind == "choice" else (),
        columns=tuple(draw(_fields(code, deep=False)) for code in columns),
        row_count=draw(st.none() | st.integers(1, 50)) if kind == "table" else None,
        translations=draw(translated({"label": label}, label=lines)),
    )


@st.composite
def baseline_forms(draw):
    items = []
    for number in range(1, draw(st.integers(1, 3)) + 1):
        said = {"title": draw(lines), "prompt": draw(texts), "help": draw(notes)}
        codes = draw(st.lists(slugs, unique=True, min_size=1, max_size=3))
        items.append(
            BaselineItem(
                code=f"B{number:02}",
                fields=tuple(draw(_fields(code)) for code in codes),
                documents=draw(several),
                translations=draw(translated(said, title=lines, prompt=texts, help=texts)),
                **said,
            )
        )
    return BaselineContent(draw(heads()), tuple(items))


contents = questionnaires() | baseline_forms()
