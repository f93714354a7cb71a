"""Pure functions on assistance; they know nothing of the database."""
