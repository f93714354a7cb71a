"""Every figure of the demonstration's documents worked out again from the rows it names."""
