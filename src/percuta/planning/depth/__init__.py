"""How deep: the ceiling, the advice, and where needles truly end."""
