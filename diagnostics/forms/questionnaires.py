"""Forms of the questionnaire editor: head, scale, domains, questions, and what these follow."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from diagnostics.library.content import EXISTENCE, USE
from diagnostics.library.edits import LevelEdit
from diagnostics.models import Existence, Use
from hrplan.core.choosing import offer_choices

Plain = Mapping[str, Any]
ONE_A_LINE = gettext_lazy("One a line.")
SPARE = 2  # empty lines for further levels
TESTS = (
    ("level at_least", gettext_lazy("its level is at least")),
    ("level at_most", gettext_lazy("its level is at most")),
    ("level is", gettext_lazy("its level is")),
    ("level is_not", gettext_lazy("its level is not")),
    ("existence is", gettext_lazy("its existence is")),
    ("existence is_not", gettext_lazy("its existence is not")),
    ("use is", gettext_lazy("its use is")),
    ("use is_not", gettext_lazy("its use is not")),
)
VERSION_HELP = gettext_lazy("Two numbers, such as 2.0.")


def _area(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _short() -> forms.Textarea:
    return forms.Textarea(attrs={"rows": 2, "class": "short"})


class LinesField(forms.CharField):
    """A list of texts, one a line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, help_text=ONE_A_LINE, max_length=10_000, **options)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        return [line.strip() for line in super().clean(value).splitlines() if line.strip()]


class BeginForm(forms.Form):
    """A questionnaire begun without questions."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    code = forms.RegexField(
        r"^[a-z0-9-]+$",
        label=gettext_lazy("Short name"),
        max_length=60,
        help_text=gettext_lazy("Small letters, digits and hyphens, such as leadership-review."),
    )
    language = forms.RegexField(
        r"^[a-z]{2}(-[A-Z]{2})?$",
        label=gettext_lazy("Language of its texts"),
        initial="en",
        help_text=gettext_lazy("Its code, such as en, fr or pt-BR."),
    )


class QuestionnaireFileForm(forms.Form):
    """A questionnaire in a file."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("YAML, a workbook as it is downloaded here, or an XLSForm."),
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml,.xlsx"}),
    )


class VersionForm(forms.Form):
    version = forms.CharField(
        label=gettext_lazy("Number of the new version"), max_length=9, help_text=VERSION_HELP
    )


class HeadForm(forms.Form):
    """What a questionnaire is called, and whose it is."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    version = forms.CharField(label=gettext_lazy("Version"), max_length=9, help_text=VERSION_HELP)
    provider = forms.CharField(label=gettext_lazy("Whose it is"), max_length=120)
    licence = forms.CharField(label=gettext_lazy("Licence"), max_length=60)
    provenance = forms.CharField(
        label=gettext_lazy("Where it comes from"), max_length=4000, widget=_area()
    )


class ScaleForm(forms.Form):
    """The levels from the lowest, and the steps of existence and use."""

    lowest = forms.TypedChoiceField(
        label=gettext_lazy("The lowest level is"), coerce=int, choices=((0, "0"), (1, "1"))
    )

    def __init__(self, *args: Any, data_of: Plain, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scale, self.stages = data_of["scale"], {of: data_of[of] for of in ("existence", "use")}
        levels = [row["level"] for row in self.scale]
        self.fields["lowest"].initial = min(levels, default=1)
        self.rows: list[tuple[int | None, str]] = []
        for row in self.scale:
            self._add_level(str(row["level"]), _("Level %(n)d") % {"n": row["level"]}, row)
        for n in range(1, SPARE + 1):
            self._add_level(f"new{n}", _("Further level %(n)d") % {"n": n}, {})
        for of, stages in self.stages.items():
            for row in stages:
                self._add_stage(f"{of}_{row['code']}", row, levels)

    def _add_level(self, key: str, title: str, row: Plain) -> None:
        self.rows.append((row.get("level"), key))
        self.fields[f"name_{key}"] = forms.CharField(
            label=title, max_length=200, required=False, initial=row.get("name")
        )
        self.fields[f"meaning_{key}"] = forms.CharField(
            label=_("Meaning of “%(title)s”") % {"title": row.get("name") or title},
            max_length=4000,
            required=False,
            initial=row.get("meaning"),
            widget=_short(),
        )

    def _add_stage(self, key: str, row: Plain, levels: Sequence[int]) -> None:
        said = {"stage": row["label"]}
        self.fields[f"label_{key}"] = forms.CharField(
            label=_("Name"), max_length=200, initial=row["label"]
        )
        self.fields[f"says_{key}"] = forms.CharField(
            label=_("Meaning of “%(stage)s”") % said,
            max_length=4000,
            required=False,
            initial=row["meaning"],
            widget=_short(),
        )
        self.fields[f"cap_{key}"] = forms.TypedChoiceField(
            label=_("Holds the level down to"),
            required=False,
            coerce=int,
            empty_value=None,
            initial=row["caps_at"],
            choices=[("", _("no limit")), *((level, level) for level in levels)],
        )

    def level_lines(self) -> list[tuple[Any, Any]]:
        return [(self[f"name_{key}"], self[f"meaning_{key}"]) for _was, key in self.rows]

    def stage_lines(self) -> list[tuple[str, list[tuple[str, list[Any]]]]]:
        """Existence and use, each with its steps and their fields."""
        titles = {"existence": _("Existence"), "use": _("Use")}
        parts = ("label", "says", "cap")
        return [
            (
                titles[of],
                [
                    (row["label"], [self[f"{part}_{of}_{row['code']}"] for part in parts])
                    for row in stages
                ],
            )
            for of, stages in self.stages.items()
        ]

    def values(self) -> dict[str, Any]:
        """What `drafts.change_scale` takes; a level without a name is taken out."""
        given = self.cleaned_data
        return {
            "lowest": given["lowest"],
            "levels": [
                LevelEdit(was, given[f"name_{key}"], given[f"meaning_{key}"])
                for was, key in self.rows
                if given[f"name_{key}"]
            ],
            "stages": {
                (of, row["code"]): {
                    "label": given[f"label_{of}_{row['code']}"],
                    "meaning": given[f"says_{of}_{row['code']}"],
                    "caps_at": given[f"cap_{of}_{row['code']}"],
                }
                for of, stages in self.stages.items()
                for row in stages
            },
        }


class DomainForm(forms.Form):
    """A part of a questionnaire."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    purpose = forms.CharField(
        label=gettext_lazy("What it looks at"), required=False, max_length=4000, widget=_area()
    )
    cross_cutting = forms.BooleanField(
        label=gettext_lazy("It cuts across the others"), required=False
    )
    documents = LinesField(label=gettext_lazy("Documents to ask for"))
    framework_sections = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Framework sections"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )
    arusha_8 = forms.MultipleChoiceField(
        label=gettext_lazy("Arusha Declaration, factor 8"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, data_of: Plain, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sections = [(row["number"], row["title"]) for row in data_of["framework_sections"]]
        practices = [(row["code"], row["title"]) for row in data_of["arusha_practices"]]
        for name, known in (("framework_sections", sections), ("arusha_8", practices)):
            if known:
                offer_choices(self, name, known)
            else:
                del self.fields[name]


class QuestionForm(forms.Form):
    """A question: what is asked, of what, its levels, and when it is asked."""

    text = forms.CharField(label=gettext_lazy("Question"), max_length=4000, widget=_area())
    subject = forms.CharField(
        label=gettext_lazy("What is rated"),
        max_length=200,
        help_text=gettext_lazy("As it stands in a sentence: the HR strategy."),
    )
    help = forms.CharField(
        label=gettext_lazy("A help to answer it"), required=False, max_length=4000, widget=_area()
    )
    weight = forms.DecimalField(
        label=gettext_lazy("Weight in its domain"),
        initial=1,
        min_value=0.01,
        max_value=99,
        decimal_places=2,
    )
    evidence = LinesField(label=gettext_lazy("Evidence to ask for"))
    tags = forms.MultipleChoiceField(
        label=gettext_lazy("Reference points"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    earlier = forms.ChoiceField(label=gettext_lazy("It is asked"), required=False)
    test = forms.ChoiceField(label=gettext_lazy("Test"), required=False, choices=TESTS)
    value = forms.ChoiceField(label=gettext_lazy("Value"), required=False)
    code = forms.CharField(
        label=gettext_lazy("Number"),
        max_length=20,
        help_text=gettext_lazy(
            "A domain's code, a point and a number. With another domain's code the question moves "
            "to the end of that domain. Conditions that look at it follow."
        ),
    )

    def __init__(
        self, *args: Any, data_of: Plain, question: Plain, earlier: Iterable[Plain], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.levels = [row["level"] for row in data_of["scale"]]
        held = {one["level"]: one["text"] for one in question.get("anchors", ())}
        for row in data_of["scale"]:
            self.fields[f"anchor_{row['level']}"] = forms.CharField(
                label=f"{row['level']} {row['name']}",
                required=False,
                max_length=4000,
                widget=_short(),
                initial=held.get(row["level"], ""),
            )
        self._offer(data_of, earlier)
        condition = question.get("relevant")
        for name in ("text", "subject", "help", "weight", "evidence", "tags", "code"):
            if name in question and name in self.fields:
                self.fields[name].initial = question[name]
        if condition:
            self.fields["earlier"].initial = condition["question"]
            self.fields["test"].initial = f"{condition['of']} {condition['test']}"
            self.fields["value"].initial = condition["value"]

    def _offer(self, data_of: Plain, earlier: Iterable[Plain]) -> None:
        asked = [(one["code"], _("only if %(code)s %(subject)s") % one) for one in earlier]
        offer_choices(self, "earlier", [("", _("always")), *asked])
        levels = [(str(level), str(level)) for level in self.levels]
        stages = [
            (_("levels"), levels),
            (_("existence"), Existence.choices),
            (_("use"), Use.choices),
        ]
        offer_choices(self, "value", [("", "–"), *stages])
        points = [(row["code"], row["title"]) for row in data_of["reference_points"]]
        if points:
            offer_choices(self, "tags", points)
        else:
            del self.fields["tags"]

    def anchors(self) -> list[Any]:
        return [self[f"anchor_{level}"] for level in self.levels]

    @property
    def faulty(self) -> list[Any]:
        return [bound for bound in self if bound.errors]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("earlier"):
            of = given["test"].split()[0]
            known = {"existence": EXISTENCE, "use": USE}.get(of, tuple(map(str, self.levels)))
            if given.get("value") not in known:
                words = _("Choose one of these: %(known)s.") % {"known": ", ".join(known)}
                self.add_error("value", words)
        return given

    def values(self) -> dict[str, Any]:
        """The question as plain data."""
        given = self.cleaned_data
        anchors = [{"level": level, "text": given[f"anchor_{level}"]} for level in self.levels]
        found = {name: given[name] for name in ("text", "subject", "help", "evidence", "code")}
        return {
            **found,
            "tags": given.get("tags", []),
            "weight": float(given["weight"]),
            "anchors": [anchor for anchor in anchors if anchor["text"]],
            "relevant": self._condition(),
        }

    def _condition(self) -> dict[str, Any]:
        given = self.cleaned_data
        if not given["earlier"]:
            return {}
        of, test = given["test"].split()
        value = int(given["value"]) if of == "level" else given["value"]
        return {"question": given["earlier"], "of": of, "test": test, "value": value}


class ItemForm(forms.Form):
    """The texts of an item of a baseline form."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    prompt = forms.CharField(label=gettext_lazy("Question"), max_length=4000, widget=_area())
    help = forms.CharField(
        label=gettext_lazy("A help to answer it"), required=False, max_length=4000, widget=_area()
    )
    documents = LinesField(label=gettext_lazy("Documents to ask for"))


class FollowForm(forms.Form):
    """For each question of a version the one it follows in the version before."""

    def __init__(self, *args: Any, following: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.following = following
        earlier = [(code, f"{code} {title}") for code, title in following.earlier]
        for n, one in enumerate(following.questions):
            self.fields[f"before_{n}"] = forms.ChoiceField(
                label=_("%(code)s follows") % {"code": one.code},
                choices=[("", _("none: it is new")), *earlier],
                required=False,
                initial=one.before,
            )

    @property
    def faulty(self) -> list[Any]:
        return [bound for bound in self if bound.errors]

    def lines(self) -> list[tuple[Any, Any]]:
        return [(one, self[f"before_{n}"]) for n, one in enumerate(self.following.questions)]

    def before(self) -> dict[str, str]:
        return {
            one.code: self.cleaned_data[f"before_{n}"]
            for n, one in enumerate(self.following.questions)
        }
