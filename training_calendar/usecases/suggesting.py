"""What a module probably lifts, by the words of its title; a person confirms it."""

from competencies.frames import current_framework
from competencies.usecases.matching import Suggestion, suggested_for
from training_calendar.models import Module

TITLE, EVALUATION = 1.0, 1.0  # weights of the texts; own proposal


def suggested_outcomes(module: Module) -> tuple[Suggestion, ...]:
    """The competencies of the framework in force that a module's words are nearest to.

    Those it lifts already are left out; what they are lifted from and to is for a person to say.
    """
    framework = current_framework(module.administration)
    if framework is None:
        return ()
    texts = {str(module.pk): texts_of(module.title, module.evaluation)}
    stated = set(module.outcomes.values_list("competency_id", flat=True))
    found = suggested_for(texts, framework)[str(module.pk)]
    return tuple(one for one in found if one.competency.pk not in stated)


def texts_of(title: str, evaluation: str) -> tuple[tuple[str, float], ...]:
    """The texts by which a module is compared, with their weights."""
    return ((title, TITLE), (evaluation, EVALUATION))
