"""The clinic's record: who did what to whom, kept so that it can be trusted."""
