"""Questionnaires from draft to publication: begun, taken in from a file, published, versioned."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from diagnostics import rules
from diagnostics.library import read
from diagnostics.library.content import Content
from diagnostics.library.plain import plain
from diagnostics.models import (
    Agreement,
    BaselineAnswer,
    Exercise,
    Finding,
    Question,
    Questionnaire,
    Round,
)
from diagnostics.tables import adoption, stored
from diagnostics.usecases.told import Told, told
from hrplan.core import audit
from hrplan.core.access import require
from hrplan.core.models import Administration, Member

DRAFT, PUBLISHED, IN_USE = "draft", "published", "in_use"
VERSION = re.compile(r"(\d{1,4})\.(\d{1,4})")


@dataclass(frozen=True, slots=True)
class QuestionnaireLine:
    """One questionnaire of the list, with its state: draft, published or in use."""

    row: Questionnaire
    state: str
    domains: int
    questions: int


@dataclass(frozen=True, slots=True)
class Followed:
    """A question of a new version, and the code it had before; "" where it is new."""

    code: str
    title: str
    before: str


@dataclass(frozen=True, slots=True)
class Following:
    """How the questions of a version follow those of the one it replaces."""

    questions: tuple[Followed, ...]
    earlier: tuple[tuple[str, str], ...]  # code, title
    dropped: tuple[tuple[str, str], ...]  # of them, those that nothing follows


def seen_by(member: Member) -> QuerySet[Questionnaire]:
    """The questionnaires that a member sees; drafts are for those who write them."""
    every = Questionnaire.objects.visible_to(member).select_related("administration")
    seen = every.exclude(kind=Questionnaire.Kind.TABLE)
    return seen if rules.can_prepare(member) else seen.filter(is_draft=False)


def questionnaire_lines(member: Member) -> tuple[QuestionnaireLine, ...]:
    """The questionnaires with their states and sizes."""
    counted = seen_by(member).annotate(
        is_used=_is_used(),
        parts=Count("domains", distinct=True),
        asked=Count("domains__questions", distinct=True),
    )
    return tuple(
        QuestionnaireLine(row, _state(row, row.is_used), row.parts, row.asked) for row in counted
    )


def state_of(questionnaire: Questionnaire) -> str:
    """draft, published, or in_use once an exercise asks it or something hangs on its questions."""
    used = Questionnaire.objects.filter(pk=questionnaire.pk).filter(_is_used()).exists()
    return _state(questionnaire, used)


def _state(questionnaire: Questionnaire, used: bool) -> str:
    return IN_USE if used else DRAFT if questionnaire.is_draft else PUBLISHED


def _is_used() -> Q:
    used = Q(Exists(Exercise.objects.filter(questionnaires=OuterRef("pk"))))
    of = {"question__domain__questionnaire": OuterRef("pk")}
    for model in (Round, Agreement, BaselineAnswer, Finding):
        used |= Q(Exists(model._default_manager.filter(**of)))
    return used


@transaction.atomic
def begin_questionnaire(
    administration: Administration, *, by: Member, code: str, title: str, language: str = "en"
) -> Questionnaire:
    """Begin a draft without questions, with the scale and references of the shipped diagnostic."""
    usual = plain(read.questionnaire(read.HR_DIAGNOSTIC))
    head = {
        "id": code,
        "title": title,
        "language": language,
        "version": "1.0",
        "provider": administration.name[:120],
        "licence": _("all rights reserved"),
        "provenance": _("Written by %(name)s.") % {"name": administration.name},
    }
    content = read.built({**usual, **head, "domains": [], "guides": []})
    if Questionnaire.objects.of(administration).filter(code=code).exists():
        words = _("There is a questionnaire of this short name; begin a new version of it.")
        raise ValidationError({"code": words})
    return take_in(administration, content, by=by)


@transaction.atomic
def take_in(administration: Administration, content: Content, *, by: Member) -> Questionnaire:
    """A draft of a questionnaire that somebody sent.

    One of a short name that is there is taken for a new version of the last published one.
    Refused for a version that is there already.
    """
    require(rules.can_prepare(by) and by.administration_id == administration.pk)
    head = content.head
    refuse_version(administration, head.id, head.version)
    made = Questionnaire(administration=administration, code=head.id, version=head.version)
    made.is_draft = True
    made.replaces = _last_published(administration, content)
    _clean(made, content)
    made.save()
    adoption.fill(made, content)
    audit.record("take in", made, by=by, fields=["content"])
    return made


def _clean(made: Questionnaire, content: Content) -> None:
    for name in adoption.SAID:
        setattr(made, name, getattr(content.head, name))
    texts = {"code", "version", "title", "language", "provider", "licence"}
    made.clean_fields(exclude={field.name for field in made._meta.fields} - texts)


@transaction.atomic
def begin_version(questionnaire: Questionnaire, *, by: Member, version: str = "") -> Questionnaire:
    """A draft that is a copy of a published questionnaire and replaces it.

    Every question follows the one of the same code until the draft says otherwise. Refused for a
    draft, and for a version that is there already.
    """
    require(rules.can_prepare(by) and by.administration_id == questionnaire.administration_id)
    if questionnaire.is_draft:
        raise ValidationError(_("This is a draft; change it instead of beginning a version of it."))
    owner, content = questionnaire.administration, stored.content_of(questionnaire)
    version = version or next_version(owner, questionnaire.code)
    refuse_version(owner, questionnaire.code, version)
    head = {"code": questionnaire.code, "version": version, "is_draft": True}
    made = Questionnaire.objects.create(administration=owner, replaces=questionnaire, **head)
    adoption.fill(made, read.built({**plain(content), "version": version}))
    audit.record("begin version", made, by=by, fields=["version", "replaces"])
    return made


def next_version(administration: Administration, code: str) -> str:
    """The version number that follows the highest one there is."""
    held = Questionnaire.objects.of(administration).filter(code=code)
    highest = max(_numbers(row.version) for row in held)
    return f"{highest[0] + 1}.0"


def _numbers(version: str) -> tuple[int, int]:
    found = VERSION.fullmatch(version)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def _last_published(administration: Administration, content: Content) -> Questionnaire | None:
    held = Questionnaire.objects.of(administration).filter(is_draft=False, kind=content.kind)
    same = held.filter(code=content.head.id)
    return max(same, key=lambda row: _numbers(row.version), default=None)


def refuse_version(
    administration: Administration, code: str, version: str, but: Questionnaire | None = None
) -> None:
    """Refuse a version that is no version, or is there already."""
    if not VERSION.fullmatch(version):
        words = _("Write two numbers with a point between them, such as 2.0.")
        raise ValidationError({"version": words})
    same = Questionnaire.objects.of(administration).filter(code=code, version=version)
    if same.exclude(pk=but.pk if but else None).exists():
        words = _("Version %(version)s of this questionnaire is there already.")
        raise ValidationError({"version": words % {"version": version}})


def faults(questionnaire: Questionnaire) -> tuple[Told, ...]:
    """Everything that stands between a draft and its publication, in the words of the reader."""
    return faults_in(plain(stored.content_of(questionnaire)))


def faults_in(data: Mapping[str, Any]) -> tuple[Told, ...]:
    """The same of a questionnaire's plain data."""
    return tuple(told(fault, data) for fault in read.faults_of(data))


@transaction.atomic
def publish(questionnaire: Questionnaire, *, by: Member) -> Questionnaire:
    """Let exercises ask it. Refused with every fault there is."""
    held = draft_of(questionnaire, by=by)
    if found := faults(held):
        raise ValidationError([str(fault) for fault in found])
    held.is_draft = False
    held.save(update_fields=["is_draft"])
    audit.record("publish", held, by=by, fields=["is_draft"])
    return held


@transaction.atomic
def take_back(questionnaire: Questionnaire, *, by: Member) -> Questionnaire:
    """Make a published questionnaire a draft again. Refused once it is in use or replaced."""
    held = _locked(questionnaire, by)
    if held.is_draft:
        raise ValidationError(_("This is a draft already."))
    _refuse_used(held)
    if held.replaced_by.exists():
        raise ValidationError(_("A later version builds on this one; change that one."))
    held.is_draft = True
    held.save(update_fields=["is_draft"])
    audit.record("take back", held, by=by, fields=["is_draft"])
    return held


@transaction.atomic
def discard(questionnaire: Questionnaire, *, by: Member) -> None:
    """Throw a draft away."""
    held = draft_of(questionnaire, by=by)
    audit.record("discard", held, by=by)
    held.delete()


def draft_of(questionnaire: Questionnaire, *, by: Member) -> Questionnaire:
    """The row under lock, to be changed; refused for what is published or in use."""
    held = _locked(questionnaire, by)
    refuse_fixed(held)
    return held


def refuse_fixed(questionnaire: Questionnaire) -> None:
    """Refuse to change what is published or in use, and say how to go on."""
    _refuse_used(questionnaire)
    if not questionnaire.is_draft:
        words = _("“%(title)s” is published. Take it back to change it, or begin a new version.")
        raise ValidationError(words % {"title": questionnaire})


def _locked(questionnaire: Questionnaire, by: Member) -> Questionnaire:
    require(rules.can_prepare(by) and by.administration_id == questionnaire.administration_id)
    rows = Questionnaire.objects.select_for_update(of=("self",))
    return rows.select_related("administration").get(pk=questionnaire.pk)


def _refuse_used(questionnaire: Questionnaire) -> None:
    if state_of(questionnaire) == IN_USE:
        words = _(
            "“%(title)s” is in use, so that nothing in it changes. Begin a new version of it."
        )
        raise ValidationError(words % {"title": questionnaire})


# --- How a version follows the one it replaces ----------------------------------------------------


def following(questionnaire: Questionnaire) -> Following:
    """Each question with the code it had in the version before, and what nothing follows."""
    titles = _titles(questionnaire)
    earlier = _titles(questionnaire.replaces) if questionnaire.replaces else {}
    before = {code: questionnaire.mapping.get(code, code) for code in titles}
    known = {code: was if was in earlier else "" for code, was in before.items()}
    return Following(
        questions=tuple(Followed(code, title, known[code]) for code, title in titles.items()),
        earlier=tuple(earlier.items()),
        dropped=tuple((c, t) for c, t in earlier.items() if c not in set(known.values())),
    )


@transaction.atomic
def follow(questionnaire: Questionnaire, before: Mapping[str, str], *, by: Member) -> Questionnaire:
    """Say of questions which code they had in the version before; "" for a new one.

    Refused where nothing is replaced, and for codes that either version does not have. It may be
    said of a published version too: it changes no question.
    """
    held = _locked(questionnaire, by)
    if held.replaces is None:
        raise ValidationError(_("This questionnaire replaces no earlier version."))
    own, earlier = _titles(held), _titles(held.replaces)
    unknown = sorted({*before} - {*own} | {was for was in before.values() if was} - {*earlier})
    if unknown:
        words = _("There is no question %(codes)s.")
        raise ValidationError(words % {"codes": ", ".join(unknown)})
    said = {code: held.mapping.get(code, code) for code in own} | dict(before)
    held.mapping = {code: was for code, was in said.items() if was != code}
    held.save(update_fields=["mapping"])
    audit.record("follow", held, by=by, fields=["mapping"])
    return held


def _titles(questionnaire: Questionnaire) -> dict[str, str]:
    asked = Question.objects.filter(domain__questionnaire=questionnaire)
    rows = asked.order_by("domain__position", "position")
    return {row.code: row.title for row in rows}
