"""Pure functions on indicators and money; they know nothing of the database."""
