"""What is to be done, drafted, signed and kept."""
