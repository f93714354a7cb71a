"""A furnished administration, invented from end to end, for demonstrations and tests."""
