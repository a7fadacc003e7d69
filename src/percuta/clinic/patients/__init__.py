"""The people who are treated here."""
