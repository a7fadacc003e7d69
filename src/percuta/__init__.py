"""Percuta: treatment planning for micro-needling."""

__version__ = "0.1.0"
