"""Pages of a diagnostic, by noun."""
