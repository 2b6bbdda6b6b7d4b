"""The web side: sessions, messages and event streams of people who visit."""
