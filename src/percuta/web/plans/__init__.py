"""The plan page: may I, where, how deep; and everything that follows from it."""
