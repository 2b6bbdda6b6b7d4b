"""People: what is kept of one person, over all rooms."""
