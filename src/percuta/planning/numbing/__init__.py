"""How much of a numbing product, where, for how long, and what reaches the blood."""
