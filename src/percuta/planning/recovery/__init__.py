"""What follows a session: redness, closure, aftercare, check-ins."""
