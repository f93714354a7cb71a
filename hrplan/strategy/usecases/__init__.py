"""What pages, the API and documents ask of the strategy."""
