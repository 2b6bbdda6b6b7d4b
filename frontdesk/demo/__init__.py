"""A page like one of a clinic, to see the chat at work."""
