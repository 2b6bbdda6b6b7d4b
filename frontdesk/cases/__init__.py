"""Cases: what a person at the clinic has to look at, and when it was asked."""
