"""What pages, the API and documents ask of the register of assistance."""
