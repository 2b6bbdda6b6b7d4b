"""A conversation in the terminal that can explain itself (make shell)."""
