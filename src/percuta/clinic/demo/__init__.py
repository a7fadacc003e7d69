"""The demo clinic: invented people with histories, made by the actions that pages call."""
