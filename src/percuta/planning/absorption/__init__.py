"""What of a product goes in, hour by hour."""
