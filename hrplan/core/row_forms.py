"""Forms of plain rows: they parse, and the use case checks and saves."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from hrplan.core.models import Administration


class DayInput(forms.DateInput):
    def __init__(self) -> None:
        super().__init__(attrs={"type": "date"}, format="%Y-%m-%d")


class ListField(forms.CharField):
    """Codes or words in one line, parted by semicolons."""

    def to_python(self, value: Any) -> Any:
        return [part.strip() for part in str(value or "").split(";") if part.strip()]

    def prepare_value(self, value: Any) -> str:
        return "; ".join(map(str, value)) if isinstance(value, list) else value or ""

    def validate(self, value: Any) -> None:
        forms.Field.validate(self, value)

    def run_validators(self, value: Any) -> None:
        """Each part is checked by the use case."""


class TagsField(forms.MultipleChoiceField):
    """Codes chosen by their titles; `known` gives those of an administration."""

    widget = forms.CheckboxSelectMultiple

    def __init__(
        self, known: Callable[[Administration], Mapping[str, str]], **options: Any
    ) -> None:
        super().__init__(required=False, **options)
        self.known = known

    def offer(
        self, administration: Administration, held: Iterable[str], begun: Iterable[str] = ()
    ) -> None:
        """Let the field choose among what is known; what the row holds or begins with is first."""
        titles = self.known(administration)
        kept = list(dict.fromkeys([*held, *(code for code in begun if code in titles)]))
        others = [(code, title) for code, title in titles.items() if code not in kept]
        self.choices = [*((code, titles.get(code, code)) for code in kept), *others]


class TypedInput(forms.TextInput):
    """A line of text with suggestions: htmx fills the list while one types, from an address."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        listed = f"{(attrs or {}).get('id', name)}_suggestions"
        own = {"list": listed, "hx-target": f"#{listed}", **(attrs or {})}
        line = super().render(name, value, own, renderer)
        return format_html('{}<datalist id="{}"></datalist>', line, listed)


class TypedRowField(forms.ModelChoiceField):
    """A row told by what one types: of so many rows that no list could hold them.

    Without JavaScript the same words are typed without suggestions.
    """

    widget = TypedInput
    suggestions: ClassVar[str]  # name of the address that gives options for ?of=field&field=words

    def ask_at(self, administration: Administration, name: str) -> None:
        """Let suggestions come from the administration's own address."""
        address = reverse(self.suggestions, args=[administration.slug])
        self.widget.attrs |= {
            "autocomplete": "off",
            "hx-get": f"{address}?of={name}",
            "hx-trigger": "input changed delay:250ms",
            "hx-swap": "innerHTML",
        }

    def told(self, words: str, rows: QuerySet[Any]) -> Any:
        """The one row that the words mean. Refused in words where there is none, or several."""
        raise NotImplementedError

    def shown(self, row: Any) -> str:
        """The words that mean the row."""
        raise NotImplementedError

    def to_python(self, value: Any) -> Any:
        words = " ".join(str(value or "").replace("\0", "").split())
        if not words or self.queryset is None:
            return None
        return self.told(words, self.queryset)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, str) or value in self.empty_values or self.queryset is None:
            return value
        key = value.pk if isinstance(value, Model) else value
        row = self.queryset.model._default_manager.filter(pk=key).first()
        return self.shown(row) if row else ""


class RowForm(forms.ModelForm):
    """Parses the fields of a row; choices are rows of the administration's own."""

    def __init__(self, *args: Any, administration: Administration, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, field in self.fields.items():
            if isinstance(field, forms.ModelChoiceField) and field.queryset is not None:
                own = field.queryset.filter(administration=administration)
                field.queryset = self.offered(name, own)
            if isinstance(field, TypedRowField):
                field.ask_at(administration, name)
            if isinstance(field, TagsField):
                held, begun = getattr(self.instance, name), self.initial.get(name)
                field.offer(administration, held or (), begun or ())

    def offered(self, name: str, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The rows of the administration that a field chooses among."""
        return rows

    def _post_clean(self) -> None:
        """The use case checks and saves; the form only parses."""

    def show(self, refusal: ValidationError) -> None:
        """Put the words of a refusal at their fields."""
        words = refusal.message_dict if hasattr(refusal, "error_dict") else {"": refusal.messages}
        for name, messages in words.items():
            self.add_error(name if name in self.fields else None, messages)
