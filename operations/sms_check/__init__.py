"""Tells whether the text line is set up, against the running server."""
