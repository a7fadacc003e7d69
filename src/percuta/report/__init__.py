"""Documents from plans: terminal text and PDF."""
