"""The words of what contradicts itself in a questionnaire: what is wrong, and what to do."""

from hrplan.exchange.content import Fault
from hrplan.exchange.messages import gettext_noop

MESSAGES: dict[str, str] = {
    "given_twice": gettext_noop("{code} is given {times} times"),
    "unknown_code": gettext_noop("unknown {what} {code}; known: {known}"),
    "scale_gap": gettext_noop("levels are {levels}; they must begin with 0 or 1 and have no gap"),
    "foreign_code": gettext_noop("question {code} bears another domain's code"),
    "anchor_missing": gettext_noop("no anchor for level {level}"),
    "anchor_again": gettext_noop("the anchor says the same as that of level {level}"),
    "weight_fine": gettext_noop("the weight {weight} has more than two decimals"),
    "translated_level": gettext_noop("the translation {language} has a text for level {level}"),
    "condition_later": gettext_noop("the condition looks at {code}, which is not asked before"),
    "condition_test": gettext_noop("{test} can't be asked of {of}"),
    "condition_value": gettext_noop("{value} isn't a value of {of}; known: {known}"),
    "choices_misplaced": gettext_noop("a field of kind choice has choices, and no other has"),
    "columns_misplaced": gettext_noop("a field of kind table has columns, and no other has"),
    "row_count_misplaced": gettext_noop("row_count belongs to tables"),
    "limits_crossed": gettext_noop("minimum {minimum} is above maximum {maximum}"),
    "edit_unknown": gettext_noop("there is no such part"),
    "edit_code": gettext_noop("the code has another form than {domain}.1, or names no domain"),
    "edit_taken": gettext_noop("another question has this code"),
    "own_language": gettext_noop("{language} is the questionnaire's own language"),
}
ADVICE: dict[str, str] = {
    "given_twice": gettext_noop("Give each a code of its own."),
    "unknown_code": gettext_noop("Write one that is known, or add it where it belongs."),
    "scale_gap": gettext_noop("Number them 1, 2, 3 … or 0, 1, 2 …"),
    "foreign_code": gettext_noop("Begin its code with the domain's code and a point."),
    "anchor_missing": gettext_noop("Say what can be observed at this level."),
    "anchor_again": gettext_noop("Say what differs; words of degree alone don't count."),
    "weight_fine": gettext_noop("Round it."),
    "translated_level": gettext_noop("Take it out, or add the level to the scale."),
    "condition_later": gettext_noop("Name an earlier question, or move that one up."),
    "condition_test": gettext_noop("Existence and use take is and is_not alone."),
    "condition_value": gettext_noop("Write one that is known."),
    "choices_misplaced": gettext_noop("Add choices, or choose another kind."),
    "columns_misplaced": gettext_noop("Add columns, or choose another kind."),
    "row_count_misplaced": gettext_noop("Take it out, or choose the kind table."),
    "limits_crossed": gettext_noop("Exchange the two, or correct one."),
    "edit_unknown": gettext_noop("Somebody may have taken it out; look at the draft again."),
    "edit_code": gettext_noop("Write the code of a domain, a point and a number."),
    "edit_taken": gettext_noop("Choose another number."),
    "own_language": gettext_noop("Write these texts in their own place, not as a translation."),
}


def fault(place: str, key: str, **params: str | int) -> Fault:
    """A fault in these words."""
    reason, advice = MESSAGES[key].format(**params), ADVICE[key].format(**params)
    return Fault(place, reason, advice, key, params)
