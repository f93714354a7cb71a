"""Pages of the strategy, by what they show."""
