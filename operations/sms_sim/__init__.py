"""A page with phones to try the text line, without an account at Twilio."""
