"""What comes in and goes out by pages and by REST."""
