"""The visible course of redness, over hours and days."""
