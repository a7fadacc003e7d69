"""What was promised in figures."""
