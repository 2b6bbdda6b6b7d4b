"""The database that all rooms share: opening, migrating, and what columns hold."""
