"""The text line: people's phones on one side, Twilio's API between, us on the other."""
