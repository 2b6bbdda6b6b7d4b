"""Conversations: who has each one, what came in, and what goes out."""
