"""Where needles land, and how deep they truly go."""
