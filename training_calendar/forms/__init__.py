"""What comes in and goes out by the doors of training."""
