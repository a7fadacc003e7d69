"""What must never happen; ``docs/explanation/hazard-log.md`` names each test."""
