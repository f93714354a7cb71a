"""What people do with documents, by noun."""
