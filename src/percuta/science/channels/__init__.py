"""Channels that needles leave: how open they are, and how they close."""
