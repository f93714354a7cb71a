"""What a plan had too little of, in words: stations and modules by title, trainers by code."""

from collections.abc import Iterable, Mapping
from typing import Any

from competencies.models import Unit
from hrplan.core.models import Administration
from hrplan.core.titles import told
from training_calendar import wording
from training_calendar.models import Module

OF_UNITS = frozenset({"cover", "days", "staff"})
OF_MODULES = frozenset({"offer"})


def titles(administration: Administration, kinds: Iterable[str]) -> dict[str, str]:
    """(code) -> title of the units and modules that scarce things of these kinds may name."""
    asked = set(kinds)
    rows = [
        model._default_manager.filter(administration=administration).order_by()
        for models, model in ((OF_UNITS, Unit), (OF_MODULES, Module))
        if asked & models
    ]
    named = [one.values_list("code", "title") for one in rows]
    found = named[0].union(*named[1:]) if named else ()
    return {code: told(title) for code, title in found}


def scarce_words(item: Mapping[str, Any], titles: Mapping[str, str]) -> str:
    """A scarce thing of a plan's report; a trainer keeps the code, for readers without names."""
    kind, key = item["kind"], item["key"]
    if kind in OF_UNITS | OF_MODULES:
        code, _, rest = key.partition("/")
        key = ", ".join(part for part in (titles.get(code, code), rest) if part)
    return wording.scarce(kind, key, item["period"])
