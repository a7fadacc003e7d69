"""After a session was delivered: what the next one may be."""
