"""What speaks against needling, and how sure anything is."""
