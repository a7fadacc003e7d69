"""The record on a real database: actions, queries, audit, pages."""
