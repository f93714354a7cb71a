"""What comes in with a framework of another system."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from competencies.library.from_esco import Narrowed
from competencies.usecases import framework_imports

LANGUAGE = r"^[a-z]{2}(-[A-Z]{2})?$"


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several."""

    def clean(self, data: Any, initial: Any = None) -> Sequence[UploadedFile]:
        sent = data if isinstance(data, list | tuple) else [data]
        return framework_imports.takeable([super(FilesField, self).clean(one) for one in sent])


class NarrowForm(forms.Form):
    """Which skills of ESCO to take."""

    words = forms.CharField(
        label=_("Words of the skill"),
        required=False,
        max_length=200,
        help_text=_("Skills that have all of them, in any order."),
    )
    occupation = forms.CharField(
        label=_("Occupation"),
        required=False,
        max_length=200,
        help_text=_("Its name, or words of it, as ESCO has it: customs officer."),
    )
    essential_only = forms.BooleanField(label=_("Essential skills only"), required=False)

    def narrowed(self) -> Narrowed:
        given = self.cleaned_data
        return Narrowed(given["words"], given["occupation"], given["essential_only"])


class FrameworkFilesForm(NarrowForm):
    """The files of a framework; the format is found out."""

    file = FilesField(
        label=_("Files"),
        help_text=_(
            "Moodle's competency file (.csv), a CASE package (.json), or files of ESCO: the "
            "skills, and if you have them broaderRelationsSkillPillar, occupations and "
            "occupationSkillRelations. At most 40 MB. Nothing is written before you confirm."
        ),
        widget=FilesInput(attrs={"accept": ".csv,.json"}),
    )
    field_order = ("file", "words", "occupation", "essential_only")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = _("For ESCO: words of the skill")
        self.fields["occupation"].label = _("For ESCO: occupation")
        self.fields["essential_only"].label = _("For ESCO: essential skills only")


class HeadForm(forms.Form):
    """Under which name a framework is taken in."""

    id = forms.RegexField(
        r"^[a-z0-9-]+$",
        label=_("Short name"),
        max_length=60,
        help_text=_("Small letters, digits and hyphens."),
    )
    version = forms.RegexField(
        r"^\d{1,4}\.\d{1,4}$", label=_("Version"), max_length=9, help_text=_("Such as 1.0.")
    )
    title = forms.CharField(label=_("Title"), max_length=200)
    language = forms.RegexField(
        LANGUAGE,
        label=_("Language of its texts"),
        max_length=10,
        help_text=_("Such as en, fr or pt-BR."),
    )
    provider = forms.CharField(label=_("Who wrote it"), max_length=120, required=False)
    licence = forms.CharField(label=_("Licence"), max_length=60, required=False)
