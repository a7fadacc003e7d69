"""Seeded sampling and what is read off a sample."""
