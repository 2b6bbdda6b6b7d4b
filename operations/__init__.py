"""Running the project: training when needed, starting, watching and stopping."""
