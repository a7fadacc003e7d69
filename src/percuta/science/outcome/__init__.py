"""What groups in studies had, and what the next study may find; never what one person will have."""
