"""The bars that a capability must clear, line by line."""
