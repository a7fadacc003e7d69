"""What a change of the facts changes for people: counted over virtual ones, row by row."""
