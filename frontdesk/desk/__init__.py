"""The staff desk: pages on a port of their own."""
