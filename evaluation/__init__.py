"""Evaluation: labelled messages, played through the whole assistant and counted."""
