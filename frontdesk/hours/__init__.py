"""When people are at the clinic."""
