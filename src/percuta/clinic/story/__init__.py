"""One patient's story on one time line, and where each patient stands, read from everything."""
