"""The plan as a whole: made, stored, compared, checked again."""
