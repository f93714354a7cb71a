"""What people do in a diagnostic, by noun."""
