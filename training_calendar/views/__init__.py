"""Pages of floor 3, one module a noun."""
