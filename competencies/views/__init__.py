"""Pages of floor 1, one module a noun."""
