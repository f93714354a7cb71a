"""The framework as a file for other systems."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from competencies import rules
from competencies.library import for_others
from competencies.library.read import (
    BehaviourContent,
    CompetencyContent,
    FrameworkContent,
    GroupContent,
    HeadContent,
    LevelContent,
)
from competencies.models import Framework, LevelText
from hrplan.core.access import require
from hrplan.core.models import Member


@dataclass(frozen=True, slots=True)
class FrameworkFile:
    """A file to download."""

    name: str
    content: bytes
    kind: str  # its media type


def content_of(framework: Framework) -> FrameworkContent:
    """The rows of a framework as the content of a file."""
    competencies = framework.competencies.select_related("group").prefetch_related("level_texts")
    return FrameworkContent(
        head=HeadContent(
            id=framework.code,
            version=framework.version,
            language=framework.language,
            provider=framework.provider,
            licence=framework.licence,
            provenance=framework.provenance,
            title=framework.title,
        ),
        scale=tuple(
            LevelContent(one.level, one.name, one.can_do, one.autonomy, one.evidence,
                         one.typical_time)
            for one in framework.levels.all()
        ),
        groups=tuple(
            GroupContent(one.code, one.title, one.assessed_by, one.in_gap_totals)
            for one in framework.groups.all()
        ),
        competencies=tuple(
            CompetencyContent(
                code=one.code,
                group=one.group.code,
                title=one.title,
                definition=one.definition,
                basis=one.basis,
                weight=one.weight,
                levels=tuple(_behaviour(text) for text in one.level_texts.all()),
            )
            for one in competencies
        ),
    )  # fmt: skip


def _behaviour(text: LevelText) -> BehaviourContent:
    return BehaviourContent(text.level, text.text, text.knowledge, text.skill)


def framework_file(
    framework: Framework, form: str, *, base: str, by: Member
) -> FrameworkFile | None:
    """The framework as `moodle` or `case`; None for another form.

    base : the address of this installation, under which others know the items
    """
    require(rules.can_see_framework(by) and by.administration_id == framework.administration_id)
    if form not in FORMS:
        return None
    ending, kind, made = FORMS[form]
    name = f"{framework.code}-{framework.version}-{form}.{ending}"
    return FrameworkFile(name, made(framework, base).encode(), kind)


def _moodle(framework: Framework, _base: str) -> str:
    return for_others.moodle_csv(content_of(framework))


def package_of(framework: Framework, base: str) -> dict[str, Any]:
    """The framework as a CASE 1.0 package."""
    changed = framework.administration.as_of
    return for_others.case_package(content_of(framework), base=base, changed=changed)


def _case(framework: Framework, base: str) -> str:
    return json.dumps(package_of(framework, base), indent=2, ensure_ascii=False)


FORMS: Mapping[str, tuple[str, str, Callable[[Framework, str], str]]] = {
    "moodle": ("csv", "text/csv; charset=utf-8", _moodle),
    "case": ("json", "application/json", _case),
}
