"""One clinic's server: its settings, its addresses, its start."""
