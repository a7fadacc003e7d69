"""What is asked for: person, answers, concerns, setting, and the files that they come in."""
