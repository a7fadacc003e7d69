"""Who did what, when: events that only grow, and every version of every row."""
