"""Layers and thickness of one person's skin by zone, as distributions."""
