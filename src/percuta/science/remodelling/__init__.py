"""New collagen over weeks and months: when, not how much."""
