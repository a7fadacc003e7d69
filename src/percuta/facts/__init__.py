"""What is known about micro-needling and who says so: tables, sources, typed doors."""
