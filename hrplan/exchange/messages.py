"""The words of faults: for each key what is wrong and what to do, as templates to be translated."""


def gettext_noop(text: str) -> str:
    """The text itself, marked for the collection of translations."""
    return text


MESSAGES: dict[str, str] = {
    "and_more": gettext_noop("{count} more faults of this kind ({reason}) are not listed."),
}
ADVICE: dict[str, str] = {
    "and_more": gettext_noop("Mend the column as a whole."),
}
