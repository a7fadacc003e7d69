"""How much needling: passes, strikes, contact, and their bounds."""
