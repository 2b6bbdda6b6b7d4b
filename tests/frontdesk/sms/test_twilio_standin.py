"""The stand-in signs as Twilio does, or else it would prove nothing about the line."""

from operations.twilio_standin import Account
from operations.twilio_standin.webhooks import Webhooks


def test_it_signs_as_in_the_example_that_twilio_publishes() -> None:
    """From "Validating requests are coming from Twilio"; the token is 12345."""
    webhooks = Webhooks(Account(token="12345"), "", "https://mycompany.com")
    parameters = {
        "CallSid": "CA1234567890ABCDE",
        "Caller": "+14158675309",
        "Digits": "1234",
        "From": "+14158675309",
        "To": "+18005551212",
    }
    signature = webhooks.signature("/myapp.php?foo=1&bar=2", parameters)
    assert signature == "RSOYDt4T1cUTdK1PDd93/VVr8B8="
