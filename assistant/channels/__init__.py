"""Channels of our own, by which messages reach Rasa."""
