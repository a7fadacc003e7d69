"""Whether this person may be needled, now."""
