"""Telling staff outside the desk that a case waits, without a word of it."""
